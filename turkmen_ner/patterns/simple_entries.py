"""Plain entries: a label, a name, its spellings and no more, checked without pydantic and kept as columns.

A list of a million names is of these. Whatever is not surely right here is left to rules.py, which says what is wrong.
"""

import re
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from turkmen_ner.errors import PatternError
from turkmen_ner.gazetteer.columns import Strings
from turkmen_ner.gazetteer.entry import MAYBE
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.gazetteer.table import Names, Rower
from turkmen_ner.orthography.alphabet import slug
from turkmen_ner.orthography.segmentation import key_words
from turkmen_ner.patterns.compiler import add_form, lay, plain_flags

KEYS = frozenset({"label", "id", "pattern", "aliases", "kb", "maybe", "note"})
MAX_WORDS = 30
_LONG = 200  # characters
_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*").fullmatch
_LABEL = re.compile(r"[A-Z][A-Z0-9_]*").fullmatch
_TRUTHS = {True: True, "true": True, False: False, "false": False}


class Run:
    """Plain entries of one file, or given one after the other.

    names (Names): Their columns. made (bytes): 1 for an entry whose id is its name as an id, until it meets others.
    """

    def __init__(self, names: Names, made: bytes) -> None:
        self.names = names
        self.made = made

    def over(self, below: Gazetteer) -> Gazetteer:
        """The gazetteer of the names below and of these. RAISES (PatternError): If an id stands twice in the run."""
        taken = below.numbers
        ids = list(self.names.ids)
        if len(set(ids)) == len(ids) and taken.keys().isdisjoint(ids):
            return lay(below, self.names, array("i", [-1]) * len(ids))
        ids = self._settled(ids, below)
        at = [taken.get(id, -1) for id in ids]
        return lay(
            below, replace(self.names, ids=Strings.of(ids)), at, replaced={number for number in at if number >= 0}
        )

    def _settled(self, ids: Sequence[str], below: Gazetteer) -> list[str]:
        """The ids; one that was made from a name gets a number when something else has it, as in rules.py."""
        names = self.names
        firsts = names.first_forms()
        own: dict[str, int] = {}
        problems = []
        for row, id in enumerate(ids):
            key, number = id, 1
            while self.made[row]:
                thing = (names.labels[row], names.written[firsts[row]])
                if key in own:
                    other: tuple[str, Any] = (names.labels[own[key]], names.written[firsts[own[key]]])
                elif key in below.numbers:
                    other = below.thing(below.numbers[key])
                else:
                    break
                if other == thing:
                    break
                number += 1
                key = f"{id}-{number}"
            if key in own:
                problems.append(
                    f"{names.source(row)}: found the id {key!r} a second time, first at {names.source(own[key])}, "
                    "expected each id once"
                )
            own[key] = row
        if problems:
            raise PatternError("\n".join(problems))
        return list(own)

    def to_data(self) -> dict[str, Any]:
        """Plain values, for a compiled file."""
        return {"names": self.names.to_data(), "made": self.made}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Run":
        """The run that `to_data` described."""
        return cls(Names.from_data(data["names"]), data["made"])


def run_of(
    entries: Any, file: str, label: Any = None, line: Callable[[int, Any], int] = lambda number, row: 0
) -> Run | None:
    """The entries of a file when all are plain and right, else None.

    label (str): The file's. line (callable): The line of an entry by its number from 0 and itself, 0 without lines.
    """
    if not isinstance(entries, (list, tuple)):
        return None
    rower = Rower()
    made = bytearray()
    labels: dict[Any, str | None] = {}
    for number, row in enumerate(entries):
        if not isinstance(row, dict) or not KEYS.issuperset(row):
            return None
        written, id, kb, note = _text(row.get("pattern")), row.get("id"), row.get("kb"), row.get("note")
        maybe, aliases, kind = row.get("maybe", False), row.get("aliases", ()), row.get("label", label)
        words = _words(written)
        if not words or type(kind) is not str or type(maybe) not in (bool, str) or maybe not in _TRUTHS:
            return None
        if kind not in labels:
            labels[kind] = _label(kind)
        found = labels[kind]
        if found is None or not isinstance(aliases, (list, tuple)) or (note is not None and not _text(note)):
            return None
        made.append(id is None)
        key = slug(written) if id is None else _text(id)
        if not _ID(key) or (kb is not None and not _text(kb)):
            return None
        at = line(number, row)
        rower.entry(key, found, _text(kb), (f"{file}:", at) if at else (f"{file} entry ", number + 1))
        flags = plain_flags(written, found, words)
        add_form(rower, written, words, flags | MAYBE if _TRUTHS[maybe] else flags)
        if aliases:
            seen = {tuple(words)}
            for alias in aliases:
                written = _text(alias)
                words = _words(written)
                if not words:
                    return None
                if tuple(words) not in seen:
                    seen.add(tuple(words))
                    add_form(rower, written, words, plain_flags(written, found, words))
    return Run(rower.names(), bytes(made))


def document_run(document: Any, file: str) -> Run | None:
    """The entries of a document that has no more than plain entries and perhaps their label, else None."""
    if not isinstance(document, dict) or not document.keys() <= {"label", "patterns"} or "patterns" not in document:
        return None
    label = document.get("label")
    if label is not None and (type(label) is not str or _label(label) is None):
        return None
    return run_of(document["patterns"], file, label, lambda number, row: getattr(row, "line", 0))


def _text(value: Any) -> str:
    """A string without white space around it; empty for anything else, and for one with a sign that may be wrong."""
    return (
        value.strip() if type(value) is str and value.isprintable() and "$" not in value and len(value) < _LONG else ""
    )


def _label(value: str) -> str | None:
    stripped = value.strip()
    return stripped if _LABEL(stripped) else None


def _words(written: str) -> list[str]:
    """The folded words of a name; none if it may be wrong."""
    if len(written) >= 2 * MAX_WORDS and len(written.split()) > MAX_WORDS:
        return []
    words = key_words(written)
    return words if words and words[0][0].isalnum() else []
