"""What is wrong in patterns, and where: one line each, that can be printed whatever was found."""

from dataclasses import dataclass
from reprlib import Repr
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong: where it stands, what it is and what was expected.

    file (str): Name or path, or <patterns>. line (int): 0 when unknown. entry (str): Like `entry 3 (bengazi)`, or "".
    """

    file: str
    line: int
    entry: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return one_line(": ".join(part for part in (where, self.entry, self.message) if part))


MAX_SHOWN = 50  # errors in the message; all are in `PatternError.errors`


class PatternError(ValueError):
    """Pattern files or entries that are wrong: file, line, entry, value and what was expected, one line each.

    errors (tuple of Mistake): All of them; the message has the first `MAX_SHOWN`.

    >>> raise PatternError("my.yaml:3: found the id 'x' a second time, expected each id once")
    Traceback (most recent call last):
    turkmen_ner.errors.PatternError: my.yaml:3: found the id 'x' a second time, expected each id once
    """

    def __init__(self, *errors: Mistake | str) -> None:
        found: list[Mistake] = []
        for error in errors:
            found += [error] if isinstance(error, Mistake) else [Mistake("", 0, "", e) for e in error.splitlines()]
        self.errors = tuple(dict.fromkeys(found))
        super().__init__(*self.errors)

    def __str__(self) -> str:
        more = len(self.errors) - MAX_SHOWN
        return "\n".join([*map(str, self.errors[:MAX_SHOWN])] + ([f"… and {more:,} more"] if more > 0 else []))


def _place(source: str) -> tuple[str, int]:
    """File and line of where an entry was read."""
    file, _, line = source.rpartition(":")
    return (file, int(line)) if file and line.isdecimal() else (source, 0)
