"""Turkmen, as `spacy.blank("tk")` and `spacy.blank("tuk")`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from spacy.language import BaseDefaults, Language
from spacy.util import load_config_from_str

from turkmen_ner.vocab_lock import zone_turn

from .lex_attrs import LEX_ATTRS
from .punctuation import TOKENIZER_INFIXES, TOKENIZER_PREFIXES, TOKENIZER_SUFFIXES, URL_MATCH
from .stop_words import STOP_WORDS
from .tokenizer import TurkmenTokenizer
from .tokenizer_exceptions import TOKENIZER_EXCEPTIONS

# nlp.initialize() and `spacy train` load the spelling norms; a blank pipeline alone has only those of the exceptions.
CONFIG = """
[nlp]

[nlp.tokenizer]
@tokenizers = "turkmen_ner.Tokenizer.v1"

[initialize]

[initialize.lookups]
@misc = "spacy.LookupsDataLoader.v1"
lang = ${nlp.lang}
tables = ["lexeme_norm"]
"""


class TurkmenDefaults(BaseDefaults):
    config = load_config_from_str(CONFIG)
    tokenizer_exceptions = TOKENIZER_EXCEPTIONS
    prefixes = TOKENIZER_PREFIXES
    suffixes = TOKENIZER_SUFFIXES
    infixes = TOKENIZER_INFIXES
    url_match = URL_MATCH
    lex_attr_getters = LEX_ATTRS
    stop_words = STOP_WORDS


class Turkmen(Language):
    lang = "tk"
    Defaults = TurkmenDefaults

    @contextmanager
    def memory_zone(self, mem: Any = None) -> Iterator[Any]:
        """spaCy's memory zone; other threads wait with their texts until it is closed.

        RAISES (RuntimeError): Where one has waited for long, as the thread that opened the zone may wait for it.
        """
        with zone_turn(self.vocab), super().memory_zone(mem) as pool:
            yield pool


class TurkmenTuk(Turkmen):
    """The same under the three-letter code of ISO 639-3."""

    lang = "tuk"


__all__ = ["Turkmen", "TurkmenDefaults", "TurkmenTokenizer", "TurkmenTuk"]
