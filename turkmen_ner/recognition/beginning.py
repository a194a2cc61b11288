"""Where a name on no list begins.

Small rules in a visible order: each answers True (a name begins here), False (none does) or None (the next decides).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from turkmen_ner.morphology.dictionary import vocabulary
from turkmen_ner.orthography.segmentation import HYPHEN_PIECES, QUOTES
from turkmen_ner.recognition.features import is_vocative
from turkmen_ner.recognition.growing import grow
from turkmen_ner.recognition.joining import RUSSIAN, is_label, joins_fields, over_particles
from turkmen_ner.recognition.mention import Mention
from turkmen_ner.recognition.text import Text
from turkmen_ner.recognition.word import LINE, SPACE, Word
from turkmen_ner.recognition.word_lists import ListBits

PUBLIC_FIRST = frozenset({"milli", "halkara", "bütindünýä", "merkezi"})
DYNASTY = re.compile(r"(?:lylar|liler|lular|lüler)\w*\Z").search
ROMAN = re.compile("[IVX]+(?:-.*)?").fullmatch


@dataclass(slots=True)
class Beginning:
    """Word i of a text, where a name may begin. at (dict): The listed names by their first words."""

    text: Text
    sets: ListBits
    i: int
    at: Mapping[int, Mention]
    word: Word

    @property
    def capital_follows(self) -> bool:
        """Whether the next word has a capital, too."""
        text, k = self.text, self.i + 1
        return k < len(text.words) and text.separators[k] != LINE and text.words[k].upper

    @property
    def surname_follows(self) -> bool:
        """Whether a day or month is rather the given name before a surname: Anna Karenina; but Anna | Merdan geldi."""
        k = self.i + 1
        if not self.word.lists & self.sets.calendar or not self.capital_follows or k in self.at:
            return False
        after = self.text.words[k]
        return after.letters and not after.common and not after.abbreviation and not after.lists & self.sets.given

    @property
    def starts_body(self) -> bool:
        """Whether capitals follow up to the head of a body: Ylymlar Akademiýasy, Suw we Kanalizasiýa edarasy."""
        words, sets = self.text.words, self.sets
        if joins_fields(self.text, sets, self.i + 1):
            return True
        if self.capital_follows and words[self.i + 1].folded in PUBLIC_FIRST:  # Düýn | Halkara Norgil Guramasy
            return False
        for k in range(self.i + 1, min(self.i + 8, len(words))):
            if joins_fields(self.text, sets, k):  # Awiasiýa we Kosmos Agentligi
                continue
            if self.text.separators[k] == LINE or not words[k].upper or not words[k].common or k in self.at:
                break
            if words[k].lists & sets.body:
                return self.word.case in ("Nom", "Gen")
        return False

    @property
    def qualifies_body(self) -> bool:
        """Whether capitals follow to the head of a body that the word tells more of: Amerikan Torwin Birleşigi."""
        words, sets = self.text.words, self.sets
        for k in range(self.i + 1, min(self.i + 8, len(words))):
            word, last = words[k], words[k - 1]
            if self.text.separators[k] != SPACE or (last.case != "Nom" and k > self.i + 1 and not last.common):
                return False
            if k > self.i + 1 and (word.possessed & sets.body or word.lists & sets.foreign_body):
                return word.upper or (self.word.folded in PUBLIC_FIRST and not word.lists & sets.body_common)
            if not word.upper:
                return False
        return False

    @property
    def people_of_body(self) -> bool:
        """Whether a public body goes on in small letters after a people: Türkmen Döwlet dramatiki teatry."""
        k, sets = self.i + 1, self.sets
        if not self.capital_follows or not self.word.nominative & sets.people or k in self.at:
            return False
        public = self.text.words[k].lists & sets.before_head
        return bool(public) and grow(self.text, sets, k, k + 1) > k + 1

    @property
    def part_of_place(self) -> bool:
        """Whether a direction begins the name of a part of a place: Günbatar Norgil; but Günorta | Merdan."""
        if not self.word.nominative & self.sets.direction or not self.capital_follows:
            return False
        place, after = self.at.get(self.i + 1), self.text.words[self.i + 1]
        if place is not None:
            return place.label in ("CITY", "REGION")
        person = self.sets.given | self.sets.surname | self.sets.people
        return after.letters and not after.common and not after.lists & person

    @property
    def public_body(self) -> bool:
        """Whether a body begins that goes on in small letters: Milli ylym gaznasy, Halkara ynsanperwer guramasy."""
        grows = self.word.folded in PUBLIC_FIRST and not self.capital_follows
        return grows and grow(self.text, self.sets, self.i, self.i + 1) > self.i + 2

    @property
    def grows(self) -> bool:
        """Whether a body goes on in small letters from a word inside a sentence: Suratkeşler birleşigi."""
        text, i = self.text, self.i
        if text.starts_sentence(i) or self.capital_follows:
            return False
        end = grow(text, self.sets, i, i + 1)
        return end > i + 1 and not text.words[end - 1].plural

    @property
    def quoted(self) -> bool:
        """Whether a quoted name begins: the quotes close soon and a word for its kind follows, «Bulut» tans topary."""
        words, i = self.text.words, self.i
        if i == 0 or words[i - 1].text not in QUOTES:
            return False
        for k in range(i + 1, min(i + 6, len(words) - 1)):
            if words[k].text in QUOTES:
                return self.kind_at(k + 1)
        return False

    def kind_at(self, k: int) -> bool:
        """Whether a word for a kind of body or ship stands at word k, or after one or two attributes of it."""
        sets, words = self.sets, self.text.words
        for word in words[k : k + 3]:
            if word.upper or not word.letters or word.lists & (sets.function | sets.not_entity):
                return False
            if word.possessed & (sets.body | sets.body_outside | sets.ship):
                return True
        return False


Rule = Callable[[Beginning], bool | None]


def no_name(start: Beginning) -> bool | None:
    """No name begins with a number, a small letter, a function word or a Roman number."""
    word, sets = start.word, start.sets
    if word.nominative & sets.given and word.lists & sets.function and start.capital_follows:
        after = start.text.words[start.i + 1]
        return None if not after.common or after.lists & sets.surname else False  # Berdi Kerbabaýew
    return None if _may_be_name(start.word, start.sets) else False


def _may_be_name(word: Word, sets: ListBits) -> bool:
    name = word.letters and word.upper and not word.lists & (sets.acronym | sets.function)
    return name and not ROMAN(word.text)


def derived(start: Beginning) -> bool | None:
    """A derivation (Türkiýeli) or dynasty (Gaznalylar) begins only the name of a state: Gaznalylar döwleti."""
    if not _is_derivation(start.word):
        return None
    k, words = start.i + 1, start.text.words
    adjacent = k < len(words) and start.text.separators[k] == SPACE and not words[k].upper
    return adjacent and bool(words[k].possessed & start.sets.state)


def _is_derivation(word: Word) -> bool:
    return is_derived(word) or DYNASTY(word.folded) is not None


def label_of_a_form(start: Beginning) -> bool | None:
    """The label of a field begins no name: Familiýasy: Orazow."""
    return False if is_label(start.text, start.i) else None


def people_or_calendar(start: Beginning) -> bool | None:
    """A people, a month or a day begins only the name of a body: Türkmen Döwlet uniwersiteti; or is a given name."""
    word, sets = start.word, start.sets
    if not word.lists & (sets.people | sets.calendar) or word.abbreviation:
        return None
    if word.lists & sets.given and (not start.text.starts_sentence(start.i) or start.surname_follows):
        return True
    if word.lists & sets.calendar:
        return False
    return grow(start.text, sets, start.i, start.i + 1) > start.i + 1 or start.qualifies_body or start.people_of_body


def kin(start: Beginning) -> bool | None:
    """My, our, your, his kin and friends begin no name: Kakam | Orazmyrat, Atamyz | Oguz han, Kakasy | Orazmyrat."""
    word, kin = start.word, start.sets.kin
    his = word.possessed & kin and word.folded.endswith(("sy", "si"))  # -y, -i may be the accusative of a name: Serdary
    many = word.lists & kin and word.common and word.plural  # Doganlar | Arşak
    return False if word.personal & kin or his or many else None


def addressed(start: Beginning) -> bool | None:
    """A given name begins a name before a rank or a word of courtesy, also as a common word: Aman aga, Batyr han."""
    text, sets, k = start.text, start.sets, start.i + 1
    if not start.word.nominative & sets.given or k >= len(text.words) or text.separators[k] != SPACE:
        return None
    after = text.words[k]
    return True if not after.upper and after.lists & (sets.courtesy | sets.rank) else None


def rank(start: Beginning) -> bool | None:
    """A rank with a capital inside a sentence is part of the name after it: Soltan Sanjar; but Hanym | Orazowa."""
    text, i, sets = start.text, start.i, start.sets
    ours = start.word.nominative & ~start.word.personal & sets.rank
    if not ours or not start.capital_follows or i + 1 in start.at or text.starts_sentence(i):
        return None
    after = text.words[i + 1]
    named = after.letters and not after.abbreviation and (not after.common or after.nominative & sets.given)
    return True if named and text.separators[i + 1] == SPACE else None


def called(start: Beginning) -> bool | None:
    """A given name that somebody is called by begins a name, also as a common word: Maral, gel! Salam, Aýna! A word for
    kin is no name there: Kaka, gel!
    """
    sets, word = start.sets, start.word
    given = word.nominative & sets.given and not word.lists & sets.greeting and not word.nominative & sets.kin
    return True if given and is_vocative(start.text, start.sets, start.i) else None


def kin_before(start: Beginning) -> bool | None:
    """A given name after my, our, your kin begins a name, whatever else the word is: jigim Aýlar."""
    text, i = start.text, start.i
    if i == 0 or text.separators[i] != SPACE or not start.word.nominative & start.sets.given:
        return None
    return True if text.words[i - 1].personal & start.sets.kin else None


def title(start: Beginning) -> bool | None:
    """A title begins only the name of a body: Prezident Akademiýasy; Merdan is a name, though also from a mer."""
    word, sets = start.word, start.sets
    named = word.nominative & sets.title or (
        word.lists & sets.title and word.common and not word.nominative & sets.given
    )
    if named and start.capital_follows and start.text.words[start.i + 1].lists & sets.patronymic:
        return True  # Han Arkalyýewiç
    return start.starts_body or start.grows if named and not word.abbreviation else None


def conjunction(start: Beginning) -> bool | None:
    """A conjunction that begins a sentence is no name, but before a foreign surname: Emma Watson, Emma | Orazow."""
    sets = start.sets
    if not start.word.lists & sets.conjunction or not start.text.starts_sentence(start.i):
        return None
    after = start.text.words[start.i + 1] if start.capital_follows else None
    foreign = after is not None and after.lists & sets.surname and not after.lists & sets.given
    return bool(foreign and after and not after.common and not after.bases[0].endswith(RUSSIAN))


def hyphenated(start: Beginning) -> bool | None:
    """A hyphen or an English link before a capital makes a name: San-Hose, Bank of Norgil."""
    text, k = start.text, start.i + 1
    joined = k < len(text.words) and (text.words[k].text in HYPHEN_PIECES or text.words[k].lists & start.sets.link)
    return True if joined and over_particles(text, start.sets, k) > k else None


def sentence_start(start: Beginning) -> bool | None:
    """At the start of a sentence a common word begins a name only as a given name, a body or in quotes."""
    text, word = start.text, start.word
    if not text.starts_sentence(start.i):
        return None
    if word.common or word.lists & start.sets.copula or is_plural_of_common(word) or lower_elsewhere(text, word):
        given = start.capital_follows and word.lists & ~word.personal & start.sets.given != 0
        qualifies = word.folded in PUBLIC_FIRST and start.qualifies_body
        return given or start.starts_body or start.quoted or start.public_body or qualifies or start.part_of_place
    return len(word.text) > 1 or start.capital_follows


def capital(start: Beginning) -> bool | None:
    """Inside a sentence every other capital begins a name, but for lone letters and reverential capitals (Watan).

    A reverential capital begins one that goes on: Bilim agentligi.
    """
    if start.capital_follows or len(start.word.text) == 1:
        return start.capital_follows
    word, sets = start.word, start.sets
    given = word.nominative & sets.given and not word.nominative & sets.reverential  # Aýdan is a name, too
    return bool(given) or not word.lists & sets.reverential or start.grows


RULES: tuple[Rule, ...] = (
    no_name, derived, label_of_a_form, kin, conjunction, rank, addressed, called, kin_before, people_or_calendar, title,
    hyphenated,
    sentence_start, capital,
)  # fmt: skip


# What a rule asks of the word alone: of another word it answers None. Most words need three of the rules.
ASKS: Mapping[Rule, Callable[[Word, ListBits], object]] = {
    no_name: lambda word, sets: not _may_be_name(word, sets),
    derived: lambda word, sets: _is_derivation(word),
    label_of_a_form: lambda word, sets: word.common,
    kin: lambda word, sets: word.lists & sets.kin,
    conjunction: lambda word, sets: word.lists & sets.conjunction,
    rank: lambda word, sets: word.nominative & sets.rank,
    addressed: lambda word, sets: word.nominative & sets.given,
    called: lambda word, sets: word.nominative & sets.given,
    kin_before: lambda word, sets: word.nominative & sets.given,
    people_or_calendar: lambda word, sets: word.lists & (sets.people | sets.calendar),
    title: lambda word, sets: word.lists & sets.title,
}


def rules_for(word: Word, sets: ListBits) -> tuple[Rule, ...]:
    """The rules that may decide whether a name begins with a word."""
    if ASKS[no_name](word, sets) and not (word.upper and word.lists & sets.function and word.nominative & sets.given):
        return (no_name,)
    return tuple(rule for rule in RULES if rule not in ASKS or ASKS[rule](word, sets))


def begins(text: Text, sets: ListBits, i: int, at: Mapping[int, Mention]) -> bool:
    """Whether a name on no list begins at word i."""
    word = text.words[i]
    rules = word.beginnings
    if not rules:
        rules = word.beginnings = rules_for(word, sets)
    start = Beginning(text, sets, i, at, word)
    for rule in rules:
        answer = rule(start)
        if answer is not None:
            return answer
    raise AssertionError("the last rule always answers")


def is_derived(word: Word) -> bool:
    """Whether the best reading makes a word no name: Türkiýeli, Günbataryň."""
    return not word.common and word.derived  # in this order: the readings of a common word are seldom needed


def is_plural_of_common(word: Word) -> bool:
    """Whether a word that the dictionary lacks may be a plural of one that it has: Damarlarda."""
    return any(r.plural and len(r.base) > 3 and vocabulary().is_stem(r.base) for r in word.readings)


def lower_elsewhere(text: Text, word: Word) -> bool:
    """Whether the document has the word, in some form, without a capital: Tsunami ... tsunamide."""
    return any(text.has_lower(reading.base) for reading in word.best[:3])
