"""Compiled patterns: YAML is for authors; a pipeline loads a compiled form, kept by the hash of its content.

A wheel carries the shipped patterns compiled; a checkout compiles them once into the user's cache folder. A
compiled file that is damaged, or was made from other patterns or by another version, is made anew.
"""

import gc
import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import srsly

from turkmen_ner.errors import PatternError
from turkmen_ner.files import files_of
from turkmen_ner.gazetteer import FORMAT, Gazetteer

if TYPE_CHECKING:
    from turkmen_ner.rules import Source


_MODULES = (  # what a compiled file is made by
    "alphabet", "columns", "gazetteer", "harmony", "layers", "names", "rules", "token_syntax", "vocabulary",
)  # fmt: skip


def patterns_folder() -> Path:
    """The shipped patterns: in the package when installed, else the repository's."""
    inside = Path(__file__).parent / "patterns"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "patterns"


def cache_folder() -> Path:
    """Where compiled patterns are kept: $TURKMEN_NER_CACHE, or turkmen_ner in the user's cache folder."""
    if own := os.environ.get("TURKMEN_NER_CACHE"):
        return Path(own)
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "turkmen_ner"
    except RuntimeError:  # a user without a home, as in some containers: nothing is kept
        return Path(os.devnull) / "turkmen_ner"


@contextmanager
def _no_collection() -> Iterator[None]:
    """No garbage collection meanwhile: making a hundred thousand values that stay, it takes most of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@lru_cache(maxsize=1)
def shipped() -> Gazetteer:
    """The gazetteer of the shipped patterns, compiled at most once on a machine."""
    folder = patterns_folder()
    key = _key(folder)
    inside = folder / "compiled.msgpack"
    for path in (inside, cache_folder() / f"patterns-{key}.msgpack"):
        if (data := _load(path, key)) is not None:
            with _no_collection():
                return Gazetteer.from_data(data)
    return compile_to(cache_folder() / f"patterns-{key}.msgpack")


def compile_to(path: Path) -> Gazetteer:
    """Compile the shipped patterns into a file, and return them."""
    from turkmen_ner.rules import read

    folder = patterns_folder()
    with _no_collection():
        gazetteer = Gazetteer.build(read([folder]))
    _save(path, _key(folder), gazetteer.to_data())
    return gazetteer


def gazetteer(patterns: "Sequence[Source]", use_shipped: bool) -> Gazetteer:
    """The gazetteer of one's own patterns, laid over the shipped ones when `use_shipped`."""
    below = shipped() if use_shipped else Gazetteer.empty()
    if not patterns:
        return below
    from turkmen_ner.layers import above, over
    from turkmen_ner.rules import read

    with _no_collection():
        return over(read(patterns, above(below)), below)


def _key(folder: Path) -> str:
    digest = hashlib.sha256(f"{FORMAT}".encode())
    package = Path(__file__).parent
    code = [package / f"{module}.py" for module in _MODULES]
    try:
        for path in [*files_of(folder), *code, package / "data" / "words.json"]:
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    except OSError as error:
        raise PatternError(
            f"{folder}: cannot be read ({error.strerror}), expected the folder of shipped patterns"
        ) from None
    return digest.hexdigest()[:24]


def _load(path: Path, key: str) -> dict[str, Any] | None:
    try:
        blob = path.read_bytes()
        check, body = blob[:32], blob[32:]
        if hashlib.sha256(body).digest() != check:
            return None
        data = srsly.msgpack_loads(body)
    except (OSError, ValueError, TypeError):
        return None
    return data["gazetteer"] if isinstance(data, dict) and data.get("key") == key else None


def _save(path: Path, key: str, data: dict[str, Any]) -> None:
    """Write a compiled file whole or not at all; a folder that cannot be written is no error."""
    body = srsly.msgpack_dumps({"key": key, "gazetteer": data})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem)
    except OSError:
        return
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(body).digest() + body)
        os.replace(name, path)
    except OSError:  # the disk is full
        with suppress(OSError):
            os.unlink(name)
