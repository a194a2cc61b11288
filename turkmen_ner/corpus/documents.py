"""Texts to read: files, folders, JSON lines and standard input, each text with its name.

UTF-8, UTF-16 and UTF-32 are told by their byte order mark, a file without one is UTF-8; any other encoding must be
named. Texts are read one after the other, and nothing is guessed: a byte that does not belong is an error.
"""

import codecs
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from turkmen_ner.corpus.bracket_notation import strip

STDIN = "-"
JSONL = (".jsonl", ".ndjson")
FIELD = "text"
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

Named = tuple[str, str]  # the name of a text and the text
Record = Callable[[Mapping[str, object]], None]


class InputError(ValueError):
    """An input that cannot be read: where, and what was expected."""


def expand(files: Iterable[str]) -> list[str]:
    """The files to read: those given, and all .txt files in folders, however deep.

    RAISES (InputError): If one is not there, or a folder has no .txt file.
    """
    paths: list[str] = []
    for name in files:
        if name != STDIN and Path(name).is_dir():
            inside = sorted(str(path) for path in Path(name).rglob("*.txt") if path.is_file())
            if not inside:
                raise InputError(f"{name}: found a folder without .txt files, expected texts")
            paths += inside
        elif name == STDIN or Path(name).exists():
            paths.append(name)
        else:
            raise InputError(f"{name}: no such file or folder")
    return paths


def documents(
    paths: Sequence[str],
    *,
    field: str | None = None,
    encoding: str | None = None,
    notation: bool = False,
    skip: Callable[[InputError], None] | None = None,
    record: Record | None = None,
) -> Iterator[Named]:
    """The texts of files, each with its name; one of JSON lines with its line as well, `a.jsonl:3`.

    paths (list of str): Files, `-` for standard input. Those ending in .jsonl or .ndjson are a JSON object a line.
    field (str): The key of the text in these, by default text; if named, all but .txt files are JSON lines.
    encoding (str): That of all files, by default told by their beginning. notation (bool): Take brackets off.
    skip (callable): Told of what cannot be read, which is passed over.
    record (callable): Given the object of a JSON line just before its text comes.
    RAISES (InputError): For what cannot be read, unless skip is given.
    """
    for path in paths:
        lines = is_jsonl(path, field)
        for found in _records(path, field or FIELD, encoding, record) if lines else _text(path, encoding):
            if notation and not isinstance(found, InputError):
                found = _plain(*found)
            if not isinstance(found, InputError):
                yield found
            elif skip is None:
                raise found
            else:
                skip(found)


def number(paths: Sequence[str], field: str | None = None) -> int | None:
    """How many texts files have, a line of JSON lines counted as one; None with standard input among them."""
    if STDIN in paths:
        return None
    return sum(_count_lines(path) if is_jsonl(path, field) else 1 for path in paths)


def _count_lines(path: str) -> int:
    with Path(path).open("rb") as file:
        return sum(part.count(b"\n") for part in iter(lambda: file.read(1 << 20), b""))


def is_jsonl(path: str, field: str | None = None) -> bool:
    """Whether a file is read as JSON lines."""
    return path.endswith(JSONL) or (field is not None and not path.endswith(".txt"))


def decode(data: bytes, where: str, encoding: str | None = None) -> str:
    r"""The text of a file, without its byte order mark. RAISES (InputError): For a byte that does not belong.

    >>> decode(b"\xff\xfeM\x00a\x00r\x00y\x00", "mary.txt")
    'Mary'
    """
    mark, codec = _codec(data, encoding)
    try:
        return data[len(mark) :].decode(codec).removeprefix("" if mark else "\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(_wrong_byte(where, len(mark) + error.start, codec)) from None


def _codec(data: bytes, encoding: str | None) -> tuple[bytes, str]:
    """The byte order mark, if it is to be left out, and the encoding."""
    if encoding is not None:
        return b"", encoding
    return next((found for found in BOMS if data.startswith(found[0])), (b"", "utf-8"))


def _wrong_byte(where: str, place: int, codec: str) -> str:
    shown = codec.upper()
    return f"{where}: byte {place} is not {shown}, expected a text file in {shown}; another encoding must be named"


def _open(path: str) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdin.buffer) if path == STDIN else Path(path).open("rb")


def _shown(path: str) -> str:
    return "standard input" if path == STDIN else path


def _text(path: str, encoding: str | None) -> Iterator[Named | InputError]:
    """The one text of a file, or why it has none."""
    try:
        with _open(path) as file:
            yield path, decode(file.read(), _shown(path), encoding)
    except OSError as error:
        yield InputError(f"{_shown(path)}: cannot be read ({error.strerror}), expected a text file")
    except InputError as error:
        yield error


def _records(path: str, field: str, encoding: str | None, record: Record | None) -> Iterator[Named | InputError]:
    """The texts of JSON lines, and what is wrong with the others."""
    try:
        with _open(path) as file:
            for number, line in enumerate(_lines(file, _shown(path), encoding), start=1):
                where = f"{_shown(path)}:{number}"
                text = line if isinstance(line, InputError) else _field(line, field, where, record)
                if text is not None:
                    yield text if isinstance(text, InputError) else (f"{path}:{number}", text)
    except OSError as error:
        yield InputError(f"{_shown(path)}: cannot be read ({error.strerror}), expected JSON lines")
    except InputError as error:
        yield error


def _lines(file: BinaryIO, where: str, encoding: str | None) -> Iterator[str | InputError]:
    first = file.readline()
    codec = _codec(first, encoding)[1]
    if codecs.lookup(codec).name.startswith(("utf-16", "utf-32")):  # a byte of a line feed says nothing there
        yield from decode(first + file.read(), where, encoding).split("\n")
        return
    place = 0
    for number, line in enumerate(chain([first], file), start=1):
        try:
            yield line.decode(codec).removeprefix("\ufeff" if number == 1 else "")
        except UnicodeDecodeError as error:
            yield InputError(_wrong_byte(f"{where}:{number}", place + error.start, codec))
        place += len(line)


def _field(line: str, field: str, where: str, record: Record | None) -> str | InputError | None:
    """The text of a line; None if it is empty."""
    if not line.strip():
        return None
    try:
        found = json.loads(line)
        text = found[field]
    except (ValueError, LookupError, TypeError, RecursionError):
        text = None
    if record is not None and isinstance(text, str):
        record(found)
    return (
        text if isinstance(text, str) else InputError(f"{where}: expected a JSON object with the key {field}, a string")
    )


def _plain(name: str, text: str) -> Named | InputError:
    try:
        return name, strip(text)
    except ValueError as error:
        return InputError(f"{_shown(name)}: {error}")
