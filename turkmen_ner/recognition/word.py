"""A distinct written word: what is known of it, looked up once."""

import re
import unicodedata
from collections.abc import Callable, Container, Sequence
from typing import Any

from turkmen_ner.gazetteer.lookup import Match
from turkmen_ner.morphology.analysis import HYPHENATED, Reading, readings, weighed
from turkmen_ner.morphology.dictionary import is_common, vocabulary
from turkmen_ner.morphology.suffixes import Slot
from turkmen_ner.orthography.alphabet import APOSTROPHES, HYPHENS, INVISIBLE
from turkmen_ner.orthography.segmentation import DIGRAPH, SITE, segment

READINGS = 6  # of the last word of an unlisted name that are considered
KNOWN = 30_000.0  # how much more a base form weighs that is a given name, surname or listed name


CLITICS = frozenset({"da", "de", "a", "ä", "am", "em"})  # too, but
SENTENCE_END = frozenset(".!?…")
# What prose has not: signs and keywords of code, endings of names of files. See code.py.
CODE = frozenset('_@={}<$\\"') | {"SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP"}
_EXTENSIONS = """
    avi bat bmp c cpp cs css csv djvu doc docx epub exe fb2 gif go htm html ini java jpeg jpg js json jsonl jsx
    log md mkv mov mp3 mp4 odt ogg pdf php png ppt pptx psd py rar rb rs rtf sh sql svg tar ts tsv tsx txt vue wav
    webm webp xls xlsx xml yaml yml zip
"""
EXTENSIONS = frozenset(_EXTENSIONS.split())
_SITE = re.compile(SITE, re.VERBOSE).fullmatch
NONE, SPACE, LINE = range(3)  # what stands before a word


class Word:
    """A distinct written word, and what is known of it.

    Bit masks of the word lists that hold it, see `WordLists`: `lists` in any form, `nominative` in the nominative, also
    with the possessive of the third person (`wekili`), `possessed` with that possessive in any case (`şäherinde`),
    `personal` with one of the first or second person (`kakam`).

    A slot of _LAZY is filled when it is first asked for; after that reading it costs no call.
    """

    __slots__ = (
        "apart",
        "alone",
        "bases",
        "beginnings",
        "bound",
        "best",
        "abbreviation",
        "case",
        "choice",
        "common",
        "lists",
        "derived",
        "digit",
        "domain",
        "ends",
        "folded",
        "possessed",
        "notable",
        "known",
        "best_reading",
        "letters",
        "marked",
        "marks",
        "names",
        "nominative",
        "owned",
        "personal",
        "plural",
        "rare",
        "raw",
        "shapes",
        "small",
        "all_caps",
        "space",
        "starter",
        "technical",
        "text",
        "upper",
        "weights",
        "whole",
    )
    common: bool  # a form of a common word
    best: Sequence[Reading]  # the readings of an unlisted name, best first
    best_reading: Reading  # the best one
    case: str  # its case; `daky` for an attributive, `ly` for a derivation
    derived: bool  # whether it is a derivation: Türkiýeli
    bases: tuple[str, ...]  # the base forms of the best two
    weights: Sequence[float]  # the plausibility of the first of `best`; a known name weighs more
    ends: int  # whether its case closes a name: OPEN, CLOSED, BEFORE_NAME or UNLESS_GIVEN
    beginnings: tuple[Callable[[Any], bool | None], ...]  # the rules that may say whether a name begins with it
    choice: dict[str, Any]  # what the tagger makes of `names`
    whole: bool  # whether `segment` leaves it whole: not D. and Dr.
    apart: bool  # whether it never belongs to a word beside it: white space, most signs
    domain: bool  # the name of a site: norgil.ru
    small: bool  # in lower case
    alone: int  # the lists that have it as a whole name, -1 while nobody has asked, see joining.py
    bound: bool  # whether one of `names` counts only in a context
    rare: bool  # in lower case, and no common word
    plural: bool  # whether it may be a plural
    owned: bool  # whether it may be a common noun with the possessive of the third person
    marked: bool  # whether a text of tokens must look at it

    def __init__(self, text: str, known: Container[str] = frozenset(), raw: str = "") -> None:
        self.text = text
        self.raw = raw or text  # as the given text has it: T&uuml;rkmenistan
        self.known = known  # base forms that rank first
        self.space = NONE
        self.technical = text in CODE or text in EXTENSIONS or "@" in text
        self.letters = False
        self.upper = False
        self.abbreviation = False
        self.all_caps = False
        self.digit = False
        self.notable = self.technical  # worth a second look: a capital, a listed name, a word that rules ask for
        self.folded = text
        self.names: tuple[Match, ...] = ()
        self.starter = False
        self.lists = 0
        self.nominative = 0
        self.possessed = 0
        self.personal = 0
        self.marks = 0
        self.shapes = -1  # its part in the facts of a mention, once known; see features.py

    def __getattr__(self, name: str) -> Any:
        """Called for a slot that is not filled yet."""
        if name not in _LAZY:
            raise AttributeError(name)
        value = _LAZY[name](self)
        setattr(self, name, value)
        return value

    @property
    def initial(self) -> bool:
        """Whether it is the initial of a person: the `D.` of D.Gulmanowa."""
        return self.text.endswith(".") and (len(self.text) == 2 or _DIGRAPH(self.text) is not None)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """All readings, see morphology."""
        return readings(self.folded)

    def __repr__(self) -> str:
        return f"Word({self.text!r})"


def _common(word: Word) -> bool:
    return is_common(word.folded) or _common_parts(word)


def _common_parts(word: Word) -> bool:
    """Aňly-düşünjeli, bolsa-ha: two common words with a hyphen; Kim-e is one with a suffix."""
    parts = word.folded.split("-")
    if len(parts) == 2 and parts[1] in CLITICS and is_common(parts[0]) and not vocabulary().is_stem(parts[0]):
        return True  # sallançakda-da
    if len(parts) < 2 or not all(len(part) < 2 or is_common(part) for part in parts):
        return False
    return word.best_reading.change != HYPHENATED


def _best(word: Word) -> Sequence[Reading]:
    """The readings, best first; fills `weights` as well. Few objects: garbage collection looks at each of them."""
    best, weights, known = weighed(word.folded, word.known)
    if known:
        weights = tuple([weight * KNOWN if k < known else weight for k, weight in enumerate(weights)])
        if known > 1 and best[0].suffixes and best[0].personal and word.folded in word.known:  # Gülhanym, not my Gülhan
            order = sorted(range(len(best)), key=lambda k: bool(best[k].suffixes))
            best, weights = tuple([best[k] for k in order]), tuple([weights[k] for k in order])
    if word.abbreviation and len(best) > 1:  # JAXA: an abbreviation takes its suffix after a hyphen
        order = sorted(range(len(best)), key=lambda k: bool(best[k].suffixes) and best[k].change != HYPHENATED)
        best, weights = tuple([best[k] for k in order]), tuple([weights[k] for k in order])
    word.weights = weights[:READINGS]
    return best


def _weights(word: Word) -> Sequence[float]:
    word.best = _best(word)
    return word.weights


def _apart(word: Word) -> bool:
    if word.space:
        return True
    return len(word.text) == 1 and word.text not in _JOINING and unicodedata.category(word.text)[0] in "PS"


def _whole(word: Word) -> bool:
    """An address reaches over signs that part words elsewhere, so what may begin one is cut anew with all around it."""
    return not _OF_ADDRESS.search(word.raw) and (word.raw.isalpha() or len(segment(word.raw)) == 1)


OPEN, CLOSED, BEFORE_NAME, UNLESS_GIVEN = range(4)  # BEFORE_NAME: unless a common word follows; or it is a given name


def _ends(word: Word) -> int:
    reading = word.best_reading
    if reading.change == HYPHENATED:
        return CLOSED
    case = word.case
    if case in ("Nom", "Dat", "Acc") or word.abbreviation:
        return OPEN
    if case == "Gen":
        return BEFORE_NAME if word.common else CLOSED if len(reading.base) > 2 else OPEN
    return UNLESS_GIVEN if len(reading.base) > 3 else OPEN


_LAZY: dict[str, Callable[[Word], Any]] = {
    "common": _common,
    "best": _best,
    "weights": _weights,
    "best_reading": lambda word: word.best[0],
    "case": lambda word: case_of(word.best_reading),
    "derived": lambda word: word.best_reading.derived,
    "bases": lambda word: tuple(dict.fromkeys(reading.base for reading in word.best[:2])),
    "ends": _ends,
    "beginnings": lambda word: (),
    "choice": lambda word: {},
    "whole": _whole,
    "apart": _apart,
    "domain": lambda word: "." in word.text and _SITE(word.text) is not None,
    "small": lambda word: word.letters and not word.upper,
    "rare": lambda word: word.small and not word.common,
    "bound": lambda word: False,
    "alone": lambda word: -1,
    "plural": lambda word: any(s.slot is Slot.NUMBER for reading in word.readings for s in reading.suffixes),
    "owned": lambda word: any(reading.third and vocabulary().is_stem(reading.base) for reading in word.readings),
    "marked": lambda word: word.notable or bool(word.space) or not word.whole,
}


def case_of(reading: Reading) -> str:
    """Nom, Gen ..., `daky` for an attributive, `ly` for a derivation.

    >>> [case_of(r) for r in readings("liwiýadaky")][:1], case_of(weighed("haftarda")[0][0])
    (['Nom'], 'Loc')
    """
    case = "Nom"
    for suffix in reading.suffixes:
        if suffix.slot is Slot.DERIVATION:
            return "ly"
        if suffix.slot is Slot.ATTRIBUTIVE:
            return "daky"
        if suffix.slot is Slot.CASE:
            case = suffix.name
    return case


_JOINING = frozenset(HYPHENS + APOSTROPHES + INVISIBLE + "–+.,:&/@#~=_¥£¢")  # may stand inside a word or an address
_DIGRAPH = re.compile(rf"{DIGRAPH}\.").fullmatch
_OF_ADDRESS = re.compile("http|www|@")
