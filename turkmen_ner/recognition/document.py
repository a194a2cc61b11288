"""What a document knows: one decision for all mentions of a name, and the full name behind a surname.

`decide` runs the steps in order: listed names, candidates, facts, base forms, points, labels.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from turkmen_ner.gazetteer.entry import MAYBE, NONE
from turkmen_ner.morphology.analysis import HYPHENATED, LONG_DATIVE, Reading, ranked, written
from turkmen_ner.orthography.alphabet import slug
from turkmen_ner.orthography.segmentation import HYPHEN_PIECES, QUOTES
from turkmen_ner.recognition.features import LIKE, Context
from turkmen_ner.recognition.mention import Mention
from turkmen_ner.recognition.text import Text
from turkmen_ner.recognition.word import case_of

CONFIRMED = 1.5  # points that a listed name which is also a word needs from its context
CERTAIN = 0.5  # points that an unlisted name needs
OVERRULES = 10.0  # points for NONE that overrule a listed name: Magtymguly köçesi
LISTED = 3.0  # points for a label from a listed entry whose form stands for several things
PART = 6.0  # points for PERSON when the document has the full name
INSIDE = "person.given-inside"  # the rule that a given name inside a sentence is one, though a word
SEEN = 4.0  # points for it at the start of another
START = "none.start"  # the rule that a name alone at the start of a sentence is rather none
STRONG = 4.0  # points that make a name sure enough to lend its label
OWNER = 2.0  # points for a place from the town that it has
LENT = 1.5  # points from a neighbour in a list: Norgil, Kerbuk we Lorn
LINKS = frozenset({",", "-", "we", "hem-de", "ýa-da", "ýa", "bilen", "/"})
IN_DOCUMENT = "doc."  # begins the ids made for unlisted names
ECHO = 0.7  # share of the points of other mentions of the same name
COMPOUNDS = frozenset({"BODY", "COUNTRY", "REGION"})  # may end in a common noun with a possessive
OBLIQUE = frozenset({"Dat", "Gen", "Acc", "Abl"})  # cases of an unknown name that is rather a place
LONG = 40  # words of a text that would tell more of a person than one name
PLACES = frozenset({"COUNTRY", "CITY", "REGION"})
SHOWN = 6.0  # how much more a base form weighs for each form of it that the document shows
BARE = 3.0  # how much more, if the document has the base form as it is: Lemb, Lembi
PRIOR, AGAIN, MOST = 1.0, 0.35, 3.0  # how the points of a rule add up over mentions, see _total


Groups = dict[str, list[Mention]]  # the mentions of one name by its key


def decide(text: Text, mentions: Sequence[Mention], infer: bool) -> None:
    """Give every mention its label, name and id, from its own points and those of the document."""
    _choose_bases(text, [m for m in mentions if m.rule or (m.entry is None and not m.options)])
    words = text.words
    closed = [m for m in mentions if m.j < len(words) and words[m.j].text in QUOTES]
    outside = [(m, reading) for m in closed if (reading := _outside_quotes(text, m)) is not None]
    for mention, reading in outside:
        mention.reading = reading
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        mention.key = _group_key(text, mention)
        groups.setdefault(mention.key, []).append(mention)
    if infer:
        longer = {key: group for key, group in groups.items() if " " in key}
        _name_parts(groups, longer)
        _place_parts(groups, longer)
        _body_parts(text, mentions, groups, longer)
        _place_owners(mentions)
        _seen_inside(groups, longer)
        _unsupported(text, groups)
        _coordinate(text, mentions)
        _share_heads(text, mentions)
        _recall(mentions)
    for group in groups.values():
        total = _total(group)
        for mention in group:
            own = mention.points
            points = own if total is own else {k: own.get(k, 0.0) + ECHO * (total[k] - own.get(k, 0.0)) for k in total}
            _settle(text, mention, points, infer)
            mention.margin = _margin(mention.label, points)
    for mention, reading in outside:
        mention.reading = reading
        if mention.label and mention.entry is None:
            mention.name = text.between(mention.i, mention.j - 1) + text.words[mention.j - 1].text
    for mention in mentions:  # when all have their labels
        if mention.label and (mention.entry is None or (mention.rule and not mention.id)):
            mention.id = _document_id(text, mention)


def _group_key(text: Text, mention: Mention) -> str:
    """What the mentions that are decided together share."""
    key = _key(text, mention)
    if mention.points.get(NONE, 0.0) >= OVERRULES:
        return f"{key}!"  # Magtymguly köçesi says nothing of Magtymguly
    if mention.options and " " not in key and Context.is_quoted(text, mention):
        return f"«{key}»"  # the club «Ahal» says nothing of Ahal welaýaty
    if mention.maybe and text.starts_sentence(mention.i) and _case(mention) == "Loc":
        return f"{key}…"  # Mejlisde begins a sentence: at the meeting, whatever Mejlis is elsewhere
    return key


def _unsupported(text: Text, groups: Groups) -> None:
    """Of a name of one word that a longer text has once, and that nothing speaks for, its case is all we know."""
    if len(text) < LONG:
        return
    for mention, *others in groups.values():
        if others or mention.entry is not None or mention.options or mention.j - mention.i > 1:
            continue
        label = max(mention.points, key=lambda label: mention.points[label], default=NONE)
        if label == "PERSON" and all(abs(points) < PRIOR for _, _, points in mention.reasons):
            foreign = mention.reading is None or mention.reading.change == HYPHENATED  # Norgil-iň
            place = _case(mention) in OBLIQUE and not foreign and not text.starts_sentence(mention.i)
            _give(mention, "CITY" if place else NONE, PRIOR, "document.once")


def _seen_inside(groups: Groups, longer: Groups) -> None:
    """A name that stands inside a sentence, alone or in a longer name, is a name at the start of one, too."""
    for group in groups.values():
        if len(group) > 1 and _has_rule(group, INSIDE):
            for mention in group:
                if not mention.options and not _has_rule((mention,), INSIDE):
                    _give(mention, "PERSON", SEEN, "document.seen-inside")
    parts = {word for key in longer for word in key.split()}
    for key, group in groups.items():
        if len(group) < 2 and key not in parts:
            continue
        starts = [mention for mention in group if any(reason[0] == START for reason in mention.reasons)]
        if starts and (len(starts) < len(group) or key in parts):
            for mention in starts:
                points = next(reason[2] for reason in mention.reasons if reason[0] == START)
                _give(mention, NONE, -points, "document.seen-inside")


def _name_parts(groups: Groups, longer: Groups) -> None:
    """Kalyn is a person when the document has Ibrahim Kalyn."""
    for word, full in _person_parts(longer).items():
        for mention in groups.get(word, ()):
            ours = mention.reading is not None and mention.reading.personal  # Serdarymyz is not Serdar
            if mention.label != "COUNTRY" and not ours and not (mention.rule and mention.label != "PERSON"):
                _give(mention, "PERSON", PART, "document.full-name")
                mention.full = full


def _document_id(text: Text, mention: Mention) -> str:
    """An id for the mentions of one unlisted name in this document; a surname has that of its full name."""
    full = mention.full
    if full is not None and mention.label == full.label:
        known = full.entry is not None and full.id == full.entry.id  # not so when a rule found it
        return full.id if known else IN_DOCUMENT + slug(_key(text, full))
    return IN_DOCUMENT + slug(mention.key)


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


def _body_parts(text: Text, mentions: Sequence[Mention], groups: Groups, longer: Groups) -> None:
    """Wanderers is a body when the document has Norgil Wanderers, and NGG when it has … gullugy (NGG)."""
    for key, group in longer.items():
        if not _is_body(group):
            continue
        words = key.split()
        for word, points in ((words[-1], STRONG), (words[0], LENT)):
            for mention in groups.get(word, ()):
                if mention.entry is None and not mention.rule and not _has_rule((mention,), "document.full-name"):
                    _give(mention, "BODY", points, "document.body-part")
                    mention.full = mention.full or group[0]
    for one, other in pairwise(mentions):
        bracket = other.i == one.j + 1 and other.j - other.i == 1 and text.words[one.j].text == "("
        if bracket and one.j - one.i > 1 and text.words[other.i].abbreviation and _is_body(groups[one.key]):
            for mention in groups[other.key]:
                if mention.entry is None and not mention.rule:
                    _give(mention, "BODY", PART, "document.acronym")
                    mention.full = one


def _is_body(group: Sequence[Mention]) -> bool:
    """Whether the mentions of a name are a body by a list, or by more than its form."""
    first = group[0]
    if first.entry is not None and not first.maybe:
        return first.label == "BODY"
    if all(mention.points.get("BODY", 0.0) < CERTAIN for mention in group):
        return False
    total = _total(group)
    return total.get("BODY", 0.0) >= STRONG and max(total, key=lambda label: total[label]) == "BODY"


def _place_owners(mentions: Sequence[Mention]) -> None:
    """What has a town is a place: Norgiliň Kerbuk şäheri."""
    for one, other in pairwise(mentions):
        open_ = one.j == other.i and one.entry is None and not one.rule and _case(one) == "Gen"
        if open_ and any(reason[0] in ("city.head-after", "region.head-after") for reason in other.reasons):
            _give(one, "REGION", OWNER, "document.owns-place")


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
        if other.i - one.j != 1 or text.words[one.j].text not in LINKS:
            label = ""
            continue
        label = _of_head(text, other) or label
        if label and one.entry is None:
            _give(one, label, STRONG, "document.shared-head")


def _of_head(text: Text, mention: Mention) -> str:
    """The label of a place before a noun in the plural, "" if it is none: Lorn etraplary."""
    if mention.j >= len(text.words):
        return ""
    after = text.words[mention.j]
    if after.text != LIKE and not (after.possessed and after.plural):
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
            for label in dict.fromkeys(entry.label for entry, _ in mention.options if id(entry) in sure):
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
    if mention.points.get(NONE, 0.0) >= OVERRULES:
        sure, mention.options, mention.maybe = None, (), False
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


def _margin(label: str, points: dict[str, float]) -> float:
    """How many points more a label has than the next one, that of no name included, or than none."""
    most = 0.0
    for other, given in points.items():
        if given > most and other != label:
            most = given
    return points.get(label, 0.0) - most


def _key(text: Text, mention: Mention) -> str:
    """What mentions of one name share: its folded words with the last one as base form."""
    if mention.j - mention.i == 1:
        return mention.reading.base if mention.reading else text.words[mention.i].folded
    words = [w.folded for w in text.words[mention.i : mention.j - 1] if w.letters or w.digit]
    base = mention.reading.base if mention.reading else text.words[mention.j - 1].folded
    return " ".join([*words, base])


def _choose_bases(text: Text, mentions: Sequence[Mention]) -> None:
    """Take the reading of an unlisted name whose base form the document shows most: Erdoganyň beside Erdogana."""
    words = {text.words[mention.j - 1] for mention in mentions}
    forms: dict[str, set[str]] = defaultdict(set)
    for word in words:
        for reading, _ in zip(word.best, word.weights, strict=False):
            forms[reading.base].add(word.folded)

    def weight(weighed: tuple[Reading, float]) -> float:
        reading, plausible = weighed
        shown = forms[reading.base]
        bare = BARE if reading.suffixes and reading.base in shown else 1
        return plausible * bare * (1 if len(shown) < 2 else SHOWN * len(shown))

    chosen = {
        word: word.best[0]
        if word.abbreviation or len(word.best) == 1
        else max(zip(word.best, word.weights, strict=False), key=weight)[0]
        for word in words
    }
    for mention in mentions:
        mention.reading = chosen[text.words[mention.j - 1]]


def _outside_quotes(text: Text, mention: Mention) -> Reading | None:
    """The base form with the suffix that stands after a closing quotation mark: «Tosca»ny, «Mir»-de."""
    words, separators, k = text.words, text.separators, mention.j
    k += 2 if k + 1 < len(words) and words[k + 1].text in HYPHEN_PIECES else 1
    if k >= len(words) or any(separators[mention.j : k + 1]) or words[k].upper or not words[k].letters:
        return None
    base = words[mention.j - 1].folded
    found = ranked(f"{base}-{words[k].folded}")
    return next((r for r in found if r.base == base and r.change == HYPHENATED and not r.derived), None)


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
            others = max((points for label, points in total.items() if label != "PERSON"), default=0.0)
            person = total.get("PERSON", 0.0) > max(CERTAIN, others)
        if person:
            for word in (words[-1], words[0]):
                if len(word) > 1 and not word.endswith("."):
                    parts.setdefault(word, first)
    return parts


def _compound(text: Text, mention: Mention) -> str:
    """The base form of an unlisted compound, which keeps its possessive: Sisiliýa bogazyndan > Sisiliýa bogazy."""
    last = text.words[mention.j - 1]
    if mention.j - mention.i < 2 or not last.possessed or mention.label not in COMPOUNDS:
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
