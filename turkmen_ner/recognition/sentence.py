"""Where a sentence begins: after which signs, and over which marks before its first word.

A sentence begins at a new line, after a full stop, a colon, in quotes, in the cell of a table, after a block of HTML
and after an emoji. Between that and its first word may stand the marks of a list, a time, a heading or bold type.
"""

import unicodedata
from collections.abc import Sequence

from turkmen_ner.orthography.segmentation import QUOTES
from turkmen_ner.recognition.word import LINE, NONE, SENTENCE_END, Word

ENDS = SENTENCE_END | {"|", ";", "¶", "¿", "¡"}  # after these a sentence begins whatever the space
DASHES = frozenset("-\u2010\u2011\u2013—―−")
OPENING = frozenset("'‘([{*_~`#>+=•·●○◦▪■□►▶→§№") | DASHES  # marks before a first word
BRACKETS = {")": "(", "]": "["}
MOST_MARKS = 16  # before one sentence
MOST_IN_TAG = 40  # words between < and >
_BLOCKS = """
    address article aside blockquote body br button caption center dd div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 head header hr html label legend li main nav ol option p pre section summary table tbody td tfoot
    th thead title tr ul
"""
BLOCKS = frozenset(_BLOCKS.split())  # elements of HTML that part sentences; others (b, i, a) stand inside them


def begins_sentence(words: Sequence[Word], separators: Sequence[int], i: int) -> bool:
    """Whether a sentence begins at word i.

    words, separators (sequence): Those of a text, see text.py. i (int): The place of a word.

    >>> from turkmen_ner.recognition.word import SPACE
    >>> words = [Word(w) for w in ("#", "Bereket", "we", "Suw")]
    >>> separators = [LINE, SPACE, SPACE, SPACE]
    >>> begins_sentence(words, separators, 1), begins_sentence(words, separators, 3)
    (True, False)
    """
    k = i
    dash = False  # whether the last mark was a dash or a bracket
    for _ in range(MOST_MARKS):
        if k == 0 or separators[k] == LINE:
            return True
        before = words[k - 1]
        sign = before.text
        if before.letters and len(sign) > 1:  # nearly always, and none of the signs below is spelt so
            return False
        if sign in ENDS:
            return True
        if sign == ":":
            return dash or separators[k] != NONE
        if sign == ",":  # Geldi, - Ol aýtdy; the cells of a table: Ady,Ýaşy
            return dash or separators[k] == NONE
        if sign in QUOTES:
            if separators[k] == NONE:
                return k == 1 or separators[k - 1] != NONE or words[k - 2].text in OPENING
            return k > 1 and separators[k - 1] == NONE and words[k - 2].text in SENTENCE_END
        if sign == ">" and (tag := _tag(words, separators, k)) >= 0:
            if words[tag + 1].text.lower() in BLOCKS or words[min(tag + 2, k - 1)].text.lower() in BLOCKS:
                return True
            k = tag
        elif sign in BRACKETS:
            mark = _before_mark(words, separators, k)
            if mark is None:
                return False
            if words[mark].text != BRACKETS[sign]:  # 1), a)
                return True
            k = mark
        elif sign in OPENING or _is_number(before):
            k -= 1
        elif _is_emoji(sign):
            return True
        elif _is_modifier(sign):
            k -= 1
            continue
        else:
            return False
        dash = sign in DASHES or sign == "("
    return False


def _is_number(word: Word) -> bool:
    """5, 12:30; not XX and F-16."""
    return word.digit and not word.letters


def _is_emoji(sign: str) -> bool:
    return len(sign) == 1 and sign > "\u2100" and unicodedata.category(sign) == "So"


def _is_modifier(sign: str) -> bool:
    """The colour or the shape of an emoji."""
    return len(sign) == 1 and sign > "\u2000" and unicodedata.category(sign) in ("Mn", "Sk", "Cf")


def _tag(words: Sequence[Word], separators: Sequence[int], k: int) -> int:
    """The place of the < of the tag of HTML that ends before word k, -1 if none does: <p>, </td>, <a href="#">."""
    for m in range(k - 2, max(-1, k - 2 - MOST_IN_TAG), -1):
        if words[m].text == "<":
            return m if separators[m + 1] == NONE and m + 1 < k - 1 else -1
        if separators[m] == LINE:
            break
    return -1


def _before_mark(words: Sequence[Word], separators: Sequence[int], k: int) -> int | None:
    """Where the mark of a list that ends with the bracket before word k begins, None if it is none: [1], (a), 1)."""
    opening = BRACKETS[words[k - 1].text]
    if k > 1 and words[k - 2].text == opening:
        return k - 2
    if k < 2 or len(words[k - 2].text) > 3 or not (words[k - 2].letters or words[k - 2].digit):
        return None
    if k > 2 and words[k - 3].text == opening:
        return k - 3
    if separators[k - 2] == NONE:
        return None
    for m in range(k - 2, max(0, k - 2 - MOST_IN_TAG), -1):  # Mary (etrap, 12) is no mark
        if separators[m] == LINE or words[m - 1].text == words[k - 1].text:
            break
        if words[m - 1].text == opening:
            return None
    return k - 2
