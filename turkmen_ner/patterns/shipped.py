"""Compiled patterns: YAML is for authors; a pipeline loads a compiled form, kept by the hash of its content.

A wheel carries the shipped patterns compiled; a checkout compiles them once into the user's cache folder. A
compiled file that is damaged, or was made from other patterns or by another version, is made anew.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from functools import cache, lru_cache
from importlib.resources import files as package_files
from pathlib import Path
from typing import TYPE_CHECKING

from turkmen_ner.errors import PatternError, Problem
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.gazetteer.overlay import Overlay
from turkmen_ner.gazetteer.serialization import (
    COMPILED,
    FORMAT,
    SHIPPED,
    key_of,
    no_collection,
    pack,
    write,
    write_compiled,
)
from turkmen_ner.orthography.alphabet import fold
from turkmen_ner.patterns.files import files_of, read_bytes
from turkmen_ner.patterns.stored import restored

if TYPE_CHECKING:
    from turkmen_ner.patterns.reader import Source


@cache
def shipped_bases(lenient: bool = False) -> frozenset[str]:
    """The folded base forms of the shipped one-word names, for `analyse`; `lenient` as in `fold`."""
    return frozenset(fold(key, lenient) for key in shipped().phrases if " " not in key)


def patterns_folder() -> Path:
    """The shipped patterns: in the package when installed, else the repository's."""
    package = Path(__file__).parents[1]
    inside = package / "data" / "patterns"
    return inside if inside.is_dir() else package.parent / "patterns"


def cache_folder() -> Path:
    """Where compiled patterns are kept: $TURKMEN_NER_CACHE, or turkmen_ner in the user's cache folder."""
    if own := os.environ.get("TURKMEN_NER_CACHE"):
        return Path(own)
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "turkmen_ner"
    except RuntimeError:  # a user without a home, as in some containers: nothing is kept
        return Path(os.devnull) / "turkmen_ner"


@lru_cache(maxsize=1)
def shipped() -> Gazetteer:
    """The gazetteer of the shipped patterns, compiled at most once on a machine."""
    folder = patterns_folder()
    inside = package_files("turkmen_ner").joinpath("data/patterns/compiled.msgpack")
    if not folder.is_dir() and inside.is_file():  # a package in a zip: nothing that could have changed
        return restored(inside.read_bytes(), str(inside), kind=SHIPPED)
    key = _key(folder)
    kept = cache_folder() / f"patterns-{key}.msgpack"
    with no_collection():
        for path in (folder / "compiled.msgpack", kept):
            with suppress(OSError, ValueError):  # ValueError: a PatternError, too
                return restored(read_bytes(path), str(path), kind=SHIPPED, key=key)
    made = _read_shipped()
    with suppress(OSError):  # a folder that cannot be written is no error
        write(kept, pack(SHIPPED, made.to_data(), key))
    return made


def compile_to(path: Path) -> Gazetteer:
    """Compile the shipped patterns into a file, and return them. RAISES (OSError): If it cannot be written."""
    made = _read_shipped()
    write(path, pack(SHIPPED, made.to_data(), _key(patterns_folder())))
    return made


def _read_shipped() -> Gazetteer:
    from turkmen_ner.patterns.compiler import compile
    from turkmen_ner.patterns.reader import read

    with no_collection():
        return compile(read([patterns_folder()]))


def compile_patterns(patterns: Sequence["Source"], path: str | os.PathLike[str], *, shipped: bool = True) -> int:
    """Compile a user's patterns into a file that `load(patterns=[path])` reads: a million names in two seconds.

    patterns (list): Paths and entries, as `load` takes them. path (str): The file to write, ending in .msgpack. It is
        for this version of the library; after an update it is refused, and is to be compiled anew.
    shipped (bool): Whether they may add to shipped entries, or remove them; they are not part of the file.
    RETURNS (int): The entries that a pipeline with this file has, the shipped ones with them.
    RAISES (PatternError): If a pattern is wrong. (ValueError): If the path ends otherwise. (OSError): If it cannot be
        written.
    """
    target = Path(path)
    if target.suffix != COMPILED:
        raise ValueError(f"expected a path that ends in {COMPILED}, not {str(path)!r}")
    made, overlays = _load(patterns, shipped)
    write_compiled(target, overlays)
    return len(made.entries)


def gazetteer(patterns: Sequence["Source"], use_shipped: bool) -> Gazetteer:
    """The gazetteer of a user's patterns, over the shipped ones when `use_shipped`."""
    if not patterns:
        return shipped() if use_shipped else Gazetteer.empty()
    return _load(patterns, use_shipped)[0]


def _load(patterns: Sequence["Source"], use_shipped: bool) -> tuple[Gazetteer, list[Overlay]]:
    from turkmen_ner.patterns.loader import load

    base = shipped() if use_shipped else Gazetteer.empty()
    with no_collection():
        return load(patterns, base)


def _key(folder: Path) -> str:
    try:
        return key_of(FORMAT, files_of(folder))
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise PatternError(Problem(str(folder), 0, "", what, "the folder of shipped patterns")) from None
