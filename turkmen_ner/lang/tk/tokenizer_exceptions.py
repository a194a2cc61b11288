"""Abbreviations that keep their stop.

Each group names its source. None longer than a letter is a word without its stop: `sen.`, `ýan.` and `dek.`
(months in CLDR) would swallow the end of a sentence.
"""

import re

from spacy.lang.tokenizer_exceptions import BASE_EXCEPTIONS
from spacy.symbols import NORM, ORTH
from spacy.util import update_exc

ABBREVIATIONS = {
    # Unicode CLDR for tk: eras, parts of the day, units, numbers, months (these two without the stop)
    "ý.": "ýyl",
    "b.e.": "biziň eramyz",
    "b.e.öň": "biziň eramyzdan öň",
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
    # seen in texts on the web: "we ş.m.", "we başg.", "Aşgabat ş., Oguzhan köç.", "b.e.öňki IV asyrdan"
    "b.e.öňki": "biziň eramyzdan öňki",
    "ş.m.": "şuňa meňzeşler",
    "başg.": "başgalar",
    "ş.": "şäher",
    "köç.": "köçe",
    # usage of learned books; no example at hand
    "ýý.": "ýyllar",
    "s.": "sahypa",
    "sah.": "sahypa",
    "t.": "tom",
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
