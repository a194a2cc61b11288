"""Common words: whether a folded word is a known form of the everyday vocabulary.

The data is a spelling dictionary in compact form (tools/build_words.py, NOTICE). With its suffixes it knows
96 % of the lower-case words of news, so a capitalised word that it does not know is nearly always a name.
"""

import json
from functools import cache, lru_cache
from importlib.resources import files


class Vocabulary:
    """Stems and suffixes, each with the classes it belongs to, a letter a class; a word has both from one class.

    stems (dict): First letter -> all stems that begin with it, as `stem:classes` parted by `|`. They are taken apart
        when the letter is first asked for: a short text needs a few letters, and 56,000 stems take 20 ms.
    suffixes (dict): Suffix -> classes. bound (str): Classes whose stems are no words without a suffix.
    """

    def __init__(self, stems: dict[str, str], suffixes: dict[str, str], bound: str) -> None:
        self._packed = stems
        self._stems: dict[str, dict[str, str]] = {}
        self._suffixes = suffixes
        self._bound = frozenset(bound)
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
