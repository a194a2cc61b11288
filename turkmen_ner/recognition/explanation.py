"""Why a text has the names it has: every name found and every candidate rejected, with what spoke for and against.

`turkmen_ner.explain(text)` and the command `turkmen-ner explain TEXT` show it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import overload

import spacy

from turkmen_ner.display import features_text
from turkmen_ner.gazetteer.entry import MAYBE, NONE
from turkmen_ner.morphology.analysis import features_of
from turkmen_ner.recognition import joining
from turkmen_ner.recognition.document import CERTAIN, CONFIRMED
from turkmen_ner.recognition.mention import Mention
from turkmen_ner.recognition.tagger import Tagger
from turkmen_ner.recognition.text import Text
from turkmen_ner.recognition.token_rules import TokenRules


@dataclass(frozen=True, slots=True)
class Reason:
    """Points that a rule gave a label. source: file and line, or "" for what the document added (`document.…`)."""

    rule: str
    label: str
    points: float
    source: str = ""

    def __str__(self) -> str:
        where = f", {self.source}" if self.source else ""
        return f"{self.points:+g} {self.label} by {self.rule}{where}"


@dataclass(frozen=True, slots=True)
class Option:
    """A listed entry that the words could stand for. maybe: whether it counts only where the context confirms it."""

    id: str
    label: str
    source: str
    maybe: bool

    def __str__(self) -> str:
        return f"{self.label} {self.id}, {self.source}{' (maybe)' if self.maybe else ''}"


@dataclass(frozen=True, slots=True)
class Analysis:
    """The last word taken apart: its base form, what is written for each suffix, and its features."""

    word: str
    base: str
    suffixes: tuple[str, ...]
    features: Mapping[str, str] = field(hash=False)

    def __str__(self) -> str:
        return f"{' + '.join((self.base, *(s or '∅' for s in self.suffixes)))}  {features_text(self.features)}"


@dataclass(frozen=True, slots=True)
class Decision:
    """One name that was found or rejected.

    text (str): As written; start, end (int): its offsets into the text in Python characters.
    label (str): The label it got, "" when it was rejected. name (str): Base form.
    why (str): What decided, in a sentence.
    source (str): The entry (`cities.yaml:12 bengazi`) or the rule that weighed most, "" when it was rejected.
    facts (tuple): What the rules could see. reasons (tuple): The rules that held, with their points.
    options (tuple): The listed entries it could stand for. again (int): How often the text has the name besides.
    ended (str): The rule that ended a name on no list before the next capital, with its example, or "".
    score (float): How sure the label is, 0 to 1; of a name that was rejected for its score as well, else 0.
    """

    text: str
    start: int
    end: int
    label: str
    name: str
    why: str
    source: str
    analysis: Analysis
    facts: tuple[str, ...]
    reasons: tuple[Reason, ...]
    options: tuple[Option, ...]
    again: int
    ended: str = ""
    score: float = 0.0

    @property
    def points(self) -> dict[str, float]:
        """The points of each label, most first."""
        total: dict[str, float] = {}
        for reason in self.reasons:
            total[reason.label] = total.get(reason.label, 0.0) + reason.points
        return dict(sorted(total.items(), key=lambda pair: -pair[1]))

    def __str__(self) -> str:
        head = f"{self.text}  [{self.start}:{self.end}]  {self.label or 'rejected'}"
        rows = [head + (f"  {self.name}" if self.label else ""), f"  why       {self.why}"]
        rows += [f"  score     {self.score:.2f}"] if self.score else []
        rows.append(f"  analysis  {self.analysis}")
        rows += [f"  option    {option}" for option in self.options if len(self.options) > 1 or not self.label]
        rows += [f"  facts     {' '.join(self.facts)}"] if self.facts else []
        rows += [f"  rule      {reason}" for reason in self.reasons]
        if self.reasons:
            rows.append("  points    " + ", ".join(f"{label} {points:g}" for label, points in self.points.items()))
        rows += [f"  ended     {self.ended}"] if self.ended else []
        if self.again:
            times = "once more" if self.again == 1 else f"{self.again} more times"
            rows.append(f"  document  the text has this name {times}; the points there count here in part")
        return "\n".join(rows)


@dataclass(frozen=True)
class Explanation(Sequence[Decision]):
    """The decisions on a text, in order. `str()` is a report, `found` and `rejected` are its two halves."""

    text: str
    decisions: tuple[Decision, ...]

    def __len__(self) -> int:
        return len(self.decisions)

    @overload
    def __getitem__(self, index: int) -> Decision: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Decision, ...]: ...
    def __getitem__(self, index: int | slice) -> Decision | tuple[Decision, ...]:
        """The decision at a place, or several as a tuple."""
        return self.decisions[index]

    @property
    def found(self) -> tuple[Decision, ...]:
        """The names that were found."""
        return tuple(d for d in self.decisions if d.label)

    @property
    def rejected(self) -> tuple[Decision, ...]:
        """The candidates that got no label."""
        return tuple(d for d in self.decisions if not d.label)

    def __str__(self) -> str:
        return "\n\n".join(map(str, self.decisions)) or "no name and no candidate in this text"

    def _repr_html_(self) -> str:
        return f'<pre style="white-space: pre-wrap">{escape(str(self))}</pre>'


def explain_text(tagger: Tagger, text: str) -> Explanation:
    """Explain every decision on a text.

    >>> from turkmen_ner.api import component, load
    >>> tagger = component(load(patterns=[{"label": "CITY", "id": "x", "pattern": "Ankara"}], shipped=False)).tagger
    >>> print(explain_text(tagger, "Ol Ankaradan geldi."))  # doctest: +ELLIPSIS
    Ankaradan  [3:12]  CITY  Ankara
      why       listed as Ankara in <patterns> entry 1 x
      score     0...
      analysis  Ankara + dan  Case=Abl
    """
    rules = TokenRules(spacy.blank("tk").vocab, tagger.lexicon)
    cut, mentions = tagger.mentions(text, rules.find if rules else None)
    names = Counter(mention.key for mention in mentions)
    return Explanation(text, tuple(_decisions(tagger, cut, mentions, names)))


def _decisions(tagger: Tagger, text: Text, mentions: Sequence[Mention], names: Counter[str]) -> Iterator[Decision]:
    sources = {rule.id: rule.source for rule in tagger.gazetteer.evidence}
    for mention in mentions:
        start, end = text.span(mention.i, mention.j)
        entry = mention.entry
        chosen = f"{entry.source} {entry.id}" if entry else mention.inferred
        yield Decision(
            text=text.text[start:end],
            start=start,
            end=end,
            label=mention.label,
            name=mention.name if mention.label else "",
            why=_why(mention, tagger.min_score),
            source=chosen if mention.label else "",
            analysis=_analysis(text, mention),
            facts=tuple(tagger.evidence.names(mention.facts)),
            reasons=tuple(
                Reason(rule, label, points, sources.get(rule, "")) for rule, label, points in mention.reasons
            ),
            options=tuple(Option(e.id, e.label, e.source, bool(m.form.flags & MAYBE)) for e, m in mention.options),
            again=names[mention.key] - 1,
            ended=_ended(mention),
            score=mention.score,
        )


def _ended(mention: Mention) -> str:
    """The rule that ended a candidate, in words."""
    if not mention.ended:
        return ""
    meaning = (getattr(joining, mention.ended).__doc__ or "").rstrip(".")
    return f"{mention.ended}: {meaning}"


def _why(mention: Mention, min_score: float) -> str:
    """What decided, in a sentence."""
    if mention.stop is not None:
        what = "never to be found" if mention.stop.label == NONE else "removed"
        return f"{what}: a form of {mention.stop.source} {mention.stop.id}".rstrip()
    if mention.unsure:
        return f"as {mention.unsure} not sure enough: {mention.score:.2f}, and min_score is {min_score:g}"
    points = {label: points for label, points in mention.points.items() if points > 0}
    label, best = max(points.items(), key=lambda pair: pair[1], default=("", 0.0))
    if mention.rule and mention.entry is not None:
        return f"matched by the token rule in {mention.entry.source} {mention.entry.id}"
    if mention.label and mention.entry is not None:
        listed = f"listed as {mention.name} in {mention.entry.source} {mention.entry.id}"
        if any(m.form.flags & MAYBE for e, m in mention.options if e is mention.entry):
            return f"{listed}, which is also a word or another name: confirmed by the context"
        return f"{listed}, preferred to {len(mention.options) - 1} other" if len(mention.options) > 1 else listed
    if mention.label:
        return f"on no list; {mention.inferred} weighs most"
    if label == NONE:
        return (
            f"no name of a kind we look for: an event, a work, a people or a common word ({best:g} points for {NONE})"
        )
    if mention.maybe or mention.options:
        needed = f"the context gives {best:g} points for {label}" if label else "nothing in the context confirms it"
        return f"listed, but also a word or another name; it needs {CONFIRMED:g} points and no rival, {needed}"
    if label:
        return f"on no list; {best:g} points for {label} are too few or contested, it needs {CERTAIN:g}"
    return "on no list, and no rule speaks for a label"


def _analysis(text: Text, mention: Mention) -> Analysis:
    word = text.words[mention.j - 1]
    reading = mention.reading or word.best[0]
    base = mention.name.split()[-1] if mention.label and mention.name else reading.base
    return Analysis(word.text, base, reading.surfaces, features_of(reading.suffixes))


__all__ = ["Analysis", "Decision", "Explanation", "Option", "Reason", "explain_text"]
