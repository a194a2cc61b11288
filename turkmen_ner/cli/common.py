"""What several commands need: the pipeline, the texts, and reports of what is wrong."""

import os
import shutil
import stat
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import typer

from turkmen_ner.cli.options import Labels
from turkmen_ner.corpus.documents import STDIN, InputError, Text, documents, expand, number_of
from turkmen_ner.errors import one_line


def failure(message: str) -> typer.Exit:
    """Say what is wrong on standard error; exit code 1."""
    typer.echo(message, err=True)
    return typer.Exit(1)


def note(message: str) -> None:
    """Say on standard error what was skipped."""
    typer.echo(one_line(message), err=True)


@contextmanager
def reported() -> Iterator[None]:
    """A text or pattern file that is wrong is reported on standard error; exit code 1."""
    from turkmen_ner.errors import PatternError

    try:
        yield
    except (InputError, PatternError) as error:
        raise failure(str(error)) from None


class Texts(Iterable[str]):
    """The texts of a corpus, one after the other; a progress bar asks for their number, where that is known."""

    def __init__(self, texts: Iterable[str], number: int | None) -> None:
        self._texts, self._number = texts, number

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __length_hint__(self) -> int:
        return self._number if self._number is not None else NotImplemented


def texts_of(files: Sequence[str] | None, field: str | None, encoding: str | None, notation: bool) -> Texts:
    """The texts of a corpus; a missing file is reported at once, and one that is wrong ends it."""
    paths = expand(files or [STDIN], skip=note)
    found = (text for _, text in documents(paths, field=field, encoding=encoding, notation=notation))
    return Texts(found, number_of(paths, field))


def width() -> int:
    """Columns of the terminal; no limit where the output goes to a file or a pipe."""
    return shutil.get_terminal_size((120, 24)).columns if sys.stdout.isatty() else 2**30


def existing(paths: Sequence[Path]) -> list[str]:
    """The paths as strings. RAISES (InputError): For those that are missing."""
    missing = [f"{path}: no such file or folder" for path in paths if not path.exists()]
    if missing:
        raise InputError(*missing)
    return [str(path) for path in paths]


def pipeline(
    patterns: Sequence[Path] | None, infer: bool, labels: Labels, lenient: bool = False, min_score: float = 0.0
) -> Any:
    """The pipeline that the options ask for."""
    from turkmen_ner.api import load

    return load(
        patterns=existing(patterns or ()),
        infer=infer,
        labels=labels.value,
        spelling="lenient" if lenient else "strict",
        min_score=min_score,
    )


def known_labels(given: Sequence[str] | None, known: Collection[str]) -> list[str] | None:
    """The labels of --label as they are written in `known`, in whatever case they are given.

    RAISES (BadParameter): For one that is not known, with the nearest one that is.
    """
    if not given:
        return None
    written = {label.casefold(): label for label in known}
    for label in given:
        if label.casefold() not in written:
            near = get_close_matches(label.casefold(), written, n=1, cutoff=0.5)
            hint = f"did you mean {written[near[0]]}? " if near else ""
            listed = ", ".join(sorted(known))
            raise typer.BadParameter(
                f"{label!r} is no label here; {hint}expected one of {listed}", param_hint="--label"
            )
    return [written[label.casefold()] for label in given]


def shows_progress() -> bool:
    """Whether somebody looks at standard error."""
    return sys.stderr is not None and sys.stderr.isatty()


# --- what is read is not written -------------------------------------------------------------------------------------


def refuse_overwriting(output: Path | None, read: Iterable[str | Path]) -> None:
    """Refuse an output that is one of the files that are read, under whatever name; of a folder each .txt and .ann.

    RAISES (BadParameter): If it is.
    """
    sources = {same: path for path in read if (same := _identity(path)) is not None}
    if output is None:
        if sys.stdout is not None and (same := _identity(1)) in sources:
            raise typer.BadParameter(f"{one_line(str(sources[same]))} is read and is standard output, too")
    elif output.is_dir():
        _refuse((path for path in output.iterdir() if path.suffix.lower() in (".txt", ".ann")), sources)
    else:
        _refuse([output], sources)


def _refuse(targets: Iterable[Path], sources: Collection[tuple[int, int]]) -> None:
    for target in targets:
        if _identity(target) in sources:
            raise typer.BadParameter(
                f"{one_line(str(target))} is among the texts and patterns, expected another path", param_hint="--output"
            )


def files_read(paths: Iterable[str], patterns: Iterable[Path] | None) -> Iterator[str | Path]:
    """The files that a command reads: texts, patterns and all in folders of patterns."""
    yield from (path for path in paths if not isinstance(path, Text))
    for given in patterns or ():
        yield from given.rglob("*") if given.is_dir() else [given]


def _identity(file: str | Path | int) -> tuple[int, int] | None:
    """What says whether two files are one: device and number. None for what is no ordinary file."""
    try:
        found = os.stat(0 if file == STDIN and sys.stdin is not None else file)
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None
