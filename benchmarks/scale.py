"""What longer lists cost: speed, load time and memory with further names, and other ways to look names up.

    python benchmarks/scale.py [--names N ...] [--tools N ...] [--rounds N] [--limit SECONDS] [--write]

--names (100,000 and 1,000,000) are laid over the shipped ones; --tools (300, 3,000 and 20,000) are given to each way
of looking up names, alone, in a process of its own that is stopped after --limit seconds (120). --write puts the
tables into docs/speed.md.
"""

import gc
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, NamedTuple

import report
import spacy
from speed import child, ratio, resident, seconds, sizes, starts, texts

import turkmen_ner
from turkmen_ner.patterns.shipped import compile_patterns
from turkmen_ner.patterns.word_list import read_list

Span = tuple[int, int]
Find = Callable[[Iterable[str]], Iterator[list[Span]]]

SYLLABLES = [c + v for c in "bdgklmnprstwşçýz" for v in "aeiouyäöü"]
CASES = ("Nom", "Gen", "Dat", "Acc", "Loc", "Abl")
ASKED = 300  # names whose forms are looked for
KB = 1024


# --- names ---------------------------------------------------------------------------------------------------------


@cache
def _parts() -> tuple[list[str], list[str]]:
    """Given names and surnames of the shipped lists."""
    folder = report.ROOT / "patterns" / "lists"
    return tuple(
        [
            word
            for kind in ("turkmen", "world")
            for word, _ in read_list((folder / f"{what}-{kind}.txt").read_text(encoding="utf8"), what).words
        ]
        for what in ("given-names", "surnames")
    )  # type: ignore[return-value]


def names(count: int) -> list[str]:
    """So many names, half of persons, whose first words stand in any text, half made up; always the same.

    >>> len(set(names(1000)))
    1000
    """
    random = Random(1)
    given, surnames = _parts()
    found: dict[str, None] = {}
    while len(found) < count:
        if len(found) % 2:
            found[f"{random.choice(given)} {random.choice(surnames)}"] = None
        else:
            found["".join(random.choices(SYLLABLES, k=random.choice((3, 4)))).capitalize()] = None
    return list(found)


def entries(count: int) -> list[dict[str, str]]:
    """The names as entries."""
    return [
        {"id": f"x{number}", "label": "PERSON" if " " in name else "CITY", "pattern": name}
        for number, name in enumerate(names(count))
    ]


def forms(name: str) -> set[str]:
    """Forms that a list without morphology has to hold: six cases in both numbers, with three possessors."""
    return {
        turkmen_ner.inflect(name, case=case, number=number, possessor=possessor)
        for case in CASES
        for number in ("Sing", "Plur")
        for possessor in (None, "3", "1pl")
    }


def mentions(count: int) -> list[tuple[str, Span]]:
    """Sentences with an inflected name of the list, and where it stands."""
    random = Random(2)
    found = []
    for name in random.sample(names(count), min(ASKED, count)):
        form = turkmen_ner.inflect(name, case=random.choice(CASES))
        found.append((f"Bu barada {form} hakda aýdyldy.", (10, 10 + len(form))))
    return found


# --- ways to look names up -----------------------------------------------------------------------------------------


class Row(NamedTuple):
    """An entry as each way is given it: with all its forms, or with its base form alone."""

    id: str
    label: str
    forms: list[str]


def rows_of(count: int, inflected: bool) -> list[Row]:
    """The names as rows."""
    return [
        Row(e["id"], e["label"], sorted(forms(e["pattern"])) if inflected else [e["pattern"]]) for e in entries(count)
    ]


def _pipeline(nlp: Any, spans: Callable[[Any], Iterable[Any]]) -> Find:
    return lambda given: ([(s.start_char, s.end_char) for s in spans(doc)] for doc in nlp.pipe(given))


def _ruler(rows: Sequence[Row], factory: str) -> Find:
    nlp = spacy.blank("tk")
    ruler: Any = nlp.add_pipe(factory)
    ruler.add_patterns([{"label": row.label, "id": row.id, "pattern": form} for row in rows for form in row.forms])
    return _pipeline(nlp, lambda doc: doc.ents if factory == "entity_ruler" else doc.spans["ruler"])


def _aho_corasick(rows: Sequence[Row]) -> Find:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for row in rows:
        for form in row.forms:
            automaton.add_word(form, (row.id, len(form)))
    automaton.make_automaton()

    def whole(text: str, start: int, end: int) -> bool:
        return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())

    def find(given: Iterable[str]) -> Iterator[list[Span]]:
        for text in given:
            ends = ((last + 1 - length, last + 1) for last, (_, length) in automaton.iter_long(text))
            yield [(start, end) for start, end in ends if whole(text, start, end)]

    return find


def _flashtext(rows: Sequence[Row]) -> Find:
    import flashtext

    processor = flashtext.KeywordProcessor(case_sensitive=True)
    processor.non_word_boundaries = {*processor.non_word_boundaries, *"äçžňöşüýÄÇŽŇÖŞÜÝ"}  # else words end at these
    for row in rows:
        for form in row.forms:
            processor.add_keyword(form, row.id)

    def find(given: Iterable[str]) -> Iterator[list[Span]]:
        for text in given:
            yield [(start, end) for _, start, end in processor.extract_keywords(text, span_info=True)]

    return find


def _ours(rows: Sequence[Row]) -> Find:
    given = [{"id": row.id, "label": row.label, "pattern": row.forms[0]} for row in rows]
    nlp = turkmen_ner.load(patterns=given, shipped=False, infer=False)
    return _pipeline(nlp, lambda doc: doc.ents)


TOOLS: dict[str, tuple[str, bool, Callable[[Sequence[Row]], Find]]] = {  # title, whether it needs the forms, maker
    "entity_ruler": ("spaCy `EntityRuler`, forms", True, lambda rows: _ruler(rows, "entity_ruler")),
    "span_ruler": ("spaCy `SpanRuler`, forms", True, lambda rows: _ruler(rows, "span_ruler")),
    "aho_corasick": ("pyahocorasick, forms", True, _aho_corasick),
    "flashtext": ("flashtext, forms", True, _flashtext),
    "flashtext_bare": ("flashtext, base forms", False, _flashtext),
    "ours": ("turkmen_ner, base forms", False, _ours),
}


def recall(find: Find, asked: Sequence[tuple[str, Span]]) -> float:
    """The share of the mentions that are found as they stand, with their suffix."""
    found = find([text for text, _ in asked])
    return sum(span in spans for (_, span), spans in zip(asked, found, strict=True)) / len(asked)


def tool(name: str, count: int, rounds: int) -> dict[str, float]:
    """One way, in a process of its own."""
    _, inflected, make = TOOLS[name]
    rows, documents = rows_of(count, inflected), texts()
    turkmen_ner.load(shipped=False)  # what is imported and read once is no part of the list
    gc.collect()
    before, start = resident(), perf_counter()
    find = make(rows)
    loaded = perf_counter() - start
    used = resident() - before
    list(find(documents))
    spent = []
    for _ in range(rounds):
        start = perf_counter()
        list(find(documents))
        spent.append(perf_counter() - start)
    tokens = sum(len(doc) for doc in spacy.blank("tk").pipe(documents))
    return {
        "load": loaded,
        "memory": used / KB,
        "speed": tokens / median(spent),
        "recall": recall(find, mentions(count)),
    }


def limited(name: str, count: int, rounds: int, limit: float) -> dict[str, float] | None:
    """The same, None when it takes too long."""
    command = [sys.executable, __file__, "--child", "tool", name, str(count), str(rounds)]
    try:
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return None
    return dict(json.loads(done.stdout))


def side_by_side(counts: Sequence[int], rounds: int, limit: float) -> list[list[object]]:
    """A row for each way and number of names."""
    rows: list[list[object]] = []
    for count in counts:
        for name, (title, *_) in TOOLS.items():
            found = limited(name, count, rounds, limit)
            row: list[object] = [f"> {limit:.0f} s", "", "", ""]
            if found is not None:
                load, memory = f"{found['load']:.2f} s", f"{found['memory']:,.0f} MB"
                row = [load, memory, f"{found['speed']:,.0f}", f"{found['recall']:.2f}"]
            rows.append([title, f"{count:,}", *row])
    return rows


# --- further names over the shipped --------------------------------------------------------------------------------


def loading(way: str, count: int, path: str) -> dict[str, float]:
    """Load time and memory of the default pipeline with further names, in a process of its own.

    way (str): `file`, `dicts` or `none`; `one` entry or none `again`, in a process that has the shipped names.
    """
    if way in ("one", "again"):
        turkmen_ner.load()
    given: list[Any] = entries(count) if way in ("dicts", "one") else [path] if way == "file" else []
    spacy.blank("tk")
    gc.collect()
    before, start = resident(), perf_counter()
    nlp = turkmen_ner.load(patterns=given)
    spent = perf_counter() - start
    nlp("Ibrahim Kalyn Bengazide Halife Haftar bilen gürleşdi.")
    return {"seconds": spent, "kB": resident() - before}


def pace(path: str, rounds: int) -> dict[str, list[float]]:
    """The times of passes without and with the names of a file, taking turns, in a process of its own."""
    pipes = {"without": turkmen_ner.load(), "with": turkmen_ner.load(patterns=[path])}
    documents = texts() * 3
    for nlp in pipes.values():
        seconds(nlp, documents)
    gc.collect()
    spent: dict[str, list[float]] = {name: [] for name in pipes}
    for turn in range(rounds):
        for name in list(pipes)[:: -1 if turn % 2 else 1]:
            spent[name].append(seconds(pipes[name], documents))
    return spent


def _child(what: str, *more: object) -> dict[str, Any]:
    return child(what, *map(str, more), script=__file__)


def further(counts: Sequence[int], rounds: int) -> list[list[object]]:
    """A row for each number of further names."""
    none = _child("load", "none", 0, "-")
    rows = []
    with TemporaryDirectory() as folder:
        for count in counts:
            path = str(Path(folder) / f"{count}.msgpack")
            compiled = _child("compile", count, path)
            dicts, file = _child("load", "dicts", count, "-"), _child("load", "file", count, path)
            spent = _child("pace", path, rounds)
            bytes_ = [(way["kB"] - none["kB"]) * KB / count for way in (dicts, file)]
            rows.append(
                [
                    f"{count:,}",
                    ratio(spent["without"], spent["with"]),
                    f"{dicts['seconds']:.1f} s",
                    f"{file['seconds']:.1f} s",
                    f"{bytes_[0]:,.0f} B",
                    f"{bytes_[1]:,.0f} B",
                    f"{Path(path).stat().st_size / KB**2:,.0f} MB",
                    f"{compiled['seconds']:.0f} s",
                ]
            )
    return rows


def beginnings(rounds: int) -> list[list[object]]:
    """What a process with the default pipeline costs, and an entry of one's own over it."""
    again = [_child("load", "again", 0, "-")["seconds"] * 1000 for _ in range(rounds)]
    one = [_child("load", "one", 1, "-")["seconds"] * 1000 for _ in range(rounds)]
    extra = f"+{median(one) - median(again):,.0f} ms"
    row = ["a second pipeline, with an entry of one's own", f"{median(one):,.0f} ms", f"{median(again):,.0f} ms", extra]
    return [*starts(rounds), *sizes(rounds)[1:], row]


# --- the command ---------------------------------------------------------------------------------------------------

FURTHER = [
    "further names", "speed of that without", "load: dicts", "load: compiled", "a name, dicts", "a name, compiled",
    "file", "compiling",
]  # fmt: skip
SIDE = ["", "names", "load", "memory", "tokens a second", "inflected mentions found"]


def measure(what: str, more: Sequence[str]) -> Mapping[str, Any]:
    """The other side of `child`."""
    if what == "tool":
        return tool(more[0], int(more[1]), int(more[2]))
    if what == "pace":
        return pace(more[0], int(more[1]))
    if what == "compile":
        start = perf_counter()
        compile_patterns(entries(int(more[0])), more[1])
        return {"seconds": perf_counter() - start}
    return loading(more[0], int(more[1]), more[2])


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables, and write them with --write."""
    args = report.parser(__doc__)
    args.add_argument("--names", type=int, nargs="*", default=[100_000, 1_000_000], help="further names")
    args.add_argument("--tools", type=int, nargs="*", default=[300, 3_000, 20_000], help="names for each tool")
    args.add_argument("--limit", type=float, default=120, help="seconds for a tool (120)")
    opts = args.parse_args(argv)
    if opts.child:
        print(json.dumps(measure(opts.child[0], opts.child[1:])))
        return 0
    parts = []
    if opts.names:
        parts.append(report.table(FURTHER, further(opts.names, opts.rounds)))
    if opts.tools:
        parts.append(report.table(SIDE, side_by_side(opts.tools, opts.rounds, opts.limit)))
    parts.append(report.table(["", "turkmen_ner", "bare", ""], beginnings(opts.rounds)))
    print("\n\n".join(parts))
    if opts.write:
        report.write(
            report.ROOT / "docs" / "speed.md", "scale", "\n\n".join([*parts, report.stamp("scale.py --write")])
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
