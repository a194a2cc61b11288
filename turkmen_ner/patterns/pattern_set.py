"""A set of patterns: what was read from files and entries, each id once."""

from collections.abc import Container, Iterator, Mapping
from typing import Any

from turkmen_ner.errors import Mistake, PatternError, _place, short
from turkmen_ner.orthography.alphabet import slug
from turkmen_ner.patterns import token_patterns as token_syntax
from turkmen_ner.patterns.schema import Entry, EvidenceRule, PatternFile


class Patterns:
    """Everything that a pipeline knows: entries in order, later files overriding earlier ones, and word lists."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.evidence: dict[str, EvidenceRule] = {}
        self.lists: dict[str, tuple[str, ...]] = {}

    def add(self, file: PatternFile, where: str = "<patterns>") -> None:
        """Add the entries of a file: a known id with a pattern replaces, without one adds aliases; `remove` takes out.

        RAISES (PatternError): For an id to remove or to add to that does not exist, or one used twice in the file.
        """
        entries, evidence, mistakes = self._merged(file, where)
        if mistakes:
            raise PatternError(*mistakes)
        self._take(file, entries, evidence)

    def add_right(self, file: PatternFile, where: str, lost: Container[str]) -> list[Mistake]:
        """Add what is right in a file and give what is wrong; ids in `lost` may be named."""
        entries, evidence, mistakes = self._merged(file, where, lost)
        self._take(file, entries, evidence)
        return mistakes

    def _take(self, file: PatternFile, entries: dict[str, Entry], evidence: dict[str, EvidenceRule]) -> None:
        self.entries, self.evidence = entries, evidence
        for name, words in file.lists.items():
            self.lists[name] = self.lists.get(name, ()) + words

    def _merged(
        self, file: PatternFile, where: str, lost: Container[str] = ()
    ) -> tuple[dict[str, Entry], dict[str, EvidenceRule], list[Mistake]]:
        entries, evidence = dict(self.entries), dict(self.evidence)
        mistakes = []

        def wrong(source: str, message: str) -> None:
            mistakes.append(Mistake(*_place(source), "", message))

        for name in file.remove:
            if entries.pop(name, None) is None and evidence.pop(name, None) is None and name not in lost:
                wrong(where, f"remove: found the id {short(name)}, expected one of an entry loaded before")
        first: dict[str, str] = {}
        ids = _Ids(entries)
        for entry in file.patterns:
            key = entry.id or ids.of(entry)
            if key in first:
                wrong(entry.source, f"found the id {short(key)} a second time, first at {first[key]}, "
                      "expected each id once")  # fmt: skip
            first[key] = entry.source
            if entry.pattern is not None:
                entries[key] = entry.model_copy(update={"id": key})
            elif (known := entries.get(key)) is not None:
                update: dict[str, Any] = {"aliases": known.aliases + entry.aliases, "kb": entry.kb or known.kb}
                update |= {key: getattr(known, key) + found for key, found in entry.context.items()}
                entries[key] = known.model_copy(update=update)
            elif key not in lost:
                what = f"found the id {short(key)} without a pattern, expected the id of an entry loaded before"
                wrong(entry.source, what)
        seen: set[str] = set()
        for rule in file.evidence:
            if rule.id in seen:
                wrong(rule.source, f"found the id {short(rule.id)} a second time, expected each id once")
            seen.add(rule.id)
            evidence[rule.id] = rule
        return entries, evidence, mistakes


class _Ids:
    """Ids made from patterns; a number is added when another thing has it."""

    def __init__(self, taken: Mapping[str, Entry]) -> None:
        self.taken = taken
        self.made: dict[str, dict[tuple[str | None, str], str]] = {}  # base -> label and pattern -> id
        self.next: dict[str, int] = {}  # base -> the first number that may be free

    def of(self, entry: Entry) -> str:
        """The id for an entry that names none: that of the same thing, else a new one."""
        base = slug(str(entry.pattern)) if not entry.tokens else f"{slug(entry.label or '')}-rule"
        if base not in self.made:
            self.made[base], self.next[base] = {}, 1
            while (known := self.taken.get(key := self._key(base))) is not None:
                self.made[base].setdefault((known.label, str(known.pattern)), key)
                self.next[base] += 1
        thing = entry.label, str(entry.pattern)
        if thing not in self.made[base]:
            while (key := self._key(base)) in self.taken:
                self.next[base] += 1
            self.made[base][thing] = key
            self.next[base] += 1
        return self.made[base][thing]

    def _key(self, base: str) -> str:
        number = self.next[base]
        return base if number == 1 else f"{base}-{number}"


def unknown_lists(patterns: Patterns) -> Iterator[tuple[Mistake, str]]:
    """The word lists that token patterns and contexts ask for and that do not exist, each with the id of its entry."""
    for name, entry in list(patterns.entries.items()):
        if not (entry.tokens or entry.context):
            continue
        asked = token_syntax.lists_of(entry.tokens, [item for items in entry.context.values() for item in items])
        for one in dict.fromkeys(asked):
            if one not in patterns.lists:
                known = ", ".join(sorted(patterns.lists)) or "a list under the key lists"
                what = f"LIST: found {short(one)}, expected one of {known}"
                yield Mistake(*_place(entry.source), f"({name})", what), name
