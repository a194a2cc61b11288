"""The score of a mention: how often a mention like it is right, by what kind of knowledge decided and how clearly.

`data/calibration.json` is fitted on marked texts by tools/fit_scores.py: a logistic curve over the margin for each
kind, which ends where few margins were seen.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from math import exp, log1p
from typing import NamedTuple

from turkmen_ner.gazetteer.entry import MAYBE
from turkmen_ner.recognition.mention import Mention

KINDS = ("listed", "chosen", "maybe", "rule", "inferred", "long")
LONG = 3  # words; where a name on no list begins and ends is less sure then


class Curve(NamedTuple):
    """The score 1 / (1 + exp(-at_zero - slope * log(1 + margin))) for margins from 0 to most; it never falls."""

    at_zero: float
    slope: float
    most: float

    def score(self, margin: float) -> float:
        """The score of a margin in points, to two digits.

        >>> Curve(0.0, 1.5, 6.0).score(0.0), Curve(0.0, 1.5, 6.0).score(20.0)
        (0.5, 0.95)
        """
        return round(1 / (1 + exp(-self.at_zero - self.slope * log1p(min(max(margin, 0.0), self.most)))), 2)


def kind(mention: Mention) -> str:
    """What kind of knowledge decided a mention.

    RETURNS (str): One of KINDS: an entry that stands for nothing else is `listed`, one entry of several `chosen`, one
        that is also a word `maybe`; a token rule is `rule`; a name on no list is `inferred`, or `long`.

    >>> kind(Mention(0, 1, "PERSON")), kind(Mention(0, 4, "BODY"))
    ('inferred', 'long')
    """
    if mention.rule:
        return "rule"
    entry = mention.entry
    if entry is None:
        return "inferred" if mention.j - mention.i < LONG else "long"
    if mention.maybe or len(mention.options) > 1:
        doubtful = mention.maybe or any(m.form.flags & MAYBE for e, m in mention.options if e is entry)
        return "maybe" if doubtful else "chosen"
    return "listed"


def score(mention: Mention) -> float:
    """How sure the label of a mention is, 0 to 1: of the mentions with 0.8 about 80 % are right."""
    return _score(kind(mention), mention.margin)


@lru_cache(maxsize=4_000)
def _score(kind: str, margin: float) -> float:
    return curves()[kind].score(margin)


@lru_cache(maxsize=1)
def curves() -> Mapping[str, Curve]:
    """The curve of each of KINDS."""
    rows = json.loads(files("turkmen_ner").joinpath("data/calibration.json").read_bytes())
    return {kind: Curve(**rows[kind]) for kind in KINDS}
