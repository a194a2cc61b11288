"""Stems: what a word can't be a form of, said without analysing it.

`readings` (analysis.py) gives every base form of a word; most words are forms of nothing that anybody asks for, and
to know that takes a few look-ups: the word is cut where a suffix can begin, and the sound changes before a suffix are
undone. All promise too much rather than too little, and a property test holds them against `readings`.
"""

from collections.abc import Container, Iterable

from turkmen_ner.morphology.phonology import HARD, SHORT, full
from turkmen_ner.morphology.suffixes import ENDS, STARTS

_STARTS, _ENDS = STARTS[False], ENDS[False]
# Last letter of a stem -> what its base form may have: a final consonant softens, a vowel changes, also in the dative.
_UNDONE = {**HARD, "a": "yi", "ä": "ei", "u": "y", "ü": "i"}
_CHANGING = frozenset("".join(_UNDONE.values()))
_SHORT_ENDS = frozenset(short[-2:] for short in SHORT)
_FULL_ENDS = tuple(SHORT.values())


def head(base: str) -> str:
    """What every form of a base form begins with.

    base (str): A folded base form.

    >>> head("haftar"), head("türkiýe"), head("aşgabat"), head("ogul")  # Türkiýäniň, Aşgabada, ogly
    ('haftar', 'türkiý', 'aşgaba', 'og')
    """
    if base.endswith(_FULL_ENDS):
        return base[:-2]
    return base[:-1] if base[-1:] in _CHANGING else base


_SHOWN = 3  # letters by which most words are told from forms of a few base forms


class Beginnings:
    """The first letters of all forms of some base forms, and of other words: none of them begins otherwise.

    This is the cheapest way to say no where there are few of them; of many, most beginnings are there.

    >>> beginnings = Beginnings(["gazet", "türkiýe"])
    >>> [beginnings.may_begin(word) for word in ("gazedinde", "türkiýäniň", "geldi")]
    [True, True, False]
    """

    def __init__(self, bases: Iterable[str], others: Iterable[str] = ()) -> None:
        self._starts = frozenset(start[:_SHOWN] for start in (*map(head, bases), *others))
        self._lengths = sorted({len(start) for start in self._starts})

    def may_begin(self, word: str) -> bool:
        """Whether a folded word begins like one of them."""
        return not self._starts.isdisjoint([word[:length] for length in self._lengths])


def may_be_form(word: str, bases: Container[str], before: str = "") -> bool:
    """Whether a word can be a form of one of the base forms: False for sure, or perhaps.

    word (str): A folded word. bases (container of str): Folded base forms, of one word or more.
    before (str): The words before the last one of such a base form, with a space at the end, or empty.

    >>> bases = {"türkiýe", "ogul", "milli mejlis"}
    >>> [may_be_form(word, bases) for word in ("türkiýäniňki", "ogly", "türki", "geldi")]
    [True, True, False, False]
    >>> may_be_form("mejlisinde", bases, "milli "), may_be_form("mejlisinde", bases)
    (True, False)
    """
    if before + word in bases or "-" in word or "'" in word:  # after a hyphen any suffix will do
        return True
    if word[-1:] not in _ENDS:
        return False
    for k in range(len(word), 0, -1):
        if k < len(word) and word[k] not in _STARTS:
            continue
        stem = before + word[:k]
        if stem in bases:
            return True
        last = word[k - 1]
        for letter in _UNDONE.get(last, ""):
            if stem[:-1] + letter in bases:
                return True
        if last in "wä" and stem[:-1] in bases:  # Bakuwa: Baku; Minskä: Minsk
            return True
        if word[k - 2 : k] in _SHORT_ENDS and (longer := full(word[:k])) is not None and before + longer in bases:
            return True
    return False
