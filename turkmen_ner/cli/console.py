"""What the commands print: tables that fit a terminal, and the report of an evaluation."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from turkmen_ner.display import features_text, one_line

if TYPE_CHECKING:
    from turkmen_ner.tagged import Named


COLUMNS = ("text", "label", "name", "case", "id", "source")


def tables(found: Iterable["Named"], width: int, titles: bool, columns: Sequence[str] = COLUMNS) -> Iterator[str]:
    """A table of entities for each text. titles (bool): With the name of the text above."""
    from turkmen_ner.formats import rows

    for number, (name, tagged) in enumerate(found):
        lines = list(table(columns, [_row(row, columns) for row in rows([(name, tagged)])], width))
        title = [*([""] if number else []), one_line(name)] if titles else []
        yield "".join(f"{line}\n" for line in [*title, *lines])


def _row(entity: dict[str, Any], columns: Sequence[str]) -> list[str]:
    """The cells of an entity; the source without the id, which has a column."""
    source = entity["source"].removesuffix(f" {entity['id']}") if "id" in columns else entity["source"]
    short = entity | {"source": source, "features": features_text(entity["features"])}
    return [one_line(str(short[column])) for column in columns]


def table(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Lines of aligned columns, no wider than `width`: the widest columns are shortened, down to eight characters each.

    >>> for line in table(["text", "label"], [["Bengazide", "CITY"], ["Halife Haftar", "PERSON"]], 40):
    ...     print(line)
    text           label
    Bengazide      CITY
    Halife Haftar  PERSON
    >>> list(table(["text", "label"], [["Halife Haftar", "PERSON"]], 17))[1]
    'Halife H…  PERSON'
    """
    lines = [list(header), *map(list, rows)]
    widths = [max(_width(line[k]) for line in lines) for k in range(len(header))]
    while sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
    for line in lines:
        cells = (_fitted(cell, columns) for cell, columns in zip(line, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    """Columns that a text takes in a terminal."""
    return sum(
        0
        if unicodedata.combining(c) or unicodedata.category(c) == "Cf"
        else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def _fitted(text: str, columns: int) -> str:
    """The text shortened or filled with spaces to a number of columns."""
    if _width(text) > columns:
        while _width(text) > columns - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (columns - _width(text))


def counted(number: int, one: str, several: str = "") -> str:
    """A number of things. several (str): Their plural when it is not made with -s.

    >>> counted(1, "error"), counted(2, "error"), counted(2000, "entry", "entries")
    ('1 error', '2 errors', '2,000 entries')
    """
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def report_lines(report: dict[str, Any]) -> Iterator[str]:
    """The lines of an evaluation: a table of labels, one of nervaluate's counts, and the errors."""
    schemes = report["nervaluate"] or {}
    yield f"{'':10}{'gold':>7}{'found':>7}{'right':>7}{'P':>8}{'R':>7}{'F1':>7}" + "".join(f"{s:>9}" for s in schemes)
    for label, score in report["scores"].items():
        numbers = "".join(f"{score[key]:7d}" for key in ("gold", "found", "right"))
        shares = "".join(f"{score[key]:7.3f}" for key in ("precision", "recall", "f1"))
        others = (scheme.get(label) for scheme in schemes.values())
        yield f"{label:10}{numbers} {shares}" + "".join(f"{row['f1']:9.3f}" for row in others if row)
    counts = ("correct", "incorrect", "partial", "missed", "spurious")
    if schemes:
        yield f"\n{'all':10}" + "".join(f"{key:>11}" for key in counts)
    for name, rows in schemes.items():
        yield f"{name:10}" + "".join(f"{rows['all'][key]:11d}" for key in counts)
    left_out = f"; left out as neither right nor wrong: {counted(report['left_out'], 'name')} found"
    yield f"\n{counted(report['documents'], 'document')}{left_out}"
    yield ", ".join(f"{number} {kind}" for kind, number in report["kinds"].items()) or "no errors"
    for error in report["errors"]:
        yield f"\n{error['kind']}  ({error['document']})"
        for side in ("gold", "found"):
            for span in error[side]:
                yield f"  {side:6} {span['label']:8} {span['text']}"
        yield f"  {error['context']}"
