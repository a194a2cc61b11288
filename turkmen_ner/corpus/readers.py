"""Files that are no plain text, one function a kind; all but CSV and JSON need the extra `turkmen_ner[files]`.

A reader takes a path, the key or column of the text, and the encoding; it gives the texts, each with its number, or 0
where a file is one text. Those of files with many texts also take what is given each record just before its text.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

from turkmen_ner.corpus.decoding import BOMS, InputError, decode, refuse_unmarked

Numbered = tuple[int, str] | InputError
Record = Callable[[Mapping[Any, Any]], None]
Reader = Callable[[str, str, str | None], Iterator[Numbered]]
RecordReader = Callable[[str, str, str | None, Record | None], Iterator[Numbered]]

EXTRA = "pip install 'turkmen_ner[files]'"
_CHARSET = re.compile(rb"""<meta[^>]*charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)


def _library(name: str, package: str, path: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        ending = Path(path).suffix.lower()
        raise InputError(f"{path}: a {ending} file needs {package}, which is not installed: {EXTRA}") from None


# --- one text --------------------------------------------------------------------------------------------------------


def docx(path: str, field: str, encoding: str | None) -> Iterator[Numbered]:
    """The paragraphs of a Word file and the cells of its tables, a line each."""
    document = _library("docx", "python-docx", path).Document(path)
    yield 0, "\n".join(_lines_of(document.iter_inner_content()))


def _lines_of(content: Iterable[Any]) -> Iterator[str]:
    for block in content:
        if hasattr(block, "rows"):
            for row in block.rows:
                yield "\t".join(cell.text for cell in row.cells)
        else:
            yield block.text


def pdf(path: str, field: str, encoding: str | None) -> Iterator[Numbered]:
    """The text of the pages of a PDF file."""
    pages = [page.extract_text() for page in _library("pypdf", "pypdf", path).PdfReader(path).pages]
    if not any(map(str.strip, pages)):
        raise InputError(
            f"{path}: found no text on {len(pages)} pages, expected a PDF file with text, not pictures of it"
        )
    yield 0, "\n".join(pages)


def html(path: str, field: str, encoding: str | None) -> Iterator[Numbered]:
    """The main text of a page, without menus and scripts; all of its text where no main text is found."""
    trafilatura = _library("trafilatura", "trafilatura", path)
    data = Path(path).read_bytes()
    if encoding is None and not any(data.startswith(mark) for mark, _ in BOMS):
        declared = _CHARSET.search(data[:4096])
        encoding = declared[1].decode() if declared else None
    try:
        page = decode(data, path, encoding)
    except LookupError:
        raise InputError(f"{path}: found the unknown encoding {encoding!r}, name another: --encoding") from None
    yield 0, trafilatura.extract(page, include_comments=False) or trafilatura.html2txt(page)


# --- many texts ------------------------------------------------------------------------------------------------------


def json_list(path: str, field: str, encoding: str | None, record: Record | None) -> Iterator[Numbered]:
    """The objects or strings of a JSON list, or one object; objects line by line are read as JSON lines."""
    data = Path(path).read_bytes()
    refuse_unmarked(data, path, encoding)
    text = decode(data, path, encoding)
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield field_of_line(line, field, f"{path}:{number}", number, record)
        return
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], start=1):
        yield field_of(row, field, f"{path}:{number}", number, record)


def field_of_line(line: str, field: str, where: str, number: int, record: Record | None = None) -> Numbered:
    """The text of a line of JSON."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    return field_of(row if isinstance(row, Mapping) else None, field, where, number, record)


def field_of(row: Any, field: str, where: str, number: int, record: Record | None = None) -> Numbered:
    """The text of a record, which may be it itself."""
    text = row.get(field) if isinstance(row, Mapping) else row
    if isinstance(text, str):
        if record is not None and isinstance(row, Mapping):
            record(row)
        return number, text
    known = ""
    if isinstance(row, Mapping) and row and field not in row:
        known = f", found {', '.join(map(str, row))[:80]}: --input-field KEY"
    return InputError(f"{where}: expected a JSON object with the key {field}, a string{known}")


def table(path: str, field: str, encoding: str | None, record: Record | None) -> Iterator[Numbered]:
    """The column of a CSV file; what separates its columns is the commonest of , ; and tab in the first line."""
    data = Path(path).read_bytes()
    refuse_unmarked(data, path, encoding)
    text = decode(data, path, encoding)
    first = text.partition("\n")[0]
    csv.field_size_limit(2**31 - 1)  # of articles; the limit is one for the process
    rows = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    yield from _column(rows, path, field, record)


def xlsx(path: str, field: str, encoding: str | None, record: Record | None) -> Iterator[Numbered]:
    """The column of the first sheet of a workbook."""
    openpyxl = _library("openpyxl", "openpyxl", path)
    with Path(path).open("rb") as file, closing(openpyxl.load_workbook(file, read_only=True, data_only=True)) as book:
        yield from _column(book.worksheets[0].iter_rows(values_only=True), path, field, record)


def parquet(path: str, field: str, encoding: str | None, record: Record | None) -> Iterator[Numbered]:
    """The column of a Parquet file, batch by batch; the others are read for records only."""
    file = _library("pyarrow.parquet", "pyarrow", path).ParquetFile(path)
    names = file.schema_arrow.names
    _place(names, field, path)
    wanted = names if record is not None else [field]
    batches = file.iter_batches(columns=wanted)
    rows = (row for batch in batches for row in zip(*(column.to_pylist() for column in batch.columns), strict=True))
    yield from _cells(rows, wanted, path, field, record)


def _column(rows: Iterator[Sequence[Any]], path: str, field: str, record: Record | None) -> Iterator[Numbered]:
    yield from _cells(rows, next(rows, ()), path, field, record)


def _place(names: Sequence[Any], field: str, path: str) -> int:
    if field not in names:
        raise InputError(
            f"{path}: found no column {field!r}, expected one of {', '.join(map(str, names))[:200] or 'some columns'}: "
            "--input-field NAME"
        )
    return list(names).index(field)


def _cells(
    rows: Iterable[Sequence[Any]], names: Sequence[Any], path: str, field: str, record: Record | None
) -> Iterator[Numbered]:
    """The texts of a column; empty cells are none. The row below the header is number 2, as in a spreadsheet."""
    place = _place(names, field, path)
    for number, row in enumerate(rows, start=2):
        cell = row[place] if place < len(row) else None
        if isinstance(cell, str):
            if record is not None:
                record(dict(zip(names, row, strict=False)))
            yield number, cell
        elif cell is not None:
            yield InputError(f"{path}:{number}: found {cell!r:.60} in the column {field}, expected a text")


TEXTS = (".txt", ".text", ".md", ".markdown")  # plain text, read as it is
LINES = (".jsonl", ".ndjson")
ONE: dict[str, Reader] = {".docx": docx, ".pdf": pdf, ".html": html, ".htm": html, ".xhtml": html}
MANY: dict[str, RecordReader] = {".json": json_list, ".csv": table, ".tsv": table, ".xlsx": xlsx, ".parquet": parquet}
ENDINGS = (*TEXTS, *LINES, *ONE, *MANY)


def read(path: str, field: str, encoding: str | None, record: Record | None = None) -> Iterator[Numbered]:
    """The texts of a file of these kinds. RAISES (InputError): If it is not well formed, or a library is missing."""
    kind = ending(path)
    try:
        yield from ONE[kind](path, field, encoding) if kind in ONE else MANY[kind](path, field, encoding, record)
    except (InputError, OSError):
        raise
    except Exception as error:  # what these libraries say of files that are not well formed
        raise InputError(f"{path}: not a well-formed {kind} file: {error!s:.80}") from None


def ending(path: str) -> str:
    """What the name of a file ends in, in small letters: `.docx`."""
    return Path(path).suffix.lower()
