"""Endings: how much a string of letters looks like the base form of a name.

The data is counted on the listed names (tools/build_endings.py): which letter follows which, and how names end.
It settles what sound and order leave open: Waşingtonyň is Waşington + yň, Liwiýanyň is Liwiýa + nyň.
"""

import json
from functools import cache
from importlib.resources import files

_RARE = -9.0  # log P of a pair of letters that no listed name has
_LONGEST = 4


@cache
def _data() -> tuple[dict[str, float], dict[str, float]]:
    data = json.loads(files("turkmen_ner").joinpath("data/endings.json").read_bytes())
    return data["letters"], data["ends"]


def likeness(base: str) -> float:
    """The log probability that a name is spelt so, for comparing the base forms a word can have.

    base (str): A folded base form; only what follows its last hyphen counts.

    >>> likeness("liwiýa") > likeness("liwiýan"), likeness("bengazi") > likeness("bengazide")
    (True, True)
    """
    letters, ends = _data()
    word = base.rpartition("-")[2]
    total = 0.0
    before = "^"
    for char in word:
        total += letters.get(before + char, _RARE)
        before = char
    return total + next((ends[word[-n:]] for n in range(_LONGEST, 0, -1) if word[-n:] in ends), ends[""])
