"""What is no prose: code, data in JSON and CSV, tags, addresses of mail, names of files and of people online.

Its words are masked before names are looked for, but for those in strings: `SELECT id FROM city WHERE name = 'Mary'`
has one name. A quotation mark of data says nothing of a name; it is like the border of a cell in a table.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from turkmen_ner.recognition.text import Text
from turkmen_ner.recognition.word import EXTENSIONS, NONE

BORDER = "|"  # stands for what is masked; a sentence begins after it
_FILES = "|".join(sorted(EXTENSIONS))
_NAME = re.compile(  # of a file, of somebody online, of a variable
    r"(?<!\S)\S*\w@\w\S*|(?<!\w)@\w[\w.-]*|[$\\]\w+|(?<!\w)\w*[^\W_]_+[^\W_][\w.-]*"
    rf"|(?<![\w-])[\w-]+\.(?:{_FILES})\b(?!\.?\w)"
)
_TAG = re.compile(r"(</?[A-Za-z][\w-]*)([^<>\n]*)>")
_STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'(?!\w)|`[^`\n]*`")
_KEY = re.compile(r"\s*:").match
_COMMENT = re.compile(r"(?:(?<![:\w])//|(?<!\S)#(?= )|(?<!\S)--(?= )|/\*).*")
_MARKS = re.compile(r"[{}\[\]=<>&|$;\"'`]|[A-Z]{4}").search  # no line of code or data is without one
_LINE = re.compile(r"[^\n]+")
_CODE = re.compile(
    r"""
    [{}][;,)\]]*[ \t]*$ | ^[ \t]*[{}\]] | \w\([^()]*\)[ \t]*[;{] | \w\(["'] | [\[{][ \t]*["']
  | [=!]==? | => | \w->\w | && | \|\| | \$\w+[ \t]*= | [=+][ \t]*["'`] | ["'`];[ \t]*$
  | "[ \t]*:[ \t]*(?:["\d\[{]|true|false|null) | "[;,]" | ^[ \t]*"[^"]*",?[ \t]*$
  | ^[ \t]*(?:def|class|import|from|return|function|var|let|const|public|private|static|void|elif|else|try)\b[ \t]
  | ^[ \t]*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP)[ \t]
    """,
    re.VERBOSE,
)
Span = tuple[int, int]


def mask(text: Text) -> None:
    """Put a border in place of the words that are no prose, and of the quotation marks of data."""
    words = text.words
    if not any(words[k].technical and _is_technical(text, k) for k in text.notable):
        return
    given, at, border = text.text, text.at, text.lexicon.word(BORDER)
    changed = False
    for start, end in _masked(given):
        for k in range(bisect_left(at, start), bisect_left(at, end)):
            words[k] = border
            changed = True
    if changed:
        text.notable = [k for k in text.notable if words[k] is not border]


def _is_technical(text: Text, k: int) -> bool:
    """Whether word k shows that the text may not be all prose."""
    words, separators = text.words, text.separators
    sign = words[k].text
    if sign in EXTENSIONS:
        return k > 0 and separators[k] == NONE and words[k - 1].text == "."
    if sign == "$":  # $5 is a price
        return k + 1 < len(words) and separators[k + 1] == NONE and words[k + 1].letters
    if sign != '"':
        return True
    if k and separators[k] == NONE and words[k - 1].text in "[{=(":
        return words[k - 1].text != "(" or separators[k - 1] == NONE  # print("Mary")
    if k + 1 == len(words) or separators[k + 1] != NONE:
        return False
    after = words[k + 1].text
    return after in ":=" or (after in ",;" and k + 2 < len(words) and text.at[k + 2] == text.at[k] + 2)


def _masked(given: str) -> Iterator[Span]:
    """The characters that are no prose, in any order."""
    yield from (match.span() for match in _NAME.finditer(given))
    for line in _LINE.finditer(given):
        if _MARKS(line[0]):
            for start, end in _in_line(line[0]):
                yield line.start() + start, line.start() + end


def _in_line(line: str) -> Iterator[Span]:
    """Those of a line: what stands in tags and in code, strings excepted."""
    if "<" in line:
        for tag in _TAG.finditer(line):
            yield from ((tag.start(2) + start, tag.start(2) + end) for start, end in _outside(tag[2]))
        line = _TAG.sub(lambda tag: " " * len(tag[0]), line)
    if _CODE.search(line):
        comment = _COMMENT.search(_STRING.sub(lambda string: "x" * len(string[0]), line))
        yield from _outside(line[: comment.start()] if comment else line)


def _outside(code: str) -> Iterator[Span]:
    """What is no string, the marks of the strings, and the strings that are keys."""
    end = 0
    for string in _STRING.finditer(code):
        yield end, string.end() if _KEY(code, string.end()) else string.start() + 1
        end = string.end() - 1
    yield end, len(code)


__all__ = ["mask"]
