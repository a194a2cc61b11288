"""Token rules: spaCy's Matcher, run only where a rule can match.

A rule that asks for certain words (`before`, `after`, BASE, LIST, ORTH, LOWER) is tried only in texts that have them,
and only around them. The Matcher sees the words of the text as turkmen_ner cuts it, so a rule means the same in every
pipeline, whatever its tokeniser; what other components have set (POS, LEMMA, ENT_TYPE ...) is carried over.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from spacy.lang.lex_attrs import is_quote
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from turkmen_ner.gazetteer.entry import NONE as NO_NAME
from turkmen_ner.orthography.segmentation import QUOTES
from turkmen_ner.patterns.regex_limits import MAX_SEEN
from turkmen_ner.patterns.token_patterns import ANNOTATED, MAX_TOKENS, OURS, length
from turkmen_ner.recognition.conditions import Plan
from turkmen_ner.recognition.evidence import bits
from turkmen_ner.recognition.lexicon import Lexicon
from turkmen_ner.recognition.mention import Mention
from turkmen_ner.recognition.text import Text
from turkmen_ner.recognition.word import LINE, NONE, Word

WINDOW = 64  # words that the Matcher sees at once, beside what a rule reaches
CERTAIN = 6.0  # points that a match gives to other mentions of the same name
_SET_BY = {"ENT_ID": "ENT_IOB", "ENT_KB_ID": "ENT_IOB", "ENT_TYPE": "ENT_IOB", "IS_SENT_START": "SENT_START"}

_TEXT = attrgetter("text")
QUOTE_SIGNS = QUOTES | frozenset("'`‘’‚‛❮❯")  # all that spaCy takes for quotation marks, and ours

Window = tuple[int, int]


class _Rules:
    """Token rules that run together: one, or all that can match anywhere."""

    def __init__(self, plans: Sequence[Plan], vocab: Vocab) -> None:
        self.plans = plans
        self.vocab = vocab
        self.needs = plans[0].needs
        self.reach = max(plan.reach for plan in plans)
        self.quoted = all(any(map(_is_quote, plan.tokens)) for plan in plans)
        self.annotated = sorted(set().union(*map(_annotated, plans)))
        matcher = self._make(_with_words(plan, ()) for plan in plans)
        self.matcher = None if any(map(_asks, plans)) else matcher

    def _make(self, patterns: Iterable[Iterable[dict[str, Any]]]) -> Matcher:
        matcher = Matcher(self.vocab, validate=False)  # checked by token_syntax
        for number, tokens in enumerate(patterns):
            matcher.add(number, [list(tokens)])
        return matcher

    def at(self, text: Text, i: int, j: int) -> Matcher:
        """The Matcher for the words i to j: BASE and LIST become the words there that fulfil them.

        One with such words is not kept: in `nlp.memory_zone()` the strings behind its hashes go away.
        """
        if self.matcher is not None:
            return self.matcher
        words = {word.text: word for word in text.words[i:j]}.values()
        return self._make(_with_words(plan, words) for plan in self.plans)


def _is_quote(spec: dict[str, Any]) -> bool:
    return spec.get("IS_QUOTE") is True and length(spec)[0] > 0 and spec.get("OP") != "!"


def _asks(plan: Plan) -> bool:
    """Whether a rule has BASE or LIST."""
    return any(plan.words)


def _annotated(plan: Plan) -> set[str]:
    """What a rule asks for that another component must have set."""
    return {key for spec in plan.tokens for key in spec} & ANNOTATED


def _with_words(plan: Plan, words: Iterable[Word]) -> Iterator[dict[str, Any]]:
    for spec, asked in zip(plan.tokens, plan.words, strict=True):
        if not asked:
            yield spec
            continue
        fit = [w.text[:MAX_SEEN] for w in words if all(bool(w.marks & c.single) is wanted for c, wanted in asked)]
        kept = {key: value for key, value in spec.items() if key not in OURS}
        yield {**kept, "TEXT" if "ORTH" in spec else "ORTH": {"IN": fit}}


class TokenRules:
    """The token rules of a pipeline."""

    def __init__(self, vocab: Vocab, lexicon: Lexicon) -> None:
        self.vocab = vocab
        self.around = lexicon.surroundings
        self.entries = lexicon.gazetteer.entries
        self.stops = {plan.entry for plan in self.around.plans if self.entries[plan.entry].label == NO_NAME}
        self.open = {plan.entry for plan in self.around.plans if not plan.closed}
        free = [plan for plan in self.around.plans if not plan.needs]
        alone = [plan for plan in free if _asks(plan) or _annotated(plan)]
        together = [plan for plan in free if not (_asks(plan) or _annotated(plan))]
        self.free = [_Rules([plan], vocab) for plan in alone] + ([_Rules(together, vocab)] if together else [])
        self.anchored: dict[int, list[_Rules]] = {}  # one bit of the words that must be there -> rules
        self.anchors = 0
        for plan in self.around.plans:
            if plan.needs:
                rules = _Rules([plan], vocab)
                self.anchors |= plan.needs[0]
                for bit in bits(plan.needs[0]):
                    self.anchored.setdefault(bit, []).append(rules)

    def __bool__(self) -> bool:
        return bool(self.free or self.anchored)

    def find(self, text: Text, doc: Doc | None = None) -> list[Mention]:
        """The matches that stand, in order and apart: the longest, of equally long ones by `_rank`.

        doc (Doc): Has the annotation of other components; without it, rules that ask for such are passed over.
        RAISES (ValueError): If a rule asks for an attribute that no component has set.
        """
        seen = 0
        marked = [i for i in text.notable if text.words[i].marks]
        for i in marked:
            seen |= text.words[i].marks
        rules = list(self.free)
        for bit in bits(seen & self.anchors):
            rules += [rule for rule in self.anchored[bit] if all(seen & need for need in rule.needs)]
        if not rules:
            return []
        has_quotes = not QUOTE_SIGNS.isdisjoint(map(_TEXT, text.words))
        views: dict[tuple[Window, bool], Doc] = {}
        found: set[tuple[int, int, int]] = set()
        for rule in dict.fromkeys(rules):
            if rule.annotated:
                if doc is None:
                    continue
                self._check_annotation(rule, doc)
            if rule.quoted and not has_quotes:
                continue
            for i, j in _windows(text, rule, marked):
                if rule.quoted and not any(is_quote(word.text) for word in text.words[i:j] if len(word.text) == 1):
                    continue
                key = (i, j), bool(rule.annotated)
                view = views.get(key)
                if view is None:
                    view = views[key] = self._view(text, i, j, doc if rule.annotated else None)
                matches = rule.at(text, i, j)(view, allow_missing=True)
                found.update((i + start, i + end, rule.plans[number].entry) for number, start, end in matches)
        return self._settle(text, found)

    def _settle(self, text: Text, found: Iterable[tuple[int, int, int]]) -> list[Mention]:
        kept = []
        for i, j, number in found:
            i, j = _without_quotes(text, i, j)
            if i < j <= i + MAX_TOKENS and text.wanted(number, i, j):
                kept.append((i - j, self._rank(number), -number, i, j))
        taken: set[int] = set()
        barred: set[tuple[int, int]] = set()  # of a rule's vetoed match no part is a match either
        mentions = []
        for _, rank, number, i, j in sorted(kept):
            if (number, i) in barred or (number, j - 1) in barred:
                continue
            if text.vetoed(-number, i, j):
                barred.update((number, k) for k in range(i, j))
            elif taken.isdisjoint(range(i, j)):
                taken.update(range(i, j))
                mentions.append(self._mention(i, j, -number, 1 if rank == 2 else 2))
        return sorted(mentions, key=lambda m: m.i)

    def _rank(self, number: int) -> int:
        """Of equally long matches the least stands: one that silences, then one of a rule with a context."""
        return 0 if number in self.stops else 1 if number in self.around.contexts else 2

    def _mention(self, i: int, j: int, number: int, rank: int) -> Mention:
        entry = self.entries[number]
        mention = Mention(i, j, label=entry.label, entry=entry, rule=rank)
        mention.id = "" if number in self.open else entry.id
        mention.points[entry.label] = CERTAIN
        mention.reasons.append((entry.id, entry.label, CERTAIN))
        return mention

    def _check_annotation(self, rule: _Rules, doc: Doc) -> None:
        for attribute in rule.annotated:
            if not doc.has_annotation(_SET_BY.get(attribute, attribute)):
                entry = self.entries[rule.plans[0].entry]
                raise ValueError(
                    f"{entry.source}: ({entry.id}): found the token attribute {attribute} that nothing has set, "
                    "expected a component before turkmen_ner that sets it"
                )

    def _view(self, text: Text, i: int, j: int, doc: Doc | None) -> Doc:
        """The words i to j as a Doc, with the annotation of `doc` where a word begins."""
        words = [word.text[:MAX_SEEN] for word in text.words[i:j]]
        spaces = [k + 1 < len(text) and text.separators[k + 1] != NONE for k in range(i, j)]
        if doc is None:
            return Doc(self.vocab, words=words, spaces=spaces)
        starts = _token_at(doc, [text.at[k] for k in range(i, j)])
        tokens = [doc[k] for k in starts]
        view = Doc(
            self.vocab,
            words=words,
            spaces=spaces,
            tags=[t.tag_ for t in tokens],
            pos=[t.pos_ for t in tokens],
            morphs=[str(t.morph) for t in tokens],
            lemmas=[t.lemma_ for t in tokens],
            deps=[t.dep_ for t in tokens],
            heads=list(range(len(tokens))),
            sent_starts=[t.is_sent_start for t in tokens],
        )
        ents = []
        for ent in doc.ents:
            inside = [n for n, k in enumerate(starts) if ent.start <= k < ent.end]
            if inside:
                first, last = inside[0], inside[-1] + 1
                ents.append(Span(view, first, last, label=ent.label_, kb_id=ent.kb_id_, span_id=ent.id_))
        view.set_ents(ents)
        return view


def _token_at(doc: Doc, offsets: Sequence[int]) -> list[int]:
    """The tokens in which characters stand."""
    return [max(0, bisect_right(range(len(doc)), offset, key=lambda k: doc[k].idx) - 1) for offset in offsets]


def _windows(text: Text, rule: _Rules, marked: Sequence[int]) -> Iterator[Window]:
    """Where a rule can match: around the words it needs, else everywhere; within a line, `WINDOW` words at a time.

    marked (list of int): The places of the words that fulfil a condition of some rule.
    """
    reach = rule.reach
    for i, j in _around(text, rule.needs[0], marked, reach) if rule.needs else _lines(text):
        for k in range(i, max(i + 1, j - reach), WINDOW):
            yield k, min(j, k + WINDOW + reach)


def _around(text: Text, mask: int, marked: Sequence[int], reach: int) -> list[Window]:
    """The words in the line around those that fulfil a condition: the match, two quotation marks, two of context."""
    words, separators = text.words, text.separators
    spans: list[Window] = []
    for k in marked:
        if not words[k].marks & mask:
            continue
        i, j = k, k + 1
        while i and i > k - reach - 3 and separators[i] != LINE:
            i -= 1
        while j < len(words) and j < k + reach + 4 and separators[j] != LINE:
            j += 1
        if spans and (i < spans[-1][1] or (i == spans[-1][1] and separators[i] != LINE)):
            spans[-1] = spans[-1][0], j
        else:
            spans.append((i, j))
    return spans


def _lines(text: Text) -> Iterator[Window]:
    start = 0
    for k in range(1, len(text)):
        if text.separators[k] == LINE:
            yield start, k
            start = k
    if start < len(text):
        yield start, len(text)


def _without_quotes(text: Text, i: int, j: int) -> Window:
    """A match without quotation marks at its ends; they may be asked for but are not part of a name."""
    while i < j and text.words[i].text in QUOTES:
        i += 1
    while i < j and text.words[j - 1].text in QUOTES:
        j -= 1
    return i, j
