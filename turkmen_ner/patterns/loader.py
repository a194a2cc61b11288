"""From sources to a gazetteer: pattern files, entries and compiled files, laid over the names below."""

import os
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from turkmen_ner.errors import PatternError, Problem
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.gazetteer.overlay import Overlay, merge
from turkmen_ner.gazetteer.serialization import COMPILED, read_compiled
from turkmen_ner.patterns.compiler import check_lists, overlay
from turkmen_ner.patterns.files import read_bytes
from turkmen_ner.patterns.pattern_set import Patterns
from turkmen_ner.patterns.reader import Reader, Source, listed
from turkmen_ner.patterns.stored import check_rules


def load(sources: Iterable[Source], base: Gazetteer) -> tuple[Gazetteer, list[Overlay]]:
    """The gazetteer of sources over a base, and what they lay over it: all between two compiled files is one overlay.

    RAISES (PatternError): If one is wrong, with all that is wrong in any. (TypeError): For anything but paths and
        mappings.
    """
    reader = Reader(base, simple=True)
    overlays: list[Overlay] = []

    def add(more: Iterable[Overlay]) -> None:
        for one in more if not reader.problems else ():
            reader.patterns = Patterns(merge(reader.patterns.base, one))
            overlays.append(one)

    for compiled, group in groupby(listed(sources), key=_is_compiled):
        if not compiled:
            reader.sources(group)
            add([overlay(reader.patterns)] if not reader.problems else ())
        for path in group if compiled else ():
            try:
                add(_read(Path(path)))  # type: ignore[arg-type]  # no mapping is one
            except PatternError as error:
                reader.refuse(error)
    reader.problems += reader.unasked()
    if reader.problems:
        reader.done()
    check_lists(reader.patterns.base)
    return reader.patterns.base, overlays


def _read(path: Path) -> list[Overlay]:
    try:
        data = read_bytes(path)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL
        if isinstance(error, PatternError):
            raise
        why = getattr(error, "strerror", None) or str(error)
        raise PatternError(Problem(str(path), 0, "", f"cannot be read ({why})", "a compiled file")) from None
    found = read_compiled(data, str(path))
    for one in found:
        check_rules(one.rules, str(path))
    return found


def _is_compiled(source: Any) -> bool:
    return isinstance(source, (str, os.PathLike)) and Path(source).suffix == COMPILED
