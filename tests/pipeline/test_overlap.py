"""Overlaps, on spans written as `first-end`: which stay, which policy keeps whose, what confirms a listed name."""

from types import SimpleNamespace
from typing import NamedTuple

import pytest

from turkmen_ner.pipeline.overlap import POLICIES
from turkmen_ner.recognition.mention import Mention
from turkmen_ner.recognition.overlap import give_way, join


class Piece(NamedTuple):
    start: int
    end: int
    whose: str


def segment(line: str, whose: str) -> list[Piece]:
    return [Piece(*map(int, part.split("-")), whose) for part in line.split()]


#   theirs         ours           keep                       replace                    longest
POLICY_ROWS = [
    ("", "0-2", "0-2 ours", "0-2 ours", "0-2 ours"),
    ("0-2", "", "0-2 theirs", "0-2 theirs", "0-2 theirs"),
    ("0-2", "2-3", "0-2 theirs, 2-3 ours", "0-2 theirs, 2-3 ours", "0-2 theirs, 2-3 ours"),
    ("0-2", "1-3", "0-2 theirs", "1-3 ours", "0-2 theirs"),
    ("0-2", "1-4", "0-2 theirs", "1-4 ours", "1-4 ours"),
    ("3-5", "0-2 4-7", "0-2 ours, 3-5 theirs", "0-2 ours, 4-7 ours", "0-2 ours, 4-7 ours"),
    ("0-1 1-2", "0-2", "0-1 theirs, 1-2 theirs", "0-2 ours", "0-2 ours"),
    ("0-9", "0-1 8-9", "0-9 theirs", "0-1 ours, 8-9 ours", "0-9 theirs"),
    ("2-3 0-1", "1-2", *["0-1 theirs, 1-2 ours, 2-3 theirs"] * 3),
]  # fmt: skip


@pytest.mark.parametrize("row", POLICY_ROWS, ids=lambda row: f"{row[0]}|{row[1]}")
def test_policies(row):
    theirs, ours = segment(row[0], "theirs"), segment(row[1], "ours")
    for name, expected in zip(("keep", "replace", "longest"), row[2:], strict=True):
        found = POLICIES[name](theirs, ours)
        assert ", ".join(f"{s.start}-{s.end} {s.whose}" for s in found) == expected, name


# --- token rules and listed names ----------------------------------------------------------------------------------


def listed(i: int, j: int, *labels: str, maybe: bool = False, first: int = 0) -> Mention:
    options = [
        (SimpleNamespace(label=label), SimpleNamespace(shown=f"reading of {label}", base=f"base of {label}"))
        for label in labels or ("CITY",)
    ]
    entry = options[first][0]
    return Mention(i, j, entry.label, "own name", entry=entry, maybe=maybe, options=options)


def rule(i: int, j: int, label: str = "SHIP", context: bool = False) -> Mention:
    return Mention(i, j, label, rule=1 + context)


def shown(mentions) -> list[str]:
    return [f"{m.i}-{m.j} {('list', 'rule', 'context')[m.rule]} {m.label}" for m in mentions]


JOINED = [
    # listed, matched, what stays
    ([listed(0, 2)], [], ["0-2 list CITY"]),
    ([], [rule(1, 2), rule(0, 1)], ["0-1 rule SHIP", "1-2 rule SHIP"]),
    ([listed(0, 2)], [rule(1, 2)], ["0-2 list CITY"]),  # the longest
    ([listed(1, 2)], [rule(0, 2)], ["0-2 rule SHIP"]),
    ([listed(0, 2)], [rule(0, 2)], ["0-2 list CITY"]),  # a list before a rule without a context
    ([listed(0, 2)], [rule(0, 2, context=True)], ["0-2 context SHIP"]),  # and after one with
    ([], [rule(0, 2), rule(0, 2, "BODY", context=True)], ["0-2 context BODY"]),
    ([listed(1, 3)], [rule(0, 2)], ["1-3 list CITY"]),
    ([listed(0, 2)], [rule(1, 3, context=True)], ["1-3 context SHIP"]),
    ([listed(0, 3, maybe=True)], [rule(2, 3)], ["2-3 rule SHIP"]),  # what is also a word gives way, however long
    ([listed(0, 1, maybe=True)], [], ["0-1 list CITY"]),
    ([], [rule(1, 3), rule(0, 2)], ["0-2 rule SHIP"]),  # the first of two as long
]


@pytest.mark.parametrize(("names", "matched", "stay"), JOINED)
def test_join(names, matched, stay):
    assert shown(join(names, matched)) == stay


def test_a_rule_confirms_the_listed_name():
    name = listed(0, 1, "PERSON", "SHIP", maybe=True)
    (found,) = join([name], [rule(0, 1, "SHIP", context=True)])
    assert found is name
    assert (found.label, found.maybe, found.name, found.reading) == ("SHIP", False, "base of SHIP", "reading of SHIP")
    assert [(entry.label, found.entry is entry) for entry, _ in found.options] == [("SHIP", True)]


def test_a_rule_confirms_what_the_name_is_already():
    """Name and reading stay those that were chosen."""
    name = listed(0, 1, "PERSON", "SHIP", maybe=True, first=1)
    (found,) = join([name], [rule(0, 1, "SHIP")])
    assert found is name
    assert (found.label, found.maybe, found.name, found.reading) == ("SHIP", False, "own name", None)


def test_a_rule_that_says_something_else_confirms_nothing():
    name = listed(0, 1, "PERSON", "CITY")
    said = rule(0, 1, "SHIP", context=True)
    assert join([name], [said]) == [said]
    assert (name.label, len(name.options)) == ("PERSON", 2)


def test_a_rule_over_more_words_confirms_nothing():
    said = rule(0, 2, "SHIP", context=True)
    assert join([listed(0, 1, "SHIP")], [said]) == [said]


GIVEN_WAY = [
    # found, known, what stays
    ([Mention(0, 2, "PERSON")], [], ["0-2 list PERSON"]),
    ([Mention(0, 2, "PERSON")], [rule(1, 3)], ["1-3 rule SHIP"]),
    ([Mention(1, 3, "PERSON")], [rule(0, 2)], ["0-2 rule SHIP"]),
    ([Mention(0, 1, "BODY"), Mention(2, 3, "CITY")], [rule(1, 2)], ["0-1 list BODY", "1-2 rule SHIP", "2-3 list CITY"]),
    ([rule(2, 3)], [rule(2, 3)], ["2-3 rule SHIP"]),  # a match among the candidates is the match itself
    ([Mention(0, 3, "PERSON")], [listed(0, 1), rule(1, 3)], ["0-1 list CITY", "1-3 rule SHIP"]),  # comes back
    ([Mention(0, 3, "PERSON")], [listed(1, 2)], ["0-3 list PERSON"]),  # it gave way to a candidate
    ([rule(2, 3)], [], []),  # matches are those that are known
    ([], [Mention(0, 1, "PERSON")], []),  # only listed names come back
]  # fmt: skip


@pytest.mark.parametrize(("found", "known", "stay"), GIVEN_WAY)
def test_give_way(found, known, stay):
    assert shown(give_way(found, known)) == stay
