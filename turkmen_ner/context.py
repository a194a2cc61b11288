"""Names on no list: found by capitals and joined into candidates, typed by evidence from their context.

A candidate is a run of capitalised words that no listed name accounts for. Its *facts* - which word lists the words
before, inside and after it belong to, its case, its shape - are bits; a rule of patterns/evidence.yaml gives points to
a label when all of its facts hold. Points of all mentions of a name in the document add up (document.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from turkmen_ner.gazetteer import MAYBE, QUOTES, Listed, Match
from turkmen_ner.morphology import HYPHENATED, Reading
from turkmen_ner.rules import EvidenceRule
from turkmen_ner.words import LINE, NONE, Cues, Text, Word, case_of

# The facts that are not of a list. `case:` is of the last word; `shape:` of the whole.
SHAPES = (
    "case:Nom", "case:Gen", "case:Dat", "case:Acc", "case:Loc", "case:Abl", "case:Equ", "case:daky",
    "words:1", "words:2", "words:3", "words:4+",
    "shape:caps", "shape:digit", "shape:initial", "shape:quoted", "shape:particle", "shape:hyphen", "shape:common", "shape:common-first",
    "shape:start", "shape:the", "shape:possessed",
    "after:comma-place", "after:genitive-head",
    "listed:PERSON", "listed:CITY", "listed:COUNTRY", "listed:REGION", "listed:BODY", "listed:SHIP", "listed:any", "listed:place",
    "listed:first-place",
)  # fmt: skip
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
        self.rules = []
        for rule in rules:
            need, forbid = self._mask(rule.when, rule), self._mask(rule.unless, rule)
            if need is not None and forbid is not None:
                self.rules.append((need, forbid, rule.label, rule.weight, rule.id))

    def _mask(self, facts: Sequence[Sequence[str]] | Sequence[str], rule: EvidenceRule) -> int | None:
        mask = 0
        for fact in facts:
            assert isinstance(fact, str)
            bit = self.bit(fact)
            if bit is None:
                return None if fact in rule.when else 0  # a list that this pipeline does not have
            mask |= bit
        return mask

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
        for need, forbid, label, weight, rule in self.rules:
            if facts & need == need and not facts & forbid:
                points[label] = points.get(label, 0.0) + weight
                mention.reasons.append((rule, label, weight))

    def names(self, facts: int) -> list[str]:
        """The facts of a mask in words, for `explain`."""
        found = [f"{p}:{n}" for p in PLACES for n in self.cues.names if facts & (self.cues.bit[n] << self.offset[p])]
        return found + [name for name, bit in self.shape.items() if facts & bit]


class CueSets:
    """The word lists that the library itself asks for, as bits; a list that a pipeline does not have is 0."""

    def __init__(self, cues: Cues) -> None:
        bit = cues.bit.get
        self.particle = bit("name-particles", 0)
        self.given = bit("given-names", 0)
        self.surname = bit("surnames", 0) | bit("surname-endings", 0)
        self.title = bit("titles", 0)
        self.reverential = bit("reverential", 0)
        self.people = bit("peoples", 0)
        self.body = bit("body-heads", 0)
        self.body_outside = bit("body-heads-outside", 0)
        self.party = bit("parties", 0)
        self.region_inside = bit("region-heads-inside", 0)
        self.city, self.region = bit("city-heads", 0), bit("region-heads", 0)
        self.place = self.city | self.region
        self.not_entity = bit("not-entity-heads", 0)
        self.calendar = bit("calendar", 0)
        self.ship = bit("ship-heads", 0)
        self.ship_prefix = bit("ship-prefixes", 0)
        self.named_after = bit("named-after", 0)
        self.body_common = bit("body-heads-common", 0)
        self.body_bare = bit("body-heads-bare", 0)
        self.direction = bit("directions", 0)
        self.company = bit("company-endings", 0)
        self.tail = bit("name-tails", 0)
        self.acronym = bit("acronyms", 0)
        self.heads = self.body | self.body_outside | self.place | self.region_inside | self.not_entity


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
        case = case_of(mention.reading)
        facts |= shape.get(f"case:{case}", 0)
        count = sum(1 for w in words[i:j] if w.letters)
        facts |= shape["words:4+" if count > 3 else f"words:{max(count, 1)}"]
        named = [w for w in words[i:j] if w.letters]
        if all(w.caps for w in named):
            facts |= shape["shape:caps"]
        if any(w.digit for w in words[i:j]):
            facts |= shape["shape:digit"]
        if first.text.endswith(".") and len(first.text) == 2:
            facts |= shape["shape:initial"]
        quoted = (
            i > 0 and words[i - 1].text in QUOTES and text.gap[i] == NONE and j < len(words) and words[j].text in QUOTES
        )
        if quoted:
            facts |= shape["shape:quoted"]
        if any(w.cues & self.sets.particle and not w.upper for w in words[i:j]):
            facts |= shape["shape:particle"]
        if mention.reading.change == HYPHENATED:
            facts |= shape["shape:hyphen"]
        if all(w.common for w in named):
            facts |= shape["shape:common"]
        if first.common:
            facts |= shape["shape:common-first"]
        if first.text in ("The", "Die", "Le"):
            facts |= shape["shape:the"]
        if mention.reading.suffixes and mention.reading.suffixes[0].name in ("1sg", "2sg", "1pl", "2pl"):
            facts |= shape["shape:possessed"]
        if text.starts_sentence(i) and not quoted:
            facts |= shape["shape:start"]
        if j + 1 < len(words) and words[j].text == ",":
            if any(_label(text, m) in ("REGION", "COUNTRY") for _, m in text.listed(j + 1)[:1]):
                facts |= shape["after:comma-place"]
        if (
            case == "Gen"
            and after is not None
            and after.cues & (self.sets.place | self.sets.body | self.sets.body_outside)
        ):
            facts |= shape["after:genitive-head"]
        for entry, _ in mention.options:
            facts |= shape.get(f"listed:{entry.label}", 0) | shape["listed:any"]
            facts |= shape["listed:place"] if entry.label in ("CITY", "REGION") else 0
        if j - i > 1 and any(_label(text, m) in ("CITY", "REGION", "COUNTRY") for m in first.names):
            facts |= shape["listed:first-place"]
        mention.facts = facts
        evidence.weigh(mention)

    def contested(self, text: Text, mention: Mention) -> bool:
        """Whether the context may overrule a listed name: it is quoted, or a word for another kind of thing follows."""
        words, j = text.words, mention.j
        if j >= len(words) or mention.label == "PERSON":
            return False
        if words[j].text in QUOTES and text.gap[j] == NONE and mention.i > 0 and words[mention.i - 1].text in QUOTES:
            return text.gap[mention.i] == NONE
        kinds = {"CITY": self.sets.city, "REGION": self.sets.region}.get(mention.label, 0)
        return bool(words[j].headed & (self.sets.ship | self.sets.city | self.sets.region) & ~kinds)

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


def _label(text: Text, match: Match) -> str:
    return "" if match.form.flags & MAYBE else text.lexicon.gazetteer.entries[match.form.entry].label
