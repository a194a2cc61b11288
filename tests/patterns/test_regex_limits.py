"""The counted steps of a regular expression are more than a backtracking engine takes on any word."""

import random
import re
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import regex_search

from turkmen_ner.errors import PatternError
from turkmen_ner.patterns import regex_limits
from turkmen_ner.patterns.reader import read
from turkmen_ner.patterns.regex_limits import MAX_STEPS, check_regex

EMPTY = [r"\w*\w*\w*(?:\B){4800}y", r"(?!z){3200}", r"(?=a){3000}a", r"(?:)+", r"(?:^){2}", r"(?:\b)*a"]
NESTED = ["(a+)+", "(a|bb)*", r"(a?){9}", r"(a*)(?:b\1)+", "(?:(?=a+)a)+"]
LONG = [r"\w*\w*\w*\w*y", r"(\w)*(\w)*(\w)*y", "a?" * 17, r"(?m)^\w*\w*\w*\w*\w*y", r"(?<=^a)\w*\w*\w*\w*y"]
FINE = [r"\w*\w*\w*y", r"^\w+-\d+-\w*-\w*$", r"\A\w*\w*\w*\w*y", r"^[A-Z]{2,3}-?\d{1,4}[a-z]*$"]
FINE += [r"(?:[ab]c)+", r"(?=a)b", r"(?:(?!z)){1}a", r"(\w+)-\1", "(?:(?:a{60}){60}){3}"]


@pytest.mark.parametrize(
    ("regex", "says"),
    [(r, "what can be empty") for r in EMPTY]
    + [(r, "inside a repetition") for r in NESTED]
    + [(r, "more than 3,000,000 steps") for r in LONG],
)
def test_refused(regex, says):
    with pytest.raises(ValueError, match=says):
        check_regex(regex)


@pytest.mark.parametrize("regex", FINE)
def test_accepted(regex):
    assert 0 < check_regex(regex) <= MAX_STEPS


def test_the_expressions_of_a_pattern_share_the_steps():
    one = {"LOWER": {"REGEX": r"\w*\w*\w*y"}}
    read([{"label": "SHIP", "id": "x", "pattern": [one]}])
    several = {"LOWER": {"REGEX": {"IN": [r"\w*\w*\w*y", r"\w*\w*\w*x"]}}}
    for pattern in ([one, one], [several], [one | {"TEXT": one["LOWER"]}]):
        with pytest.raises(PatternError, match="at most 3,000,000 steps of all expressions, found 3,978,664"):
            read([{"label": "SHIP", "id": "x", "pattern": pattern}])


# --- an engine that counts -------------------------------------------------------------------------------------------


class Engine:
    """Backtracks through the parser's tree as Python's engine does, and counts the parts that it tries."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.steps = 0
        self.groups: dict[int, tuple[int, int]] = {}

    def search(self, tree: Any) -> bool:
        return any(self._first(tree, start) is not None for start in range(len(self.word) + 1))

    def _first(self, tree: Any, at: int) -> int | None:
        return next(self._ways(tree, 0, at), None)

    def _ways(self, tree: Any, part: int, at: int) -> Iterator[int]:
        if part == len(tree):
            yield at
            return
        for end in self._part(str(tree[part][0]), tree[part][1], at):
            yield from self._ways(tree, part + 1, end)

    def _part(self, name: str, given: Any, at: int) -> Iterator[int]:
        self.steps += 1
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            yield from self._repeat(given, 0, at, name == "MIN_REPEAT")
        elif name in ("ATOMIC_GROUP", "POSSESSIVE_REPEAT"):
            ways = self._ways(given, 0, at) if name == "ATOMIC_GROUP" else self._repeat(given, 0, at, False)
            yield from [end for end in [next(ways, None)] if end is not None]
        elif name in ("ASSERT", "ASSERT_NOT"):
            start = at if given[0] > 0 else at - given[1].getwidth()[0]
            if (start >= 0 and self._first(given[1], start) is not None) is (name == "ASSERT"):
                yield at
        elif name == "SUBPATTERN":
            for end in self._ways(given[-1], 0, at):
                before, self.groups[given[0]] = self.groups.get(given[0]), (at, end)
                yield end
                if before is None:
                    del self.groups[given[0]]
                else:
                    self.groups[given[0]] = before
        elif name == "BRANCH":
            for one in given[1]:
                yield from self._ways(one, 0, at)
        elif name == "GROUPREF":
            start, end = self.groups.get(given, (0, -1))
            if end >= 0 and self.word.startswith(self.word[start:end], at):
                yield at + end - start
        elif name == "AT":
            place = str(given)
            if ("BEGINNING" not in place or at == 0) and ("END" not in place or at == len(self.word)):
                yield at
        elif at < len(self.word) and _fits(name, given, self.word[at]):
            yield at + 1

    def _repeat(self, given: Any, times: int, at: int, lazy: bool) -> Iterator[int]:
        low, high, body = given
        if lazy and times >= low:
            yield at
        if times < high:
            for end in self._ways(body, 0, at):
                yield from self._repeat(given, times + 1, end, lazy)
        if not lazy and times >= low:
            yield at


def _fits(name: str, given: Any, character: str) -> bool:
    if name == "IN":
        found = any(_fits(str(kind), value, character) for kind, value in given if str(kind) != "NEGATE")
        return found != (str(given[0][0]) == "NEGATE")
    if name == "RANGE":
        return given[0] <= ord(character) <= given[1]
    if name == "CATEGORY":
        found = character.isdigit() if "DIGIT" in str(given) else character.isalnum()
        return found != ("NOT" in str(given)) and "SPACE" not in str(given)
    return name == "ANY" or (ord(character) == given) != (name == "NOT_LITERAL")


SHORT = 11  # characters of the words here


def counted(regex: str, word: str) -> int:
    engine = Engine(word)
    engine.search(regex_limits._parser.parse(regex))
    return engine.steps


def test_the_steps_bound_a_backtracking_engine(monkeypatch):
    monkeypatch.setattr(regex_limits, "MAX_SEEN", SHORT)
    rng = random.Random(5)
    near, compared = 0.0, 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        while compared < 400:
            regex = regex_search.expression(rng)
            steps = regex_search.steps(regex)
            if steps is None or steps > 60_000:
                continue
            compared += 1
            for word in ("a" * SHORT, "a" * (SHORT - 1) + "b", "b" * SHORT, "ab" * (SHORT // 2), "1" * SHORT, "a", ""):
                found = counted(regex, word)
                assert found <= steps, (regex, word)
                near = max(near, found / steps)
    assert near > 0.3  # the bound is no fantasy


@pytest.mark.parametrize("regex", ["a*a*a*b", "a?a?a?a?b", "(?:aa?)?a*a*b", "a{0,9}a{0,9}b", "(?=a*a*b)a*b"])
def test_the_bound_is_near_where_all_fits(regex, monkeypatch):
    monkeypatch.setattr(regex_limits, "MAX_SEEN", SHORT)
    assert check_regex(regex) / 6 < counted(regex, "a" * SHORT) <= check_regex(regex)


@pytest.mark.parametrize("regex", ["(?:ab?)c", "a{2,4}b", "(a)(?=b)b", "^a+$", r"(\w)\1b", "[^a]b", "a*?b", "(?!a)b"])
def test_the_counting_engine_is_one(regex):
    for word in ("", "a", "ab", "aab", "abab", "aaab", "bab", "ac", "bb", "abc"):
        found = Engine(word).search(regex_limits._parser.parse(regex))
        assert found == (re.search(regex, word) is not None), (regex, word)
