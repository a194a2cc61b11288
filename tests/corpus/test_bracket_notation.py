"""Bracket notation: what it says, and what is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turkmen_ner.corpus.bracket_notation import Marked, parse, strip
from turkmen_ner.patterns.reader import LABELS

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*-*.txt"))


def test_two_fields_and_four() -> None:
    found = parse("[Hakan Fidan|PERSON] [Bengazä|CITY|Bengazi|Dat] gider.")
    assert found.text == "Hakan Fidan Bengazä gider."
    assert found.names == (Marked(0, 11, "PERSON"), Marked(12, 19, "CITY", "Bengazi", "Dat"))


def test_names_side_by_side() -> None:
    found = parse("[Moskwa|CITY]-[Waşington|CITY]")
    assert [found.text[n.start : n.end] for n in found.names] == ["Moskwa", "Waşington"]


def test_a_backslash_makes_a_literal_bracket() -> None:
    found = parse(r"Bu \[ýerde\] [Ab\[1\]|BODY] bar.")
    assert found.text == "Bu [ýerde] Ab[1] bar."
    assert found.names == (Marked(11, 16, "BODY"),)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Ol [Mary|CITY gitdi.", "column 4: a bracket that is never closed"),
        ("Ol Mary] gitdi.", "column 8: a bracket closes that was not opened"),
        ("[Mary [Mary|CITY]|CITY]", "column 7: a bracket inside a bracket"),
        ("[Mary]", "column 1: found [Mary], expected [name|LABEL]"),
        ("[Maryda|CITY|Mary]", "expected [name|LABEL] or"),
        ("[|CITY]", "expected [name|LABEL]"),
        ("[Mary|CITY||Dat]", "expected [name|LABEL]"),
    ],
)
def test_wrong_brackets_are_refused(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=r"column \d+") as error:
        parse(text)
    assert complaint in str(error.value)


@given(st.text(st.characters(exclude_characters="[]\\"), max_size=40))
def test_text_without_brackets_stays_as_it_is(text: str) -> None:
    assert parse(text) == (text, ())


@given(st.lists(st.tuples(st.text("ab |ň.", max_size=5), st.text("Aş g", min_size=1, max_size=5)), max_size=5))
def test_offsets_point_at_the_names(parts: list[tuple[str, str]]) -> None:
    found = parse("".join(f"{gap}[{name}|CITY]" for gap, name in parts))
    assert [found.text[n.start : n.end] for n in found.names] == [name for _, name in parts]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_seeds_can_be_read(path: Path) -> None:
    found = parse(path.read_text(encoding="utf-8"))
    assert len(found.names) > 30
    assert {n.label for n in found.names} <= {*LABELS, "MISC"}
    assert "[" not in strip(path.read_text(encoding="utf-8"))


def test_the_seeds_are_there() -> None:
    assert len(SEEDS) >= 11
