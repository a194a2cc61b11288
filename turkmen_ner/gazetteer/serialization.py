"""The file format of patterns: shipped, compiled by a user, or saved with a pipeline.

A line that `head -1` shows, in JSON - kind, format, version of the library, key, size and checksum - and the
patterns as msgpack. What is cut short, damaged, of another kind or format is refused whole, never used in part.
"""

import gc
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any, NoReturn

import srsly

from turkmen_ner._version import __version__
from turkmen_ner.errors import PatternError, Problem
from turkmen_ner.gazetteer.columns import of_type
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.gazetteer.overlay import Overlay

FORMAT = 4  # of what `to_data` gives; a change makes every compiled file stale, and see tools/save_model.py
COMPILED = ".msgpack"  # the ending of a user's compiled file

# The kinds, and how an error calls each.
SHIPPED, OWN, SAVED = "turkmen_ner shipped", "turkmen_ner compiled", "turkmen_ner saved"
_CALLED = {
    SHIPPED: "the shipped patterns, compiled",
    OWN: "a file that turkmen-ner compile wrote",
    SAVED: "the patterns of a turkmen_ner component",
}
_HEAD = {"kind": str, "format": int, "version": str, "key": str, "size": int, "sha256": str}


@contextmanager
def no_collection() -> Iterator[None]:
    """No garbage collection meanwhile: making a hundred thousand values that stay, it takes most of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def key_of(format: int, files: Iterable[Path] = ()) -> str:
    """The key of what this version compiles in this format from these files and from the dictionary.

    RAISES (OSError): If one cannot be read.
    """
    digest = hashlib.sha256(f"{format} {__version__}".encode())
    for path in [*files, package_files("turkmen_ner").joinpath("data/words.json")]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:24]


@cache
def _code_key() -> str:
    return key_of(FORMAT)


# --- bytes -----------------------------------------------------------------------------------------------------------


def pack(kind: str, content: Any, key: str = "") -> bytes:
    """Content as bytes that say what they are. key (str): Of what it was compiled from, see `key_of`."""
    body = bytes(srsly.msgpack_dumps(content))
    checksum = hashlib.sha256(body).hexdigest()
    head = dict(zip(_HEAD, (kind, FORMAT, __version__, key, len(body), checksum), strict=True))
    return json.dumps(head).encode() + b"\n" + body


def unpack(data: bytes, kind: str, where: str, key: str | None = None) -> Any:
    """The content that `pack` was given.

    where (str): What the error calls it, as the path of the file. key (str): That it must have; None for any.
    RAISES (PatternError): If it is not whole, or of another kind, format or key: what was found and was expected.
    """

    def refuse(found: str, expected: str) -> NoReturn:
        raise PatternError(Problem(where, 0, "", f"found {found}", expected))

    first, end, body = data.partition(b"\n")
    head = _head(first) if end else None
    if head is None:
        start = b'{"kind": "turkmen_ner'
        if data[: len(start)] == start[: len(data)]:
            refuse("the beginning of it" if data else "nothing", _CALLED[kind])
        refuse("something else", f"{_CALLED[kind]}: a line of JSON with {', '.join(_HEAD)}")
    if head["kind"] != kind:
        refuse(_CALLED.get(head["kind"], "another kind of file"), _CALLED[kind])
    if head["format"] != FORMAT:
        ours = f"format {FORMAT}, which turkmen_ner {__version__} reads"
        refuse(f"format {head['format']} of turkmen_ner {head['version']:.20}", ours)
    if key is not None and head["key"] != key:
        refuse("a file of another version", "one compiled anew by this one")
    if len(body) != head["size"]:
        refuse(f"{len(body)} bytes of patterns", f"{head['size']}; was it cut short?")
    if hashlib.sha256(body).hexdigest() != head["sha256"]:
        refuse("other bytes than were saved", f"the checksum {head['sha256'][:12]}…")
    try:
        with no_collection():  # srsly turns it off and, where it raises, not on
            return srsly.msgpack_loads(body)
    except Exception as error:  # whatever the decoders of numpy's arrays raise
        raise _other(where, error) from None


def _head(line: bytes) -> Mapping[str, Any] | None:
    """The head, None where it is none."""
    try:
        head = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(head, dict) or any(type(head.get(key)) is not kind for key, kind in _HEAD.items()):
        return None
    return head


def _other(where: str, error: Exception) -> PatternError:
    return PatternError(Problem(where, 0, "", "found other data", f"patterns in format {FORMAT} ({error})"))


_FORGED = (ValueError, TypeError, LookupError, AttributeError, RecursionError)  # by data that `to_data` never gave


# --- saved with a pipeline -------------------------------------------------------------------------------------------


def save(names: Gazetteer) -> bytes:
    """A gazetteer as bytes that say what they are.

    >>> from turkmen_ner.patterns.compiler import compile
    >>> from turkmen_ner.patterns.reader import read
    >>> saved = save(compile(read([{"label": "CITY", "id": "x", "pattern": "Zahyrap"}])))
    >>> saved[:28], [entry.id for entry in restore(saved).entries]
    (b'{"kind": "turkmen_ner saved"', ['x'])
    """
    return pack(SAVED, names.to_data())


def restore(saved: bytes, where: str = "the saved patterns", *, kind: str = SAVED, key: str | None = None) -> Gazetteer:
    """The gazetteer that `save` was given; its rules are as they stand there, see `patterns.stored`.

    where (str): What the error calls it, as the path of the file. kind, key (str): See `unpack`.
    RAISES (PatternError): If it is not whole, or of another kind or format: what was found and what was expected.
    """
    content = unpack(saved, kind, where, key)
    try:
        return Gazetteer.from_data(content)
    except _FORGED as error:
        raise _other(where, error) from None


# --- files -----------------------------------------------------------------------------------------------------------


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all. RAISES (OSError): If it cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except OSError:  # the disk is full
        with suppress(OSError):
            os.unlink(name)
        raise


def write_compiled(path: Path, overlays: Sequence[Overlay]) -> None:
    """Write a user's compiled file. RAISES (OSError): If it cannot be written."""
    write(path, pack(OWN, [one.to_data() for one in overlays], _code_key()))


def read_compiled(data: bytes, where: str) -> list[Overlay]:
    """The overlays of a user's compiled file. where (str): Its path.

    RAISES (PatternError): If it is damaged, or was compiled by another version.
    """
    content = unpack(data, OWN, where, _code_key())
    try:
        return [Overlay.from_data(one) for one in of_type(list, content)]
    except _FORGED as error:
        raise _other(where, error) from None
