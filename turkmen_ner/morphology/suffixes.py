"""Order: the suffixes of the Turkmen noun, one row each, and what may follow what.

A template spells the vowels that harmony chooses as capitals: A = a/e, Ä = a/ä, Y = y/i (u/ü after a rounded
vowel, never at the end of the word). A row has one template for each kind of stem it is added to; None means it is not.
Features are Universal Dependencies v2. Sources: Clark (1998), Hoey (2013); docs/grammar.md has
each row with its source. The witnesses are tested.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from turkmen_ner.morphology.phonology import ROUND
from turkmen_ner.orthography.alphabet import ASCII, VOWELS


class Slot(IntEnum):
    """The places in the order of suffixes."""

    STEM = 0
    DERIVATION = 1  # the result is no longer the name: Türkiýeli
    NUMBER = 2
    POSSESSOR = 3
    CASE = 4
    ATTRIBUTIVE = 5  # Bengazidäki; takes number, possessor and case again
    CLITIC = 6


FOLLOWS: dict[Slot, tuple[Slot, ...]] = {
    Slot.STEM: (Slot.DERIVATION, Slot.NUMBER, Slot.POSSESSOR, Slot.CASE, Slot.ATTRIBUTIVE, Slot.CLITIC),
    Slot.DERIVATION: (Slot.DERIVATION, Slot.NUMBER, Slot.POSSESSOR, Slot.CASE, Slot.ATTRIBUTIVE, Slot.CLITIC),
    Slot.NUMBER: (Slot.POSSESSOR, Slot.CASE, Slot.ATTRIBUTIVE, Slot.CLITIC),
    Slot.POSSESSOR: (Slot.CASE, Slot.ATTRIBUTIVE, Slot.CLITIC),
    Slot.CASE: (Slot.CLITIC,),
    Slot.ATTRIBUTIVE: (Slot.NUMBER, Slot.POSSESSOR, Slot.CASE, Slot.CLITIC),
    Slot.CLITIC: (Slot.CLITIC,),
}


@dataclass(frozen=True, eq=False)
class Suffix:
    """One row of the paradigm; there is one of each, so rows are compared by identity.

    name: short name, for explanations.
    vowel, consonant, third: template after a vowel, after a consonant, after the possessive of the third person.
    features: what it adds, in Universal Dependencies spelling.
    witness: written forms that show it, `base>form`.
    """

    slot: Slot
    name: str
    vowel: str | None
    consonant: str | None
    third: str | None
    features: dict[str, str] = field(default_factory=dict)
    witness: str = ""


def _psor(person: str, number: str) -> dict[str, str]:
    return {"Number[psor]": number, "Person[psor]": person}


_D, _N, _P, _C, _A, _K = Slot.DERIVATION, Slot.NUMBER, Slot.POSSESSOR, Slot.CASE, Slot.ATTRIBUTIVE, Slot.CLITIC

# fmt: off
SUFFIXES: tuple[Suffix, ...] = (
    # after a vowel, after a consonant, after the third person; features; witness
    Suffix(_D, "ly",     "lY",     "lY",     None,     {},                 "Türkiýe>Türkiýeli Köln>Kölnli"),
    Suffix(_D, "lyk",    "lYk",    "lYk",    None,     {},                 "Mary>Marylyk Fransuz>Fransuzlyk"),
    Suffix(_D, "lyg",    "lYg",    "lYg",    None,     {},                 "Mary>Marylygyň Türkiýe>Türkiýeligi"),
    Suffix(_D, "syz",    "sYz",    "sYz",    None,     {},                 "Haftar>Haftarsyz Türkiýe>Türkiýesiz"),
    Suffix(_D, "çy",     "çY",     "çY",     None,     {},                 "Kemal>Kemalçy Lenin>Leninçi"),
    Suffix(_N, "lar",    "lAr",    "lAr",    None,     {"Number": "Plur"}, "Haftar>Haftarlar Türkiýe>Türkiýeler"),
    Suffix(_P, "1sg",    "m",      "Ym",     None,     _psor("1", "Sing"), "Türkiýe>Türkiýäm Gül>Gülüm"),
    Suffix(_P, "2sg",    "ň",      "Yň",     None,     _psor("2", "Sing"), "Türkiýe>Türkiýäň Haftar>Haftaryň"),
    Suffix(_P, "3",      "sY",     "Y",      None,     _psor("3", "Sing"), "Türkiýe>Türkiýesi Gül>Gülünde"),
    Suffix(_P, "1pl",    "mYz",    "YmYz",   None,     _psor("1", "Plur"), "Türkiýe>Türkiýämiz Haftar>Haftarymyz"),
    Suffix(_P, "2pl",    "ňYz",    "YňYz",   None,     _psor("2", "Plur"), "Türkiýe>Türkiýäňiz Haftar>Haftaryňyz"),
    Suffix(_C, "Gen",    "nYň",    "Yň",     "nYň",    {"Case": "Gen"},    "Türkiýe>Türkiýäniň Ford>Forduň"),
    Suffix(_C, "Dat",    None,     "A",      "nA",     {"Case": "Dat"},    "Aşgabat>Aşgabada Tokio>Tokioa"),
    Suffix(_C, "Acc",    "nY",     "Y",      "nY",     {"Case": "Acc"},    "Türkiýe>Türkiýäni Haftar>Haftary"),
    Suffix(_C, "Loc",    "dA",     "dA",     "ndA",    {"Case": "Loc"},    "Bengazi>Bengazide Tripoli>Tripolide"),
    Suffix(_C, "Abl",    "dAn",    "dAn",    "ndAn",   {"Case": "Abl"},    "Bengazi>Bengaziden Haftar>Haftardan"),
    Suffix(_C, "Equ",    "çA",     "çA",     "nçA",    {"Case": "Equ"},    "Haftar>Haftarça Bengazi>Bengaziçe"),
    Suffix(_A, "daky",   "dÄkY",   "dÄkY",   "ndÄkY",  {"Case": "Loc"},    "Liwiýa>Liwiýadaky Bengazi>Bengazidäki"),
    Suffix(_A, "daka",   "dÄkÄ",   "dÄkÄ",   "ndÄkÄ",  {"Case": "Dat"},    "Liwiýa>Liwiýadaka Bengazi>Bengazidäkä"),
    Suffix(_A, "nyňky",  "nYňkY",  "YňkY",   "nYňkY",  {"Case": "Gen"},    "Türkiýe>Türkiýäniňki Haftar>Haftaryňky"),
    Suffix(_A, "nyňka",  "nYňkÄ",  "YňkÄ",   "nYňkÄ",  {"Case": "Dat"},    "Türkiýe>Türkiýäniňkä Haftar>Haftaryňka"),
    Suffix(_K, "dyr",    "dYr",    "dYr",    "dYr",    {},                 "Haftar>Haftardyr Gül>Güldür"),
    Suffix(_K, "dy",     "dY",     "dY",     "dY",     {},                 "Haftar>Haftardy Bengazi>Bengazidi"),
    Suffix(_K, "dygy",   "dYgY",   "dYgY",   "dYgY",   {},                 "Haftar>Haftardygy Bengazi>Bengazidigi"),
    Suffix(_K, "dygyny", "dYgYnY", "dYgYnY", "dYgYnY", {},                 "Haftar>Haftardygyny"),
    Suffix(_K, "myş",    "mYş",    "mYş",    "mYş",    {},                 "Haftar>Haftarmyş Bengazi>Bengazimiş"),
    Suffix(_K, "my",     "mY",     "mY",     "mY",     {},                 "Haftar>Haftarmy Bengazi>Bengazimi"),
    Suffix(_K, "myka",   "mYkÄ",   "mYkÄ",   "mYkÄ",   {},                 "Haftar>Haftarmyka Bengazi>Bengazimikä"),
    Suffix(_K, "ka",     "kÄ",     "kÄ",     "kÄ",     {},                 "Bengazi>Bengazidekä Haftar>Haftarka"),
    Suffix(_K, "da",     "dA",     "dA",     "dA",     {},                 "Haftar>Haftar-da Bengazi>Bengazide-de"),
    Suffix(_K, "am",     "m",      "Am",     None,     {},                 "Haftar>Haftaram Liwiýa>Liwiýam"),
)
# fmt: on

# Each archiphoneme in a word with back and with front vowels; y and i may be rounded where harmony allows it.
_CHOICES = {"A": ("a", "e"), "Ä": ("a", "ä"), "Y": ("yu", "iü")}


class Chain(NamedTuple):
    """One reading of what is written after a stem.

    after: "V" when the stem must end in a vowel, "C" in a consonant.
    back: harmony that the stem must have, None when the chain does not care.
    round: there is a u or ü that the stem must account for with a rounded vowel.
    suffixes: rows of SUFFIXES; surfaces: what is written for each.
    """

    after: str
    back: bool | None
    round: bool
    suffixes: tuple[Suffix, ...]
    surfaces: tuple[str, ...]


def spell(template: str, back: bool, rounded: bool) -> list[str]:
    """The written forms of a template: the plain one first, then those with rounded vowels if `rounded`.

    >>> spell("nYň", True, False), spell("nYň", False, True), spell("dÄkY", False, False)
    (['nyň'], ['niň', 'nüň'], ['däki'])
    """
    forms = [""]
    for char in template:
        options = _CHOICES[char][not back] if char in _CHOICES else char
        forms = [f + o for f in forms for o in (options if rounded or char != "Y" else options[0])]
    return forms


class Form(NamedTuple):
    """A written form of a row.

    back: the harmony it shows, None when it shows none; round: it has u or ü; kind: how it ends, for what follows.
    """

    row: Suffix
    surface: str
    back: bool | None
    round: bool
    kind: str


def _forms(lenient: bool) -> dict[tuple[Slot, str], dict[str, list[Form]]]:
    """(slot, kind of stem) -> first letter -> forms."""
    table: dict[tuple[Slot, str], dict[str, list[Form]]] = {}
    for row in SUFFIXES:
        for kind, template in (("V", row.vowel), ("C", row.consonant), ("3", row.third)):
            if template is None:
                continue
            forms = table.setdefault((row.slot, kind), {})
            for back in (True, False):
                for written in spell(template, back, rounded=True):
                    shown = back if any(c in _CHOICES for c in template) else None
                    ends = "3" if row.name == "3" else "V" if written[-1] in VOWELS else "C"
                    surface = written.translate(ASCII) if lenient else written
                    form = Form(row, surface, shown, any(c in ROUND for c in written), ends)
                    if form not in (same := forms.setdefault(surface[0], [])):
                        same.append(form)
    return table


FORMS = {lenient: _forms(lenient) for lenient in (False, True)}
STARTS = {lenient: frozenset(c for forms in FORMS[lenient].values() for c in forms) for lenient in FORMS}
_SURFACES = {
    lenient: sorted({f.surface for forms in FORMS[lenient].values() for same in forms.values() for f in same})
    for lenient in FORMS
}
ENDS = {lenient: frozenset(surface[-1] for surface in _SURFACES[lenient]) for lenient in FORMS}
_CHAIN = {
    lenient: re.compile(f"(?:{'|'.join(_SURFACES[lenient])})+") for lenient in FORMS
}  # a cheap test before the order


@lru_cache(maxsize=20_000)
def chains(rest: str, lenient: bool, /) -> tuple[Chain, ...]:
    """All ways to read `rest` as suffixes in order; empty when it is none. lenient has no default: one key each.

    >>> [(c.after, "+".join(s.name for s in c.suffixes)) for c in chains("nden", False)]
    []
    >>> [(c.after, "+".join(s.name for s in c.suffixes)) for c in chains("inden", False)]
    [('C', '3+Abl')]
    """
    if not _CHAIN[lenient].fullmatch(rest):
        return ()
    found = (chain for after in "VC" for chain in follow(rest, after, lenient=lenient))
    return tuple(chain for chain in found if chain.suffixes[0] is not DA)


def follow(rest: str, after: str, *, lenient: bool = False) -> Iterator[Chain]:
    """The readings of rest after a stem that ends in a vowel ("V") or a consonant ("C") or a possessive ("3")."""
    if not rest:
        return
    for rows, surfaces, back, rounded in _follow(rest, None, after, None, None, lenient):
        yield Chain(after, back, rounded, rows, surfaces)


_Tail = tuple[tuple[Suffix, ...], tuple[str, ...], bool | None, bool]


def _follow(
    rest: str, before: Suffix | None, kind: str, back: bool | None, rounded: bool | None, lenient: bool
) -> Iterator[_Tail]:
    """Readings of rest after the suffix `before`; back: harmony so far; rounded: u, ü allowed (None: as the stem)."""
    for slot in FOLLOWS[before.slot if before else Slot.STEM]:
        for form in FORMS[lenient].get((slot, kind), {}).get(rest[0], ()):
            row, surface = form.row, form.surface
            if not rest.startswith(surface) or (back is not None and form.back is not None and form.back != back):
                continue
            if form.round and rounded is False:
                continue
            after = rest[len(surface) :]
            if row is DA and before is not None:
                continue
            if (
                row is AM
                and surface == "m"
                and before is not None
                and before.features.get("Case") not in ("Loc", "Dat")
            ):
                continue
            if row.name in ("lyk", "lyg") and bool(after and after[0] in VOWELS) != (row.name == "lyg"):
                continue
            now_back = form.back if back is None else back
            if not after:
                if not (form.round and surface[-1] in ROUND):  # no word ends in a rounded suffix vowel: gözi
                    yield (row,), (surface,), now_back, form.round and rounded is None
                continue
            now_round = True if form.round else rounded if row.slot is Slot.POSSESSOR else False
            for rows, surfaces, tail_back, tail_round in _follow(after, row, form.kind, now_back, now_round, lenient):
                demand = tail_back if now_back is None else now_back
                yield (row, *rows), (surface, *surfaces), demand, tail_round or (form.round and rounded is None)


ROWS = {row.name: row for row in SUFFIXES}
AM = ROWS["am"]  # joined to a vowel only after a locative or dative: Bengazidem
DA = ROWS["da"]  # only after a hyphen: Bengazide-de
RAISING_ALWAYS = frozenset({"Gen", "Acc", "nyňky", "nyňka"})  # after these rows a final e is ä: Türkiýäniň
RAISING = RAISING_ALWAYS | {"1sg", "2sg", "1pl", "2pl"}  # and after these mostly: ülkäm, ülkämiz, but ejem, ejemiz


CASES = ("Nom", "Gen", "Dat", "Acc", "Loc", "Abl", "Equ")
POSSESSORS = ("1sg", "2sg", "3", "1pl", "2pl")


JOINED = frozenset({"abş"})  # abbreviations with a vowel that are written without a hyphen as well: ABŞnyň
AFTER_IY = frozenset({"Gen", "Acc", "nyňky", "nyňka"})  # names in -iý take these as after a vowel: Zelenskiýniň
