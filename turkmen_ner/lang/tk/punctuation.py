"""Where the tokeniser cuts. The tokens are those of `orthography.segmentation.segment`, without white space.

A rule consumes its character before it looks around: the regex engine then rejects most positions by their first
character alone, which makes these rules faster than spaCy's own.
"""

import re

from turkmen_ner.orthography.alphabet import APOSTROPHES, HYPHENS, INVISIBLE, MARKS
from turkmen_ner.orthography.segmentation import _SUFFIX, ADDRESS, DIGRAPH, DOMAIN, ENTITY, LETTER, UPPER

_OLD = "¥£¢"  # letters of 1993, also currencies
_GLUE = f"{MARKS}{INVISIBLE}{_OLD}"  # no word characters for `re`, yet inside a word
# HYPHENS begins with the plain hyphen, so it stands first in a class.
_AFTER_WORD = rf"(?<=[^\W_].|[{_GLUE}].)"  # the character before the one just read belongs to a word
_LOWER = rf"(?!{UPPER}){LETTER}"
_FIRST = rf"(?<![\w&{APOSTROPHES}]){UPPER}"  # a capital that begins a word
_FIRST_TWO = rf"(?<![\w&{APOSTROPHES}]){DIGRAPH}"  # Ýu, Sh
_ALL_INITIALS = rf"(?:{UPPER}\.)+(?![^\W_])"

INITIAL = rf"(?:{UPPER}|{DIGRAPH})\.(?={UPPER})(?!{_ALL_INITIALS})"  # D.Gulmanowa, A.B.Annaýew; not N.F.L.

URL_MATCH = re.compile(rf"(?:{ADDRESS})$").match

TOKENIZER_PREFIXES = [
    ENTITY,
    r"[^\w¥£¢]",
    "_",
    rf"[{_OLD}](?!{LETTER})",  # £5; ¢äher is a word
    INITIAL,
]

TOKENIZER_SUFFIXES = [
    ENTITY,
    rf"[^{HYPHENS}\w{_GLUE}./=+&#~]",  # what may end an address is left to the infixes
    rf"\.(?<!{_FIRST}\.)(?<!{_FIRST_TWO}\.)",
]

TOKENIZER_INFIXES = [
    ENTITY,
    rf"(?<![\w{_GLUE}.&{HYPHENS}{APOSTROPHES}–+@]){DOMAIN}",  # gazeta.ru,x.tm
    rf"[^{HYPHENS}\w{_GLUE}{APOSTROPHES}–.,:+&]",
    "_",
    r"[,:+](?!(?<=\d.)\d)",  # not 7,5  19:30  5+5
    rf"\.(?!(?<=\d.)\d|(?:(?<={_FIRST}.)|(?<={_FIRST_TWO}.))(?:{UPPER}|$)"  # not 7.5  D.  Ýu.
    rf"|(?<={_FIRST}\.{UPPER}.)(?![^\W_]))",  # not N.F.L.
    rf"{INITIAL}(?:(?<={_FIRST}\.)|(?<={_FIRST_TWO}\.))",  # ÇEŞME:D.Gulmanowa
    rf"[{HYPHENS}](?!{_AFTER_WORD}(?:{_LOWER}|{_SUFFIX})"  # not BMG-nyň  BMG-NYŇ
    rf"|(?<=[^\W\d_].)\d"  # not Apollon-11
    rf"|(?<={UPPER}\.{UPPER}\..){_LOWER})",  # not N.F.L.-niň
    rf"–(?!{_AFTER_WORD}{_SUFFIX})",  # not BMG–nyň
    rf"[{APOSTROPHES}](?!{_AFTER_WORD}{LETTER})",  # not Ankara'da
    rf"&(?!{_AFTER_WORD}{UPPER})",  # not AT&T
    rf"[{_OLD}](?:(?<=\d.)|(?<![^\W_].)(?!{LETTER}))",  # 100£
    rf"(?<=:)(?:{ADDRESS})",  # salgysy:www.tdh.gov.tm
]
