"""Listed names in columns: entries, their forms, and where each form is looked up.

Rows become objects only when a text contains the name. A table never changes: a user's names are another table.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from turkmen_ner.gazetteer.columns import Coded, Places, Strings, all_of_type, lines, numbers, of_type, rising, unpacked
from turkmen_ner.gazetteer.entry import ANY_CASE, POSSESSED
from turkmen_ner.morphology.possession import bare_stem
from turkmen_ner.orthography.alphabet import ASCII
from turkmen_ner.orthography.segmentation import key_words

_LABEL = re.compile(r"[A-Z][A-Z0-9_]*\Z")
_BARE = 2**32 - 1  # the line of a source that does not end in a number


class Lower:
    """The names that count in lower case: how those of one word begin, and the first words of longer ones.

    begins (frozenset): Names of one word without the letter that may change. starts (frozenset): First words.
    """

    __slots__ = ("_lengths", "begins", "starts")

    def __init__(self, begins: Iterable[str] = (), starts: Iterable[str] = ()) -> None:
        self.begins = frozenset(begins)
        self.starts = frozenset(starts)
        self._lengths = sorted({len(begin) for begin in self.begins})

    @classmethod
    def of(cls, names: Iterable[str]) -> "Lower":
        """From names as written."""
        words = [key_words(name) for name in names]
        return cls((w[0][:-1] for w in words if len(w) == 1), (w[0] for w in words if len(w) > 1))

    def may_be(self, word: str) -> bool:
        """Whether a folded word begins like one of the names of one word."""
        return not self.begins.isdisjoint([word[:length] for length in self._lengths])


@dataclass(frozen=True, kw_only=True)
class NameTable:
    """The columns; an entry is a row, a form stands at a place.

    ids, labels, kbs, files, lines: of entries; kbs has only those that have one, a source is its file and line.
    owners (the number of the entry), written, flags: of forms, in the order of their entries.
    places: folded words of a name, joined by spaces -> its forms. prefixes: beginnings of names of several words.
    """

    ids: Strings
    labels: Coded
    kbs: Mapping[int, str]
    files: Coded
    lines: "array[int]"
    owners: "array[int]"
    written: Strings
    flags: bytes
    places: Places
    prefixes: frozenset[str]
    lower: Lower

    def source(self, row: int) -> str:
        """Where an entry is written: cities.yaml:12."""
        line = self.lines[row]
        return self.files.at(row) + (str(line) if line != _BARE else "")

    def places_of(self, row: int) -> range:
        """The places of the forms of an entry."""
        return range(bisect_left(self.owners, row), bisect_right(self.owners, row))

    @cached_property
    def rows(self) -> dict[str, int]:
        """Ids -> their rows; made when first asked for. An entry that was removed where it was read has none."""
        return {id: row for row, id in enumerate(self.ids) if id}

    @cached_property
    def ascii(self) -> tuple[Places, frozenset[str]]:
        """Places and prefixes without the diacritics of Turkmen, for lenient spelling; made when first asked for."""
        places = Places.of((key.translate(ASCII), place) for key, found in self.places.items() for place in found)
        return places, frozenset(key.translate(ASCII) for key in self.prefixes)

    # --- a compiled file -----------------------------------------------------------------------------------------

    def to_data(self) -> dict[str, Any]:
        """Plain values, for a compiled file."""
        return {
            "ids": self.ids.to_data(),
            "labels": self.labels.to_data(),
            "kbs": [list(self.kbs), list(self.kbs.values())],
            "files": self.files.to_data(),
            "lines": self.lines.tobytes(),
            "owners": self.owners.tobytes(),
            "written": self.written.to_data(),
            "flags": bytes(self.flags),
            "places": self.places.to_data(),
            "prefixes": "\n".join(sorted(self.prefixes)),
            "lower": [sorted(self.lower.begins), sorted(self.lower.starts)],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "NameTable":
        """The names that `to_data` described. RAISES (ValueError): If its columns do not fit each other."""
        rows, kbs = data["kbs"]
        begins, starts = data["lower"]
        made = cls(
            ids=Strings.from_data(data["ids"]),
            labels=Coded.from_data(data["labels"]),
            kbs=dict(zip(all_of_type(int, rows), all_of_type(str, kbs), strict=True)),
            files=Coded.from_data(data["files"]),
            lines=unpacked(data["lines"]),
            owners=unpacked(data["owners"]),
            written=Strings.from_data(data["written"]),
            flags=of_type(bytes, data["flags"]),
            places=Places.from_data(data["places"]),
            prefixes=frozenset(lines(of_type(str, data["prefixes"]))),
            lower=Lower(all_of_type(str, begins), all_of_type(str, starts)),
        )
        made._check()
        return made

    def _check(self) -> None:
        entries, forms = len(self.ids), len(self.owners)
        places = self.places.at.values()
        if not (
            entries == len(self.labels) == len(self.files) == len(self.lines)
            and forms == len(self.written) == len(self.flags)
            and max(self.owners, default=-1) < entries
            and rising(self.owners)
            and all(0 <= row < entries for row in self.kbs)
            and all(map(_LABEL.match, self.labels.kinds))
            and all(self.written)
            and max(places, default=-1) < forms
            and min(places, default=0) >= -len(self.places.several)
            and all(0 <= place < forms for found in self.places.several for place in found)
        ):
            raise ValueError("columns that do not fit each other")


def beginnings(key: str) -> Iterator[str]:
    """The words of a key but for the last, but for the last two ...

    >>> list(beginnings("milli goranmak ministrligi"))
    ['milli goranmak', 'milli']
    """
    while " " in key:
        key = key.rpartition(" ")[0]
        yield key


class TableBuilder:
    """Makes the columns, entry by entry."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._labels: list[str] = []
        self._kbs: dict[int, str] = {}
        self._files: list[str] = []
        self._lines = numbers()
        self._owners = numbers()
        self._written: list[str] = []
        self._flags = bytearray()
        self._keys: list[str] = []

    def entry(self, id: str, label: str, kb: str, source: tuple[str, int]) -> None:
        """Begin an entry. source: File and line, see `split_source`."""
        if kb:
            self._kbs[len(self._ids)] = kb
        self._ids.append(id)
        self._labels.append(label)
        self._files.append(source[0])
        self._lines.append(source[1])

    def form(self, written: str, words: Sequence[str], flags: int) -> None:
        """Add a form to the last entry. words (list): Its folded words."""
        if flags & POSSESSED:
            words = [*words[:-1], bare_stem(words[-1])]
        self._keys.append(" ".join(words))
        self._owners.append(len(self._ids) - 1)
        self._written.append(written)
        self._flags.append(flags)

    def table(self) -> NameTable:
        """The columns of what was added."""
        return NameTable(
            ids=Strings.of(self._ids),
            labels=Coded.of(self._labels),
            kbs=self._kbs,
            files=Coded.of(self._files),
            lines=self._lines,
            owners=self._owners,
            written=Strings.of(self._written),
            flags=bytes(self._flags),
            places=Places.of(zip(self._keys, range(len(self._keys)), strict=True)),
            prefixes=frozenset(beginning for key in self._keys if " " in key for beginning in beginnings(key)),
            lower=Lower.of(w for w, flags in zip(self._written, self._flags, strict=True) if flags & ANY_CASE),
        )


def split_source(source: str) -> tuple[str, int]:
    """A source without the number at its end, and that number.

    >>> split_source("cities.yaml:12"), split_source("<patterns> entry 3")
    (('cities.yaml:', 12), ('<patterns> entry ', 3))
    """
    file = source.rstrip("0123456789")
    line = source[len(file) :]
    if not line or len(line) > 9 or (line[0] == "0" and line != "0") or not line.isascii():
        return source, _BARE
    return file, int(line)
