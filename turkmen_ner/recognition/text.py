"""A text as words, with offsets in Python characters."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, compress
from operator import attrgetter

from turkmen_ner.gazetteer.entry import ANY_CASE, LOOSE_CASE, POSSESSED
from turkmen_ner.gazetteer.lookup import Gazetteer, Match
from turkmen_ner.morphology.stems import head
from turkmen_ner.orthography.segmentation import HYPHEN_PIECES, QUOTES
from turkmen_ner.recognition.conditions import Condition
from turkmen_ner.recognition.lexicon import Chunk, Lexicon, key_of, likeliest
from turkmen_ner.recognition.sentence import begins_sentence
from turkmen_ner.recognition.word import LINE, NONE, SPACE, Word

_TEXT, _FOLDED, _SMALL = attrgetter("text"), attrgetter("folded"), attrgetter("small")


_Group = tuple[int, Sequence[Match], bool]  # where listed names end, these names, whether one of them has a context


class Text:
    """A text as words: `words[i]` starts at character `at[i]`; `separators[i]` is what stands before it.

    `notable` has the places of the words worth analysing: the rest are lower-case words of no list. `token[i]` is the
    place of the token that is word i, -1 where they differ; it is empty for a text without tokens. `silent` has the
    places where capitals say nothing, see casing.py; `titled` those inside the quoted title of a work.
    """

    __slots__ = (
        "_given",
        "_in_lower",
        "_lower_bases",
        "_source",
        "at",
        "separators",
        "silent",
        "titled",
        "notable",
        "lexicon",
        "token",
        "words",
    )

    def __init__(self, lexicon: Lexicon, text: str) -> None:
        parts = text.split(" ")
        chunks = lexicon.chunks(parts)
        starts = accumulate([len(part) + 1 for part in parts], initial=0)
        self.lexicon = lexicon
        self.words = [word for chunk in chunks for word in chunk[0]]
        self.at = [start + at for chunk, start in zip(chunks, starts, strict=False) for at in chunk[1]]
        self.separators = [separator for chunk in chunks for separator in chunk[2]]
        if self.separators:
            self.separators[0] = LINE
        if any(chunk[3] == LINE for chunk in chunks):
            self._carry_lines(chunks)
        self.notable = [i for i, word in enumerate(self.words) if word.notable]
        self.token: list[int] = []
        self._source: Callable[[], str] = lambda: text
        self._given: str | None = text
        self._lower_bases: dict[str, bool] = {}
        self._in_lower: tuple[str, list[Word]] | None = None
        self.silent: frozenset[int] = frozenset()
        self.titled: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls,
        lexicon: Lexicon,
        words: list[Word],
        at: list[int],
        separators: list[int],
        *,
        notable: list[int],
        token: list[int],
        source: Callable[[], str],
    ) -> "Text":
        """A text that is cut into words, see alignment.py. source (callable): The text as given."""
        made = cls.__new__(cls)
        made.lexicon, made.words, made.at, made.separators, made.notable, made.token = (
            lexicon,
            words,
            at,
            separators,
            notable,
            token,
        )
        made._source, made._given, made.silent, made.titled = source, None, frozenset(), frozenset()
        made._lower_bases, made._in_lower = {}, None
        return made

    @property
    def has_quotes(self) -> bool:
        """Whether there is a quotation mark."""
        return not QUOTES.isdisjoint(map(_TEXT, self.words))

    @property
    def text(self) -> str:
        """The text as given."""
        if self._given is None:
            self._given = self._source()
        return self._given

    def between(self, i: int, j: int) -> str:
        """The words i to j (j excluded) as they are read, with a space where white space stands after a word."""
        words, separators = self.words, self.separators
        return "".join([words[k].text + " " if separators[k + 1] else words[k].text for k in range(i, j)])

    def _carry_lines(self, chunks: list[Chunk]) -> None:
        """A line that ends before a space begins anew after it."""
        k, before = 0, NONE
        for words, _, _, end in chunks:
            if words:
                if before == LINE:
                    self.separators[k] = LINE
                k += len(words)
                before = NONE
            before = LINE if end == LINE else before

    def has_lower(self, base: str) -> bool:
        """Whether a word in lower case that is no common word may have the base form."""
        known = self._lower_bases
        if base not in known:
            known[base] = any(word.rare and any(r.base == base for r in word.best[:3]) for word in self._lower(base))
        return known[base]

    def _lower(self, base: str) -> Iterable[Word]:
        """The words in lower case that begin as every form of a base form does; nearly always there are none."""
        if self._in_lower is None:
            found = [*compress(self.words, map(_SMALL, self.words))]
            self._in_lower = " ".join(["", *map(_FOLDED, found)]), found
        spellings, words = self._in_lower
        start = head(base)
        return [word for word in words if word.folded.startswith(start)] if f" {start}" in spellings else ()

    def __len__(self) -> int:
        return len(self.words)

    def span(self, i: int, j: int) -> tuple[int, int]:
        """The characters of the words i to j (j excluded)."""
        return self.at[i], self.at[j - 1] + len(self.words[j - 1].raw)

    def starts_sentence(self, i: int) -> bool:
        """Whether a sentence begins at word i, see sentence.py."""
        return i in self.silent or begins_sentence(self.words, self.separators, i)

    def adjacent(self, i: int) -> bool:
        """Whether word i follows word i - 1 with a space or nothing between them."""
        return self.separators[i] != LINE

    def listed(self, i: int) -> list[tuple[int, Match]]:
        """The listed names that begin at word i, as (end, match), longest first."""
        return [(j, match) for j, names in self._groups(i) for match in names]

    def longest(self, i: int) -> tuple[int, Sequence[Match]]:
        """The longest listed names that begin at word i, with their end, which is i if there are none."""
        groups = self._groups(i)
        return groups[0] if groups else (i, ())

    def _groups(self, i: int) -> list[tuple[int, Sequence[Match]]]:
        """The listed names that begin at word i by their ends, longest first, and the likeliest first."""
        word = self.words[i]
        found: list[_Group] = []
        if word.starter:
            found = self._longer(i)
            if not found and self.lexicon.lenient:
                found = self._longer(i, lenient=True)
        if word.names:
            found.append((i + 1, likeliest(word.names) if found and not word.upper else word.names, word.bound))
        groups = []
        for j, names, bound in found:
            kept = self._in_context(i, j, names) if bound else names
            if kept:
                groups.append((j, kept))
        return groups

    def stopped(self, i: int) -> Iterator[tuple[int, int]]:
        """The names that are not to be found and begin at word i, as (end, number of the entry)."""
        stops, lexicon = self.lexicon.gazetteer.stops, self.lexicon
        assert stops is not None
        found = lexicon.stop(self.words[i])
        if i in self.silent:
            found += lexicon.stop(lexicon.word(self.text[slice(*self.span(i, i + 1))]))
        for lenient, alone, longer in found:
            for j, matches, _ in ((i + 1, alone, False), *(self._longer(i, lenient, stops.names) if longer else ())):
                for number in {stops.numbers[match.form.entry] for match in matches}:
                    if self.in_context(number, i, j):
                        yield j, number

    def _longer(self, i: int, lenient: bool = False, stops: Gazetteer | None = None) -> list[_Group]:
        """The names of several words that begin at word i, by their ends, longest first. stops: See `step`."""
        words, separators, lexicon = self.words, self.separators, self.lexicon
        first = words[i]
        found: list[_Group] = []
        before = key_of(first, lenient)
        goes_on = (stops or lexicon.gazetteer).begins(before, lenient)
        j = i + 1
        while goes_on and j < len(words):
            sign = words[j].text
            if j + 1 < len(words) and (sign in QUOTES or (sign in HYPHEN_PIECES and self._joins(j))):
                j += 1
            if separators[j] == LINE:
                break
            before, names, goes_on, bound = lexicon.step(before, first, words[j], lenient, stops)
            if names:
                kept = [match for match in names if self._cased(match, i, j) and not self._goes_on(match, j)]
                if kept:
                    found.append((j + 1, names if len(kept) == len(names) else kept, bound))
            j += 1
        found.reverse()
        return found

    def _goes_on(self, match: Match, j: int) -> bool:
        """Whether a name without its possessive belongs to a noun that has one, right after it or after an adjective:
        Türkmen sport ussatlary, Köneürgenç döwlet taryhy-medeni goraghanasy.
        """
        if not match.form.flags & POSSESSED or match.reading.third or match.reading.suffixes:
            return False
        for k in range(j + 1, min(j + 3, len(self.words))):
            after = self.words[k]
            if not self.adjacent(k) or after.upper or not after.letters:
                return False
            if after.owned:
                return True
            if not after.common:
                return False
        return False

    def _joins(self, j: int) -> bool:
        """Whether the hyphen j joins two words: Nýu-Ýork, Kongo - Kinşasa; not Tejen - şäher, Tejen – Mary."""
        before, after = self.separators[j], self.separators[j + 1]
        return before == after and (
            after == NONE or (after == SPACE and self.words[j].text != "–" and self.words[j + 1].upper)
        )

    def _in_context(self, i: int, j: int, names: Sequence[Match]) -> list[Match]:
        """Those of the names from word i to j whose own context (`before`, `after` ...) holds, if they ask for one."""
        return [match for match in names if self.in_context(match.form.entry, i, j)]

    def in_context(self, number: int, i: int, j: int) -> bool:
        """Whether the context of an entry holds around the words i to j (j excluded); one without a context always."""
        return self.wanted(number, i, j) and not self.vetoed(number, i, j)

    def wanted(self, number: int, i: int, j: int) -> bool:
        """Whether what `before` and `after` of an entry ask for stands around the words i to j."""
        context = self.lexicon.surroundings.contexts.get(number, {})
        return ("before" not in context or self._before(context["before"], i)) and (
            "after" not in context or self._after(context["after"], j)
        )

    def vetoed(self, number: int, i: int, j: int) -> bool:
        """Whether what `not_before` or `not_after` of an entry forbid stands around the words i to j."""
        context = self.lexicon.surroundings.contexts.get(number, {})
        return ("not_before" in context and self._before(context["not_before"], i)) or (
            "not_after" in context and self._after(context["not_after"], j)
        )

    def _before(self, condition: Condition, i: int) -> bool:
        """Whether the words before word i fulfil a condition; a quotation mark between them is skipped."""
        words = self.words
        k = i - 1
        if k >= 0 and self.adjacent(i) and words[k].text in QUOTES:
            k, i = k - 1, i - 1
        if k < 0 or not self.adjacent(i):
            return False
        marks = words[k].marks
        if marks & condition.single or not condition.pairs:
            return bool(marks & condition.single)
        return k > 0 and self.adjacent(k) and bool(marks & condition.pairs.get(words[k - 1].folded, 0))

    def _after(self, condition: Condition, j: int) -> bool:
        """Whether the words from word j on fulfil a condition; a quotation mark before them is skipped."""
        words = self.words
        if j < len(words) and self.adjacent(j) and words[j].text in QUOTES:
            j += 1
        if j >= len(words) or not self.adjacent(j):
            return False
        if words[j].marks & condition.single:
            return True
        pair = condition.pairs.get(words[j].folded, 0)
        return bool(pair and j + 1 < len(words) and self.adjacent(j + 1) and words[j + 1].marks & pair)

    def _cased(self, match: Match, i: int, j: int) -> bool:
        """Inner words of a person, city or ship are capitals where the listed form has capitals."""
        if match.form.flags & (LOOSE_CASE | ANY_CASE):
            return True
        words = self.words[i : j + 1]
        if all(word.upper and word.text.isalpha() for word in words):  # nearly always
            return True
        written = [p for p in match.form.written.replace("-", " ").split() if p[:1].isalpha()]
        here = [w for word in words for w in word.text.split("-") if w[:1].isalpha()]
        return all(not a[0].isupper() or b[:1].isupper() for a, b in zip(written, here, strict=False))
