"""Robustness: the same articles as they are pasted from elsewhere, and what the score loses.

    python benchmarks/robustness.py [GOLD.jsonl ...] [--write]

Each document is changed character by character - its lines wrapped, its letters in capitals or in small letters, its
letters and signs as entities of HTML, its paragraphs as items of a list - and its gold mentions go along. Without files
the articles of seeds/ are taken. --write puts the table into docs/quality.md.
"""

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from html.entities import codepoint2name
from itertools import accumulate
from pathlib import Path

import report
import scoring

import turkmen_ner
from turkmen_ner.corpus.evaluation import Compared, Document, compare, read_gold

WIDTH = 40  # characters of a wrapped line
_SENTENCE = re.compile(r"(?<=[.!?]) (?=\w)")
Change = Callable[[str], list[str]]  # a text to what stands for each of its characters


def plain(text: str) -> list[str]:
    """The text itself."""
    return list(text)


def wrapped(text: str) -> list[str]:
    r"""Lines of at most WIDTH characters.

    >>> "".join(wrapped("Prezident düýn irden Saud Arabystanyna gitdi."))
    'Prezident düýn irden Saud Arabystanyna\ngitdi.'
    """
    found = list(text)
    start, space = 0, -1
    for k, char in enumerate([*found, "\n"]):
        if char in " \n" and k - start > WIDTH and space > start:
            found[space] = "\n"
            start = space + 1
        if char == "\n":
            start, space = k + 1, -1
        elif char == " ":
            space = k
    return found


def capitals(text: str) -> list[str]:
    """All in capitals."""
    return [char.upper() for char in text]


def small(text: str) -> list[str]:
    """All in small letters."""
    return [char.lower() for char in text]


def entities(text: str) -> list[str]:
    """The letters of Latin-1 and the signs as entities of HTML, and the space before every third word a hard one.

    >>> "".join(entities("«Türkmen ili»"))
    '&laquo;T&uuml;rkmen ili&raquo;'
    """
    found, spaces = [], 0
    for char in text:
        spaces += char == " "
        name = codepoint2name.get(ord(char), "")
        hard = char == " " and spaces % 3 == 0
        found.append("&nbsp;" if hard else f"&{name};" if name and (char == '"' or char > "\x80") else char)
    return found


def listed(text: str) -> list[str]:
    """Every sentence as an item of a numbered list on a line of its own."""
    found = list(text)
    starts = [0, *(m.end() for m in _SENTENCE.finditer(text)), *(m.end() for m in re.finditer(r"\n(?=\w)", text))]
    for number, start in enumerate(sorted(set(starts)), 1):
        if start < len(found):
            if start and found[start - 1] == " ":
                found[start - 1] = "\n"
            found[start] = f"{number}) {found[start]}"
    return found


CHANGES: dict[str, tuple[Change, dict[str, str]]] = {
    "as written": (plain, {}),
    f"wrapped at {WIDTH} characters": (wrapped, {}),
    "in capitals": (capitals, {}),
    'in small letters, spelling="lenient"': (small, {"spelling": "lenient"}),
    "with HTML entities": (entities, {}),
    "as a numbered list": (listed, {}),
}


def changed(document: Document, change: Change) -> Document:
    """The document with what `change` makes of its text, its spans moved along.

    RAISES (ValueError): If a span would begin inside a mark that was put before it.
    """
    parts = change(document.text)
    at = list(accumulate(map(len, parts), initial=0))
    spans = []
    for start, end, label in document.spans:
        skip = len(parts[start]) - len(parts[start].rpartition(" ")[2])  # 1) Aşgabat
        spans.append((at[start] + skip, at[end], label))
    return Document(document.id, "".join(parts), tuple(spans))


def score(documents: Sequence[Document], change: Change, settings: dict[str, str]) -> scoring.Count:
    """The counts of one change, coarse labels."""
    nlp = turkmen_ner.load(**settings)
    runs: list[Compared] = []
    for document in documents:
        made = changed(document, change)
        found = [(e.start, e.end, e.label) for e in turkmen_ner.tag(made.text, nlp=nlp)]
        runs.append(compare(made, found, labels=scoring.FINE))
    return scoring.total(runs)["coarse"]


def table(documents: Sequence[Document]) -> str:
    """A row for each change."""
    rows: list[list[object]] = []
    for name, (change, settings) in CHANGES.items():
        count = score(documents, change, settings)
        rows.append([name, f"{count.precision:.3f}", f"{count.recall:.3f}", f"{count.f1:.3f}"])
    return report.table(["text", "P", "R", "F1"], rows)


def main(argv: Sequence[str] | None = None) -> int:
    """The command line."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("gold", nargs="*", type=Path)
    args.add_argument("--write", action="store_true", help="write the table into docs/quality.md")
    opts = args.parse_args(argv)
    paths = opts.gold or sorted((report.ROOT / "seeds").glob("*.txt"))
    rows = table([document for path in paths for document in read_gold(path)])
    print(rows)
    if opts.write:
        report.write(report.ROOT / "docs" / "quality.md", "robustness", f"{rows}\n\n{report.stamp('robustness.py')}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
