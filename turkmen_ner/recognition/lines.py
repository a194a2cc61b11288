"""Lines that were wrapped inside a sentence, in mail and in what was copied from a page: their breaks count as spaces.

A name may go on over such a break (`Birleşen Milletler⏎Guramasynyň`, `Aş-⏎gabatda`); over others it never does, so
names that stand in a list, one a line, stay apart. Every step reads the text once.
"""

import re
from collections.abc import Sequence

from turkmen_ner.recognition.text import Text
from turkmen_ner.recognition.word import LINE, NONE, SENTENCE_END, SPACE, Word

CONTINUED = 0.4  # share of the full lines without a full stop after which a wrapped paragraph goes on in small letters
REACH = 6  # words before a break with which a listed name over it may begin
_ENDS = SENTENCE_END | {":", ";"}
_NEW_LINE = re.compile("\r\n?|[\n\u2029]")
_SOFT_HYPHEN = "\u00ad"


def unwrap(text: Text) -> None:
    """Make the breaks at which a text was wrapped spaces, and the halves of a word one word."""
    separators = text.separators
    breaks = [k for k in _places(separators) if k]
    if not breaks:
        return
    words = text.words
    lower = [k for k in breaks if _goes_on(words, k)]
    pairs = [k for k in breaks if words[k].upper and (words[k - 1].upper or _is_hyphen(words, separators, k - 1))]
    if not (lower or pairs):
        return
    single = {k for k in breaks if _is_single(text, k)}
    soft = set(lower) & single
    for block in _blocks(breaks, single):
        soft |= _wrapped(text, block, soft)
    soft |= {k for k in pairs if k in single and k not in soft and (_inside_listed(text, k) or _full_name(text, k))}
    if not soft:
        return
    halves = {k for k in soft if _is_half(words, separators, k)}
    for k in soft:
        separators[k] = NONE if _is_hyphen(words, separators, k - 1) else SPACE
    if halves:
        _join(text, halves)


def _places(separators: Sequence[int]) -> list[int]:
    return [k for k, separator in enumerate(separators) if separator == LINE]


def _goes_on(words: Sequence[Word], k: int) -> bool:
    """Whether the line of word k goes on in small letters with the sentence of the line before."""
    word = words[k]
    if not word.letters or word.upper or words[k - 1].text in _ENDS:
        return False
    return len(word.text) > 1 or k + 1 == len(words) or words[k + 1].text not in (")", ".")  # a), b.


def _is_single(text: Text, k: int) -> bool:
    """Whether one line break alone stands before word k."""
    start, end = text.span(k - 1, k)[1], text.at[k]
    return end - start == 1 or len(_NEW_LINE.findall(text.text[start:end])) == 1


def _blocks(breaks: Sequence[int], single: set[int]) -> list[list[int]]:
    """The breaks of each paragraph: no empty line stands between its lines."""
    blocks: list[list[int]] = [[]]
    for k in breaks:
        if k in single:
            blocks[-1].append(k)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _wrapped(text: Text, block: Sequence[int], soft: set[int]) -> set[int]:
    """The breaks of a paragraph at which the next word did not fit into the line, if it is wrapped at all: enough of
    the full lines go on in small letters.
    """
    words = text.words
    lower = [k for k in block if k in soft]
    if not lower:
        return set()
    starts = dict(zip(block, [_line_start(text, block[0]), *block], strict=False))
    length = {k: text.span(k - 1, k)[1] - text.at[starts[k]] for k in block}
    width = max(length[k] for k in lower)
    full = {k for k in block if words[k].letters and length[k] + 1 + len(words[k].raw) > width}
    inside = [k for k in full if words[k - 1].text not in _ENDS]
    return full if len(lower) >= CONTINUED * len(inside) else set()


def _line_start(text: Text, k: int) -> int:
    """The first word of the line before the break at word k."""
    start = k - 1
    while start and text.separators[start] != LINE:
        start -= 1
    return start


def _full_name(text: Text, k: int) -> bool:
    """Whether a given name ends the line before word k, and its surname begins a line that goes on in small letters."""
    words, lists = text.words, text.lexicon.word_lists
    given, surname = lists.bit.get("given-names", 0), lists.bit.get("surname-endings", 0)
    if not words[k - 1].nominative & given or not words[k].lists & surname or words[k].common:
        return False
    before, after = words[k - 2] if k > 1 else words[k], words[k + 1] if k + 1 < len(words) else words[k]
    inside = text.separators[k - 1] == SPACE and before.letters and not before.upper
    return inside and text.separators[min(k + 1, len(words) - 1)] == SPACE and after.letters and not after.upper


def _inside_listed(text: Text, k: int) -> bool:
    """Whether a listed name reaches over the break at word k, in a sentence and not in a list of names."""
    words, separators = text.words, text.separators
    start = _line_start(text, k)
    end = k + 1
    while end < len(words) and separators[end] != LINE:
        end += 1
    if not any(word.letters and not word.upper for word in words[start:end]):
        return False
    separators[k] = NONE if _is_hyphen(words, separators, k - 1) else SPACE
    reaches = any(words[i].starter and any(j > k for j, _ in text.listed(i)) for i in range(max(start, k - REACH), k))
    separators[k] = LINE
    return reaches


def _is_half(words: Sequence[Word], separators: Sequence[int], k: int) -> bool:
    """Whether word k is the second half of a word that was broken at a hyphen: Aş-⏎gabatda."""
    if words[k].upper:
        return False
    return _is_hyphen(words, separators, k - 1) or words[k - 1].raw.endswith(_SOFT_HYPHEN)


def _is_hyphen(words: Sequence[Word], separators: Sequence[int], k: int) -> bool:
    """Whether word k is the hyphen of the word before it."""
    if k < 1 or words[k].text != "-" or separators[k] != NONE:
        return False
    return words[k - 1].letters or words[k - 1].digit


def _join(text: Text, halves: set[int]) -> None:
    """Make one word of the halves before and after a break; `halves` has the places of the second ones."""
    words: list[Word] = []
    at: list[int] = []
    separators: list[int] = []
    token: list[int] = []
    tokens = text.token or [-1] * len(text.words)
    for k, word in enumerate(text.words):
        if k in halves:
            if words[-1].text == "-":
                for row in (words, at, separators, token):
                    row.pop()
            words[-1] = text.lexicon.word(text.text[at[-1] : text.span(k, k + 1)[1]])
            token[-1] = -1
            continue
        words.append(word)
        at.append(text.at[k])
        separators.append(text.separators[k])
        token.append(tokens[k])
    text.words, text.at, text.separators = words, at, separators
    text.token = token if text.token else []
    text.notable = [k for k, word in enumerate(words) if word.notable]


__all__ = ["unwrap"]
