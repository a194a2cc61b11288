"""From patterns to a gazetteer: what was read becomes a table of names, laid over the names below."""

from collections.abc import Sequence
from itertools import chain

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
    Rule,
    RuleSet,
    TokenRule,
)
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.gazetteer.overlay import Overlay, merge
from turkmen_ner.gazetteer.table import TableBuilder, split_source
from turkmen_ner.morphology.dictionary import vocabulary
from turkmen_ner.morphology.phonology import SOFT, may_soften, soft
from turkmen_ner.morphology.possession import ends_possessed
from turkmen_ner.orthography.alphabet import fold_all
from turkmen_ner.orthography.segmentation import key_words
from turkmen_ner.patterns.pattern_set import Patterns, unknown_lists, uses_of
from turkmen_ner.patterns.schema import Form, SimpleEntry

_FREE_INNER_CASE = frozenset({"BODY", "REGION", "COUNTRY"})  # Milli Goranmak / Milli goranmak ministrligi


def compile(patterns: Patterns) -> Gazetteer:
    """The gazetteer of patterns and of their base.

    RAISES (PatternError): If an entry asks for a word list that does not exist.
    """
    made = merge(patterns.base, overlay(patterns))
    check_lists(made)
    return made


def overlay(patterns: Patterns) -> Overlay:
    """Patterns as a table, without their base."""
    builder = TableBuilder()
    token_rules, contexts, additions = [], {}, []
    rows = chain(patterns.entries.items(), (("", entry) for entry in patterns.gone))
    for row, (id, entry) in enumerate(rows):
        if isinstance(entry, SimpleEntry):
            builder.entry(id, entry.label, entry.kb, (entry.file, entry.line))
            forms = _simple_forms(entry)
        else:
            label = patterns.label(entry)
            builder.entry(id, label, entry.kb or "", split_source(entry.source))
            if entry.pattern is None and id:
                additions.append(row)
            if id:
                token_rules += [TokenRule(row, tokens) for tokens in entry.token_patterns]
            if entry.context and id:
                contexts[row] = entry.context
            forms = [
                (f.pattern, words, _options(f, label, words)) for f in entry.forms() if (words := key_words(f.pattern))
            ]
        if len(forms) > 1:  # each once
            first: dict[tuple[str, ...], tuple[str, list[str], int]] = {}
            for form in forms:
                first.setdefault(tuple(form[1]), form)
            forms = [*first.values()]
        for form in forms:
            builder.form(*form)
    return Overlay(
        table=builder.table(),
        generated=bytes(map(patterns.generated.__contains__, patterns.entries)) + bytes(len(patterns.gone)),
        additions=additions,
        removed=patterns.removed,
        rules=RuleSet(
            lists={name: fold_all(words) for name, words in patterns.lists.items()},
            evidence=[Rule(r.id, r.label, r.weight, r.when, r.unless, r.source) for r in patterns.evidence.values()],
            token_rules=token_rules,
            contexts=contexts,
        ),
    )


def check_lists(gazetteer: Gazetteer) -> None:
    """RAISES (PatternError): If an entry asks for a word list that does not exist."""
    if problems := list(unknown_lists(uses_of(gazetteer), gazetteer.lists)):
        raise PatternError(*problems)


# --- matching options of a form ------------------------------------------------------------------------------------


def _simple_forms(entry: SimpleEntry) -> list[tuple[str, list[str], int]]:
    """The forms of an entry: as written, their folded words, their matching options."""
    words = key_words(entry.pattern)
    options = default_options(entry.pattern, entry.label, words)
    forms = [(entry.pattern, words, options | MAYBE if entry.maybe else options)]
    for alias in entry.aliases:
        words = key_words(alias)
        forms.append((alias, words, default_options(alias, entry.label, words)))
    return forms


def _options(form: Form, label: str, words: Sequence[str]) -> int:
    """The matching options of a form as its entry has set them, else by rule."""
    options = default_options(form.pattern, label, words)
    if form.maybe:
        options |= MAYBE
    if not form.inflect:
        options |= FIXED
    if form.possessed is not None or form.soften is not None:
        options &= ~(POSSESSED | MAY_SOFTEN | MAY_STAY)
        options |= _changes(form.pattern, words, form.soften, form.possessed)
    if form.case is not None:
        options = options & ~(EXACT | ANY_CASE) | {"exact": EXACT, "any": ANY_CASE, "title": 0}[form.case]
    return options


def default_options(written: str, label: str, words: Sequence[str]) -> int:
    """The matching options of a form by rule.

    written (str): The name. words (list): Its folded words.
    """
    options = _changes(written, words, None, None)
    if len(written) > 1 and " " not in written and written.isupper():  # an abbreviation
        options |= EXACT
    elif not written[:1].isupper():
        options |= ANY_CASE
    if label in _FREE_INNER_CASE:
        options |= LOOSE_CASE
    return options


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
