"""A tokeniser whose time grows with the text alone.

spaCy's takes signs off a chunk one by one and reads the rest again for each: a million quotation marks in a row would
take it hours. A chunk of LONG characters is no prose and is cut by
`turkmen_ner.orthography.segmentation.segment`; so are white space and a word such as `T&uuml;rkmenistan`.
"""

import re
from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

from turkmen_ner.orthography.segmentation import LETTER_ENTITY, segment
from turkmen_ner.vocab_lock import alone

LONG = 200  # characters without white space, or of it
CACHE_SIZE = 200_000  # chunks whose tokens are remembered, 230 bytes each; spaCy's 10,000 are those of 100 articles
_BLOCK = LONG // 2
_CHUNK = re.compile(r"\s+|\S+")
_HAS_ENTITY = re.compile(LETTER_ENTITY).search  # stands inside a word: the rules of spaCy cut at its signs


class TurkmenTokenizer(Tokenizer):  # type: ignore[misc]
    """spaCy's tokeniser, but for long chunks and letters written as entities of HTML, and with a larger cache.

    `max_cache_size` may be set at any time.
    """

    def __init__(self, *args: Any, max_cache_size: int = CACHE_SIZE, **kwargs: Any) -> None:  # also when unpickled
        super().__init__(*args, max_cache_size=max_cache_size, **kwargs)

    @alone
    def __call__(self, string: str) -> Doc:
        """The tokens of a text; `doc.text` is the text."""
        special = has_long(string) or ("&" in string and _HAS_ENTITY(string))
        return self._with_pieces(string) if special else super().__call__(string)

    def _with_pieces(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        begin = 0
        for chunk in _CHUNK.finditer(text):
            start, end = chunk.span()
            if end - start < LONG and not ("&" in chunk[0] and _HAS_ENTITY(chunk[0])):
                continue
            if begin < start:
                doc = super().__call__(text[begin:start])
                words += [token.text for token in doc]
                spaces += [bool(token.whitespace_) for token in doc]
            start = max(start, begin)  # its first space may have gone to a long chunk before it
            begin = end
            if not text[start].isspace():
                words += segment(text[start:end])
                spaces += [False] * (len(words) - len(spaces))
                if text[end : end + 1] == " ":  # belongs to the token before it
                    spaces[-1] = True
                    begin += 1
                continue
            if text[start] == " " and words and not spaces[-1]:
                spaces[-1] = True
                start += 1
            words.append(text[start:end])
            spaces.append(False)
        if begin < len(text):
            doc = super().__call__(text[begin:])
            words += [token.text for token in doc]
            spaces += [bool(token.whitespace_) for token in doc]
        return Doc(self.vocab, words=words, spaces=spaces)


def has_long(text: str) -> bool:
    """Whether a text may have a long chunk; never False for one that has. Reads little of the text.

    >>> has_long("Ol geldi. " * 100), has_long("Ol_geldi._" * 100), has_long(" \\n" * 200)
    (False, True, True)
    """
    for start in range(0, len(text) - _BLOCK + 1, _BLOCK):
        block = text[start : start + _BLOCK]
        if " " not in block or block.isspace():
            return True
    return False


@registry.tokenizers("turkmen_ner.Tokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], TurkmenTokenizer]:
    """What `[nlp.tokenizer]` of a config names."""

    def make(nlp: Language) -> TurkmenTokenizer:
        defaults = nlp.Defaults
        return TurkmenTokenizer(
            nlp.vocab,
            rules=defaults.tokenizer_exceptions,
            prefix_search=compile_prefix_regex(defaults.prefixes or ()).search,
            suffix_search=compile_suffix_regex(defaults.suffixes or ()).search,
            infix_finditer=compile_infix_regex(defaults.infixes or ()).finditer,
            url_match=defaults.url_match,
        )

    return make
