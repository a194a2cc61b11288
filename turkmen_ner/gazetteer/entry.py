"""What a gazetteer holds: entries, their forms and matching options, rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

# Switches of a form.
MAYBE, FIXED, MAY_SOFTEN, MAY_STAY, POSSESSED, EXACT, ANY_CASE, LOOSE_CASE = (1 << i for i in range(8))


class NameForm(NamedTuple):
    """A base form of a listed entry: its number in `Gazetteer.entries`, as written, and its switches."""

    entry: int
    written: str
    flags: int


@dataclass(frozen=True, slots=True)
class Listed:
    """What the pipeline needs of an entry."""

    id: str
    label: str
    kb: str
    source: str


class TokenRule(NamedTuple):
    """A token pattern: the number of its entry in `Gazetteer.entries`, and its tokens, see token_syntax.py."""

    entry: int
    tokens: tuple[dict[str, Any], ...]


class Rule(NamedTuple):
    """A rule of evidence: points for a label when all facts of `when` hold and none of `unless`, see context.py."""

    id: str
    label: str
    weight: float
    when: tuple[str, ...]
    unless: tuple[str, ...]
    source: str


Context = Mapping[str, Sequence[str | Mapping[str, Sequence[str]]]]  # before, after ... -> their words, see rules.py
