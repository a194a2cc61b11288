"""Layers: patterns laid over compiled names, which are neither read again nor changed.

`above` gives what rules.py needs to know of the names below, `over` makes the gazetteer of both, in the same order as
if all had been read from the start.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence
from typing import Any

from turkmen_ner.errors import PatternError
from turkmen_ner.gazetteer.entry import (
    ANY_CASE,
    EXACT,
    FIXED,
    LOOSE_CASE,
    MAY_SOFTEN,
    MAY_STAY,
    MAYBE,
    POSSESSED,
    Context,
    Rule,
    TokenRule,
)
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.gazetteer.table import Names, Rower, split_source
from turkmen_ner.morphology.dictionary import vocabulary
from turkmen_ner.morphology.phonology import SOFT, may_soften, soft
from turkmen_ner.morphology.possession import bare_stem, ends_possessed
from turkmen_ner.orthography.alphabet import fold_all
from turkmen_ner.orthography.segmentation import key_words
from turkmen_ner.patterns.pattern_set import Patterns
from turkmen_ner.patterns.schema import CONTEXTS, Entry, EvidenceRule, Form
from turkmen_ner.patterns.token_patterns import lists_of

_FREE_INNER_CASE = frozenset({"BODY", "REGION", "COUNTRY"})  # Milli Goranmak / Milli goranmak ministrligi


class Known:
    """A compiled entry as rules.py asks for one; `aliases` are those that were added to it."""

    __slots__ = ("_added", "below", "number")

    def __init__(self, below: Gazetteer, number: int, added: dict[str, Any] | None = None) -> None:
        self.below = below
        self.number = number
        self._added = added

    @property
    def changed(self) -> bool:
        """Whether something was added to it."""
        return self._added is not None

    @property
    def id(self) -> str:
        """Its id."""
        return self.below.names.ids[self.number]

    @property
    def label(self) -> str:
        """Its label."""
        return self.below.names.labels[self.number]

    @property
    def source(self) -> str:
        """Where it is written."""
        return self.below.names.source(self.number)

    @property
    def tokens(self) -> tuple[dict[str, Any], ...]:
        """Its token pattern, empty when it is a name."""
        return next((rule.tokens for rule in self.below.token_rules if rule.entry == self.number), ())

    @property
    def pattern(self) -> Any:
        """Its name as written, or its token pattern."""
        return self.below.thing(self.number)[1]

    @property
    def context(self) -> dict[str, Any]:
        """What must and must not stand around it."""
        return {key: found for key in CONTEXTS if (found := getattr(self, key))}

    def __getattr__(self, key: str) -> Any:
        if self._added is not None and key in self._added:
            return self._added[key]
        if key == "aliases":
            return ()
        if key == "kb":
            return self.below.names.kbs.get(self.number)
        if key in CONTEXTS:
            return tuple(self.below.contexts.get(self.number, {}).get(key, ()))
        raise AttributeError(key)

    def model_copy(self, *, update: dict[str, Any]) -> "Known":
        """The same with something added, as pydantic has it."""
        return Known(self.below, self.number, {**(self._added or {}), **update})

    def forms(self) -> Iterator[Form]:
        """The forms that were added."""
        return iter(self.aliases)


def compile(patterns: Patterns) -> Gazetteer:
    """The gazetteer of patterns. RAISES (PatternError): If an entry asks for a word list that does not exist."""
    made = over(patterns, Gazetteer.empty())
    check_lists(made)
    return made


def above(below: Gazetteer) -> Patterns:
    """Patterns that begin with what is compiled."""
    patterns = Patterns()
    patterns.entries = {id: Known(below, number) for id, number in below.numbers.items()}  # type: ignore[misc]
    patterns.evidence = {rule.id: rule for rule in below.evidence}  # type: ignore[misc]
    patterns.lists = dict.fromkeys(below.lists, ())
    return patterns


def over(patterns: Patterns, below: Gazetteer) -> Gazetteer:
    """The gazetteer of patterns that began with `above(below)`."""
    rower = Rower()
    at: list[int] = []  # numbers of the rows: one of the names below, or -1
    stay: set[int] = set()
    replaced: set[int] = set()
    token_rules: list[tuple[int, tuple[dict[str, Any], ...]]] = []  # by row
    contexts: dict[int, Context] = {}
    last, in_place = -1, True
    entry: Entry | Known
    for key, entry in patterns.entries.items():
        number = below.numbers.get(key, -1)
        in_place = in_place and number > last
        if in_place:
            last = number
            stay.add(number)
        if isinstance(entry, Known):
            if not entry.changed:
                continue
        elif in_place:
            replaced.add(number)
        row = len(at)
        at.append(number if in_place else -1)
        _add(rower, key, entry)
        if entry.tokens and not isinstance(entry, Known):
            token_rules.append((row, entry.tokens))
        if entry.context:
            contexts[row] = entry.context
    removed = range(len(below.entries)) if not stay else sorted(set(range(len(below.entries))) - stay)
    return lay(
        below,
        rower.names(),
        at,
        removed=removed,
        replaced=replaced,
        lists={
            name: [*below.lists.get(name, ()), *fold_all(words)] if words else below.lists.get(name, ())
            for name, words in patterns.lists.items()
        },
        evidence=[_rule(rule) for rule in patterns.evidence.values()],
        token_rules=token_rules,
        contexts=contexts,
    )


def lay(
    below: Gazetteer,
    names: Names,
    at: Sequence[int],
    *,
    removed: Sequence[int] = (),
    replaced: set[int] = frozenset(),  # type: ignore[assignment]
    lists: Any = None,
    evidence: Sequence[Rule] | None = None,
    token_rules: Sequence[tuple[int, tuple[dict[str, Any], ...]]] = (),
    contexts: Any = None,
) -> Gazetteer:
    """The gazetteer of the names below and of these; row n becomes entry at[n] of those below, a new one at -1."""
    base = below.names
    gone = {*removed, *replaced}
    if gone:
        base = base.without(set(removed), gone)

    def moved(number: int) -> int:
        return number - bisect(removed, number)

    count = len(base.ids)
    numbers = []
    for number in at:
        if number < 0:
            numbers.append(count)
            count += 1
        else:
            numbers.append(moved(number) if removed else number)
    rules = [TokenRule(moved(rule.entry), rule.tokens) for rule in below.token_rules if rule.entry not in gone]
    rules += [TokenRule(numbers[row], tokens) for row, tokens in token_rules]
    around = {moved(number): context for number, context in below.contexts.items() if number not in gone}
    around |= {numbers[row]: context for row, context in (contexts or {}).items()}
    return Gazetteer(
        names.over(base, numbers),
        below.lists if lists is None else lists,
        below.evidence if evidence is None else evidence,
        tuple(sorted(rules, key=lambda rule: rule.entry)),
        dict(sorted(around.items())),
    )


def _forms(names: Names, number: int) -> list[int]:
    return [place for place, owner in enumerate(names.owners) if owner == number]


def _add(rower: Rower, key: str, entry: Entry | Known) -> None:
    assert entry.label is not None
    rower.entry(key, entry.label, entry.kb or "", split_source(entry.source))
    seen: set[tuple[str, ...]] = set()
    if isinstance(entry, Known):
        names = entry.below.names
        seen = {tuple(key_words(names.written[place])) for place in _forms(names, entry.number)}
    for form in entry.forms():
        words = key_words(form.pattern)
        if tuple(words) not in seen:
            seen.add(tuple(words))
            add_form(rower, form.pattern, words, _flags(form, entry.label, words))


def add_form(rower: Rower, written: str, words: list[str], flags: int) -> None:
    """Add a form to the last entry, a possessed one under its bare base form."""
    last = bare_stem(words[-1]) if flags & POSSESSED else words[-1]
    rower.form(written, " ".join([*words[:-1], last]), flags)


def _rule(rule: Rule | EvidenceRule) -> Rule:
    if isinstance(rule, Rule):
        return rule
    return Rule(rule.id, rule.label, rule.weight, rule.when, rule.unless, rule.source)


def check_lists(gazetteer: Gazetteer) -> None:
    """RAISES (PatternError): If an entry asks for a word list that does not exist."""
    problems = []
    tokens = {rule.entry: rule.tokens for rule in gazetteer.token_rules}
    for number in sorted({*tokens, *gazetteer.contexts}):
        context = gazetteer.contexts.get(number, {})
        for name in dict.fromkeys(lists_of(tokens.get(number, ()), [x for items in context.values() for x in items])):
            if name not in gazetteer.lists:
                entry = gazetteer.entries[number]
                known = ", ".join(sorted(gazetteer.lists)) or "a list under the key lists"
                problems.append(f"{entry.source}: ({entry.id}): LIST: found {name!r}, expected one of {known}")
    if problems:
        raise PatternError("\n".join(problems))


# --- switches of a form --------------------------------------------------------------------------------------------


def _flags(form: Form, label: str, words: Sequence[str]) -> int:
    """The switches of a form as its entry has set them, else by rule."""
    flags = plain_flags(form.pattern, label, words)
    if form.maybe:
        flags |= MAYBE
    if not form.inflect:
        flags |= FIXED
    if form.possessed is not None or form.soften is not None:
        flags &= ~(POSSESSED | MAY_SOFTEN | MAY_STAY)
        flags |= _changes(form.pattern, words, form.soften, form.possessed)
    if form.case is not None:
        flags = flags & ~(EXACT | ANY_CASE) | {"exact": EXACT, "any": ANY_CASE, "title": 0}[form.case]
    return flags


def plain_flags(written: str, label: str, words: Sequence[str]) -> int:
    """The switches of a form by rule.

    written (str): The name. words (list): Its folded words.
    """
    flags = _changes(written, words, None, None)
    if len(written) > 1 and " " not in written and written.isupper():  # an abbreviation
        flags |= EXACT
    elif not written[:1].isupper():
        flags |= ANY_CASE
    if label in _FREE_INNER_CASE:
        flags |= LOOSE_CASE
    return flags


def _changes(written: str, words: Sequence[str], soften: bool | str | None, possessed: bool | None) -> int:
    """How the end of a name may change before a suffix."""
    if possessed or (possessed is None and ends_possessed(words)):
        return POSSESSED | MAY_SOFTEN | MAY_STAY
    if soften is None:
        soften = _softens(words[-1], written.split()[-1][:1].isupper())
    return (MAY_SOFTEN if soften in (True, "both") else 0) | (MAY_STAY if soften in (False, "both") else 0)


def _softens(word: str, proper: bool) -> bool | str:
    """By rule: a common word as the dictionary has it (ministrligi, but kazyýeti), a name either way if it can."""
    if proper or not vocabulary().is_stem(word):
        return "both" if may_soften(word) else False
    return vocabulary().has_stem(soft(word)) if word[-1] in SOFT else False
