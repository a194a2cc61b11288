"""Names on no list: found by capitals and joined into candidates, typed by evidence from their context.

A candidate is a run of capitalised words that no listed name accounts for. Its *facts* - which word lists the words
before, inside and after it belong to, its case, its shape - are bits; a rule of patterns/evidence.yaml gives points to
a label when all of its facts hold. Points of all mentions of a name in the document add up (document.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from turkmen_ner.gazetteer import HYPHEN_PIECES, MAYBE, QUOTES, Listed, Match
from turkmen_ner.morphology import HYPHENATED, Reading
from turkmen_ner.rules import EvidenceRule
from turkmen_ner.suffixes import Slot
from turkmen_ner.words import LINE, NONE, SPACE, Cues, Text, Word, case_of

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
JOINERS = HYPHEN_PIECES | {"&"}


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


class Finder:
    """Finds candidates in a text and notes their facts."""

    def __init__(self, evidence: Evidence, cues: Cues) -> None:
        self.evidence = evidence
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

    # --- finding ---------------------------------------------------------------------------------------------------

    def find(self, text: Text, listed: Sequence[Mention]) -> list[Mention]:
        """Candidates, with the listed names they absorb; in order and apart."""
        words = text.words
        at = {m.i: m for m in listed if not m.maybe}
        maybe = {m.i: m for m in listed if m.maybe}
        shouting = self._shouting(text)
        found: list[Mention] = []
        i, n = 0, len(words)
        while i < n:
            word = words[i]
            if not word.upper or shouting[i]:
                known = at.get(i) or maybe.get(i)
                if known is not None:
                    found.append(known)
                i = known.j if known is not None else i + 1
                continue
            run = self._run(text, i, at)
            perhaps = maybe.get(i)
            if perhaps is not None and (run is None or (run.j <= perhaps.j and run.entry is None)):
                run = perhaps  # one more reading of the same words
            if run is None:
                i += 1
                continue
            found.append(run)
            i = run.j
        return self._merge(text, self._split(text, found))

    def _split(self, text: Text, found: Sequence[Mention]) -> list[Mention]:
        """Part two names that stand side by side, when the document has each of them alone: Inrupt | Berners-Liniň."""
        alone: set[str] = set()
        tails: dict[str, set[str]] = {}  # Berners-Li -> Tim
        for mention in found:
            words = text.words[mention.i : mention.j]
            alone |= _keys(words)
            if len(words) > 1 and words[0].cues & self.given:
                for key in _keys(words[1:]):
                    tails.setdefault(key, set()).add(words[0].folded)
        result = []
        for mention in found:
            i, j = mention.i, mention.j
            words = text.words[i:j]
            cut = 0
            if len(words) > 1 and not mention.options and words[0].text != "The":
                for k in range(2 if words[0].cues & self.given else 1, len(words)):
                    left, right = words[:k], words[k:]
                    if not left[-1].letters or not right[0].upper or right[0].headed & self.body:
                        continue
                    known, whole = _keys(left, bare=True), _keys(right)
                    if k < 2 and not known & alone:
                        continue
                    of = set().union(*(tails.get(key, set()) for key in whole))
                    if (
                        (of and left[-1].folded not in of)
                        or (right[0].cues & self.given and len(right) > 1)
                        or (whole & alone and (len(right) > 1 or (known & alone and not known.isdisjoint(tails))))
                    ):
                        cut = k
                        break
            result += [Mention(i, i + cut), Mention(i + cut, j)] if cut else [mention]
        return result

    def _may_own(self, text: Text, mention: Mention) -> bool:
        """Whether a mention is a body in the genitive, listed or an abbreviation: BMG-nyň."""
        if mention.options:
            label = mention.label or mention.options[0][0].label
            if mention.maybe and text.words[mention.i].cues & (self.given | self.surname):
                return False
            reading, body = mention.options[0][1].reading, label == "BODY"
        else:
            word = text.words[mention.i]
            reading, body = word.best[0], word.caps and mention.j - mention.i == 1
        return body and case_of(reading) == "Gen"

    def _merge(self, text: Text, found: Sequence[Mention]) -> list[Mention]:
        """A body in the genitive belongs to the body it has: Senatyň Adalat komiteti."""
        result: list[Mention] = []
        for mention in found:
            before = result[-1] if result else None
            if (
                before is not None
                and self._may_own(text, before)
                and before.j == mention.i
                and text.gap[mention.i] == SPACE
                and text.words[mention.j - 1].cues & self.body
                and mention.label in ("", "BODY")
            ):
                result[-1] = Mention(before.i, mention.j)
            else:
                result.append(mention)
        return result

    def _shouting(self, text: Text) -> list[bool]:
        """Words in a line written wholly in capitals, where capitals say nothing."""
        words = text.words
        flags = [False] * len(words)
        start = 0
        for k in range(1, len(words) + 1):
            if k == len(words) or text.gap[k] == LINE:
                letters = [w for w in words[start:k] if w.letters]
                if len(letters) > 2 and all(w.shout or len(w.text) == 1 for w in letters):
                    flags[start:k] = [True] * (k - start)
                start = k
        run = 0
        for k in range(len(words) + 1):
            if k < len(words) and words[k].shout:
                run += 1
                continue
            if run > 2 and sum(w.common for w in words[k - run : k]) > 1:
                flags[k - run : k] = [True] * run
            run = 0
        return flags

    def _run(self, text: Text, i: int, at: Mapping[int, Mention]) -> Mention | None:
        """The candidate that begins at word i, or the listed name there, or None."""
        words = text.words
        first = at.get(i)
        if first is None and not self._can_start(text, i, at):
            return None
        parts: list[Mention | int] = []
        k = i
        while k < len(words):
            here = at.get(k)
            if parts and not self._joins(text, i, parts[-1], k, here):
                break
            if here is not None:
                parts.append(here)
                k = here.j
            else:
                parts.append(k)
                k += 1
            k = self._over_particles(text, k)
        if not parts or (len(parts) > 1 and isinstance(parts[-1], int) and self._is_people(words[parts[-1]])):
            return None
        j = parts[-1] + 1 if isinstance(parts[-1], int) else parts[-1].j
        if len(parts) == 1 and first is not None:
            grown = self._grow(text, i, first.j, first)
            if grown == first.j:
                return first
            return Mention(i, grown)
        return Mention(i, self._with_tail(text, i, self._grow(text, i, j, None)))

    def _with_tail(self, text: Text, i: int, j: int) -> int:
        """The end of a person's name with a lower-case tail: Oguz han, Myrat Annaýew Gurban ogly."""
        words = text.words
        if j >= len(words) or text.gap[j] != SPACE or words[j].upper or not words[j].cues & self.tail:
            return j
        if words[j - 1].best[0].suffixes or words[i].common and text.starts_sentence(i):
            return j
        if words[j].folded.startswith(("ogl", "gyz")) and j - i < 3:  # Palin ogly, Palin's son
            return j
        return j + 1

    def _over_particles(self, text: Text, k: int) -> int:
        """The place after hyphens and lower-case particles that stand inside names (de, al, bin) before a capital."""
        words = text.words
        m = k
        while m < len(words) and m - k < 3 and text.gap[m] != LINE:
            word = words[m]
            joiner = (
                word.text in JOINERS
                and m + 1 < len(words)
                and text.gap[m] == text.gap[m + 1]
                and (text.gap[m] == NONE or word.text == "&")
            )
            if not joiner and not (
                word.letters and not word.upper and word.cues & self.particle and word.text == word.folded
            ):
                break
            m += 1
        if m > k and m < len(words) and words[m].upper and text.gap[m] != LINE:
            return m
        return k

    def _can_start(self, text: Text, i: int, at: Mapping[int, Mention]) -> bool:
        word = text.words[i]
        if (
            not word.letters
            or not word.upper
            or word.cues & self.acronym
            or word.folded in STOPS
            or self._is_derived(word)
        ):
            return False
        if word.cues & (self.people | self.calendar) and not word.caps:
            if word.cues & self.given and not text.starts_sentence(i):
                return True
            return not word.cues & self.calendar and self._grow(text, i, i + 1, None) > i + 1
        if word.cues & self.title and not word.caps and (word.common or word.plain & self.title):
            return self._starts_body(text, i, at)
        follows = i + 1 < len(text.words) and text.gap[i + 1] != LINE and text.words[i + 1].upper
        if self._over_particles(text, i + 1) > i + 1 and text.words[i + 1].text in HYPHEN_PIECES:
            return True  # San-Hose
        if text.starts_sentence(i):
            if word.common or self._lower_elsewhere(text, word):
                return (follows and word.cues & self.given != 0) or self._starts_body(text, i, at) or self._quoted(text, i)
            return len(word.text) > 1 or follows
        if len(word.text) == 1 and not follows:
            return False
        return not (word.cues & self.reverential and not follows)

    def _quoted(self, text: Text, i: int) -> bool:
        """Whether a quoted name begins at word i: the quotes close within five words and a word for its kind follows."""
        words = text.words
        if i == 0 or words[i - 1].text not in QUOTES:
            return False
        for k in range(i + 1, min(i + 6, len(words) - 1)):
            if words[k].text in QUOTES:
                return bool(words[k + 1].headed & (self.body | self.body_outside | self.ship))
        return False

    @staticmethod
    def _lower_elsewhere(text: Text, word: Word) -> bool:
        """Whether the document has the word, in some form, without a capital: Tsunami ... tsunamide."""
        bases = {r.base for r in word.best[:3]}
        return not bases.isdisjoint(text.lower_bases)

    def _starts_body(self, text: Text, i: int, at: Mapping[int, Mention]) -> bool:
        """At the start of a sentence a common word begins a name when a capitalised word follows and a body ends there."""
        words = text.words
        k = i + 1
        while k < len(words) and text.gap[k] != LINE and words[k].upper and words[k].common and k - i < 8 and k not in at:
            if words[k].cues & self.body:
                return words[i].case in ("Nom", "Gen")
            k += 1
        return False

    def _is_people(self, word: Word) -> bool:
        """Merkezi Aziýaly: the last word makes the whole an adjective."""
        return self._is_derived(word) or bool(word.plain & self.people and not word.cues & (self.given | self.surname))

    @staticmethod
    def _is_derived(word: Word) -> bool:
        """Türkiýeli, Günbataryň ...: the best reading makes it no name."""
        return word.best[0].derived and not word.common

    def _joins(self, text: Text, start: int, last: "Mention | int", k: int, here: Mention | None) -> bool:
        """Whether the word k goes on with the name from word `start` whose last part is `last`.

        here (Mention): The listed name that begins at word k, if one does.
        """
        words = text.words
        word = words[k]
        end = last + 1 if isinstance(last, int) else last.j
        if (
            not word.upper
            or text.gap[k] == LINE
            or (text.gap[k] == NONE and k == end and not words[k - 1].text.endswith("."))
        ):
            return False
        if len(word.text) == 1 or word.folded in STOPS or (word.cues & self.acronym and k == end):
            return False
        if here is None and word.plain & self.title and not word.caps and not word.cues & self.body:
            return False
        if words[start].text == "The":
            return not self._closes(words[k - 1], word)
        given = words[start].cues & self.given != 0 and end - start < 3
        if isinstance(last, Mention):
            return self._joins_listed(text, last, word, here)
        before = words[last]
        if before.cues & self.ship_prefix and before.caps:
            return True
        if self._closes(before, word) or (word.caps and not before.caps and not word.cues & self.company):
            return False
        if here is None:
            full = words[start].cues & self.given and end - start > 1
            person = (before.cues & (self.given | self.surname) or full) and not before.common
            name = word.cues & (self.given | self.surname | self.heads) or (before.cues & self.given and end - start < 2)
            return not (person and word.common and not name)
        single = here.j - here.i == 1
        if here.label == "COUNTRY" or (here.label == "BODY" and word.caps):
            return False
        if here.label == "PERSON":
            return given or before.text.endswith(".") or (single and not before.common)
        if before.cues & self.direction and here.label in ("CITY", "REGION"):
            return True
        if given and end - start > 1:
            given = word.cues & self.surname != 0
        return single and given and not before.common

    def _joins_listed(self, text: Text, last: Mention, word: Word, here: Mention | None) -> bool:
        """Whether a name goes on after a listed one: Jordan | Spiet is a person, Tramp | Aýowa are two names."""
        first = text.words[last.i]
        given = last.j - last.i == 1 and first.cues & self.given != 0
        if (last.reading is not None and last.reading.suffixes) or last.label == "COUNTRY":
            return False
        if here is not None:
            if last.label == "PERSON" and here.label != "PERSON":
                return False
            return given and here.j - here.i == 1 and here.label != "COUNTRY" and not word.cues & self.given
        if word.cues & self.given and not word.common:
            return False
        if last.label == "PERSON":
            return given
        return given or last.label in ("CITY", "REGION") or bool(word.cues & self.company)

    def _closes(self, word: Word, after: Word) -> bool:
        """Whether a word ends its name by a case suffix: Londonda | Boris Johnson."""
        best = word.best[0]
        if best.change == HYPHENATED:
            return True
        case = case_of(best)
        if case in ("Nom", "Dat", "Acc") or word.caps:
            return False
        if word.common and case == "Gen":
            return not after.common
        if case == "Gen":
            return len(best.base) > 2
        if word.plain & self.given:
            return False
        return len(best.base) > 3

    def _grow(self, text: Text, i: int, j: int, listed: Mention | None) -> int:
        """The end of a body's name that goes on in lower case to its head: Saglygy goraýyş ... ministrligi."""
        words = text.words
        if j >= len(words) or text.gap[j] == LINE:
            return j
        last = words[j - 1]
        if words[j].cues & self.named_after:  # Mollanepes adyndaky drama teatry
            for k in range(j + 1, min(j + 8, len(words))):
                if text.gap[k] == LINE or not words[k].letters:
                    break
                if words[k].headed & (self.body | self.body_outside):
                    return k + 1
            return j + 1
        if last.headed & self.body and j - i > 1:
            return j
        place = (
            listed is not None
            and listed.label in ("CITY", "REGION")
            and not (listed.reading and listed.reading.suffixes)
        )
        owner = listed is not None and listed.label == "BODY" and self._may_own(text, listed)
        if listed is not None and not place and not owner:
            return j
        case = "Nom" if place else last.case
        if case not in ("Nom", "Gen") if not last.common else not _is_attribute(last):
            return j
        common = all(w.common for w in words[i:j] if w.letters)
        limit = 6 if common else 2 if place or owner else 0
        for k in range(j, min(j + limit + 1, len(words))):
            word = words[k]
            if not word.letters or text.gap[k] == LINE or (word.upper and (word.starter or not word.common)):
                return j
            if word.headed & self.body and (common or not word.cues & self.body_common or (place and k > j)):
                return j if case == "Gen" and k == j and (owner or not common) else k + 1
            if word.headed & self.region_inside and k == j and case == "Nom":
                return k + 1
            if (
                k == j
                and case == "Nom"
                and word.cues & self.body_bare
                and not place
                and (common or word.cues & self.party)
            ):
                return k + 1
            if word.cues & (self.body_outside | self.place | self.not_entity):
                return j
            if not (word.text in ("we", "hem-de", "boýunça") or _is_attribute(word)):
                return j
        return j

    # --- facts -----------------------------------------------------------------------------------------------------

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
            mention.reading = _reading(text, mention)
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
        quoted = i > 0 and words[i - 1].text in QUOTES and text.gap[i] == NONE and j < len(words) and words[j].text in QUOTES
        if quoted:
            facts |= shape["shape:quoted"]
        if any(w.cues & self.particle and not w.upper for w in words[i:j]):
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
        if case == "Gen" and after is not None and after.cues & (self.place | self.body | self.body_outside):
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
        kinds = {"CITY": self.city, "REGION": self.region}.get(mention.label, 0)
        return bool(words[j].headed & (self.ship | self.city | self.region) & ~kinds)

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


def _keys(words: Sequence[Word], bare: bool = False) -> set[str]:
    """The folded words of a name, with its last word in its likeliest base forms."""
    head = " ".join(w.folded for w in words[:-1])
    last = words[-1]
    bases = {last.folded} if bare else {r.base for r in last.best[:2]}
    return {f"{head} {base}".strip() for base in bases}


def _label(text: Text, match: Match) -> str:
    return "" if match.form.flags & MAYBE else text.lexicon.gazetteer.entries[match.form.entry].label


def _is_attribute(word: Word) -> bool:
    """Whether a lower-case word can stand inside a body's name before its head: a bare noun, adjective or verbal noun."""
    if word.folded in STOPS or word.folded.endswith(VERBAL):
        return False
    for reading in word.readings:
        if reading.derived or not word.common:
            continue
        slots = [s for s in reading.suffixes if s.slot is not Slot.NUMBER]
        if not slots or [s.name for s in slots] in (["3"], ["Gen"]):
            return True
    return False


VERBAL = ("yp", "ip", "up", "üp", "ýan", "ýän", "jak", "jek", "ýar", "ýär", "andan", "enden")  # verb forms, never an attribute of a head
STOPS = frozenset(
    "bilen üçin bu ol şol şu bir diýip diýen baradaky barada bolsa hem ýaly görä bolan edýän eden soň öň bäri çenli bilenem atly hakynda "
    "arasynda arasyndaky tarapyndan hiç näme nädip haçan nirede kime kimiň nirä boldy etdi berdi aýtdy mälim habar geçen ýene entek eýýäm häzirki häzir şeýle olar biz siz men sen özi öz".split()
)


def _reading(text: Text, mention: Mention) -> Reading:
    """The best reading of an unlisted name's last word; the document may know better."""
    return text.words[mention.j - 1].best[0]


__all__ = ["Evidence", "Finder", "Mention"]
