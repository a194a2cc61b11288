"""The sentence around a name, for people to read: cut at the ends of lines and sentences, never inside a name."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from turkmen_ner.entity import Entity

LONGEST = 160  # characters on each side of a name

# A full stop ends a sentence before a capital, but not after an initial or a short word: A. W. Kalber, ş. Mary
_END = re.compile(
    r"\n+"
    r"|(?<=[^\W\d_]{3})\.[\"»”’)\]]*\s+(?=[\"«“‘(\[—–-]*\s*[^\W_a-zçäžňöşüý])"
    r"|[!?…]+[\"»”’)\]]*\s+"
)


class Sentences:
    """The sentences of a text. entities (iterable of Entity): What must stay whole."""

    def __init__(self, text: str, entities: Iterable[Entity]) -> None:
        self.text = text
        inside = [(e.start, e.end) for e in entities]
        starts = [start for start, _ in inside]
        self.starts = [0]
        for found in _END.finditer(text):
            k = bisect_right(starts, found.start()) - 1
            if k < 0 or inside[k][1] <= found.start() or inside[k][1] == found.end():
                self.starts.append(found.end())

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Start and end of the sentence of a name, or of the part of a long one that is around it.

        >>> text = "Ol geldi. Bu barada A.W.Kalber aýtdy. Soň gitdi."
        >>> start, end = Sentences(text, []).around(20, 30)
        >>> text[start:end]
        'Bu barada A.W.Kalber aýtdy.'
        """
        k = bisect_right(self.starts, start)
        first = self.starts[k - 1]
        last = self.starts[k] if k < len(self.starts) else len(self.text)
        if start - first > LONGEST:
            place = self.text.find(" ", start - LONGEST, start)
            first = place + 1 if place >= 0 else start - LONGEST
        if last - end > LONGEST:
            place = self.text.rfind(" ", end, end + LONGEST)
            last = place if place >= 0 else end + LONGEST
        while last > end and self.text[last - 1].isspace():
            last -= 1
        return first, max(last, end)
