"""What a document knows: one decision for all mentions of a name, and the full name behind a surname.

`decide` runs the steps in order: listed names, candidates, facts, base forms, points, labels.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from turkmen_ner.alphabet import slug
from turkmen_ner.candidates import Finder
from turkmen_ner.context import LIKE, Context, Evidence, Mention, is_plural
from turkmen_ner.cues import CueSets
from turkmen_ner.gazetteer import MAYBE, QUOTES, Gazetteer, Listed, Match
from turkmen_ner.morphology import LONG_DATIVE, Reading, written
from turkmen_ner.overlap import give_way, join
from turkmen_ner.words import NONE as NO_SPACE
from turkmen_ner.words import Lexicon, Text, Word, case_of

NONE = "NONE"  # the label of what is no name: events, works, peoples
CONFIRMED = 1.5  # points that a listed name which is also a word needs from its context
CERTAIN = 0.5  # points that an unlisted name needs
LISTED = 3.0  # points for a label from a listed entry whose form stands for several things
PART = 6.0  # points for PERSON when the document has the full name
STRONG = 4.0  # points that make a name sure enough to lend its label
LENT = 1.5  # points from a neighbour in a list: Norgil, Kerbuk we Lorn
LINKS = frozenset({",", "-", "we", "hem-de", "ýa-da", "ýa", "bilen", "/"})
IN_DOCUMENT = "doc."  # begins the ids made for unlisted names
ECHO = 0.7  # share of the points of other mentions of the same name
COMPOUNDS = frozenset({"BODY", "REGION"})  # may end in a common noun with a possessive
PLACES = frozenset({"COUNTRY", "CITY", "REGION"})
SHOWN = 6.0  # how much more a base form weighs for each form of it that the document shows
PRIOR, AGAIN, MOST = 1.0, 0.35, 3.0  # how the points of a rule add up over mentions, see _total


Groups = dict[str, list[Mention]]  # the mentions of one name by its key
Rules = Callable[[Text], list[Mention]]


class Tagger:
    """Finds the names of a text with one set of patterns. Holds nothing of spaCy."""

    def __init__(self, gazetteer: Gazetteer, infer: bool = True, lenient: bool = False) -> None:
        self.gazetteer = gazetteer
        self.infer = infer
        self.lexicon = Lexicon(gazetteer, lenient)
        self.evidence = Evidence(gazetteer.evidence, self.lexicon.cues)
        self.sets = CueSets(self.lexicon.cues)
        self.finder = Finder(self.sets)
        self.context = Context(self.evidence, self.sets)

    def mentions(self, text: str, rules: Rules | None = None) -> tuple[Text, list[Mention]]:
        """The text as words, and all mentions with their decision: label "" where none was accepted.

        rules (callable): Gives the matches of token rules in the text, see token_rules.py.
        """
        cut = self.lexicon.text(text)
        return cut, self.find(cut, rules)

    def find(self, cut: Text, rules: Rules | None = None, lost: list[Mention] | None = None) -> list[Mention]:
        """All mentions of a text that is cut into words. lost (list): Takes those whose words went to another one."""
        names = listed = self._listed(cut)
        matched = rules(cut) if rules is not None else []
        if matched:
            listed = join(listed, matched)
        free = found = self.finder.find(cut, listed) if self.infer else listed
        if matched:
            found = give_way(found, listed)
        for mention in found:
            if mention.rule:
                continue
            settled = mention.entry is not None and len(mention.options) < 2 and not mention.maybe
            if not settled or self.context.contested(cut, mention):
                self.context.note(cut, mention)
        decide(cut, found, self.infer)
        if lost is not None:
            kept = {(m.i, m.j, m.label) for m in found}  # a rule that confirmed a listed name lost nothing
            ours = set(map(id, found))
            others = {id(m): m for m in (*names, *matched, *free)}
            lost += [m for k, m in others.items() if k not in ours and (m.i, m.j, m.label) not in kept]
        return found

    def _listed(self, text: Text) -> list[Mention]:
        """Listed names, longest first from the left."""
        found = []
        words = text.words
        in_context = self.lexicon.surroundings.contexts
        end = 0
        for i in text.hot:
            if i < end:
                continue
            word = words[i]
            if word.starter or (word.names and in_context):
                options = text.listed(i)
                if not options:
                    continue
                end = options[0][0]
                choice = self._choice(word, end - i, [match for j, match in options if j == end])
            elif word.names:
                end = i + 1
                choice = word.choice or self._choice(word, 1, word.names)
                word.choice = choice
            else:
                continue
            mention = Mention(i, end, **choice)
            if end - i > 1:
                end = self._trim(text, mention)
            found.append(mention)
        return found

    def _choice(self, first: Word, length: int, matches: Sequence[Match]) -> dict[str, Any]:
        """What a mention of `length` words that begins with `first` has from the listed forms that it matches."""
        entries = self.gazetteer.entries
        sure = [match for match in matches if not match.form.flags & MAYBE]
        options: dict[int, tuple[Listed, Match]] = {}
        for match in matches:
            options.setdefault(match.form.entry, (entries[match.form.entry], match))
        best = (sure or matches)[0]
        entry = entries[best.form.entry] if sure else None
        maybe = not sure
        if length == 1 and best.reading.suffixes and first.folded in self.lexicon.cues.stems:
            maybe = maybe or bool(first.plain & self.sets.given)  # Kerim: a given name, rather than a form of Ker
        return {
            "maybe": maybe,
            "options": tuple(options.values()),
            "reading": best.shown,
            "name": best.base,
            "entry": entry,
            "label": entry.label if entry else "",
        }

    def _trim(self, text: Text, mention: Mention) -> int:
        """Leave a lower-case word for the kind outside (Mary welaýaty), and a country in the genitive before a body.

        RETURNS (int): Where to look for the next name.
        """
        i, j = mention.i, mention.j
        words = text.words
        sets = self.sets
        entry = mention.entry or mention.options[0][0]
        closing = next((k for k in range(i + 1, j) if words[k].text in QUOTES and text.gap[k] == NO_SPACE), j)
        if closing < j:  # «Türkmengaz» döwlet konserni
            self._cut(text, mention, closing, entry)
            return j
        last = words[j - 1]
        if not last.upper and last.cues & (sets.place | sets.body_outside):
            for end in range(j - 1, i, -1):
                if (words[end - 1].upper and entry.label in PLACES) or self._has_form(entry, text, i, end):
                    self._cut(text, mention, end, entry)
                    return j
        if entry.label == "BODY" and j - i > 2 and words[i + 1].upper:
            owner = next((m for m in words[i].names if self.gazetteer.entries[m.form.entry].label in PLACES), None)
            if owner is not None and case_of(owner.reading) == "Gen":
                mention.j = i + 1
                place = self.gazetteer.entries[owner.form.entry]
                mention.reading, mention.name = owner.reading, owner.base
                mention.entry, mention.label = place, place.label
                mention.options, mention.maybe = ((place, owner),), False
                return i + 1
        return j

    @staticmethod
    def _cut(text: Text, mention: Mention, end: int, entry: Listed) -> None:
        """End a listed mention at word `end`; what was cut off has said which entry it is."""
        last = text.words[end - 1]
        mention.j, mention.reading = end, last.readings[0]
        mention.name = text.between(mention.i, end - 1) + last.text
        mention.options = ((entry, mention.options[0][1]),)
        mention.maybe, mention.entry, mention.label = False, entry, entry.label

    def _has_form(self, entry: Listed, text: Text, i: int, j: int) -> bool:
        """Whether the words i to j are a base form of the entry."""
        key = " ".join(w.folded.replace("-", " ") for w in text.words[i:j] if w.letters or w.digit)
        return any(
            self.gazetteer.entries[self.gazetteer.forms[f].entry] is entry for f in self.gazetteer.phrases.get(key, ())
        )


def decide(text: Text, mentions: Sequence[Mention], infer: bool) -> None:
    """Give every mention its label, name and id, from its own points and those of the document."""
    _choose_bases(text, [m for m in mentions if m.rule or (m.entry is None and not m.options)])
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        key = _key(text, mention)
        if mention.options and " " not in key and Context.is_quoted(text, mention):
            key = f"«{key}»"  # the club «Ahal» says nothing of Ahal welaýaty
        elif mention.maybe and text.starts_sentence(mention.i) and _case(mention) == "Loc":
            key = f"{key}…"  # Mejlisde begins a sentence: at the meeting, whatever Mejlis is elsewhere
        groups.setdefault(key, []).append(mention)
    if infer:
        longer = {key: group for key, group in groups.items() if " " in key}
        _name_parts(groups, longer)
        _place_parts(groups, longer)
        _coordinate(text, mentions)
        _share_heads(text, mentions)
        _recall(mentions)
    for group in groups.values():
        total = _total(group)
        for mention in group:
            own = mention.points
            points = own if total is own else {k: own.get(k, 0.0) + ECHO * (total[k] - own.get(k, 0.0)) for k in total}
            _settle(text, mention, points, infer)
    for key, group in groups.items():  # when all have their labels
        for mention in group:
            if mention.label and (mention.entry is None or (mention.rule and not mention.id)):
                mention.id = _document_id(text, mention, key)


def _name_parts(groups: Groups, longer: Groups) -> None:
    """Kalyn is a person when the document has Ibrahim Kalyn."""
    for word, full in _person_parts(longer).items():
        for mention in groups.get(word, ()):
            ours = mention.reading is not None and mention.reading.personal  # Serdarymyz is not Serdar
            if mention.label != "COUNTRY" and not ours and not (mention.rule and mention.label != "PERSON"):
                _give(mention, "PERSON", PART, "document.full-name")
                mention.full = full


def _document_id(text: Text, mention: Mention, key: str) -> str:
    """An id for the mentions of one unlisted name in this document; a surname has that of its full name."""
    full = mention.full
    if full is not None and mention.label == full.label:
        known = full.entry is not None and full.id == full.entry.id  # not so when a rule found it
        return full.id if known else IN_DOCUMENT + slug(_key(text, full))
    return IN_DOCUMENT + slug(key)


def _total(group: Sequence[Mention]) -> dict[str, float]:
    """The points of a group of mentions. A rule that holds for several counts more, but not each time in full; a small
    weight is what is likely before anything is known, and counts once.
    """
    if len(group) == 1 and len(set(group[0].reasons)) == len(group[0].reasons):
        return group[0].points
    held: dict[tuple[str, str, float], int] = defaultdict(int)
    for mention in group:
        for reason in mention.reasons:
            held[reason] += 1
    total: dict[str, float] = defaultdict(float)
    for (_, label, weight), count in held.items():
        total[label] += weight * (1 if abs(weight) < PRIOR else min(1 + AGAIN * (count - 1), MOST))
    return total


def _place_parts(groups: Groups, longer: Groups) -> None:
    """Norgil is a region when the document has Norgil Okrugy, Bulkeley a ship when it has USS Bulkeley."""
    for key, group in longer.items():
        head, _, _ = key.rpartition(" ")
        _, _, tail = key.partition(" ")
        if head in groups and _has_rule(group, "region.head-inside"):
            for mention in groups[head]:
                _give(mention, "REGION", PART, "document.place-part")
        if tail in groups and (group[0].label == "SHIP" or _has_rule(group, "ship.prefix")):
            for mention in groups[tail]:
                _give(mention, "SHIP", PART, "document.ship-part")
                mention.full = group[0]


def _has_rule(group: Sequence[Mention], rule: str) -> bool:
    return any(reason[0] == rule for mention in group for reason in mention.reasons)


def _coordinate(text: Text, mentions: Sequence[Mention]) -> None:
    """Names joined by a comma or `we` are rather of one kind: a sure one lends points to the next."""
    for one, other in pairwise(mentions):
        if other.i - one.j != 1 or text.words[one.j].text not in LINKS:
            continue
        for sure, open_ in ((one, other), (other, one)):
            label = sure.entry.label if sure.entry is not None else _strong(sure)
            if sure is other and label in ("REGION", "COUNTRY") and text.words[one.j].text == ",":
                continue  # Redding, Kaliforniýa
            if label and open_.entry is None and not _strong(open_) and label not in ("SHIP", NONE):
                _give(open_, label, LENT, "document.coordination")


def _share_heads(text: Text, mentions: Sequence[Mention]) -> None:
    """A head in the plural is that of a whole list: Norgil, Kerbuk we Lorn etraplary."""
    label = ""  # of the list that is read
    for one, other in reversed(list(pairwise(mentions))):
        label = _of_head(text, other) or label
        if other.i - one.j != 1 or text.words[one.j].text not in LINKS:
            label = ""
        elif label and one.entry is None:
            _give(one, label, STRONG, "document.shared-head")


def _of_head(text: Text, mention: Mention) -> str:
    """The label of a place before a noun in the plural, "" if it is none: Lorn etraplary."""
    if mention.j >= len(text.words):
        return ""
    after = text.words[mention.j]
    if after.text != LIKE and not (after.headed and is_plural(after)):
        return ""
    if mention.entry is not None and after.text != LIKE:
        bare = mention.reading is None or not mention.reading.suffixes
        return mention.label if bare and mention.label in ("CITY", "REGION") else ""
    return next((r[1] for r in mention.reasons if r[0] in ("city.head-after", "region.head-after")), "")


def _case(mention: Mention) -> str:
    return case_of(mention.reading) if mention.reading is not None else ""


def _recall(mentions: Sequence[Mention]) -> None:
    """A listed name that is also a word is likelier, as an owner, when the document has its entry in a sure form:
    Azatlyk Radiosy, then Azatlygyň.
    """
    sure = {id(mention.entry) for mention in mentions if mention.entry is not None and not mention.maybe}
    for mention in mentions:
        if mention.maybe and _case(mention) == "Gen":
            for label in {entry.label for entry, _ in mention.options if id(entry) in sure}:
                _give(mention, label, LENT, "document.same-entry")


def _strong(mention: Mention) -> str:
    label, points = max(mention.points.items(), key=lambda pair: pair[1], default=("", 0.0))
    return label if points >= STRONG else ""


def _give(mention: Mention, label: str, points: float, rule: str) -> None:
    mention.points[label] = mention.points.get(label, 0.0) + points
    mention.reasons.append((rule, label, points))


def _settle(text: Text, mention: Mention, points: dict[str, float], infer: bool) -> None:
    sure = mention.entry
    if mention.rule:
        mention.name = _name(text, mention)
        return
    if sure is not None and mention.facts and not mention.maybe:
        rival = max(points, key=lambda label: points[label], default="")
        own = {"", NONE, *(entry.label for entry, _ in mention.options)}
        if rival not in own and points[rival] > LISTED + points.get(sure.label, 0.0):
            sure, mention.options = None, ()  # «Etrek» tankeri
    if sure is not None and sure.label != "PERSON" and points.get("PERSON", 0.0) - points.get(sure.label, 0.0) >= PART:
        sure, mention.options, mention.maybe = None, (), False
    if len(mention.options) > 1 or mention.maybe:
        scored = []
        for order, (entry, match) in enumerate(mention.options):
            base = 0.0 if match.form.flags & MAYBE else LISTED
            scored.append((base + points.get(entry.label, 0.0), -order, entry, match))
        score, _, entry, match = max(scored, key=lambda row: row[:2])
        most = max((p for label, p in points.items() if label != entry.label), default=0.0)
        if match.form.flags & MAYBE and (score < CONFIRMED or score < most):
            sure = None
        else:
            sure = entry
            mention.reading, mention.name = match.shown, match.base
    if sure is not None:
        mention.entry, mention.label, mention.id = sure, sure.label, sure.id
        return
    mention.entry, mention.label = None, ""
    if not infer or not points:
        return
    label, best = max(points.items(), key=lambda pair: pair[1])
    rejected = any(entry.label == label for entry, _ in mention.options)  # a listed name that nothing confirmed
    if label == NONE or best < CERTAIN or rejected:
        return
    mention.label = label
    rules = [r for r in mention.reasons if r[1] == label]
    mention.inferred = max(rules, key=lambda r: r[2])[0] if rules else "document.same-name"
    if not mention.name:
        mention.name = _compound(text, mention) or _name(text, mention)


def _key(text: Text, mention: Mention) -> str:
    """What mentions of one name share: its folded words with the last one as base form."""
    if mention.j - mention.i == 1:
        return mention.reading.base if mention.reading else text.words[mention.i].folded
    words = [w.folded for w in text.words[mention.i : mention.j - 1] if w.letters or w.digit]
    base = mention.reading.base if mention.reading else text.words[mention.j - 1].folded
    return " ".join([*words, base])


def _choose_bases(text: Text, mentions: Sequence[Mention]) -> None:
    """Take the reading of an unlisted name whose base form the document shows most: Erdoganyň beside Erdogana."""
    forms: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        last = text.words[mention.j - 1]
        for reading, _ in last.weighed:
            forms[reading.base].add(last.folded)

    def weight(weighed: tuple[Reading, float]) -> float:
        shown = len(forms[weighed[0].base])
        return weighed[1] * (1 if shown < 2 else SHOWN * shown)

    for mention in mentions:
        last = text.words[mention.j - 1]
        mention.reading = last.best[0] if last.caps else max(last.weighed, key=weight)[0]


def _person_parts(groups: Groups) -> dict[str, Mention]:
    """First and last words of the persons of a document, to the mention of the full name."""
    parts: dict[str, Mention] = {}
    for key, group in groups.items():
        words = key.split()
        if len(words) > 4:
            continue
        first = group[0]
        person = first.label == "PERSON" and first.entry is not None
        if not person and first.entry is None and not first.options:
            total = _total(group)
            person = bool(total) and max(total, key=lambda k: total[k]) == "PERSON" and total["PERSON"] > CERTAIN
        if person:
            for word in (words[-1], words[0]):
                if len(word) > 1 and not word.endswith("."):
                    parts.setdefault(word, first)
    return parts


def _compound(text: Text, mention: Mention) -> str:
    """The base form of an unlisted compound, which keeps its possessive: Sisiliýa bogazyndan > Sisiliýa bogazy."""
    last = text.words[mention.j - 1]
    if mention.j - mention.i < 2 or not last.headed or mention.label not in COMPOUNDS:
        return ""
    third = next((r for r in last.best if r.suffixes and r.suffixes[0].name == "3"), None)
    if third is None:
        return ""
    mention.reading = third.inner
    cut = len(last.text) - sum(map(len, mention.reading.surfaces))
    return text.between(mention.i, mention.j - 1) + last.text[:cut]


def _name(text: Text, mention: Mention) -> str:
    """The base form of an unlisted name: as written, the last word without its suffixes."""
    last = text.words[mention.j - 1]
    head = text.between(mention.i, mention.j - 1)
    reading = mention.reading
    if reading is None or not reading.suffixes:
        return head + last.text
    if reading.change == LONG_DATIVE and reading.base == last.folded:
        return head + last.text
    return head + written(last.text, reading.base)
