"""Token patterns as written: spaCy's Matcher syntax with two keys of ours, checked and converted from YAML's strings.

See docs/token-patterns.md. Imports no spaCy: the attributes are a table here, and a test holds it to spaCy's schema.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from difflib import get_close_matches
from typing import Any

from turkmen_ner.errors import short
from turkmen_ner.orthography.alphabet import fold
from turkmen_ner.orthography.segmentation import segment
from turkmen_ner.patterns.regex_limits import MAX_STEPS, check_regex
from turkmen_ner.patterns.validators import string, truth

STRINGS = (
    "ORTH", "TEXT", "LOWER", "NORM", "SHAPE", "LEMMA", "POS", "TAG", "MORPH", "DEP", "ENT_TYPE", "ENT_IOB",
    "ENT_ID", "ENT_KB_ID",
)  # fmt: skip
TRUTHS = (
    "IS_ALPHA", "IS_ASCII", "IS_DIGIT", "IS_LOWER", "IS_UPPER", "IS_TITLE", "IS_PUNCT", "IS_SPACE", "IS_BRACKET",
    "IS_QUOTE", "IS_LEFT_PUNCT", "IS_RIGHT_PUNCT", "IS_CURRENCY", "IS_STOP", "IS_SENT_START", "SENT_START", "LIKE_NUM",
    "LIKE_URL", "LIKE_EMAIL", "SPACY",
)  # fmt: skip
NUMBERS = ("LENGTH",)
OURS = ("BASE", "LIST")
ATTRIBUTES = (*STRINGS, *TRUTHS, *NUMBERS, *OURS, "OP")
ANNOTATED = frozenset(
    {"LEMMA", "POS", "TAG", "MORPH", "DEP", "ENT_TYPE", "ENT_IOB", "ENT_ID", "ENT_KB_ID", "IS_SENT_START", "SENT_START"}
)  # what another component must have set
SETS = ("IN", "NOT_IN", "IS_SUBSET", "IS_SUPERSET", "INTERSECTS")
FUZZY = ("FUZZY", *(f"FUZZY{n}" for n in range(1, 10)))
COMPARISONS = ("==", "!=", ">=", "<=", ">", "<")

CONTEXTS = ("before", "after", "not_before", "not_after")  # keys of an entry

MAX_TOKENS = 30  # words that one match can have, and the largest number in an OP
MAX_OPEN = 3  # tokens with + * or {n,} in one pattern: each multiplies the ways to match
MAX_OPTIONAL = 9  # words that may be absent, as with ? or {1,3}: each doubles them; a token with + counts as three
MAX_ROW = MAX_TOKENS + MAX_OPTIONAL  # tokens of one pattern
MAX_LENGTH = 1_000_000  # in a comparison with LENGTH
MAX_TRIED = 50  # expressions of one REGEX or words of one FUZZY, which are tried one after another

_OP = re.compile(r"[+*?!1]|\{([0-9]{0,9})(,?)([0-9]{0,9})\}")

Token = dict[str, Any]


def token(value: Any) -> Token:
    """One token mapping, converted: keys in capitals, truth values and numbers as Matcher wants them.

    RAISES (ValueError): With everything that is wrong in it.

    >>> token({"IS_TITLE": "true", "LENGTH": {">=": "3"}, "OP": "+"})
    {'IS_TITLE': True, 'LENGTH': {'>=': 3}, 'OP': '+'}
    >>> token({"BASE": "gämi"})
    {'BASE': {'IN': ['gämi']}}
    """
    if not isinstance(value, Mapping):
        raise ValueError("expected a token, like {IS_TITLE: true, OP: +}")
    if len(value) > len(ATTRIBUTES):
        raise ValueError(f"expected at most {len(ATTRIBUTES)} keys, not {len(value):,}")
    found: Token = {}
    problems = []
    for key, given in value.items():
        name = key.upper() if isinstance(key, str) else key
        try:
            if name in found:
                raise ValueError("expected each key once")
            found[name] = _value(name, given)
        except ValueError as error:
            problems.append(f"{key if isinstance(key, str) else short(key):.40}: {error}")
    if "ORTH" in found and "TEXT" in found:
        problems.append("TEXT: expected one of ORTH and TEXT, which mean the same")
    if problems:
        raise ValueError("; ".join(problems))
    return found


def check(tokens: Sequence[Token]) -> None:
    """Check a pattern as a whole. RAISES (ValueError): If it is empty, matches nothing or too much."""
    if not tokens:
        raise ValueError("expected at least one token, like [{IS_TITLE: true}]")
    bounds = [length(spec) for spec in tokens]
    if sum(low for low, _ in bounds) > MAX_TOKENS:
        raise ValueError(f"expected a pattern of at most {MAX_TOKENS} words")
    if all(low == 0 for low, _ in bounds):
        raise ValueError("expected at least one token that must be there, not only OP ? and *")
    if (open_ := sum(high is None for _, high in bounds)) > MAX_OPEN:
        raise ValueError(f"expected at most {MAX_OPEN} tokens with OP + * or {{n,}}")
    if (optional := sum(high - low for low, high in bounds if high is not None)) > MAX_OPTIONAL - 3 * open_:
        raise ValueError(
            f"expected at most {MAX_OPTIONAL - 3 * open_} words that may be absent (OP ? or {{n,m}}) beside "
            f"{open_} tokens with + or *, found {optional}"
        )
    if (steps := sum(map(check_regex, _expressions(tokens)))) > MAX_STEPS:
        raise ValueError(f"REGEX: expected at most {MAX_STEPS:,} steps of all expressions, found {steps:,}")


def _expressions(given: Any) -> Iterator[str]:
    """The regular expressions in a checked pattern."""
    if isinstance(given, Mapping):
        for key, value in given.items():
            if key == "REGEX":
                yield from [value] if isinstance(value, str) else (one for several in value.values() for one in several)
            else:
                yield from _expressions(value)
    elif isinstance(given, (list, tuple)):
        for one in given:
            yield from _expressions(one)


def length(spec: Token) -> tuple[int, int | None]:
    """How many words a token stands for, at least and at most; None when there is no limit.

    >>> length({}), length({"OP": "+"}), length({"OP": "{,3}"}), length({"OP": "{2}"})
    ((1, 1), (1, None), (0, 3), (2, 2))
    """
    op = spec.get("OP", "1")
    simple = {"1": (1, 1), "!": (1, 1), "?": (0, 1), "*": (0, None), "+": (1, None)}
    if op in simple:
        return simple[op]
    low, comma, high = _OP.fullmatch(op).groups()  # type: ignore[union-attr]
    return int(low or 0), int(high) if high else None if comma else int(low)


def literals(spec: Token) -> list[str] | None:
    """The words of which a token is one, as written, or None when it can be any."""
    for key in ("ORTH", "TEXT", "LOWER"):
        value = spec.get(key)
        if isinstance(value, str):
            return [value]
        if isinstance(value, Mapping) and "IN" in value and not isinstance(value["IN"], Mapping):
            return list(value["IN"])
    return None


def is_closed(tokens: Sequence[Token]) -> bool:
    """Whether a pattern spells out its words, so that its id stands for one thing: not so with IS_TITLE.

    >>> is_closed([{"LOWER": "kaspi"}, {"BASE": {"IN": ["deňiz"]}}]), is_closed([{"IS_TITLE": True}])
    (True, False)
    """
    return all(literals(spec) is not None or "IN" in spec.get("BASE", ()) for spec in tokens)


def context_item(value: Any) -> str | dict[str, list[str]]:
    """A word of `before`, `after` ...: a base form of one or two words, or `{LIST: titles}`. RAISES (ValueError)."""
    if isinstance(value, str):
        return _phrase(value.strip())
    if isinstance(value, Mapping) and [str(k).upper() for k in value] == ["LIST"]:
        names = _strings(next(iter(value.values())))
        return {"LIST": names}
    raise ValueError("expected a base form, like gämi, or a word list, like {LIST: titles}")


def fact(value: str) -> str:
    """A fact of `when` and `unless` of evidence: `before:titles`. RAISES (ValueError): If it is written otherwise."""
    if not re.fullmatch(r"[a-z]+:[A-Za-z0-9+-]+", value):
        raise ValueError("expected a fact like before:titles, case:Loc or words:1, see patterns/README.md")
    return value


def lists_of(tokens: Sequence[Token], contexts: Sequence[Any]) -> list[str]:
    """The names of all word lists that a pattern and its contexts ask for."""
    found = [name for spec in tokens for names in spec.get("LIST", {}).values() for name in names]
    return found + [name for item in contexts if isinstance(item, Mapping) for name in item["LIST"]]


# --- values --------------------------------------------------------------------------------------------------------


def _value(name: Any, given: Any) -> Any:
    if name == "_":
        raise ValueError("found an extension attribute, expected one of spaCy's own, which every pipeline has")
    if name not in ATTRIBUTES:
        close = get_close_matches(name, ATTRIBUTES, n=1) if isinstance(name, str) and len(name) < 40 else ()
        expected = close[0] if close else f"one of {', '.join(ATTRIBUTES)}"
        raise ValueError(f"unknown token attribute, expected {expected}")
    if name == "OP":
        return _op(given)
    if name in TRUTHS:
        return _truth(given)
    if name in NUMBERS:
        if isinstance(given, Mapping):
            return _predicates(given, (*COMPARISONS, "IN", "NOT_IN"), _number)
        return _number(given)
    if name in OURS:
        return _ours(name, given)
    if isinstance(given, Mapping):
        return _predicates(given, ("REGEX", *SETS, *FUZZY), _SCALARS.get(name, _string))
    return _SCALARS.get(name, _string)(given)


def _op(given: Any) -> str:
    match = _OP.fullmatch(given) if isinstance(given, str) else None
    expected = 'expected one of + * ? ! "{n}" "{n,m}" "{n,}" "{,m}"'
    if match is None:
        raise ValueError(f"{expected}, found {short(given)}")
    low, _, high = match.groups()
    if low is None:
        return str(given)
    if not low and not high:
        raise ValueError(f"{expected}, found {short(given)}")
    numbers = [int(n) for n in (low, high) if n]
    if max(numbers) > MAX_TOKENS or max(numbers) == 0 or (low and high and int(low) > int(high)):
        raise ValueError(f"expected numbers from 1 to {MAX_TOKENS}, the smaller first, found {short(given)}")
    return str(given)


def _truth(given: Any) -> bool:
    try:
        return truth(given)
    except ValueError as error:
        raise ValueError(f"{error}, found {short(given)}") from None


def _number(given: Any) -> int:
    if isinstance(given, (str, int)) and not isinstance(given, bool):
        with suppress(ValueError):
            if 0 <= (number := int(given)) <= MAX_LENGTH:
                return number
    raise ValueError(f"expected a number of characters, like 3, found {short(given)}")


def _string(given: Any) -> str:
    try:
        return string(given)
    except ValueError as error:
        raise ValueError(f"{error}, found {short(given)}") from None


def _word(given: Any) -> str:
    if not (found := _string(given)):
        raise ValueError("expected some text, not an empty string")
    return found


def _features(given: Any) -> str:
    if not _FEATURES.fullmatch(found := _string(given)):
        raise ValueError(f"expected features, like Case=Gen|Number=Sing, found {short(given)}")
    return found


_FEATURES = re.compile(r"(?:[^=|\s]+=[^=|\s]+(?:\|(?=[^|])|$))*")
_SCALARS = {"MORPH": _features, **dict.fromkeys(("ORTH", "TEXT", "LOWER", "NORM", "SHAPE"), _word)}


def _strings(given: Any) -> list[str]:
    items = [given] if isinstance(given, str) else given
    if not isinstance(items, (list, tuple)) or not items or not all(isinstance(s, str) and s.strip() for s in items):
        raise ValueError(f"expected a word or a list of words, found {short(given)}")
    return [_string(s).strip() for s in items]


def _ours(name: str, given: Any) -> dict[str, list[str]]:
    """BASE and LIST: a word, a list of words, or IN and NOT_IN with such a list."""
    given = given if isinstance(given, Mapping) else {"IN": given}
    found: dict[str, list[str]] = {}
    for key, value in given.items():
        if key not in ("IN", "NOT_IN"):
            raise ValueError(f"expected IN or NOT_IN, found {short(key)}")
        found[key] = _strings(value)
        for word in found[key]:
            if name == "BASE" and len(segment(word)) > 1:
                raise ValueError(f"expected one word, and a token for each word of a name, found {short(word)}")
    if not found:
        raise ValueError("expected IN or NOT_IN, found {}")
    return found


def _phrase(value: str) -> str:
    words = [p for p in segment(value) if not p.isspace()]
    if not 1 <= len(words) <= 2 or not all(any(c.isalnum() for c in fold(w)) for w in words):
        raise ValueError("expected a base form of one or two words")
    return " ".join(words)


def _predicates(given: Mapping[str, Any], allowed: Sequence[str], scalar: Callable[[Any], Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if not given:
        raise ValueError(f"expected one of {', '.join(allowed)}, found {{}}")
    for key, value in given.items():
        name = str(key).upper()
        if name not in allowed:
            raise ValueError(f"expected one of {', '.join(allowed)}, found {short(key)}")
        if name in SETS:
            if not isinstance(value, (list, tuple)) or not (value or name not in ("IN", "NOT_IN")):
                raise ValueError(f"{name}: expected a list, found {short(value)}")
            found[name] = [scalar(v) for v in value]
        elif name == "REGEX" or name in FUZZY:
            checked = _expression if name == "REGEX" else _word
            found[name] = _tried(value, checked) if isinstance(value, Mapping) else checked(value)
        else:
            found[name] = scalar(value)
    return found


def _tried(value: Mapping[str, Any], scalar: Callable[[Any], str]) -> dict[str, list[str]]:
    found = _predicates(value, ("IN", "NOT_IN"), scalar)
    if (number := sum(map(len, found.values()))) > MAX_TRIED:
        raise ValueError(f"expected at most {MAX_TRIED} to try one after another, found {number:,}")
    return found


def _expression(given: Any) -> str:
    check_regex(found := _string(given))
    return found
