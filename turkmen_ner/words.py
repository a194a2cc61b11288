"""Words in a text: what is known of each distinct word, looked up once, and where each stands.

A `Lexicon` belongs to one pipeline; it joins the gazetteer and the word lists (cues) and remembers `Word`s.
A `Text` is one text cut into words, with offsets in Python characters.
"""

import re
import unicodedata
from collections.abc import Callable, Container, Iterator, Sequence
from itertools import accumulate
from typing import Any

from turkmen_ner.alphabet import APOSTROPHES, ASCII, HYPHENS, INVISIBLE, UPPER, fold, pieces
from turkmen_ner.cues import Cues
from turkmen_ner.gazetteer import ANY_CASE, HYPHEN_PIECES, LOOSE_CASE, MAYBE, POSSESSED, QUOTES, Gazetteer, Match
from turkmen_ner.morphology import HYPHENATED, LONGEST, Reading, plausibility, ranked, readings
from turkmen_ner.suffixes import Slot
from turkmen_ner.surroundings import Surroundings
from turkmen_ner.vocabulary import is_common

CACHE_SIZE = 50_000  # distinct words, chunks between spaces and such that a lexicon remembers, some 1.3 kB each
LONG = 60  # characters of a chunk that is not worth remembering

READINGS = 6  # of the last word of an unlisted name that are considered
KNOWN = 30.0  # how much more a base form weighs that is a given name, surname or listed name
LONGEST_ACRONYM = 6  # letters; a longer word in capitals is a shouted one: AŞGABAT, BERDIMUHAMEDOW
SENTENCE_END = frozenset(".!?…")
NONE, SPACE, LINE = range(3)  # what stands before a word


class Word:
    """A distinct written word. `cues` are the lists it belongs to in any form, `plain` those in the nominative, also
    with the possessive of the third person (`wekili`), `headed` those with that possessive in any case (`şäherinde`);
    all are bit sets, see `Cues`.

    A slot of _LAZY is filled when it is first asked for; after that reading it costs no call.
    """

    __slots__ = (
        "apart",
        "attribute",
        "bases",
        "best",
        "caps",
        "case",
        "choice",
        "common",
        "cues",
        "derived",
        "digit",
        "ends",
        "folded",
        "headed",
        "hot",
        "known",
        "lead",
        "letters",
        "marked",
        "marks",
        "names",
        "plain",
        "rare",
        "shapes",
        "shout",
        "space",
        "starter",
        "text",
        "upper",
        "weighed",
        "whole",
    )
    common: bool  # a form of a common word
    best: list[Reading]  # the readings of an unlisted name, best first
    lead: Reading  # the best one
    case: str  # its case; `daky` for an attributive, `ly` for a derivation
    derived: bool  # whether it is a derivation: Türkiýeli
    bases: tuple[str, ...]  # the base forms of the best two
    weighed: list[tuple[Reading, float]]  # the first of `best` with their plausibility; a known name weighs more
    ends: int  # whether its case closes a name: OPEN, CLOSED, BEFORE_NAME or UNLESS_GIVEN
    choice: dict[str, Any]  # what the tagger makes of `names`
    whole: bool  # whether `pieces` leaves it whole: not D. and Dr.
    apart: bool  # whether it never belongs to a word beside it: white space, most signs
    attribute: bool  # a common word in the nominative or genitive, or with a possessive of the third person
    rare: bool  # in lower case, and no common word
    marked: bool  # whether a text of tokens must look at it

    def __init__(self, text: str, known: Container[str] = frozenset()) -> None:
        self.text = text
        self.known = known  # base forms that rank first
        self.space = NONE
        self.letters = False
        self.upper = False
        self.caps = False  # an abbreviation
        self.shout = False  # all capitals
        self.digit = False
        self.hot = False  # worth a second look: a capital, a listed name, a word that rules ask for
        self.folded = text
        self.names: tuple[Match, ...] = ()
        self.starter = False
        self.cues = 0
        self.plain = 0
        self.headed = 0
        self.marks = 0
        self.shapes = -1  # its part in the facts of a mention, once known; see context.py

    def __getattr__(self, name: str) -> Any:
        """Called for a slot that is not filled yet."""
        if name not in _LAZY:
            raise AttributeError(name)
        value = _LAZY[name](self)
        setattr(self, name, value)
        return value

    @property
    def initial(self) -> bool:
        """Whether it is the initial of a person: the `D.` of D.Gulmanowa."""
        return len(self.text) == 2 and self.text.endswith(".")

    @property
    def readings(self) -> tuple[Reading, ...]:
        """All readings, see morphology."""
        return readings(self.folded)

    def __repr__(self) -> str:
        return f"Word({self.text!r})"


def _common(word: Word) -> bool:
    return is_common(word.folded) or _common_parts(word)


def _common_parts(word: Word) -> bool:
    """Aňly-düşünjeli, bolsa-ha: two common words with a hyphen; Kim-e is one with a suffix."""
    parts = word.folded.split("-")
    if len(parts) < 2 or not all(len(part) < 2 or is_common(part) for part in parts):
        return False
    return word.lead.change != HYPHENATED


def _best(word: Word) -> list[Reading]:
    best = ranked(word.folded, word.known)
    if word.caps:  # JAXA: an abbreviation takes its suffix after a hyphen
        best.sort(key=lambda reading: bool(reading.suffixes) and reading.change != HYPHENATED)
    return best


def _weighed(word: Word) -> list[tuple[Reading, float]]:
    return [
        (reading, plausibility(reading) * (KNOWN if reading.base in word.known else 1))
        for reading in word.best[:READINGS]
    ]


def _attribute(word: Word) -> bool:
    if not word.common:
        return False
    for reading in word.readings:
        slots = [suffix.name for suffix in reading.suffixes if suffix.slot is not Slot.NUMBER]
        if not reading.derived and (not slots or slots in (["3"], ["Gen"])):
            return True
    return False


def _apart(word: Word) -> bool:
    if word.space:
        return True
    return len(word.text) == 1 and word.text not in _JOINING and unicodedata.category(word.text)[0] in "PS"


def _whole(word: Word) -> bool:
    """An address reaches over signs that part words elsewhere, so what may begin one is cut anew with all around it."""
    return not _OF_ADDRESS.search(word.text) and (word.text.isalpha() or len(pieces(word.text)) == 1)


OPEN, CLOSED, BEFORE_NAME, UNLESS_GIVEN = range(4)  # BEFORE_NAME: unless a common word follows; or it is a given name


def _ends(word: Word) -> int:
    lead = word.lead
    if lead.change == HYPHENATED:
        return CLOSED
    case = word.case
    if case in ("Nom", "Dat", "Acc") or word.caps:
        return OPEN
    if case == "Gen":
        return BEFORE_NAME if word.common else CLOSED if len(lead.base) > 2 else OPEN
    return UNLESS_GIVEN if len(lead.base) > 3 else OPEN


_LAZY: dict[str, Callable[[Word], Any]] = {
    "common": _common,
    "best": _best,
    "lead": lambda word: word.best[0],
    "case": lambda word: case_of(word.lead),
    "derived": lambda word: word.lead.derived,
    "bases": lambda word: tuple(dict.fromkeys(reading.base for reading in word.best[:2])),
    "weighed": _weighed,
    "ends": _ends,
    "choice": lambda word: {},
    "whole": _whole,
    "apart": _apart,
    "attribute": _attribute,
    "rare": lambda word: word.letters and not word.upper and not word.common,
    "marked": lambda word: word.hot or bool(word.space) or not word.whole,
}


def case_of(reading: Reading) -> str:
    """Nom, Gen ..., `daky` for an attributive, `ly` for a derivation.

    >>> [case_of(r) for r in readings("liwiýadaky")][:1], case_of(ranked("haftarda")[0])
    (['Nom'], 'Loc')
    """
    case = "Nom"
    for suffix in reading.suffixes:
        if suffix.slot is Slot.DERIVATION:
            return "ly"
        if suffix.slot is Slot.ATTRIBUTIVE:
            return "daky"
        if suffix.slot is Slot.CASE:
            case = suffix.name
    return case


def _key(word: Word, lenient: bool) -> str:
    """A word inside a name of several words, as the gazetteer has it."""
    key = word.folded.replace("-", " ")
    return key.translate(ASCII) if lenient else key


def _unlikely(match: Match) -> tuple[bool, float, int]:
    """Sorts the likeliest reading first; of a possessed compound the one with its possessive. Of sure names of one form
    the one listed last comes first, so that one's own Bengazi stands before the shipped one.
    """
    suffixes = match.reading.suffixes
    compound = match.form.flags & POSSESSED and suffixes and suffixes[0].name == "3"
    later = 0 if match.form.flags & MAYBE else -match.form.entry
    return not compound, -plausibility(match.reading), later


INITIAL = 3  # at the end of a chunk: its last two words are one when a capital follows
_ENDS_IN_INITIAL = re.compile(rf"{UPPER}\.\Z")
STARTS_CAPITAL = re.compile(UPPER).match
_JOINING = frozenset(HYPHENS + APOSTROPHES + INVISIBLE + "–+.,:&/@#~=_¥£¢")  # may stand inside a word or an address
_OF_ADDRESS = re.compile("http|www|@")
_START, _AFTER_SPACE = (0,), (SPACE,)

# What stands between two spaces: its words, where each begins, what stands before each; its end: LINE, INITIAL or NONE.
Chunk = tuple[tuple[Word, ...], tuple[int, ...], tuple[int, ...], int]


class NameWords:
    """The base forms that an unlisted name's words have rather than others: one-word names, given names, surnames."""

    def __init__(self, gazetteer: Gazetteer, cues: Cues) -> None:
        self._phrases = gazetteer.phrases.at
        self._stems = cues.stems
        self._names = cues.bit.get("given-names", 0) | cues.bit.get("surnames", 0)

    def __contains__(self, base: object) -> bool:
        """Whether a folded base form is one of them; Rejepowa is one by Rejepow."""
        if not isinstance(base, str):
            return False
        masculine = base[:-1] if base.endswith(("owa", "ewa")) else base
        return base in self._phrases or bool(self._stems.get(masculine, 0) & self._names)


class Lexicon:
    """Everything a pipeline knows of single words."""

    def __init__(self, gazetteer: Gazetteer, lenient: bool = False) -> None:
        self.gazetteer = gazetteer
        self.lenient = lenient
        self.cues = Cues(gazetteer.lists)
        self.surroundings = Surroundings(gazetteer, self.cues)
        self._known = NameWords(gazetteer, self.cues)
        self._words: dict[str, Word] = {}
        self._chunks: dict[str, Chunk] = {}
        self._numbers: dict[int, Word] = {}
        self._strangers: dict[tuple[str, str], bool] = {}

    def word(self, text: str) -> Word:
        """The word for a piece of text, looked up once."""
        word = self._words.get(text)
        if word is None and len(text) > LONGEST:
            word = self._make(text)
        elif word is None:
            if len(self._words) >= CACHE_SIZE:
                self._words = {}
            word = self._words[text] = self._make(text)
        return word

    def numbered(self, numbers: Sequence[int], spelling: Callable[[int], str]) -> list[Word]:
        """The words for tokens by the numbers of their strings. spelling (callable): The string at a place."""
        found = list(map(self._numbers.get, numbers))
        if None in found:
            for k, word in enumerate(found):
                if word is None:
                    found[k] = self._number(numbers[k], spelling(k))
        return found  # type: ignore[return-value]  # there is no None left

    def _number(self, number: int, text: str) -> Word:
        word = self._numbers.get(number) or self.word(text)
        if len(text) <= LONG:
            if len(self._numbers) >= CACHE_SIZE:
                self._numbers = {}
            self._numbers[number] = word
        return word

    def strangers(self, word: Word, after: Word) -> bool:
        """Whether no listed name begins with these two words; remembered by pairs."""
        pair = (word.text, after.text)
        known = self._strangers.get(pair)
        if known is None:
            if len(self._strangers) >= CACHE_SIZE:
                self._strangers = {}
            sign = after.text in QUOTES or after.text in HYPHEN_PIECES  # may stand between the words of a name
            known = self._strangers[pair] = not sign and self._are_strangers(word, after)
        return known

    def _are_strangers(self, word: Word, after: Word) -> bool:
        prefix = _key(word, False) + " "
        if self.gazetteer.begins(prefix + _key(after, False)):
            return False
        return next(self.gazetteer.final(after.text, after.folded, prefix, word.text), None) is None

    def _make(self, text: str) -> Word:
        word = Word(text, self._known)
        if text.isspace():
            word.space = LINE if "\n" in text or "\r" in text or "\u2029" in text else SPACE
            return word
        if len(text) > LONGEST:  # no word, but an address or noise
            word.folded = ""
            return word
        first = text[0]
        if not (first.isalnum() or first in "¥£¢"):
            return word
        word.folded = folded = fold(text)
        word.letters = any(c.isalpha() for c in folded)
        word.upper = first.isupper() or first in "¥£"
        stem = text.split("-")[0].rstrip(".")
        word.shout = len(stem) > 1 and stem.isupper()
        word.caps = word.shout and len(stem) <= LONGEST_ACRONYM
        word.digit = any(c.isdigit() for c in text)
        word.cues, word.plain, word.headed = self.cues.of(folded)
        word.cues &= self.cues.exact(folded) | ~self.cues.uninflected
        if word.upper or word.digit:
            found = sorted(self.gazetteer.final(text, folded), key=_unlikely)
            if folded in self._known:  # Kerim is a name, and not my Keri
                found = [match for match in found if not match.shown.personal]
            if word.common:  # Galkynyşy: its revival, and not the paper
                found = [match for match in found if not (match.form.flags & MAYBE and match.shown.third)]
            if self.lenient and not found:
                found = sorted(self.gazetteer.final(text, fold(text, lenient=True), lenient=True), key=_unlikely)
            word.names = tuple(found)
            if not word.common:
                bases = {r.base for r in word.readings if not r.derived and not (r.suffixes and len(r.base) < 4)}
                word.cues |= self.cues.ending(bases)
        elif text[0].islower() and self.gazetteer.names.lower.may_be(folded):
            word.names = tuple(self.gazetteer.final(text, folded))
        key = folded.replace("-", " ")
        begins = self.gazetteer.begins(key) or (self.lenient and self.gazetteer.begins(key.translate(ASCII), True))
        word.starter = begins and (word.upper or word.digit or key in self.gazetteer.lower_starts)
        if self.surroundings:
            word.marks = self.surroundings.marks(word)
        word.hot = word.upper or word.starter or bool(word.names or word.marks)
        return word

    def chunks(self, parts: list[str]) -> list[Chunk]:
        """The chunks of a text that was split at its spaces: `pieces` cuts them as in the text, but for initials."""
        found = list(map(self._chunks.get, parts))
        chunks = [chunk or self.chunk(part) for chunk, part in zip(found, parts, strict=True)]
        for k in [k for k, chunk in enumerate(chunks) if chunk[3] == INITIAL]:
            if k + 1 < len(parts) and STARTS_CAPITAL(parts[k + 1]):
                chunks[k] = self.chunk(parts[k] + " ")  # no chunk has a space, so this is a key of its own
        return chunks

    def chunk(self, part: str) -> Chunk:
        """What stands between two spaces, cut into words."""
        if (known := self._chunks.get(part)) is not None:
            return known
        if part.isalpha():  # nearly all of them, and no work for a regex
            chunk: Chunk = ((self.word(part),), _START, _AFTER_SPACE, NONE)
        else:
            chunk = self._cut(part)
        if len(part) <= LONG:
            if len(self._chunks) >= CACHE_SIZE:
                self._chunks = {}
            self._chunks[part] = chunk
        return chunk

    def _cut(self, part: str) -> Chunk:
        words: list[Word] = []
        at: list[int] = []
        gap: list[int] = []
        start, before = 0, SPACE
        for piece in pieces(f"{part}A")[:-2] if part.endswith(" ") else pieces(part):
            word = self.word(piece)
            if word.space:
                before = max(before, word.space)
            else:
                words.append(word)
                at.append(start)
                gap.append(before)
                before = NONE
            start += len(piece)
        end = LINE if before == LINE else INITIAL if _ENDS_IN_INITIAL.search(part) else NONE
        return tuple(words), tuple(at), tuple(gap), end

    def text(self, text: str) -> "Text":
        """Cut a text into words."""
        return Text(self, text)


class Text:
    """A text as words: `words[i]` starts at character `at[i]`; `gap[i]` is what stands before it.

    `hot` has the places of the words worth a second look: the rest are lower-case words of no list. `token[i]` is the
    place of the token that is word i, -1 where they differ; of a text that was not cut into tokens it is empty.
    """

    __slots__ = ("_given", "_lower_bases", "_source", "at", "gap", "hot", "lexicon", "token", "words")

    def __init__(self, lexicon: Lexicon, text: str) -> None:
        parts = text.split(" ")
        chunks = lexicon.chunks(parts)
        starts = accumulate([len(part) + 1 for part in parts], initial=0)
        self.lexicon = lexicon
        self.words = [word for chunk in chunks for word in chunk[0]]
        self.at = [start + at for chunk, start in zip(chunks, starts, strict=False) for at in chunk[1]]
        self.gap = [gap for chunk in chunks for gap in chunk[2]]
        if self.gap:
            self.gap[0] = LINE
        if any(chunk[3] == LINE for chunk in chunks):
            self._carry_lines(chunks)
        self.hot = [i for i, word in enumerate(self.words) if word.hot]
        self.token: list[int] = []
        self._source: Callable[[], str] = lambda: text
        self._given: str | None = text
        self._lower_bases: frozenset[str] | None = None

    @classmethod
    def of(
        cls,
        lexicon: Lexicon,
        words: list[Word],
        at: list[int],
        gap: list[int],
        *,
        hot: list[int],
        token: list[int],
        source: Callable[[], str],
    ) -> "Text":
        """A text that is cut into words, see tokens.py. source (callable): The text as given."""
        made = cls.__new__(cls)
        made.lexicon, made.words, made.at, made.gap, made.hot, made.token = lexicon, words, at, gap, hot, token
        made._source, made._given, made._lower_bases = source, None, None
        return made

    @property
    def text(self) -> str:
        """The text as given."""
        if self._given is None:
            self._given = self._source()
        return self._given

    def between(self, i: int, j: int) -> str:
        """The text from where word i begins to where word j does."""
        if i == j:
            return ""
        found = []
        for k in range(i, j):
            word = self.words[k].text
            space = self.at[k + 1] - self.at[k] - len(word)
            if space and (space > 1 or not self.token or self.token[k + 1] != self.token[k] + 1):
                return self.text[self.at[i] : self.at[j]]  # not just one space
            found.append(word + " " if space else word)
        return "".join(found)

    def _carry_lines(self, chunks: list[Chunk]) -> None:
        """A line that ends before a space begins anew after it."""
        k, before = 0, NONE
        for words, _, _, end in chunks:
            if words:
                if before == LINE:
                    self.gap[k] = LINE
                k += len(words)
                before = NONE
            before = LINE if end == LINE else before

    @property
    def lower_bases(self) -> frozenset[str]:
        """Base forms of the words in lower case that are no common words."""
        if self._lower_bases is None:
            rare = {w for w in self.words if w.rare}
            self._lower_bases = frozenset(r.base for w in rare for r in w.best[:3])
        return self._lower_bases

    def __len__(self) -> int:
        return len(self.words)

    def span(self, i: int, j: int) -> tuple[int, int]:
        """The characters of the words i to j (j excluded)."""
        return self.at[i], self.at[j - 1] + len(self.words[j - 1].text)

    def starts_sentence(self, i: int) -> bool:
        """Whether a sentence begins at word i: after a full stop, at a new line, in an opening quote."""
        if i == 0 or self.gap[i] == LINE:
            return True
        before = self.words[i - 1].text
        if before in SENTENCE_END:
            return True
        if before in QUOTES:
            return self.gap[i] == NONE and (i == 1 or self.gap[i - 1] != NONE)
        if before in ("'", "‘", "(", "-", "–", "—", "*", "•"):
            return i == 1 or self.gap[i - 1] == LINE or self.words[i - 2].text in SENTENCE_END | {":", ","}
        return before == ":" and self.gap[i] != NONE

    def adjacent(self, i: int) -> bool:
        """Whether word i follows word i - 1 with a space or nothing between them."""
        return self.gap[i] != LINE

    def listed(self, i: int) -> list[tuple[int, Match]]:
        """The listed names that begin at word i, as (end, match), longest first."""
        word = self.words[i]
        found = [(i + 1, match) for match in word.names]
        if word.starter:
            longer = [] if self._alone(i) else list(self._longer(i))
            if longer or (self.lexicon.lenient and (longer := list(self._longer(i, lenient=True)))):
                found = [*longer, *found]
                if len(found) > 1:
                    found.sort(key=lambda pair: (-pair[0], _unlikely(pair[1])))
        return self._in_context(i, found)

    def _alone(self, i: int) -> bool:
        """Whether no listed name begins with word i and the next, as far as these two tell."""
        words = self.words
        if i + 1 >= len(words) or self.gap[i + 1] == LINE:
            return True
        return self.lexicon.strangers(words[i], words[i + 1])

    def _longer(self, i: int, lenient: bool = False) -> Iterator[tuple[int, Match]]:
        """The listed names of several words that begin at word i."""
        gazetteer = self.lexicon.gazetteer
        first = self.words[i]
        prefix = _key(first, lenient)
        j = i + 1
        while j < len(self.words) and gazetteer.begins(prefix, lenient):
            sign = self.words[j].text
            if j + 1 < len(self.words) and (
                sign in QUOTES or (sign in HYPHEN_PIECES and self.gap[j + 1] == self.gap[j] != LINE)
            ):
                j += 1
            if self.gap[j] == LINE:
                break
            last = self.words[j]
            folded = last.folded.translate(ASCII) if lenient else last.folded
            for match in gazetteer.final(last.text, folded, prefix + " ", first.text, lenient):
                if self._cased(match, i, j):
                    yield j + 1, match
            prefix += " " + _key(last, lenient)
            j += 1

    def _in_context(self, i: int, found: list[tuple[int, Match]]) -> list[tuple[int, Match]]:
        """Those of the names from word i whose own context (`before`, `after` ...) holds, if they ask for one."""
        around = self.lexicon.surroundings
        if not around.contexts:
            return found
        return [(j, match) for j, match in found if around.holds(match.form.entry, self, i, j)]

    def _cased(self, match: Match, i: int, j: int) -> bool:
        """Inner words of a person, city or ship are capitals where the listed form has capitals."""
        if match.form.flags & (LOOSE_CASE | ANY_CASE):
            return True
        written = [p for p in match.form.written.replace("-", " ").split() if p[:1].isalpha()]
        here = [w for k in range(i, j + 1) for w in self.words[k].text.split("-") if w[:1].isalpha()]
        return all(not a[0].isupper() or b[:1].isupper() for a, b in zip(written, here, strict=False))
