"""Bracket notation: text with its names marked, as in seeds/ and in the `yes` and `no` sentences of rules.

`[Bengazä|CITY]` is a name and its label, `[Bengazä|CITY|Bengazi|Dat]` has its base form and case as well;
a backslash makes a literal bracket. See seeds/README.md.
"""

import re
from typing import NamedTuple

_TOKEN = re.compile(r"\\([\[\]\\])|([\[\]])")


class Marked(NamedTuple):
    """A marked name: offsets into the plain text in Python characters, label, and if given base form and case."""

    start: int
    end: int
    label: str
    name: str = ""
    case: str = ""


class Notation(NamedTuple):
    """A text without brackets, and the names that were marked in it, in order."""

    text: str
    names: tuple[Marked, ...]


def parse(text: str) -> Notation:
    r"""Read bracket notation.

    RETURNS (Notation): The plain text and its marked names; `text[n.start:n.end]` is what stood in the bracket.
    RAISES (ValueError): For a bracket that is nested, open, empty or has another number of fields than two or four.

    >>> parse("[BMG-niň|BODY|BMG|Gen] wekili geldi.")
    Notation(text='BMG-niň wekili geldi.', names=(Marked(start=0, end=7, label='BODY', name='BMG', case='Gen'),))
    >>> parse(r"Ol [Aşgabatda|CITY] \[sic\].").text
    'Ol Aşgabatda [sic].'
    """
    plain: list[str] = []
    names: list[Marked] = []
    length = done = 0
    opened: int | None = None  # place of the open bracket in `text`
    field = ""  # what the open bracket holds so far

    def keep(part: str) -> None:
        nonlocal length, field
        if opened is None:
            plain.append(part)
            length += len(part)
        else:
            field += part

    for token in _TOKEN.finditer(text):
        keep(text[done : token.start()])
        done = token.end()
        if token[1]:
            keep(token[1])
        elif token[2] == "[":
            if opened is not None:
                raise ValueError(f"column {token.start() + 1}: a bracket inside a bracket; expected [name|LABEL]")
            opened, field = token.start(), ""
        elif opened is None:
            raise ValueError(rf"column {token.start() + 1}: a bracket closes that was not opened; a literal one is \]")
        else:
            mark = _marked(field, length, opened + 1)
            opened = None
            keep(field.split("|", 1)[0])
            names.append(mark)
    if opened is not None:
        raise ValueError(rf"column {opened + 1}: a bracket that is never closed; a literal one is \[")
    keep(text[done:])
    return Notation("".join(plain), tuple(names))


def _marked(field: str, start: int, column: int) -> Marked:
    fields = field.split("|")
    if len(fields) not in (2, 4) or not all(fields):
        raise ValueError(f"column {column}: found [{field}], expected [name|LABEL] or [name|LABEL|base form|Case]")
    return Marked(start, start + len(fields[0]), *fields[1:])


def strip(text: str) -> str:
    """The text without its brackets.

    >>> strip("[Moskwa|CITY]-[Waşington|CITY]")
    'Moskwa-Waşington'
    """
    return parse(text).text
