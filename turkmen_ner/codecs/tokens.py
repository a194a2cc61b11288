"""The tokens of formats that have tokens: the words of a text, split where an entity begins or ends as well."""

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from turkmen_ner.entity import Entity
from turkmen_ner.orthography.segmentation import segment

_END = re.compile(r"[.!?…]+")
_CLOSING = frozenset("\"'”’»)]}")
_OPENING = frozenset("\"'“‘«([{-–—")


def spans(text: str, entities: Sequence[Entity]) -> list[tuple[int, int]]:
    """Start and end of each token: words, signs, and runs of white space.

    >>> [("D.Orazow BMG-niň"[s:e]) for s, e in spans("D.Orazow BMG-niň", [])]
    ['D.', 'Orazow', ' ', 'BMG-niň']
    """
    borders = {0, *accumulate(map(len, segment(text)))}
    for entity in entities:
        borders |= {entity.start, entity.end}
    return list(pairwise(sorted(borders)))


def sentences(text: str, entities: Sequence[Entity]) -> list[tuple[int, int]]:
    """Start and end of each sentence, from its first word to its last; none ends inside an entity.

    >>> text = "Ol D.Orazow. Mara bardy"
    >>> [text[start:end] for start, end in sentences(text, [])]
    ['Ol D.Orazow.', 'Mara bardy']
    """
    words = [(s, e) for s, e in spans(text, entities) if not text[s:e].isspace()]
    covered = {e.start: e.end for e in entities}
    found: list[tuple[int, int]] = []
    before: list[str] = []
    first = last = 0
    for (start, end), (after, _) in pairwise([*words, (len(text), 0)]):
        if not before:
            first = start
        before.append(text[start:end])
        last = max(last, covered.get(start, 0))
        if after == len(text) or (end >= last and sentence_ends(before, text[end:after], text[after : after + 1])):
            found.append((first, end))
            before = []
    return found


def sentence_ends(before: Sequence[str], separator: str, after: str) -> bool:
    r"""Whether a sentence ends between two words: at a new line, or after a full stop before a capital or a number.

    A line that goes on in a small letter is only broken; an empty line always ends a sentence.

    before (list of str): The words so far. separator (str): The white space. after (str): The next word.

    >>> sentence_ends(["geldi", ".", "»"], " ", "Ol"), sentence_ends(["D."], " ", "Orazow")
    (True, False)
    >>> sentence_ends(["Goranmak"], "\n", "ministrligi"), sentence_ends(["Habarlar"], "\n", "Aşgabat")
    (False, True)
    """
    if "\n" in separator:
        return separator.count("\n") > 1 or not after[:1].islower()
    last = next((word for word in reversed(before) if word not in _CLOSING), "")
    return bool(separator and _END.fullmatch(last)) and (
        after[:1] in _OPENING or after[:1].isupper() or after[:1].isdigit()
    )
