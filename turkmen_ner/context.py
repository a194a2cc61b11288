"""Context: what is noted of a mention, and the points that the rules of evidence give for it.

The *facts* of a mention - which word lists the words before, inside and after it belong to, its case, its shape - are
bits; a rule of patterns/evidence.yaml gives points to a label when all of its facts hold. Points of all mentions of a
name in the document add up (document.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from turkmen_ner.cues import Cues, CueSets
from turkmen_ner.gazetteer import MAYBE, QUOTES, Listed, Match
from turkmen_ner.morphology import HYPHENATED, Reading
from turkmen_ner.rules import EvidenceRule
from turkmen_ner.words import CACHE_SIZE, LINE, NONE, Text, Word, case_of

# The facts that are not of a list. `case:` is of the last word; `shape:` of the whole.
SHAPES = (
    "case:Nom", "case:Gen", "case:Dat", "case:Acc", "case:Loc", "case:Abl", "case:Equ", "case:daky",
    "words:1", "words:2", "words:3", "words:4+",
    "shape:caps", "shape:digit", "shape:initial", "shape:quoted", "shape:particle", "shape:link", "shape:hyphen",
    "shape:common", "shape:common-first", "shape:start", "shape:the", "shape:possessed",
    "after:comma-place",
    "listed:PERSON", "listed:CITY", "listed:COUNTRY", "listed:REGION", "listed:BODY", "listed:SHIP",
    "listed:any", "listed:place", "listed:first-place",
)  # fmt: skip
ARTICLES = ("The", "Die", "Le")  # begin the names of foreign papers and companies
PLACES = ("before", "after", "head", "first", "last")


@dataclass(slots=True)
class Mention:
    """A candidate or listed name in a text: the words i to j (j excluded).

    label: decided label, "" while open. name: base form. points: label -> points from the context.
    reasons: the rules that gave them, for `explain`.
    """

    i: int
    j: int
    label: str = ""
    name: str = ""
    reading: Reading | None = None
    entry: Listed | None = None
    maybe: bool = False
    inferred: str = ""  # the rule that weighed most
    points: dict[str, float] = field(default_factory=dict)
    reasons: list[tuple[str, str, float]] = field(default_factory=list)
    options: list[tuple[Listed, Match]] = field(default_factory=list)
    facts: int = 0
    id: str = ""
    rule: int = 0  # 1 when a token rule decided, 2 when one with a context
    full: "Mention | None" = None  # the full name in the document, of a first name or surname


class Evidence:
    """The rules of evidence as bit masks over the facts of a pipeline's word lists."""

    def __init__(self, rules: Sequence[EvidenceRule], cues: Cues) -> None:
        self.cues = cues
        count = len(cues.names)
        self.offset = {place: k * count for k, place in enumerate(PLACES)}
        self.shape = {name: 1 << (len(PLACES) * count + n) for n, name in enumerate(SHAPES)}
        self._held: dict[int, list[tuple[str, str, float]]] = {}  # facts -> the rules that hold
        self.rules = []
        for rule in rules:
            need, forbid = [self.bit(fact) for fact in rule.when], [self.bit(fact) for fact in rule.unless]
            if None not in need:  # else it asks for a list that this pipeline does not have
                masks = _mask(need), _mask(forbid)
                self.rules.append((*masks, rule.label, rule.weight, rule.id))

    def bit(self, fact: str) -> int | None:
        """The bit of a fact; None when its list does not exist."""
        if fact in self.shape:
            return self.shape[fact]
        place, _, name = fact.partition(":")
        bit = self.cues.bit.get(name)
        return None if bit is None or place not in self.offset else bit << self.offset[place]

    def weigh(self, mention: Mention) -> None:
        """Give a mention the points of every rule whose facts hold."""
        facts, points = mention.facts, mention.points
        held = self._held.get(facts)
        if held is None:
            if len(self._held) >= CACHE_SIZE:
                self._held = {}
            held = self._held[facts] = [
                (rule, label, weight)
                for need, forbid, label, weight, rule in self.rules
                if facts & need == need and not facts & forbid
            ]
        for _, label, weight in held:
            points[label] = points.get(label, 0.0) + weight
        mention.reasons += held

    def names(self, facts: int) -> list[str]:
        """The facts of a mask in words, for `explain`."""
        found = [f"{p}:{n}" for p in PLACES for n in self.cues.names if facts & (self.cues.bit[n] << self.offset[p])]
        return found + [name for name, bit in self.shape.items() if facts & bit]


def _mask(bits: Sequence[int | None]) -> int:
    mask = 0
    for bit in bits:
        mask |= bit or 0
    return mask


class Context:
    """Notes the facts of a mention."""

    def __init__(self, evidence: Evidence, sets: CueSets) -> None:
        self.evidence = evidence
        self.sets = sets

    def note(self, text: Text, mention: Mention) -> None:
        """Set the base form, reading and facts of a mention."""
        words, i, j = text.words, mention.i, mention.j
        evidence = self.evidence
        shape, offset = evidence.shape, evidence.offset
        first, last = words[i], words[j - 1]
        facts = 0
        before = self._before(text, i)
        if before is not None:
            facts |= before.plain << offset["before"]
        after = self._after(text, j)
        if after is not None:
            facts |= after.cues << offset["after"] | after.headed << offset["head"]
            pairs = evidence.cues.pairs.get(after.folded)
            k = j + 1 if words[j] is after else j + 2
            if words[j] is not after:  # «Zähmet» daýhan birleşigi
                for other in words[k : k + 2]:
                    if not other.letters or other.upper:
                        break
                    facts |= other.headed << offset["head"]
            if pairs is not None and k < len(words):
                cues, _, headed = evidence.cues.of(words[k].folded, pairs)
                facts |= cues << offset["after"] | headed << offset["head"]
        facts |= first.cues << offset["first"]
        facts |= last.cues << offset["last"]
        if mention.reading is None:
            mention.reading = last.best[0]
        for fact in self._shapes(text, mention, mention.reading):
            facts |= shape.get(fact, 0)
        mention.facts = facts
        evidence.weigh(mention)

    def _shapes(self, text: Text, mention: Mention, reading: Reading) -> list[str]:
        """The facts of SHAPES that hold."""
        words, i, j = text.words, mention.i, mention.j
        first = words[i]
        named = [word for word in words[i:j] if word.letters]
        quoted = self._is_quoted(text, mention)
        comma = j + 1 < len(words) and words[j].text == ","
        shapes = {
            "caps": all(word.caps for word in named),
            "digit": any(word.digit for word in words[i:j]),
            "initial": len(first.text) == 2 and first.text.endswith("."),
            "quoted": quoted,
            "link": any(word.cues & self.sets.link and not word.upper for word in words[i:j]),
            "particle": any(word.cues & self.sets.particle and not word.upper for word in words[i:j]),
            "hyphen": reading.change == HYPHENATED,
            "common": all(word.common for word in named),
            "common-first": first.common,
            "start": not quoted and text.starts_sentence(i),
            "the": first.text in ARTICLES,
            "possessed": reading.personal,
        }
        facts = [f"shape:{name}" for name, holds in shapes.items() if holds]
        facts.append(f"case:{case_of(reading)}")
        facts.append("words:4+" if len(named) > 3 else f"words:{max(len(named), 1)}")
        if comma and _is_place(text, text.listed(j + 1)[:1], ("REGION", "COUNTRY")):
            facts.append("after:comma-place")
        if mention.options:
            facts.append("listed:any")
        for entry, _ in mention.options:
            facts.append(f"listed:{entry.label}")
            if entry.label in ("CITY", "REGION"):
                facts.append("listed:place")
        if j - i > 1 and _is_place(text, [(i + 1, match) for match in first.names]):
            facts.append("listed:first-place")
        return facts

    def contested(self, text: Text, mention: Mention) -> bool:
        """Whether the context may overrule a listed name: it is quoted, or a word for another kind of thing follows."""
        words, j = text.words, mention.j
        if j >= len(words) or mention.label == "PERSON":
            return False
        if self._is_quoted(text, mention):
            return True
        kinds = {"CITY": self.sets.city, "REGION": self.sets.region}.get(mention.label, 0)
        return bool(words[j].headed & (self.sets.ship | self.sets.city | self.sets.region) & ~kinds)

    @staticmethod
    def _is_quoted(text: Text, mention: Mention) -> bool:
        words, i, j = text.words, mention.i, mention.j
        if i == 0 or j >= len(words) or text.gap[i] != NONE or text.gap[j] != NONE:
            return False
        return words[i - 1].text in QUOTES and words[j].text in QUOTES

    def _before(self, text: Text, i: int) -> Word | None:
        k = i - 1
        if k >= 0 and text.words[k].text in QUOTES:
            k -= 1
        if k < 0 or not text.words[k].letters or any(text.gap[m] == LINE for m in range(k + 1, i + 1)):
            return None
        return text.words[k]

    def _after(self, text: Text, j: int) -> Word | None:
        k = j
        words = text.words
        if k < len(words) and words[k].text in QUOTES:
            k += 1
        if k >= len(words) or not words[k].letters or any(text.gap[m] == LINE for m in range(j, k + 1)):
            return None
        return words[k]


def _is_place(
    text: Text, listed: Sequence[tuple[int, Match]], labels: Sequence[str] = ("CITY", "REGION", "COUNTRY")
) -> bool:
    """Whether a sure listed form is a place."""
    entries = text.lexicon.gazetteer.entries
    return any(not match.form.flags & MAYBE and entries[match.form.entry].label in labels for _, match in listed)
