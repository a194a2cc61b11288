"""Where two names that stand side by side are two: Zenlitta | Kolmanyň.

Small rules in a visible order: each answers True (the second name begins here), False (not here) or None.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from turkmen_ner.orthography.segmentation import HYPHEN_PIECES
from turkmen_ner.recognition.joining import RUSSIAN, whole_name
from turkmen_ner.recognition.word import Word
from turkmen_ner.recognition.word_lists import ListBits

OFTEN = 3  # times that a document has each of two names alone, to part them where they stand side by side


@dataclass(slots=True)
class Seam:
    """The words of a candidate that may be two names, the second from word k on.

    alone (dict): The names that the document has, and how often.
    tails (dict): Surname -> the given names that it has before it.
    """

    sets: ListBits
    words: Sequence[Word]
    k: int
    alone: Mapping[str, int]
    tails: Mapping[str, set[str]]

    @property
    def before(self) -> Word:
        """The last word of the first name."""
        return self.words[self.k - 1]

    @property
    def after(self) -> Word:
        """The first word of the second name."""
        return self.words[self.k]

    @property
    def longer(self) -> bool:
        """Whether the second name has several words; Berners-Li is one."""
        after = self.words[self.k :]
        return sum(1 if word.letters else -1 if word.text in HYPHEN_PIECES else 0 for word in after) > 1

    @property
    def first_known(self) -> bool:
        """Whether the document has the first name alone, or after a given name."""
        return any(key in self.alone or key in self.tails for key in keys(self.words[: self.k], bare=True))

    @property
    def second_known(self) -> bool:
        """Whether the document has the second name alone."""
        return any(key in self.alone for key in keys(self.words[self.k :]))

    def row(self, words: Sequence[Word]) -> bool:
        """Whether words are a row of the lists of clubs and brands."""
        return bool(whole_name(self.sets.word_lists, words) & self.sets.weak)

    def often(self, words: Sequence[Word], bare: bool = False) -> int:
        """How often the document has a name."""
        return max(self.alone.get(key, 0) for key in keys(words, bare))


Rule = Callable[[Seam], bool | None]


def not_two_names(seam: Seam) -> bool | None:
    """No name begins in small letters, with a head, after a particle or `we`: Muhammet ibn Ahmet, Ylym we Bazarlar."""
    two = seam.before.letters and seam.after.upper and not seam.after.possessed & seam.sets.body
    inside = seam.before.lists & seam.sets.particle or seam.before.text == "we"
    return None if two and not inside else False


def full_name_known(seam: Seam) -> bool | None:
    """The document has the second name, of several words, alone: Kerbuk | Anna Mariýa Kolman."""
    return True if seam.longer and seam.second_known else None


def club_or_brand(seam: Seam) -> bool | None:
    """A club or brand after a person's name is a name of its own: Kolman | Rapid Wena."""
    sets, k = seam.sets, seam.k
    if not seam.longer and (k < 2 or seam.after.lists & (sets.given | sets.surname)):
        return None
    person = seam.words[0].lists & sets.given or (seam.longer and k == 1 and not seam.before.common)
    return True if person and seam.row(seam.words[k:]) and not seam.row(seam.words) else None


def surname_known(seam: Seam) -> bool | None:
    """A surname that the document has with a given name ends before a given name: Kolman | Zenlitta Kerbuk."""
    sets, after = seam.sets, seam.after
    given = after.lists & sets.given and not after.lists & (sets.particle | sets.patronymic) and seam.longer
    known = seam.k == 1 and given and seam.before.folded in seam.tails
    return True if known and not seam.often(seam.words[:2]) else None


def mostly_apart(seam: Seam) -> bool | None:
    """The document has both often alone, and less often side by side: Norgil | Wanderers."""
    first = seam.often(seam.words[: seam.k], bare=True)
    second = seam.often(seam.words[seam.k :]) if first >= OFTEN else 0
    return True if second >= OFTEN and min(first, second) > seam.often(seam.words) else None


def first_word_unknown(seam: Seam) -> bool | None:
    """A first word that is a given name, or that the document does not have alone, belongs to the next."""
    given = seam.words[0].lists & seam.sets.given != 0
    return False if seam.k == 1 and (given or not seam.first_known) else None


def other_given_name(seam: Seam) -> bool | None:
    """The document has the surname with other given names: Zenlitta | Kolman."""
    others = [seam.tails[key] for key in keys(seam.words[seam.k :]) if key in seam.tails]
    return True if others and not any(seam.before.folded in names for names in others) else None


def given_name_inside(seam: Seam) -> bool | None:
    """A given name before a further word begins a name; a particle does not, nor a word of a body's name: Hamad Al
    Sani, SSSR Adalat ministrligi.
    """
    sets, after = seam.sets, seam.after
    given = after.lists & sets.given and not after.lists & sets.particle
    of_body = after.common and seam.words[-1].possessed & sets.body
    return True if given and seam.longer and not of_body else None


def russian_surname(seam: Seam) -> bool | None:
    """A surname in -ow ends a name before a given name: Batyr Zirnow | Nermiýa."""
    sets, after = seam.sets, seam.after
    given = after.lists & sets.given and not after.lists & (sets.surname | sets.particle)
    return True if seam.k > 1 and seam.before.folded.endswith(RUSSIAN) and given else None


def both_known(seam: Seam) -> bool | None:
    """The document has both alone, the first as a surname: Kolman | Zenlitta."""
    known = seam.first_known and seam.second_known
    return known and any(key in seam.tails for key in keys(seam.words[: seam.k], bare=True))


RULES: tuple[Rule, ...] = (
    not_two_names, full_name_known, club_or_brand, surname_known, mostly_apart, first_word_unknown, other_given_name,
    given_name_inside, russian_surname,
    both_known,
)  # fmt: skip


def seam_in(sets: ListBits, words: Sequence[Word], alone: Mapping[str, int], tails: Mapping[str, set[str]]) -> int:
    """Where the second of two names begins, 0 if the words are one name."""
    if words[0].text == "The":
        return 0
    for k in range(1, len(words)):
        seam = Seam(sets, words, k, alone, tails)
        if next(answer for rule in RULES if (answer := rule(seam)) is not None):
            return k
    return 0


def keys(words: Sequence[Word], bare: bool = False) -> Sequence[str]:
    """The folded words of a name, with its last word in its likeliest base forms, or as it stands when `bare`."""
    last = words[-1]
    bases = (last.folded,) if bare else last.bases
    if len(words) == 1:
        return bases
    head = " ".join([w.folded for w in words[:-1]])
    return [f"{head} {base}" for base in bases]
