"""What stands around a name: the contexts of entries (`before`, `after` ...), and the words that token rules ask for.

A *condition* is a set of base forms and word lists: `[gämi, howa gämi, {LIST: titles}]`. All conditions of a pipeline
are numbered; `Word.marks` has the bits of those that a word fulfils in any inflection, found once for each distinct
word, so to ask whether a text can match a rule at all costs one `or` a word. Imports no spaCy.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from turkmen_ner.gazetteer.entry import Context, TokenRule
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.morphology.analysis import readings
from turkmen_ner.morphology.stems import Beginnings, may_be_form
from turkmen_ner.orthography.alphabet import fold
from turkmen_ner.orthography.segmentation import segment
from turkmen_ner.patterns.token_patterns import MAX_TOKENS, Token, is_closed, length, literals
from turkmen_ner.recognition.word_lists import WordLists

Items = Iterable[str | Mapping[str, Sequence[str]]]


class Condition(NamedTuple):
    """A numbered condition. marks: the bits of a word that fulfils it alone, or that can end a pair.
    single: the bit of one word. pairs: the folded first word of a pair -> the bits of its second.
    """

    marks: int
    single: int
    pairs: Mapping[str, int]


class Plan(NamedTuple):
    """When a token rule can match, and where. entry: number of its entry.

    words: for each token the conditions that its word fulfils (True) or does not (False).
    needs: bits of which a text must have one each, the rarest first. reach: words of the longest match.
    closed: the pattern spells out its words.
    """

    entry: int
    tokens: tuple[Token, ...]
    words: tuple[tuple[tuple[Condition, bool], ...], ...]
    needs: tuple[int, ...]
    reach: int
    closed: bool


class Surroundings:
    """The conditions of a pipeline, the contexts of its entries, and the plans of its token rules."""

    def __init__(self, gazetteer: Gazetteer, word_lists: WordLists) -> None:
        self._lists = gazetteer.lists
        self._word_lists = word_lists
        self._bits = 0
        self._known: dict[tuple[object, ...], Condition] = {}
        self.bases: dict[str, int] = {}  # folded base form -> bits
        self._of_list: dict[int, int] = {}  # bit of a word list -> bits
        self._literals: dict[str, int] = {}  # word in lower case -> bits
        self.contexts = {
            number: {key: self.condition(items) for key, items in context.items()}
            for number, context in gazetteer.contexts.items()
        }
        self.plans = tuple(self._plan(rule, gazetteer.contexts.get(rule.entry, {})) for rule in gazetteer.token_rules)
        self._beginnings = Beginnings(self.bases)

    def __bool__(self) -> bool:
        return self._bits > 0

    def condition(self, items: Items) -> Condition:
        """The condition for base forms of one or two words and `{LIST: …}` items."""
        bases: set[str] = set()
        names: set[str] = set()
        for item in items:
            if isinstance(item, str):
                bases.add(" ".join(fold(word) for word in item.split()))
            else:
                names.update(item["LIST"])
        key = (frozenset(bases), frozenset(names))
        if (known := self._known.get(key)) is not None:
            return known
        pairs = {base for base in bases if " " in base}
        for name in names:  # a list marks its pairs by their second word: howa gämi
            pairs |= {" ".join(found) for word in self._lists[name] if len(found := fold(word).split()) == 2}
        single = self._new() if bases - pairs or names else 0
        for base in bases - pairs:
            self._add_base(base, single)
        for name in names:
            bit = self._word_lists.bit[name]
            self._of_list[bit] = self._of_list.get(bit, 0) | single
        by_first: dict[str, int] = {}
        seconds: dict[str, int] = {}
        for pair in sorted(pairs):
            first, _, second = pair.partition(" ")
            if second not in seconds:
                seconds[second] = self._new()
                self._add_base(second, seconds[second])
            by_first[first] = by_first.get(first, 0) | seconds[second]
        marks = single
        for bit in seconds.values():
            marks |= bit
        return self._known.setdefault(key, Condition(marks, single, by_first))

    def literal(self, words: Iterable[str]) -> Condition:
        """The condition for words as they are written, in whatever capitals."""
        lower = frozenset(word.lower() for word in words)
        if (known := self._known.get((lower,))) is not None:
            return known
        bit = self._new()
        for word in lower:
            self._literals[word] = self._literals.get(word, 0) | bit
        return self._known.setdefault((lower,), Condition(bit, bit, {}))

    def _plan(self, rule: TokenRule, context: Context) -> Plan:
        needs: list[tuple[int, int]] = []  # how common such words are, and their bits
        words = []
        for spec in rule.tokens:
            asked = []
            present = length(spec)[0] > 0 and spec.get("OP") != "!"
            for key, common in (("BASE", 1), ("LIST", 3)):
                for way, given in spec.get(key, {}).items():
                    condition = self.condition(given if key == "BASE" else [{"LIST": given}])
                    asked.append((condition, way == "IN"))
                    if present and way == "IN":
                        needs.append((common, condition.single))
            written = literals(spec)
            if present and written and all(w[0].isalnum() and len(segment(w)) == 1 for w in written if w):
                needs.append((0, self.literal(written).single))
            words.append(tuple(asked))
        for key in ("before", "after"):
            if items := context.get(key):
                needs.append((2 if all(isinstance(i, str) for i in items) else 3, self.condition(items).marks))
        bounds = [length(spec)[1] for spec in rule.tokens]
        reach = min(MAX_TOKENS, sum(MAX_TOKENS if high is None else high for high in bounds))
        masks = tuple(mask for _, mask in sorted(needs, key=lambda need: need[0]))
        return Plan(rule.entry, rule.tokens, tuple(words), masks, reach, is_closed(rule.tokens))

    def _new(self) -> int:
        self._bits += 1
        return 1 << (self._bits - 1)

    def _add_base(self, base: str, bit: int) -> None:
        self.bases[base] = self.bases.get(base, 0) | bit

    def is_literal(self, text: str) -> bool:
        """Whether a condition asks for a word as it is written."""
        return text.lower() in self._literals

    def marks(self, text: str, folded: str, lists: int) -> int:
        """The bits of the conditions that a word fulfils. lists (int): The bits of the word lists that have it."""
        found = self._literals.get(text.lower(), 0) if self._literals else 0
        if self._beginnings.may_begin(folded) and may_be_form(folded, self.bases):
            for reading in readings(folded):
                if not reading.derived:
                    found |= self.bases.get(reading.base, 0)
        for bit, marks in self._of_list.items():
            if lists & bit:
                found |= marks
        return found
