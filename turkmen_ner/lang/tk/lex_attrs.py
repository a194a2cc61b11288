"""Which tokens are numbers: in digits, Roman figures or words, also with a suffix after a hyphen."""

import re
from collections.abc import Callable
from typing import Any

from spacy.attrs import LIKE_NUM

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


def like_num(text: str) -> bool:
    """Whether a token is a number.

    >>> [word for word in "5 5-de 2022-nji 3-günlük XX XX-nji üç BÄŞINJI bir-iki on-line".split() if like_num(word)]
    ['5', '5-de', '2022-nji', 'XX', 'XX-nji', 'üç', 'BÄŞINJI']
    """
    return text.lower() in _WORDS or _NUMBER.fullmatch(text) is not None


LEX_ATTRS: dict[int, Callable[[str], Any]] = {LIKE_NUM: like_num}
