"""What is no prose has no names but in its strings; prose with the same signs keeps them."""

import pytest

import turkmen_ner

P, CITY, COUNTRY, BODY = "PERSON", "CITY", "COUNTRY", "BODY"
ROWS = [
    # mail, people online, files, variables
    ("Ol M.Orazow@gov.tm salgysyna hat ýazdy.", []),
    ("Ýazyň: Perhat.Orazow@mail.ru, Merdan@mail.ru ýa-da @Perhat_Orazow", []),
    ("Habary @Aşgabat ýazdy.", []),
    ("Faýl: Aşgabat_2024.jpg, Mary.pdf we Serdar-Orazow.docx", []),
    (r"C:\Resminamalar\Aşgabat\Merdan.txt açyldy", []),
    ("Üýtgeýän Aşgabat_merkezi, $Merdan we Mary_Sany", []),
    ("Ol Aşgabatda. Mary welaýatynda", [("Aşgabatda", CITY), ("Mary", "REGION")]),
    ("Sergi Aşgabat.Soňra Maryda", [("Aşgabat", CITY), ("Maryda", CITY)]),
    ("Ol _Aşgabada_ we __Mara__ gitdi.", [("Aşgabada", CITY), ("Mara", CITY)]),
    # code
    ("SELECT name FROM city WHERE name = 'Aşgabat';", [("Aşgabat", CITY)]),
    ("INSERT INTO Raýatlar (Ady, ŞÄHERI) VALUES ('Jeren Orazowa', 'Mary');", [("Jeren Orazowa", P), ("Mary", CITY)]),
    ("$city = \"Aşgabat\";\n$Merdan = new Orazow();", [("Aşgabat", CITY)]),
    ("const Cities = [\"Aşgabat\", \"Mary\"]; // Merdan Orazow ýazdy",
     [("Aşgabat", CITY), ("Mary", CITY), ("Merdan Orazow", P)]),
    ("if (City == Aşgabat) {\n  return Merdan;\n}", []),
    ("print(\"Serdar Orazow\")", [("Serdar Orazow", P)]),
    ("'şäher' => 'Türkmenabat',", [("Türkmenabat", CITY)]),
    # data
    ('{"city": "Aşgabat", "country": "Türkmenistan"}', [("Aşgabat", CITY), ("Türkmenistan", COUNTRY)]),
    ('  "Aşgabat": 1,\n  "şäher": "Tejen",', [("Tejen", CITY)]),
    ('"Jeren Orazowa";"Türkmenabat";"Türkmenistan"',
     [("Jeren Orazowa", P), ("Türkmenabat", CITY), ("Türkmenistan", COUNTRY)]),
    ('["Aşgabat","Balkanabat"]', [("Aşgabat", CITY), ("Balkanabat", CITY)]),
    ('"title": "Surat", "home": "Baş sahypa", "go": "Bereket"', []),
    ("Ady;Familiýasy;Bereket;Ýaşy\nOgulgerek;Orazowa;Mary;12", [("Ogulgerek", P), ("Orazowa", P), ("Mary", CITY)]),
    # tags
    ('<a title="Gözleg" class="uly" href="/Suw">Aşgabat</a>', [("Aşgabat", CITY)]),
    ('<p class="uly">Serdar Orazow Mara gitdi.</p>', [("Serdar Orazow", P), ("Mara", CITY)]),
    # prose with the same signs
    ("Duşuşykda \"Ahal\", \"Merw\" we \"Nebitçi\" utdy.", [("Ahal", BODY), ("Merw", BODY), ("Nebitçi", BODY)]),
    ("Duşuşykda (\"Ahal\") utdy.", [("Ahal", BODY)]),
    ("Şäherler: Aşgabat; Mary; Türkmenabat;", [("Aşgabat", CITY), ("Mary", CITY), ("Türkmenabat", CITY)]),
    ("Aşgabat,Mary we Tejen", [("Aşgabat", CITY), ("Mary", CITY), ("Tejen", CITY)]),
    ("5 = 2 + 3, diýip Merdan Orazow aýtdy.", [("Merdan Orazow", P)]),
    ("T&uuml;rkmenistan;&nbsp;Aşgabat &quot;&nbsp;ýol&quot;", [("T&uuml;rkmenistan", COUNTRY), ("Aşgabat", CITY)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), ROWS)
def test_names_of_code_and_prose(text, wanted):
    assert [(e.text, e.label) for e in turkmen_ner.tag(text)] == wanted


@pytest.mark.parametrize(
    "sign", ["a_", "@", "a@", "<a", '"', "'", "`", "{", "[", "(", "a(", "a.", ";a", ",a", "=", "$a", "//"]
)
def test_no_text_takes_long(sign):
    """Of a quadratic rule half a million signs would never come to an end."""
    assert len(turkmen_ner.tag("_" + sign * 250_000)) < 3
