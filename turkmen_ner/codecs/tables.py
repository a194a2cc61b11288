"""Entities as rows: CSV, workbooks of a spreadsheet, and a data frame of pandas."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from turkmen_ner.display import features_text
from turkmen_ner.entity import COLUMNS, KINDS, Entity, as_dict
from turkmen_ner.orthography.alphabet import encodable

if TYPE_CHECKING:
    import pandas

Row = Mapping[str, Any]

ALL = ("file", *COLUMNS, "main_name", "sentence")  # the columns of a table of mentions
_TYPES = {int: "int64", bool: "bool", float: "float64"}  # of a column of numbers, also in a frame without rows
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is computed by a spreadsheet
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ROWS, _CELL = 2**20 - 1, 2**15 - 1  # of a sheet, below the header; characters of a cell


def write(rows: Iterable[Row], columns: Sequence[str] = ALL) -> Iterator[str]:
    """CSV with a header and a row for each entity, features as `Case=Loc|…`.

    All text is in quotes, so that a line break inside a name is safe; NUL and lone surrogates are U+FFFD.
    """
    yield _line(columns)
    for row in rows:
        yield _line([_cell(row[key]) for key in columns])


def write_excel(rows: Iterable[Row], columns: Sequence[str] = ALL) -> Iterator[str]:
    """The same as Excel opens it: with a byte order mark, and an apostrophe before what it would compute."""
    yield "\ufeff"
    cells = ({key: _guarded(_cell(row[key])) for key in columns} for row in rows)
    yield from (line.removesuffix("\n") + "\r\n" for line in write(cells, columns))


def write_xlsx(rows: Iterable[Row], columns: Sequence[str] = ALL) -> Iterator[bytes]:
    """A workbook of one sheet; all rows are in memory. RAISES (ImportError): Without openpyxl."""
    try:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
    except ImportError:
        raise ImportError("xlsx needs openpyxl: pip install 'turkmen_ner[files]'") from None
    book = Workbook(write_only=True)
    sheet = book.create_sheet("names")
    sheet.freeze_panes = "A2"
    sheet.append(list(columns))
    rows = iter(rows)
    for row in islice(rows, _ROWS):
        cells = []
        for key in columns:
            value = _cell(row[key])
            cell = WriteOnlyCell(sheet, _NO_XML.sub("\ufffd", value)[:_CELL] if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"  # no formula, whatever it begins with
            cells.append(cell)
        sheet.append(cells)
    if next(rows, None) is not None:
        raise ValueError(f"found more than {_ROWS:,} names, as many as a sheet has rows; write csv")
    out = BytesIO()
    book.save(out)
    yield out.getvalue()


def _cell(value: Any) -> str | float:
    return features_text(value) if isinstance(value, dict) else str(value) if isinstance(value, bool) else value


def _guarded(cell: str | float) -> str | float:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _line(cells: Iterable[str | float]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([encodable(cell).replace("\x00", "\ufffd") if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue()


def to_frame(entities: Iterable[Entity]) -> "pandas.DataFrame":
    """The entities as a data frame, a row each; lone surrogates are U+FFFD, which Arrow cannot hold.

    RAISES (ImportError): Without pandas.
    """
    try:
        import pandas
    except ImportError:
        raise ImportError("to_frame() needs pandas: pip install 'turkmen_ner[pandas]'") from None
    rows = [
        {key: encodable(cell) if isinstance(cell, str) else cell for key, cell in row.items()}
        for row in map(as_dict, entities)
    ]
    frame = pandas.DataFrame(rows, columns=list(COLUMNS))
    typed: pandas.DataFrame = frame.astype({key: _TYPES[kind] for key, kind in KINDS.items() if kind in _TYPES})
    return typed
