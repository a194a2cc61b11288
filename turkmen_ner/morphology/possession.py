"""Names that end in a common noun with a possessive: Milli Goranmak ministrligi."""

from collections.abc import Sequence

from turkmen_ner.morphology.dictionary import vocabulary
from turkmen_ner.morphology.phonology import HARD, full, is_back, plain_final
from turkmen_ner.orthography.alphabet import VOWELS
from turkmen_ner.orthography.segmentation import key_words

# Compounds of one word that end in a possessive: Bogaziçinde, not Bogaziçide. No rule tells them from Türkmenbaşy
# (Türkmenbaşyda) and Annaguly; any other is told by `possessed: true` of its entry.
ONE_WORD = frozenset({"anadolyhisary", "beýlerbeýi", "bogaziçi", "kuşadasy", "rumelihisary"})

# With a possessive these are words of their own, too: and others, central.
HOMONYMS = frozenset({"dagy", "merkezi"})
# Heads of names that the dictionary lacks.
_HEADS = """
    basseýn birleşme býuro kaganat klub kollej kongres krater legion liga plato prefektura soltanat teleýaýlym tribunal
    ýarymada
"""
HEADS = frozenset(_HEADS.split())


def bare_stem(word: str) -> str:
    """A word without its possessive of the third person.

    >>> bare_stem("ministrligi"), bare_stem("komissiýasy"), bare_stem("mejlisi"), bare_stem("ogly")
    ('ministrlik', 'komissiýa', 'mejlis', 'ogul')
    >>> bare_stem("köprüsi")
    'köpri'
    """
    stems = []
    if word.endswith(("sy", "si")) and word[-3:-2] in VOWELS:
        stems.append(word[:-2])
    stem = word[:-1]
    if (longer := full(stem)) is not None:
        stems.append(longer)
    if stem[-1:] in HARD:
        stems.append(stem[:-1] + HARD[stem[-1]])
    stems.append(stem)
    if stem[-1:] == "s" and (plain := plain_final(word[:-2])) is not None:  # after ulus: Çagataý ulusy
        stems.append(plain)
    return next((s for s in stems if _is_noun(s)), stems[0])


def _is_noun(stem: str) -> bool:
    return stem in HEADS or vocabulary().is_stem(stem)


def is_possessed(name: str) -> bool:
    """Whether a name ends in a common noun with a possessive, by rule: Milli Goranmak ministrligi.

    >>> is_possessed("Wekiller Mejlisi"), is_possessed("Muammer Kaddafi"), is_possessed("Bogaziçi")
    (True, False, True)
    """
    return ends_possessed(key_words(name))


def ends_possessed(words: Sequence[str]) -> bool:
    """Whether the folded words of a name do."""
    last = words[-1] if words else ""
    if last in ONE_WORD:
        return True
    if len(words) < 2 or last[-1] not in "yi" or len(last) < 4 or words[-2] == "we":  # San-Tome we Prinsipi
        return False
    stem = bare_stem(last)
    if is_back(stem) != (last[-1] == "y"):  # Mansuri is not mansur + y
        return False
    if last.endswith(("lygy", "ligi", "ýasy")):  # assembleýasy
        return True
    singular = stem[:-3] if stem.endswith(("lar", "ler")) else stem
    return _is_noun(singular) and (last in HOMONYMS or not vocabulary().is_stem(last))
