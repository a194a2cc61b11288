"""Rules of a compiled or saved file, checked as those of pattern files are: a checksum can be forged."""

import math
import re
from typing import Any

from turkmen_ner.errors import PatternError, Problem, short
from turkmen_ner.gazetteer.entry import RuleSet
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.gazetteer.serialization import FORMAT, restore
from turkmen_ner.patterns.token_patterns import CONTEXTS, check, context_item, fact, lists_of, token

_LABEL = re.compile(r"[A-Z][A-Z0-9_]*\Z")


def check_rules(rules: RuleSet, where: str) -> None:
    """Check what `RuleSet.from_data` made. where (str): What the error calls the file.

    RAISES (PatternError): If a rule is one that no pattern file can have.
    """
    try:
        for rule in rules.evidence:
            _same(bool(_LABEL.match(rule.label) and rule.when and math.isfinite(rule.weight)), True)
            for one in (*rule.when, *rule.unless):
                fact(one)
        for found in rules.token_rules:
            _same([token(one) for one in found.tokens], list(found.tokens))
            check(found.tokens)
        for context in rules.contexts.values():
            _same(set(CONTEXTS).issuperset(context), True)
            for items in context.values():
                _same([context_item(item) for item in items], list(items))
    except ValueError as error:
        raise PatternError(Problem(where, 0, "", "found other rules", f"those of format {FORMAT} ({error})")) from None


def _same(found: Any, expected: Any) -> None:
    if found != expected:
        raise ValueError("not as they are compiled")


def restored(data: bytes, where: str = "the saved patterns", **which: Any) -> Gazetteer:
    """The gazetteer of a saved or shipped file, checked as a whole. where, which: See `restore`.

    RAISES (PatternError): If it is not one.
    """
    found = restore(data, where, **which)
    check_rules(found.rules, where)
    tokens = [token for rule in found.token_rules for token in rule.tokens]
    items = [item for context in found.contexts.values() for kept in context.values() for item in kept]
    if missing := set(lists_of(tokens, items)).difference(found.lists):
        raise PatternError(Problem(where, 0, "", f"LIST: found {short(min(missing))}", "the name of a list in it"))
    return found
