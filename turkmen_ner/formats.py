"""Formats of tagged texts: `write` and `read`, by the codec of each. docs/formats.md says what each holds."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from io import TextIOWrapper
from itertools import chain, repeat, starmap
from os import PathLike
from pathlib import Path
from typing import IO, Any, NamedTuple

import spacy

from turkmen_ner.codecs import brat, conll, docbin, html, records, tables
from turkmen_ner.codecs.files import replacing
from turkmen_ner.codecs.tokens import sentences
from turkmen_ner.display import one_line
from turkmen_ner.entity import as_dict
from turkmen_ner.tagged import Named, TaggedText

File = str | PathLike[str] | IO[Any]


class Format(NamedTuple):
    """A format.

    write (callable): Named texts to the parts of a file, text or bytes; for brat, to a folder.
    read (callable): The way back from lines (from bytes, a path), or None. text: Whether a file has the whole text.
    fields: Which fields of an entity it has: all of them, or start, end and label.
    """

    write: Callable[..., Any]
    read: Callable[[Any], Iterator[TaggedText]] | None
    text: bool = True
    all_fields: bool = True
    kind: str = "lines"  # or bytes, folder


def _format(codec: Any, **more: Any) -> Format:
    """A format by the `write` and `read` of a codec, which know no TaggedText."""

    def write(named: Iterable[Named], *folder: Path) -> Any:
        return codec.write(((name, tagged.text, tagged[:]) for name, tagged in named), *folder)

    def read(source: Any) -> Iterator[TaggedText]:
        return starmap(TaggedText.of, codec.read(source))

    return Format(write, read if hasattr(codec, "read") else None, **more)


def rows(named: Iterable[Named]) -> Iterator[dict[str, Any]]:
    """A row for each entity, as tables have it: its file, its fields, its main name and its sentence."""
    for name, tagged in named:
        ends = sentences(tagged.text, tagged)
        for entity, main in zip(tagged, tagged.main_names(), strict=True):
            place = bisect_right(ends, (entity.start, len(tagged.text))) - 1
            start, end = ends[place] if ends else (entity.start, entity.end)
            shown = one_line(tagged.text[start:end])
            yield {"file": name, **as_dict(entity), "main_name": main, "sentence": shown}


def _table(write: Callable[[Iterable[Any]], Iterator[Any]], **more: Any) -> Format:
    return Format(lambda named: write(rows(named)), None, text=False, **more)


def _write_docbin(named: Iterable[Named]) -> Iterator[bytes]:
    nlp = spacy.blank("tk")
    return docbin.write(tagged.exact_doc(nlp) for _, tagged in named)


def _read_docbin(data: bytes) -> Iterator[TaggedText]:
    try:
        yield from map(TaggedText, docbin.read(data))
    except Exception as error:  # whatever zlib, msgpack and spaCy say of bytes that do not fit
        raise ValueError(f"not a DocBin of spaCy: {error}") from None


FORMATS = {
    "json": _format(records.Document(records.ours)),
    "jsonl": _format(records.Lines(records.ours)),
    "conll": _format(conll),
    "brat": _format(brat, kind="folder"),
    "html": _format(html, all_fields=False),
    "docbin": Format(_write_docbin, _read_docbin, kind="bytes"),
    "csv": _table(tables.write),
    "excel-csv": _table(tables.write_excel),
    "xlsx": _table(tables.write_xlsx, kind="bytes"),
    "prodigy": _format(records.Lines(records.prodigy)),
    "doccano": _format(records.Lines(records.doccano), all_fields=False),
    "label-studio": _format(records.Document(records.label_studio), all_fields=False),
}


def write(found: Iterable[TaggedText], format: str, file: File, *, names: Iterable[str] = ()) -> None:
    """Write tagged texts, one after the other: they need not be in memory together (a DocBin must).

    found (iterable of TaggedText): As `tag_many` gives them.
    format (str): json, jsonl, conll, html, csv, excel-csv, xlsx, prodigy, doccano, label-studio, docbin or brat.
    file (str, Path or file): A path, a folder for brat; or an open file, of bytes for docbin and xlsx, else of UTF-8.
    names (iterable of str): What the texts are called, in their order; asked for one after each text.
    RAISES (ValueError): For an unknown format. (TypeError): If found is one text. (OSError): If it can't be written.
        (ImportError): Without openpyxl, which writes xlsx.

    >>> import sys
    >>> write([TaggedText.of("Ol Mara bardy.", [])], "doccano", sys.stdout)
    {"text": "Ol Mara bardy.", "label": []}
    """
    if isinstance(found, TaggedText):
        raise TypeError("write() takes several texts as a list or generator, not one TaggedText")
    write_named(((name, tagged) for tagged, name in zip(found, chain(names, repeat("")))), format, file)  # noqa: B905


def write_named(named: Iterable[Named], format: str, file: File) -> None:
    """The same for texts that come with their names."""
    form = _form(format)
    if form.kind == "folder":
        if not isinstance(file, (str, PathLike)):
            raise TypeError(f"write() takes a folder for {format}, not {type(file).__name__}")
        form.write(named, Path(file))
        return
    with ExitStack() as stack:
        if isinstance(file, (str, PathLike)):
            file = stack.enter_context(replacing(Path(file)))
            if form.kind == "lines":
                file = stack.enter_context(TextIOWrapper(file, encoding="utf-8", newline=""))
        for part in form.write(named):
            file.write(part)


def read(file: File, format: str) -> Iterator[TaggedText]:
    """Read tagged texts back.

    file (str, Path or file): A path, a folder for brat; or an open file, of bytes for docbin, else of text.
    format (str): json, jsonl, conll, prodigy, doccano, label-studio, docbin or brat.
    YIELDS (TaggedText): One for each text, with what the format holds.
    RAISES (ValueError): For an unknown format, or what does not fit: where, and what was expected.
        (OSError): If a file can't be read.
    """
    form = _form(format)
    if form.read is None:
        raise ValueError(f"{format} can be written only, not read")
    return _read(form, form.read, file)


def _read(form: Format, parse: Callable[[Any], Iterator[TaggedText]], file: File) -> Iterator[TaggedText]:
    if not isinstance(file, (str, PathLike)):
        yield from parse(file.read() if form.kind == "bytes" else file)
    elif form.kind == "folder":
        yield from parse(Path(file))
    elif form.kind == "bytes":
        yield from parse(Path(file).read_bytes())
    else:
        with Path(file).open(encoding="utf-8", newline="\n") as lines:
            try:
                yield from parse(lines)
            except ValueError as error:
                raise ValueError(f"{file}: {error}") from None


def _form(format: str) -> Format:
    if format not in FORMATS:
        raise ValueError(f"format must be one of {', '.join(FORMATS)}, not {format!r}")
    return FORMATS[format]


def read_jsonl(file: File) -> Iterator[TaggedText]:
    """Read what was written as jsonl: every field comes back."""
    return read(file, "jsonl")


def read_conll(file: File) -> Iterator[TaggedText]:
    """Read what was written as conll, text and fields exactly; and CoNLL of others with words and tags."""
    return read(file, "conll")


def read_brat(folder: File) -> Iterator[TaggedText]:
    """Read the texts of a folder for brat, or one .ann file."""
    return read(folder, "brat")


__all__ = ["FORMATS", "Format", "read", "read_brat", "read_conll", "read_jsonl", "write"]
