"""Words from tokens: a `Text` of what a tokeniser has cut already, with the words that `segment` would cut.

Nearly every token is a word and known by the number of its string, so a document is cut by looking numbers up. Where
a tokeniser may have cut otherwise (`BMG` `-` `nyň`, `Dr.`), the run of tokens without white space is cut anew. Imports
no spaCy: a number is any that stands for one string, such as spaCy's hash, and only strings are remembered behind it.
"""

from collections.abc import Callable, Sequence
from itertools import compress
from operator import attrgetter

from turkmen_ner.recognition.lexicon import INITIAL, STARTS_CAPITAL, Lexicon
from turkmen_ner.recognition.text import Text
from turkmen_ner.recognition.word import LINE, NONE, SPACE, Word

_MARKED, _NOTABLE = attrgetter("marked"), attrgetter("notable")
_STOPS = frozenset(".,:")  # may stand inside a word (7,5), but rather end it


def from_tokens(
    lexicon: Lexicon,
    numbers: Sequence[int],
    at: list[int],
    spaces: list[int],
    spelling: Callable[[int], str],
    source: Callable[[], str],
) -> Text:
    """The words of a text that was cut into tokens.

    numbers (list of int): A number for the string of each token. at (list of int): Where each begins, in characters.
    spaces (list of int): 1 for a token with a space after it. spelling (callable): The string of the token at a place.
    source (callable): The whole text.
    """
    words = lexicon.numbered(numbers, spelling)
    separators = [LINE, *spaces[:-1]] if words else []
    marked = [*compress(range(len(words)), map(_MARKED, words))]
    cuts = [(k, k + 1) for k in marked if words[k].space]
    runs = _doubtful(words, spaces, [k for k in marked if not words[k].whole])
    if not (cuts or runs):
        token = list(range(len(words)))
        return Text.of(
            lexicon, words, at, separators, notable=[k for k in marked if words[k].notable], token=token, source=source
        )
    return _recut(lexicon, words, at, separators, sorted(cuts + runs), source)


def _doubtful(words: Sequence[Word], spaces: Sequence[int], uncut: Sequence[int]) -> list[tuple[int, int]]:
    """The runs of tokens without white space between them that `segment` may cut in other places.

    uncut (list of int): The tokens that are several words.
    """
    doubts = []
    for k in [k for k, space in enumerate(spaces[:-1], 1) if not space]:
        if words[k].apart or words[k - 1].apart:
            continue
        stop = words[k].text in _STOPS and (spaces[k] or k + 1 == len(words) or words[k + 1].apart)
        if not stop or (words[k].text == "." and len(words[k - 1].text) == 1 and words[k - 1].upper):  # not D.
            doubts.append(k)
    runs: list[tuple[int, int]] = []
    end = 0
    for k in sorted([*doubts, *uncut]):
        if k < end:
            continue
        start, end = k, k + 1
        while start and not spaces[start - 1] and not words[start - 1].space:
            start -= 1
        while end < len(words) and not spaces[end - 1] and not words[end].space:
            end += 1
        runs.append((start, end))
    return runs


def _recut(
    lexicon: Lexicon,
    words: list[Word],
    at: list[int],
    separators: list[int],
    cuts: Sequence[tuple[int, int]],
    source: Callable[[], str],
) -> Text:
    """The text without the tokens of white space, and with the runs of tokens in `cuts` cut anew."""
    kept: list[Word] = []
    starts: list[int] = []
    found_separators: list[int] = []
    places: list[int] = []
    begin, carried = 0, NONE
    for start, end in [*cuts, (len(words), len(words))]:
        if begin < start:
            first = len(kept)
            kept += words[begin:start]
            starts += at[begin:start]
            found_separators += separators[begin:start]
            places += range(begin, start)
            found_separators[first] = max(found_separators[first], carried)
            carried = NONE
        if start < end and words[start].space:
            carried = max(carried, separators[start], words[start].space)
        elif start < end:
            run = "".join([word.raw for word in words[start:end]])
            chunk = lexicon.chunk(run)
            if chunk[3] == INITIAL and _capital_follows(words, at, end, at[start] + len(run)):
                chunk = lexicon.chunk(run + " ")
            if not chunk[0]:  # &nbsp; in several tokens
                carried = max(carried, separators[start], chunk[3] if chunk[3] == LINE else SPACE)
                begin = end
                continue
            first = len(kept)
            kept += chunk[0]
            starts += [at[start] + k for k in chunk[1]]
            found_separators += chunk[2]
            found_separators[first] = max(separators[start], carried)
            same = len(chunk[0]) == end - start and all(map(_same, chunk[0], words[start:end]))
            places += range(start, end) if same else [-1] * len(chunk[0])
            carried = NONE
        begin = end
    if found_separators:
        found_separators[0] = LINE
    notable = [*compress(range(len(kept)), map(_NOTABLE, kept))]
    return Text.of(lexicon, kept, starts, found_separators, notable=notable, token=places, source=source)


def _same(one: Word, other: Word) -> bool:
    return one.raw == other.raw


def _capital_follows(words: Sequence[Word], at: Sequence[int], k: int, end: int) -> bool:
    """Whether a capital stands after at most one white space, for a run of tokens that ends before token k."""
    while k < len(words) and words[k].space:
        k += 1
    return k < len(words) and at[k] - end <= 1 and STARTS_CAPITAL(words[k].raw) is not None
