"""A set of patterns: what was read from files and entries, each id once."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

from turkmen_ner.errors import Problem, place, short
from turkmen_ner.gazetteer.entry import NONE, Rule
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.gazetteer.overlay import GeneratedIds, Thing, base_id, nobody
from turkmen_ner.patterns.schema import Entry, EvidenceRule, PatternFile, SimpleEntry
from turkmen_ner.patterns.token_patterns import lists_of


class Patterns:
    """What was read: entries in order, later files overriding earlier ones, and word lists.

    An entry without a pattern adds to that of the base with its id. base (Gazetteer): The names below; else none.
    removed (list): Ids of the base that are to be removed, each with where that is asked for.
    gone (list): Entries that were removed here.
    generated (set): Ids that were made from names.
    """

    def __init__(self, base: Gazetteer | None = None) -> None:
        self.base = base or Gazetteer.empty()
        self.entries: dict[str, Entry | SimpleEntry] = {}
        self.evidence: dict[str, EvidenceRule] = {}
        self.lists: dict[str, tuple[str, ...]] = {}
        self.removed: list[tuple[str, str]] = []
        self.gone: list[Entry | SimpleEntry] = []
        self.generated: set[str] = set()
        self._removed: set[str] = set()  # ids
        self._gone: set[int] = set()  # numbers of entries of the base
        self._evidence = {rule.id for rule in self.base.evidence}  # of the base, but for what was removed

    def add(self, file: PatternFile, where: Sequence[str] = (), lost: Container[str] = ()) -> list[Problem]:
        """Add what is right in a file: a known id with a pattern replaces, without one adds; `remove` takes out.

        where (list): File and line of each id of its `remove`.
        lost (container): Ids that may be named though nobody has them.
        RETURNS (list): What is wrong: an id to remove or to add to that does not exist, one used twice in the file.
        """
        problems = []
        for id, at in zip(file.remove, where, strict=True):
            if self._remove(id, at):
                self._removed.add(id)
            elif id not in self._removed and id not in lost and not self.base.had(id):
                problems.append(nobody(id, at))
        first: dict[str, Entry | SimpleEntry] = {}
        ids = GeneratedIds(self._thing)
        for entry in file.patterns:
            key = entry.id or ids.of(base_id(entry.label, entry.pattern), _thing(entry))
            if key in first:
                same = isinstance(entry.pattern, str) and entry.pattern == first[key].pattern
                name = f"the name {short(entry.pattern)} with " if same else ""
                what = f"found {name}the id {short(key)} a second time, first at {first[key].source}"
                problems.append(Problem(*place(entry.source), "", what, f"each {'name' if same else 'id'} once"))
            first.setdefault(key, entry)
            if entry.pattern is not None:
                self.entries[key] = entry.with_id(key)
                (self.generated.discard if entry.id else self.generated.add)(key)
            elif entry.label not in (None, label := self._label(key, entry)):
                expected = f"{label}, the label of the entry that it adds to; with a pattern it would replace that"
                problems.append(Problem(*place(entry.source), key, f"label: found {short(entry.label)}", expected))
            elif (known := self.entries.get(key)) is not None:
                self.entries[key] = known.adding(entry)
            elif self._number(key) is not None:
                self.entries[key] = entry
            elif key not in lost:
                what = f"found the id {short(key)} without a pattern"
                problems.append(
                    Problem(*place(entry.source), "", what, "the id of an entry loaded before and not removed")
                )
        seen: set[str] = set()
        for rule in file.evidence:
            if rule.id in seen:
                what = f"found the id {short(rule.id)} a second time"
                problems.append(Problem(*place(rule.source), "", what, "each id once"))
            seen.add(rule.id)
            self.evidence[rule.id] = rule
        for name, words in file.lists.items():
            self.lists[name] = self.lists.get(name, ()) + words
        return problems

    def _remove(self, id: str, where: str) -> bool:
        """Take out an entry, else a rule; False if nothing has this id."""
        mine, below = self.entries.pop(id, None), self._number(id)
        if mine is not None and self.label(mine) != NONE:
            self.gone.append(mine)
        if below is not None:
            self._gone.add(below)
        elif mine is not None:
            return True
        else:
            rule = self.evidence.pop(id, None)
            if id not in self._evidence:
                return rule is not None
            self._evidence.discard(id)
        self.removed.append((id, where))
        return True

    def _number(self, id: str) -> int | None:
        """The number of an entry of the base that has this id and is not removed."""
        number = self.base.number(id)
        return None if number in self._gone else number

    def _thing(self, id: str) -> Thing | None:
        """What an id stands for."""
        entry = self.entries.get(id)
        if entry is not None and entry.pattern is not None:
            return _thing(entry)
        number = self._number(id)
        return None if number is None else self.base.thing(number)

    def _label(self, id: str, entry: Entry | SimpleEntry) -> str | None:
        """The label of what has this id, that of an entry which adds to it if nothing has."""
        thing = self._thing(id)
        return thing[0] if thing else entry.label

    def label(self, entry: Entry | SimpleEntry) -> str:
        """The label of an entry, or of the one in the base that it adds to."""
        label = entry.label
        if entry.pattern is None and (number := self.base.number(entry.id or "")) is not None:
            label = self.base.thing(number)[0]
        assert label is not None
        return label

    def uses(self) -> Iterator["Use"]:
        """What may ask for word lists: ids, sources, token patterns and contexts."""
        for id, entry in self.entries.items():
            if isinstance(entry, Entry) and (entry.token_patterns or entry.context):
                yield id, entry.source, [*chain(*entry.token_patterns)], entry.context

    def asked(self) -> set[str]:
        """The names of the word lists that rules, token patterns and contexts ask for, those of the base as well."""
        rules: list[Rule | EvidenceRule] = [*self.base.evidence, *self.evidence.values()]
        found = {fact.partition(":")[2] for rule in rules for fact in (*rule.when, *rule.unless)}
        uses = chain(self.uses(), uses_of(self.base))
        return found | {name for _, _, tokens, context in uses for name in _asked(tokens, context)}


Use = tuple[str, str, Sequence[dict[str, Any]], Mapping[str, Any]]


def uses_of(gazetteer: Gazetteer) -> Iterator[Use]:
    """What may ask for word lists in a gazetteer, as `Patterns.uses` gives it."""
    uses: list[tuple[int, Sequence[dict[str, Any]], Mapping[str, Any]]]
    uses = [(rule.entry, rule.tokens, {}) for rule in gazetteer.token_rules]
    uses += [(number, (), context) for number, context in gazetteer.contexts.items()]
    for number, tokens, context in sorted(uses, key=itemgetter(0)):
        yield gazetteer.entries[number].id, gazetteer.entries[number].source, tokens, context


def unknown_lists(uses: Iterable[Use], lists: Iterable[str]) -> Iterator[Problem]:
    """The word lists that token patterns and contexts ask for and that do not exist; `entry` is the id."""
    lists = set(lists)
    for id, source, tokens, context in uses:
        for name in dict.fromkeys(_asked(tokens, context)):
            if name not in lists:
                known = ", ".join(sorted(lists)) or "a list under the key lists"
                yield Problem(*place(source), id, f"LIST: found {short(name)}", f"one of {known}")


def _asked(tokens: Sequence[dict[str, Any]], context: Mapping[str, Any]) -> list[str]:
    return lists_of(tokens, [item for items in context.values() for item in items])


def _thing(entry: Entry | SimpleEntry) -> Thing:
    return entry.label, str(entry.pattern)
