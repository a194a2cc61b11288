"""Token patterns as written: spaCy's Matcher syntax with two keys of ours, checked and converted from YAML's strings.

See docs/token-patterns.md. Imports no spaCy: the attributes are a table here, and a test holds it to spaCy's schema.
"""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from math import log2
from typing import Any

from turkmen_ner.alphabet import fold, pieces

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

MAX_TOKENS = 30  # words that one match can have, and the largest number in an OP
MAX_OPEN = 3  # tokens with + * or {n,} in one pattern: each multiplies the ways to match
MAX_SEEN = 60  # characters of a word that a pattern sees
MAX_REGEX = 200  # characters of a regular expression
MAX_WORK = (
    11  # of one regular expression: 3 for each * + {n,}, log2(n) for n alternatives or lengths, as in ? and {n,m}
)

_OP = re.compile(r"[+*?!1]|\{(\d*)(,?)(\d*)\}")

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
    found: Token = {}
    problems = []
    for key, given in value.items():
        name = key.upper() if isinstance(key, str) else key
        try:
            if name in found:
                raise ValueError("expected each key once")
            found[name] = _value(name, given)
        except ValueError as error:
            problems.append(f"{key}: {error}")
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
    if sum(high is None for _, high in bounds) > MAX_OPEN:
        raise ValueError(f"expected at most {MAX_OPEN} tokens with OP + * or {{n,}}")


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


def lists_of(tokens: Sequence[Token], contexts: Sequence[Any]) -> list[str]:
    """The names of all word lists that a pattern and its contexts ask for."""
    found = [name for spec in tokens for names in spec.get("LIST", {}).values() for name in names]
    return found + [name for item in contexts if isinstance(item, Mapping) for name in item["LIST"]]


# --- values --------------------------------------------------------------------------------------------------------


def _value(name: Any, given: Any) -> Any:
    if name == "_":
        raise ValueError("found an extension attribute, expected one of spaCy's own, which every pipeline has")
    if name not in ATTRIBUTES:
        close = get_close_matches(str(name), ATTRIBUTES, n=1)
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
        return _predicates(given, ("REGEX", *SETS, *FUZZY), _string)
    return _string(given)


def _op(given: Any) -> str:
    match = _OP.fullmatch(given) if isinstance(given, str) else None
    expected = 'expected one of + * ? ! "{n}" "{n,m}" "{n,}" "{,m}"'
    if match is None:
        raise ValueError(f"{expected}, found {given!r}")
    low, _, high = match.groups()
    if low is None:
        return str(given)
    if not low and not high:
        raise ValueError(f"{expected}, found {given!r}")
    numbers = [int(n) for n in (low, high) if n]
    if max(numbers) > MAX_TOKENS or max(numbers) == 0 or (low and high and int(low) > int(high)):
        raise ValueError(f"expected numbers from 1 to {MAX_TOKENS}, the smaller first, found {given!r}")
    return str(given)


def _truth(given: Any) -> bool:
    if given is True or given == "true":
        return True
    if given is False or given == "false":
        return False
    raise ValueError(f"expected true or false, found {given!r}")


def _number(given: Any) -> int | float:
    if isinstance(given, bool) or not isinstance(given, (str, int, float)):
        raise ValueError(f"expected a number, found {given!r}")
    try:
        return int(given) if not isinstance(given, float) else given
    except ValueError:
        raise ValueError(f"expected a number, found {given!r}") from None


def _string(given: Any) -> str:
    if not isinstance(given, str):
        raise ValueError(f"expected a string, found {given!r}")
    return given


def _strings(given: Any) -> list[str]:
    items = [given] if isinstance(given, str) else given
    if not isinstance(items, Sequence) or not items or not all(isinstance(s, str) and s.strip() for s in items):
        raise ValueError(f"expected a word or a list of words, found {given!r}")
    return [s.strip() for s in items]


def _ours(name: str, given: Any) -> dict[str, list[str]]:
    """BASE and LIST: a word, a list of words, or IN and NOT_IN with such a list."""
    given = given if isinstance(given, Mapping) else {"IN": given}
    found: dict[str, list[str]] = {}
    for key, value in given.items():
        if key not in ("IN", "NOT_IN"):
            raise ValueError(f"expected IN or NOT_IN, found {key!r}")
        found[key] = _strings(value)
        for word in found[key]:
            if name == "BASE" and len(pieces(word)) > 1:
                raise ValueError(f"expected one word, and a token for each word of a name, found {word!r}")
    if not found:
        raise ValueError("expected IN or NOT_IN, found {}")
    return found


def _phrase(value: str) -> str:
    words = [p for p in pieces(value) if not p.isspace()]
    if not 1 <= len(words) <= 2 or not all(any(c.isalnum() for c in fold(w)) for w in words):
        raise ValueError("expected a base form of one or two words")
    return " ".join(words)


def _predicates(given: Mapping[str, Any], allowed: Sequence[str], scalar: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if not given:
        raise ValueError(f"expected one of {', '.join(allowed)}, found {{}}")
    for key, value in given.items():
        name = str(key).upper()
        if name not in allowed:
            raise ValueError(f"expected one of {', '.join(allowed)}, found {key!r}")
        if name in SETS:
            if isinstance(value, (str, Mapping)) or not isinstance(value, Sequence):
                raise ValueError(f"{key}: expected a list, found {value!r}")
            found[name] = [scalar(v) for v in value]
        elif name == "REGEX" or name in FUZZY:
            if isinstance(value, Mapping):
                found[name] = _predicates(value, ("IN", "NOT_IN"), scalar)
            else:
                found[name] = scalar(value)
            if name == "REGEX":
                inner = found[name]
                for regex in [inner] if isinstance(inner, str) else [r for rs in inner.values() for r in rs]:
                    check_regex(regex)
        else:
            found[name] = scalar(value)
    return found


# --- regular expressions that end ----------------------------------------------------------------------------------

_REGEX_PIECE = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?<?[=!:]|\(\?P?<\w+>|\(|\)|\||[*+?]|\{\d*,?\d*\}|.", re.DOTALL
)


def check_regex(regex: str) -> None:
    r"""Refuse a regular expression that is wrong, or that could try without end.

    Backtracking multiplies where a repetition stands in a repetition, or alternatives do; those are refused, and the
    number of repetitions is limited. What is left takes some milliseconds on the worst word of `MAX_SEEN` characters.

    RAISES (ValueError): If it is refused.

    >>> check_regex(r"^(?:TJG|USS)$"), check_regex(r"\w+-\d+")
    (None, None)
    """
    if len(regex) > MAX_REGEX:
        raise ValueError(f"REGEX: expected at most {MAX_REGEX} characters, found {len(regex)}")
    try:
        re.compile(regex)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"REGEX: expected a regular expression, found {regex!r}: {error}") from None
    work = 0.0
    groups: list[int] = [0]  # of each open group the number of |
    holds: list[bool] = [False]  # whether each open group holds a repetition or alternatives
    closed = False  # whether the piece before is a group that does
    before = ""
    for piece in _REGEX_PIECE.findall(regex):
        after_repeat = before in ("*", "+", "?", "}")  # lazy or possessive: a+?, a{2}+
        repeats = not after_repeat and (piece in ("*", "+") or (piece[0] == "{" and piece[-1] == "}" and piece != "{}"))
        if repeats and closed:
            raise ValueError(
                f"REGEX: found a repetition or alternatives inside the repetition {piece} of {regex!r}, "
                "expected one that cannot backtrack without end, like [ab]+ for (a|b)+"
            )
        closed = False
        if repeats:
            work += _ways(piece)
            holds[-1] = True
        elif piece == "?" and not after_repeat:
            work += 1
            holds[-1] = True
        elif piece == "|":
            groups[-1] += 1
            holds[-1] = True
        elif piece[0] == "(":
            groups.append(0)
            holds.append(False)
        elif piece == ")" and len(groups) > 1:
            work += log2(groups.pop() + 1)
            closed = holds.pop()
            holds[-1] = holds[-1] or closed
        before = "}" if repeats and piece[0] == "{" else piece
    if work + log2(groups[0] + 1) > MAX_WORK:
        raise ValueError(f"REGEX: expected fewer of * + {{n,m}} ? and |, or two tokens, found {regex!r}")


def _ways(repetition: str) -> float:
    """What a repetition adds to the work: 3 without an end, else by the number of lengths, 0 for {n}."""
    low, comma, high = repetition.strip("{}").partition(",")
    if repetition in ("*", "+") or (comma and not high):
        return 3.0
    return min(3.0, log2(max(1, int(high) - int(low or 0) + 1))) if comma else 0.0
