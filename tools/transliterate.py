"""Respell a foreign place or person name the way the Turkmen press does.

    python tools/transliterate.py en Chicago        # Çikago
    python tools/transliterate.py tr Kayseri        # Kaýseri

Each language of origin has an ordered table of rows: what to find (a regular expression on the lower-case
word), what to write, and a witness (a name and its whole respelling) that exercises the row.
At every position of a word the first row that matches wins; a letter that no row names falls to `BASE`,
then stays as it is. Output letters are never read again, so the order of rows is the only order to know.

Most foreign names reach Turkmen through Russian, so the table `ru` reads Cyrillic as well as romanised Russian
and is by far the most exact; a caller who knows the Russian name should prefer it (Чикаго and Chicago agree,
Хьюстон → Hýuston does not follow from Houston). tests/lang/transliteration.tsv holds the attested pairs,
tests/lang/test_transliterate.py the measured accuracy of each table.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache
from typing import NamedTuple

ALPHABET = frozenset("abçdeäfghijžklmnňoöprsştuüwyýz")
"""The letters of Turkmen; the respelling of a Latin, Cyrillic or romanised name holds no others."""

JOINED_BY_HYPHEN = frozenset({"en", "de", "fr", "es", "pt", "it", "ar", "xx"})
"""Languages whose names of several words are hyphenated: Los-Anjeles, San-Huan, but Nižniý Nowgorod."""

VOWELS = "aeiouyäöüáàâãéèêëíìîïóòôõúùûýāēīōūəıаеёиоуыэюя"


class Rule(NamedTuple):
    """One row: where `find` matches, `put` is written; `name` → `respelled` shows it at work."""

    find: str
    put: str
    name: str
    respelled: str


V = f"[{VOWELS}]"
NOT_V = f"[^{VOWELS}]"

BASE: tuple[Rule, ...] = (
    Rule("sh", "ş", "Tabash", "Tabaş"),
    Rule("ch", "ç", "Karachi", "Karaçi"),
    Rule("kh", "h", "Lakhta", "Lahta"),
    Rule("zh", "ž", "Luzhan", "Lužan"),
    Rule("ph", "f", "Rapha", "Rafa"),
    Rule("th", "t", "Perth", "Pert"),
    Rule("ck", "k", "Lubeck", "Lubek"),
    Rule("q", "k", "Qatana", "Katana"),
    Rule("x", "ks", "Texa", "Teksa"),
    Rule("c(?=[eiy])", "s", "Celaya", "Selaýa"),
    Rule("c", "k", "Accra", "Akkra"),
    Rule("v", "w", "Varna", "Warna"),
    Rule(f"(?<={NOT_V})y(?!{V})", "i", "Olympus", "Olimpus"),
    Rule("y", "ý", "Masaya", "Masaýa"),
    Rule("i(?=a$)", "iý", "Toria", "Toriýa"),
    Rule("[’ʻ‘'`ʼʿʾ.]", "", "Yan'an", "Ýanan"),
)

# Russian, in Cyrillic and romanised. Soft and hard signs are lost; a soft vowel keeps its glide.
RU: tuple[Rule, ...] = (
    Rule("дж", "j", "Лос-Анджелес", "Los-Anjeles"),
    Rule("(?<=[чшщж])ё", "o", "Щёлково", "Şolkowo"),
    Rule("(?<=[бвгджзйклмнпрстфхцчшщ])е", "e", "Денвер", "Denwer"),
    Rule("(?<=ль)е", "e", "Рио-Гальегос", "Rio-Galegos"),
    Rule("е", "ýe", "Киев", "Kiýew"),
    Rule("ё", "ýo", "Орёл", "Orýol"),
    Rule("йо", "ýo", "Нью-Йорк", "Nýu-Ýork"),
    Rule("ь(?=и)", "ý", "Ильич", "Ilýiç"),
    Rule("ль(?=[ео])", "l", "Эрмосильо", "Ermosilo"),
    Rule("ьо", "ýo", "Каньон", "Kanýon"),
    Rule("^у(?=э|ай|и|о)", "w", "Уэйк", "Weýk"),
    Rule("(?<=г)уая", "uýa", "Гуаякиль", "Guýakil"),
    Rule("ю", "ýu", "Брюссель", "Brýussel"),
    Rule("я", "ýa", "Красноярск", "Krasnoýarsk"),
    Rule("тц", "s", "Нойштритц", "Noýştris"),
    Rule("ц", "s", "Новокузнецк", "Nowokuznesk"),
    Rule("[ьъ]", "", "Мельбурн", "Melburn"),
    Rule("а", "a", "Аккра", "Akkra"),
    Rule("б", "b", "Бобров", "Bobrow"),
    Rule("в", "w", "Саратов", "Saratow"),
    Rule("г", "g", "Чикаго", "Çikago"),
    Rule("д", "d", "Детройт", "Detroýt"),
    Rule("ж", "ž", "Париж", "Pariž"),
    Rule("з", "z", "Казань", "Kazan"),
    Rule("и", "i", "Тирана", "Tirana"),
    Rule("й", "ý", "Шанхай", "Şanhaý"),
    Rule("к", "k", "Киров", "Kirow"),
    Rule("л", "l", "Манила", "Manila"),
    Rule("м", "m", "Самара", "Samara"),
    Rule("н", "n", "Минск", "Minsk"),
    Rule("о", "o", "Осло", "Oslo"),
    Rule("п", "p", "Пенза", "Penza"),
    Rule("р", "r", "Рига", "Riga"),
    Rule("с", "s", "Омск", "Omsk"),
    Rule("т", "t", "Тула", "Tula"),
    Rule("у", "u", "Сеул", "Seul"),
    Rule("ф", "f", "Уфа", "Ufa"),
    Rule("х", "h", "Астрахань", "Astrahan"),
    Rule("ч", "ç", "Чита", "Çita"),
    Rule("ш", "ş", "Ташкент", "Taşkent"),
    Rule("щ", "ş", "Щучинск", "Şuçinsk"),
    Rule("ы", "y", "Сызрань", "Syzran"),
    Rule("э", "e", "Элиста", "Elista"),
    # romanised
    Rule("shch", "ş", "Blagoveshchensk", "Blagoweşensk"),
    Rule("dzh", "j", "Ordzhonikidze", "Orjonikidze"),
    Rule("ts(?=k$)", "ts", "Yakutsk", "Ýakutsk"),
    Rule("ts", "s", "Tsaritsyn", "Sarisyn"),
    Rule("^e", "ýe", "Ekaterinburg", "Ýekaterinburg"),
    Rule("(?<=[aeiou])e", "ýe", "Goloev", "Goloýew"),
    Rule("ë", "ýo", "Orël", "Orýol"),
    Rule("i(?=[aeou])", "iý", "Maria", "Mariýa"),
    Rule("iy$", "iý", "Velikiy", "Welikiý"),
    Rule("yy$", "yý", "Groznyy", "Groznyý"),
    Rule("y(?=[aeiou])", "ý", "Yaroslavl", "Ýaroslawl"),
    Rule("(?<=[aeiou])y", "ý", "Baykal", "Baýkal"),
    Rule("y", "y", "Syzran", "Syzran"),
    Rule("j", "ý", "Sajan", "Saýan"),
)

TR: tuple[Rule, ...] = (
    Rule("c", "j", "Erzincan", "Erzinjan"),
    Rule("ğ", "g", "Tekirdağ", "Tekirdag"),
    Rule("ı", "y", "Diyarbakır", "Diýarbakyr"),
    Rule("y", "ý", "Kayseri", "Kaýseri"),
    Rule("v", "w", "Sivas", "Siwas"),
    Rule("j", "ž", "Jale", "Žale"),
    Rule("sh", "sh", "İshak", "Ishak"),
    Rule("[â]", "a", "Hakkâri", "Hakkari"),
    Rule("[î]", "i", "Naîm", "Naim"),
)

AZ: tuple[Rule, ...] = (
    Rule("ə", "ä", "Gəncə", "Gänjä"),
    Rule("x", "h", "Xaçmaz", "Haçmaz"),
    Rule("q", "g", "Qazax", "Gazah"),
    *TR[:6],
)

FA: tuple[Rule, ...] = (
    Rule("ş", "s", "Eşfahan", "Esfahan"),
    Rule("kh", "h", "Khorramābād", "Horramabad"),
    Rule("gh", "g", "Maragheh", "Marage"),
    Rule("q", "k", "Qom", "Kom"),
    Rule("eh$", "e", "Saveh", "Sawe"),
    Rule("iyeh$", "iýe", "Orumiyeh", "Orumiýe"),
    Rule("y", "ý", "Yazd", "Ýazd"),
)

# The article is written as Russian writes it: El- before most letters, Er-, Es-, Eş-, Ez- before the sun letters.
AR: tuple[Rule, ...] = (
    Rule("ş", "s", "Mişrātah", "Misrata"),
    Rule("^a(?=(l|r|s|sh|z|n|t|d|dh)$)", "e", "Ar Ruways", "Er-Ruweýs"),
    Rule("kh", "h", "Khartum", "Hartum"),
    Rule("gh", "g", "Gharyan", "Garýan"),
    Rule("dh", "d", "Riyadh", "Riýad"),
    Rule("q", "k", "Tobruq", "Tobruk"),
    Rule("īy(?=a)", "iý", "Zāwīyah", "Zawiýa"),
    Rule("iyy(?=a)", "iý", "Zawiyya", "Zawiýa"),
    Rule("ah$", "a", "Jiddah", "Jidda"),
    Rule(f"ay(?!{V})", "eý", "Kuwayt", "Kuweýt"),
    Rule(f"ai(?!{V})", "eý", "Kuwait", "Kuweýt"),
    Rule(f"aw(?!{V})", "au", "Tawqar", "Taukar"),
    Rule("ou", "u", "Khouribga", "Huribga"),
    Rule("oo", "u", "Tarhoona", "Tarhuna"),
    Rule("ee", "i", "Ajeela", "Ajila"),
    Rule("y", "ý", "Yafran", "Ýafran"),
)

UZ: tuple[Rule, ...] = (
    Rule("sh", "ş", "Shahrisabz", "Şahrisabz"),
    Rule("ch", "ç", "Chust", "Çust"),
    Rule("o[‘ʻ'’`]", "o", "Qo‘qon", "Kokan"),
    Rule("g[‘ʻ'’`]", "g", "Farg‘ona", "Fargana"),
    Rule("o", "a", "Andijon", "Andijan"),
    Rule("x", "h", "Jizzax", "Jizzah"),
    Rule("i$", "y", "Qarshi", "Karşy"),
    Rule("y", "ý", "Yangiyer", "Ýangiýer"),
)

KK: tuple[Rule, ...] = (
    Rule("zh", "ž", "Zhezkazgan", "Žezkazgan"),
    Rule("kh", "h", "Balkhash", "Balhaş"),
    Rule("q", "g", "Qyzylorda", "Gyzylorda"),
    Rule(f"y(?={V})", "ý", "Yereymen", "Ýereýmen"),
    Rule(f"(?<={V})y", "ý", "Atyray", "Atyraý"),
    Rule("y", "y", "Almaty", "Almaty"),
    Rule("ı", "y", "Almatı", "Almaty"),
)

DE: tuple[Rule, ...] = (
    Rule("sch", "ş", "Schwerin", "Şwerin"),
    Rule("^st", "şt", "Stade", "Ştade"),
    Rule("^sp", "şp", "Spandau", "Şpandau"),
    Rule("tz", "s", "Chemnitz", "Hemnis"),
    Rule("z", "s", "Mainz", "Maýns"),
    Rule("chs", "ks", "Sachsen", "Zaksen"),
    Rule("ch", "h", "Bochum", "Bohum"),
    Rule("ck", "kk", "Saarbrücken", "Zaarbrýukken"),
    Rule("ei", "eý", "Leipzig", "Leýpsig"),
    Rule("ai", "aý", "Mainz", "Maýns"),
    Rule("eu|äu", "oý", "Neuss", "Noýss"),
    Rule("ie", "i", "Kiel", "Kil"),
    Rule("ü", "ýu", "München", "Mýunhen"),
    Rule("ö", "ýo", "Köln", "Kýoln"),
    Rule("ä", "e", "Ansbäch", "Ansbeh"),
    Rule("ß", "ss", "Gießen", "Gissen"),
    Rule("^h", "g", "Hamburg", "Gamburg"),
    Rule(f"(?<=[aeiouäöü])h(?={NOT_V}|$)", "", "Mahlow", "Malow"),
    Rule("th", "t", "Bayreuth", "Baýroýt"),
    Rule("v", "w", "Hannover", "Gannower"),
    Rule("j", "ý", "Jena", "Ýena"),
    Rule(f"^s(?={V})", "z", "Solingen", "Zolingen"),
    Rule("c", "k", "Cottbus", "Kottbus"),
)

FR: tuple[Rule, ...] = (
    Rule("eaux?", "o", "Bordeaux", "Bordo"),
    Rule("au", "o", "Pau", "Po"),
    Rule("ou", "u", "Toulouse", "Tuluz"),
    Rule("oi", "ua", "Poitiers", "Puatýe"),
    Rule("eille$", "el", "Marseille", "Marsel"),
    Rule("ai|ei", "e", "Calais", "Kale"),
    Rule("ç", "s", "Besançon", "Bezanson"),
    Rule("ch", "ş", "Champs", "Şam"),
    Rule("g(?=[eiéèêy])", "ž", "Angers", "Anžer"),
    Rule("j", "ž", "Dijon", "Dižon"),
    Rule("qu", "k", "Dunkerque", "Dýunkerk"),
    Rule("gu(?=[eiéè])", "g", "Guéret", "Gere"),
    Rule("ville$", "wil", "Libreville", "Librewil"),
    Rule("elles$", "el", "Bruxelles", "Brýuksel"),
    Rule("lle$", "ll", "Lille", "Lill"),
    Rule("iers$", "ýe", "Poitiers", "Puatýe"),
    Rule("er$", "e", "Alger", "Alže"),
    Rule("(?<=ng)ers$", "er", "Angers", "Anžer"),
    Rule("es?$", "", "Nantes", "Nant"),
    Rule("(?<=m)ps$", "", "Champs", "Şam"),
    Rule("(?<=[aeiouéèn])[stdxz]$", "", "Calais", "Kale"),
    Rule("in(?=ce$)", "en", "Prince", "Prens"),
    Rule("eu", "ýo", "Meuse", "Mýoz"),
    Rule("[éèêë]", "e", "Orléans", "Orlean"),
    Rule(f"(?<={V})s(?={V})", "z", "Toulouse", "Tuluz"),
    Rule("[uûü]", "ýu", "Mulhouse", "Mýuluz"),
    Rule("h", "", "Mulhouse", "Mýuluz"),
    Rule("[cs]c?(?=[eiéè])", "s", "Nice", "Nis"),
    Rule("y(?=[aeo])", "i", "Lyon", "Lion"),
)

ES: tuple[Rule, ...] = (
    Rule("ch", "ç", "Chihuahua", "Çihuahua"),
    Rule("hua", "hua", "Chihuahua", "Çihuahua"),
    Rule("í", "i", "Río Gallegos", "Rio-Galegos"),
    Rule("ll", "l", "Hermosillo", "Ermosilo"),
    Rule("ñ(?=[aou])", "ný", "Coruña", "Korunýa"),
    Rule("ñ", "n", "Logroñez", "Logrones"),
    Rule("j", "h", "Juan", "Huan"),
    Rule("gu(?=[eié])", "g", "Miguel", "Migel"),
    Rule("g(?=[eié])", "h", "Cartagena", "Kartahena"),
    Rule("^gua(?!y)", "gwa", "Guatemala", "Gwatemala"),
    Rule("qu", "k", "Querétaro", "Keretaro"),
    Rule("guay", "guý", "Guayaquil", "Guýakil"),
    Rule("z", "s", "La Paz", "La-Pas"),
    Rule("^x", "h", "Xalapa", "Halapa"),
    Rule("x", "h", "México", "Mehiko"),
    Rule("h", "", "Hermosillo", "Ermosilo"),
    Rule("ai", "aý", "Aires", "Aýres"),
    Rule("ei", "eý", "Eirunepe", "Eýrunepe"),
    Rule("i(?=[aá]$)", "iý", "Valencia", "Walensiýa"),
    Rule(f"(?<={NOT_V})i(?=[aouáóú])", "ý", "Santiago", "Santýago"),
    Rule("^y(?=$)", "i", "Leon y Castilo", "Leon-i-Kastilo"),
)

PT: tuple[Rule, ...] = (
    Rule("ão", "an", "São Paulo", "San-Paulu"),
    Rule("ã", "an", "Maçã", "Masan"),
    Rule("ç", "s", "Curaçá", "Kurasa"),
    Rule("ch", "ş", "Chaves", "Şawis"),
    Rule("lh", "lý", "Velho", "Welýu"),
    Rule("nh(?=[aou])", "ný", "Varzinha", "Warzinýa"),
    Rule("j", "ž", "Jaú", "Žau"),
    Rule("g(?=[eié])", "ž", "Sergipe", "Seržipi"),
    Rule("qu(?=[ei])", "k", "Queluz", "Kelus"),
    Rule("ss", "s", "Passos", "Pasus"),
    Rule("x", "ş", "Caxias", "Kaşias"),
    Rule("z$", "s", "Queluz", "Kelus"),
    Rule("^h", "", "Horizonte", "Orizonti"),
    Rule("e(?=s?$)", "i", "Grande", "Grandi"),
    Rule("o(?=s?$)", "u", "Branco", "Branku"),
    Rule("ahia$", "aiýa", "Bahia", "Baiýa"),
    Rule("eió", "eýo", "Maceió", "Maseýo"),
    Rule("ui(?=a)", "uý", "Cuiabá", "Kuýaba"),
    Rule("ei", "eý", "Ribeirão", "Ribeýran"),
    Rule("ai", "aý", "Araguaina", "Araguaýna"),
    Rule("i(?=[aá]$)", "iý", "Goiania", "Goianiýa"),
)

IT: tuple[Rule, ...] = (
    Rule("sc(?=[ei])", "ş", "Brescello", "Breşello"),
    Rule("ch", "k", "Chieti", "Kýeti"),
    Rule("gh", "g", "Alghero", "Algero"),
    Rule("ci(?=[aou])", "ç", "Marciano", "Marçano"),
    Rule("ggi(?=[aou])", "jj", "Foggia", "Fojja"),
    Rule("gi(?=[aou])", "j", "Perugia", "Peruja"),
    Rule("c(?=[ei])", "ç", "Piacenza", "Pýaçensa"),
    Rule("g(?=[ei])", "j", "Agrigento", "Agrijento"),
    Rule("gn(?=[aou])", "ný", "Bologna", "Bolonýa"),
    Rule("gli(?=[aou])", "lý", "Cagliari", "Kalýari"),
    Rule("zz", "ss", "Arezzo", "Aresso"),
    Rule("z", "s", "Vicenza", "Wiçensa"),
    Rule("^h", "", "Hone", "One"),
    Rule("i(?=a$)", "iý", "Pavia", "Pawiýa"),
    Rule(f"(?<={NOT_V})i(?=[aeou])", "ý", "Chieti", "Kýeti"),
)

PL: tuple[Rule, ...] = (
    Rule("szcz", "ş", "Bydgoszcz", "Bydgoş"),
    Rule("sz", "ş", "Rzeszow", "Žeşow"),
    Rule("cz", "ç", "Czestochowa", "Çestohowa"),
    Rule("rz|ż", "ž", "Rzeszow", "Žeşow"),
    Rule("ch", "h", "Chełm", "Helm"),
    Rule("ł", "l", "Chełm", "Helm"),
    Rule("ów$", "ow", "Kraków", "Krakow"),
    Rule("ó", "u", "Góra", "Gura"),
    Rule("ę", "en", "Zęba", "Zenba"),
    Rule("ą", "on", "Kąty", "Konty"),
    Rule("j", "ý", "Rajcza", "Raýça"),
    Rule("c", "s", "Kielce", "Kelse"),
    Rule("ie", "e", "Kielce", "Kelse"),
    Rule("y", "y", "Tychy", "Tyhy"),
)

# Pinyin, through the Russian (Palladius) system: Xi'an → Сиань → Sian, Tianjin → Тяньцзинь → Týanszin.
ZH: tuple[Rule, ...] = (
    Rule("zh", "çž", "Guangzhou", "Guançžou"),
    Rule("ch", "ç", "Changchun", "Çançun"),
    Rule("sh", "ş", "Shanghai", "Şanhaý"),
    Rule("ju(?=[aen])", "szýu", "Juancheng", "Szýuançen"),
    Rule("ju", "szýuý", "Juxian", "Szýuýsýan"),
    Rule("[qx]u(?=[aen])", "sýu", "Quanzhou", "Sýuançžou"),
    Rule("[qx]u", "sýuý", "Xuzhou", "Sýuýçžou"),
    Rule("[qx]", "s", "Xining", "Sinin"),
    Rule("j", "sz", "Jinan", "Szinan"),
    Rule("z", "sz", "Zibo", "Szybo"),
    Rule("c", "s", "Cangzhou", "Sançžou"),
    Rule("r(?=[aeiou])", "ž", "Rizhao", "Žiçžao"),
    Rule("(?<=[zcs])i(?![aeonu])", "y", "Zibo", "Szybo"),
    Rule("iong", "ýun", "Chuxiong", "Çusýun"),
    Rule("ong", "un", "Chongqing", "Çunsin"),
    Rule("n(?=g[aeiou])", "n", "Lianyungang", "Lýanýungan"),
    Rule("ng", "n", "Nanning", "Nannin"),
    Rule("ia", "ýa", "Dalian", "Dalýan"),
    Rule("ie", "e", "Jieyang", "Szeýan"),
    Rule("iu", "ýu", "Liuzhou", "Lýuçžou"),
    Rule("ai", "aý", "Weihai", "Weýhaý"),
    Rule("ei", "eý", "Weihai", "Weýhaý"),
    Rule("(?<![csz])hui", "hueý", "Huizhou", "Hueýçžou"),
    Rule("ui", "uý", "Guilin", "Guýlin"),
    Rule("uo", "o", "Luoyang", "Loýan"),
    Rule("wu", "u", "Wuhan", "Uhan"),
    Rule("l[üv]", "lýuý", "Lüliang", "Lýuýlýan"),
    Rule("^yi|(?<=i)yi", "i", "Yichang", "Içan"),
    Rule("you", "ýu", "Youxian", "Ýusýan"),
    Rule("yu(?![aen])", "ýuý", "Yulin", "Ýuýlin"),
    Rule("y", "ý", "Yantai", "Ýantaý"),
)

JA: tuple[Rule, ...] = (
    Rule("sh(?=i)", "s", "Hiroshima", "Hirosima"),
    Rule("sh", "sý", "Kyushu", "Kýusýu"),
    Rule("ch(?=i)", "t", "Hachioji", "Hatiodzi"),
    Rule("ch", "tý", "Chuo", "Týuo"),
    Rule("ji", "dzi", "Himeji", "Himedzi"),
    Rule("j", "dzý", "Joetsu", "Dzýoesu"),
    Rule("ts", "s", "Matsuyama", "Masuýama"),
    Rule("z", "dz", "Kanazawa", "Kanadzawa"),
    Rule("ai", "aý", "Sendai", "Sendaý"),
    Rule("ei", "eý", "Meiwa", "Meýwa"),
    Rule("y", "ý", "Toyama", "Toýama"),
)

# Revised Romanisation of Korean; the endings -si and -gu are the caller's to drop.
KO: tuple[Rule, ...] = (
    Rule("eo", "o", "Cheonan", "Çonan"),
    Rule("ae", "e", "Gimhae", "Kimhe"),
    Rule("eu", "y", "Geumsan", "Kymsan"),
    Rule("ng(?![aeiouyw])|ng$", "n", "Seongnam", "Sonnam"),
    Rule("^g", "k", "Gimhae", "Kimhe"),
    Rule("^d(?!j)", "t", "Daejeon", "Tejon"),
    Rule("^b", "p", "Bucheon", "Puçon"),
    Rule("y", "ý", "Yangsan", "Ýansan"),
)

# English spelling says little of its sound; these rows are the endings and digraphs that are regular.
EN: tuple[Rule, ...] = (
    Rule("^kn", "n", "Knox", "Noks"),
    Rule("town$", "taun", "Freetown", "Fritaun"),
    Rule("ville$", "will", "Nashville", "Naşwill"),
    Rule("(?<=[bcdfghjklmnprstvwxk])land$", "lend", "Oakland", "Oklend"),
    Rule("h(?=am$)", "g", "Durham", "Durgem"),
    Rule("(?<=h)a(?=m$)", "e", "Durham", "Durgem"),
    Rule("mouth$", "mut", "Portsmouth", "Portsmut"),
    Rule("bury$", "beri", "Enderbury", "Enderberi"),
    Rule("burgh?$", "burg", "Pittsburgh", "Pittsburg"),
    Rule("shire$", "şir", "Yorkshire", "Ýorkşir"),
    Rule("borough$", "boro", "Scarborough", "Skarboro"),
    Rule("field$", "fild", "Sheffield", "Şeffild"),
    Rule("pool$", "pul", "Liverpool", "Liwerpul"),
    Rule("ia$", "iýa", "Philadelphia", "Filadelfiýa"),
    Rule("tch", "ç", "Watchet", "Waçet"),
    Rule("dge", "j", "Cambridge", "Kambrij"),
    Rule("ge$", "j", "Orange", "Oranj"),
    Rule("g(?=e)", "j", "Los Angeles", "Los-Anjeles"),
    Rule("a(?=[cklmpstvd]e$)", "eý", "Wake", "Weýk"),
    Rule("i(?=[kmnpstvd]e$)", "aý", "Pine", "Paýn"),
    Rule("(?<=y)re$", "r", "Blantyre", "Blantaýr"),
    Rule("y(?=re$)", "aý", "Blantyre", "Blantaýr"),
    Rule("(?<=[ckmnpstvdlr])e$", "", "Wake", "Weýk"),
    Rule("ee|ea", "i", "Creek", "Krik"),
    Rule("oo", "u", "Goose", "Gus"),
    Rule("oa", "o", "Oakland", "Oklend"),
    Rule("^auck", "ok", "Auckland", "Oklend"),
    Rule("aw", "ou", "Dawson", "Douson"),
    Rule("^new$", "nýu", "New York", "Nýu-Ýork"),
    Rule("ew", "ýu", "Newark", "Nýuark"),
    Rule("ourne$", "urn", "Melbourne", "Melburn"),
    Rule("ey$", "i", "Stanley", "Stanli"),
    Rule("ay$", "eý", "Bay", "Beý"),
    Rule("ai", "eý", "Raiford", "Reýford"),
    Rule("oi|oy", "oý", "Detroit", "Detroýt"),
    Rule(f"(?<={NOT_V})y$", "i", "City", "Siti"),
    Rule("ch", "ç", "Chicago", "Çikago"),
    Rule("sc(?=[ei])", "s", "Scilly", "Silli"),
    Rule("qu", "kw", "Quincy", "Kwinsi"),
    Rule("^wh", "u", "Whitney", "Uitni"),
    Rule("^st[.]?$", "sent", "St. Albans", "Sent-Albans"),
)

TABLES: dict[str, tuple[Rule, ...]] = {
    "en": EN, "tr": TR, "az": AZ, "ru": RU, "de": DE, "fr": FR, "es": ES, "pt": PT, "it": IT, "pl": PL,
    "ar": AR, "fa": FA, "uz": UZ, "kk": KK, "zh": ZH, "ja": JA, "ko": KO, "xx": (),
}  # fmt: skip
"""Language code → its own rows, tried before `BASE`. `xx` is a language without rows of its own."""

COUNTRIES: dict[str, str] = {
    "en": "AU BS BZ CA FJ GB GG GH IE IM JE JM KE LR NG NZ SL TT UG US ZA ZM ZW",
    "tr": "TR",
    "az": "AZ",
    "ru": "BG BY KG MD MK MN RS RU TJ UA",
    "de": "AT CH DE LI",
    "fr": "BE BF BI BJ CD CF CG CI CM FR GA GN HT LU MC MG ML NC NE PF RE SN TD TG",
    "es": "AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR PY SV UY VE",
    "pt": "AO BR CV GW MZ PT ST",
    "it": "IT SM VA",
    "pl": "PL",
    "ar": "AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SY TN YE",
    "fa": "AF IR",
    "uz": "UZ",
    "kk": "KZ",
    "zh": "CN HK MO TW",
    "ja": "JP",
    "ko": "KP KR",
}


def for_country(code: str) -> str:
    """Language whose table fits the place names of a country (ISO 3166 alpha-2); `xx` if none does.

    >>> for_country("TR"), for_country("LY"), for_country("FI")
    ('tr', 'ar', 'xx')
    """
    return _language_by_country().get(code.upper(), "xx")


def transliterate(name: str, language: str) -> str:
    """Turkmen respelling of a foreign name.

    Args:
        name: the name in its own spelling, in Cyrillic (`ru` only) or in a usual romanisation.
        language: a key of `TABLES`.

    Raises:
        KeyError: there is no table for the language.

    >>> transliterate("New York", "en"), transliterate("Diyarbakır", "tr"), transliterate("Нижний Новгород", "ru")
    ('Nýu-Ýork', 'Diýarbakyr', 'Nižniý Nowgorod')
    """
    table = _compiled(language)
    pieces = re.split(r"([ \-]+)", unicodedata.normalize("NFC", name).strip())
    words = [_word(piece, table, language) if i % 2 == 0 else piece for i, piece in enumerate(pieces)]
    respelled = "".join(words)
    if language in JOINED_BY_HYPHEN:
        respelled = re.sub(r" +", "-", respelled)
    return unicodedata.normalize("NFC", respelled)


def rules_used(name: str, language: str) -> list[Rule]:
    """Rows that fire in a name, in order; the tests use it to prove that a witness exercises its row."""
    table = _compiled(language)
    fired: list[Rule] = []
    for word in re.split(r"[ \-]+", unicodedata.normalize("NFC", name).strip()):
        _respell(_lower(word, language), table, fired)
    return fired


@cache
def _language_by_country() -> dict[str, str]:
    return {code: language for language, codes in COUNTRIES.items() for code in codes.split()}


@cache
def _compiled(language: str) -> tuple[tuple[re.Pattern[str], Rule], ...]:
    return tuple((re.compile(rule.find), rule) for rule in (*TABLES[language], *BASE))


def _lower(word: str, language: str) -> str:
    if language in {"tr", "az"}:
        word = word.replace("İ", "i").replace("I", "ı")
    return word.lower()


def _word(word: str, table: tuple[tuple[re.Pattern[str], Rule], ...], language: str) -> str:
    respelled = _respell(_lower(word, language), table)
    if word[:1].isupper() or (word[:1] in "’ʻ‘'`ʼʿʾ" and word[1:2].isupper()):
        respelled = respelled[:1].upper() + respelled[1:]
    return respelled


def _respell(word: str, table: tuple[tuple[re.Pattern[str], Rule], ...], fired: list[Rule] | None = None) -> str:
    """Respell one lower-case word; a letter without a row is first tried without its accent."""
    out: list[str] = []
    at = 0
    while at < len(word):
        for pattern, rule in table:
            match = pattern.match(word, at)
            if match and match.end() > at:
                out.append(rule.put)
                at = match.end()
                if fired is not None:
                    fired.append(rule)
                break
        else:
            bare = _without_accent(word[at])
            if word[at] not in ALPHABET and bare != word[at]:
                word = word[:at] + bare + word[at + 1 :]
                continue
            out.append(word[at])
            at += 1
    return "".join(out)


def _without_accent(letter: str) -> str:
    special = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "t", "æ": "e", "œ": "e", "ß": "ss", "ı": "y", "ə": "e"}
    bare = unicodedata.normalize("NFD", letter)[0]
    return special.get(letter, bare)


if __name__ == "__main__":
    print(transliterate(" ".join(sys.argv[2:]), sys.argv[1]))
