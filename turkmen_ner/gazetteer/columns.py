"""Column-wise storage: all strings of a column share one str, so a name costs a few bytes and a list loads at once.

A column is read by its number like a list and never changed.
"""

from abc import ABC, abstractmethod
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, TypeVar, overload

_T = TypeVar("_T")
NUMBER = "I"  # of an array: 32 bits without a sign


def numbers(values: Iterable[int] = ()) -> "array[int]":
    """Whole numbers below 2 ** 32, four bytes each."""
    return array(NUMBER, values)


def unpacked(data: bytes) -> "array[int]":
    """The numbers of their bytes, as a compiled file has them. RAISES (ValueError): If a part is missing."""
    found = numbers()
    found.frombytes(of_type(bytes, data))
    return found


def of_type(kind: type[_T], value: Any) -> _T:
    """A value of a compiled file, which must be of this type and none like it. RAISES (ValueError): If it is not."""
    if type(value) is not kind:
        raise ValueError(f"expected {kind.__name__}, found {type(value).__name__}")
    return value


def all_of_type(kind: type[_T], values: Any) -> list[_T]:
    """A list of a compiled file with values of one type. RAISES (ValueError): If it is something else."""
    if not {kind}.issuperset(map(type, of_type(list, values))):
        raise ValueError(f"expected a list of {kind.__name__}")
    return values  # type: ignore[no-any-return]


def rising(values: "array[int]") -> bool:
    """Whether no number is less than the one before it."""
    return sorted(values) == list(values)  # sorting what is sorted is fast


class Column(Sequence[_T], ABC):
    """Values that are read by their number."""

    __slots__ = ()

    @abstractmethod
    def at(self, number: int) -> _T:
        """The value of a number from 0."""

    @overload
    def __getitem__(self, number: int) -> _T: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[_T]: ...
    def __getitem__(self, number: int | slice) -> _T | Sequence[_T]:
        if isinstance(number, slice):
            return [self.at(n) for n in range(*number.indices(len(self)))]
        if number < 0:
            number += len(self)
            if number < 0:
                raise IndexError(number)
        return self.at(number)

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Column) else NotImplemented

    __hash__ = None  # type: ignore[assignment]


class Strings(Column[str]):
    """Strings as one string and where each ends.

    >>> names = Strings.of(["Mary", "Ahal"])
    >>> names[1], list(names)
    ('Ahal', ['Mary', 'Ahal'])
    """

    __slots__ = ("ends", "text")

    def __init__(self, text: str, ends: "array[int]") -> None:
        self.text = text
        self.ends = ends

    @classmethod
    def of(cls, values: Sequence[str]) -> "Strings":
        """The column of these strings."""
        return cls("".join(values), numbers(accumulate(map(len, values))))

    def __len__(self) -> int:
        return len(self.ends)

    def at(self, number: int) -> str:
        """The string of a number from 0."""
        return self.text[self.ends[number - 1] if number else 0 : self.ends[number]]

    def __iter__(self) -> Iterator[str]:
        text, start = self.text, 0
        for end in self.ends:
            yield text[start:end]
            start = end

    def to_data(self) -> list[Any]:
        """For a compiled file."""
        return [self.text, self.ends.tobytes()]

    @classmethod
    def from_data(cls, data: Sequence[Any]) -> "Strings":
        """The column that `to_data` described."""
        text, ends = data
        made = cls(of_type(str, text), unpacked(ends))
        if (made.ends[-1] if made.ends else 0) != len(text) or not rising(made.ends):
            raise ValueError("a column of strings that is cut")
        return made


class Coded(Column[str]):
    """Strings of which most are the same, as numbers of the distinct ones.

    >>> labels = Coded.of(["CITY", "CITY", "BODY"])
    >>> labels.kinds, labels[2], list(labels)
    (('CITY', 'BODY'), 'BODY', ['CITY', 'CITY', 'BODY'])
    """

    __slots__ = ("codes", "kinds")

    def __init__(self, kinds: Sequence[str], codes: "array[int]") -> None:
        self.kinds = tuple(kinds)
        self.codes = codes

    @classmethod
    def of(cls, values: Iterable[str]) -> "Coded":
        """The column of these strings."""
        known: dict[str, int] = {}
        codes = numbers([known.setdefault(value, len(known)) for value in values])
        return cls(tuple(known), codes)

    def __len__(self) -> int:
        return len(self.codes)

    def at(self, number: int) -> str:
        """The string of a number from 0."""
        return self.kinds[self.codes[number]]

    def to_data(self) -> list[Any]:
        """For a compiled file."""
        return [list(self.kinds), self.codes.tobytes()]

    @classmethod
    def from_data(cls, data: Sequence[Any]) -> "Coded":
        """The column that `to_data` described."""
        kinds, codes = data
        made = cls(all_of_type(str, kinds), unpacked(codes))
        if max(made.codes, default=-1) >= len(kinds):
            raise ValueError("a column of numbers without meaning")
        return made


class Places(Mapping[str, Sequence[int]]):
    """Keys with the places of what they stand for: nearly always one, kept as a number; several as a list.

    >>> places = Places.of([("mary", 0), ("ahal", 1), ("mary", 2)])
    >>> places["mary"], places["ahal"], "lebap" in places
    ([0, 2], [1], False)
    """

    __slots__ = ("at", "several")

    def __init__(self, at: dict[str, int], several: list[list[int]]) -> None:
        self.at = at  # key -> its place, or -1 - n where several[n] has them
        self.several = several

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, int]]) -> "Places":
        """From keys with a place each."""
        at: dict[str, int] = {}
        several: list[list[int]] = []
        for key, place in pairs:
            known = at.setdefault(key, place)
            if known < 0:
                several[-1 - known].append(place)
            elif known != place:
                several.append([known, place])
                at[key] = -len(several)
        return cls(at, several)

    def __getitem__(self, key: str) -> Sequence[int]:
        place = self.at[key]
        return [place] if place >= 0 else self.several[-1 - place]

    def __contains__(self, key: object) -> bool:
        return key in self.at

    def __len__(self) -> int:
        return len(self.at)

    def __iter__(self) -> Iterator[str]:
        return iter(self.at)

    def to_data(self) -> list[Any]:
        """For a compiled file; no key has a line break."""
        return ["\n".join(self.at), array("i", self.at.values()).tobytes(), self.several]

    @classmethod
    def from_data(cls, data: Sequence[Any]) -> "Places":
        """The mapping that `to_data` described. RAISES (ValueError): If keys and places are not as many."""
        keys, places, several = data
        at: array[int] = array("i")
        at.frombytes(of_type(bytes, places))
        for found in of_type(list, several):
            all_of_type(int, found)
        return cls(dict(zip(lines(of_type(str, keys)), at, strict=True)), several)


def lines(text: str) -> list[str]:
    """The lines of a joined column; none of an empty one."""
    return text.split("\n") if text else []
