"""Regular expressions of token patterns that end: what could try without end is refused when it is read.

Python's engine tries every way to match before it gives up, and the ways multiply where a repetition or alternatives
stand inside a repetition. The tree of a parsed expression shows it, however it is written.
"""

import re
import sys
from importlib import import_module
from math import log2
from typing import Any, NamedTuple

from turkmen_ner.errors import short

MAX_SEEN = 60  # characters of a word that a pattern sees
MAX_REGEX = 200  # characters of a regular expression
MAX_STEPS = 10_000  # characters that one way to match can compare
MAX_WAYS = 11.0  # of one expression, as a power of 2: 3 for each * + {n,}, log2(n) for n alternatives or lengths

_parser: Any = import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")


def check_regex(regex: str) -> None:
    r"""Refuse a regular expression that is wrong, or that could try without end.

    What is left takes less than a tenth of a second on the worst word of `MAX_SEEN` characters that we found.

    RAISES (ValueError): If it is refused.

    >>> check_regex(r"^(?:TJG|USS)$"), check_regex(r"\w+-\d+")
    (None, None)
    """
    if len(regex) > MAX_REGEX:
        raise ValueError(f"REGEX: expected at most {MAX_REGEX} characters, found {len(regex)}")
    try:
        re.compile(regex)
        tree = _parser.parse(regex)
    except (ValueError, re.error, OverflowError, RecursionError, Warning) as error:
        raise ValueError(f"REGEX: expected a regular expression, found {short(regex)}: {error}") from None
    try:
        cost = _cost(tree)
    except KeyError as error:
        raise ValueError(f"REGEX: expected an expression without {error}, found {short(regex)}") from None
    except _Nested:
        raise ValueError(
            f"REGEX: found a repetition or alternatives inside a repetition in {short(regex)}, "
            "expected one that cannot backtrack without end, like [ab]+ for (a+|b)+"
        ) from None
    if cost.ways > MAX_WAYS or cost.steps > MAX_STEPS:
        raise ValueError(f"REGEX: expected fewer of * + {{n,m}} ? and |, or two tokens, found {short(regex)}")


class _Nested(Exception):
    pass


class _Cost(NamedTuple):
    """ways: to match at one place, as a power of 2. steps: of one such way. free: whether it can match in two ways."""

    ways: float = 0.0
    steps: int = 1
    free: bool = False


def _cost(tree: Any) -> _Cost:
    ways, steps, free = 0.0, 1, False
    for operator, given in tree:
        one = _KINDS[str(operator)](given)
        ways, steps, free = ways + one.ways, steps + one.steps, free or one.free
    return _Cost(ways, steps, free)


def _repetition(given: Any) -> _Cost:
    low, high, body = given
    inner = _cost(body)
    if high > 1 and inner.free:
        raise _Nested
    lengths = int(high) - int(low) + 1  # an open one has an enormous number as its end
    times = MAX_SEEN + int(low) if int(high) >= int(_parser.MAXREPEAT) else int(high)
    return _Cost(inner.ways + min(3.0, log2(lengths)), times * inner.steps, inner.free or lengths > 1)


def _alternatives(given: Any) -> _Cost:
    parts = [_cost(part) for part in given[1]]
    return _Cost(sum(p.ways for p in parts) + log2(len(parts)), sum(p.steps for p in parts), True)


def _condition(given: Any) -> _Cost:
    return _alternatives((None, [part for part in given[1:] if part is not None]))._replace(free=True)


_KINDS = {  # of the parser's tree; another one, of a later Python, is refused
    **dict.fromkeys(
        ("LITERAL", "NOT_LITERAL", "ANY", "IN", "CATEGORY", "RANGE", "AT", "FAILURE"), lambda given: _Cost()
    ),
    "GROUPREF": lambda given: _Cost(steps=MAX_SEEN, free=True),
    "GROUPREF_EXISTS": _condition,
    "BRANCH": _alternatives,
    "SUBPATTERN": lambda given: _cost(given[-1]),
    "ATOMIC_GROUP": _cost,
    "ASSERT": lambda given: _cost(given[1]),
    "ASSERT_NOT": lambda given: _cost(given[1]),
    "MAX_REPEAT": _repetition,
    "MIN_REPEAT": _repetition,
    "POSSESSIVE_REPEAT": _repetition,
}
