"""Sources of patterns as layers: each is read once and laid over what came before it.

A layer is a `Run` of plain entries, or a checked file with all that a file can hold.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

from turkmen_ner.errors import PatternError
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.gazetteer.serialization import COMPILED, layers_in
from turkmen_ner.orthography.alphabet import slug
from turkmen_ner.patterns.compiler import above, check_lists, over
from turkmen_ner.patterns.files import files_of, read_text
from turkmen_ner.patterns.pattern_set import Patterns
from turkmen_ner.patterns.reader import Source, add_list, parse, read, read_yaml
from turkmen_ner.patterns.schema import PatternFile
from turkmen_ner.patterns.simple_entries import Run, document_run, run_of
from turkmen_ner.patterns.word_list import WordList, read_list

_DOCUMENT = frozenset({"patterns", "evidence", "lists", "remove"})  # one of these keys makes a mapping a document


class Checked(NamedTuple):
    """A file as rules.py has checked it, and where its `remove` stands."""

    file: PatternFile
    where: str

    def to_data(self) -> dict[str, Any]:
        """Plain values, for a compiled file."""
        file = self.file.model_dump(exclude_unset=True)
        for key in ("patterns", "evidence"):
            for row, thing in zip(file.get(key, ()), getattr(self.file, key), strict=True):
                row["source"] = thing.source
        return {"file": file, "where": self.where}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Checked":
        """The file that `to_data` described."""
        file = data["file"]
        found = {key: [row.pop("source") for row in file.get(key, ())] for key in ("patterns", "evidence")}
        checked = PatternFile.model_validate(file)
        things = {
            key: tuple(
                thing.model_copy(update={"source": source})
                for thing, source in zip(getattr(checked, key), sources, strict=True)
            )
            for key, sources in found.items()
        }
        return cls(checked.model_copy(update=things), data["where"])


Layer = Run | Checked


def laid(sources: Iterable[Source], below: Gazetteer) -> Gazetteer:
    """The gazetteer of sources, laid over what is compiled.

    RAISES (PatternError): If one is wrong; nothing is half loaded. (TypeError): For anything but paths and mappings.
    """
    sources = sources if isinstance(sources, (str, PathLike, Mapping)) else list(sources)
    try:
        return stack(layers(sources), below)
    except PatternError:
        if any(map(_is_compiled, sources)):
            raise
        made = over(read(sources, above(below)), below)  # which says all that is wrong
        check_lists(made)
        return made


def layers(sources: Iterable[Source]) -> Iterator[Layer]:
    """The layers of sources, in order.

    RAISES (PatternError): If one is wrong. (TypeError): For anything but paths and mappings.
    """
    if isinstance(sources, (str, PathLike, Mapping)):
        read(sources)  # which says what is wrong
    for are_entries, group in groupby(sources, key=_is_entry):
        if are_entries:
            yield _given({"patterns": list(group)})
            continue
        for source in group:
            if isinstance(source, Mapping):
                yield _given(source)
            elif not isinstance(source, (str, PathLike)):
                read([source])
            elif _is_compiled(source):
                yield from _compiled(Path(source))
            else:
                for path in files_of(Path(source)):
                    yield _list(path) if path.suffix == ".txt" else _document(path)


def stack(found: Iterable[Layer], below: Gazetteer) -> Gazetteer:
    """The gazetteer of all layers.

    RAISES (PatternError): If one asks for an id or a word list that does not exist.
    """
    patterns: Patterns | None = None
    for layer in found:
        if isinstance(layer, Checked):
            patterns = patterns or above(below)
            patterns.add(layer.file, layer.where)
            continue
        if patterns is not None:
            below, patterns = over(patterns, below), None
        below = layer.over(below)
    if patterns is not None:
        below = over(patterns, below)
    check_lists(below)
    return below


def _is_entry(source: Any) -> bool:
    """Whether a source is one entry as a mapping, and not a document with entries."""
    return isinstance(source, Mapping) and _DOCUMENT.isdisjoint(source)


def _is_compiled(source: Any) -> bool:
    return isinstance(source, (str, PathLike)) and Path(source).suffix == COMPILED


def _compiled(path: Path) -> list[Layer]:
    found = layers_in(path)
    try:
        return [Run.from_data(data) if "names" in data else Checked.from_data(data) for data in found]
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise PatternError(f"{path}: found other data, expected compiled patterns ({error})") from None


def _given(document: Mapping[str, Any]) -> Layer:
    return document_run(document, "<patterns>") or Checked(parse(document, "<patterns>"), "<patterns>")


def _document(path: Path) -> Layer:
    text, file = read_text(path), path.name
    if path.suffix not in (".yaml", ".yml"):
        read([path])  # which says what is wrong
    document = read_yaml(text, file)
    line = getattr(document, "lines", {}).get("remove", 0)
    return document_run(document, file) or Checked(parse(document, file), f"{file}:{line}" if line else file)


def _list(path: Path) -> Layer:
    words, file = read_list(read_text(path), path.stem), path.name
    if words.label is not None and (run := _names(words, file)) is not None:
        return run
    patterns = Patterns()
    add_list(patterns, words, file)
    entries = tuple(patterns.entries.values())
    return Checked(PatternFile.model_construct(patterns=entries, lists=patterns.lists), file)


def _names(words: WordList, file: str) -> Run | None:
    head = slug(words.name)
    rows = [{"pattern": word, "id": f"{head}.{slug(word)}"} for word, _ in words.words]
    return run_of(rows, file, words.label, lambda number, row: words.words[number][1])
