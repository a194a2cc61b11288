"""Common words: whether a folded word is a known form of the everyday vocabulary.

The data is a spelling dictionary in compact form (tools/build_words.py, NOTICE). With its suffixes it knows
96 % of the lower-case words of news, so a capitalised word that it does not know is nearly always a name.
"""

import json
from functools import cache, lru_cache
from importlib.resources import files

from turkmen_ner.morphology.phonology import SOFT, rounded_final, soft

_VOWEL_SUFFIXES = ("y", "i", "yň", "iň", "uň", "üň", "a", "e")  # a stem of any class before vowels takes one of them


class Vocabulary:
    """Stems and suffixes, each with the classes it belongs to, a letter a class; a word has both from one class.

    stems (dict): First letter -> all stems that begin with it, as `stem:classes` parted by `|`. They are taken apart
        when the letter is first asked for: a short text needs a few letters, and 56,000 stems take 20 ms.
    suffixes (dict): Suffix -> classes. bound (str): Classes whose stems are no words without a suffix.
    names (dict): Whether a name, folded, softens its final p t k ç.
    """

    def __init__(self, stems: dict[str, str], suffixes: dict[str, str], bound: str, names: dict[str, bool]) -> None:
        self._packed = stems
        self._stems: dict[str, dict[str, str]] = {}
        self._suffixes = suffixes
        self._bound = frozenset(bound)
        self._names = names
        self._longest = max(map(len, suffixes), default=0)

    def __contains__(self, word: str) -> bool:
        """True for a word form of the dictionary, folded.

        >>> "duşuşdy" in vocabulary(), "bengazide" in vocabulary(), "haýran" in vocabulary()
        (True, False, True)
        """
        if self.is_stem(word):
            return True
        stems = self._of(word)
        for i in range(max(1, len(word) - self._longest), len(word)):
            classes = self._suffixes.get(word[i:])
            if classes is not None:
                stem = stems.get(word[:i])
                if stem and any(c in classes for c in stem):
                    return True
        return False

    def has_stem(self, stem: str) -> bool:
        """True for the beginning of a word form, a word or not: the dictionary lists `ministrlig` beside `ministrlik`.

        >>> vocabulary().has_stem("ministrlig"), vocabulary().has_stem("kazyýed")
        (True, False)
        """
        return stem in self._of(stem)

    def is_stem(self, word: str) -> bool:
        """True for a dictionary word without suffix.

        >>> vocabulary().is_stem("mejlis"), vocabulary().is_stem("mejlisi")
        (True, False)
        """
        classes = self._of(word).get(word)
        return classes is not None and (not classes or any(c not in self._bound for c in classes))

    def softens(self, word: str) -> bool | None:
        """Whether a word or name softens its final p t k ç before a vowel; None when the dictionary does not settle it.

        >>> vocabulary().softens("maksat"), vocabulary().softens("maslahat"), vocabulary().softens("seýit")
        (True, False, True)
        >>> vocabulary().softens("ýusup") is None  # it has ýusup-y and ýusub-y
        True
        """
        if word[-1:] not in SOFT:
            return None
        stays, changes = self._before_vowel(word), self._before_vowel(soft(word))
        return changes if stays != changes else self._names.get(word)

    def rounds_final(self, word: str) -> bool:
        """Whether a word writes its final y or i as u or ü before a consonant.

        >>> vocabulary().rounds_final("goňşy"), vocabulary().rounds_final("žýuri")  # goňşular, žýuriler
        (True, False)
        """
        rounded = rounded_final(word)
        return rounded is not None and any(rounded + plural in self for plural in ("lar", "ler"))

    def _before_vowel(self, stem: str) -> bool:
        """Whether a suffix that begins with a vowel is added to a stem as it is."""
        classes = self._of(stem).get(stem, "")
        return any(c in self._suffixes.get(suffix, "") for suffix in _VOWEL_SUFFIXES for c in classes)

    def _of(self, word: str) -> dict[str, str]:
        """The stems that begin with the word's first letter."""
        first = word[:1]
        stems = self._stems.get(first)
        if stems is None:
            packed = self._packed.get(first)
            if packed is None:
                return {}
            parts = packed.replace(":", "|").split("|")  # one list, not thousands to collect
            stems = self._stems[first] = dict(zip(parts[::2], parts[1::2], strict=True))
        return stems


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary, read once."""
    data = json.loads(files("turkmen_ner").joinpath("data/words.json").read_bytes())
    return Vocabulary(**data)


@lru_cache(maxsize=20_000)
def is_common(word: str) -> bool:
    """Whether a folded word is a form of a common word."""
    return word in vocabulary()
