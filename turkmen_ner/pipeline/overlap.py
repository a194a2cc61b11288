"""Overlaps: which of two entities that share a token stays. One named function for each policy."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar


class SpanLike(Protocol):
    """Anything with token offsets."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102


S = TypeVar("S", bound=SpanLike)
Policy = Callable[[Sequence[S], Sequence[S]], list[S]]


def _disjoint(first: Sequence[S], then: Sequence[S]) -> list[S]:
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
    return _disjoint(existing, found)


def replace(existing: Sequence[S], found: Sequence[S]) -> list[S]:
    """Ours win; entities of earlier components stay where ours are not."""
    return _disjoint(found, existing)


def longest(existing: Sequence[S], found: Sequence[S]) -> list[S]:
    """The longest entity wins; of two equally long ones the one that was there before."""
    return _disjoint(sorted([*existing, *found], key=lambda span: span.start - span.end), [])


POLICIES: dict[str, Policy[Any]] = {"keep": keep, "replace": replace, "longest": longest}
