"""The error of wrong patterns, on its own: what only reads compiled patterns needs no more."""

from turkmen_ner.mistakes import Mistake

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
