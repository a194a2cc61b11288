"""Overlaps: which of two entities that share a token stays. One named function for each policy."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from turkmen_ner.context import Mention


class SpanLike(Protocol):
    """Anything with token offsets."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102


S = TypeVar("S", bound=SpanLike)
Policy = Callable[[Sequence[S], Sequence[S]], list[S]]


def _apart(first: Sequence[S], then: Sequence[S]) -> list[S]:
    """All of `first`, and those of `then` that share no token with what is taken already; in order."""
    taken: set[int] = set()
    kept: list[S] = []
    for span in [*first, *then]:
        tokens = range(span.start, span.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def keep(existing: Sequence[S], found: Sequence[S]) -> list[S]:
    """Entities of earlier components stay; ours fill the gaps."""
    return _apart(existing, found)


def replace(existing: Sequence[S], found: Sequence[S]) -> list[S]:
    """Ours win; entities of earlier components stay where ours are not."""
    return _apart(found, existing)


def longest(existing: Sequence[S], found: Sequence[S]) -> list[S]:
    """The longest entity wins; of two equally long ones the one that was there before."""
    return _apart(sorted([*existing, *found], key=lambda span: span.start - span.end), [])


def parted(found: Sequence[S]) -> list[S]:
    """Ours in order, apart: the longer of two that share a token stays, of equally long ones the first.

    Names never share a word, but a tokeniser may leave two words in one token: Aziýa-ABŞ.
    """
    kept: list[S] = []
    for span in found:
        if not kept or kept[-1].end <= span.start:
            kept.append(span)
        elif span.end - span.start > kept[-1].end - kept[-1].start:
            kept[-1] = span
    return kept


POLICIES: dict[str, Policy[Any]] = {"keep": keep, "replace": replace, "longest": longest}


# --- token rules and listed names ----------------------------------------------------------------------------------


def join(listed: "Sequence[Mention]", matched: "Sequence[Mention]") -> "list[Mention]":
    """Listed names and matches of token rules, in order and apart: the longest wins.

    Of equally long ones a rule with a context stands before a listed name, and that before a rule without; a listed
    name that is also a word (`maybe`) gives way to every rule. A rule that says of the same words what the list says
    confirms the listed name.
    """
    rank = {2: 0, 0: 1, 1: 2}
    order = sorted([*matched, *listed], key=lambda m: (m.maybe, m.i - m.j, rank[m.rule], m.i))
    known = {(m.i, m.j): m for m in listed}
    return [_confirmed(m, known.get((m.i, m.j))) if m.rule else m for m in _disjoint(order)]


def _confirmed(rule: "Mention", listed: "Mention | None") -> "Mention":
    """The listed name that is what a rule says it is: «Berkarar» gämisi, when a ship of that name is listed."""
    if listed is None:
        return rule
    for entry, match in listed.options:
        if entry.label == rule.label:
            if listed.entry is not entry:
                listed.reading, listed.name = match.shown, match.base
            listed.entry, listed.label, listed.maybe, listed.options = entry, entry.label, False, [(entry, match)]
            return listed
    return rule


def give_way(found: "Sequence[Mention]", known: "Sequence[Mention]") -> "list[Mention]":
    """Candidates without those that share a word with the match of a token rule; the listed names in them come back."""
    rules = [m for m in known if m.rule]
    ruled = {k for m in rules for k in range(m.i, m.j)}
    kept = [m for m in found if not m.rule and ruled.isdisjoint(range(m.i, m.j))]
    lost = [m for m in known if m.entry is not None and not m.rule]
    return _disjoint([*rules, *kept, *lost])


def _disjoint(mentions: "Sequence[Mention]") -> "list[Mention]":
    taken: set[int] = set()
    kept = []
    for mention in mentions:
        words = range(mention.i, mention.j)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(mention)
    return sorted(kept, key=lambda m: m.i)
