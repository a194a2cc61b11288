"""Counting: how many mentions were found, of which label, how sure the score is, and what kinds of errors there are.

turkmen_ner/evaluation.py says what counts as found. A test holds the counts equal to those of the shared scorer, where
that is present.
"""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from turkmen_ner.corpus.evaluation import Compared, Span, errors, overlap
from turkmen_ner.patterns.reader import LABELS as FINE
from turkmen_ner.pipeline.component import SCHEMES

COARSE = SCHEMES["conll"]  # CITY, COUNTRY and REGION are one


class Count(NamedTuple):
    """True positives, false positives, false negatives."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def plus(self, other: "Count") -> "Count":
        """Both counts together."""
        return Count(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def gold(self) -> int:
        """The mentions that there are."""
        return self.tp + self.fn

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """The share of what there is that was found."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / total if total else 0.0


def counts(compared: Compared) -> dict[str, Count]:
    """A count for each label, and for `span only`, `fine` and `coarse`, in the order of a table."""
    gold, found = compared.gold, compared.found
    rows: dict[str, Count] = {
        label: _count((s for s in gold if s[2] == label), (s for s in found if s[2] == label)) for label in FINE
    }
    rows["span only"] = _count((s[:2] for s in gold), (s[:2] for s in found))
    rows["fine"] = _count(gold, found)
    rows["coarse"] = _count(
        ((start, end, COARSE[label]) for start, end, label in gold),
        ((start, end, COARSE[label]) for start, end, label in found),
    )
    return rows


def _count(gold: Iterable[Any], found: Iterable[Any]) -> Count:
    right, here = set(gold), set(found)
    return Count(len(right & here), len(here - right), len(right - here))


def total(documents: Iterable[Compared]) -> dict[str, Count]:
    """The counts of all documents together."""
    rows: dict[str, Count] = {name: Count() for name in (*FINE, "span only", "fine", "coarse")}
    for document in documents:
        for name, count in counts(document).items():
            rows[name] = rows[name].plus(count)
    return rows


def interval(parts: Sequence[Count], *, samples: int = 1000, seed: int = 0, share: float = 0.95) -> tuple[float, float]:
    """A bootstrap interval of F1 over documents.

    parts (list of Count): One for each document. share (float): How much of the samples the interval holds.
    RETURNS (tuple): Its lower and upper end; with one document both are its F1.
    """
    chance = random.Random(seed)
    scores = sorted(_sum(chance.choices(parts, k=len(parts))).f1 for _ in range(samples))
    cut = round(samples * (1 - share) / 2)
    return scores[cut], scores[-1 - cut]


def _sum(parts: Iterable[Count]) -> Count:
    found = Count()
    for part in parts:
        found = found.plus(part)
    return found


def kinds(compared: Compared) -> list[tuple[str, Span]]:
    """The errors of a document as (kind, span), one for each mention that is not right.

    A gold mention and a found one that overlap make one error: `BODY for PERSON` has the label that was given first.
    """
    found = []
    for error in errors(compared):
        if error.gold is None:
            found.append((f"{error.found[0][2]} invented", error.found[0]))
        elif not error.found:
            found.append((f"{error.gold[2]} missed", error.gold))
        else:
            found.append((_pair(error.gold, error.found[0], len(error.found), compared.gold), error.gold))
    return found


def _pair(gold: Span, best: Span, rivals: int, others: frozenset[Span]) -> str:
    if best[:2] == gold[:2]:
        return f"{best[2]} for {gold[2]}"
    if rivals > 1:
        return f"{gold[2]} cut in two"
    if any(span != gold and overlap(span, best) for span in others):
        return f"{gold[2]} joined with its neighbour"
    if best[0] > gold[0] or best[1] < gold[1]:
        side = "beginning" if best[0] > gold[0] else "end"
        return f"{gold[2]} without its {side}"
    return f"{gold[2]} too long"


def common(errors: Iterable[tuple[str, Span]], most: int = 20) -> list[tuple[str, int]]:
    """The commonest kinds of error with their counts; equal ones in alphabetical order."""
    found = Counter(kind for kind, _ in errors)
    return sorted(found.items(), key=lambda row: (-row[1], row[0]))[:most]
