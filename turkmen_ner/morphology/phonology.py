"""Sound: vowel harmony, the softening of final p t k ç, and the vowels that change or drop before a suffix.

Everything here works on folded words (see alphabet.py).
Sources: Clark (1998), Hoey (2013); the shares are counted on the stems of a spelling dictionary of
62,000 entries (nazartm/turkmen-spell-check-dictionary), see docs/grammar.md. Each rule names a witness.
"""

from turkmen_ner.orthography.alphabet import VOWELS

BACK = frozenset("aouy")
ROUND = frozenset("oöuü")
SOFT = {"p": "b", "t": "d", "k": "g", "ç": "j"}
HARD = {soft: hard for hard, soft in SOFT.items()}

# The last vowel drops before a suffix that begins with a vowel: ogul, ogly. Base form -> short stem.
DROPPED = {
    "ogul": "ogl",
    "agyz": "agz",
    "asyl": "asl",
    "bagyr": "bagr",
    "bogun": "bogn",
    "boýun": "boýn",
    "burun": "burn",
    "deňiz": "deňz",  # Hazar deňzi
    "döwür": "döwr",
    "egin": "egn",
    "garyn": "garn",
    "gelin": "geln",
    "goýun": "goýn",
    "göwün": "göwn",
    "göwüs": "göws",
    "halyk": "halk",
    "howuz": "howz",
    "kömür": "kömr",
    "köwüş": "köwş",
    "kümüş": "kümş",
    "nagyş": "nagş",
    "nesil": "nesl",
    "omuz": "omz",
    "orun": "orn",
    "oýun": "oýn",  # Olimpiýa oýny
    "ömür": "ömr",
    "pasyl": "pasl",
    "sabyr": "sabr",
    "sygyr": "sygr",
    "tomus": "toms",
    "ugur": "ugr",
    "uruş": "urş",  # Ikinji jahan urşy
    "ylym": "ylm",
    "ýeňiş": "ýeňş",
    "ýörüş": "ýörş",
    "ýygyn": "ýygn",
    "şygyr": "şygr",
}
SHORT = {short: full for full, short in DROPPED.items()} | {"şähr": "şäher"}  # şähri stands beside şäheri
SHORT_ENDS = tuple(SHORT)
SHORT_LAST = frozenset(short[-1] for short in SHORT)  # most stems end in another letter

# One-syllable words that soften all the same: ýurt, ýurdy. Others keep their consonant: türk, türki; ot, oty.
# fmt: off
SOFTENING_MONOSYLLABLES = frozenset({
    "ak", "beýt", "bek", "bent", "blok", "borç", "but", "däp", "dert", "dört", "gant", "gap", "genç", "gök",
    "gurt", "güýç", "haç", "harç", "köşk", "kürt", "mert", "saç", "süýt", "täç", "ýat", "ýurt", "zat", "çäk",
})
# fmt: on
# Final t mostly stays (welaýat, welaýaty; millet, milleti); it softens in these endings (Aşgabat, Ahmet, Mahmyt).
_SOFT_T = ("kent", "kant", "bent", "ýurt", "abat", "bat", "dat", "rhat", "met", "myrat", "şat", "zat", "ut", "üt", "yt")
# The last parts of names that soften in each, whatever the dictionary says of one of them: it has Akmyrady, Amanmyraty.
_SOFT_PARTS = (
    "abat", "bek", "bent", "gerek", "gurt", "gylyç", "hamit", "jawit", "jemşit", "jomart", "kant", "kent", "magsat",
    "maksat", "mejit", "meret", "mämmet", "muhammet", "muhat", "murat", "myrat", "näzik", "polat", "raşit", "rejep",
    "reşit", "samat", "saýat", "seýit", "sähet", "ýusup",
)  # fmt: skip
_SOFT_CLUSTERS = ("nç", "nt", "rt", "lt")  # Köneürgenç, Daşkent, Jomart
_HARD_T = ("hökümet", "institut", "statut")
_HARD_K = ("tik", "gik", "mik", "nik", "fik")  # akademik, akademiki; but gämik


def vowels(word: str) -> str:
    """The vowels of a word in order.

    >>> vowels("bengazi")
    'eai'
    """
    return "".join(c for c in word if c in VOWELS)


def is_back(word: str) -> bool | None:
    """Whether the last vowel is a back one (a o u y); None for a word without vowels.

    A y after a vowel is the consonant of a foreign spelling: Cüneyt, Sydney.

    >>> is_back("aşgabat"), is_back("türkiýe"), is_back("cüneyt"), is_back("bmg")
    (True, False, False, None)
    """
    for char in reversed(word):
        if char in VOWELS:
            if char == "y" and (place := word.rfind("y")) and word[place - 1] in VOWELS:
                return is_back(word[:place])
            return char in BACK
    return None


def is_round(word: str) -> bool:
    """Whether a suffix may be written with u or ü: after o ö u ü, also with y or i between (goşunynuň).

    >>> is_round("goşun"), is_round("goşuny"), is_round("moskwa"), is_round("haftar")
    (True, True, False, False)
    """
    found = vowels(word)
    return found[-1:] in ROUND or (found[-1:] in ("y", "i") and found[-2:-1] in ROUND) if found else False


def rounds(word: str) -> bool:
    """Whether the standard spelling rounds the first suffix: after one syllable with o ö u ü, counted from a hyphen.

    >>> rounds("ýurd"), rounds("nýu-ýork"), rounds("goşun"), rounds("ýan")
    (True, True, False, False)
    """
    found = vowels(word.rpartition("-")[2])
    return len(found) == 1 and found in ROUND


def may_soften(word: str) -> bool:
    """Whether final p t k ç can become b d g j: in words of more than one syllable after a vowel, and in a few others.

    Syllables count from a hyphen: Litl-Rokuň, Tu-Dukuň.

    >>> may_soften("aşgabat"), may_soften("köneürgenç"), may_soften("tramp"), may_soften("ýurt"), may_soften("budapeşt")
    (True, True, False, True, False)
    """
    if word[-1:] not in SOFT:
        return False
    word = word.rpartition("-")[2]
    if word in SOFTENING_MONOSYLLABLES:
        return True
    return len(vowels(word)) > 1 and (word[-2] in VOWELS or word.endswith(_SOFT_CLUSTERS))


def softens(word: str) -> bool:
    """Whether final p t k ç softens by rule: p k ç nearly always, t in some endings.

    >>> softens("aşgabat"), softens("senat"), softens("etrap"), softens("tramp")
    (True, False, True, False)
    """
    if not may_soften(word):
        return False
    if word.rpartition("-")[2] in SOFTENING_MONOSYLLABLES:
        return True
    if word[-1] == "t":
        return word.endswith(_SOFT_T) and not word.endswith(_HARD_T)
    return not word.endswith(_HARD_K)


def has_soft_part(word: str) -> bool:
    """Whether a name is a part of names that softens, or ends in one after at least two other letters.

    >>> has_soft_part("amanmyrat"), has_soft_part("balkanabat"), has_soft_part("rabat"), has_soft_part("kent")
    (True, True, False, False)
    """
    return any(
        word.endswith(part) and (len(word) > len(part) + 1 or (word == part and len(vowels(word)) > 1))
        for part in _SOFT_PARTS
    )


def soft(word: str) -> str:
    """The stem that stands before a vowel when the word softens.

    >>> soft("aşgabat"), soft("ministrlik")
    ('aşgabad', 'ministrlig')
    """
    return word[:-1] + SOFT[word[-1]]


def rounded_final(word: str) -> str | None:
    """The stem of a word of two syllables in y or i, the first of them round, before a consonant: goňşular, köprüde.

    None for any other word, and a name stays (Durdyda): the dictionary says which words do so.

    >>> rounded_final("goňşy"), rounded_final("köpri"), rounded_final("okuwçy"), rounded_final("bagşy")
    ('goňşu', 'köprü', None, None)
    """
    return word[:-1] + _ROUNDED[word[-1]] if word[-1:] in _ROUNDED and _two_syllables_first_round(word) else None


def plain_final(stem: str) -> str | None:
    """The base form of such a stem.

    >>> plain_final("goňşu"), plain_final("köprü"), plain_final("baku")
    ('goňşy', 'köpri', None)
    """
    return stem[:-1] + _PLAIN[stem[-1]] if stem[-1:] in _PLAIN and _two_syllables_first_round(stem) else None


_ROUNDED = {"y": "u", "i": "ü"}
_PLAIN = {rounded: plain for plain, rounded in _ROUNDED.items()}


def _two_syllables_first_round(word: str) -> bool:
    found = vowels(word)
    return len(found) == 2 and found[0] in ROUND


def full(stem: str) -> str | None:
    """The base form of a stem that has dropped its last vowel.

    >>> full("deňz"), full("ogl"), full("haftar")
    ('deňiz', 'ogul', None)
    """
    if stem.endswith(SHORT_ENDS):
        for length in (3, 4):
            if stem[-length:] in SHORT:
                return stem[:-length] + SHORT[stem[-length:]]
    return None
