"""Words in a text: what is known of each distinct word, looked up once, and where each stands.

A `Lexicon` belongs to one pipeline; it joins the gazetteer and the word lists (cues) and remembers `Word`s.
A `Text` is one text cut into words, with offsets in Python characters.
"""

import re
from collections.abc import Container, Iterator
from itertools import accumulate

from turkmen_ner.alphabet import ASCII, UPPER, fold, pieces
from turkmen_ner.cues import Cues
from turkmen_ner.gazetteer import ANY_CASE, HYPHEN_PIECES, LOOSE_CASE, MAYBE, POSSESSED, QUOTES, Gazetteer, Match
from turkmen_ner.morphology import HYPHENATED, Reading, plausibility, ranked, readings
from turkmen_ner.suffixes import Slot
from turkmen_ner.surroundings import Surroundings
from turkmen_ner.vocabulary import is_common

CACHE_SIZE = 100_000  # distinct words, and distinct chunks between spaces, that a lexicon remembers
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
    """

    __slots__ = (
        "_best",
        "_common",
        "_derived",
        "_weighed",
        "caps",
        "cues",
        "digit",
        "folded",
        "headed",
        "known",
        "letters",
        "marks",
        "names",
        "plain",
        "shout",
        "space",
        "starter",
        "text",
        "upper",
    )

    def __init__(self, text: str, known: Container[str] = frozenset()) -> None:
        self.text = text
        self.known = known  # base forms that rank first
        self.space = NONE
        self.letters = False
        self.upper = False
        self.caps = False  # an abbreviation
        self.shout = False  # all capitals
        self.digit = False
        self.folded = text
        self.names: tuple[Match, ...] = ()
        self.starter = False
        self.cues = 0
        self.plain = 0
        self.headed = 0
        self.marks = 0
        self._common: bool | None = None
        self._best: list[Reading] | None = None
        self._weighed: list[tuple[Reading, float]] | None = None
        self._derived: bool | None = None

    @property
    def common(self) -> bool:
        """Whether this is a form of a common word."""
        if self._common is None:
            self._common = is_common(self.folded) or self._common_parts()
        return self._common

    def _common_parts(self) -> bool:
        """Aňly-düşünjeli, bolsa-ha: two common words with a hyphen; Kim-e is one with a suffix."""
        parts = self.folded.split("-")
        if len(parts) < 2 or not all(len(part) < 2 or is_common(part) for part in parts):
            return False
        return self.best[0].change != HYPHENATED

    @property
    def readings(self) -> tuple[Reading, ...]:
        """All readings, see morphology."""
        return readings(self.folded)

    @property
    def best(self) -> list[Reading]:
        """The readings of an unlisted name, best first."""
        if self._best is None:
            self._best = ranked(self.folded, self.known)
            if self.caps:  # JAXA: an abbreviation takes its suffix after a hyphen
                self._best.sort(key=lambda reading: bool(reading.suffixes) and reading.change != HYPHENATED)
        return self._best

    @property
    def weighed(self) -> list[tuple[Reading, float]]:
        """The first readings of `best`, each with its plausibility; a base form that is a name weighs more."""
        if self._weighed is None:
            self._weighed = [
                (reading, plausibility(reading) * (KNOWN if reading.base in self.known else 1))
                for reading in self.best[:READINGS]
            ]
        return self._weighed

    @property
    def derived(self) -> bool:
        """Whether the best reading is a derivation: Türkiýeli."""
        if self._derived is None:
            self._derived = self.best[0].derived
        return self._derived

    @property
    def case(self) -> str:
        """The case of the best reading; `daky` for an attributive, `ly` for a derivation."""
        return case_of(self.best[0])

    def __repr__(self) -> str:
        return f"Word({self.text!r})"


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


def _unlikely(match: Match) -> tuple[bool, float]:
    """Sorts the likeliest reading first; of a possessed compound the one with its possessive."""
    suffixes = match.reading.suffixes
    compound = match.form.flags & POSSESSED and suffixes and suffixes[0].name == "3"
    return not compound, -plausibility(match.reading)


INITIAL = 3  # at the end of a chunk: its last two words are one when a capital follows
_ENDS_IN_INITIAL = re.compile(rf"{UPPER}\.\Z")
_CAPITAL = re.compile(UPPER)
_START, _AFTER_SPACE = (0,), (SPACE,)

# What stands between two spaces: its words, where each begins, what stands before each; its end: LINE, INITIAL or NONE.
Chunk = tuple[tuple[Word, ...], tuple[int, ...], tuple[int, ...], int]


class NameWords:
    """The base forms that an unlisted name's words have rather than others: one-word names, given names, surnames."""

    def __init__(self, gazetteer: Gazetteer, cues: Cues) -> None:
        self._phrases = gazetteer.phrases
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

    def word(self, text: str) -> Word:
        """The word for a piece of text, looked up once."""
        word = self._words.get(text)
        if word is None:
            if len(self._words) >= CACHE_SIZE:
                self._words = {}
            word = self._words[text] = self._make(text)
        return word

    def _make(self, text: str) -> Word:
        word = Word(text, self._known)
        if text.isspace():
            word.space = LINE if "\n" in text or "\r" in text or "\u2029" in text else SPACE
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
                found = list(self.gazetteer.final(text, fold(text, lenient=True), lenient=True))
            word.names = tuple(found)
            if not word.common:
                bases = {r.base for r in word.readings if not r.derived and not (r.suffixes and len(r.base) < 4)}
                word.cues |= self.cues.ending(bases)
        elif text[0].islower() and folded.startswith(self.gazetteer.lower_names):
            word.names = tuple(self.gazetteer.final(text, folded))
        key = folded.replace("-", " ")
        begins = self.gazetteer.begins(key) or (self.lenient and self.gazetteer.begins(key.translate(ASCII), True))
        word.starter = begins and (word.upper or word.digit or key in self.gazetteer.lower_starts)
        if self.surroundings:
            word.marks = self.surroundings.marks(word)
        return word

    def chunks(self, parts: list[str]) -> list[Chunk]:
        """The chunks of a text that was split at its spaces: `pieces` cuts them as in the text, but for initials."""
        found = list(map(self._chunks.get, parts))
        chunks = [chunk or self._chunk(part) for chunk, part in zip(found, parts, strict=True)]
        for k in [k for k, chunk in enumerate(chunks) if chunk[3] == INITIAL]:
            if k + 1 < len(parts) and _CAPITAL.match(parts[k + 1]):
                chunks[k] = self._chunk(parts[k] + " ")  # no chunk has a space, so this is a key of its own
        return chunks

    def _chunk(self, part: str) -> Chunk:
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
    """A text as words: `words[i]` starts at character `at[i]`; `gap[i]` is what stands before it."""

    __slots__ = ("_lower_bases", "at", "gap", "lexicon", "text", "words")

    def __init__(self, lexicon: Lexicon, text: str) -> None:
        self.lexicon = lexicon
        self.text = text
        parts = text.split(" ")
        chunks = lexicon.chunks(parts)
        starts = accumulate([len(part) + 1 for part in parts], initial=0)
        self.words = [word for chunk in chunks for word in chunk[0]]
        self.at = [start + at for chunk, start in zip(chunks, starts, strict=False) for at in chunk[1]]
        self.gap = [gap for chunk in chunks for gap in chunk[2]]
        if self.gap:
            self.gap[0] = LINE
        if any(chunk[3] == LINE for chunk in chunks):
            self._carry_lines(chunks)
        self._lower_bases: frozenset[str] | None = None

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
            rare = {w for w in self.words if w.letters and not w.upper and not w.common}
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
            longer = list(self._longer(i))
            if not longer and self.lexicon.lenient:
                longer = list(self._longer(i, lenient=True))
            found = sorted([*longer, *found], key=lambda pair: (-pair[0], _unlikely(pair[1])))
        return self._in_context(i, found)

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
