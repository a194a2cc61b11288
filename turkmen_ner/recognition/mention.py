"""A candidate or listed name in a text."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from turkmen_ner.gazetteer.entry import Listed
from turkmen_ner.gazetteer.lookup import Match
from turkmen_ner.morphology.analysis import Reading


@dataclass(slots=True)
class Mention:
    """A candidate or listed name in a text: the words i to j (j excluded).

    label: decided label, "" while open. name: base form. points: label -> points from the context.
    reasons: the rules that gave them, for `explain`. margin: how many points more the label has, with those of the
    document, than the next one or than 0. score: how sure the label is, 0 to 1. unsure: a label given up for its score,
    or for `stop`: the entry that says that it is not to be found.
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
    options: Sequence[tuple[Listed, Match]] = ()
    facts: int = 0
    id: str = ""
    rule: int = 0  # 1 when a token rule decided, 2 when one with a context
    key: str = ""  # what the mentions of one name in the document share, see document.py
    ended: str = ""  # the rule of joining.py that ended a candidate
    full: "Mention | None" = None  # the full name in the document, of a first name or surname
    margin: float = 0.0
    score: float = 0.0
    unsure: str = ""
    stop: Listed | None = None
