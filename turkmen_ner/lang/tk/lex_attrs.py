"""What spaCy asks of each new word: its shape, whether it is a number, an address, in capitals ...

A number is one in digits, Roman figures or words, also with a suffix after a hyphen. All else has the values that
spaCy gives, faster: spaCy asks 22 functions for each new word, and in most of them the call is what costs.
"""

import re
from collections.abc import Callable
from operator import itemgetter
from typing import Any

from spacy import attrs
from spacy.lang import lex_attrs

_CARDINALS = (
    "nol bir iki üç dört bäş alty ýedi sekiz dokuz on ýigrimi otuz kyrk elli altmyş ýetmiş segsen togsan ýüz müň "
    "million milliard trillion"
)
_ORDINALS = (
    "birinji ikinji üçünji dördünji bäşinji altynjy ýedinji sekizinji dokuzynjy onunjy ýigriminji otuzynjy kyrkynjy "
    "ellinji altmyşynjy ýetmişinji segseninji togsanynjy ýüzünji müňünji millionynjy milliardynjy trillionynjy"
)
CARDINALS = _CARDINALS.split()
ORDINALS = _ORDINALS.split()

_WORDS = frozenset(CARDINALS + ORDINALS + ["mln", "mlrd", "trln"])
# Case, plural, possessive and ordinal suffixes keep a number a number (5-de, 2022-nji, 3-si); -li, -günlük do not.
_SUFFIX = r"[-\u2010\u2011](?:nj[yi]\w*|l[ae]r\w*|s[yi]\w*|n?[yiuü]ň|n?[yiuü]|n?[aeä]|n?d[ae]n?|n?d[aä]k[yi])"
_NUMBER = re.compile(
    rf"""
    [+\-±~]? (?: \d+(?:[.,]\d+)* [½¼¾⅓⅔]? | \d+/\d+ | [½¼¾⅓⅔] ) (?:{_SUFFIX})?
  | (?=[IVX]{{2}}) X{{0,3}} (?:IX|IV|V?I{{0,3}})                    # XX, not the letters I, V, X
  | (?=[IVXLCM]) M{{0,3}} C{{0,3}} X{{0,3}} L?X{{0,3}} (?:IX|IV|V?I{{0,3}}) [-\u2010\u2011]nj[yi]\w*   # V-nji
    """,
    re.VERBOSE | re.IGNORECASE,
)


_FIRST = frozenset("+-±~½¼¾⅓⅔IVXLCMivxlcmİı")  # begins a number that does not begin with a digit


def like_num(text: str) -> bool:
    """Whether a token is a number.

    >>> [word for word in "5 5-de 2022-nji 3-günlük XX XX-nji üç BÄŞINJI bir-iki on-line".split() if like_num(word)]
    ['5', '5-de', '2022-nji', 'XX', 'XX-nji', 'üç', 'BÄŞINJI']
    """
    if text.lower() in _WORDS:
        return True
    first = text[:1]
    return (first in _FIRST or first.isdecimal()) and _NUMBER.fullmatch(text) is not None


def like_email(text: str) -> bool:
    """Whether a token is an e-mail address, as spaCy has it.

    >>> like_email("jo@samaritans.org"), like_email("söz")
    (True, False)
    """
    return "@" in text and lex_attrs.like_email(text)


def like_url(text: str) -> bool:
    """Whether a token is a web address, as spaCy has it: each has one of these signs.

    >>> like_url("tdh.gov.tm"), like_url("http://tdh"), like_url("söz")
    (True, True, False)
    """
    return ("." in text or "://" in text) and lex_attrs.like_url(text)


_LOWER = tuple("x" * min(length, 4) for length in range(100))  # by length; spaCy calls a longer word LONG


def shape(text: str) -> str:
    """The shape of a token, as spaCy has it: letters are x and X, digits d, and of a run of one sign four are left.

    >>> shape("şäherlerde"), shape("Aşgabatda"), shape("BMG-nyň"), shape("2022-nji")
    ('xxxx', 'Xxxxx', 'XXX-xxx', 'dddd-xxx')
    """
    if text.isalpha() and len(text) < 100:
        if text.islower():
            return _LOWER[len(text)]
        if text[0].isupper() and text[1:].islower():
            return f"X{_LOWER[len(text) - 1]}"
    return lex_attrs.word_shape(text)


_BRACKETS = frozenset("()[]{}<>")
_QUOTES = frozenset("\"'`«»‘’‚‛“”„‟‹›❮❯") | {"''", "``"}
_LEFT = frozenset("([{<\"'«‘‚‛“„‟‹❮") | {"``"}
_RIGHT = frozenset(")]}>\"'»’”›❯") | {"''"}

LEX_ATTRS: dict[int, Callable[[str], Any]] = {
    attrs.LIKE_NUM: like_num,
    attrs.LIKE_EMAIL: like_email,
    attrs.LIKE_URL: like_url,
    attrs.SHAPE: shape,
    attrs.LOWER: str.lower,
    attrs.NORM: str.lower,
    attrs.PREFIX: itemgetter(0),
    attrs.SUFFIX: itemgetter(slice(-3, None)),
    attrs.IS_ALPHA: str.isalpha,
    attrs.IS_ASCII: str.isascii,
    attrs.IS_DIGIT: str.isdigit,
    attrs.IS_LOWER: str.islower,
    attrs.IS_SPACE: str.isspace,
    attrs.IS_TITLE: str.istitle,
    attrs.IS_UPPER: str.isupper,
    attrs.IS_BRACKET: _BRACKETS.__contains__,
    attrs.IS_QUOTE: _QUOTES.__contains__,
    attrs.IS_LEFT_PUNCT: _LEFT.__contains__,
    attrs.IS_RIGHT_PUNCT: _RIGHT.__contains__,
}
