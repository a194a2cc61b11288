"""Entities as rows: CSV, and a data frame of pandas."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import TYPE_CHECKING, Any

from turkmen_ner.display import features_text
from turkmen_ner.entity import COLUMNS, KINDS, Entity, NamedText, as_dict
from turkmen_ner.orthography.alphabet import encodable

if TYPE_CHECKING:
    import pandas


_TYPES = {int: "int64", bool: "bool", float: "float64"}  # of a column of numbers, also in a frame without rows


def write(found: Iterable[NamedText]) -> Iterator[str]:
    """CSV with a header and a row for each entity: its file and the fields of `Entity`, features as `Case=Loc|…`.

    All text is in quotes, so that a line break inside a name is safe; NUL and lone surrogates are U+FFFD.
    """
    yield _lines([("file", *COLUMNS)])
    for name, _, entities in found:
        yield _lines([(name, *map(_cell, as_dict(e).values())) for e in entities])


def _cell(value: Any) -> str | float:
    return features_text(value) if isinstance(value, dict) else str(value) if isinstance(value, bool) else value


def _lines(rows: Iterable[tuple[str | float, ...]]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    for row in rows:
        writer.writerow([encodable(cell).replace("\x00", "\ufffd") if isinstance(cell, str) else cell for cell in row])
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
