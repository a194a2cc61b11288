"""Where names on no list begin, go on and end: each kind with its opposite."""

import pytest

import turkmen_ner

P, CITY, COUNTRY, REGION, BODY, SHIP = "PERSON", "CITY", "COUNTRY", "REGION", "BODY", "SHIP"
ROWS = [
    # a word that qualifies a body begins its name
    ("Halkara Norgil Heart guramasy bildirdi.", [("Halkara Norgil Heart guramasy", BODY)]),
    ("Amerikan Torwin Birleşigi hasabat çap etdi.", [("Amerikan Torwin Birleşigi", BODY)]),
    ("Bu barada Amerikan Norgil Association bildirdi.", [("Amerikan Norgil Association", BODY)]),
    ("Bu barada amerikan alymy Jon Smit aýtdy.", [("Jon Smit", P)]),
    ("Halkara duşuşyga Merdan Orazow geldi.", [("Merdan Orazow", P)]),
    # a direction begins the name of a part of a place, and nothing else
    ("Merkezi Norgil polisiýasy işe başlady.", [("Merkezi Norgil", REGION)]),
    ("Günorta Merdan geldi.", [("Merdan", P)]),
    ("Soňra Gündogar Ukrainada atyşyk boldy.", [("Gündogar Ukrainada", REGION)]),
    ("Günorta Ukrainada howa gyzdy.", [("Ukrainada", COUNTRY)]),
    ("Günorta howa gyzdy.", []),
    # Emma
    ("Emma Watson aýtdy.", [("Emma Watson", P)]),
    ("Emma Orazow gelmedi.", [("Orazow", P)]),
    # a letter and a hyphen, an ampersand, the country of a company
    ("Muny T-Norgil kompaniýasy bildirdi.", [("T-Norgil", BODY)]),
    ("G-XYZ-yň habaryna görä, ýygnak başlandy.", [("G-XYZ-yň", BODY)]),
    ("Marks & Spencer dükany ýapyldy.", [("Marks & Spencer", BODY)]),
    ("Ol Merdan we Spencer bilen geldi.", [("Merdan", P), ("Spencer", P)]),
    ("Torwin Research UK maglumatlaryna görä", [("Torwin Research UK", BODY)]),
    ("Düýn Merdan BMG bilen gepleşdi.", [("Merdan", P), ("BMG", BODY)]),
    # St begins a place, ST a ship
    ("Ol St Albans şäherinde doguldy.", [("St Albans", CITY)]),
    ("Tirkegi ST Norgil çekdi.", [("ST Norgil", SHIP)]),
    # an institution has another one
    ("Norgil Uniwersitetiniň Syýasy barlag merkezi hasabat berdi.",
     [("Norgil Uniwersitetiniň Syýasy barlag merkezi", BODY)]),
    ("Ol Türkmen döwlet uniwersitetiniň fizika fakultetinde okaýar.",
     [("Türkmen döwlet uniwersitetiniň fizika fakultetinde", BODY)]),
    ("Goranmak ministrliginiň Harby instituty açyldy.", [("Goranmak ministrliginiň Harby instituty", BODY)]),
    ("Bilim ministrliginiň metbugat gullugy habar berdi.", [("Bilim ministrliginiň", BODY)]),
    ("Türkmen döwlet uniwersitetiniň talyplary fizika fakultetine bardy.", [("Türkmen döwlet uniwersitetiniň", BODY)]),
    ("Ylymlar akademiýasynyň ýanyndaky Taryh instituty açyldy.",
     [("Ylymlar akademiýasynyň ýanyndaky Taryh instituty", BODY)]),
    ("Özbegistan SSR Adalat ministrliginiň karary", [("Özbegistan SSR Adalat ministrliginiň", BODY)]),
    ("Türkmenistan Birleşen Milletler Guramasynyň agzasy.",
     [("Türkmenistan", COUNTRY), ("Birleşen Milletler Guramasynyň", BODY)]),
    ("Norgil halkara hyzmatdaşlygynyň merkezleriniň biri.", []),
    # heads of landscape of two words, sites, The
    ("Ol Norgil ýarym adasynda ýaşady.", [("Norgil ýarym adasynda", REGION)]),
    ("Olar Penjap ýarym adasyna bardylar.", [("Penjap ýarym adasyna", REGION)]),
    ("Norgil ýarym sagat garaşdy.", []),
    ("Ol Norgil köprüsinden geçdi.", []),
    ("Ol The Norgil The Kerbuk gazetlerine aýtdy.", [("The Norgil", BODY), ("The Kerbuk", BODY)]),
    # sites that say something, addresses
    ("Bu barada norgil.ru habar berýär.", [("norgil.ru", BODY)]),
    ("Muny Merdan Orazow Torwin.com saýtyna aýtdy.", [("Merdan Orazow", P), ("Torwin.com", BODY)]),
    ("Arzaňyzy norgil.ru salgysyna iberiň.", []),
    ("Suraty norgil.jpg ýazdy.", []),
    # fields joined by we
    ("Ol Bäsdeşlik we Bazarlar Edarasy barada aýtdy.", [("Bäsdeşlik we Bazarlar Edarasy", BODY)]),
    ("Ol Merdan we Taryh Instituty barada aýtdy.", [("Merdan", P), ("Taryh Instituty", BODY)]),
    # a place after a full name; a body named by uncommon words; the parts of a town
    ("Ýolbaşçy Mark Dodson Norgilde geçirilen oýny gördi.", [("Mark Dodson", P), ("Norgilde", CITY)]),
    ("Ol Kerbuk Norgil uniwersitet hassahanasynda ýatyr.", [("Kerbuk Norgil uniwersitet hassahanasynda", BODY)]),
    ("Wakany Norgilshire polisiýasy derňeýär.", [("Norgilshire", REGION)]),
    ("Habary Scottish Norgil ýaýratdy.", [("Scottish Norgil", BODY)]),
    ("Ýangyn Günorta Aşgabatda söndürildi.", [("Günorta Aşgabatda", CITY)]),
    # historic states, dynasties, tribes
    ("Ol Norgillylar döwletinde ýaşady.", [("Norgillylar döwletinde", COUNTRY)]),
    ("Norgillylar döwründe ilat köpeldi.", []),
    ("Soňra Kerbuk hanlygy dargady.", [("Kerbuk hanlygy", COUNTRY)]),
    ("Ol Orazow döwletine wepaly.", [("Orazow", P)]),
    ("Bu Norgil türkmenleriniň döwleti.", [("Norgil türkmenleriniň döwleti", COUNTRY)]),
    ("Olar Eýýuby türkmenleriniň döwletinde ýaşady.", [("Eýýuby türkmenleriniň döwletinde", COUNTRY)]),
    ("Seljuk türkmenleri köp döwlet gurdular.", []),
    # quoted titles
    ("Ol «Keýmir kör» operasynyň awtory.", []),
    ("Teatr «Ýusup bilen Züleýha» atly spektakly görkezdi.", []),
    ("Ol «Türkmenistan» gazetinde işleýär.", [("Türkmenistan", BODY)]),
    ("\"Men Aşgabatda\" diýip, Merdan \"Magtymguly\" romanyny aldy.", [("Aşgabatda", CITY), ("Merdan", P)]),
    ("Serdar Mejlisde işleýär.", [("Serdar", P), ("Mejlisde", BODY)]),
    ("Hormatly Ildeşler, geliň!", []),
    ("“Ak bugdaý” atly Festiwal geçirildi.", []),
    ("Gurban Orazow Adalat ministrligi bilen ylalaşdy.", [("Gurban Orazow", P), ("Adalat ministrligi", BODY)]),
    # a rank with a capital, a title that stands after a particle
    ("Bu ýerde Soltan Norgilşa ýaşady.", [("Soltan Norgilşa", P)]),
    ("Düýn Hanym Orazowa geldi.", [("Orazowa", P)]),
    ("Toýa Merdan bin Nurad Al Halifa geldi.", [("Merdan bin Nurad Al Halifa", P)]),
    # a pronoun begins no name
    ("Munuň Norgil Guramasy tarapyndan goldanmagy gerek.", [("Norgil Guramasy", BODY)]),
    # an adverb before a body; fields of a body at the start of a sentence
    ("Düýn Halkara Zenan Sporty Assosiasiýasy jogap berdi.", [("Halkara Zenan Sporty Assosiasiýasy", BODY)]),
    ("Ertir Oba Hojalyk Birleşigi jogap berer.", [("Oba Hojalyk Birleşigi", BODY)]),
    ("Suw we Kanalizasiýa edarasy duýdurdy.", [("Suw we Kanalizasiýa edarasy", BODY)]),
    ("Kitap we Depder dükanda bar.", []),
    # a given name that is a day
    ("Anna Karenina Norgilden gaýtdy.", [("Anna Karenina", P), ("Norgilden", CITY)]),
    ("Anna güni Merdan geler.", [("Merdan", P)]),
    ("Anna Merdan geler.", [("Merdan", P)]),
    # a plural ends a name; dynasties
    ("Seljuklar Merwi eýelediler.", [("Merwi", CITY)]),
    ("Garagoýunlylar Azerbaýjanda höküm sürdüler.", [("Azerbaýjanda", COUNTRY)]),
    ("Norgililer döwletinde ylym ösdi.", [("Norgililer döwletinde", COUNTRY)]),
    ("Talyplar döwletine wepaly.", []),
    ("Eý Dostlar, ýaz geldi!", []),
    ("Eý Dost, geç!", [("Dost", P)]),
    # the owner of a work is no title
    ("«Bagtyýarlyk» kärhanasynyň kitaby çap edildi.", [("Bagtyýarlyk", BODY)]),
    ("«Bagtyýarlyk» romanynyň awtory geldi.", []),
    ("«Türkmenistan — parahatlyk mekany» atly sergi açyldy.", []),
    # products
    ("Ol Toyota Camry sürýär.", [("Toyota", BODY)]),
    ("Düýn Audi Q7 sürdi.", [("Audi", BODY)]),
    ("Ol Toyota Land Cruiser ulagynda geldi.", [("Toyota", BODY)]),
    ("Toyota Norgilde zawod açdy.", [("Toyota", BODY), ("Norgilde", CITY)]),
    ("Toyota Orazow bilen gepleşdi.", [("Toyota", BODY), ("Orazow", P)]),
    # towns of saints
    ("St Norgil kenarda ýerleşýär.", [("St Norgil", CITY)]),
    # an unlisted institution has another one
    ("Norgil uniwersitetiniň himiýa fakultetinde okaýar.", [("Norgil uniwersitetiniň himiýa fakultetinde", BODY)]),
    ("Norgil uniwersitetiniň talyplary himiýa fakultetine bardy.", [("Norgil uniwersitetiniň", BODY)]),
    ("Norgil uniwersitetiniň metbugat gullugy habar berdi.", [("Norgil uniwersitetiniň", BODY)]),
    ("Norgil uniwersitetiniň täze kitaphanasy açyldy.", [("Norgil uniwersitetiniň", BODY)]),
    # English links at the start of a sentence
    ("Bank of Norgil karz berdi.", [("Bank of Norgil", BODY)]),
    ("Bay of Norgil çuň.", [("Bay of Norgil", REGION)]),
    ("Bank açyldy.", []),
    # English heads of bodies after a surname
    ("Ol Kalberow Hospital barada aýtdy.", [("Kalberow Hospital", BODY)]),
    ("Ol Batyr Kalberow Oşda diýdi.", [("Batyr Kalberow", P), ("Oşda", CITY)]),
    # a reverential word that begins the name of a body
    ("Ol Bilim agentligi barada aýtdy.", [("Bilim agentligi", BODY)]),
    ("Ol Watan barada aýtdy.", []),
    # a title, a people or a reverential word begins the name of a body
    ("Täze sergini Suratkeşler birleşigi gurady.", [("Suratkeşler birleşigi", BODY)]),
    ("Soňra SSSR-iň Ýokary Soweti karar çykardy.", [("SSSR-iň", COUNTRY), ("Ýokary Soweti", BODY)]),
    ("Milli parlamentiň birinji maslahaty geçirildi.", []),
    # the works of a town, a body called after a person, a long field, a district of an ambiguous name
    ("Ol Bäherden sement zawodynda işleýär.", [("Bäherden sement zawodynda", BODY)]),
    ("Ol Bäherden zawodyň müdirini gördi.", [("Bäherden", REGION)]),
    ("Ol Puşkin muzeýinde işleýär.", [("Puşkin muzeýinde", BODY)]),
    ("Ol Tramp administrasiýasynda işleýär.", [("Tramp", P)]),
    ("Ony Taryhy ýadygärlikleri goramak, öwrenmek we rejelemek baradaky müdirligi geçirdi.",
     [("Taryhy ýadygärlikleri goramak, öwrenmek we rejelemek baradaky müdirligi", BODY)]),
    ("Muny Ýol hereketine gözegçilik gullugy aýtdy.", [("Ýol hereketine gözegçilik gullugy", BODY)]),
    ("Ol Galkynyş etrap häkimliginde işleýär.", [("Galkynyş etrap häkimliginde", BODY)]),
    ("Ol Galkynyş etrabynda ýaşaýar.", [("Galkynyş", REGION)]),
    # a quoted name before a kind of body
    ("Toýda «Serpaý» tans topary çykyş etdi.", [("Serpaý", BODY)]),
    ("Toýda «Serpaý» diýen goşgy okaldy.", []),
    # a form of a common word at the start of a sentence is no listed town
    ("Ýazda howa gowy bolýar.", []),
    ("Ol Ýazda ýaşaýar.", [("Ýazda", CITY)]),
    ("Zamanyň talaby şeýle.", []),
    ("Damarlarda gan akýar.", []),
    # kin
    ("Kaka, gel!", []),
    ("Doganlar Arşak we Tirdat uruşdylar.", [("Arşak", P), ("Tirdat", P)]),
    ("Meniň jigim Aýlar geldi.", [("Aýlar", P)]),
    # given names that are words
    ("Düýn men Läle bilen gürleşdim. Läle maňa seretdi.", [("Läle", P), ("Läle", P)]),
    ("Läle meýdanda açyldy.", []),
    ("Düýn Berdi Kerbabaýew geldi.", [("Berdi Kerbabaýew", P)]),
    ("Soňra Han Arkalyýewiç geldi.", [("Han Arkalyýewiç", P)]),
    ("Soňra Han geldi.", []),
    # ranks, numbers, nisbas, initials, dynasties
    ("Soňra Şahruh mürze tagta çykdy.", [("Şahruh mürze", P)]),
    ("Soňra Aleksandr II tagta çykdy.", [("Aleksandr II", P)]),
    ("Onuň halypasy Burhaneddin Sywasly boldy.", [("Burhaneddin Sywasly", P)]),
    ("Soňra Berdimuhamedow A.Şamyradow bilen duşuşdy.", [("Berdimuhamedow", P), ("A.Şamyradow", P)]),
    ("Täze Berdimuhamedow G.M. geldi.", [("Berdimuhamedow G.M.", P)]),
    ("Buhara emiri Nasrulla goşun çekdi.", [("Buhara", CITY), ("Nasrulla", P)]),
    ("Soňra Garahanlar döwleti dargady.", [("Garahanlar döwleti", COUNTRY)]),
    # given names that look like forms of words
    ("Muny düýn Baýramdurdy bilen Aýdan aýtdy.", [("Baýramdurdy", P), ("Aýdan", P)]),
    ("Muny düýn Gülhanym aýtdy.", [("Gülhanym", P)]),
    ("Muny Serdarym aýtdy.", []),
    ("Muny Sona aýtdy.", [("Sona", P)]),
    ("Bu Sonynyň işi.", [("Sonynyň", BODY)]),
    ("Soňra Baýramaly han geldi.", [("Baýramaly han", P)]),
    ("Soňra ol Baýramala geldi.", [("Baýramala", CITY)]),
    ("Ol Magtymguly obasynda ýaşaýar.", [("Magtymguly", CITY)]),
    ("Ol Magtymgulynyň obasynda ýaşaýar.", [("Magtymgulynyň", P)]),
    # bodies of the Soviet Union, of a people, clubs
    ("Ol SSSR Ylymlar akademiýasynyň agzasy.", [("SSSR Ylymlar akademiýasynyň", BODY)]),
    ("Ol TKP MK-nyň sekretary.", [("TKP MK-nyň", BODY)]),
    ("Soňra Tejen raýispolkomynyň başlygy boldy.", [("Tejen raýispolkomynyň", BODY)]),
    ("Düýn Türkmen Döwlet dramatiki teatrynda oýun boldy.", [("Türkmen Döwlet dramatiki teatrynda", BODY)]),
    ("Türkmen Döwlet geldi.", []),
    ("“Ahal” FT täze möwsüme taýýar.", [("Ahal", BODY)]),
    ("Ol Nowruz-Name gazetiniň redaktory.", [("Nowruz-Name", BODY)]),
    # verse on one line
    ("Galdy meniň bir ýürekde köp armanym, / Gelmedi bu dünýä meniň dermanym, / Merdan aýdar, açylmady kerwenim",
     [("Merdan", P)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), ROWS)
def test_spans(text, wanted):
    assert [(e.text, e.label) for e in turkmen_ner.tag(text)] == wanted


def test_a_table_of_results():
    text = (
        "Futbol boýunça çempionatda tälimçiler we futbolçylar möwsümden razy. Liga ýokary derejede, gol köp.\n"
        "1. Norgil 12 9 2 1 29\n2. Tejen 12 8 1 3 25\n3. Merdan Orazow 12 7 2\n4. Germaniýa 12 6 2\n"
    )
    wanted = [("Norgil", BODY), ("Tejen", BODY), ("Merdan Orazow", P), ("Germaniýa", COUNTRY)]
    assert [(e.text, e.label) for e in turkmen_ner.tag(text)] == wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Tejen – Norgil 2:1", [("Tejen", BODY), ("Norgil", BODY)]),
        ("Germaniýa – Türkiýe 2:1", [("Germaniýa", COUNTRY), ("Türkiýe", COUNTRY)]),
        ("Altyn asyr – Energetik 3:2", [("Altyn asyr", BODY), ("Energetik", BODY)]),
        ("Arkadag - Köpetdag 4:0", [("Arkadag", BODY), ("Köpetdag", BODY)]),
        ("Merdan Orazow - Arslan Geldiýew 3:1", [("Merdan Orazow", P), ("Arslan Geldiýew", P)]),
        ("Tejen – gadymy şäher, ilaty 2:1", [("Tejen", CITY)]),
    ],
)
def test_a_list_of_games(line, wanted):
    assert [(e.text, e.label) for e in turkmen_ner.tag(f"Netijeler:\n{line}\n")] == wanted
