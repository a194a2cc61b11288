"""Words from tokens are the words of the text, whatever tokeniser has cut it."""

from collections.abc import Callable

import pytest
import spacy
from hypothesis import example, given
from hypothesis import strategies as st
from spacy.attrs import IDX, ORTH, SPACY
from spacy.tokens import Doc

from turkmen_ner.patterns.compiler import compile
from turkmen_ner.patterns.pattern_set import Patterns
from turkmen_ner.recognition.alignment import from_tokens
from turkmen_ner.recognition.lexicon import Lexicon
from turkmen_ner.recognition.text import Text

LEXICON = Lexicon(compile(Patterns()))
PIPELINES = {lang: spacy.blank(lang) for lang in ("tk", "xx", "tr", "en", "fr", "ru")}
BITS = [
    "Kalyn", "aýtdy", "B", "D.", "x.", "N.F.L.", "BMG", "-nyň", "-", "–", "'", "’", "19", "5", ",", ":", "+", "&",
    "amp;", ".", "¥", "é", "\u0301", "\u00ad", "\u200b", "\n", "\r\n", "\t", "\u00a0", "\u2029", " ", " ", " ", "  ",
    "Dr.", "mln.", ":)", "«", "»", '"', "(", ")", "…", "İ", "ý", "don't", "1990-njy",
    "https://", "www.", "x.tm", "http", "/A", "?", "=", "a@b.tm", "@", "#", "~", "_",
    "&nbsp;", "&quot;", "T&uuml;rk", "&#252;", "&ndash;", ";",
]  # fmt: skip
TEXTS = [
    "",
    "\n",
    "  Ol  BMG-nyň 5+5 komissiýasyna\n\nbardy.",
    "D. Gulmanowa geldi, Dr. Kalyn we D.\nGulmanowa gitdi. Soň D",
    "Aziýa-ABŞ gatnaşyklary (Ankara'da) 19:30-da.",
    "Ol geldi.Soň gitdi:Näme",
]


def shown(text: Text) -> list[tuple[str, int, int]]:
    return list(zip((w.raw for w in text.words), text.at, text.separators, strict=True))


def cut(doc: Doc) -> Text:
    numbers, at, spaces = doc.to_array([ORTH, IDX, SPACY]).T.tolist() if len(doc) else ([], [], [])
    return from_tokens(LEXICON, numbers, at, spaces, lambda k: doc[k].text, lambda: doc.text)


def same(make: Callable[[str], Doc], text: str) -> None:
    doc = make(text)
    wanted, found = Text(LEXICON, text), cut(doc)
    assert shown(found) == shown(wanted)
    assert found.notable == wanted.notable
    for word, start, token in zip(found.words, found.at, found.token, strict=True):
        assert token == -1 or (doc[token].idx, doc[token].text) == (start, word.raw)
    for i in range(len(found)):
        for j in range(i, min(len(found), i + 4)):
            assert found.between(i, j) == wanted.between(i, j)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("lang", PIPELINES)
def test_every_tokeniser_gives_the_words_of_the_text(lang, text):
    same(PIPELINES[lang].make_doc, text)


@example("en", "&nbsp;")
@example("en", "Ol\n&nbsp;\nMara")
@given(st.sampled_from(sorted(PIPELINES)), st.lists(st.sampled_from(BITS), max_size=10).map("".join))
def test_every_tokeniser_gives_the_words_of_any_text(lang, text):
    same(PIPELINES[lang].make_doc, text)


@given(st.text(max_size=30))
def test_any_unicode(text):
    text = text.encode("utf8", "ignore").decode()
    same(PIPELINES["tk"].make_doc, text)
    same(PIPELINES["xx"].make_doc, text)


def test_merged_tokens_are_parted():
    text = "Ibrahim Kalyn Nýu-Ýorkda."
    doc = PIPELINES["tk"].make_doc(text)
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[0:2])
    assert shown(cut(doc)) == shown(Text(LEXICON, text))


def test_tokens_of_one_letter_are_joined():
    letters = Doc(PIPELINES["xx"].vocab, words=list("BMG-nyň,"), spaces=[False] * 8)
    assert [w.text for w in cut(letters).words] == ["BMG-nyň", ","]
    assert cut(letters).token == [-1, -1]
