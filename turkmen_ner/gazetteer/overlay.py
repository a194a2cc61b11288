"""Overlays: what a set of patterns adds to, replaces in and removes from the names below, whichever these are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from turkmen_ner.errors import PatternError, Problem, place, short
from turkmen_ner.gazetteer.columns import Strings, all_of_type, of_type
from turkmen_ner.gazetteer.entry import NONE, Context, Rule, RuleSet, TokenRule
from turkmen_ner.gazetteer.lookup import Changes, Gazetteer
from turkmen_ner.gazetteer.table import NameTable
from turkmen_ner.orthography.alphabet import slug
from turkmen_ner.orthography.segmentation import key_words

Thing = tuple[str | None, str]  # what an id stands for: a label, and a name or a token pattern


class GeneratedIds:
    """Ids made from names; a number is added when another thing has the id.

    known (callable): What an id stands for, None when it is free.
    """

    def __init__(self, known: Callable[[str], Thing | None]) -> None:
        self._known = known
        self._ids: dict[tuple[str, Thing], str] = {}  # by the id without a number and the thing
        self._next: dict[str, int] = {}  # the id without a number -> the first number that may be free

    def of(self, base: str, thing: Thing) -> str:
        """The id of a thing, that it has or a new one. base (str): The id without a number."""
        if base not in self._next:
            self._next[base] = 1
            while (known := self._known(key := self._key(base))) is not None:
                self._ids.setdefault((base, known), key)
                self._next[base] += 1
        if (base, thing) not in self._ids:
            while self._known(key := self._key(base)) is not None:
                self._next[base] += 1
            self._ids[base, thing] = key
            self._next[base] += 1
        return self._ids[base, thing]

    def _key(self, base: str) -> str:
        number = self._next[base]
        return base if number == 1 else f"{base}-{number}"


def base_id(label: str | None, pattern: object) -> str:
    """The id without a number that is made for a name or a token pattern."""
    return slug(pattern) if isinstance(pattern, str) else f"{slug(label or '')}-rule"


@dataclass(frozen=True, kw_only=True)
class Overlay:
    """A table of names with its rules, by rows of the table.

    A row without an id is an entry that was removed where it was read.
    generated (bytes): 1 for a row whose id was made from its name. additions (list): Rows that add to an entry below.
    removed (list): Ids of what is to be removed below, each with where that is asked for.
    """

    table: NameTable
    generated: bytes = b""
    additions: Sequence[int] = ()
    removed: Sequence[tuple[str, str]] = ()
    rules: RuleSet = field(default_factory=RuleSet)

    def to_data(self) -> dict[str, Any]:
        """Plain values, for a compiled file."""
        return {
            "table": self.table.to_data(),
            "generated": self.generated,
            "additions": list(self.additions),
            "removed": [list(pair) for pair in self.removed],
            "rules": self.rules.to_data(),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Overlay":
        """The overlay that `to_data` described. RAISES (ValueError): If its parts do not fit each other."""
        made = cls(
            table=NameTable.from_data(data["table"]),
            generated=of_type(bytes, data["generated"]),
            additions=all_of_type(int, data["additions"]),
            removed=[(id, where) for id, where in map(partial(all_of_type, str), data["removed"])],
            rules=RuleSet.from_data(data["rules"]),
        )
        rows = [*made.additions, *made.rules.contexts, *(rule.entry for rule in made.rules.token_rules)]
        if len(made.generated) != len(made.table.ids) or not all(0 <= row < len(made.generated) for row in rows):
            raise ValueError("numbers of rows that are not there")
        return made


def merge(base: Gazetteer, overlay: Overlay) -> Gazetteer:
    """The gazetteer of a base and what lies over it; both stay as they are.

    RAISES (PatternError): If the overlay removes what the base lacks, or adds to it.
    """
    removed, evidence, problems = _removed(base, overlay)
    table = _renumbered(base, overlay, removed)
    same, replaced = dict(base.changes.same), dict(base.changes.replaced)
    additions = frozenset(overlay.additions)
    known = {row: number for row, number in _shared(base, table).items() if number not in removed}
    problems += [
        Problem(*place(table.source(row)), "", f"found the id {short(table.ids[row])} without a pattern",
                "the id of an entry loaded before and not removed")
        for row in overlay.additions
        if row not in known
    ]  # fmt: skip
    if problems:
        raise PatternError(*problems)
    hidden = {form for number in removed - base.changes.removed for form in base.places_of(number)}
    for row, number in sorted(known.items()):
        same[base.rows + row] = number
        if row not in additions:
            replaced[number] = base.rows + row
            hidden.update(base.places_of(number))
            continue
        forms = {tuple(key_words(base.forms[form].written)) for form in base.places_of(number)}
        hidden.update(
            base.places + form for form in table.places_of(row) if tuple(key_words(table.written[form])) in forms
        )
    for row, (id, label) in enumerate(zip(table.ids, table.labels, strict=True)) if _has_stops(table) else ():
        if not id:
            removed.add(base.rows + row)
        if not id or label == NONE:
            hidden.update(base.places + form for form in table.places_of(row))
    changes = Changes(same=same, replaced=replaced, removed=frozenset(removed), hidden=base.changes.hidden | hidden)
    numbers = {row: known.get(row, base.rows + row) for row in _ruled(overlay.rules)}
    gone = {number for row, number in known.items() if row not in additions} | removed
    rules = _rules(base.rules, overlay.rules, evidence, numbers, gone)
    return Gazetteer((*base.tables, table), changes, rules)


def _has_stops(table: NameTable) -> bool:
    return NONE in table.labels.kinds or not all(table.ids[-1:])  # what was removed stands last


def _removed(base: Gazetteer, overlay: Overlay) -> tuple[set[int], dict[str, Rule], list[Problem]]:
    """The entries of the base that are gone, the evidence that stays, and what is not there to remove."""
    removed, evidence = set(base.changes.removed), {rule.id: rule for rule in base.evidence}
    problems = []
    for id, where in overlay.removed:
        number = base.number(id)
        if number is not None and number not in removed:
            removed.add(number)
        elif evidence.pop(id, None) is None and not base.had(id):
            problems.append(nobody(id, where))
    return removed, evidence, problems


def nobody(id: str, where: str) -> Problem:
    """What is wrong with an id to remove that no entry has. where (str): File and line."""
    expected = (
        "one of an entry loaded before, as the column id of `turkmen-ner tag` shows it; a name without one is silenced "
        "by a list that begins with `# label: NONE`"
    )
    return Problem(*place(where), "", f"remove: found the id {short(id)}", expected)


def _shared(base: Gazetteer, table: NameTable) -> dict[int, int]:
    """The rows of a table whose ids are in the base, with the numbers of their entries there."""
    if all(below.rows.keys().isdisjoint(table.ids) for below in base.tables):
        return {}
    found = ((row, base.number(id)) for row, id in enumerate(table.ids))
    return {row: number for row, number in found if number is not None}


def _renumbered(base: Gazetteer, overlay: Overlay, removed: set[int]) -> NameTable:
    """The table with other generated ids where the base has an id for another thing."""
    table = overlay.table
    clash = [row for row, number in _shared(base, table).items() if overlay.generated[row] and number not in removed]
    if not clash:
        return table
    ids = list(table.ids)
    above = Gazetteer((table,), rules=overlay.rules)
    rows = {id: row for row, id in enumerate(ids)}

    def known(id: str) -> Thing | None:
        number = base.number(id)
        if number is not None and number not in removed:
            return base.thing(number)
        return above.thing(rows[id]) if id in rows else None

    generated = GeneratedIds(known)
    tokens = {rule.entry for rule in overlay.rules.token_rules}
    for row in clash:
        thing = above.thing(row)
        del rows[ids[row]]
        ids[row] = generated.of(base_id(thing[0], None if row in tokens else thing[1]), thing)
        rows[ids[row]] = row
    return replace(table, ids=Strings.of(ids)) if ids != list(table.ids) else table


def _ruled(rules: RuleSet) -> set[int]:
    return {*rules.contexts, *(rule.entry for rule in rules.token_rules)}


def _rules(
    base: RuleSet, above: RuleSet, evidence: dict[str, Rule], numbers: Mapping[int, int], gone: set[int]
) -> RuleSet:
    """The rules of both. numbers (dict): Rows of the overlay -> their numbers. gone (set): Entries of the base."""
    token_rules = [rule for rule in base.token_rules if rule.entry not in gone]
    token_rules += [TokenRule(numbers[rule.entry], rule.tokens) for rule in above.token_rules]
    contexts: dict[int, Context] = {number: found for number, found in base.contexts.items() if number not in gone}
    for row, found in above.contexts.items():
        known = contexts.get(numbers[row], {})
        contexts[numbers[row]] = {
            key: (*known.get(key, ()), *found.get(key, ())) for key in (*known, *(k for k in found if k not in known))
        }
    return RuleSet(
        lists={**base.lists, **{name: [*base.lists.get(name, ()), *words] for name, words in above.lists.items()}},
        evidence=[*(evidence | {rule.id: rule for rule in above.evidence}).values()],
        token_rules=tuple(sorted(token_rules, key=lambda rule: rule.entry)),
        contexts=dict(sorted(contexts.items())),
    )
