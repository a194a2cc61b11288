"""A name with what stands around it, in one line: for people who review names and errors."""

import unicodedata
from collections.abc import Mapping
from textwrap import shorten


def excerpt(text: str, start: int, end: int, width: int = 40) -> str:
    r"""The characters start to end in brackets, between whole words of the same paragraph.

    text (str): Any text. start, end (int): Offsets into it in Python characters.
    width (int): The most characters on each side.
    RETURNS (str): One line, printable; `…` where the paragraph goes on.

    >>> excerpt("Täzelikler\nBu barada sözçi Nurdan Weliçko penşenbe güni aýtdy.", 27, 41, 12)
    '… sözçi [Nurdan Weliçko] penşenbe …'
    """
    near = 4 * width
    before = text[max(0, start - near) : start].rpartition("\n")[2]
    after = text[end : end + near].partition("\n")[0]
    left = _beginning(printable(before)[::-1], width)[::-1]
    return f"{left}[{one_line(text[start:end])}]{_beginning(printable(after), width)}"


def _beginning(text: str, width: int) -> str:
    if not text.strip():
        return ""
    return " " * text[:1].isspace() + shorten(text, width, placeholder=" …", break_on_hyphens=False)


def printable(text: str) -> str:
    r"""Composed letters (NFC), no invisible characters, a space for each control character.

    >>> printable("Ma\u0301ry\u200b\tşäheri")
    'Máry şäheri'
    """
    visible = "".join([c if c.isprintable() else "" if unicodedata.category(c) == "Cf" else " " for c in text])
    return unicodedata.normalize("NFC", visible)


def one_line(text: str) -> str:
    r"""The same, with single spaces between words.

    >>> one_line("Milli Goranmak\n  ministrligi")
    'Milli Goranmak ministrligi'
    """
    return " ".join(printable(text).split())


def features_text(features: Mapping[str, str]) -> str:
    """Features in one string, as CoNLL-U writes them.

    >>> features_text({"Case": "Loc", "Number": "Plur"})
    'Case=Loc|Number=Plur'
    """
    return "|".join([f"{name}={value}" for name, value in features.items()])
