"""The files of patterns."""

import os
import stat
from pathlib import Path

from turkmen_ner.errors import Mistake, PatternError


def files_of(path: Path) -> list[Path]:
    """The pattern files of a path: itself, or those of a folder and its subfolders, YAML before lists, by name.

    RAISES (PatternError): If a folder has none or cannot be read. Links to folders in it are not followed.
    """
    if not path.is_dir():
        return [path]

    def refuse(error: OSError) -> None:
        raise error

    try:
        found = [Path(here, name) for here, _, names in os.walk(path, onerror=refuse) for name in names]
    except (OSError, RecursionError) as error:
        why = getattr(error, "strerror", None) or "folders nested too deep"
        what = f"cannot be read ({why}), expected a folder of pattern files"
        raise PatternError(Mistake(str(getattr(error, "filename", path)), 0, "", what)) from None
    files = [sorted(p for p in found if p.suffix in endings) for endings in ((".yaml", ".yml"), (".txt",))]
    if not any(files):
        what = "found a folder without .yaml or .txt files, expected pattern files"
        raise PatternError(Mistake(str(path), 0, "", what))
    return [*files[0], *files[1]]


MAX_BYTES = 256_000_000  # of a file


def read_text(path: Path) -> str:
    """The text of a pattern file, read once. RAISES (PatternError): If it cannot be read or is not UTF-8."""
    try:
        data = _read_bytes(path)
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wide = error.object[:2] in (b"\xff\xfe", b"\xfe\xff")
        line = 1 if wide else error.object.count(b"\n", 0, error.start) + 1
        what = f"byte {error.start} is not UTF-8{' but like UTF-16' if wide else ''}, expected a text file in UTF-8"
        raise PatternError(Mistake(str(path), line, "", what)) from None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL
        if isinstance(error, PatternError):
            raise
        why = getattr(error, "strerror", None) or str(error)
        what = f"cannot be read ({why}), expected a YAML file, a list or a folder"
        raise PatternError(Mistake(str(path), 0, "", what)) from None
    return text


def _read_bytes(path: Path) -> bytes:
    """A regular file's bytes: a pipe or a device could go on for ever, or wait."""

    def check(found: os.stat_result) -> None:
        if not stat.S_ISREG(found.st_mode):
            what = "a folder" if stat.S_ISDIR(found.st_mode) else "a pipe, a socket or a device"
            raise PatternError(Mistake(str(path), 0, "", f"found {what}, expected a file"))
        if found.st_size > MAX_BYTES:
            raise PatternError(_too_large(path, found.st_size))

    check(path.stat())
    with open(path, "rb", opener=_at_once) as file:
        check(os.fstat(file.fileno()))  # what was opened, if the path has become something else
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:  # a file of /proc says that it is empty
        raise PatternError(_too_large(path, len(data)))
    return data


def _at_once(name: str, flags: int) -> int:
    """Open a file, and if it has become a pipe do not wait for somebody to write."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def _too_large(path: Path, size: int) -> Mistake:
    return Mistake(str(path), 0, "", f"found {size:,} bytes, expected at most {MAX_BYTES:,}")
