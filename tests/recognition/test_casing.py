"""Text in capitals, headlines with a capital on every word, and text without capitals."""

import pytest

import turkmen_ner

P, CITY, COUNTRY, REGION, BODY = "PERSON", "CITY", "COUNTRY", "REGION", "BODY"
CAPITALS = [
    ("MYRAT ORAZOW TÄZE MEKDEP AÇDY", [("MYRAT ORAZOW", P)]),
    ("ÝARNAT KALBER MARY ŞÄHERINDE BOLDY", [("ÝARNAT KALBER", P), ("MARY", CITY)]),
    ("TÄZE MEKDEBI OGULGEREK ANNAÝEWA AÇDY", [("OGULGEREK ANNAÝEWA", P)]),
    ("PREZIDENT TÄJIGISTANYŇ ILÇISINI KABUL ETDI", [("TÄJIGISTANYŇ", COUNTRY)]),
    ("MARY WELAÝATYNYŇ HÄKIMI", [("MARY", REGION)]),
    ("BALKANABAT ŞÄHERINDE TOÝ BOLDY", [("BALKANABAT", CITY)]),
    ("BMG-NIŇ WEKILI AŞGABADA GELDI", [("BMG-NIŇ", BODY), ("AŞGABADA", CITY)]),
    ("HALK MASLAHATYNYŇ MEJLISI GEÇIRILDI", [("HALK MASLAHATYNYŇ", BODY)]),
    ("TÄZE HASYL ÝYGNALÝAR", []),
    ("HOWA ÝAGDAÝY WE BAHALAR", []),
    ("GALKYNYŞ BAÝRAMY BARADA", []),
]
HEADLINES = [
    ("Prezident Täze Kärhananyň Açylyşyna Gatnaşdy", []),
    ("Täze Hasyl Ýygnamak Başlandy", []),
    ("Serdar Annagulyýew Täze Kärhananyň Açylyşyna Gatnaşdy", [("Serdar Annagulyýew", P)]),
    ("Türkmenistanyň Ilçisi Täze Sergini Açdy", [("Türkmenistanyň", COUNTRY)]),
    # no headlines: names, and the name of a body
    ("Merdan Orazow Jeren Annaýewa", [("Merdan Orazow", P), ("Jeren Annaýewa", P)]),
    ("Oguz Han Adyndaky Inžener-Tehnologiýalar Uniwersiteti", None),
]
SMALL = [
    ("şu gün aşgabatda myrat orazow çykyş etdi", [("aşgabatda", CITY), ("myrat orazow", P)]),
    ("men birleşen milletler guramasynda işleýän", [("birleşen milletler guramasynda", BODY)]),
    ("akmyrat türkiýä gitdi", [("akmyrat", P), ("türkiýä", COUNTRY)]),
    ("halk maslahatynyň agzasy geldi", [("halk maslahatynyň", BODY)]),
    ("salam dost, näme täzelik", []),
    ("batyr oglan, gurban bolaýyn", []),
    ("ol kitaby maňa ber", []),
]


def found(text, **settings):
    nlp = turkmen_ner.load(**settings) if settings else None
    return [(e.text, e.label) for e in turkmen_ner.tag(text, nlp=nlp)]


@pytest.mark.parametrize(("text", "wanted"), CAPITALS)
def test_in_capitals(text, wanted):
    assert found(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), [row for row in HEADLINES if row[1] is not None])
def test_headlines(text, wanted):
    assert found(text) == wanted


@pytest.fixture(scope="module")
def lenient():
    return turkmen_ner.load(spelling="lenient")


@pytest.mark.parametrize(("text", "wanted"), SMALL)
def test_without_capitals(lenient, text, wanted):
    assert [(e.text, e.label) for e in turkmen_ner.tag(text, nlp=lenient)] == wanted


@pytest.mark.parametrize("text", [text for text, wanted in SMALL if wanted])
def test_strict_spelling_finds_no_name_in_small_letters(text):
    assert found(text) == []


def test_lenient_spelling_leaves_text_with_a_capital_as_it_is(lenient):
    assert [e.text for e in turkmen_ner.tag("Şu gün aşgabatda myrat orazow çykyş etdi.", nlp=lenient)] == []


def test_names_and_offsets_are_those_of_the_text():
    text = "Habarlar:\nMYRAT ORAZOWYŇ TÄZE MEKDEBI AÇYLDY\nOl geldi."
    entity = turkmen_ner.tag(text)[0]
    assert (entity.text, entity.name, entity.case) == ("MYRAT ORAZOWYŇ", "Myrat Orazow", "Gen")
    assert text[entity.start : entity.end] == entity.text
