"""Join gold/dev-standoff.tsv with a local copy of NTREX-128: its text with our names, in three forms.

    python tools/join_gold.py NTREX/NTREX-128/newstest2019-ref.tuk.txt [--out gold/joined]

Writes dev.jsonl (`turkmen-ner evaluate` reads it), dev.conll and dev.spacy (a DocBin). What the data is, and where
to get the text: gold/README.md. A line of the text is a sentence; a document is its lines, each with its line end.
DOCUMENT_IDS.tsv of NTREX, when it lies in the folder above the text or is named, must have the same documents.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

from turkmen_ner import Entity, TaggedText, formats

GOLD = Path(__file__).parent.parent / "gold"
LABELS = ("PERSON", "CITY", "COUNTRY", "REGION", "BODY", "SHIP", "MISC")
LINES = 1997  # of each file of NTREX-128
FORMS = {"jsonl": "dev.jsonl", "conll": "dev.conll", "docbin": "dev.spacy"}

Span = tuple[int, int, str]  # start, end in Python characters of the line; label
Named = tuple[str, TaggedText]  # a document and its text


class Row(NamedTuple):
    """A row of a stand-off file. line (int): From 0. span: None for a line without a name. where (str): file:line."""

    document: str
    line: int
    span: Span | None
    where: str


# --- reading -------------------------------------------------------------------------------------------------------


def read_standoff(path: Path) -> Iterator[Row]:
    """The rows of a stand-off file: document, line, start, end, label; or document and line alone.

    RAISES (ValueError): For a row that is not well formed. (OSError): If the file can't be read.
    """
    for number, line in enumerate(_lines(path), start=1):
        if line and not line.startswith("#"):
            yield _row(line.split("\t"), f"{path.name}:{number}")


def _row(columns: Sequence[str], where: str) -> Row:
    if len(columns) not in (2, 5):
        raise ValueError(f"{where}: found {len(columns)} columns, expected 5 (document, line, start, end, label) or 2")
    for value in columns[1:4]:
        if not (value.isascii() and value.isdigit()):
            raise ValueError(f"{where}: found {value!r:.40}, expected a number, from 0 on")
    if len(columns) == 2:
        return Row(columns[0], int(columns[1]), None, where)
    document, line, start, end, label = columns
    if label not in LABELS:
        raise ValueError(f"{where}: found the label {label!r:.40}, expected one of {', '.join(LABELS)}")
    return Row(document, int(line), (int(start), int(end), label), where)


def read_text(path: Path, *, lines: int = LINES) -> list[str]:
    """The lines of the text, without blanks at their end.

    lines (int): How many there must be. RAISES (ValueError): If there are others. (OSError): If it can't be read.
    """
    found = _lines(path)
    if len(found) != lines:
        raise ValueError(
            f"{path.name}: found {len(found)} lines, expected {lines}: the whole newstest2019-ref.tuk.txt of NTREX-128 "
            "as it was published (--lines for a part of it)"
        )
    return found


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path.name}: byte {error.start} is not UTF-8, expected a file as it was published") from None
    return [line.rstrip() for line in text.removesuffix("\n").split("\n")]  # U+2028 and the like end no line here


def read_checksums(path: Path) -> dict[str, str]:
    """The checksum of each document. RAISES (ValueError): For a row that has none."""
    checksums = {}
    for number, line in enumerate(_lines(path), start=1):
        if line and not line.startswith("#"):
            document, tab, checksum = line.partition("\t")
            if not tab or len(checksum) != 64:
                raise ValueError(f"{path.name}:{number}: found {line!r:.40}, expected a document and its SHA-256")
            checksums[document] = checksum
    return checksums


# --- joining -------------------------------------------------------------------------------------------------------


def join(
    rows: Iterable[Row],
    lines: Sequence[str],
    *,
    documents: Sequence[str] = (),
    checksums: Mapping[str, str] | None = None,
) -> Iterator[Named]:
    r"""Each document with its names.

    rows (iterable of Row): Those of a document stand together, in the order of its lines.
    lines (list of str): All lines of the text. documents (list of str): The document of each line; empty if unknown.
    checksums (dict): SHA-256 of a document's text; one that is not in it is not checked.
    YIELDS (tuple): The id of the document in NTREX, and its text with offsets into it.
    RAISES (ValueError): Where rows and text do not fit together.

    >>> rows = [Row("paper.1", 0, (3, 7, "CITY"), "x:1"), Row("paper.1", 1, None, "x:2")]
    >>> [(name, found.text, list(found)[0].text) for name, found in join(rows, ["Ol Mara bardy.", "Geldi."])]
    [('paper.1', 'Ol Mara bardy.\nGeldi.\n', 'Mara')]
    """
    if documents and len(documents) != len(lines):
        raise ValueError(f"found {len(documents)} document ids for {len(lines)} lines, expected one for each line")
    seen: set[str] = set()
    for document, group in groupby(rows, key=lambda row: row.document):
        of_document = list(group)
        if document in seen:
            raise ValueError(f"{of_document[0].where}: {document} goes on, expected all rows of a document together")
        seen.add(document)
        tagged = _document(of_document, lines, documents)
        checksum = hashlib.sha256(tagged.text.encode()).hexdigest()
        if checksums and checksums.get(document, checksum) != checksum:
            first, last = of_document[0], of_document[-1]
            raise ValueError(
                f"{first.where}: the lines {first.line} to {last.line} of the text are not those in which {document} "
                "was marked, expected NTREX-128 as published (--any-text to join all the same)"
            )
        yield document, tagged


def _document(rows: Sequence[Row], lines: Sequence[str], documents: Sequence[str]) -> TaggedText:
    text = ""
    entities: list[Entity] = []
    for one, other in pairwise(rows):
        if other.line not in (one.line, one.line + 1):
            raise ValueError(f"{other.where}: found line {other.line} after {one.line}, expected no line left out")
    for number, group in groupby(rows, key=lambda row: row.line):
        of_line = list(group)
        where = of_line[0].where
        if number >= len(lines):
            raise ValueError(f"{where}: found line {number}, but the text has {len(lines)} lines, counted from 0")
        if documents and documents[number] != of_line[0].document:
            raise ValueError(
                f"{where}: line {number} belongs to {documents[number]!r:.40} by DOCUMENT_IDS.tsv, "
                f"expected {of_line[0].document}"
            )
        entities += _entities(of_line, lines[number], len(text))
        text += lines[number] + "\n"
    return TaggedText.of(text, entities)


def _entities(rows: Sequence[Row], line: str, before: int) -> Iterator[Entity]:
    """The names of a line. before (int): Where it begins in the text of its document."""
    reached = 0
    for row in rows:
        if row.span is None:
            if len(rows) > 1:
                raise ValueError(f"{row.where}: found line {row.line} without a name and with one, expected either")
            continue
        start, end, label = row.span
        if not reached <= start < end <= len(line):
            raise ValueError(
                f"{row.where}: found {start} to {end} in line {row.line}, expected offsets in Python characters, "
                f"in order and apart, from {reached} to {len(line)}"
            )
        written = line[start:end]
        if written != written.strip():
            raise ValueError(f"{row.where}: found a blank at the edge of {start} to {end}, expected whole words")
        yield Entity(written, label, before + start, before + end)
        reached = end


# --- the command ---------------------------------------------------------------------------------------------------


def main(argv: Sequence[str] | None = None) -> int:
    """Join and write the three files."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("text", type=Path, help="newstest2019-ref.tuk.txt of NTREX-128")
    args.add_argument(
        "--documents", type=Path, help="DOCUMENT_IDS.tsv; default: in the folder above the text, if there"
    )
    args.add_argument(
        "--gold", type=Path, default=GOLD / "dev-standoff.tsv", help="stand-off file (gold/dev-standoff.tsv)"
    )
    args.add_argument("--out", type=Path, default=GOLD / "joined", help="folder for the files (gold/joined)")
    args.add_argument("--lines", type=int, default=LINES, help=f"lines that the text must have ({LINES})")
    args.add_argument("--any-text", action="store_true", help="join with a text that differs from the one marked")
    opts = args.parse_args(argv)
    beside = opts.text.parent.parent / "DOCUMENT_IDS.tsv"
    ids = opts.documents or (beside if beside.is_file() else None)
    checksums = opts.gold.with_name("dev-checksums.tsv")
    try:
        found = list(
            join(
                read_standoff(opts.gold),
                read_text(opts.text, lines=opts.lines),
                documents=_lines(ids) if ids else (),
                checksums=None if opts.any_text or not checksums.is_file() else read_checksums(checksums),
            )
        )
        opts.out.mkdir(parents=True, exist_ok=True)
        for form, name in FORMS.items():
            formats.write((tagged for _, tagged in found), form, opts.out / name, names=(name for name, _ in found))
    except (OSError, ValueError) as error:
        sys.exit(f"{error}")
    names = sum(len(tagged) for _, tagged in found)
    print(f"{opts.out}: {len(found)} documents, {names} marked names in {', '.join(FORMS.values())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
