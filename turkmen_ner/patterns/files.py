"""The files of patterns."""

import os
import stat
from pathlib import Path

from turkmen_ner.errors import PatternError, Problem

ENDINGS = {".yaml": 0, ".yml": 0, ".jsonl": 1, ".txt": 2}  # of pattern files, with the order in a folder
OF_PATTERNS = ".yaml, .yml, .jsonl or .txt"


def ending(path: Path) -> str:
    """The ending of a file's name in small letters: NAMES.TXT is a list, too."""
    return path.suffix.lower()


def path_of(source: str | os.PathLike[str]) -> Path:
    """The path that a user gave. RAISES (PatternError): If it is empty, which is no folder and not the one at work."""
    if not os.fspath(source):
        raise PatternError(Problem("<patterns>", 0, "", "found an empty path", "that of a file or a folder"))
    return Path(source)


def files_of(path: Path) -> list[Path]:
    """The pattern files of a path: itself, or those of a folder and its subfolders, by kind (`ENDINGS`) and name.

    RAISES (PatternError): If a folder has none, cannot be read, or has a link to a file that is not in it. Links to
        folders in it are not followed.
    """
    if not path.is_dir():
        return [path]

    def refuse(error: OSError) -> None:
        raise error

    try:
        found = [Path(here, name) for here, _, names in os.walk(path, onerror=refuse) for name in names]
    except (OSError, RecursionError) as error:
        why = getattr(error, "strerror", None) or "folders nested too deep"
        where = str(getattr(error, "filename", path))
        raise PatternError(Problem(where, 0, "", f"cannot be read ({why})", "a folder of pattern files")) from None
    files = sorted((p for p in found if ending(p) in ENDINGS), key=lambda p: (ENDINGS[ending(p)], p))
    if not files:
        raise PatternError(Problem(str(path), 0, "", f"found a folder without {OF_PATTERNS} files", "pattern files"))
    top = Path(os.path.realpath(path))
    if out := [p for p in files if p.is_symlink() and top not in Path(os.path.realpath(p)).parents]:
        expected = "one to a file in it, or the file itself among the patterns"
        raise PatternError(*(Problem(str(p), 0, "", "found a link out of the folder", expected) for p in out))
    return files


MAX_BYTES = 256_000_000  # of a file


def read_text(path: Path) -> str:
    """The text of a pattern file, read once. RAISES (PatternError): If it cannot be read or is not UTF-8."""
    try:
        data = read_bytes(path)
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wide = error.object[:2] in (b"\xff\xfe", b"\xfe\xff")
        line = 1 if wide else error.object.count(b"\n", 0, error.start) + 1
        what = f"byte {error.start} is not UTF-8{' but like UTF-16' if wide else ''}"
        raise PatternError(Problem(str(path), line, "", what, "a text file in UTF-8")) from None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL
        if isinstance(error, PatternError):
            raise
        why = getattr(error, "strerror", None) or str(error)
        what = f"cannot be read ({why})"
        raise PatternError(Problem(str(path), 0, "", what, "a YAML file, a list or a folder")) from None
    return text


def read_bytes(path: Path) -> bytes:
    """A regular file's bytes: a pipe or a device could go on for ever, or wait.

    RAISES (PatternError): If it is something else, or too large. (OSError): If it cannot be read.
    """

    def check(found: os.stat_result) -> None:
        if not stat.S_ISREG(found.st_mode):
            what = "a folder" if stat.S_ISDIR(found.st_mode) else "a pipe, a socket or a device"
            raise PatternError(Problem(str(path), 0, "", f"found {what}", "a file"))
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


def _too_large(path: Path, size: int) -> Problem:
    return Problem(str(path), 0, "", f"found {size:,} bytes", f"at most {MAX_BYTES:,}")
