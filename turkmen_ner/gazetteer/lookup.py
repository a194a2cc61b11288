"""Listed names: patterns in, one lookup for each distinct word out, however long the lists are.

A name is kept under its base form only: `phrases` maps the folded words of a name, joined by spaces, to its
forms, and knows the beginnings of names of several words. A written word is analysed once (morphology/analysis.py)
and each of its possible base forms is looked up; whether a reading suits a form depends on its matching options.
"""

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import accumulate, groupby
from typing import Any, NamedTuple, TypeVar

from turkmen_ner.gazetteer.columns import Places, all_of_type
from turkmen_ner.gazetteer.entry import (
    ANY_CASE,
    EXACT,
    FIXED,
    MAY_SOFTEN,
    MAY_STAY,
    NONE,
    POSSESSED,
    Listed,
    NameForm,
    RuleSet,
)
from turkmen_ner.gazetteer.table import Lower, NameTable, TableBuilder, beginnings, split_source
from turkmen_ner.morphology.analysis import SOFTENED, UNSOFTENED, Reading, readings
from turkmen_ner.morphology.possession import bare_stem
from turkmen_ner.morphology.stems import may_be_form
from turkmen_ner.orthography.alphabet import fold
from turkmen_ner.orthography.segmentation import key_words

_T = TypeVar("_T")


class Match(NamedTuple):
    """A listed form and how the last word stands in the text."""

    form: NameForm
    reading: Reading
    base: str  # as the form is written, or its bare form: 5+5 komissiýa

    @property
    def shown(self) -> Reading:
        """The reading of the whole name: the possessive of a compound (ministrligi) is no feature of it."""
        return self.reading.inner if self.form.flags & POSSESSED and self.reading.third else self.reading


class Phrases(Mapping[str, Sequence[int]]):
    """Folded words of a name -> the places of its forms in all tables, in the order of their entries.

    tables (list): Of each table its `Places`, the beginnings of its names, and the place of its first form.
    owner (callable): The number of the entry of a form. hidden (set): Places of the forms that are gone.
    """

    def __init__(
        self,
        tables: Iterable[tuple[Places, Container[str], int]],
        owner: Callable[[int], int],
        hidden: frozenset[int],
    ) -> None:
        self._tables = tuple(tables)
        self._owner = owner
        self._hidden = hidden
        self.at = tuple(places.at for places, _, _ in self._tables)
        self._prefixes = tuple(prefixes for _, prefixes, _ in self._tables)

    def __getitem__(self, key: str) -> Sequence[int]:
        found = [
            first + place
            for places, _, first in self._tables
            if key in places.at
            for place in places[key]
            if first + place not in self._hidden
        ]
        if not found:
            raise KeyError(key)
        if len(found) > 1:
            found.sort(key=lambda place: (self._owner(place), place))
        return found

    def __contains__(self, key: object) -> bool:
        for at in self.at:
            if key in at:
                return not self._hidden or bool(self.get(str(key)))
        return False

    def __iter__(self) -> Iterator[str]:
        return (key for key in dict.fromkeys(key for at in self.at for key in at) if key in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @cached_property
    def _gone(self) -> frozenset[str]:
        """The beginnings that only hidden names have."""
        if not self._hidden:
            return frozenset()
        hidden = (key for at in self.at for key in at if " " in key and key not in self)
        gone = {beginning for key in hidden for beginning in beginnings(key)}
        heads = tuple(f"{beginning} " for beginning in gone)
        stay = (key for key in self if key.startswith(heads)) if heads else ()
        return frozenset(gone.difference(beginning for key in stay for beginning in beginnings(key)))

    def begins(self, words: str) -> bool:
        """Whether a name of several words begins with these folded words."""
        for prefixes in self._prefixes:
            if words in prefixes:
                return words not in self._gone
        return False


class Lazy(Collection[_T]):
    """Values that are made when they are first asked for; there may be gaps between their numbers."""

    def __init__(self, numbers: Collection[int], make: Callable[[int], _T]) -> None:
        self._numbers = numbers
        self._make = make
        self._made: dict[int, _T] = {}

    def __getitem__(self, number: int) -> _T:
        found = self._made.get(number)
        if found is None:
            found = self._made.setdefault(number, self._make(number))
        return found

    def __contains__(self, value: object) -> bool:
        return any(value == one for one in self)

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[_T]:
        for number in self._numbers:
            found = self._made.get(number)
            yield self._make(number) if found is None else found


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What the tables above do to the entries of those below.

    same (dict): Number of a row -> number of the entry below that it replaces or adds to, in the order of the rows.
    replaced (dict): Number of an entry -> number of the row that has taken its place.
    removed (set): Numbers of the entries that are gone. hidden (set): Places of the forms that are gone.
    """

    same: Mapping[int, int] = field(default_factory=dict)
    replaced: Mapping[int, int] = field(default_factory=dict)
    removed: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()

    def to_data(self) -> list[Any]:
        """Plain values, for a compiled file."""
        return [
            [*map(list, self.same.items())],
            [*map(list, self.replaced.items())],
            sorted(self.removed),
            sorted(self.hidden),
        ]

    @classmethod
    def from_data(cls, data: Sequence[Any]) -> "Changes":
        """The changes that `to_data` described."""
        same, replaced = ({n: m for n, m in (all_of_type(int, pair) for pair in found)} for found in data[:2])  # noqa: C416
        removed, hidden = (frozenset(all_of_type(int, found)) for found in data[2:])
        return cls(same=same, replaced=replaced, removed=removed, hidden=hidden)


class Gazetteer:
    """The names of a pipeline, ready to look up: immutable tables, one above the other.

    An entry has a number: its row, counted through all tables from below; a row that replaces an entry or adds to it
    stands for that entry's number. A form has a place, counted likewise. `merge` in overlay.py makes the changes.

    tables (list): The shipped table below, those of the user above. changes (Changes): What these do to those below.
    rules (RuleSet): Word lists, rules and contexts of all.
    """

    def __init__(
        self, tables: Sequence[NameTable] = (), changes: Changes | None = None, rules: RuleSet | None = None
    ) -> None:
        self.tables = tuple(tables)
        self.changes = changes or Changes()
        self.rules = rules or RuleSet()
        self.lists, self.evidence = self.rules.lists, self.rules.evidence
        self.token_rules, self.contexts = self.rules.token_rules, self.rules.contexts
        starts = [*accumulate((len(table.ids) for table in tables), initial=0)]
        firsts = [*accumulate((len(table.owners) for table in tables), initial=0)]
        self.rows, self.places = starts[-1], firsts[-1]
        self._stack = tuple(zip(self.tables, starts, firsts, strict=False))
        same, removed, hidden = self.changes.same, self.changes.removed, self.changes.hidden
        numbers: Collection[int] = range(self.rows)
        if same or removed:
            numbers = [number for number in numbers if number not in same and number not in removed]
        places = [p for p in range(self.places) if p not in hidden] if hidden else range(self.places)
        self.entries: Lazy[Listed] = Lazy(numbers, self._entry)
        self.forms: Lazy[NameForm] = Lazy(places, self._form)
        self.phrases = self._phrases((t.places, t.prefixes) for t in tables)

    @classmethod
    def empty(cls) -> "Gazetteer":
        """One without names."""
        return cls()

    def to_data(self) -> dict[str, Any]:
        """Plain values, for a compiled file."""
        tables = [table.to_data() for table in self.tables]
        return {"tables": tables, "changes": self.changes.to_data(), "rules": self.rules.to_data()}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Gazetteer":
        """The gazetteer that `to_data` described. RAISES (ValueError): If its parts do not fit each other."""
        tables = [NameTable.from_data(table) for table in data["tables"]]
        made = cls(tables, Changes.from_data(data["changes"]), RuleSet.from_data(data["rules"]))
        changes = made.changes
        numbers = {*changes.same, *changes.same.values(), *changes.replaced, *changes.replaced.values()}
        numbers |= {*changes.removed, *made.contexts, *(rule.entry for rule in made.token_rules)}
        if not (
            all(0 <= number < made.rows for number in numbers)
            and all(0 <= place < made.places for place in changes.hidden)
        ):
            raise ValueError("numbers of entries that are not there")
        return made

    # --- entries and forms -------------------------------------------------------------------------------------------

    def _at(self, number: int) -> tuple[NameTable, int, int]:
        """The table that has a row, the row in that table, and the place of the first form of the table."""
        return next((table, number - start, first) for table, start, first in reversed(self._stack) if number >= start)

    def _entry(self, number: int) -> Listed:
        table, row, _ = self._at(self.changes.replaced.get(number, number))
        kb = self._kbs.get(number) or table.kbs.get(row, "")
        return Listed(table.ids.at(row), table.labels.at(row), kb, table.source(row))

    def _form(self, place: int) -> NameForm:
        table, _, first = self._table(place)
        number = self._row(place)
        number = self.changes.same.get(number, number)
        return NameForm(number, table.written.at(place - first), table.flags[place - first])

    def _row(self, place: int) -> int:
        """The row that a form belongs to."""
        table, start, first = self._table(place)
        return start + table.owners[place - first]

    def _table(self, place: int) -> tuple[NameTable, int, int]:
        """The table that a form is in, its first row and the place of its first form."""
        return next(found for found in reversed(self._stack) if place >= found[2])

    def _owner(self, place: int) -> int:
        return self.forms[place].entry

    @cached_property
    def _kbs(self) -> Mapping[int, str]:
        """The outside ids that rows above add to entries below."""
        found: dict[int, str] = {}
        for row, number in self.changes.same.items():
            table, at, _ = self._at(row)
            found[number] = (
                "" if row == self.changes.replaced.get(number) else table.kbs.get(at) or found.get(number, "")
            )
        return found

    def number(self, id: str) -> int | None:
        """The number of the entry with this id, None if there is none."""
        for table, start, _ in reversed(self._stack):
            if (row := table.rows.get(id)) is not None:
                number = self.changes.same.get(start + row, start + row)
                return None if number in self.changes.removed else number
        return None

    def had(self, id: str) -> bool:
        """Whether an entry has this id, or had it when it was removed."""
        return any(id in table.rows for table in self.tables)

    def places_of(self, number: int) -> list[int]:
        """The places of the forms of an entry."""
        row = self.changes.replaced.get(number, number)
        places = []
        for one in (row, *(other for other, same in self.changes.same.items() if same == number and other > row)):
            table, at, first = self._at(one)
            places += [first + place for place in table.places_of(at)]
        return [place for place in places if place not in self.changes.hidden]

    def forms_of(self, ids: Iterable[str]) -> dict[str, list[NameForm]]:
        """The forms of the entries with these ids, by id; one without forms is left out."""
        places = {id: self.places_of(number) for id in ids if (number := self.number(id)) is not None}
        return {id: [self.forms[place] for place in found] for id, found in places.items() if found}

    def thing(self, number: int) -> tuple[str | None, str]:
        """What an entry is: its label, and its name as written or its token pattern."""
        table, row, _ = self._at(self.changes.replaced.get(number, number))
        tokens = next((rule.tokens for rule in self.token_rules if rule.entry == number), None)
        name = next((table.written.at(place) for place in table.places_of(row)), "")
        return table.labels.at(row), str(tokens) if tokens else name

    @property
    def labels(self) -> frozenset[str]:
        """The labels that entries have."""
        if not self.changes.same and not self.changes.removed:
            return frozenset(kind for table in self.tables for kind in table.labels.kinds) - {NONE}
        return frozenset(entry.label for entry in self.entries) - {NONE}

    @cached_property
    def stops(self) -> "Stops | None":
        """The names that are not to be found, None without one; made when first asked for."""
        builder, numbers = TableBuilder(), []
        for number, places in groupby(sorted(self.changes.hidden, key=self._owner), key=self._owner):
            entry = self._entry(number)
            if (number in self.changes.removed) is (entry.label == NONE):
                continue  # one that was replaced, or a stop name that was removed
            numbers.append(number)
            builder.entry(entry.id, entry.label, "", split_source(entry.source))
            since = self.changes.replaced.get(number, number)
            for form in (self.forms[place] for place in places if self._row(place) >= since):
                builder.form(form.written, key_words(form.written), form.flags)
        return Stops(Gazetteer([builder.table()]), numbers) if numbers else None

    @cached_property
    def lower(self) -> Lower:
        """The names that count in lower case."""
        if any(self._form(place).flags & ANY_CASE for place in self.changes.hidden):
            return Lower.of(form.written for form in self.forms if form.flags & ANY_CASE)
        lowers = [table.lower for table in self.tables]
        return Lower((b for lower in lowers for b in lower.begins), (s for lower in lowers for s in lower.starts))

    # --- lookup ------------------------------------------------------------------------------------------------------

    def _phrases(self, tables: Iterable[tuple[Places, frozenset[str]]]) -> Phrases:
        firsts = (first for _, _, first in self._stack)
        rows = ((places, prefixes, first) for (places, prefixes), first in zip(tables, firsts, strict=True))
        return Phrases(rows, self._owner, self.changes.hidden)

    @cached_property
    def _ascii(self) -> Phrases:
        """The phrases without the diacritics of Turkmen, for lenient spelling; made when first asked for."""
        return self._phrases(table.ascii for table in self.tables)

    def begins(self, words: str, lenient: bool = False) -> bool:
        """Whether a name of several words begins with these folded words."""
        return (self._ascii if lenient else self.phrases).begins(words)

    def final(
        self, word: str, folded: str, before: str = "", first: str = "", lenient: bool = False
    ) -> Iterator[Match]:
        """The listed forms that a written word can end, after the folded words `before` (empty, or ending in a space).

        word (str): The last word of the candidate as written. first (str): The first word as written.
        lenient (bool): `folded` and `before` are folded with lenient=True.
        """
        phrases = self._ascii if lenient else self.phrases
        if not lenient:
            for at in phrases.at:
                if may_be_form(folded, at, before):
                    break
            else:  # nearly always, so no analysis
                return
        for reading in readings(folded, lenient):
            base = reading.base.replace("-", " ") if "-" in reading.base else reading.base
            key = before + base
            for at in phrases.at:
                if key in at:
                    break
            else:
                continue
            for place in phrases.get(key, ()):
                form = self.forms[place]
                if (found := _suits(form, reading, word, first or word)) is not None:
                    yield Match(form, reading, found)


class Stops(NamedTuple):
    """The names of entries with the label NONE, which no name may be, and of removed ones, which another entry may be.

    names (Gazetteer): Their forms. numbers (list): Of each entry there, its number in the gazetteer itself.
    """

    names: Gazetteer
    numbers: Sequence[int]


def _suits(form: NameForm, reading: Reading, word: str, first: str) -> str | None:
    """The base form when a reading suits a form, else None."""
    flags = form.flags
    suffixes = reading.suffixes
    if suffixes:
        if flags & FIXED or reading.derived:
            return None
        if reading.change == SOFTENED and not flags & MAY_SOFTEN:
            return None
        if reading.change == UNSOFTENED and not flags & MAY_STAY:
            return None
    if flags & EXACT:
        if not word[: len(reading.base)].isupper():
            return None
    elif not flags & ANY_CASE and not _is_capital(first):
        return None
    if flags & POSSESSED:
        return form.written if reading.third else _bare_written(form.written)
    return form.written


def _is_capital(word: str) -> bool:
    return word[:1].isupper() or word[:1] in "¥£"


@cache
def _bare_written(written: str) -> str:
    head, space, last = written.rpartition(" ")
    stem = bare_stem(fold(last))
    same = 0
    while same < min(len(stem), len(last)) and fold(last[same]) == stem[same]:
        same += 1
    return head + space + last[:same] + stem[same:]
