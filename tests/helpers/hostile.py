"""What holds for every text (`invariants`), and texts made to hurt; shared by the tests and the fuzz target."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from spacy.language import Language

from turkmen_ner import TaggedText, tag, tag_many
from turkmen_ner.codecs.docbin import from_doc
from turkmen_ner.corpus.bracket_notation import strip
from turkmen_ner.orthography.alphabet import encodable

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("[0-9]*.txt"))
SYLLABLES = [
    "ba",
    "çe",
    "dä",
    "fy",
    "gi",
    "ho",
    "ju",
    "kö",
    "lü",
    "ma",
    "ňy",
    "pe",
    "ri",
    "sa",
    "şe",
    "to",
    "wu",
    "ýa",
    "ze",
    "žy",
]


def invariants(nlp: Language, text: str) -> TaggedText:
    """Check what holds for the entities of any text, however it is tagged; RETURNS them."""
    found = tag(text, nlp=nlp)
    assert found.text == text
    assert found.doc.text == encodable(text)
    assert len(found.doc.text) == len(text)
    for entity in found:
        assert 0 <= entity.start < entity.end <= len(text)
        assert text[entity.start : entity.end] == entity.text
        assert entity.label
        assert entity.name
        assert 0 <= entity.score <= 1
    for one, other in pairwise(found):
        assert one.end <= other.start
    assert tag(text, nlp=nlp) == found  # twice in a row
    (doc,) = nlp.pipe([found.doc.text])
    assert from_doc(doc, text) == tuple(found)
    assert [ent.text for ent in doc.ents] == [ent.text for ent in found.doc.ents]
    for before in ([], ["Ol Aşgabatda bardy."]):
        assert list(tag_many([*before, text], nlp=nlp, batch_size=2))[-1] == found
    return found


def repeated(unit: str) -> Callable[[int], str]:
    return lambda size: unit * (size // len(unit) + 1)


def names() -> Iterator[str]:
    """Distinct words with a capital: Baba, Çeba ..."""
    k = len(SYLLABLES)
    while True:
        word, rest = "", k
        while rest:
            rest, part = divmod(rest, len(SYLLABLES))
            word += SYLLABLES[part]
        yield word.capitalize() + "n"
        k += 1


def filled(unit: str, start: str = "") -> Callable[[int], str]:
    """`unit` with a name of its own in each place of {}, again and again."""

    def make(size: int) -> str:
        source, parts, length = names(), [start], 0
        while length < size:
            part = unit
            while "{}" in part:
                part = part.replace("{}", next(source), 1)
            parts.append(part)
            length += len(part)
        return "".join(parts)

    return make


def articles(size: int) -> str:
    text = "\n".join(strip(path.read_text(encoding="utf8")) for path in SEEDS)
    return (text + "\n") * (size // len(text) + 1)


HOSTILE: dict[str, Callable[[int], str]] = {
    "news": articles,
    "one word": repeated("a"),
    "one word in capitals": repeated("Aşgabat"),
    "a word of suffixes": repeated("daky"),
    "a Cyrillic word": repeated("Туркменистан"),
    "suffixes after hyphens": lambda size: "Bengazi" + repeated("-de")(size),
    "suffixes after apostrophes": lambda size: "Ankara" + repeated("'da")(size),
    "hyphens before capitals": repeated("BMG-"),
    "only hyphens": repeated("-"),
    "words with &": repeated("AT&"),
    "numbers with stops": repeated("1."),
    "initials": repeated("A."),
    "initials before a word": lambda size: repeated("A.")(size) + "Annaýew",
    "initials and spaces": repeated("A. "),
    "initials in brackets": repeated("(A.A."),
    "letters and stops": repeated("a."),
    "letters and at signs": repeated("a@"),
    "addresses": repeated("a@b.tm,"),
    "a long address": lambda size: "https://" + repeated("tm/")(size),
    "many addresses": repeated("(https://x.tm/a "),
    "half addresses": repeated("www."),
    "HTML entities": repeated("&amp;"),
    "half HTML entities": repeated("&amp"),
    "colons": repeated("a:"),
    "marks": lambda size: "A" + repeated("\u0301\u0327")(size),
    "marks out of order": lambda size: "Aşgabat" + "\u0301" * (size // 2) + "\u0327" * (size // 2),
    "words with marks": repeated("Aşgabat\u0301\u0327 "),
    "zero-width characters": repeated("\u200b\u200d\ufeff"),
    "bidi controls": repeated("\u202eA\u202c\u2066"),
    "NUL": repeated("\0"),
    "NUL in words": repeated("Aşgabat\0"),
    "lone surrogates": repeated("A\ud800 \udc00b "),
    "spaces": repeated(" "),
    "newlines": repeated("\n"),
    "CRLF": repeated("Aşgabat\r\n"),
    "tabs": repeated("\t A"),
    "two spaces": repeated("Milli  Goranmak  ministrligi  "),
    "a space of any kind": repeated("Ol\u00a0Aşgabatda\u2003bardy\u2029"),
    "quotes": repeated('"'),
    "brackets": repeated("("),
    "both brackets": repeated("()"),
    "guillemets": repeated("«"),
    "quoted names": repeated("«Berkarar» gämisi "),
    "smileys": repeated(":)"),
    "abbreviations": repeated("Dr."),
    "emoji": repeated("👩\u200d🚀"),
    "common capitals": repeated("Gyzyl "),
    "people at the end": lambda size: repeated("Awrora ")(size) + "Aziýaly.",
    "given names": repeated("Myrat "),
    "distinct capitals": filled("{} "),
    "distinct names": filled("Ol {} {} bilen duşuşdy. "),
    "distinct names of one surname": filled("Myrat {}, {} Kolman. "),
    "distinct surnames": filled("Sözçi Bernd {} aýtdy. {} gitdi. "),
    "hyphens between names": filled("{}-"),
    "commas between names": filled("{}, "),
    "shouting": repeated("AŞGABAT ŞÄHERI "),
    "shouting in one line": lambda size: "«" + repeated("AŞGABAT - ")(size),
    "hard signs": repeated("ЪЪ "),
    "Roman numerals": repeated("Ⅷⅷ ⅧⅧ "),
    "bodies in the genitive": repeated("BMG-niň "),
    "chains of genitives": repeated("Türkmenistanyň Milli Goranmak ministrliginiň "),
    "named after": repeated("Magtymguly adyndaky "),
    "bodies without a head": repeated("Halkara gatnaşyklar we "),
    "ships": filled("USS {} geldi. {} gitdi. "),
    "places": filled("Ol {} Okrugyna bardy. {} galdy. "),
    "rule and name": filled("«{}» tankeri {} portunda. "),
}

# What a text is made of, near enough to real ones that names are found among the noise.
BITS = [
    "Ibrahim Kalyn ", "Bengazide ", "Halife Haftar ", "BMG", "-niň ", "TJG Kynalyada ", "gämisi", "Mary ", "şäheri ",
    "welaýatynda ", "Dbeýbanyň ", "D.", "Gulmanowa ", "N.F.L.", "Oguz han ", "Türkmenistanyň ", "Saglyk ministrligi",
    "Aşgabat", "da", "-", "–", "'", "’", "«", "»", '"', "(", ")", ".", ",", ":", " ", "  ", "\n", "\r\n", "\t", "\0",
    "\ud83d", "\udc00", "\u202e", "\u200b", "\ufeff", "\u00ad", "\u0301", "&", "&amp;", "https://", "www.x.tm",
    "a@b.tm", "5+5 ", "2022-nji ", "ÇEŞME:", "AŞGABAT ", "we ", "al-", "Ашгабатда ", "sözçi ", "ъ", "İ", "ß", "ŉ",
]  # fmt: skip
