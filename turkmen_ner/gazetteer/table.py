"""Listed names in columns: entries, their forms, and where each form is looked up.

An entry is a row of five columns, a form a row of three; `Listed` and `NameForm` are made of them when a text has the
name. Columns don't change: `over` lays a user's names over those of the library, which stay as they are.
"""

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from turkmen_ner.gazetteer.columns import Coded, Column, Places, Strings, lines, numbers, unpacked
from turkmen_ner.gazetteer.entry import ANY_CASE, Listed, NameForm
from turkmen_ner.orthography.segmentation import key_words

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
        return any(word[:length] in self.begins for length in self._lengths)


_T = TypeVar("_T")


class Rows(Column[_T]):
    """Values made of columns when they are asked for; one that was asked for by its number is kept."""

    __slots__ = ("_count", "_kept", "_make")

    def __init__(self, count: int, make: Callable[[int], _T]) -> None:
        self._count = count
        self._make = make
        self._kept: dict[int, _T] = {}

    def __len__(self) -> int:
        return self._count

    def at(self, number: int) -> _T:
        """The value of a number from 0."""
        found = self._kept.get(number)
        if found is None:
            found = self._kept.setdefault(number, self._make(number))
        return found

    def __iter__(self) -> Iterator[_T]:
        for number in range(self._count):
            found = self._kept.get(number)
            yield self._make(number) if found is None else found


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The columns.

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

    def source(self, number: int) -> str:
        """Where an entry is written: cities.yaml:12."""
        line = self.lines[number]
        return self.files.at(number) + (str(line) if line != _BARE else "")

    def entry(self, number: int) -> Listed:
        """The entry of a number."""
        return Listed(self.ids.at(number), self.labels.at(number), self.kbs.get(number, ""), self.source(number))

    def form(self, place: int) -> NameForm:
        """The form at a place."""
        return NameForm(self.owners[place], self.written.at(place), self.flags[place])

    def first_forms(self) -> "array[int]":
        """The place of the first form of each entry."""
        found = numbers([_BARE]) * len(self.ids)
        for place in range(len(self.owners) - 1, -1, -1):
            found[self.owners[place]] = place
        return found

    # --- one over the other --------------------------------------------------------------------------------------

    def without(self, entries: Collection[int], forms_of: Collection[int]) -> "Names":
        """Without these entries, and without the forms of those; the other entries move up."""
        stay = [n for n in range(len(self.ids)) if n not in entries] if entries else range(len(self.ids))
        moved = {n: new for new, n in enumerate(stay)}
        forms = [place for place, owner in enumerate(self.owners) if owner not in forms_of and owner in moved]
        new_place = {place: new for new, place in enumerate(forms)}
        pairs = ((key, new_place[place]) for key, found in self.places.items() for place in found if place in new_place)
        written, flags = self.written.kept(forms), bytes([self.flags[place] for place in forms])
        places = Places.of(pairs)
        return Names(
            ids=self.ids.kept(stay),
            labels=self.labels.kept(stay),
            kbs={moved[n]: kb for n, kb in self.kbs.items() if n in moved},
            files=self.files.kept(stay),
            lines=numbers([self.lines[n] for n in stay]),
            owners=numbers([moved[self.owners[place]] for place in forms]),
            written=written,
            flags=flags,
            places=places,
            prefixes=frozenset(prefix for key in places for prefix in beginnings(key)),
            lower=Lower.of(name for name, flag in zip(written, flags, strict=True) if flag & ANY_CASE),
        )

    def over(self, base: "Names", at: Sequence[int]) -> "Names":
        """These names after those of the base; entry n of these becomes number at[n], new or one of the base."""
        if not base.ids:
            return self
        count, first = len(base.ids), len(base.owners)
        fresh = [n for n, number in enumerate(at) if number >= count]
        changed = {number: n for n, number in enumerate(at) if number < count}
        tail = self._entries(fresh) if changed else self
        files, ids, labels, lines_ = base.files, base.ids, base.labels, base.lines
        if changed:
            every = [(self, changed[n]) if n in changed else (base, n) for n in range(count)]
            ids = Strings.of([names.ids[n] for names, n in every])
            labels = Coded.of(names.labels[n] for names, n in every)
            files = Coded.of(names.files[n] for names, n in every)
            lines_ = numbers([names.lines[n] for names, n in every])
        kbs = {n: kb for n, kb in base.kbs.items() if n not in changed} | {at[n]: kb for n, kb in self.kbs.items()}
        return Names(
            ids=ids.joined(tail.ids),
            labels=labels.joined(tail.labels),
            kbs=kbs,
            files=files.joined(tail.files),
            lines=lines_ + tail.lines,
            owners=base.owners + numbers([at[owner] for owner in self.owners]),
            written=base.written.joined(self.written),
            flags=base.flags + self.flags,
            places=self._places_over(base, at, first),
            prefixes=base.prefixes | self.prefixes,
            lower=Lower(base.lower.begins | self.lower.begins, base.lower.starts | self.lower.starts),
        )

    def _entries(self, chosen: Sequence[int]) -> "Names":
        """Some of the entries, without forms."""
        return Names(
            ids=self.ids.kept(chosen),
            labels=self.labels.kept(chosen),
            kbs={},
            files=self.files.kept(chosen),
            lines=numbers([self.lines[n] for n in chosen]),
            owners=numbers(),
            written=Strings.of(()),
            flags=b"",
            places=Places({}, []),
            prefixes=frozenset(),
            lower=Lower(),
        )

    def _places_over(self, base: "Names", at: Sequence[int], first: int) -> Places:
        """The places of both, of one key in the order of their entries."""
        common = base.places.at.keys() & self.places.at.keys()
        group = len(base.places.several)
        places = dict(base.places.at)
        places.update(
            zip(
                self.places.at,
                [place + first if place >= 0 else place - group for place in self.places.at.values()],
                strict=True,
            )
        )
        several = [*base.places.several]
        for found in self.places.several:  # entries that replace others stand where those did
            several.append(
                [place + first for place in sorted(found, key=lambda place: (at[self.owners[place]], place))]
            )
        for key in common:
            rows = [(base.owners[place], place) for place in base.places[key]]
            rows += [(at[self.owners[place]], place + first) for place in self.places[key]]
            several.append([place for _, place in sorted(rows)])
            places[key] = -len(several)
        return Places(places, several)

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
    def from_data(cls, data: Mapping[str, Any]) -> "Names":
        """The names that `to_data` described. RAISES (ValueError): If its columns do not fit each other."""
        made = cls(
            ids=Strings.from_data(data["ids"]),
            labels=Coded.from_data(data["labels"]),
            kbs=dict(zip(*data["kbs"], strict=True)),
            files=Coded.from_data(data["files"]),
            lines=unpacked(data["lines"]),
            owners=unpacked(data["owners"]),
            written=Strings.from_data(data["written"]),
            flags=data["flags"],
            places=Places.from_data(data["places"]),
            prefixes=frozenset(lines(data["prefixes"])),
            lower=Lower(*data["lower"]),
        )
        made._check()
        return made

    def _check(self) -> None:
        entries, forms = len(self.ids), len(self.owners)
        places = self.places.at.values()
        if not (
            entries == len(self.labels) == len(self.files) == len(self.lines)
            and forms == len(self.written) == len(self.flags)
            and max(self.owners, default=0) < max(entries, 1)
            and max(places, default=0) < max(forms, 1)
            and min(places, default=0) >= -len(self.places.several)
            and all(0 <= place < forms for found in self.places.several for place in found)
        ):
            raise ValueError("columns of different lengths")


def beginnings(key: str) -> Iterator[str]:
    """The words of a key but for the last, but for the last two ...

    >>> list(beginnings("milli goranmak ministrligi"))
    ['milli goranmak', 'milli']
    """
    while " " in key:
        key = key.rpartition(" ")[0]
        yield key


class Rower:
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
        self._places = Places({}, [])
        self._prefixes: set[str] = set()
        self._lower: list[str] = []

    def entry(self, id: str, label: str, kb: str, source: tuple[str, int]) -> None:
        """Begin an entry. source: File and line, see `split_source`."""
        if kb:
            self._kbs[len(self._ids)] = kb
        self._ids.append(id)
        self._labels.append(label)
        self._files.append(source[0])
        self._lines.append(source[1])

    def form(self, written: str, key: str, flags: int) -> None:
        """Add a form to the last entry, under its folded words joined by spaces."""
        self._places.add(key, len(self._written))
        self._owners.append(len(self._ids) - 1)
        self._written.append(written)
        self._flags.append(flags)
        while " " in key:
            key = key.rpartition(" ")[0]
            self._prefixes.add(key)
        if flags & ANY_CASE:
            self._lower.append(written)

    def names(self) -> Names:
        """The columns of what was added."""
        return Names(
            ids=Strings.of(self._ids),
            labels=Coded.of(self._labels),
            kbs=self._kbs,
            files=Coded.of(self._files),
            lines=self._lines,
            owners=self._owners,
            written=Strings.of(self._written),
            flags=bytes(self._flags),
            places=self._places,
            prefixes=frozenset(self._prefixes),
            lower=Lower.of(self._lower),
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
