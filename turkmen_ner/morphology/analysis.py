"""Words: from a written form to base form and features.

`readings` gives every way a folded word can be a base form with suffixes; it knows sound and order, no names.
The gazetteer keeps the readings whose base is a listed name; `analyse` ranks them for an unlisted one.
`inflect` (inflection.py) goes the other way by the same tables, and a property test holds the two together.

Sources: Clark (1998), Hoey (2013); docs/grammar.md.
"""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp
from typing import NamedTuple

from turkmen_ner.display import features_text
from turkmen_ner.morphology.likelihood import likeness, likenesses
from turkmen_ner.morphology.phonology import HARD, ROUND, SOFT, full, is_back, is_round, plain_final, softens, vowels
from turkmen_ner.morphology.suffixes import (
    AFTER_IY,
    AM,
    DA,
    JOINED,
    RAISING,
    RAISING_ALWAYS,
    ROWS,
    STARTS,
    SUFFIXES,
    Chain,
    Slot,
    Suffix,
    chains,
    follow,
)
from turkmen_ner.orthography.alphabet import APOSTROPHES, HYPHENS, VOWELS, capital, fold, is_cyrillic

# Sound change between base form and written stem. The gazetteer lets an entry forbid SOFT or HARD.
PLAIN, SOFTENED, UNSOFTENED, SHORTENED, LONG_DATIVE, HYPHENATED, BACK_DATIVE, ROUNDED_FINAL, LINKED = range(9)


class Reading(NamedTuple):
    """A base form (folded), the suffixes after it, and the sound change between them."""

    base: str
    suffixes: tuple[Suffix, ...]
    surfaces: tuple[str, ...]
    change: int

    @property
    def derived(self) -> bool:
        """True when a derivation makes it another word: `Türkiýeli` is not `Türkiýe`."""
        return any(s.slot is Slot.DERIVATION for s in self.suffixes)

    @property
    def third(self) -> bool:
        """True when the possessive of the third person comes first, or after a plural: `ministrlikleri`."""
        return self._third is not None

    @property
    def _third(self) -> int | None:
        suffixes = self.suffixes
        if not suffixes or suffixes[0].name == "3":
            return 0 if suffixes else None
        return 1 if suffixes[0].name == "lar" and len(suffixes) > 1 and suffixes[1].name == "3" else None

    @property
    def plural(self) -> bool:
        """True when the plural comes first: `Seljuklar`."""
        return bool(self.suffixes) and self.suffixes[0].slot is Slot.NUMBER

    @property
    def personal(self) -> bool:
        """True when a possessive of the first or second person comes first: `Watanymyz`."""
        return bool(self.suffixes) and self.suffixes[0].name in ("1sg", "2sg", "1pl", "2pl")

    @property
    def inner(self) -> "Reading":
        """The reading without that possessive."""
        at = self._third
        if at is None:
            return self
        suffixes, surfaces = self.suffixes, self.surfaces
        return self._replace(suffixes=suffixes[:at] + suffixes[at + 1 :], surfaces=surfaces[:at] + surfaces[at + 1 :])


@dataclass(frozen=True, slots=True)
class Analysis:
    """One analysis of a written word.

    name (str): Base form, in the capitals of the written word.
    features (dict): Universal Dependencies features, `{"Case": "Gen"}`.
    suffixes (tuple of str): What is written for each suffix, `("ler", "iň")`.
    derived (bool): The word is derived from the name and not a form of it (`Türkiýeli`).
    """

    name: str
    features: Mapping[str, str]
    suffixes: tuple[str, ...]
    derived: bool

    @property
    def case(self) -> str:
        """The case, `"Nom"` when there is no suffix."""
        return self.features["Case"]


def features_of(suffixes: tuple[Suffix, ...]) -> dict[str, str]:
    """The features of a chain: those of its last layer, after an attributive suffix if there is one.

    >>> features_of(chains("lerinden", False)[0].suffixes)
    {'Case': 'Abl', 'Number': 'Plur', 'Number[psor]': 'Sing', 'Person[psor]': '3'}
    >>> features_of(())
    {'Case': 'Nom'}
    """
    return _features(suffixes).copy()


@cache
def morph_of(suffixes: tuple[Suffix, ...]) -> str:
    """The same in one string, as CoNLL-U writes it.

    >>> morph_of(chains("lerinden", False)[0].suffixes)
    'Case=Abl|Number=Plur|Number[psor]=Sing|Person[psor]=3'
    """
    return features_text(_features(suffixes))


@cache
def _features(suffixes: tuple[Suffix, ...]) -> dict[str, str]:
    found = {"Case": "Nom"}
    for suffix in suffixes:
        found.update(suffix.features)
    return dict(sorted(found.items()))


LONGEST = 100  # characters of a word that is analysed: the work grows with the square of its length
_DATIVE = ROWS["Dat"]
_HYPHEN_DATIVE = "ä"  # 832-ä, Men-ä
_PLAIN_GENITIVES = frozenset({"nyn", "nin", "nun", "nün"})  # often typed with a plain n


def readings(word: str, lenient: bool = False) -> tuple[Reading, ...]:
    """Every base form with suffixes that a folded word can be, the word itself first.

    word (str): A folded word. lenient (bool): It was folded with lenient=True, and the base forms are as well.

    >>> [(r.base, features_of(r.suffixes)["Case"]) for r in ranked("bengazide")][:2]
    [('bengazi', 'Loc'), ('bengazide', 'Nom')]
    >>> [r.base for r in readings("aşgabadyň") if r.suffixes and r.suffixes[0].name == "Gen"]
    ['aşgabat', 'aşgabad']
    >>> [r.base for r in readings("turkiyanin", lenient=True) if r.suffixes and r.suffixes[0].name == "Gen"]
    ['turkiye', 'turkiya']
    """
    return _readings(word, lenient)  # one key, however it was called


@lru_cache(maxsize=2_000)  # those of a pipeline's words are kept by them; garbage collection looks at each reading
def _readings(word: str, lenient: bool) -> tuple[Reading, ...]:
    found = [Reading(word, (), (), PLAIN)]
    if len(word) > LONGEST:
        return tuple(found)
    found += _fused_dative(word, (), (), lenient)
    cut = max(word.rfind("-"), word.rfind("'"))
    if cut > 0:
        found += _hyphenated(word[:cut], word[cut + 1 :], lenient)
        if word[cut + 1 :] in ("da", "de"):  # Bengazide-de
            inner = (r for r in readings(word[:cut], lenient) if r.suffixes)
            found += [Reading(r.base, (*r.suffixes, DA), (*r.surfaces, word[cut + 1 :]), r.change) for r in inner]
    starts = STARTS[lenient]
    shortest = cut + 1 if cut < 0 and word[:1] in VOWELS else cut + 2  # Iniň, of Wan I; a consonant takes a hyphen
    for i in range(len(word) - 1, shortest, -1):
        if word[i] in starts:
            for chain in chains(word[i:], lenient):
                found += _bases(word[:i], chain, lenient)
    return tuple(found)


def _fused_dative(stem: str, suffixes: tuple[Suffix, ...], surfaces: tuple[str, ...], lenient: bool) -> list[Reading]:
    """The dative of a name in a vowel has no suffix: Ankara, Çary > Çara, Türkiýe > Türkiýä, Bengazi > Bengazä.

    After a back vowel Bengaza is written as well, of names of three syllables at least.
    """
    fused = {"a": "ayei"} if lenient else {"a": "ay", "ä": "äei"}
    found = [
        Reading(stem[:-1] + vowel, (_DATIVE, *suffixes), ("", *surfaces), LONG_DATIVE)
        for vowel in fused.get(stem[-1:], "")
        if len(stem) > 2 or (len(stem) == 2 and vowel == stem[-1])  # şa
    ]
    if stem[-1:] == "a" and not lenient and is_back(stem[:-1]) and len(vowels(stem)) > 2:
        found.append(Reading(stem[:-1] + "i", (_DATIVE, *suffixes), ("", *surfaces), BACK_DATIVE))
    if stem.endswith("skä"):  # Minskä, beside Minske
        found.append(Reading(stem[:-1], (_DATIVE, *suffixes), ("", *surfaces), LINKED))
    return found


def _hyphenated(stem: str, rest: str, lenient: bool) -> list[Reading]:
    """After a hyphen or apostrophe the suffix follows the sound, which the letters need not show: any form will do."""
    return [Reading(stem, rows, surfaces, HYPHENATED) for rows, surfaces in _tails(rest, lenient)]


@lru_cache(maxsize=2_000)  # there are few, and a year or an abbreviation is in every text
def _tails(rest: str, lenient: bool) -> tuple[tuple[tuple[Suffix, ...], tuple[str, ...]], ...]:
    """The ways to read what stands after a hyphen, the plainest first."""
    if rest in _PLAIN_GENITIVES and not lenient:  # BMG-nin
        rest = rest[:-1] + "ň"
    tails = {(c.suffixes, c.surfaces) for after in "VC3" for c in follow(rest, after, lenient=lenient)}  # 3: ÝB-ne
    if rest == _HYPHEN_DATIVE:
        tails.add(((_DATIVE,), (rest,)))
    return tuple(sorted(tails, key=_plainest))


def _plainest(tail: tuple[tuple[Suffix, ...], tuple[str, ...]]) -> tuple[int, list[int]]:
    return len(tail[0]), [SUFFIXES.index(s) for s in tail[0]]


def _bases(stem: str, chain: Chain, lenient: bool) -> list[Reading]:
    """The base forms that a written stem can stand for before a chain."""
    last = stem[-1]
    rows, surfaces = chain.suffixes, chain.surfaces
    back = _lenient_back(stem) if lenient else is_back(stem)
    if chain.back is not None and back is not None and back != chain.back:
        return []
    if chain.round and not is_round(stem):
        return []
    spelt_out = back is None or stem in JOINED  # BMGniň, ABŞnyň: the suffix follows the letters' names
    vowel = last in VOWELS
    if chain.after == "V":
        if last == "ý" and stem.endswith(("iý", "yý")) and rows[0].name in AFTER_IY:
            return [Reading(stem, rows, surfaces, PLAIN)]  # Zelenskiýniň, beside Zelenskiýiň
        return _after_vowel(stem, chain, lenient) if vowel or spelt_out else []
    if rows[0] is _DATIVE and vowel and last in ROUND:
        return [Reading(stem, rows, surfaces, PLAIN)]  # Tokioa, beside Tokio-a
    if vowel and not (lenient and last == "y"):
        return []
    if surfaces[0][0] not in VOWELS:
        return [Reading(stem, rows, surfaces, PLAIN)]
    found = []
    if last in HARD:
        hard = "c" if lenient and last == "j" else HARD[last]
        found.append(Reading(stem[:-1] + hard, rows, surfaces, SOFTENED))
    found.append(Reading(stem, rows, surfaces, UNSOFTENED if last in SOFT or (lenient and last == "c") else PLAIN))
    if (longer := full(stem)) is not None:
        found.append(Reading(longer, rows, surfaces, SHORTENED))
    if last == "w" and stem[-2:-1] in ("u", "ü") and rows[0].slot is Slot.CASE:
        found.append(Reading(stem[:-1], rows, surfaces, PLAIN))  # Baku > Bakuwa, also Bakuwyň
    return found


def _after_vowel(stem: str, chain: Chain, lenient: bool) -> list[Reading]:
    last, first, rows, surfaces = stem[-1], chain.suffixes[0], chain.suffixes, chain.surfaces
    if first is AM:  # Liwiýa + am > Liwiýam, Türkiýe + em > Türkiýäm
        return [Reading(stem[:-1] + v, rows, surfaces, PLAIN) for v in {"a": "a", "ä": "eä"}.get(last, "")]
    if first.name in RAISING:
        if last == "e" and first.name in RAISING_ALWAYS and not lenient:
            return []
        if last == "ä" or (lenient and last == "a" and not chain.back):  # Türkiýäniň; günäniň
            return [Reading(stem[:-1] + "e", rows, surfaces, PLAIN), Reading(stem, rows, surfaces, PLAIN)]
    found = [Reading(stem, rows, surfaces, PLAIN)]
    if first.name not in RAISING and not lenient and (plain := plain_final(stem)) is not None:
        found.append(Reading(plain, rows, surfaces, ROUNDED_FINAL))  # köprüde: köpri
    if stem.endswith("ski"):  # Minskide, Minskiniň, beside Minskde, Minskiň
        found.append(Reading(stem[:-1], rows, surfaces, LINKED))
    if first.slot is Slot.CLITIC:
        found += _fused_dative(stem, rows, surfaces, lenient)
    return found


def _lenient_back(stem: str) -> bool | None:
    """The harmony of a stem without diacritics: only e and i are sure; a is back unless it is the last letter."""
    for i in reversed(range(len(stem))):
        if stem[i] in "ei":
            return False
        if stem[i] in "aou":
            return True if stem[i] == "a" and i + 1 < len(stem) else None
    return None


# --- unlisted names ------------------------------------------------------------------------------------------------

# How often each suffix comes first after a name, in per cent, rounded (counted on the mentions of Turkmen news).
_COMMON = {"": 50, "Gen": 20, "Loc": 8, "daky": 5, "Dat": 5, "Acc": 4, "Abl": 4, "3": 1.5, "lar": 0.5}
_RARE = 0.05
_DERIVED = 0.00002  # a derived word is seldom written with a capital, and a name in -ly is mostly just that: Serdarly
_CHANGE = {SHORTENED: 0.05, LONG_DATIVE: 0.1, BACK_DATIVE: 0.001, ROUNDED_FINAL: 0.01, LINKED: 0.01}


def how_common(reading: Reading, possessed: bool = False) -> float:
    """How often names take these suffixes with this change, for choosing between readings of listed names.

    possessed (bool): The name ends in a possessive by itself (`ministrligi`), which then counts as no suffix.

    >>> by_name = {r.suffixes[0].name: r for r in readings("geňeşi") if r.base == "geňeş"}
    >>> how_common(by_name["Acc"]) > how_common(by_name["3"])
    True
    >>> how_common(by_name["Acc"]) > how_common(by_name["3"], possessed=True)
    False
    """
    return _how_common((reading.inner if possessed else reading).suffixes, reading.change)


@lru_cache(maxsize=10_000)
def _how_common(suffixes: tuple[Suffix, ...], change: int) -> float:
    weight = 1.0 if suffixes else float(_COMMON[""])
    for i, suffix in enumerate(suffixes):
        weight *= _COMMON.get(suffix.name, _RARE) * (1 if i == 0 else 0.1)
    derived = any(suffix.slot is Slot.DERIVATION for suffix in suffixes)
    return weight * (_DERIVED if derived else 1) * _CHANGE.get(change, 1)


def plausibility(reading: Reading) -> float:
    """A weight for a reading of an unlisted name: how common its suffixes are, times how much its base is like a name.

    Only the weights of readings of one word can be compared.
    """
    return _plausibility(reading, likeness(reading.base))


def plausibilities(word: str, found: Sequence[Reading]) -> list[float]:
    """The weights of readings of one folded word, in their order; they have most letters in common.

    >>> found = readings("bengazide")
    >>> plausibilities("bengazide", found) == [plausibility(reading) for reading in found]
    True
    """
    likely = likenesses(word, [reading.base for reading in found])
    return list(map(_plausibility, found, likely))


def _plausibility(reading: Reading, likely: float) -> float:
    weight, base = how_common(reading), reading.base
    if reading.change == HYPHENATED:
        return weight
    if len(base) < 3:
        weight *= 0.05 if len(base) == 2 else 0.0001
    if reading.change == SOFTENED:
        weight *= 0.9 if softens(base) else 0.2
    elif reading.change == UNSOFTENED:
        weight *= 0.1 if softens(base) else 0.8
    elif base[-1:] in HARD and reading.suffixes and reading.surfaces[0][0] in VOWELS:
        weight *= 0.3 if softens(base[:-1] + HARD[base[-1]]) else 1  # Bagdadyň is more often of Bagdat
    return weight * exp(likely)


def weighed(
    word: str, known: Container[str] = frozenset(), lenient: bool = False
) -> tuple[Sequence[Reading], Sequence[float], int]:
    """The readings of a folded word, best first, see `ranked`; their weights; how many have a known base form.

    Those are the first ones. The weight of a sole reading is 1.

    >>> found, weights, count = weighed("bengazide", {"bengazi"})
    >>> [reading.base for reading in found][:2], count
    (['bengazi', 'bengazide'], 1)
    """
    found = readings(word, lenient)
    if len(found) == 1:
        return found, (1.0,), int(found[0].base in known)
    ours = [reading.base in known for reading in found]
    weights = plausibilities(word, found)
    order = [k for k, reading in enumerate(found) if ours[k] or reading.change != BACK_DATIVE]
    order.sort(key=lambda k: (ours[k], weights[k]), reverse=True)
    return tuple([found[k] for k in order]), tuple([weights[k] for k in order]), sum(ours)


def ranked(word: str, known: Container[str] = frozenset(), lenient: bool = False) -> list[Reading]:
    """The readings of a folded word, best first. Base forms in `known` come before all others.

    Bengaza is read as a form of Bengazi only when that is known: nearly all names in -a are nominatives.
    """
    return list(weighed(word, known, lenient)[0])


_QUOTED = re.compile('^["«“„]?([^"«»“”„]+)["»”]([^\\W\\d_]+)$')  # "Tosca"ny: read as Tosca-ny


def analyse(word: str, *, known: Container[str] = frozenset(), spelling: str = "strict") -> list[Analysis]:
    """All analyses of a written word as an inflected name, best first.

    word (str): One word as written, in any spelling that the library knows.
    known (container of str): Base forms that rank first, folded as the word is.
    spelling (str): strict, or lenient for a word typed without the diacritics of Turkmen.
    RETURNS (list of Analysis): At least one, the word as its own base form.
    RAISES (TypeError): If word is not a string. (ValueError): If it is empty or more than one word, or for another
        spelling.

    >>> analyse("Dbeýbanyň")[0]
    Analysis(name='Dbeýba', features={'Case': 'Gen'}, suffixes=('nyň',), derived=False)
    >>> [(a.name, a.case) for a in analyse("Ankara", known={"ankara"})][:2]
    [('Ankara', 'Nom'), ('Ankara', 'Dat')]
    """
    if not isinstance(word, str):
        raise TypeError(f"analyse() takes one word as a str, not {type(word).__name__}")
    if not word or word.split() != [word]:
        raise ValueError(f"analyse() takes one word without white space, not {word!r}")
    if spelling not in ("strict", "lenient"):
        raise ValueError(f"spelling must be strict or lenient, not {spelling!r}")
    lenient = spelling == "lenient"
    word = _QUOTED.sub(r"\1-\2", word)
    folded = fold(word, lenient)
    return [
        Analysis(written(word, r.base), features_of(r.suffixes), r.surfaces, r.derived)
        for r in ranked(folded, known, lenient)
    ]


def written(word: str, base: str) -> str:
    """The base form of a written word with its capitals.

    >>> written("TÜRKIÝÄNIŇ", "türkiýe"), written("BMG-nyň", "bmg"), written("Türkmenbaşa", "türkmenbaşy")
    ('Türkiýe', 'BMG', 'Türkmenbaşy')
    >>> written("Түркийәниң", "türkiýe")
    'Türkiýe'
    """
    if not base:  # hard and soft signs alone
        return word
    folded = fold(word)
    if len(folded) == len(word) and not is_cyrillic(word):
        same = 0
        while same < min(len(base), len(folded)) and base[same] == folded[same]:
            same += 1
        head, rest = word[:same], word[same:]
        if head.isupper() and rest != rest.lower() and (len(base) > 6 or rest[0] not in HYPHENS + APOSTROPHES):
            return capital(base)  # of no abbreviation: that is short, and a hyphen follows
        return head + base[same:]
    return capital(base) if word[:1].isupper() else base
