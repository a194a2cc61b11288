"""What a gazetteer holds: entries, their forms and matching options, rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from turkmen_ner.gazetteer.columns import all_of_type, lines, of_type

NONE = "NONE"  # the label of what is no name: events, works, peoples, and what a user never wants tagged

# Matching options of a form.
MAYBE, FIXED, MAY_SOFTEN, MAY_STAY, POSSESSED, EXACT, ANY_CASE, LOOSE_CASE = (1 << i for i in range(8))


class NameForm(NamedTuple):
    """A base form of a listed entry: its number in `Gazetteer.entries`, as written, and its matching options."""

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
    """A token pattern: the number of its entry in `Gazetteer.entries`, and its tokens."""

    entry: int
    tokens: tuple[dict[str, Any], ...]


class Rule(NamedTuple):
    """A rule of evidence: points for a label when all features of `when` hold and none of `unless`."""

    id: str
    label: str
    weight: float
    when: tuple[str, ...]
    unless: tuple[str, ...]
    source: str


Context = Mapping[str, Sequence[str | Mapping[str, Sequence[str]]]]  # before, after ... -> their words


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """What patterns say besides names.

    lists (dict): Word lists, folded. evidence, token_rules: Rules. contexts (dict): Number of an entry -> its context.
    """

    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    evidence: Sequence[Rule] = ()
    token_rules: Sequence[TokenRule] = ()
    contexts: Mapping[int, Context] = field(default_factory=dict)

    def to_data(self) -> dict[str, Any]:
        """Plain values, for a compiled file."""
        return {
            "lists": {name: "\n".join(words) for name, words in self.lists.items()},
            "evidence": [[list(v) if type(v) is tuple else v for v in rule] for rule in self.evidence],
            "token_rules": [[rule.entry, list(rule.tokens)] for rule in self.token_rules],
            "contexts": [[number, {k: list(v) for k, v in found.items()}] for number, found in self.contexts.items()],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "RuleSet":
        """The rules that `to_data` described. RAISES (ValueError): If one is of other types; see `check_rules` too."""
        return cls(
            lists={of_type(str, name): lines(of_type(str, words)) for name, words in data["lists"].items()},
            evidence=[
                Rule(
                    of_type(str, id),
                    of_type(str, label),
                    of_type(float, weight),
                    tuple(all_of_type(str, when)),
                    tuple(all_of_type(str, unless)),
                    of_type(str, source),
                )
                for id, label, weight, when, unless, source in data["evidence"]
            ],
            token_rules=tuple(
                TokenRule(of_type(int, number), tuple(all_of_type(dict, tokens)))
                for number, tokens in data["token_rules"]
            ),
            contexts={
                of_type(int, number): {k: tuple(of_type(list, items)) for k, items in found.items()}
                for number, found in data["contexts"]
            },
        )
