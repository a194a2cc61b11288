"""Inflection: from a name to its forms, in the standard spelling.

The other way round is morphology.py; a property test holds the two together.
Sources: Clark (1998), Hoey (2013); docs/grammar.md.
"""

import re

from turkmen_ner.morphology.dictionary import vocabulary
from turkmen_ner.morphology.phonology import DROPPED, ROUND, SOFT, has_soft_part, is_back, rounds, soft, softens, vowels
from turkmen_ner.morphology.suffixes import AFTER_IY, CASES, POSSESSORS, RAISING, ROWS, Suffix, spell
from turkmen_ner.orthography.alphabet import VOWELS, capital, fold, is_cyrillic, to_cyrillic

_SAME = {"3sg": "3", "3pl": "3"}  # one form for both


DATIVE = ROWS["Dat"]

_LETTERS = (
    "be se çe de fe ge he je že ka el em en eň pe ku er es şe te we we iks ýe ze",  # how the letters of an
    "b c ç d f g h j ž k l m n ň p q r s ş t v w x ý z",  # abbreviation are read; the suffix follows the last one
)
LETTER_NAMES = dict(zip(_LETTERS[1].split(), _LETTERS[0].split(), strict=True))
# An abbreviation that is read as a word: a vowel after three consonants at most, at its start after two only when the
# first is s or the second r or l. Others, and three letters that end in a consonant, are read letter by letter: NATO,
# TÜRKSOÝ; SSSR, BMG, GDA.
_READ_AS_WORD = re.compile(r"(?:s?[^aäeioöuüy]?|[^aäeioöuüy][rl])(?:[aäeioöuüy]+[^aäeioöuüy]{1,3})*[aäeioöuüy]*")
# A spelling that Turkmen has not: its letters (Qatar), y before a vowel at the start or after one (York, Cüneyt), y at
# the end after a front vowel (Kennedy), ee and oo, wh and the like, a double consonant or a consonant and h at the end.
_FOREIGN = re.compile(
    r"[cqvx]|oo|ee|^y[aäeioöuü]|[aäeioöuü]y|[eiäöü][^aäeioöuüy]*y$|^[bdfgkpstwz]h|(?:[stpg]h|ll|ss|tt|ff|nn)$"
)
_CLOSING = '"»”'  # quotation marks that a suffix follows: "Tosca"ny


def inflect(
    name: str,
    *,
    case: str = "Nom",
    number: str = "Sing",
    possessor: str | None = None,
    attributive: bool = False,
    soften: bool | None = None,
    possessed: bool | None = None,
    hyphen: bool | None = None,
) -> str:
    """The form of a name.

    name (str): Base form, of one or more words; the last one inflects.
    case (str): Nom, Gen, Dat, Acc, Loc, Abl or Equ. number (str): Sing or Plur.
    possessor (str): 1sg, 2sg, 3 (3sg and 3pl are the same), 1pl or 2pl; None for none.
    attributive (bool): With case="Loc", the form in -daky/-däki.
    soften (bool): Whether final p t k ç softens; None, by rule (in names of more than one syllable).
    possessed (bool): Whether the name already ends in a possessive (`ministrligi`); None, by rule.
    hyphen (bool): Whether a hyphen parts the suffix from the name; None, by rule: after abbreviations, numbers and
        names in foreign spelling (docs/grammar.md), not after a closing quotation mark.
    RETURNS (str): The form in the standard spelling, in Cyrillic for a name in Cyrillic.
    RAISES (ValueError): For a feature that is not in the lists above, or an empty name.

    >>> inflect("Türkiýe", case="Gen"), inflect("Aşgabat", case="Dat"), inflect("Bengazi", case="Dat")
    ('Türkiýäniň', 'Aşgabada', 'Bengazä')
    >>> inflect("Milli Goranmak ministrligi", case="Abl"), inflect("BMG", case="Gen")
    ('Milli Goranmak ministrliginden', 'BMG-niň')
    >>> inflect("George", case="Dat", hyphen=True), inflect("Ahmet", case="Gen", soften=False)
    ('George-a', 'Ahmetiň')
    >>> inflect("Ашгабат", case="Gen"), inflect("Boing-737", case="Dat"), inflect('"Tosca"', case="Acc")
    ('Ашгабадың', 'Boing-737-ä', '"Tosca"ny')
    """
    possessor = _SAME.get(possessor or "", possessor)
    for what, value, allowed in (
        ("case", case, CASES),
        ("number", number, ("Sing", "Plur")),
        ("possessor", possessor, (None, *POSSESSORS)),
    ):
        if value not in allowed:
            raise ValueError(f"{what} must be one of {', '.join(map(str, allowed))}, not {value!r}")
    if attributive and case != "Loc":
        raise ValueError(f"attributive=True goes with case='Loc', not {case!r}")
    if not name.strip():
        raise ValueError("inflect() needs a name, not an empty string")
    if possessed is None:
        from turkmen_ner.morphology.possession import is_possessed

        possessed = is_possessed(name)
    names = [number == "Plur" and "lar", possessor, "daky" if attributive else case]
    rows = [ROWS[n] for n in names if n and n != "Nom"]
    head, space, last = name.rpartition(" ")
    if possessed and (number == "Plur" or possessor):
        from turkmen_ner.morphology.possession import bare_stem

        stem = bare_stem(fold(last))
        soften = fold(last)[-2:-1] not in SOFT if soften is None else soften  # as it does: ministrligi, Bogaziçi
        if number == "Sing":
            stem = DROPPED.get(stem, stem)  # Gurban ogly, Gurban oglum
        elif possessor is None:
            rows.insert(1, ROWS["3"])
        last, possessed = stem if last.islower() else capital(stem), False
    if is_cyrillic(last) and fold(last):  # not hard and soft signs alone
        latin = fold(last).upper() if last.isupper() else capital(fold(last)) if last[0].isupper() else fold(last)
        form = _append(latin, rows, soften, possessed, hyphen)
        return head + space + _in_cyrillic(last, form)
    return head + space + _append(last, rows, soften, possessed, hyphen)


def _in_cyrillic(name: str, form: str) -> str:
    """A Latin form in Cyrillic: the letters of the name as far as they stay, then what the form has after them."""
    own, wanted = to_cyrillic(fold(name)), to_cyrillic(fold(form))
    same = 0
    while same < min(len(own), len(wanted)) and own[same] == wanted[same]:
        same += 1
    return name[: len(name) - (len(own) - same)] + wanted[same:]


def _append(word: str, rows: list[Suffix], soften: bool | None, possessed: bool, hyphen: bool | None) -> str:
    bare = word.rstrip(_CLOSING) or word
    quoted = bare != word
    sound = fold(bare) or bare
    letters = bare.isupper() and (len(bare) > 1 or sound not in VOWELS)
    if hyphen is None:
        hyphen = not quoted and (letters or bare[-1:].isdigit() or "." in bare or _is_foreign(sound))  # Gazeta.ru-nyň
    apart = hyphen or quoted  # the name stays as it is
    spelt = hyphen and not bare[-1:].isdigit()  # then the letters do not show what is rounded: Trump-yň, TDU-nyň
    if apart:
        sound = _sound(sound, letters, mute=hyphen)
    suffixed = ""
    kind = "3" if possessed else "V" if sound[-1] in VOWELS else "C"
    back = is_back(sound) is not False
    if possessed and rows and rounds(sound[:-1]):
        word = word[:-1] + _OPEN[word[-1]]  # ogly, oglunyň
    short = DROPPED.get(sound, sound) if word.islower() else sound  # ogul, ogluň; a name keeps its vowel: Ömüriň
    for place, row in enumerate(rows):
        if not place and kind == "C" and sound.endswith(("iý", "yý")) and row.name in AFTER_IY and word[0].isupper():
            template = row.vowel  # Zelenskiýniň
        else:
            template = {"V": row.vowel, "C": row.consonant, "3": row.third}[kind]
        if template is None and row is DATIVE and not suffixed and (apart or sound[-1] in ROUND):
            template = "Ä" if apart else "A" if sound[-1] in "oö" else "wA"  # BMG-ä, NATO-a; Tokioa, Bakuwa
        if template is None and not suffixed and len(sound.rpartition("-")[2]) < 3 and sound[-1] not in "aä":
            template, hyphen = "Ä", True  # of a name that would be lost: Li-ä
        if template is None:  # the dative of a vowel: Türkiýä, Bengazä, Çara; Bengazidäkä
            vowel = "a" if back else "ä"
            word, suffixed = (word, suffixed[:-1] + vowel) if suffixed else (word[:-1] + vowel, "")
            continue
        form = spell(template, back, False)[0]
        if not suffixed and not spelt and rounds(short if form[0] in VOWELS else sound):
            form = _rounded(template, form, last=place + 1 == len(rows))
        if not suffixed and not apart:
            word = _stem(word, sound, row, form, kind, soften)
        suffixed += form
        kind = "3" if row.name == "3" else "V" if form[-1] in VOWELS else "C"
    return word + "-" * bool(hyphen and suffixed) + suffixed


_OPEN = {"y": "u", "i": "ü", "Y": "U", "İ": "Ü", "I": "Ü"}


def _rounded(template: str, form: str, last: bool) -> str:
    """A form with its first Y rounded, unless that ends the word: Gülüň, Gülümiz, Gülüniň, but Güli."""
    at = template.find("Y")
    if at < 0 or (last and at + 1 == len(template)):
        return form
    return form[:at] + _OPEN[form[at]] + form[at + 1 :]


def _stem(word: str, sound: str, row: Suffix, form: str, kind: str, soften: bool | None) -> str:
    """The stem before its first suffix: Aşgabad-, ogl-, Türkiýä-."""
    if form[0] not in VOWELS:
        if kind == "V" and sound[-1] == "e" and row.name in RAISING:
            return word[:-1] + "ä"
        if kind == "V" and row.name not in RAISING and word.islower() and vocabulary().rounds_final(sound):
            return word[:-1] + _OPEN[word[-1]]  # köprüde, köprüsi, but köpriniň
        return word
    if sound in DROPPED and word.islower():
        return DROPPED[sound]
    if _softens(word, sound) if soften is None else soften and sound[-1] in SOFT:
        return word[:-1] + (soft(sound)[-1].upper() if word[-1].isupper() else soft(sound)[-1])
    return word


def _softens(word: str, sound: str) -> bool:
    """By the dictionary (etraby, Meredi, but maslahaty), a name by its last part (Atamyrady), any other by rule."""
    name, sound = not word.islower(), sound.rpartition("-")[2]
    if name and has_soft_part(sound):
        return True
    found = None if name and len(vowels(sound)) < 2 else vocabulary().softens(sound)  # Bart is not bardy
    return softens(sound) if found is None else found


def _sound(folded: str, letters: bool, mute: bool) -> str:
    """How the end of an abbreviation, number or foreign spelling sounds, as far as the suffix needs it.

    mute: whether an e after a consonant is silent at the end: George-a.
    """
    if folded[-1].isdigit():
        return _number(folded)
    if letters and (_READ_AS_WORD.fullmatch(folded) is None or (folded[-1] not in VOWELS and len(folded) < 4)):
        name = LETTER_NAMES.get(folded[-1], folded[-1])
        return re.sub("[ae]", "a" if is_back(folded) else "e", name) if vowels(folded) else name  # ABŞ-nyň, BMG-niň
    if mute and not letters and len(folded) > 3 and folded[-1] == "e" and folded[-2] not in VOWELS:
        return folded[:-1]
    if folded[-1] == "y" and folded[-2:-1] not in VOWELS:
        return folded[:-1] + ("i" if is_back(folded[:-1]) is False else "y")  # Kennedy-niň
    return _Y_BESIDE_VOWEL.sub("ý", folded)  # Sydney-de


_Y_BESIDE_VOWEL = re.compile("(?<=[aäeioöuü])y|y(?=[aäeioöuü])")


def _is_foreign(folded: str) -> bool:
    """Whether a spelling is not Turkmen; teatr and zoolog are words of the dictionary."""
    return _FOREIGN.search(folded) is not None and not vocabulary().is_stem(folded)


_DIGITS = {"0": "nol", "1": "bir", "2": "iki", "3": "üç", "4": "dört", "5": "bäş", "6": "alty", "7": "ýedi"}
_DIGITS |= {"8": "sekiz", "9": "dokuz", "10": "on", "20": "ýigrimi", "30": "otuz", "40": "kyrk", "50": "elli"}
_DIGITS |= {"60": "altmyş", "70": "ýetmiş", "80": "segsen", "90": "togsan", "00": "ýüz", "000": "müň"}


def _number(folded: str) -> str:
    """The last word of a number: 2020 ýigrimi, 5 bäş, 1900 ýüz."""
    return next(_DIGITS[folded[-n:]] for n in (3, 2, 1) if folded[-n:] in _DIGITS)
