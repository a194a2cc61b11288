"""Text: cut by chunks between spaces, and yet the words of `segment` with the same offsets and separators."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

import turkmen_ner
from turkmen_ner.morphology.inflection import inflect
from turkmen_ner.morphology.suffixes import CASES
from turkmen_ner.orthography.alphabet import fold, fold_all
from turkmen_ner.orthography.segmentation import segment, spelled
from turkmen_ner.patterns.compiler import compile
from turkmen_ner.patterns.pattern_set import Patterns
from turkmen_ner.recognition.lexicon import Lexicon
from turkmen_ner.recognition.text import Text
from turkmen_ner.recognition.word import LINE, NONE, SPACE
from turkmen_ner.recognition.word_lists import WordLists

LEXICON = Lexicon(compile(Patterns()))
BITS = [
    "Kalyn", "a", "B", "D.", "x.", "N.F.L.", "BMG", "-nyň", "-", "–", "'", "’", "1", "5", ",", ":", "+", "&", "amp;",
    "¥", "£", "é", "\u0301", "\u00ad", "\u200b", "\n", "\r\n", "\t", "\u00a0", "\u2029", "\u0085", " ", " ", " ", "  ",
    "İ", "ý", "http://x", "@", "T&uuml;rk", "&nbsp;", "&quot;", "&#350;", "&shy;",
]  # fmt: skip


def cut(text):
    """What a text should be cut into, by `segment` alone: word, offset, separators."""
    parts = segment(text)
    found, separators = [], LINE
    for part, start in zip(parts, accumulate(map(len, parts), initial=0), strict=False):
        if spelled(part).isspace():
            separators = max(separators, LINE if set(spelled(part)) & set("\n\r\u2029") else SPACE)
        else:
            found.append((part, start, separators))
            separators = NONE
    return found


def shown(text):
    found = Text(LEXICON, text)
    return list(zip((w.raw for w in found.words), found.at, found.separators, strict=True))


@given(st.lists(st.sampled_from(BITS), max_size=9).map("".join))
def test_chunks_are_cut_as_the_text(text):
    assert shown(text) == cut(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "D. Gulmanowa geldi.",
        "Bu jogap D. Soň gitdi.",
        "Ol D.",
        "D. ol",
        "D.  Gulmanowa",
        "A. B. Annaýew",
        "Sözbaşy\n Aşgabat",
        "Sözbaşy \n  \n Aşgabat  Mary",
        "N.F.L. Aşgabat",
        "N.F.L. -niň",
        "Bir" + "söz" * 40 + "\n Aşgabat",
        "a" * 70 + " D. Gulmanowa " + "a" * 70,
        "Bir" * 30 + "\nD. Gulmanowa",
    ],
)
def test_initials_and_lines_at_the_end_of_a_chunk(text):
    assert shown(text) == cut(text)
    assert shown(text) == cut(text)  # from the cache


def test_what_is_read_between_words():
    text = Text(LEXICON, "Serdar&nbsp;T&uuml;rkmen \t\n D.Gulmanowa &quot;Ak&nbsp; g&uuml;l&quot; -i")
    assert [word.text for word in text.words] == [
        "Serdar",
        "Türkmen",
        "D.",
        "Gulmanowa",
        '"',
        "Ak",
        "gül",
        '"',
        "-",
        "i",
    ]
    assert text.between(0, 7) == 'Serdar Türkmen D.Gulmanowa "Ak gül'
    assert text.span(1, 2) == (12, 24)
    assert text.text[12:24] == "T&uuml;rkmen"


def test_many_words_are_folded_like_one():
    words = ["Türkıÿe", "ÄRDOGAN", "Түркменистан", "howa gämi", "-owa", "İzmir", "don’t", "Ashgabat", "ΛΌΓΟΣ"]
    assert fold_all(words) == [fold(w) for w in words]
    assert fold_all(iter(words)) == fold_all(words)
    assert fold_all([]) == []


def test_endings_leave_two_letters():
    word_lists = WordLists({"endings": ["-ow", "-owa", "-oglu"], "more": ["-owa"], "words": ["howa gämi"]})
    endings, more = word_lists.bit["endings"], word_lists.bit["more"]
    assert word_lists.ending(["annaýew"]) == 0
    assert word_lists.ending(["annaow"]) == endings
    assert word_lists.ending(["orazowa"]) == endings | more
    assert word_lists.ending(["öow"]) == word_lists.ending(["ow"]) == word_lists.ending([""]) == 0
    assert word_lists.ending(["abow"]) == endings
    assert word_lists.ending(["x", "kutluoglu"]) == endings


ENTITIES = [
    ("Prezident Serdar&nbsp;Berdimuhamedow geldi.", ("Serdar&nbsp;Berdimuhamedow", "PERSON", "Serdar Berdimuhamedow")),
    ("Ol Mary&nbsp;welaýatyna bardy.", ("Mary", "REGION", "Mary")),
    ("T&uuml;rkmenistan&#305;&#328; payy", ("T&uuml;rkmenistan&#305;&#328;", "COUNTRY", "Türkmenistan")),
    ("Ol A&#351;gabatda galdy.", ("A&#351;gabatda", "CITY", "Aşgabat")),
    ("Ol A&#x15F;gabada bardy.", ("A&#x15F;gabada", "CITY", "Aşgabat")),
    ("Parom geldi, &quot;Etrek&quot; tankeri gitdi.", ("Etrek", "SHIP", "Etrek")),
    ("Bu Myrat&#160;Annagul&yacute;ewi&#328; kitaby",
     ("Myrat&#160;Annagul&yacute;ewi&#328;", "PERSON", "Myrat Annagulýew")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), ENTITIES)
def test_entities_of_html_are_what_they_stand_for(text, wanted):
    found = [(e.text, e.label, e.name) for e in turkmen_ner.tag(text)]
    assert found == [wanted]
    assert all(text[e.start : e.end] == e.text for e in turkmen_ner.tag(text))


RARE = ["tsunami", "zirnow", "kerbuk", "norgil", "ogul", "deňiz", "şäher", "lendiz", "ýeňiş", "kalber"]
RARE_FORMS = st.builds(
    lambda name, case, spelling: spelling(inflect(name, case=case)),
    st.sampled_from(RARE),
    st.sampled_from(CASES),
    st.sampled_from([str, str.capitalize, str.upper, lambda word: "1" + word, lambda word: word.replace("ş", "sh")]),
)


@given(st.lists(RARE_FORMS, max_size=12))
def test_a_base_form_in_lower_case(words):
    """Asked of the few words that begin like it, and yet as if all had been analysed."""
    text = Text(LEXICON, " ".join(words))
    expected = {r.base for word in text.words if word.rare for r in word.best[:3]}
    asked = {r.base for word in text.words if word.letters for r in word.best[:6]} | set(RARE)
    assert {base for base in asked if text.has_lower(base)} == expected & asked
