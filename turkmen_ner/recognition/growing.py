"""How far a name goes on in small letters: to the head of an organisation, a person's tail.

Small rules in a visible order: each answers where the name ends, or None (the next rule decides).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from turkmen_ner.morphology.analysis import Reading
from turkmen_ner.recognition.joining import is_attribute, leads_to_body
from turkmen_ner.recognition.mention import Mention
from turkmen_ner.recognition.text import Text
from turkmen_ner.recognition.word import LINE, SPACE, Word, case_of
from turkmen_ner.recognition.word_lists import ListBits

PLACES = ("CITY", "REGION", "COUNTRY")
OWNING = ("Gen", "Dat", "Acc", "Loc", "Abl")  # cases of a word that has no part in what follows
INNER = frozenset({"we", "hem-de", "boýunça"})  # stand inside the names of bodies


@dataclass(slots=True)
class Growth:
    """The words i to j (j excluded) of a name that may go on in small letters.

    listed (Mention): The listed name that these words are, if they are one. last, next: The last word, the next.
    """

    text: Text
    sets: ListBits
    i: int
    j: int
    listed: Mention | None
    last: Word
    next: Word

    @property
    def place(self) -> bool:
        """Whether it is a listed city or region without a suffix: Norgil döwlet uniwersiteti."""
        listed = self.listed
        if listed is None or (listed.reading and listed.reading.suffixes):
            return False
        if self.next.lists & self.sets.unit and any(entry.label in PLACES for entry, _ in listed.options):
            return True  # Galkynyş etrap häkimligi
        return listed.label in PLACES

    @property
    def owner(self) -> bool:
        """Whether it is a listed body in the genitive: Senatyň Adalat komiteti."""
        return self.listed is not None and self.listed.label == "BODY" and may_own(self.text, self.sets, self.listed)

    @property
    def common(self) -> bool:
        """Whether all its words are common ones: Saglygy goraýyş ministrligi. What an institution has begins anew after
        it: Norgil Uniwersitetiniň | Syýasy barlag merkezi.
        """
        if not self.last.common:
            return False
        words, start = self.text.words, self.i
        for k in range(self.i + 1, self.j - 1):
            if words[k].possessed & self.sets.body and words[k].case == "Gen":
                start = k + 1
        return all(word.common for word in words[start : self.j] if word.letters)


Rule = Callable[[Growth], int | None]


def list_of_fields(growth: Growth) -> int | None:
    """A body may list its fields: Taryh, dil we edebiýat instituty."""
    words, i, j = growth.text.words, growth.i, growth.j
    if growth.next.text != ",":
        return None
    if growth.listed is not None or j - i > 1 or not is_attribute(words[i]) or words[i].case != "Nom":
        return j
    last = False  # whether the last field has begun
    for k in range(j + 1, min(j + 12, len(words))):
        word = words[k]
        if growth.text.separators[k] == LINE or (word.letters and word.upper):
            return j
        if last and word.possessed & growth.sets.body and not word.lists & growth.sets.body_common:
            return k + 1
        last = last or word.text in INNER
        if word.text != "," and word.text not in INNER and not is_attribute(word):
            return j
    return j


def landscape_head(growth: Growth, k: int) -> int:
    """How many words at word k are a head of landscape that stays inside a name: deňzi, ýarym adasy."""
    words, sets = growth.text.words, growth.sets
    if words[k].possessed & sets.region_inside:
        return 1
    pairs = sets.word_lists.pairs.get(words[k].folded)
    if pairs is None or k + 1 >= len(words) or growth.text.separators[k + 1] != SPACE:
        return 0
    return 2 if sets.word_lists.of(words[k + 1].folded, pairs)[2] & sets.region_inside else 0


def landscape(growth: Growth) -> int | None:
    """What looks like a locative is none before a bay or a strait: Sunda aýlagy."""
    inside = growth.next.possessed & growth.sets.region_inside
    return growth.j + 1 if growth.listed is None and growth.last.case == "Loc" and inside else None


def state(growth: Growth) -> int | None:
    """A dynasty, a tribe or an unlisted place has a state: Norgillylar döwleti, Kerbuk hanlygy, Norgil türkmenleriniň
    döwleti; but Orazow | döwletine.
    """
    words, sets, j, last = growth.text.words, growth.sets, growth.j, growth.last
    many = growth.listed is not None and growth.listed.label == "PERSON" and last.plural  # Garahanlar döwleti
    if growth.next.upper:
        return None
    if growth.next.lists & sets.people and growth.next.case == "Gen" and j + 1 < len(words):
        tribe = words[j + 1].possessed & sets.state and growth.text.separators[j + 1] == SPACE
        return j + 2 if tribe else None
    named = last.lists & (sets.given | sets.surname) or (growth.listed is not None and not growth.place)
    if named and not many:
        return None
    if growth.place or growth.common or not growth.next.possessed & sets.state or growth.j - growth.i > 2:
        return None
    of_dynasty = last.derived or last.plural
    general = growth.next.lists & sets.general_state
    return j + 1 if of_dynasty or (last.case == "Nom" and not general) else None


def named_after(growth: Growth) -> int | None:
    """A name in honour of somebody goes on to its head: Mollanepes adyndaky drama teatry."""
    words, j, sets = growth.text.words, growth.j, growth.sets
    if not growth.next.lists & sets.named_after:
        return None
    heads = sets.body | sets.body_outside
    for k in range(j + 1, min(j + 8, len(words))):
        if growth.text.separators[k] == LINE or not words[k].letters:
            break
        if words[k].lists & heads:
            if words[k].possessed & heads or words[k].case != "Nom":
                return k + 1
            later = words[k + 1 : k + 3]  # teatr sungaty instituty
            attribute = len(later) == 2 and not later[0].upper and later[0].case != "Gen" and is_attribute(later[0])
            return k + 3 if attribute and later[1].possessed & sets.body else k + 1
    return j + 1


def named_for(growth: Growth) -> int | None:
    """A listed person before the head of a body is its name: Puşkin muzeýi; but Tramp administrasiýasy."""
    sets, listed = growth.sets, growth.listed
    if listed is None or listed.label != "PERSON" or (listed.reading and listed.reading.suffixes) or growth.next.upper:
        return None
    head = growth.next.possessed & sets.body and not growth.next.lists & (sets.body_common | sets.party)
    return growth.j + 1 if head and not growth.next.plural else None


def concerning(growth: Growth) -> int | None:
    """A body may say at length what it is for: Ýadygärlikleri goramak, öwrenmek we rejelemek baradaky müdirligi."""
    words, sets, j = growth.text.words, growth.sets, growth.j
    if growth.listed is not None or not growth.common or growth.next.upper:
        return None
    for k in range(j, min(j + 14, len(words) - 1)):
        word = words[k]
        if growth.text.separators[k] == LINE or not (word.text == "," or (word.letters and word.common)) or word.upper:
            return None
        if word.lists & sets.concerning:
            for m in range(k + 1, min(k + 4, len(words))):
                if words[m].possessed & sets.body and not words[m].plural:
                    return m + 1
                if not words[m].letters or not is_attribute(words[m]):
                    return None
    return None


def complete_body(growth: Growth) -> int | None:
    """The head of a body ends its name, unless an institution has another: Norgil uniwersitetiniň fizika fakulteti."""
    if not growth.last.possessed & growth.sets.body or growth.j - growth.i < 2:
        return None
    words, sets, j = growth.text.words, growth.sets, growth.j
    if growth.last.case != "Gen" or growth.last.lists & sets.body_common or growth.next.lists & sets.describing:
        return j
    for k in range(j, min(j + 5, len(words))):
        word = words[k]
        if not word.letters or word.upper or growth.text.separators[k] != SPACE or not is_attribute(word):
            return j
        if word.possessed & sets.body:
            return j if k == j or word.lists & sets.body_common else k + 1
        if word.lists & (sets.body_outside | sets.not_entity) or word.nominative & sets.title or word.case in OWNING:
            return j
    return j


def of_a_unit(growth: Growth) -> int | None:
    """A body of a province, district or town: Balkan welaýat döwlet drama teatry, Baýramaly etrap kazyýeti."""
    words, sets, j = growth.text.words, growth.sets, growth.j
    if not growth.place or growth.next.upper or not growth.next.lists & sets.unit or growth.next.possessed:
        return None
    for k in range(j + 1, min(j + 8, len(words))):
        word = words[k]
        if not word.letters or growth.text.separators[k] == LINE or (word.upper and not word.common):
            return None
        if word.possessed & (sets.body | sets.body_outside) and not followed_by_head(growth, k):
            return k + 1
        if word.text not in INNER and not is_attribute(word):
            return None
    return None


def industry_of_place(growth: Growth) -> int | None:
    """A factory, studio or orchestra of a town has it in its name: Bäherden sement zawody, Aşgabat kinostudiýasy."""
    words, sets, j = growth.text.words, growth.sets, growth.j
    listed = growth.listed
    if listed is None or listed.label not in ("CITY", "REGION") or not growth.place:
        return None
    for k in range(j, min(j + 3, len(words))):
        word = words[k]
        if not word.letters or growth.text.separators[k] != SPACE or word.upper:
            return None
        if word.possessed & sets.industry:
            return None if word.plural else k + 1
        if word.lists & sets.heads or not is_attribute(word):
            return None
    return None


def followed_by_head(growth: Growth, k: int) -> bool:
    """Whether the head of a body at word k is in the genitive and owns the next head: jemgyýetleriniň birleşigi."""
    words, sets = growth.text.words, growth.sets
    if words[k].case != "Gen" or k + 1 >= len(words) or growth.text.separators[k + 1] != SPACE:
        return False
    return not words[k + 1].upper and bool(words[k + 1].possessed & (sets.body | sets.body_outside))


def listed_name(growth: Growth) -> int | None:
    """Of listed names only places and bodies in the genitive go on."""
    return growth.j if growth.listed is not None and not growth.place and not growth.owner else None


def inflected(growth: Growth) -> int | None:
    """A word in another case than the nominative or genitive ends a name."""
    last = growth.last
    case = "Nom" if growth.place else last.case
    fits = case in ("Nom", "Gen") if not last.common else is_attribute(last)
    return None if fits else growth.j


def head(growth: Growth) -> int | None:
    """A name goes on to the head of a body: Saglygy goraýyş we derman senagaty ministrligi."""
    words, separators, sets, j = growth.text.words, growth.text.separators, growth.sets, growth.j
    last, place, owner, common = growth.last, growth.place, growth.owner, growth.common
    case = "Nom" if place else last.case
    limit = 6 if common else 4 if place else 2 if owner else int(growth.next.lists & sets.before_head != 0)
    for k in range(j, min(j + limit + 1, len(words))):
        word = words[k]
        if not word.letters or separators[k] == LINE or (word.upper and (word.starter or not word.common)):
            return j
        if last.abbreviation and word.lists & sets.body_outside:  # JAXA agentligi
            return j
        if case == "Gen" and last.lists & sets.body and word.lists & sets.body_common:  # Mejlisiň nobatdaky maslahaty
            return j
        if place and k == j and word.possessed & sets.body_common:  # Germaniýa mejlisiniň goranyş komiteti
            return j
        if word.possessed & sets.body and word.plural and not word.lists & sets.body_plural:
            return j  # merkezleriniň biri
        if common and word.case == "Gen" and word.lists & sets.body and not word.possessed & sets.body:
            return j  # Milli parlamentiň birinji maslahaty
        if common and k > j and word.possessed & sets.industry and not word.plural:  # Döwlet simfoniki orkestri
            return k + 1
        if common and word.case == "Dat" and word.possessed & sets.body and leads_to_body(growth.text, sets, k + 1):
            continue  # Ýol hereketine gözegçilik gullugy
        if word.possessed & sets.body and (common or not word.lists & sets.body_common or (place and k > j)):
            return j if case == "Gen" and k == j and (owner or not common) else k + 1
        if k == j and case == "Nom":
            bare = word.lists & sets.body_bare and not place and (common or word.lists & sets.party)
            if size := landscape_head(growth, k) or int(bare != 0):
                return k + size
        if word.lists & (sets.body_outside | sets.place) or word.possessed & sets.not_entity:
            return j
        if word.text not in INNER and (word.nominative & sets.function or not is_attribute(word)):
            return j
    return j


RULES: tuple[Rule, ...] = (
    list_of_fields, landscape, state, named_after, named_for, concerning, complete_body, of_a_unit, industry_of_place,
    listed_name, inflected, head,
)  # fmt: skip


def surely_ends(sets: ListBits, words: Sequence[Word], listed: Mention | None, after: Word) -> bool:
    """Whether no rule lets a name go on: it ends in no common word, is no bare place and no body, and the next word is
    on no list. Most names end so, and the rules need not be asked.
    """
    last = words[-1]
    if after.lists or after.text == "," or after.folded in sets.word_lists.pairs:
        return False
    if len(words) > 1 and last.possessed & sets.body:
        return False
    if listed is None:
        return not last.common
    inflected = listed.reading is not None and bool(listed.reading.suffixes)
    return listed.label == "PERSON" or (inflected and listed.label != "BODY")


def grow(text: Text, sets: ListBits, i: int, j: int, listed: Mention | None = None) -> int:
    """The end of a body's name that goes on in small letters to its head; j when it does not."""
    words = text.words
    if j >= len(words) or text.separators[j] == LINE or not (words[j].letters or words[j].text == ","):
        return j
    if surely_ends(sets, words[i:j], listed, words[j]):
        return j
    growth = Growth(text, sets, i, j, listed, words[j - 1], words[j])
    for rule in RULES:
        end = rule(growth)
        if end is not None:
            return end if end == j else _with_part(text, sets, i, end)
    raise AssertionError("the last rule always answers")


def _with_part(text: Text, sets: ListBits, i: int, j: int) -> int:
    """The end of a body that has grown to a head in the genitive, with its part: Norgil uniwersitetiniň fizika
    fakulteti.
    """
    if j >= len(text.words):
        return j
    return complete_body(Growth(text, sets, i, j, None, text.words[j - 1], text.words[j])) or j


def with_tail(text: Text, sets: ListBits, i: int, j: int) -> int:
    """The end of a person's name with a tail in small letters: Oguz han, Myrat Annaýew Gurban ogly."""
    words = text.words
    if j >= len(words) or text.separators[j] != SPACE or words[j].upper or not words[j].lists & sets.tail:
        return j
    given = words[i].nominative & sets.given
    if not (given and j - i == 1) and words[j - 1].best_reading.suffixes:
        return j
    if words[i].common and not given and text.starts_sentence(i):
        return j
    if words[j].folded.startswith(("ogl", "gyz")) and j - i < 3:  # Meret Durdy ogly; but Kolman ogly, Kolman's son
        return j + 1 if j - i == 2 and given and words[j - 1].nominative & sets.given else j
    return j + 1


def with_rank(text: Text, sets: ListBits, i: int, j: int) -> int:
    """The end of a listed person of one word with a rank in small letters: Şahruh mürze."""
    words = text.words
    if j - i > 1 or j >= len(words) or text.separators[j] != SPACE or words[i].best_reading.suffixes:
        return j
    return j + 1 if not words[j].upper and words[j].lists & sets.rank and not words[j].possessed & sets.rank else j


def may_own(text: Text, sets: ListBits, mention: Mention) -> bool:
    """Whether a mention is a body in the genitive, listed or an abbreviation: BMG-nyň."""
    reading: Reading
    if mention.options:
        label = mention.label or mention.options[0][0].label
        if mention.maybe and text.words[mention.i].lists & (sets.given | sets.surname):
            return False
        reading, body = mention.options[0][1].reading, label == "BODY"
    else:
        last = text.words[mention.j - 1]
        one = mention.j - mention.i == 1
        reading, body = last.best_reading, last.abbreviation if one else last.possessed & sets.body != 0
    return body and case_of(reading) == "Gen"
