"""Entities as rows: CSV, and a data frame of pandas."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import TYPE_CHECKING

from turkmen_ner.orthography.alphabet import encodable
from turkmen_ner.tagged import Named, TaggedText

if TYPE_CHECKING:
    import pandas


COLUMNS = ("text", "label", "start", "end", "name", "case", "features", "id", "kb", "source", "listed")


def write(found: Iterable[Named]) -> Iterator[str]:
    """CSV with a head and a row for each entity: its file and the fields of `Entity`, features as `Case=Loc|…`.

    All text is in quotes, so that a line break inside a name is safe; NUL and halves of a surrogate pair are U+FFFD.
    """
    yield _lines([("file", *COLUMNS)])
    for name, tagged in found:
        yield _lines(
            (
                name, e.text, e.label, e.start, e.end, e.name, e.case,
                "|".join(f"{key}={value}" for key, value in e.features.items()), e.id, e.kb, e.source, str(e.listed),
            )
            for e in tagged
        )  # fmt: skip


def _lines(rows: Iterable[tuple[str | int, ...]]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    for row in rows:
        writer.writerow([encodable(cell).replace("\x00", "\ufffd") if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


def to_frame(tagged: TaggedText) -> "pandas.DataFrame":
    """The entities as a data frame, a row each; halves of a surrogate pair are U+FFFD, which Arrow cannot hold.

    RAISES (ImportError): Without pandas.
    """
    try:
        import pandas
    except ImportError:
        raise ImportError("to_frame() needs pandas: pip install 'turkmen_ner[pandas]'") from None
    rows = [
        {key: encodable(cell) if isinstance(cell, str) else cell for key, cell in row.items()}
        for row in tagged.to_dicts()
    ]
    frame = pandas.DataFrame(rows, columns=list(COLUMNS))
    typed: pandas.DataFrame = frame.astype({"start": "int64", "end": "int64", "listed": "bool"})
    return typed
