"""The language `tk`: where its tokeniser cuts, numbers, function words, spelling norms."""

import json
import pickle
import re
import subprocess
import sys
import unicodedata
from importlib import metadata
from pathlib import Path

import pytest
import spacy
import srsly
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import attrs
from spacy.lang import lex_attrs as slow
from spacy.lookups import load_lookups
from spacy.util import load_language_data

from turkmen_ner.lang.tk import Turkmen, TurkmenTuk
from turkmen_ner.lang.tk.examples import sentences
from turkmen_ner.lang.tk.lex_attrs import _NUMBER, CARDINALS, LEX_ATTRS, ORDINALS, like_num
from turkmen_ner.lang.tk.lex_attrs import _WORDS as _NUMBER_WORDS
from turkmen_ner.lang.tk.lookups import tk as tables
from turkmen_ner.lang.tk.stop_words import STOP_WORDS
from turkmen_ner.lang.tk.tokenizer import CACHE_SIZE, TurkmenTokenizer
from turkmen_ner.lang.tk.tokenizer_exceptions import ABBREVIATIONS, TOKENIZER_EXCEPTIONS
from turkmen_ner.morphology.dictionary import is_common
from turkmen_ner.orthography.alphabet import fold
from turkmen_ner.orthography.segmentation import segment

ROOT = Path(__file__).parents[2]
GOLD = ROOT.parent / "shared" / "gold"

try:
    metadata.version("turkmen_ner")
    INSTALLED = True
except metadata.PackageNotFoundError:
    INSTALLED = False
needs_install = pytest.mark.skipif(not INSTALLED, reason="entry points need an installed package: pip install -e .")

NLP = Turkmen()


def tokens(text: str) -> list[str]:
    return [token.text for token in NLP(text) if not token.is_space]


# --- words that stay whole -----------------------------------------------------------------------------------------

_WHOLE = """
    BMG-nyň  ABŞ-daky  ABŞ-dakylar  BMG-NYŇ  NATO-NYŇ  AÝTK-DAN  BMG’nyň  BMG‑nyň  BMG–nyň  Johnson-yň
    Ankara'da  Ankara’da  Ankaraʼda  O'Neill  2022-nji  7-nji  XX-nji  2022'de  12.11.2024-nji  19:30-da  5-de  3-günlük
    5+5  7,5  7.5  1.000.000  19:30  2:1  12.11.2024
    dälmi-de  hem-de  ýa-da  premýer-ministr  wise-premýer  Apollon-11  COVID-19  COVID-19-dan  Mi-8  F-16-nyň
    N.F.L.  N.F.L.-niň  A.B.Ş.  AT&T  PG&E-niň  D.  Şä\u00adher
    ¢äher  be¢  Aÿ
    ý.  ýý.  b.e.  b.e.öň  b.e.öňki  B.e.öň  ş.m.  başg.  mln  mln.  mlrd  mlrd.  trln  MLN  s.  ş.  köç.  dr.  Dr.
    prof.  Prof.  akad.  okt.  No.
    https://tdh.gov.tm/tk/post/1-2?x=1  http://example.com/a,b  www.tdh.gov.tm  www.tdh.gov.tm/  tdh.gov.tm
    turkmenportal.com  jo@samaritans.org  a.b-c@mail.gov.tm
    &quot;  &amp;  &nbsp;  &#160;  &#xA0;  &Uuml;  &frac12;
    T&uuml;rkmenistan  T&uuml;rkmenistany&#328;  &#350;em&scaron;at  &Ccedil;e&#x15F;me  A&#351;&shy;gabat
    :)  :-)  ;-)  :(
"""
WHOLE = _WHOLE.split()


@pytest.mark.parametrize("word", WHOLE)
def test_stays_whole(word):
    assert tokens(word) == [word]
    assert tokens(f"Ol {word} diýdi") == ["Ol", word, "diýdi"]


@pytest.mark.parametrize("word", [w for w in WHOLE if not re.search(r"[:;][-]?[()]|[-–]da$", w)])
def test_stays_whole_between_marks(word):
    assert tokens(f"(«{word}», “{word}”)") == ["(", "«", word, "»", ",", "“", word, "”", ")"]


# --- words that part; a space in the right column is a cut ---------------------------------------------------------

PARTED = """
    Aziýa-ABŞ             Aziýa - ABŞ
    Amerika-Meksika       Amerika - Meksika
    Nýu-Ýork              Nýu - Ýork
    Nýu‑Ýorkda            Nýu ‑ Ýorkda
    Moskwa–Waşington      Moskwa – Waşington
    2016-2018             2016 - 2018
    2016–2018-nji         2016 – 2018-nji
    ABŞ-NATO              ABŞ - NATO
    ÇEŞME:TRT             ÇEŞME : TRT
    ÇEŞME:D.Gulmanowa     ÇEŞME : D. Gulmanowa
    D.Gulmanowa           D. Gulmanowa
    D.Gulmanowa,          D. Gulmanowa ,
    «D.Gulmanowanyň       « D. Gulmanowanyň
    A.B.Annaýew           A. B. Annaýew
    J.R.R.Tolkiniň        J. R. R. Tolkiniň
    etdi.Soňra            etdi . Soňra
    geldi.soňra           geldi . soňra
    geldi.de              geldi . de
    geldi,soň             geldi , soň
    ABŞ.Soňra             ABŞ . Soňra
    2024.Soňra            2024 . Soňra
    ABŞ.                  ABŞ .
    2024.                 2024 .
    2024,                 2024 ,
    “söz”                 “ söz ”
    «söz»                 « söz »
    „söz“                 „ söz “
    "söz"                 " söz "
    ‘söz’                 ‘ söz ’
    'söz'                 ' söz '
    «Galkynyş»-yň         « Galkynyş » - yň
    “Galkynyş”yň          “ Galkynyş ” yň
    (söz)                 ( söz )
    [söz]                 [ söz ]
    söz—söz               söz — söz
    söz–söz               söz – söz
    söz-                  söz -
    -söz                  - söz
    50%                   50 %
    50%-i                 50 % - i
    %50                   % 50
    +993                  + 993
    $5                    $ 5
    5$                    5 $
    £5                    £ 5
    100£                  100 £
    söz...                söz . . .
    söz…                  söz …
    näme?!                näme ? !
    we/ýa                 we / ýa
    24/7                  24 / 7
    #sport                # sport
    snake_case            snake _ case
    _söz_                 _ söz _
    ABŞ'/NATO             ABŞ ' / NATO
    söz&quot;             söz &quot;
    &quot;söz&quot;,      &quot; söz &quot; ,
    söz&nbsp;söz          söz &nbsp; söz
    R&amp;D               R &amp; D
    söz&söz               söz & söz
    AT&T.                 AT&T .
    witamin-D.x           witamin - D . x
    jo@samaritans.org,    jo@samaritans.org ,
    (www.tdh.gov.tm).     ( www.tdh.gov.tm ) .
    salgysy:www.tdh.gov.tm/a-B  salgysy : www.tdh.gov.tm/a-B
    https://tdh.gov.tm.   https://tdh.gov.tm .
    (ş.m.)                ( ş.m. )
    mlrd.,                mlrd. ,
    Saglyk(ýagşy)         Saglyk ( ýagşy )
    \ufeffSöz             \ufeff Söz
"""


@pytest.mark.parametrize("line", PARTED.strip().splitlines(), ids=lambda line: line.split()[0])
def test_parts(line):
    word, *parts = line.split()
    assert tokens(word) == parts


@pytest.mark.parametrize("word", ["sen.", "ýan.", "dek.", "sag.", "2020ý.", "a.", "z.", "söz.", "8)", "):", "''"])
def test_stop_is_no_part_of_a_word(word):
    assert len(tokens(word)) > 1


def test_long_abbreviations_are_no_words():
    """A stop after a word ends a sentence."""
    assert [a for a in ABBREVIATIONS if len(a.rstrip(".")) > 1 and is_common(fold(a.rstrip(".")))] == []


@pytest.mark.parametrize("orth", [" ", "\n", "\t", "\u2014", "\xa0", "8)", "a.", "S.", "Ş.", "T.", "Ý.", "Ş.M."])
def test_not_an_exception(orth):
    """White space as an exception would switch off the tokeniser's cache; capitals are initials."""
    assert orth not in TOKENIZER_EXCEPTIONS


def test_norms_of_abbreviations():
    doc = NLP("2022-nji ý. 5 mlrd. manat, Mary ş., Magtymguly köç. 5, MLN we ş.m.")
    norms = {token.text: token.norm_ for token in doc}
    assert norms["ý."] == "ýyl"
    assert norms["mlrd."] == "milliard"
    assert norms["MLN"] == "million"
    assert norms["ş."] == "şäher"
    assert norms["köç."] == "köçe"
    assert norms["ş.m."] == "şuňa meňzeşler"


# --- the same tokens as `segment` -----------------------------------------------------------------------------------


def without_brackets(text: str) -> str:
    """The text of a seed: `[surface|LABEL|...]` -> surface.

    >>> without_brackets("[Moskwa|CITY]-[Waşington|CITY] \\\\[1\\\\]")
    'Moskwa-Waşington [1]'
    """
    return re.sub(r"\\([\[\]])", r"\1", re.sub(r"(?<!\\)\[([^|\]]*)\|[^\]]*\]", r"\1", text))


def words_of_pieces(text: str) -> list[str]:
    return [piece for piece in segment(text) if not piece.isspace()]


def tokens_as_pieces(text: str) -> list[str]:
    """The tokens, those of the exceptions cut as `segment` does."""
    return [p for token in tokens(text) for p in (segment(token) if token in TOKENIZER_EXCEPTIONS else [token])]


SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_same_as_pieces_on_seeds(path):
    text = without_brackets(path.read_text(encoding="utf8"))
    assert len(tokens(text)) > 100
    assert tokens_as_pieces(text) == words_of_pieces(text)


def test_seeds_are_there():
    assert len(SEEDS) >= 11


@pytest.mark.parametrize("name", ["dev.jsonl", "seed.jsonl"])
def test_same_as_pieces_on_gold(name):
    if not GOLD.exists():
        pytest.skip("the gold documents stand beside the repository, in ../shared/gold, and are not part of it")
    for line in (GOLD / name).read_text(encoding="utf8").splitlines():
        text = json.loads(line)["text"]
        assert tokens_as_pieces(text) == words_of_pieces(text)


_WORDS = (
    "BMG-nyň ABŞ-DAN Ankara'da Türkmenistanyň söz hem-de 2022-nji XX 7,5 5+5 19:30 Apollon-11 D.Gulmanowa A.B.Annaýew "
    "Aziýa-ABŞ 1990–2000 AT&T etdi.Soňra N.F.L.-niň Nýu‑Ýorkda "
    "Ýu.Gagarin Ş.Ýa.Saparow "
    "LiverpoolFC.com gazeta.ru-nyň a.gov.tm/b?c=d gazeta.ru,Soňra Lenta.ru/Gazeta.Ru D.Annaýew.com x.tm.Ol"
)
_phrase = st.tuples(
    st.sampled_from(["", "", "", "«", "(", "“", '"', "‘", "– ", "&quot;"]),
    st.sampled_from(_WORDS.split()),
    st.sampled_from(["", "", "", ".", ",", "»", ")", "”.", '"', "?!", "%", ":", "...", " –", "&quot;"]),
    st.sampled_from([" ", " ", "\n", "  ", "\xa0"]),
).map("".join)


@given(st.lists(_phrase, max_size=6).map("".join))
@settings(max_examples=300, deadline=None)
def test_same_as_pieces(text):
    assert tokens_as_pieces(text) == words_of_pieces(text)


@given(st.text(alphabet="aŞD5 -–'’.,:+&;«»()%£\u0301\u00ad\n_@/", max_size=20))
@settings(max_examples=300, deadline=None)
def test_text_is_kept(text):
    assert NLP(text).text == text


def test_tokeniser_survives_saving():
    text = "BMG-nyň «N.F.L.-niň» wekili D.Gulmanowa www.tdh.gov.tm/ salgysynda, 5 mlrd. 100£ &quot;"
    again = Turkmen().from_bytes(NLP.to_bytes())
    assert [t.text for t in again(text)] == [t.text for t in NLP(text)]


def counted(tokenizer: TurkmenTokenizer) -> list[str]:
    """Where the tokeniser puts the chunks that it cuts, rather than remembers."""
    cut: list[str] = []
    search = tokenizer.prefix_search

    def counting(text):
        cut.append(text)
        return search(text)

    tokenizer.prefix_search = counting
    cut.clear()
    return cut


def test_remembers_more_chunks_than_a_corpus_of_news_has():
    """spaCy's tokeniser remembers 10,000, and cuts the others again each time."""
    nlp = Turkmen()
    text = " ".join(f"söz{k}" for k in range(12_000))
    cut = counted(nlp.tokenizer)
    first = [token.text for token in nlp(text)]
    assert len(cut) == 12_000
    cut.clear()
    assert [token.text for token in nlp(text)] == first
    assert cut == []
    with nlp.memory_zone():
        assert [token.text for token in nlp(text)] == first
    assert cut == []


def test_size_of_the_cache_survives_saving(tmp_path):
    assert CACHE_SIZE > 10_000
    assert NLP.tokenizer.max_cache_size == CACHE_SIZE
    NLP.to_disk(tmp_path)
    loaded = [
        pickle.loads(pickle.dumps(NLP)),
        Turkmen().from_bytes(NLP.to_bytes()),
        Turkmen.from_config(NLP.config),
        *([spacy.load(tmp_path)] if INSTALLED else []),
    ]
    assert [nlp.tokenizer.max_cache_size for nlp in loaded] == [CACHE_SIZE] * len(loaded)


def test_size_of_the_cache_can_be_set():
    nlp = Turkmen()
    nlp.tokenizer.max_cache_size = 0
    cut = counted(nlp.tokenizer)
    assert [token.text for token in nlp("Ol geldi Ol")] == ["Ol", "geldi", "Ol"]
    assert cut == ["Ol", "geldi", "Ol"]


# --- what spaCy asks of each word ----------------------------------------------------------------------------------

OURS = {attr: getter for attr, getter in LEX_ATTRS.items() if attr != attrs.LIKE_NUM}
_TRICKY = """
    Aşgabat ABŞ BMG-nyň BmG ... «» '' `` ( “ $$ ₼ 12,5 xxi ǅ ǆa İstanbul ıı ªº ß ﬁ ä\u0301 \u00ad söz— www. www.a. .tm
    a.tm tdh.gov.tm/ http:// http://x https://tdh jo@x.tm @ a@b a:b.tm:80 x.y/ 五 Ⅷ
"""
_tricky = st.sampled_from([*_TRICKY.split(), "\u3000", "\n"])


def same_as_slow(word: str) -> None:
    for attr, getter in OURS.items():
        value, expected = getter(word), slow.LEX_ATTRS[attr](word)
        assert (type(value), value) == (type(expected), expected), (attr, word)


@given(st.one_of(st.text(min_size=1, max_size=12), st.lists(_tricky, min_size=1, max_size=3).map("".join)))
@settings(max_examples=300, deadline=None)
def test_attributes_are_those_of_spacy(word):
    same_as_slow(word)


@pytest.mark.parametrize("word", ["ş" * 99, "Ş" + "ş" * 98, "ş" * 100, "Ş" * 100, "a." * 60])
def test_attributes_of_long_words(word):
    same_as_slow(word)


def test_attributes_of_every_sign():
    """Each sign alone and after a letter, the lists of brackets and quotes among them."""
    for char in map(chr, range(0x3100)):
        same_as_slow(char)
        same_as_slow(f"a{char}")
    assert {c for c in map(chr, range(sys.maxunicode)) if unicodedata.category(c)[0] == "P" and slow.is_quote(c)} == {
        c for c in map(chr, range(sys.maxunicode)) if LEX_ATTRS[attrs.IS_QUOTE](c) and c != "`"
    }


def test_lexemes_have_these_attributes():
    doc = NLP("«Aşgabatda» 12 BMG-nyň www.tdh.gov.tm")
    assert [t.shape_ for t in doc] == ["«", "Xxxxx", "»", "dd", "XXX-xxx", "xxx.xxx.xxx.xx"]
    assert [t.is_quote for t in doc] == [True, False, True, False, False, False]
    assert [t.like_url for t in doc] == [False] * 5 + [True]
    assert (doc[1].prefix_, doc[1].suffix_, doc[1].lower_, doc[1].norm_) == ("A", "tda", "aşgabatda", "aşgabatda")
    assert [t.is_title for t in doc][:2] == [False, True]


def test_attributes_survive_pickling():
    for getters in (pickle.loads(pickle.dumps(OURS)), srsly.pickle_loads(srsly.pickle_dumps(OURS))):
        assert {attr: getter("Aşgabat") for attr, getter in getters.items()} == {
            attr: getter("Aşgabat") for attr, getter in OURS.items()
        }
    again = pickle.loads(pickle.dumps(NLP))
    assert [(t.shape_, t.suffix_, t.is_title, t.like_num) for t in again("Täzegüýç 2022-nji")] == [
        ("Xxxxx", "güýç"[-3:], True, False),
        ("dddd-xxx", "nji", False, True),
    ]


# --- numbers -------------------------------------------------------------------------------------------------------

_NUMBERS = """
    0 5 2022 7,5 7.5 1.000.000 ½ 3½ 3/4 +5 -5 5-de 5-den 5-e 2022-nji 2022-njy 10-njysynda 3-si 1990-lar
    XX II xxi XX-nji V-nji XIX-njy
    nol bir IKI Üç ýigrimi togsan ýüz müň million milliard trillion birinji ikinji BÄŞINJI kyrkynjy müňünji mln mlrd
"""
NUMBERS = _NUMBERS.split()
_NO_NUMBERS = "söz birlik ikilik 3-günlük 5-lik 19:30 5+5 I V X IM IIII A5 5A ABŞ-nji -nji nji Xi-nyň L MIX"
NO_NUMBERS = [*_NO_NUMBERS.split(), ""]


@pytest.mark.parametrize("word", NUMBERS)
def test_number(word):
    assert like_num(word)
    assert NLP.vocab[word].like_num


@pytest.mark.parametrize("word", NO_NUMBERS)
def test_no_number(word):
    assert not like_num(word)


@given(st.text(alphabet="+-±~½⅓0५9/,. IVXLCMivxlcmİıKſnjiňldeä‑", max_size=9))
@settings(max_examples=300, deadline=None)
def test_first_sign_rules_out_no_number(word):
    """`like_num` looks at it before it asks the pattern."""
    assert like_num(word) == (word.lower() in _NUMBER_WORDS or _NUMBER.fullmatch(word) is not None)


def test_every_cardinal_has_its_ordinal():
    assert len(ORDINALS) == len(CARDINALS) - 1  # there is none of nol
    for cardinal, ordinal in zip(CARDINALS[1:], ORDINALS, strict=True):
        assert ordinal[:2] == cardinal[:2]
        assert ordinal.endswith(("njy", "nji"))


def test_number_words_are_words():
    unknown = {word for word in CARDINALS + ORDINALS if not is_common(word)}
    assert unknown == {"nol", "millionynjy", "milliardynjy", "trillionynjy"}  # missing in the dictionary


# --- function words ------------------------------------------------------------------------------------------------


def test_stop_words():
    assert 150 <= len(STOP_WORDS) <= 260
    assert {"we", "bilen", "üçin", "bu", "şol", "däl", "hem-de", "ýa-da", "boýunça", "tarapyndan"} <= STOP_WORDS
    assert {word for word in STOP_WORDS if fold(word) != word} == set()
    assert [token.text for token in NLP("Ol BIZ bilen kitap okady") if token.is_stop] == ["Ol", "BIZ", "bilen"]


def test_stop_words_are_words():
    """Particles written apart are missing in the dictionary; hyphenated words are two there."""
    unknown = {w for w in STOP_WORDS if not all(is_common(part) for part in w.split("-"))}
    assert unknown <= {"da", "de", "dä", "hiç", "hem-de", "ýa-da", "ýene-de", "şeýle-de", "bolsa-da"}


# --- spelling norms ------------------------------------------------------------------------------------------------

NORMS = load_language_data(tables["lexeme_norm"])


@pytest.mark.parametrize(
    ("written", "norm"),
    [
        ("ucin", "üçin"),
        ("Ucin", "üçin"),
        ("yyl", "ýyl"),
        ("Turkmenistan", "türkmenistan"),
        ("Turkmenistanda", "türkmenistanda"),
        ("Türkmenistanyñ", "türkmenistanyň"),
        ("Russiÿa", "russiýa"),
        ("Russiỳanyñ", "russiýanyň"),
        ("Turkiyede", "türkiýede"),
        ("yedi", "ýedi"),
        ("fewral", None),
        ("iyun", "iýun"),
        ("carsenbe", "çarşenbe"),
        ("mlrd", "milliard"),
        ("on", None),  # also ten
        ("oz", None),
        ("bas", None),  # baş, bäş
        ("son", None),  # soň, sön
        ("turkmenistan", None),  # a name is written with a capital
    ],
)
def test_norm(written, norm):
    assert NORMS.get(written) == norm


def test_norm_table():
    assert 1000 < len(NORMS) < 6000
    assert list(NORMS) == sorted(NORMS)
    for written, norm in NORMS.items():
        assert written.lower() != norm
        assert norm == fold(norm)
        assert fold(written, lenient=True) == fold(norm, lenient=True) or written in ("mln", "mlrd", "trln")
        assert not is_common(written.lower())


@needs_install
@pytest.mark.parametrize("lang", ["tk", "tuk"])
def test_entry_points(lang):
    nlp = spacy.blank(lang)
    assert nlp.lang == lang
    assert isinstance(nlp, Turkmen)
    assert [t.text for t in nlp("BMG-nyň Nýu-Ýorkdaky edarasy")] == ["BMG-nyň", "Nýu", "-", "Ýorkdaky", "edarasy"]
    table = load_lookups(lang, ["lexeme_norm"]).get_table("lexeme_norm")
    assert table["ucin"] == "üçin"


@needs_install
@pytest.mark.parametrize("make", [Turkmen, TurkmenTuk])
def test_initialize_brings_the_norms(make):
    """spaCy sets a word's norm when it first meets the word, from what is loaded then."""
    blank, nlp = make(), make()
    nlp.initialize()
    text = "Turkmenistanda ucin"
    assert [t.norm_ for t in blank(text)] == ["turkmenistanda", "ucin"]
    assert [t.norm_ for t in nlp(text)] == ["türkmenistanda", "üçin"]
    again = make().from_bytes(nlp.to_bytes())
    assert [t.norm_ for t in again(text)] == ["türkmenistanda", "üçin"]


# --- the rest ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sentence", sentences)
def test_examples_are_turkmen(sentence):
    words = [t.lower_ for t in NLP(sentence) if t.is_alpha and t.text.islower()]
    assert len(words) > 3
    assert [word for word in words if not is_common(word)] == []


def test_import_is_light():
    """spaCy imports the language in every process that makes a Turkmen pipeline."""
    code = (
        "import sys, spacy; before = set(sys.modules); import turkmen_ner.lang.tk; new = set(sys.modules) - before;"
        "print(*sorted(m for m in new if not m.startswith(('turkmen_ner.lang', 'spacy'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, encoding="utf8"
    )
    rooms = ("_version", "orthography", "orthography.alphabet", "orthography.segmentation", "vocab_lock")
    assert done.stdout.split() == ["turkmen_ner", *(f"turkmen_ner.{room}" for room in rooms)]
