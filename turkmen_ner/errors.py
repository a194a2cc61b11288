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
class Problem:
    """One thing that is wrong in patterns: where it stands, what was found and what was expected.

    file (str): Name or path, or <patterns>. line (int): 0 when unknown. entry (str): Its id, form or key, or "".
    found, expected (str): The message; the second part is "" where the first says all.
    number (int): Which entry of its file it is, from 1; 0 when that is not said.
    severity (str): "" for what is refused when it is read, else `error` or `warning`, for what `check` reports.

    >>> print(Problem("my.yaml", 3, "bengazi", "label: found none", "one here or for the file", number=1))
    my.yaml:3: entry 1 (bengazi): label: found none, expected one here or for the file
    """

    file: str
    line: int
    entry: str
    found: str
    expected: str = ""
    number: int = 0
    severity: str = ""

    @property
    def error(self) -> bool:
        """Whether it is more than a warning."""
        return self.severity != "warning"

    @property
    def message(self) -> str:
        """What was found and what was expected."""
        mark = ";" if self.found.startswith(("unknown key", "not well-formed")) else ","
        return f"{self.found}{mark} expected {self.expected}" if self.expected else self.found

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        if self.severity:
            entry = f" {self.entry}:" if self.entry else ""
            advice = f", try {self.expected}" if self.expected else ""
            return one_line(f"{where}: {self.severity}:{entry} {self.found}{advice}")
        name = f"({self.entry})" if self.entry else ""
        entry = f"entry {self.number} {name}".strip() if self.number else name
        return one_line(": ".join(part for part in (where, entry, self.message) if part))


MAX_SHOWN = 50  # errors in the message; all are in `PatternError.errors`


class PatternError(ValueError):
    """Pattern files or entries that are wrong: file, line, entry, value and what was expected, one line each.

    errors (tuple of Problem): All of them; the message has the first `MAX_SHOWN`.

    >>> raise PatternError("my.yaml:3: found the id 'x' a second time, expected each id once")
    Traceback (most recent call last):
    turkmen_ner.errors.PatternError: my.yaml:3: found the id 'x' a second time, expected each id once
    """

    def __init__(self, *errors: Problem | str) -> None:
        found: list[Problem] = []
        for error in errors:
            found += [error] if isinstance(error, Problem) else [Problem("", 0, "", e) for e in error.splitlines()]
        self.errors = tuple(dict.fromkeys(found))
        super().__init__(*self.errors)

    def __str__(self) -> str:
        more = len(self.errors) - MAX_SHOWN
        return "\n".join([*map(str, self.errors[:MAX_SHOWN])] + ([f"… and {more:,} more"] if more > 0 else []))


def place(source: str) -> tuple[str, int]:
    """File and line of where an entry was read."""
    file, _, line = source.rpartition(":")
    return (file, int(line)) if file and line.isdecimal() else (source, 0)
