"""Spelling: every way of writing a word has one normal form, and words keep their suffix."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import cyrillic

from turkmen_ner.orthography.alphabet import LETTERS, capital, fold
from turkmen_ner.orthography.segmentation import segment

FOLDED = """
TÜRKIÝÄNIŇ         türkiýäniň       capitals
Türkiýäniň         türkiýäniň       NFC
AŞGABATDA          aşgabatda        capitals
Türkiÿäniñ         türkiýäniň       1993: ÿ ñ
Türkiỳäniň         türkiýäniň       ỳ
¥OLOTEN            ýoloten          1993: ¥ is the capital of ÿ
A¢gabat            aşgabat          1993: ¢
Ba£ar              bažar            1993: £
Türkijəŋ           türkijäň         1930s: ə ŋ
Maꞑgьşlak          maňgşlak         1930s: ꞑ; ь was y then, silent in Cyrillic
Kalın              kalyn            Turkish ı
Erdoğan            erdogan          Turkish ğ
İstanbul           istanbul         Turkish İ
ISTANBUL           istanbul         I is the capital of i
BMG‑nyň            bmg-nyň          non-breaking hyphen
BMG‐nyň            bmg-nyň          hyphen
BMG–nyň            bmg-nyň          dash
BMG’nyň            bmg'nyň          right quote
BMGʼnyň            bmg'nyň          modifier apostrophe
BMG‘nyň            bmg'nyň          left quote
Türk­menistan      türkmenistan     soft hyphen
Türkmen​istan      türkmenistan     zero-width space
﻿Mary              mary             byte order mark
José               jose             accents of foreign names
Muñoz              muňoz            ñ is read as ň
Łódź               lodz             Polish
Ø                  ö                Danish
Straße             strasse          German
Туркменистан       turkmenistan     Russian letters
Түркменистаның     türkmenistanyň   Turkmen Cyrillic
Түркменистанның    türkmenistanyň   a doubled n of the genitive
Түркие             türkiýe          е after a vowel
Ашгабатда          aşgabatda        Turkmen Cyrillic
Бенгазиде          bengazide        е after a consonant
Европа             ýewropa          е at the start
Ефрат              ýefrat           е at the start
Эрдоган            erdogan          э
Хытай              hytaý            й
Җемал              jemal            җ
Өзбегистан         özbegistan       ө
Әхли               ähli             ә
Маңгышлак          maňgyşlak        ң
Юнеско             ýunesko          ю
Ялкым              ýalkym           я
Нью-Йорк           nýu-ýork         ь, hyphen
Ёлётен             ýolýoten         ё
Подъезд            podýezd          ъ
Цюрих              tsýurih          ц
"""


@pytest.mark.parametrize(("word", "folded"), [line.split()[:2] for line in FOLDED.split("\n") if line])
def test_fold(word, folded):
    assert fold(word) == folded
    assert fold(unicodedata.normalize("NFD", word)) == folded
    assert fold(unicodedata.normalize("NFC", word)) == folded


@pytest.mark.parametrize(
    ("word", "lenient"),
    [
        ("Türkmenistanyň", "turkmenistanyn"),
        ("Çärjew", "carjew"),
        ("Žorž", "zorz"),
        ("Şöhle", "sohle"),
        ("Ýüzärler", "yuzarler"),
    ],
)
def test_lenient_drops_the_diacritics(word, lenient):
    assert fold(word, lenient=True) == lenient
    assert fold(lenient, lenient=True) == lenient


@given(st.text(max_size=12))
def test_fold_is_stable_and_never_fails(word):
    once = fold(word)
    assert fold(once) == once or any(unicodedata.category(c)[0] not in "L" for c in once) or not once.isascii()
    assert fold(word, lenient=True) is not None


@given(st.text(alphabet=LETTERS, min_size=1, max_size=12))
def test_capitals_and_nfd_fold_back(word):
    assert fold(word.upper()) == word
    assert fold(unicodedata.normalize("NFD", word)) == word


@given(
    st.lists(st.sampled_from(["tür", "me", "nis", "ýa", "ýe", "ta", "ňyz", "aý", "gu", "çy"]), min_size=1, max_size=4)
)
def test_cyrillic_folds_back(parts):
    word = "".join(parts).replace("ýý", "ý")  # no Turkmen word has ýý
    written = cyrillic(word)
    assert written is not None
    assert fold(written) == word


def test_capital():
    assert capital("nýu-ýork") == "Nýu-Ýork"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BMG-nyň ABŞ-daky", ["BMG-nyň", " ", "ABŞ-daky"]),
        ("BMG-NYŇ", ["BMG-NYŇ"]),
        ("Aziýa-ABŞ", ["Aziýa", "-", "ABŞ"]),
        ("2022-nji", ["2022-nji"]),
        ("Ankara’da", ["Ankara’da"]),
        ("Türk\u00admenistanyň", ["Türk\u00admenistanyň"]),
        (unicodedata.normalize("NFD", "Türkiýäniň"), [unicodedata.normalize("NFD", "Türkiýäniň")]),
    ],
)
def test_pieces_keep_the_suffix(text, expected):
    assert segment(text) == expected
