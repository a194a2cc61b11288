"""Compiled files: a checksum, and msgpack with a key that says what it was made of and by which code.

A file that is cut short, damaged, or made by another version is never used in part.
"""

import gc
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

import srsly

from turkmen_ner._version import __version__
from turkmen_ner.errors import PatternError

FORMAT = 3  # of what `to_data` gives; a change makes every compiled file stale, and see tools/save_model.py


COMPILED = ".msgpack"  # the ending of a user's compiled file
_CHECK = 32  # bytes of the checksum


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


def load(path: Path, key: str) -> Any:
    """What was compiled under this key, None when the file has anything else."""
    try:
        found = _unpack(path.read_bytes())
    except (OSError, ValueError, TypeError):
        return None
    return found["content"] if found["key"] == key else None


def _unpack(blob: bytes) -> Mapping[str, Any]:
    """RAISES (ValueError): If it is not a whole compiled file."""
    body = memoryview(blob)[_CHECK:]
    if hashlib.sha256(body).digest() != blob[:_CHECK]:
        raise ValueError("another checksum")
    found = srsly.msgpack_loads(body, use_list=True)
    if not isinstance(found, dict) or not found.keys() >= {"key", "content"}:
        raise ValueError("other keys")
    return found


def save(path: Path, key: str, content: Any) -> None:
    """Write a compiled file whole or not at all. RAISES (OSError): If it cannot be written."""
    body = srsly.msgpack_dumps({"key": key, "content": content})
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(body).digest())
            file.write(body)
        os.replace(name, path)
    except OSError:  # the disk is full
        with suppress(OSError):
            os.unlink(name)
        raise


def save_layers(path: Path, layers: Sequence[Mapping[str, Any]]) -> None:
    """Write a user's compiled file. RAISES (OSError): If it cannot be written."""
    save(path, _code_key(), {"layers": list(layers)})


def layers_in(path: Path) -> list[Mapping[str, Any]]:
    """The layers of a user's compiled file.

    RAISES (PatternError): If it cannot be read, is damaged, or was compiled by another version.
    """
    if path.exists() and not path.is_file():  # a pipe or a device could go on for ever
        raise PatternError(f"{path}: found no file, expected a compiled one")
    try:
        found = _unpack(path.read_bytes())
    except OSError as error:
        raise PatternError(f"{path}: cannot be read ({error.strerror}), expected a compiled file") from None
    except (ValueError, TypeError):
        raise PatternError(f"{path}: found a damaged file or one of another kind, expected a compiled one") from None
    content = found["content"]
    if found["key"] != _code_key() or not isinstance(content, dict) or "layers" not in content:
        raise PatternError(f"{path}: found a file of another version, expected one compiled anew by this one")
    return list(content["layers"])
