"""Lines wrapped inside a sentence: where a break is a space (_ in the rows), and where it parts (/)."""

import pytest
import spacy
from spacy.attrs import IDX, ORTH, SPACY

import turkmen_ner
from turkmen_ner.patterns.compiler import compile
from turkmen_ner.patterns.pattern_set import Patterns
from turkmen_ner.recognition.alignment import from_tokens
from turkmen_ner.recognition.lexicon import Lexicon
from turkmen_ner.recognition.lines import unwrap
from turkmen_ner.recognition.text import Text
from turkmen_ner.recognition.word import LINE

LEXICON = Lexicon(compile(Patterns()))
ROWS = [
    "Ol düýn giçlik_şähere gitdi.",
    "Sözbaşy/Ol düýn giçlik/Şähere gitdi.",
    # a paragraph of full lines is wrapped at the words with a capital, too
    "Şu gün paýtagtymyzda geçirilen ýygnaga_gatnaşanlar hoşallyk bildirip, Myrat_Orazowa gülleri gowşurdylar.",
    "Şu gün paýtagtymyzda geçirilen ýygnaga_gatnaşanlar hoşallyk bildirdiler. Soň_Orazowa güller gowşuryldy.",
    # a short line before a capital is a heading or the last of a paragraph
    "Toý/Şu gün paýtagtymyzda geçirilen ýygnaga_gatnaşanlar hoşallyk bildirip, Myrat_Orazowa güller gowşurdy.",
    # names one a line
    "Aman Orazow/Batyr Durdyýew/Maral Garaýewa",
    "Mary/Lebap/Ahal/Balkan",
    "Gatnaşanlar:/Aman Orazow/Batyr Durdyýew",
    # verse
    "Gülüm, saňa aýdýan sözüm,/Soňunda aglama sen,/Bagladym-da iki gözüm,/Ýaryma garşy durman.",
    # a list in small letters
    "sanaw:/a) suw/b) ýer",
    "ol geldi./soň gitdi",
    "ol diýdi:/geldi;/gitdi",
]


def shown(text: Text) -> str:
    """The words with what stands between them: _ for a break that is a space now, / for one that parts."""
    found = ""
    for k, word in enumerate(text.words):
        gap = text.text[text.span(k - 1, k)[1] : text.at[k]] if k else ""
        found += ("/" if text.separators[k] == LINE else "_") if "\n" in gap else gap
        found += word.raw
    return found


@pytest.mark.parametrize("row", ROWS)
def test_which_breaks_are_spaces(row):
    text = Text(LEXICON, row.replace("_", "\n").replace("/", "\n"))
    unwrap(text)
    assert shown(text) == row


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\n \n", "\r\r", "\u2029\u2029"])
def test_an_empty_line_always_parts(gap):
    text = Text(LEXICON, f"Ol düýn giçlik{gap}şähere gitdi.")
    unwrap(text)
    assert text.separators == [LINE, 1, 1, LINE, 1, 0]


@pytest.mark.parametrize("gap", ["\n", "\r\n", "\r", " \n ", "\n\t"])
def test_any_kind_of_break(gap):
    assert [(e.text, e.label, e.name) for e in turkmen_ner.tag(f"Ol Saud{gap}Arabystanyna gitdi.")] == [
        (f"Saud{gap}Arabystanyna", "COUNTRY", "Saud Arabystany")
    ]


HALVES = [  # text, the words, the last one as it is read
    ("Ol Aş-\ngabatda", ["Ol", "Aş-\ngabatda"], "Aşgabatda"),
    ("Ol Aş-\r\n  gabatda", ["Ol", "Aş-\r\n  gabatda"], "Aşgabatda"),
    ("Ol Aş\u00ad\ngabatda", ["Ol", "Aş\u00ad\ngabatda"], "Aşgabatda"),
    ("BMG-\nniň", ["BMG-\nniň"], "BMG-niň"),
    ("2022-\nnji", ["2022-\nnji"], "2022-nji"),
    ("Aş-\nGabat", ["Aş", "-", "Gabat"], "Gabat"),
    ("Aş -\ngabat", ["Aş", "-", "gabat"], "gabat"),
    ("Aş-\n\ngabat", ["Aş", "-", "gabat"], "gabat"),
    ("Aş- gabat", ["Aş", "-", "gabat"], "gabat"),
]


@pytest.mark.parametrize(("given", "words", "last"), HALVES)
def test_a_word_broken_at_a_hyphen(given, words, last):
    text = Text(LEXICON, given)
    unwrap(text)
    assert [word.raw for word in text.words] == words
    assert text.words[-1].text == last


@pytest.mark.parametrize("lang", ["tk", "xx", "tr", "en"])
@pytest.mark.parametrize("given", [text for text, _, _ in HALVES] + [row.replace("_", "\n") for row in ROWS])
def test_every_tokeniser_gives_the_same_lines(lang, given):
    doc = spacy.blank(lang).make_doc(given)
    numbers, at, spaces = doc.to_array([ORTH, IDX, SPACY]).T.tolist()
    cut = from_tokens(LEXICON, numbers, at, spaces, lambda k: doc[k].text, lambda: doc.text)
    text = Text(LEXICON, given)
    unwrap(cut)
    unwrap(text)
    assert [w.raw for w in cut.words] == [w.raw for w in text.words]
    assert (cut.at, cut.separators, cut.notable) == (text.at, text.separators, text.notable)
    assert len(cut.token) == len(cut.words)


WRAPPED = [
    ("Wekil Birleşen Milletler\nGuramasynyň ýygnagyna bardy.", [("Birleşen Milletler\nGuramasynyň", "BODY")]),
    ("Ol Birleşen\nMilletler Guramasyna bardy.", [("Birleşen\nMilletler Guramasyna", "BODY")]),
    ("Düýn bu ýere Merdan\nOrazow geldi.", [("Merdan\nOrazow", "PERSON")]),
    ("Toýa Merdan\nOrazow, Jeren geldi.", [("Merdan", "PERSON"), ("Orazow", "PERSON"), ("Jeren", "PERSON")]),
    ("Ol Nýu-\nÝorkda okaýar.", [("Nýu-\nÝorkda", "CITY")]),
    ("Prezident Aş-\ngabatda boldy.", [("Aş-\ngabatda", "CITY")]),
    ("Türk-\nmenistan bitarap ýurt.", [("Türk-\nmenistan", "COUNTRY")]),
    ("Ol Halk\nMaslahatynyň agzasy.", [("Halk\nMaslahatynyň", "BODY")]),
    ("Düýn irden uly zalda geçirilen\nýygnakda ilkinji bolup Merdan\nAnnagulyýew öz pikirini aýtdy.",
     [("Merdan\nAnnagulyýew", "PERSON")]),
    ("Merdan Orazow\nJeren Annaýewa", [("Merdan Orazow", "PERSON"), ("Jeren Annaýewa", "PERSON")]),
    ("Aşgabat\nMary\nTürkmenabat", [("Aşgabat", "CITY"), ("Mary", "CITY"), ("Türkmenabat", "CITY")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), WRAPPED)
def test_names_over_a_break(text, wanted):
    found = [(e.text, e.label) for e in turkmen_ner.tag(text)]
    assert found == wanted


@pytest.mark.parametrize(
    "names", ["Saud Arabystan Mary", "Merdan Annagulyýew Serdar", "Halk Maslahaty", "Nýu Ýork Mary"]
)
def test_names_one_a_line_stay_apart(names):
    text = names.replace(" ", "\n")
    assert [e.text for e in turkmen_ner.tag(text) if "\n" in e.text] == []
    assert [e.text for e in turkmen_ner.tag(f"Sanaw:\n{text}\nSoňy") if "\n" in e.text] == []
