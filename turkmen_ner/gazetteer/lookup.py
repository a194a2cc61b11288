"""Listed names: patterns in, one lookup for each distinct word out, however long the lists are.

A name is kept under its base form only: `phrases` maps the folded words of a name, joined by spaces, to its
forms, `prefixes` holds the beginnings of names of several words. A written word is analysed once (morphology.py)
and each of its possible base forms is looked up; whether a reading suits a form is then a matter of its switches.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple

from turkmen_ner.gazetteer.columns import Places, lines
from turkmen_ner.gazetteer.entry import (
    ANY_CASE,
    EXACT,
    FIXED,
    MAY_SOFTEN,
    MAY_STAY,
    POSSESSED,
    Context,
    Listed,
    NameForm,
    Rule,
    TokenRule,
)
from turkmen_ner.gazetteer.table import Names, Rower, Rows
from turkmen_ner.morphology.analysis import SOFTENED, UNSOFTENED, Reading, readings
from turkmen_ner.morphology.possession import bare_stem
from turkmen_ner.orthography.alphabet import ASCII, fold


class Match(NamedTuple):
    """A listed form and how the last word stands in the text."""

    form: NameForm
    reading: Reading
    base: str  # as the form is written, or its bare form: 5+5 komissiýa

    @property
    def shown(self) -> Reading:
        """The reading of the whole name: the possessive of a compound (ministrligi) is no feature of it."""
        return self.reading.inner if self.form.flags & POSSESSED and self.reading.third else self.reading


class Gazetteer:
    """The names of a pipeline, ready to look up.

    names (Names): Entries and forms as columns, see names.py; `entries` and `forms` read them like lists.
    lists (dict): Word lists, folded. evidence, token_rules: Rules. contexts (dict): Number of an entry -> its context.
    """

    def __init__(
        self,
        names: Names,
        lists: Mapping[str, Sequence[str]] | None = None,
        evidence: Sequence[Rule] = (),
        token_rules: Sequence[TokenRule] = (),
        contexts: Mapping[int, Context] | None = None,
    ) -> None:
        self.names = names
        self.entries: Rows[Listed] = Rows(len(names.ids), names.entry)
        self.forms: Rows[NameForm] = Rows(len(names.owners), names.form)
        self.phrases = names.places
        self.prefixes = names.prefixes
        self.lower_starts = names.lower.starts
        self.lists = lists or {}
        self.evidence = evidence
        self.token_rules = token_rules
        self.contexts = contexts or {}

    @classmethod
    def empty(cls) -> "Gazetteer":
        """One without names."""
        return cls(Rower().names())

    def to_data(self) -> dict[str, Any]:
        """Plain values, for a compiled file."""
        return {
            "names": self.names.to_data(),
            "lists": {name: "\n".join(words) for name, words in self.lists.items()},
            "evidence": [[*rule] for rule in self.evidence],
            "token_rules": [[rule.entry, list(rule.tokens)] for rule in self.token_rules],
            "contexts": [[number, {k: list(v) for k, v in found.items()}] for number, found in self.contexts.items()],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Gazetteer":
        """The gazetteer that `to_data` described."""
        return cls(
            Names.from_data(data["names"]),
            {name: lines(words) for name, words in data["lists"].items()},
            [
                Rule(id, label, weight, tuple(when), tuple(unless), source)
                for id, label, weight, when, unless, source in data["evidence"]
            ],
            tuple(TokenRule(entry, tuple(tokens)) for entry, tokens in data["token_rules"]),
            {number: {key: tuple(items) for key, items in found.items()} for number, found in data["contexts"]},
        )

    @property
    def labels(self) -> frozenset[str]:
        """The labels that entries have."""
        return frozenset(self.names.labels.kinds)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Ids -> the numbers of their entries; made when first asked for."""
        return {id: number for number, id in enumerate(self.names.ids)}

    def forms_of(self, ids: Iterable[str]) -> dict[str, list[NameForm]]:
        """The forms of the entries with these ids, by id; one without forms is left out."""
        wanted = {self.numbers[id]: id for id in ids if id in self.numbers}
        found: dict[str, list[NameForm]] = {}
        for place, owner in enumerate(self.names.owners):
            if owner in wanted:
                found.setdefault(wanted[owner], []).append(self.forms[place])
        return found

    @cached_property
    def _first_forms(self) -> Sequence[int]:
        return self.names.first_forms()

    def thing(self, number: int) -> tuple[str, Any]:
        """What an entry is: its label, and its name as written or its token pattern."""
        tokens = next((rule.tokens for rule in self.token_rules if rule.entry == number), ())
        return self.names.labels[number], tokens or self.names.written[self._first_forms[number]]

    @cached_property
    def _ascii(self) -> tuple[Places, frozenset[str]]:
        """Phrases and prefixes without the diacritics of Turkmen, for lenient spelling; made when first asked for."""
        pairs = ((key.translate(ASCII), place) for key, found in self.phrases.items() for place in found)
        return Places.of(pairs), frozenset(key.translate(ASCII) for key in self.prefixes)

    def begins(self, words: str, lenient: bool = False) -> bool:
        """Whether a name of several words begins with these folded words."""
        return words in (self._ascii[1] if lenient else self.prefixes)

    def final(
        self, word: str, folded: str, before: str = "", first: str = "", lenient: bool = False
    ) -> Iterator[Match]:
        """The listed forms that a written word can end, after the folded words `before` (empty, or ending in a space).

        word (str): The last word of the candidate as written. first (str): The first word as written.
        lenient (bool): `folded` and `before` are folded with lenient=True.
        """
        phrases = self._ascii[0] if lenient else self.phrases
        places = phrases.at
        for reading in readings(folded, lenient):
            base = reading.base.replace("-", " ") if "-" in reading.base else reading.base
            key = before + base
            if key not in places:
                continue
            for place in phrases[key]:
                form = self.forms[place]
                if (found := _suits(form, reading, word, first or word)) is not None:
                    yield Match(form, reading, found)


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
