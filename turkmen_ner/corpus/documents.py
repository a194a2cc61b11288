"""Texts to read: files of many kinds, folders, standard input, and texts given themselves; each with its name.

Texts are read one after the other, and nothing is guessed: a byte that does not belong is an error.
"""

import codecs
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import chain
from mimetypes import MimeTypes
from pathlib import Path
from typing import BinaryIO

from turkmen_ner.corpus.bracket_notation import strip
from turkmen_ner.corpus.decoding import (
    BOMS,
    InputError,
    codec_of,
    decode,
    decode_text,
    refuse_unmarked,
    wrong_byte,
)
from turkmen_ner.corpus.readers import ENDINGS, LINES, MANY, ONE, TEXTS, Record, ending, field_of_line, read

STDIN = "-"
FIELD = "text"

Named = tuple[str, str]  # the name of a text and the text


class Text(str):
    """A text that is given itself, not a file."""

    name = "text"


def expand(files: Iterable[str], *, skip: Callable[[str], None] | None = None) -> list[str]:
    """The files to read: those given, and those in folders whose ending is known, however deep; a text is itself.

    skip (callable): Called with a line about the files of a folder that are skipped.
    RAISES (InputError): If one is not there, or a folder has no file to read.
    """
    paths: list[str] = []
    for name in files:
        if name == STDIN:
            paths.append(name)
        elif os.path.isdir(name):
            paths += _inside(name, skip)
        elif os.path.exists(name):
            paths.append(name)
        elif is_text(name):
            paths.append(Text(name))
        else:
            hint = "" if looks_like_path(name) else "; a text needs a space in it, or comes by standard input"
            raise InputError(f"{name[:200]}: no such file or folder{hint}")
    return paths


def _inside(folder: str, skip: Callable[[str], None] | None) -> list[str]:
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    found = [str(path) for path in files if path.suffix.lower() in ENDINGS]
    if not found:
        raise InputError(f"{folder}: found a folder without texts, expected files that end in {', '.join(ENDINGS)}")
    others = Counter(p.suffix.lower() or p.name for p in files if p.suffix.lower() not in ENDINGS and p.name[0] != ".")
    if others and skip is not None:
        shown = ", ".join(f"{kind} {number}" for kind, number in others.most_common(8))
        skip(f"{folder}: skipped files that are no texts: {shown}")
    return found


def is_text(argument: str) -> bool:
    """Whether an argument that is no file is a text: it has a space, and neither a separator nor an ending of a file.

    >>> is_text("Halife Haftar Bengazide boldy."), is_text("my articles/1.txt"), is_text("Aşgabat")
    (True, False, False)
    """
    return any(map(str.isspace, argument.strip())) and not looks_like_path(argument)


def looks_like_path(argument: str) -> bool:
    """Whether it has a separator of folders or the ending of a file."""
    known = MimeTypes(()).types_map[1]
    last = ending(argument)
    return "/" in argument or "\\" in argument or (bool(last) and (last in ENDINGS or last in known))


def documents(
    paths: Sequence[str],
    *,
    field: str | None = None,
    encoding: str | None = None,
    notation: bool = False,
    skip: Callable[[InputError], None] | None = None,
    record: Record | None = None,
) -> Iterator[Named]:
    """The texts of files, each with its name; one of many in a file with its number as well, `a.jsonl:3`.

    paths (list of str): Files, `-` for standard input, `Text`. The ending, in any case, says how a file is read: see
        docs/formats.md.
    field (str): The key or column of the text in files of many texts, by default text; if named, files of other endings
        and standard input are JSON lines.
    encoding (str): That of all files, by default as the byte order mark says. notation (bool): Take brackets off.
    skip (callable): Called with what cannot be read, which is skipped.
    record (callable): Called in files of many texts with the object or row just before its text comes.
    RAISES (InputError): For what cannot be read, unless skip is given.
    """
    for path in paths:
        for found in _read(path, field, encoding, record):
            if notation and not isinstance(found, InputError):
                found = _plain(*found)
            if not isinstance(found, InputError):
                yield found
            elif skip is None:
                raise found
            else:
                skip(found)


def has_many(path: str, field: str | None = None) -> bool:
    """Whether a file may hold many texts."""
    return is_jsonl(path, field) or ending(path) in MANY


def is_jsonl(path: str, field: str | None = None) -> bool:
    """Whether a file is read as JSON lines."""
    if isinstance(path, Text):
        return False
    return ending(path) in LINES or (field is not None and ending(path) not in ENDINGS)


def number_of(paths: Sequence[str], field: str | None = None) -> int | None:
    """How many texts there are, where that is known without reading them."""
    return None if STDIN in paths or any(has_many(path, field) for path in paths) else len(paths)


def _read(path: str, field: str | None, encoding: str | None, record: Record | None) -> Iterator[Named | InputError]:
    if isinstance(path, Text):
        yield path.name, str(path)
    elif is_jsonl(path, field):
        yield from _records(path, field or FIELD, encoding, record)
    elif ending(path) in ONE or ending(path) in MANY:
        yield from _others(path, field or FIELD, encoding, record)
    else:
        yield from _text(path, encoding)


def _others(path: str, field: str, encoding: str | None, record: Record | None) -> Iterator[Named | InputError]:
    try:
        for found in read(path, field, encoding, record):
            yield found if isinstance(found, InputError) else (f"{path}:{found[0]}" if found[0] else path, found[1])
    except OSError as error:
        yield InputError(f"{path}: cannot be read ({error.strerror or error}), expected a {ending(path)} file")
    except InputError as error:
        yield error


def _open(path: str) -> AbstractContextManager[BinaryIO]:
    if path != STDIN:
        return Path(path).open("rb")
    if sys.stdin is None:
        raise InputError("standard input: found it closed, expected a text")
    return nullcontext(sys.stdin.buffer)


def _shown(path: str) -> str:
    return "standard input" if path == STDIN else path


def _text(path: str, encoding: str | None) -> Iterator[Named | InputError]:
    """The one text of a file, or why it has none."""
    try:
        with _open(path) as file:
            yield path, decode_text(file.read(), _shown(path), encoding)
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
                if isinstance(line, InputError):
                    yield line
                elif line.strip():
                    found = field_of_line(line, field, where, number, record)
                    yield found if isinstance(found, InputError) else (f"{path}:{number}", found[1])
    except OSError as error:
        yield InputError(f"{_shown(path)}: cannot be read ({error.strerror}), expected JSON lines")
    except InputError as error:
        yield error


def _lines(file: BinaryIO, where: str, encoding: str | None) -> Iterator[str | InputError]:
    first = file.readline()
    refuse_unmarked(first, where, encoding)
    codec = codec_of(first, encoding)[1]
    if codecs.lookup(codec).name.startswith(("utf-16", "utf-32")):  # a byte of a line feed says nothing there
        yield from decode(first + file.read(), where, encoding).split("\n")
        return
    place = 0
    for number, line in enumerate(chain([first], file), start=1):
        try:
            yield line.decode(codec).removeprefix("\ufeff" if number == 1 else "")
        except UnicodeDecodeError as error:
            yield InputError(wrong_byte(f"{where}:{number}", place + error.start, codec))
        place += len(line)


def _plain(name: str, text: str) -> Named | InputError:
    try:
        return name, strip(text)
    except ValueError as error:
        return InputError(f"{_shown(name)}: {error}")


__all__ = ["BOMS", "FIELD", "STDIN", "TEXTS", "InputError", "Named", "Text", "decode", "documents", "expand"]
