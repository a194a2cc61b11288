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
