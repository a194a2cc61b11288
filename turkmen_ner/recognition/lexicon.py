"""Words in a text: what is known of each distinct word, looked up once, and where each stands.

A `Lexicon` belongs to one pipeline; it joins the gazetteer and the word lists (word_lists) and remembers `Word`s.
A `Text` is one text cut into words, with offsets in Python characters.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from turkmen_ner.gazetteer.entry import MAYBE, POSSESSED
from turkmen_ner.gazetteer.lookup import Gazetteer, Match
from turkmen_ner.morphology.analysis import LONGEST, plausibility
from turkmen_ner.morphology.stems import Beginnings
from turkmen_ner.orthography.alphabet import ASCII, fold
from turkmen_ner.orthography.segmentation import UPPER, segment, spelled
from turkmen_ner.recognition.cache import Cache
from turkmen_ner.recognition.conditions import Surroundings
from turkmen_ner.recognition.word import LINE, NONE, SPACE, Word
from turkmen_ner.recognition.word_lists import WordLists

SUFFIX = 3  # letters of a suffix after a hyphen, at most: Wise-niň, but Wise-çempion
LONG = 60  # characters of a chunk that is not worth remembering


LONGEST_ACRONYM = 6  # letters; a longer word in capitals is one in all capitals: AŞGABAT, BERDIMUHAMEDOW


def key_of(word: Word, lenient: bool) -> str:
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


def likeliest(matches: Iterable[Match]) -> list[Match]:
    """The matches, the likeliest reading first."""
    found = list(matches)
    if len(found) > 1:
        found.sort(key=_unlikely)
    return found


# Some words in a row, as the gazetteer spells them; the listed names that they are, the likeliest first; whether a
# longer name begins with them; whether one of the names has a context. A bare tuple: garbage collection need not look
# at one without names.
Step = tuple[str, tuple[Match, ...], bool, bool]


# Whether the spelling is lenient; the names that a word is; and whether a longer name begins with it.
Stop = tuple[bool, tuple[Match, ...], bool]


INITIAL = 3  # at the end of a chunk: its last two words are one when a capital follows
_ENDS_IN_INITIAL = re.compile(rf"{UPPER}\.\Z")
STARTS_CAPITAL = re.compile(UPPER).match


_START, _AFTER_SPACE = (0,), (SPACE,)

# What stands between two spaces: its words, where each begins, what stands before each; its end: LINE, INITIAL or NONE.
Chunk = tuple[tuple[Word, ...], tuple[int, ...], tuple[int, ...], int]


class NameWords:
    """The base forms that an unlisted name's words have rather than others: one-word names, given names, surnames."""

    def __init__(self, gazetteer: Gazetteer, word_lists: WordLists) -> None:
        self._phrases = gazetteer.phrases
        self._stems = word_lists.stems
        self._names = word_lists.bit.get("given-names", 0) | word_lists.bit.get("surnames", 0)

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
        self.word_lists = WordLists(gazetteer.lists)
        self.surroundings = Surroundings(gazetteer, self.word_lists)
        self._known = NameWords(gazetteer, self.word_lists)
        self.body_heads = self.word_lists.bit.get("body-heads", 0)
        self._in_capitals = self.word_lists.bit.get("ship-prefixes", 0)  # SS Norgil, but St Albans
        lower = gazetteer.lower
        self._asked = Beginnings(self.surroundings.bases, (*lower.begins, *lower.starts))  # for in small letters
        self._common = self.word_lists.bit.get("common-words", 0)
        self._prefixes = self.word_lists.bit.get("common-prefixes", 0)
        self._words: Cache[str, Word] = Cache()
        self._chunks: Cache[str, Chunk] = Cache()
        self._numbers: Cache[int, Word] = Cache()
        self._stops: Cache[str, tuple[Stop, ...]] = Cache()
        self._steps: Cache[tuple[str, str, bool, bool, bool], Step] = Cache()

    def word(self, text: str) -> Word:
        """The word for a piece of text, looked up once."""
        word = self._words.get(text)
        if word is None and len(text) > LONGEST:
            word = self._make(text)
        elif word is None:
            word = self._words[text] = self._make(text)
        return word

    def numbered(self, numbers: Sequence[int], spelling: Callable[[int], str]) -> list[Word]:
        """The words for tokens by the numbers of their strings. spelling (callable): The string at a place."""
        found = list(map(self._numbers.get, numbers))
        if not all(found):
            new = {numbers[k]: k for k, word in enumerate(found) if word is None}
            made = {number: self.word(spelling(k)) for number, k in new.items()}
            found = [word or made[number] for word, number in zip(found, numbers, strict=True)]
            self._numbers.add({number: word for number, word in made.items() if len(word.raw) <= LONG})
        return found  # type: ignore[return-value]  # there is no None left

    def step(self, before: str, first: Word, last: Word, lenient: bool = False, stops: Gazetteer | None = None) -> Step:
        """What the gazetteer has of the words `before` and the next one; looked up once.

        before (str): The words from `first` on, as the gazetteer spells them.
        stops (Gazetteer): The names that are not to be found, to ask for these.
        """
        # of the first word a name asks for no more than its capital
        key = (before, last.text, first.upper, lenient, stops is not None)
        known = self._steps.get(key)
        if known is None:
            folded = last.folded.translate(ASCII) if lenient else last.folded
            gazetteer = stops or self.gazetteer
            matches = gazetteer.final(last.text, folded, f"{before} ", first.text, lenient)
            words = f"{before} {key_of(last, lenient)}"
            names = tuple(likeliest(matches))
            known = words, names, gazetteer.begins(words, lenient), stops is None and self.is_bound(names)
            self._steps[key] = known
        return known

    def stop(self, word: Word) -> tuple[Stop, ...]:
        """How a name that is not to be found may begin with a word; looked up once."""
        known = self._stops.get(word.text)
        if known is None:
            known = self._stops[word.text] = tuple(self._stop(word))
        return known

    def _stop(self, word: Word) -> Iterator[Stop]:
        names = self.gazetteer.stops.names if self.gazetteer.stops else Gazetteer.empty()
        for lenient in (False, True) if self.lenient else (False,):
            folded = word.folded.translate(ASCII) if lenient else word.folded
            alone = tuple(names.final(word.text, folded, lenient=lenient))
            longer = names.begins(key_of(word, lenient), lenient)
            if alone or longer:
                yield lenient, alone, longer

    def is_bound(self, names: Sequence[Match]) -> bool:
        """Whether one of some listed names counts only in a context (`before`, `after` ...)."""
        contexts = self.surroundings.contexts
        return bool(contexts) and any(match.form.entry in contexts for match in names)

    def _make(self, raw: str) -> Word:
        if raw.islower() and raw.isalpha() and len(raw) <= LONGEST:
            return self._make_small(raw)
        text = raw if raw.isalpha() or raw.isspace() else spelled(raw)
        word = Word(text, self._known, raw)
        if text.isspace():
            word.space = LINE if "\n" in text or "\r" in text or "\u2029" in text else SPACE
            return word
        if len(text) > LONGEST or "@" in text:  # no word, but an address or noise
            word.folded = ""
            return word
        first = text[0]
        if not (first.isalnum() or first in "¥£¢"):
            return word
        word.folded = folded = fold(text)
        word.letters = folded.isalpha() or any(c.isalpha() for c in folded)
        word.upper = first.isupper() or first in "¥£"
        stem = text.split("-")[0].rstrip(".")
        word.all_caps = len(stem) > 1 and stem.isupper()
        word.abbreviation = word.all_caps and len(stem) <= LONGEST_ACRONYM
        word.digit = not text.isalpha() and any(c.isdigit() for c in text)
        self._look_up(word, self.word_lists.of(folded))
        return word

    def _make_small(self, text: str) -> Word:
        """A word of small letters: most new words of a text are such, of no list and asked for nowhere."""
        word = Word(text, self._known, text)
        word.folded = folded = fold(text)
        word.letters = folded.isalpha() or any(c.isalpha() for c in folded)
        lists = self.word_lists.of(folded)
        if lists[0] or self._asked.may_begin(folded) or self.surroundings.is_literal(text):
            self._look_up(word, lists)
        return word

    def _look_up(self, word: Word, lists: tuple[int, int, int, int]) -> None:
        """Fill what the gazetteer and the conditions know of a word. lists: Those of the word, see `WordLists.of`."""
        text, folded = word.text, word.folded
        if lists[0]:
            word.lists, word.nominative, word.possessed, word.personal = lists
            word.lists &= self.word_lists.exact(folded) | ~self.word_lists.uninflected
            if not word.abbreviation:
                word.lists &= ~self._in_capitals
            if word.lists & self._common or (word.lists & self._prefixes and len(folded.partition("-")[2]) > SUFFIX):
                word.common = True
        if word.upper or word.digit:
            found = likeliest(self.gazetteer.final(text, folded))
            if folded in self._known:  # Kerim is a name, and not my Keri
                found = [match for match in found if not match.shown.personal]
            if word.common and not word.possessed & self.body_heads:  # Galkynyşy: its revival, and not the paper
                found = [match for match in found if not (match.form.flags & MAYBE and match.shown.third)]
            if self.lenient and not found:
                found = likeliest(self.gazetteer.final(text, fold(text, lenient=True), lenient=True))
            word.names = tuple(found)
            if not word.common:
                bases = {r.base for r in word.readings if not r.derived and not (r.suffixes and len(r.base) < 4)}
                word.lists |= self.word_lists.ending(bases)
        elif text[0].islower() and self.gazetteer.lower.may_be(folded):
            word.names = tuple(self.gazetteer.final(text, folded))
        if word.names:
            word.bound = self.is_bound(word.names)
        key = folded.replace("-", " ")
        if word.upper or word.digit or key in self.gazetteer.lower.starts:
            begins = self.gazetteer.begins(key)
            word.starter = begins or (self.lenient and self.gazetteer.begins(key.translate(ASCII), True))
        if self.surroundings:
            word.marks = self.surroundings.marks(text, folded, word.lists)
        word.notable |= word.upper or word.starter or bool(word.names or word.marks)
        word.notable |= "." in text and word.domain

    def chunks(self, parts: list[str]) -> list[Chunk]:
        """The chunks of a text that was split at its spaces: `segment` cuts them as in the text, but for initials."""
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
            self._chunks[part] = chunk
        return chunk

    def _cut(self, part: str) -> Chunk:
        words: list[Word] = []
        at: list[int] = []
        separators: list[int] = []
        start, before = 0, SPACE
        for piece in segment(f"{part}A")[:-2] if part.endswith(" ") else segment(part):
            word = self.word(piece)
            if word.space:
                before = max(before, word.space)
            else:
                words.append(word)
                at.append(start)
                separators.append(before)
                before = NONE
            start += len(piece)
        end = LINE if before == LINE else INITIAL if _ENDS_IN_INITIAL.search(part) else NONE
        return tuple(words), tuple(at), tuple(separators), end
