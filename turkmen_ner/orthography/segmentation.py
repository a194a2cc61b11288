"""Where words begin and end.

`segment` cuts a text into words, punctuation and white space; joined again they are the text. `spelled` reads a piece:
the entities of HTML in it, and the hyphen at which a line was broken inside it.
"""

import re
from html import unescape

from turkmen_ner.orthography.alphabet import APOSTROPHES, HYPHENS, INVISIBLE, MARKS, fold

HYPHEN_PIECES = frozenset("-\u2010\u2011\u2013")
QUOTES = frozenset('"«»“”„‟‹›')


def key_words(name: str) -> list[str]:
    """The folded words of a name, as both the lists and the text are looked up: hyphens part words, quotes are gone.

    >>> key_words("Nýu-Ýork"), key_words("Rio-de-Žaneýro"), key_words("«Türkmengaz» döwlet konserni")
    (['nýu', 'ýork'], ['rio', 'de', 'žaneýro'], ['türkmengaz', 'döwlet', 'konserni'])
    """
    if name.isalpha() or name.replace(" ", "").isalpha():  # nearly all, and no work for a regex
        return [word for part in name.split() if (word := fold(part))]
    words = []
    for piece in segment(name):
        if not piece.isspace() and piece not in HYPHEN_PIECES and piece not in QUOTES:
            words += fold(piece).split("-")
    return [w for w in words if w]


# --- words ---------------------------------------------------------------------------------------------------------

_BLOCKS = ((0x41, 0x250), (0x370, 0x530), (0x1E00, 0x1F00))  # Latin, Greek and Cyrillic
_UPPER_CHARS = "".join(chr(c) for start, end in _BLOCKS for c in range(start, end) if chr(c).isupper())
UPPER = f"[{_UPPER_CHARS}¥£]"
LETTER = r"[^\W\d_]"
DIGRAPH = "(?:Ýu|Ýa|Ýo|Ýe|Yu|Ya|Yo|Ye|Ju|Ja|Şç|Sh|Ch|Zh|Kh|Ts|Dž|Дж)"  # an initial of two letters
MOST_INITIALS = 16  # of one abbreviation: bounds keep a match from reading the same letters again and again
LONG_NAME = 64  # characters before the @ of an address
# An entity of HTML that is a letter, or nothing at all: T&uuml;rkmen, &#350;emşat, Aş&shy;gabat.
LETTER_ENTITY = (
    r"&(?:[A-Za-z](?:uml|acute|grave|circ|tilde|cedil|caron|ring|slash)|szlig|shy|"
    r"\#(?:19[2-9]|[2-5]\d\d|10[2-9]\d|11\d\d|12\d\d)|\#[xX]0*(?:[C-Fc-f][0-9A-Fa-f]|[124][0-9A-Fa-f]{2}));"
)
_IN = rf"[^\W_]|[{MARKS}{INVISIBLE}¥£¢]|{LETTER_ENTITY}"  # inside a word
_SUFFIX = (  # what may follow a dash, or a hyphen in capitals, and still be a suffix of the word before it
    r"(?:[nN]?(?:[yYiIuUüÜ][ňŇ]|[yYiI])|[nN]?[aAeEäÄ]|[nN]?[dD][aAeE][nN]?|[nN]?[dD][aAäÄ][kK][yYiI]|[lL][aAeE][rR]\w*)"
    rf"(?!{LETTER}|[{MARKS}])"
)
WORD = rf"""
    (?:{UPPER}\.){{2,{MOST_INITIALS}}}(?![^\W_])(?:[{HYPHENS}](?!{UPPER}){LETTER}+)?   # N.F.L., N.F.L.-niň
  | (?:{UPPER}|{DIGRAPH})\.(?=\s?{UPPER})                               # the initial of D.Gulmanowa, Ýu. Gagarin
  | (?:[^\W_]|[¥£¢](?={LETTER})|{LETTER_ENTITY})(?:{_IN})*
    (?:
        [{HYPHENS}](?!{UPPER}){LETTER}(?:{_IN})*     # BMG-nyň
      | [{HYPHENS}\u2013]{_SUFFIX}                   # BMG-NYŇ, BMG–nyň
      | (?<!\d)[{HYPHENS}]\d(?:{_IN})*               # Apollon-11, 14½-13½
      | [{APOSTROPHES}]{LETTER}(?:{_IN})*            # Ankara'da
      | (?<=\d)[+.,:]\d+                             # 5+5, 7,5, 19:30
      | &(?={LETTER}){UPPER}+                        # AT&T
      | (?<={LETTER})\+(?!{LETTER}|\d)                # Canal+, Canal+-yň
    )*
"""
_DOMAINS = "com|org|net|info|edu|gov|tm|ru|tr|kz|uz|eu|uk"  # no Turkmen words (az, de, ir): geldi.de
_LABEL = r"[A-Za-z0-9][A-Za-z0-9-]{0,62}"  # of a domain
_ADDRESS_END = rf"[\w{MARKS}{INVISIBLE}¥£¢{HYPHENS[1:]}/=+&#~-]"
_HOST = rf"(?!{UPPER}\.{UPPER})(?:{_LABEL}\.){{1,8}}(?:{_DOMAINS})"
_HOST_SUFFIX = rf"[{HYPHENS}](?!{UPPER}){LETTER}(?:{_IN})*"
# The name of a site, a whole word: Gazeta.ru, gazeta.ru-nyň, www.x.de
SITE = rf"(?:www\.(?:{_LABEL}\.){{1,8}}[a-z]{{2,3}}|{_HOST})(?:{_HOST_SUFFIX})?"
# Gazeta.ru, gazeta.ru-nyň, x.tm/a?b=c; not D.Gulmanowa.com, geldi.Com, a.ru.Soňra
DOMAIN = rf"{_HOST}(?:[/?#][^\s&]*{_ADDRESS_END}|{_HOST_SUFFIX})?(?!\.?(?:{_IN})|[{HYPHENS}{APOSTROPHES}_])"
# The marks after an address (`https://x.tm.`, `(www.x.tm)`) are no part of it.
ADDRESS = (
    rf"(?:https?://|www\.)(?:(?!&nbsp;)\S)*(?!&nbsp;){_ADDRESS_END}"
    rf"|[\w.+-]{{1,{LONG_NAME}}}@[\w-]+(?:\.[\w-]+)+"
    rf"|{DOMAIN}"
)
ENTITY = r"&(?:[A-Za-z]+\d*|\#\d+|\#[xX][0-9A-Fa-f]+);"
PIECE = re.compile(rf"\s+|{ADDRESS}|{WORD}|{ENTITY}|[\s\S]", re.VERBOSE)
_BREAK = re.compile(r"[-\u00ad]\s+")


def segment(text: str) -> list[str]:
    """Cut a text into words, single other characters and runs of white space; joined they are the text.

    A word keeps its suffix (`BMG-nyň`, `2022-nji`, `Johnson-yň`); a hyphen before a capital parts two words.

    >>> segment("BMG-nyň 5+5 komissiýasy, Aziýa-ABŞ.")
    ['BMG-nyň', ' ', '5+5', ' ', 'komissiýasy', ',', ' ', 'Aziýa', '-', 'ABŞ', '.']
    >>> segment("ÇEŞME:TRT D.Gulmanowa")
    ['ÇEŞME', ':', 'TRT', ' ', 'D.', 'Gulmanowa']
    """
    return PIECE.findall(text)


def spelled(piece: str) -> str:
    r"""What a piece of a text stands for: its entities of HTML read, a word that a line break parts joined.

    >>> spelled("T&uuml;rkmenistan"), spelled("&quot;"), spelled("Aş-\ngabatda"), spelled("BMG-\nnyň")
    ('Türkmenistan', '"', 'Aşgabatda', 'BMG-nyň')
    """
    if "&" in piece and ";" in piece:
        piece = unescape(piece)
    if "\n" in piece or "\r" in piece:
        before = piece.partition("-")[0]  # an abbreviation and a number have a hyphen of their own
        piece = _BREAK.sub("-" if before.isupper() or before[-1:].isdigit() else "", piece)
    return piece
