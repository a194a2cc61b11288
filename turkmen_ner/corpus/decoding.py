"""Bytes to text: UTF-8, or as a byte order mark says; any other encoding must be named, for nothing is guessed."""

import codecs

from turkmen_ner.errors import one_line

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
OF_OURS = "windows-1250"  # the one of its kind that has all letters of Turkmen
KINDS = (
    (b"PK\x03\x04", "a ZIP archive, such as .docx and .xlsx"),
    (b"%PDF", "a PDF file"),
    (b"\x1f\x8b", "a gzip file"),
)
_START = 4096  # bytes or characters that show what a file is
_PLAIN = frozenset("\t\n\r\f\v\x1b")
_HIGH = frozenset((0x00, 0x04))  # high bytes of Latin and Cyrillic letters in UTF-16


class InputError(ValueError):
    r"""An input that cannot be read: where, and what was expected, in lines that can be printed.

    >>> print(InputError("a\nb.txt: no such file"))
    a\nb.txt: no such file
    """

    def __str__(self) -> str:
        return "\n".join(one_line(str(line)) for line in self.args)


def decode(data: bytes, where: str, encoding: str | None = None) -> str:
    r"""The text of a file, without its byte order mark. RAISES (InputError): For a byte that does not belong.

    >>> decode(b"\xff\xfeM\x00a\x00r\x00y\x00", "mary.txt")
    'Mary'
    """
    mark, codec = codec_of(data, encoding)
    try:
        return data[len(mark) :].decode(codec).removeprefix("" if mark else "\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(wrong_byte(where, len(mark) + error.start, codec)) from None


def decode_text(data: bytes, where: str, encoding: str | None = None) -> str:
    r"""The same for a file that should be plain text. RAISES (InputError): Also if it is something else.

    >>> decode_text(b"M\x00a\x00r\x00y\x00", "mary.txt")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    turkmen_ner.corpus.decoding.InputError: mary.txt: found UTF-16 without a byte order mark, expected UTF-8; ...
    """
    refuse_unmarked(data, where, encoding)
    text = decode(data, where, encoding)
    start = text[:_START]
    strange = sum(c < " " and c not in _PLAIN for c in start)
    if strange > 1 and 10 * strange > len(start):
        raise InputError(f"{where}: found control characters, as no text has them, expected a text file in UTF-8")
    return text


def refuse_unmarked(data: bytes, where: str, encoding: str | None) -> None:
    """Refuse what is UTF-16 without a byte order mark or no text at all, though it may be well-formed UTF-8."""
    kind = next((name for mark, name in KINDS if data.startswith(mark)), "")
    if kind:
        raise InputError(
            f"{where}: found {kind}, expected text; files called .docx, .xlsx, .pdf and the like are read with "
            "pip install 'turkmen_ner[files]'"
        )
    if encoding is not None or codec_of(data, None)[0]:
        return
    start = data[:_START]
    for name, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        high = start[first::2]
        if len(start) > 3 and sum(byte in _HIGH for byte in high) > 0.8 * len(high):
            raise InputError(
                f"{where}: found UTF-16 without a byte order mark, expected UTF-8; name it: --encoding {name}"
            )


def codec_of(data: bytes, encoding: str | None) -> tuple[bytes, str]:
    """The byte order mark, if it is to be left out, and the encoding."""
    if encoding is not None:
        return b"", encoding
    return next((found for found in BOMS if data.startswith(found[0])), (b"", "utf-8"))


def wrong_byte(where: str, place: int, codec: str) -> str:
    """The message for a byte that does not belong to the encoding."""
    shown = codec.upper()
    return (
        f"{where}: byte {place} is not {shown}, expected a text file in {shown}; "
        f"another encoding must be named: --encoding {OF_OURS}"
    )
