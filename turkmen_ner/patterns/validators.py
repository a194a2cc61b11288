"""Values of pattern files: strings, truth values, and what every pipeline can hold."""

import re
from collections.abc import Mapping
from typing import Any

from turkmen_ner.errors import short

MAX_STRING = 1_000  # characters of a name, a word, an id or a label; the longest shipped has 147
MAX_TEXT = 10_000  # characters of a sentence or a note

_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def string(value: Any, most: int = MAX_STRING) -> str:
    """A string of at most so many characters that UTF-8 can hold and that has no control characters.

    RAISES (ValueError): If it is something else.
    """
    if not isinstance(value, str):
        raise ValueError(f"expected a string, not {kind_of(value)}")
    if len(value) > most:
        raise ValueError(f"expected at most {most:,} characters, not {len(value):,}")
    if not value.isprintable() and (found := _UNFIT.search(value)) is not None:
        what = "half of a surrogate pair" if found[0] >= "\ud800" else "a control character"
        raise ValueError(f"expected letters, signs and spaces, not {what} ({found[0]!r})")
    if "${" in value:
        raise ValueError("expected no ${, which spaCy replaces when a pipeline with it is loaded")
    return value if type(value) is str else str.__str__(value)


def kind_of(value: Any) -> str:
    """The type of a value, without what is ours."""
    kinds = ((Mapping, "mapping"), (list, "list"))
    return next((name for kind, name in kinds if isinstance(value, kind)), type(value).__name__)


def truth(value: Any) -> bool:
    """True or False, also as YAML writes it. RAISES (ValueError): If it is something else.

    >>> truth("true"), truth(False)
    (True, False)
    """
    if isinstance(value, (bool, str)) and value in (True, "true"):
        return True
    if isinstance(value, (bool, str)) and value in (False, "false"):
        return False
    raise ValueError("expected true or false")


MAX_PLAIN = 50  # lists and mappings inside each other
_MAX_SIZE = 50_000_000  # values, with those that are shared counted as often as they would be written


def plain(value: Any) -> Any:
    """A value in lists, dicts, strings, numbers and truth values alone, as JSON and a spaCy config hold it.

    RAISES (ValueError): For anything else, one that holds itself, or one that would be huge written out.

    >>> plain(({"maybe": True}, "Ak"))
    [{'maybe': True}, 'Ak']
    """
    if type(value) is dict and _FLAT.issuperset(map(type, value.values())) and {str}.issuperset(map(type, value)):
        return value  # an entry without aliases: a list of names may have a million
    return _Plain().copy(value, MAX_PLAIN)[0]


class _Plain:
    def __init__(self) -> None:
        self.known: dict[int, tuple[Any, int]] = {}  # by identity: the copy and its size

    def copy(self, value: Any, depth: int) -> tuple[Any, int]:
        for kind in _SCALARS:
            if isinstance(value, kind):
                return kind(value), 1
        if value is None:
            return None, 1
        if not isinstance(value, (Mapping, list, tuple)) or depth == 0:
            raise ValueError(f"found {short(value)}, expected plain strings, lists and mappings")
        if id(value) in self.known:
            return self.known[id(value)]
        if isinstance(value, Mapping):
            if not all(isinstance(key, str) for key in value):
                raise ValueError(f"found {short(value)}, expected keys that are strings")
            rows = [self.copy(one, depth - 1) for one in value.values()]
            found: Any = dict(zip(map(str, value), [one for one, _ in rows], strict=True))
        else:
            rows = [self.copy(one, depth - 1) for one in value]
            found = [one for one, _ in rows]
        size = 1 + sum(size for _, size in rows)
        if size > _MAX_SIZE:
            raise ValueError(f"found {size:,} values, expected at most {_MAX_SIZE:,}")
        self.known[id(value)] = found, size
        return found, size


_FLAT = {bool, str, int, float, type(None)}
_SCALARS: tuple[type, ...] = (bool, str, int, float)
