"""Endings: how much a string of letters looks like the base form of a name.

The data is counted on the listed names (tools/build_endings.py): which letter follows which, and how names end.
It settles what sound and order leave open: Waşingtonyň is Waşington + yň, Liwiýanyň is Liwiýa + nyň.
"""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from operator import add

_RARE = -9.0  # log P of a pair of letters that no listed name has
_LONGEST = 4


class _Pairs(dict[str, float]):
    """The log probability of each pair of letters."""

    def __missing__(self, pair: str) -> float:
        return _RARE


@cache
def _data() -> tuple[_Pairs, dict[str, float]]:
    data = json.loads(files("turkmen_ner").joinpath("data/endings.json").read_bytes())
    return _Pairs(data["letters"]), data["ends"]


def likeness(base: str) -> float:
    """The log probability that a name is spelt so, for comparing the base forms a word can have.

    base (str): A folded base form; only what follows its last hyphen counts.

    >>> likeness("liwiýa") > likeness("liwiýan"), likeness("bengazi") > likeness("bengazide")
    (True, True)
    """
    return likenesses(base, (base,))[0]


def likenesses(word: str, bases: Sequence[str]) -> list[float]:
    """The same for each of the base forms of one word: the letters they have in common with it are summed up once.

    word (str): A folded word.
    """
    letters, ends = _data()
    if "-" not in word:
        sums = [*accumulate(map(letters.__getitem__, map(add, "^" + word, word)), initial=0.0)]
    else:
        total, before = 0.0, "^"
        sums = [total]
        for char in word:
            total, before = (total + letters[before + char], char) if char != "-" else (0.0, "^")
            sums.append(total)
    found = []
    for base in bases:
        same = len(base)
        while not word.startswith(base[:same]):
            same -= 1
        total = sums[same]
        before = base[same - 1] if same and base[same - 1] != "-" else "^"
        for char in base[same:]:
            total, before = (total + letters[before + char], char) if char != "-" else (0.0, "^")
        last = base.rpartition("-")[2] if "-" in base else base
        end = ends[""]
        for length in range(min(_LONGEST, len(last)), 0, -1):
            if (tail := last[-length:]) in ends:
                end = ends[tail]
                break
        found.append(total + end)
    return found
