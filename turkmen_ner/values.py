"""Values of pattern files: strings that every pipeline can hold, and values as messages show them."""

import re
from collections.abc import Mapping
from reprlib import Repr
from typing import Any

MAX_STRING = 1_000  # characters of a name, a word, an id or a label; the longest shipped has 147
MAX_TEXT = 10_000  # characters of a sentence or a note

_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

_shown = Repr()
_shown.maxstring = _shown.maxother = _shown.maxlong = 77
_shown.maxlist = _shown.maxtuple = _shown.maxset = _shown.maxfrozenset = _shown.maxdict = 4
_shown.maxlevel = 4


def short(value: Any, most: int = 80) -> str:
    """A value as it is written in Python, shortened: of any size, depth and type, and in one line.

    >>> short({"IS_TITLE": "maybe"}), short("gämi" * 30)
    ("{'IS_TITLE': 'maybe'}", "'gämigämigämigämigämigämigämigämigämi...gämigämigämigämigämigämigämigämigämi'")
    """
    try:
        shown = one_line(_shown.repr(value))
    except Exception:  # a number too long to be written, or an object of the caller that cannot show itself
        shown = f"<{type(value).__name__}>"
    return shown if len(shown) < most else shown[: most - 3] + "..."


def one_line(text: str) -> str:
    r"""A text that can be printed: what cannot be seen, or is half of a character, as its escape.

    >>> one_line("Ak\nguş\ud800")
    'Ak\\nguş\\ud800'
    """
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def string(value: Any, most: int = MAX_STRING) -> str:
    """A string of at most so many characters that UTF-8 can hold and that has no control characters.

    RAISES (ValueError): If it is something else.
    """
    if not isinstance(value, str):
        raise ValueError(f"expected a string, not {type(value).__name__}")
    if len(value) > most:
        raise ValueError(f"expected at most {most:,} characters, not {len(value):,}")
    if not value.isprintable() and (found := _UNFIT.search(value)) is not None:
        what = "half of a surrogate pair" if found[0] >= "\ud800" else "a control character"
        raise ValueError(f"expected letters, signs and spaces, not {what} ({found[0]!r})")
    if "${" in value:
        raise ValueError("expected no ${, which spaCy replaces when a pipeline with it is loaded")
    return value if type(value) is str else str.__str__(value)


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
    """A copy of a value in lists, dicts, strings, numbers and truth values alone, as JSON and a spaCy config hold it.

    RAISES (ValueError): For anything else, one that holds itself, or one that would be huge written out.

    >>> plain(({"maybe": True}, "Ak"))
    [{'maybe': True}, 'Ak']
    """
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


_SCALARS: tuple[type, ...] = (bool, str, int, float)
