"""Names in quotes, sites, forms, Roman numbers, dashes: each kind with its opposite."""

import pytest

import turkmen_ner

P, CITY, COUNTRY, REGION, BODY, SHIP = "PERSON", "CITY", "COUNTRY", "REGION", "BODY", "SHIP"
ROWS = [
    # sites are no names, and nothing in their names is one
    ("Salgymyz: Magtymguly köç., 12", []),
    ("Olar Magtymguly köçesinde ýaşaýarlar.", []),
    ("Biz «Berkarar» söwda merkezinde duşuşdyk.", []),
    ("«Jeýhun» kafesinde nahar iýdik.", []),
    ("«Awaza» milli syýahatçylyk zolagynda dynç aldyk.", []),
    ("Türgenler «Aşgabat» stadionynda türgenleşýärler.", []),
    ("Olar Aşgabadyň köçelerini bezediler.", [("Aşgabadyň", CITY)]),
    ("Şahyr Magtymguly köçede durdy.", [("Magtymguly", P)]),
    ("Merjen bilen Läle bazara gitdi.", [("Läle", P)]),
    ("Wise-çempion geldi.", []),
    ("Press-relizde aýdylyşy ýaly, sergi açyldy.", []),
    ("Ol Toyota Torwin sürýär.", [("Toyota", BODY)]),
    ("Ol Magtymgulynyň köşgünde boldy.", [("Magtymgulynyň", P)]),
    ("Magtymguly köçesinde Magtymgulynyň heýkeli bar.", [("Magtymgulynyň", P)]),
    # quoted bodies
    ("«Täze ýol» kolhozynyň başlygy geldi.", [("Täze ýol", BODY)]),
    ("«Täze ýol» romanyny okady.", []),
    ("Duşuşykda «Tejen» utdy.", [("Tejen", BODY)]),
    ("Portda «Etrek» tankeri durýar.", [("Etrek", SHIP)]),
    # Roman numbers
    ("Aşgabatda V Aziýa oýunlary geçirildi.", [("Aşgabatda", CITY)]),
    ("I Bütinturkmen maslahaty", None),
    ("Ol X asyrda Merwde ýaşady.", [("Merwde", CITY)]),
    # labels of forms
    ("Ady: Perhat Familiýasy: Orazow Atasynyň ady: Nuryýewiç", [("Perhat", P), ("Orazow", P), ("Nuryýewiç", P)]),
    ("Ady: Ogulgerek Ýaşaýan ýeri: Aşgabat", [("Ogulgerek", P), ("Aşgabat", CITY)]),
    ("Perhat Orazow: «Howa gowy».", [("Perhat Orazow", P)]),
    # dashes
    ("Tejen – şäher, Ahal – welaýat.", [("Tejen", CITY), ("Ahal", REGION)]),
    ("Aşgabat - Türkmenistanyň paýtagty.", [("Aşgabat", CITY), ("Türkmenistanyň", COUNTRY)]),
    # after atly
    ("Biz “Durnukly ulag” atly Kararnamasyny işläp taýýarladyk.", []),
]


@pytest.mark.parametrize(("text", "wanted"), [row for row in ROWS if row[1] is not None])
def test_signs(text, wanted):
    assert [(e.text, e.label) for e in turkmen_ner.tag(text)] == wanted
