"""Abbreviations that keep their stop.

A row stands here when it is in Unicode CLDR for tk (eras, months, units), or common in print, and when
without its stop it is no word: `sen.`, `ýan.` and `dek.` (months in CLDR) would swallow the end of a sentence.
"""

import re

from spacy.lang.tokenizer_exceptions import BASE_EXCEPTIONS
from spacy.symbols import NORM, ORTH
from spacy.util import update_exc

ABBREVIATIONS = {
    # CLDR: eras, units, numbers, months
    "ý.": "ýyl",
    "b.e.": "biziň eramyz",
    "b.e.öň": "biziň eramyzdan öň",
    "b.e.öňki": "biziň eramyzdan öňki",
    "go.öň": "günortadan öň",
    "go.soň": "günortadan soň",
    "mln": "million",
    "mln.": "million",
    "mlrd": "milliard",
    "mlrd.": "milliard",
    "trln": "trillion",
    "trln.": "trillion",
    "few.": "fewral",
    "apr.": "aprel",
    "awg.": "awgust",
    "okt.": "oktýabr",
    "noý.": "noýabr",
    # lists and references
    "ýý.": "ýyllar",
    "ş.m.": "şuňa meňzeşler",
    "başg.": "başgalar",
    "s.": "sahypa",
    "sah.": "sahypa",
    "t.": "tom",
    # addresses and titles
    "ş.": "şäher",
    "köç.": "köçe",
    "dr.": "doktor",
    "prof.": "professor",
    "akad.": "akademik",
    "No.": "№",
}

# Of spaCy's own exceptions, the smileys without letters or digits. White space and the dash need none, and one met
# in a text turns off the tokeniser's cache for the rest of it; `8)` and `):` end brackets in prose.
_SMILEY = re.compile(r"[:;]['’]?-?[()]+")


def _spellings(abbreviation: str) -> set[str]:
    """As listed, with a capital, and all in capitals; one letter or several stops in capitals are initials."""
    if len(abbreviation) == 2:
        return {abbreviation}
    title = abbreviation[0].upper() + abbreviation[1:]
    return {abbreviation, title} if "." in abbreviation[:-1] else {abbreviation, title, abbreviation.upper()}


TOKENIZER_EXCEPTIONS = update_exc(
    {orth: tokens for orth, tokens in BASE_EXCEPTIONS.items() if _SMILEY.fullmatch(orth)},
    {
        orth: [{ORTH: orth, NORM: norm}]
        for abbreviation, norm in ABBREVIATIONS.items()
        for orth in sorted(_spellings(abbreviation))
    },
)
