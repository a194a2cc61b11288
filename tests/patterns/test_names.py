"""Names that the lists must find as a reader of Turkmen writes them: base forms of the press, history, public life."""

from pathlib import Path

import pytest

import turkmen_ner
from turkmen_ner.orthography.segmentation import key_words
from turkmen_ner.patterns.files import files_of
from turkmen_ner.patterns.reader import read

FOLDER = Path(__file__).parents[2] / "patterns"
PATTERNS = read(files_of(FOLDER))
BY_ID = PATTERNS.entries


def found(text: str) -> list[tuple[str, str, str]]:
    return [(entity.text, entity.label, entity.id) for entity in turkmen_ner.tag(text)]


# --- base forms: the entry, how the press spells it, what else is read -----------------------------------------------


@pytest.mark.parametrize(
    ("key", "press", "other"),
    [
        ("mishal-al-ahmad-al-jaber-al-sabah", "Mişaal al-Ahmad al-Jaber as-Sabah", "Mişal al-Ahmad"),
        ("ukhnaagiin-khurelsukh", "Uhnaagiýn Hurelsuh", "Uhnagiýn Hurelsuh"),
        ("sanae-takaichi", "Sanae Takaiti", "Sanae Takaiçi"),
        ("marcelo-rebelo-de-sousa", "Marselu Rebelo de Souza", "Marselu Rebelu de Soza"),
        ("harald-v", "Garold V", "Garald V"),
        ("min-aung-hlaing", "Min Aung Hlaýng", "Min Aun Hlaýn"),
        ("dadebay-amangeldiyew", "Dädebaý Amangeldiýew", "Dadebaý Amangeldiýew"),
        ("sultan-raev", "Sultan Raýew", "Sultan Rajow"),
        ("panj", "Pýanj", "Pýanj derýasy"),
        ("vantaa-fi", "Wantaa", "Vantaa"),
    ],
)
def test_base_form_of_the_press(key, press, other):
    forms = [form.pattern for form in BY_ID[key].forms()]
    assert forms[0] == press
    assert other in forms


@pytest.mark.parametrize("form", ["Penç derýasy", "Wanta", "Belo"])
def test_doubtful_forms_are_gone(form):
    assert [e.id for e in BY_ID.values() for f in e.forms() if key_words(f.pattern) == key_words(form)] == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Muhammed al-Menfi", "mohamed-al-menfi"),
        ("Muhammed el-Menfi", "mohamed-al-menfi"),
        ("Faýez el-Sarraj", "fayez-al-sarraj"),
        ("Faýez as-Sarraj", "fayez-al-sarraj"),
        ("Faýez es-Sarraj", "fayez-al-sarraj"),
        ("Nyzam el-Mülk", "nizam-al-mulk"),
    ],
)
def test_one_man_one_id_whatever_his_article(text, key):
    assert found(f"Kitapda {text} barada gürrüň edilýär.") == [(text, "PERSON", key)]


def test_each_arabic_name_has_both_articles():
    """Hand-made names with `al-` also have `el-`; run tools/build_variants.py after adding one."""
    have = {(e.id, tuple(key_words(f.pattern))) for e in BY_ID.values() for f in e.forms()}
    lost = [
        form.pattern
        for entry in BY_ID.values()
        if entry.label == "PERSON"
        for form in entry.forms()
        if " al-" in form.pattern and form.pattern.count("-") == 1 and not form.pattern.isascii() and not form.maybe
        if (entry.id, tuple(key_words(form.pattern.replace(" al-", " el-")))) not in have
    ]
    assert lost == []


# --- public life of Turkmenistan -------------------------------------------------------------------------------------


@pytest.mark.parametrize("region", ["Ahal", "Balkan", "Daşoguz", "Lebap", "Mary"])
@pytest.mark.parametrize("ending", ["telekom", "poçta", "awtoulag", "obahyzmat", "gallaönümleri", "agyzsuw"])
def test_state_companies_of_each_region(region, ending):
    name = region + ending
    suffix = "nden" if ending.endswith("leri") else {"telekom": "dan", "poçta": "dan"}.get(ending, "dan")
    assert [(t, label) for t, label, _ in found(f"Hünärmen {name}{suffix} geldi.")] == [(name + suffix, "BODY")]


@pytest.mark.parametrize(
    "name",
    [
        "Mollanepes adyndaky Talyplar teatry",
        "Alp Arslan adyndaky Milli drama teatry",
        "Türkmen döwlet gurjak teatry",
        "Şekillendiriş sungaty muzeýi",
        "Lebap welaýatynyň taryhy we ülkäni öwreniş muzeýi",
        "Onkologiýa ylmy-kliniki merkezi",
        "Mary welaýat köpugurly hassahanasy",
        "Lebap welaýat alyjylar jemgyýetleriniň birleşigi",
    ],
)
@pytest.mark.parametrize("suffix", ["", "nde", "niň"])
def test_bodies_of_public_life(name, suffix):
    back = name[-1] == "y"
    form = name + (suffix.replace("e", "a").replace("i", "y") if back else suffix)
    assert [(t, label) for t, label, _ in found(f"Täzelikler {form} beýan edildi.")] == [(form, "BODY")]


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Ataýap şäherçesinde mekdep açyldy.", "Ataýap", "CITY"),
        ("Köpetdagyň ýalkymy obasynda toý boldy.", "Köpetdagyň ýalkymy", "CITY"),
        ("Nurly zaman obasynda toý boldy.", "Nurly zaman", "CITY"),
        ("Ol Sadulla Rozmetowy gutlady.", "Sadulla Rozmetowy", "PERSON"),
        ("Gökdepe galasynda söweş boldy.", "Gökdepe", "REGION"),
        ("Namazgadepede gazuw-agtaryş işleri geçirildi.", "Namazgadepede", "CITY"),
    ],
)
def test_places_and_people(text, name, label):
    assert [(t, kind) for t, kind, _ in found(text)] == [(name, label)]


def test_words_of_the_new_villages_are_no_names():
    assert found("Biz bagtly zamanada we nurly zamanda ýaşaýarys.") == []


# --- history ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Gaznaly imperiýasy", "ghaznavid-state"),
        ("Gaznalylar döwleti", "ghaznavid-state"),
        ("Fatymy halyflygy", "fatimid-caliphate"),
        ("Abbasylar halifaty", "abbasid-caliphate"),
        ("Köneürgenç türkmenleriniň döwleti", "khwarazmian-empire"),
        ("Horezmşalar soltanlygy", "khwarazmian-empire"),
        ("Beýik Seljuk türkmenleriniň döwleti", "seljuk-state"),
        ("Garaman begligi", "garaman-beylik"),
        ("Salgyr atabegligi", "salgur-state"),
        ("Garluk kaganlygy", "garluk-kaganlygy"),
        ("Gutbşalar döwleti", "gutbshalar-dowleti"),
    ],
)
def test_historic_states_whole(name, key):
    assert found(f"Kitapda {name} barada gürrüň edilýär.") == [(name, "COUNTRY", key)]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Gün han", "Gün hanyň"),
        ("Togrul beg", "Togrul begiň"),
        ("Mälik şa", "Mälik şanyň"),
        ("Ärtogrul gazy", "Ärtogrul gazynyň"),
        ("Gülbeden begim", "Gülbeden begimiň"),
        ("Dykma serdar", "Dykma serdaryň"),
        ("Baýram hoja", "Baýram hojanyň"),
        ("Gurbanmyrat işan", "Gurbanmyrat işanyň"),
        ("Tonýukuk", "Tonýukugyň"),
        ("Jelaleddin Meňburun", "Jelaleddin Meňburunyň"),
        ("Fahreddin Razi", "Fahreddin Raziniň"),
        ("Burla hatyn", "Burla hatynyň"),
    ],
)
def test_people_of_history_with_their_rank(name, form):
    assert [(e.text, e.label, e.name) for e in turkmen_ner.tag(f"Talyplar {form} ady bilen tanyş.")] == [
        (form, "PERSON", name)
    ]


@pytest.mark.parametrize("tribe", ["Kynyk", "Begdili", "Ýazyr", "Döwer", "Garadaşly"])
def test_tribes_are_no_names(tribe):
    assert found(f"Ol {tribe} taýpasyndan.") == []


# --- lists of words for rules ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("name-ranks", "han hatyn begim beg şa soltan gazy serdar baý emir hoja işan molla batyr pälwan bagşy"),
        ("courtesy", "aga daýza eje jan ýoldaş gelneje kaka"),
        ("state-heads", "imperiýa halyflyk döwlet soltanlyk hanlyk beglik emirlik şalyk kaganlyk atabeglik"),
        ("friends", "dost goňşy synpdaş halypa"),
        ("state-company-endings", "-telekom -agyzsuw -awtoulag -obahyzmat -gallaönümleri -üpjünçilik -poçta"),
    ],
)
def test_lists_have_their_class(name, words):
    assert set(words.split()) <= set(PATTERNS.lists[name])


def test_ranks_and_courtesy_words_are_apart():
    """A word that belongs to the name cannot also stand outside it."""
    assert set(PATTERNS.lists["name-ranks"]) & set(PATTERNS.lists["courtesy"]) == set()
