"""Tables that fit a terminal."""

from turkmen_ner.cli.console import table


def test_columns_of_wide_and_combining_letters_line_up() -> None:
    lines = list(table(["a", "b"], [["Ma\u0301ry", "x"], ["東京", "y"]], 80))
    assert lines == ["a     b", "Ma\u0301ry  x", "東京  y"]


def test_no_column_is_cut_below_eight() -> None:
    lines = list(table(["a", "b"], [["x" * 20, "y" * 20]], 5))
    assert lines[1] == "xxxxxxx…  yyyyyyy…"
