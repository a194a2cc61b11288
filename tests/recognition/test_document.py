"""What the document decides: each row fails when its step is left out."""

import pytest

from turkmen_ner.patterns.shipped import shipped
from turkmen_ner.recognition.tagger import Tagger
from turkmen_ner.recognition.word import case_of


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(shipped())


def names(tagger: Tagger, text: str) -> list[tuple[str, str]]:
    """Surface and label of every name found, without token rules."""
    cut, mentions = tagger.mentions(text)
    return [(text[slice(*cut.span(m.i, m.j))], m.label) for m in mentions if m.label]


QUOTED = [  # text, what is found, its base form, its case
    ("Ol «Norgil»ny diňledi.", "Norgil", "Norgil", "Acc"),
    ('Ol "Tosca"ny diňledi.', "Tosca", "Tosca", "Acc"),
    ("“Ahal”yň oýunçylary geldi.", "Ahal", "Ahal", "Gen"),
    ("Ol «Altyn Asyr»a aýtdy.", "Altyn Asyr", "Altyn asyr", "Dat"),
    ("Ol «Türkmengaz»-dan geldi.", "Türkmengaz", "Türkmengaz", "Abl"),
    ("Ol «Ahal»we beýlekiler bilen oýnady.", "Ahal", "Ahal", "Nom"),
    ("Ol «Ahal» da geldi.", "Ahal", "Ahal", "Nom"),
]


@pytest.mark.parametrize(("text", "surface", "name", "case"), QUOTED)
def test_a_suffix_after_a_closing_quotation_mark(tagger, text, surface, name, case):
    cut, mentions = tagger.mentions(text)
    (found,) = [m for m in mentions if m.label and m.reading is not None]
    assert (text[slice(*cut.span(found.i, found.j))], found.name) == (surface, name)
    assert case_of(found.reading) == case


STEPS = [
    ("surname", "Bu barada sözçi Bernd Lendiz aýtdy. Işler Lendizde galdy.", ("Lendizde", "PERSON")),
    ("two names apart", "Ol Bernd Kolmany gördi. Zenlittany we Zenlittada görenler kän. Düýn Zenlitta Kolmany çagyrdy.",
     ("Kolmany", "PERSON")),
    ("body of a body", "Ol NATO-nyň Adalat komitetine bardy.", ("NATO-nyň Adalat komitetine", "BODY")),
    ("list of names", "Ol Stambul, Ankara we Norgil barada aýtdy.", ("Norgil", "CITY")),
    ("quoted place", "Oýunda «Ahal» utdy.", ("Ahal", "BODY")),
    ("ship by its head", "Portda «Etrek» tankeri durýar.", ("Etrek", "SHIP")),
    ("part of a ship's name", "Gämi USS Norgil geldi. Ertesi Norgil gitdi.", ("Norgil", "SHIP")),
    ("part of a place's name", "Ol Kerbuk Okrugyna bardy. Soňra Kerbukda galdy.", ("Kerbukda", "REGION")),
    ("head of a name that is a word", "Musa Tur dagynda boldy.", ("Tur dagynda", "REGION")),
    ("head the dictionary lacks", "Ol Krym ýarymadasyna bardy.", ("Krym ýarymadasyna", "REGION")),
    ("kind outside", "Ol Mary welaýatynda doguldy.", ("Mary", "REGION")),
    ("head of a whole list", "Çaparlar Norgil, Kerbuk we Lorn etraplaryna bardylar.", ("Norgil", "REGION"), 0),
    ("examples", "Olar Norgil, Kerbuk ýaly gadymy şäherleri gördüler.", ("Norgil", "CITY"), 0),
    ("and others", "Mekdebi Kerbuk Kalber dagy bilen gutardy.", ("Kerbuk Kalber", "PERSON")),
    ("word that is an entry", "Azatlyk radiosy habar berdi. Azatlygyň ýerli çeşmesi sözledi.", ("Azatlygyň", "BODY")),
    ("quoted apart", "«Türkmenistan» gazeti çykdy. Türkmenistanyň gullugy işleýär.", ("Türkmenistanyň", "COUNTRY")),
    ("conjunction", "Emma Zirnow gelmedi.", ("Zirnow", "PERSON")),
    ("initials end", "Ol A.W.Kalber Magtymgulyny terjime etdi diýdi.", ("Magtymgulyny", "PERSON")),
    ("surname ends", "Ol Batyr Zirnow Nermiýanyň Elista şäherinden diýdi.", ("Batyr Zirnow", "PERSON"), 0),
    ("place and abbreviation", "Soňra Astana NATO bilen gepleşdi.", ("Astana", "CITY"), 0),
    ("route", "Ýük Baku-Kuryk ugry boýunça daşaldy.", ("Baku", "CITY"), 0),
    ("fields of a body", "Ol Taryh, dil we edebiýat institutyna bardy.",
     ("Taryh, dil we edebiýat institutyna", "BODY")),
    ("ablative inside a body", "Ol Halkara suwdan peýdalanyş gaznasyna bardy.",
     ("Halkara suwdan peýdalanyş gaznasyna", "BODY")),
    ("state university", "Ol Norgil döwlet uniwersitetinde okady.", ("Norgil döwlet uniwersitetinde", "BODY")),
    ("surname in capitals", "Makalany Merdan ABAÝEW ýazdy.", ("Merdan ABAÝEW", "PERSON")),
    ("people after a name", "Çärä Kerbuk Kalber Türkmen halkynyň adyndan gatnaşdy.", ("Kerbuk Kalber", "PERSON")),
    ("article inside a name", "Myhman Tamim ibn Hamad Al Sani geldi.", ("Tamim ibn Hamad Al Sani", "PERSON")),
    ("plain n", "Ol ÝUNESKO-nyn binasyna bardy.", ("ÝUNESKO-nyn", "BODY")),
    ("Roman number", "Ol Norgilde XVIII asyrda ýaşady.", ("Norgilde", "CITY")),
    ("league", "Ol UEFA-nyň Norgil ligasynda oýnady.", ("UEFA-nyň", "BODY")),
    ("gulf", "Gämi Norgilda aýlagyna girdi.", ("Norgilda aýlagyna", "REGION")),
    ("part of a body's name", "Ol Norgil Kerbuk kompaniýasyna bardy. Soňra Kerbukda galdy.", ("Kerbukda", "BODY")),
    ("seen inside", "Ol Kerbuga aýtdy. Kerbuk soňra gitdi.", ("Kerbuk", "PERSON")),
    ("seen in a longer name", "Ony Bernd Lembi gördi. Lemb soňra gitdi.", ("Lemb", "PERSON")),
    ("owner of a town", "Düýn Norgiliň Kerbuk şäherine bardy.", ("Norgiliň", "REGION"), 0),
    ("surname before a full name", "Ol Bernd Kolmany gördi. Soň Kolman Merdan Zirnowy gördi.", ("Kolman", "PERSON"), 1),
    ("often apart",
     "Ol Norgile geldi, Norgile gitdi, Norgile aýtdy, Torwine geldi, Torwine gitdi, Torwine aýtdy."
     " Düýn Norgil Torwine bardy.", ("Norgil", "PERSON"), 6),
    ("brand after a person", "Bu barada Merdan Kalber Associated Press habarlar gullugyna aýtdy.",
     ("Associated Press", "BODY")),
    ("seams tell of seams", "Ony Bernd Kolman Lidl-e satdy. Soňra Kolman Inrokt dükany açdy. Inrokt öňem bardy.",
     ("Kolman", "PERSON"), 2),
    ("club of several words", "Düýn Rapid Wena bilen oýnadylar.", ("Rapid Wena", "BODY")),
    ("owner outside", "Ol Türkmenistanyň Halk Maslahatyna gatnaşdy.", ("Halk Maslahatyna", "BODY")),
]  # fmt: skip


@pytest.mark.parametrize("row", STEPS, ids=[row[0] for row in STEPS])
def test_step(tagger, row):
    """row: a title, a text, a name that is wanted, and which of those found it is (the last)."""
    _, text, wanted, *place = row
    assert names(tagger, text)[place[0] if place else -1] == wanted


@pytest.mark.parametrize("verb", ["peýdalanyp", "peýdalanýan", "peýdalanjak"])
def test_no_verb_form_inside_a_body(tagger, verb):
    """A verbal noun may stand there, see "ablative inside a body"."""
    assert names(tagger, f"Ol Halkara suwdan {verb} gaznasyna bardy.") == []


def test_mentions_of_one_name_share_an_id(tagger):
    _, mentions = tagger.mentions("Bu barada sözçi Nurdan Weliçko aýtdy. Weliçkonyň sözi gysga. Soňra Weliçko gitdi.")
    assert [m.id for m in mentions if m.label] == ["doc.nurdan-welicko"] * 3


def test_base_form_is_the_one_that_the_document_shows(tagger):
    first = "Bu barada sözçi Bernd Torlana aýtdy."
    assert [m.name for m in tagger.mentions(first)[1] if m.label] == ["Bernd Torlana"]
    _, mentions = tagger.mentions(first + " Soňra Bernd Torlanyň işi boldy, Bernd Torlan sözledi.")
    assert [m.name for m in mentions if m.label] == ["Bernd Torlan"] * 3


def test_an_epithet_is_not_the_person(tagger):
    found = names(tagger, "Serdar Berdimuhamedow geldi. Bu Gahryman Serdarymyzyň oňyn işleri.")
    assert found == [("Serdar Berdimuhamedow", "PERSON")]


def test_acronym_is_its_body(tagger):
    """A short form in brackets has the id of the full name, wherever the text has it."""
    _, mentions = tagger.mentions("Olar Saglyk Goraýyş Gullugyna (NSG) bardy. Soňra NSG jaň etdi.")
    assert [(m.label, m.id) for m in mentions] == [("BODY", "doc.saglyk-gorayys-gulluk")] * 3


@pytest.mark.parametrize(("word", "label"), [("Kerbugy", "CITY"), ("Kerbuk", ""), ("Kerbuk-y", "")])
def test_once_in_a_long_text(tagger, word, label):
    """A lone name that nothing speaks for is a person in a single sentence only."""
    sentence = f"Düýn agşam {word} barada sorady."
    assert [m.label for m in tagger.mentions(sentence)[1]] == ["PERSON"]
    text = "Bütin gün güýçli ýagyş ýagdy we sowuk ýel öwüsdi. " * 5 + sentence
    assert [m.label for m in tagger.mentions(text)[1]] == [label]
