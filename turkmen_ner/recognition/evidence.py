"""Weighted evidence: the rules of patterns/evidence.yaml as bit masks over the features of a mention."""

from collections import Counter
from collections.abc import Iterator, Sequence

from turkmen_ner.gazetteer.entry import Rule
from turkmen_ner.recognition.cache import Cache
from turkmen_ner.recognition.word_lists import WordLists

# The facts that are not of a list. `case:` is of the last word; `shape:` of the whole.
SHAPES = (
    "case:Nom", "case:Gen", "case:Dat", "case:Acc", "case:Loc", "case:Abl", "case:Equ", "case:daky",
    "words:1", "words:2", "words:3", "words:4+",
    "shape:caps", "shape:digit", "shape:initial", "shape:quoted", "shape:particle", "shape:link", "shape:hyphen",
    "shape:common", "shape:common-first", "shape:start", "shape:the", "shape:possessed", "shape:domain",
    "shape:plural-possessed",
    "shape:vocative", "shape:initials", "shape:initials-last", "shape:rank",
    "shape:row", "shape:titled", "shape:plural", "shape:fixture",
    "after:comma-place", "after:score", "after:place-case", "before:place-genitive",
    "listed:PERSON", "listed:CITY", "listed:COUNTRY", "listed:REGION", "listed:BODY", "listed:SHIP",
    "listed:any", "listed:place", "listed:first-place", "listed:last-city",
)  # fmt: skip


PLACES = ("before", "after", "head", "first", "last", "whole", "frame")  # where a word of a list may stand
Held = tuple[dict[str, float], list[tuple[str, str, float]]]  # points, and the rules that gave them


class Evidence:
    """The rules of evidence as bit masks over the facts of a pipeline's word lists."""

    def __init__(self, rules: Sequence[Rule], word_lists: WordLists) -> None:
        self.word_lists = word_lists
        count = len(word_lists.names)
        self.offset = {place: k * count for k, place in enumerate(PLACES)}
        self.shape = {name: 1 << (len(PLACES) * count + n) for n, name in enumerate(SHAPES)}
        self._held: Cache[int, Held] = Cache()  # by facts
        self.rules = []
        self.frames = 0  # the lists that tell what a document is about, as far as rules ask for them
        for rule in rules:
            need, forbid = [self.bit(fact) for fact in rule.when], [self.bit(fact) for fact in rule.unless]
            for fact in (*rule.when, *rule.unless):
                self.frames |= word_lists.bit.get(fact.removeprefix("frame:"), 0)
            if None not in need:  # else it asks for a list that this pipeline does not have
                masks = _mask(need), _mask(forbid)
                self.rules.append((*masks, rule.label, rule.weight, rule.id))
        self._keys, self._by_key = _index([need for need, *_ in self.rules])

    def bit(self, fact: str) -> int | None:
        """The bit of a fact; None when its list does not exist."""
        if fact in self.shape:
            return self.shape[fact]
        place, _, name = fact.partition(":")
        bit = self.word_lists.bit.get(name)
        return None if bit is None or place not in self.offset else bit << self.offset[place]

    def weigh(self, facts: int) -> tuple[dict[str, float], list[tuple[str, str, float]]]:
        """The points of every rule whose facts hold, and these rules."""
        held = self._held.get(facts)
        if held is None:
            points: dict[str, float] = {}
            reasons = []
            for number in self._candidates(facts):
                need, forbid, label, weight, rule = self.rules[number]
                if facts & need == need and not facts & forbid:
                    points[label] = points.get(label, 0.0) + weight
                    reasons.append((rule, label, weight))
            held = self._held[facts] = points, reasons
        return held[0].copy(), held[1].copy()

    def _candidates(self, facts: int) -> list[int]:
        """The numbers of the rules of which one fact holds, in order: few of all."""
        found = [*self._by_key.get(0, ())]
        keys = facts & self._keys
        while keys:
            bit = keys & -keys
            found += self._by_key[bit]
            keys ^= bit
        found.sort()
        return found

    def names(self, facts: int) -> list[str]:
        """The facts of a mask in words, for `explain`."""
        found = [
            f"{p}:{n}"
            for p in PLACES
            for n in self.word_lists.names
            if facts & (self.word_lists.bit[n] << self.offset[p])
        ]
        return found + [name for name, bit in self.shape.items() if facts & bit]


def _index(needs: Sequence[int]) -> tuple[int, dict[int, list[int]]]:
    """The rules by one of the facts they need, the one that the fewest need; and all these facts.

    needs (list of int): The facts of each rule. A rule that needs none stands under 0.
    """
    often = Counter(bit for need in needs for bit in bits(need))
    by_key: dict[int, list[int]] = {}
    for number, need in enumerate(needs):
        by_key.setdefault(min(bits(need), key=lambda bit: often[bit], default=0), []).append(number)
    return _mask([*by_key]), by_key


def bits(mask: int) -> Iterator[int]:
    """The bits of a mask, each as a mask."""
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit


def _mask(found: Sequence[int | None]) -> int:
    mask = 0
    for bit in found:
        mask |= bit or 0
    return mask
