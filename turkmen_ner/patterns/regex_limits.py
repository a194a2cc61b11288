"""Regular expressions of token patterns that end: what could try without end is refused when it is read.

Python's engine tries every way to match before it gives up. A way is a path through the tree of the parsed expression
and through the word. The paths are counted for the worst word, of which every character fits every part: how many
come to each place of the word, one part after another. The engine takes each at most once, so the count bounds its
steps, however the expression is written.
"""

import re
import sys
from collections.abc import Iterable
from importlib import import_module
from itertools import accumulate
from typing import Any

from turkmen_ner.errors import short

MAX_SEEN = 60  # characters of a word that a pattern sees
MAX_REGEX = 200  # characters of a regular expression
MAX_STEPS = 3_000_000  # of the engine, on any word; see benchmarks/regex_search.py for what they take
GROUP = 4  # steps of entering what is repeated, or of several alternatives: the engine remembers where it was

_LINES = re.compile(r"\(\?[a-zA-Z-]*m")  # the flag that gives ^ a place in every line
_parser: Any = import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")

Paths = list[int]  # how many paths have come to each place of the word, from 0 to MAX_SEEN


def check_regex(regex: str) -> int:
    r"""The steps that a regular expression takes at most to be searched in `MAX_SEEN` characters.

    RAISES (ValueError): If it is wrong, repeats what can be empty or match in two ways, or takes over `MAX_STEPS`.

    >>> check_regex(r"^(?:TJG|USS)$") < check_regex(r"\w+-\d+") < MAX_STEPS
    True
    """
    if len(regex) > MAX_REGEX:
        raise ValueError(f"REGEX: expected at most {MAX_REGEX} characters, found {len(regex)}")
    try:
        re.compile(regex)
        tree = _parser.parse(regex)
    except (ValueError, re.error, OverflowError, RecursionError, Warning) as error:
        raise ValueError(f"REGEX: expected a regular expression, found {short(regex)}: {error}") from None
    count = Count(lines=_LINES.search(regex) is not None)
    try:
        count.paths(tree, [1] * (MAX_SEEN + 1))
    except KeyError as error:
        raise ValueError(f"REGEX: expected an expression without {error}, found {short(regex)}") from None
    except _Refused as error:
        found, expected = error.args
        raise ValueError(f"REGEX: found {found} in {short(regex)}, expected {expected}") from None
    return count.steps


class _Refused(Exception):
    """What was found, and what was expected."""


class Count:
    """Counts the paths through an expression, and the steps of all. lines (bool): ^ may be more than one place."""

    def __init__(self, lines: bool = False) -> None:
        self.steps = 0
        self._one_place = ("AT_BEGINNING_STRING",) if lines else ("AT_BEGINNING_STRING", "AT_BEGINNING")

    def paths(self, tree: Any, paths: Paths) -> Paths:
        """Where the paths are after an expression. RAISES (KeyError): For an operator of a later Python."""
        for operator, given in tree:
            if not any(paths):
                break
            paths = _OPERATORS[str(operator)](self, given, paths)
        return paths

    def _step(self, paths: Paths, each: int = 1) -> None:
        self.steps += each * sum(paths)
        if self.steps > MAX_STEPS:
            raise _Refused(f"more than {MAX_STEPS:,} steps", "fewer of * + {n,m} ? and |, or ^ before them")

    def _character(self, given: Any, paths: Paths) -> Paths:
        self._step(paths, 1 + len(given) // 4 if isinstance(given, list) else 1)
        return [0, *paths[:-1]]

    def _place(self, given: Any, paths: Paths) -> Paths:
        """What stands between characters; the beginning of a word is one place."""
        self._step(paths)
        return [paths[0]] + [0] * MAX_SEEN if str(given) in self._one_place else paths

    def _failure(self, given: Any, paths: Paths) -> Paths:
        self._step(paths)
        return [0] * len(paths)

    def _repetition(self, given: Any, paths: Paths) -> Paths:
        low, high, body = int(given[0]), int(given[1]), given[2]
        if high > 1:
            if _free(body):
                expected = "one that cannot backtrack without end, like [ab]+ for (a+|b)+"
                raise _Refused("a repetition or alternatives inside a repetition", expected)
            if body.getwidth()[0] == 0:
                raise _Refused("a repetition of what can be empty", "one of at least a character")
        enter = 1 if len(body) == 1 and str(body[0][0]) in _CHARACTERS else GROUP
        found = paths if low == 0 else [0] * len(paths)
        for times in range(1, high + 1):
            if not any(paths):
                break
            self._step(paths, enter)
            paths = self.paths(body, paths)
            if times >= low:
                found = _sum((found, paths))
        return found

    def _atomic(self, body: Any, paths: Paths) -> Paths:
        """Of the ways from a place the first one counts, wherever it ends."""
        self._step(paths, GROUP)
        one = accumulate(paths)
        return [min(pair) for pair in zip(self.paths(body, paths), one, strict=True)]

    def _possessive(self, given: Any, paths: Paths) -> Paths:
        one = accumulate(paths)
        return [min(pair) for pair in zip(self._repetition(given, paths), one, strict=True)]

    def _assertion(self, given: Any, paths: Paths) -> Paths:
        """Looks ahead or behind, and comes back; behind the paths are taken for such as go ahead."""
        self._step(paths, GROUP)
        self.paths(given[1], paths if given[0] > 0 else _unanchored(paths))
        return paths

    def _group(self, given: Any, paths: Paths) -> Paths:
        self._step(paths, 2)
        return self.paths(given[-1], paths)

    def _alternatives(self, given: Any, paths: Paths) -> Paths:
        self._step(paths, GROUP)
        return _sum(self.paths(part, paths) for part in given[1])

    def _condition(self, given: Any, paths: Paths) -> Paths:
        return self._alternatives((None, [part if part is not None else [] for part in given[1:]]), paths)

    def _reference(self, given: Any, paths: Paths) -> Paths:
        """What a group has matched once more, however long."""
        self._step(paths, MAX_SEEN // 4)
        return list(accumulate(paths))


def _sum(several: Iterable[Paths]) -> Paths:
    return [sum(places) for places in zip(*several, strict=True)]


def _unanchored(paths: Paths) -> Paths:
    return [sum(paths)] + [0] * MAX_SEEN


def _free(tree: Any) -> bool:
    """Whether an expression can match in two ways."""
    for operator, given in tree:
        name = str(operator)
        if name in ("BRANCH", "GROUPREF", "GROUPREF_EXISTS"):
            return True
        if name.endswith("REPEAT") and (given[0] != given[1] or _free(given[2])):
            return True
        if name in ("SUBPATTERN", "ASSERT", "ASSERT_NOT") and _free(given[-1]):
            return True
        if name == "ATOMIC_GROUP" and _free(given):
            return True
    return False


_CHARACTERS = frozenset({"LITERAL", "NOT_LITERAL", "ANY", "IN", "CATEGORY", "RANGE"})
_OPERATORS = {  # of the parser's tree; another one, of a later Python, is refused
    **dict.fromkeys(_CHARACTERS, Count._character),
    "AT": Count._place,
    "FAILURE": Count._failure,
    "GROUPREF": Count._reference,
    "GROUPREF_EXISTS": Count._condition,
    "BRANCH": Count._alternatives,
    "SUBPATTERN": Count._group,
    "ATOMIC_GROUP": Count._atomic,
    "ASSERT": Count._assertion,
    "ASSERT_NOT": Count._assertion,
    "MAX_REPEAT": Count._repetition,
    "MIN_REPEAT": Count._repetition,
    "POSSESSIVE_REPEAT": Count._possessive,
}
