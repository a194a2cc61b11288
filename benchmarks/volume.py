"""Many texts, several processes, one long text: memory and time, as ratios within one run.

    python benchmarks/volume.py [--texts N] [--rounds N] [--longest N] [--write]

The texts are those of speed.py, each with its number in some of its words, so that no two are the same and every text
brings words that were never seen. --write puts the tables into docs/speed.md.
"""

import itertools
import json
import sys
from collections.abc import Iterator, Sequence
from statistics import median
from time import perf_counter
from typing import Any

import report
from speed import child, resident, texts

NEW_WORDS = 5  # of each text


def distinct(count: int) -> Iterator[str]:
    """As many texts, no two the same: short ones, of three lines each, with words that no other has."""
    lines = [line for text in texts() for line in text.splitlines() if line.strip()]
    for k in range(count):
        words = " ".join(lines[(k + shift) % len(lines)] for shift in range(3)).split()
        for place in range(0, len(words), max(1, len(words) // NEW_WORDS)):
            words[place] = f"{words[place].rstrip('.,')}{_letters(k)}"
        yield " ".join(words)


def _letters(number: int) -> str:
    """A number in letters, as a word goes on: 0 > a, 27 > ba."""
    found = ""
    while True:
        number, rest = divmod(number, 26)
        found = chr(97 + rest) + found
        if not number:
            return found


def memory(count: int) -> list[list[object]]:
    """Resident memory after so many texts, in one process that sees them all."""
    rows = child("memory", str(count), script=__file__)["rows"]
    first = rows[0][1]
    return [[f"{done:,}", f"{kb / 1024:,.0f} MB", f"{(kb - first) / 1024:+,.0f} MB"] for done, kb in rows]


def processes(count: int, rounds: int) -> list[list[object]]:
    """Time of `tag_many` with one and with two processes, taking turns."""
    import turkmen_ner

    nlp = turkmen_ner.load()
    batch = list(distinct(count))
    spent: dict[int, list[float]] = {1: [], 2: []}
    for turn in range(rounds):
        for n in (1, 2) if turn % 2 else (2, 1):
            start = perf_counter()
            for _ in turkmen_ner.tag_many(batch, n_process=n, nlp=nlp):
                pass
            spent[n].append(perf_counter() - start)
    one, two = spent[1], spent[2]
    gain = median(a / b for a, b in zip(one, two, strict=True))
    return [[f"{count:,}", f"{count / median(one):,.0f}", f"{count / median(two):,.0f}", f"{gain:.2f}"]]


def lengths(longest: int, rounds: int) -> list[list[object]]:
    """Time of one text by its length; linear means that the time for a character stays."""
    import turkmen_ner

    nlp = turkmen_ner.load()
    whole = "\n".join(texts())
    sizes = [size for size in (10_000, 100_000, 1_000_000, 10_000_000) if size <= longest]
    spent: dict[int, list[float]] = {size: [] for size in sizes}
    for turn, size in itertools.product(range(rounds), sizes):
        if turn and size > 1_000_000:
            continue  # one round of the longest is enough
        text = (whole * (size // len(whole) + 1))[:size]
        start = perf_counter()
        found = turkmen_ner.tag(text, nlp=nlp)
        spent[size].append((perf_counter() - start) / size)
        assert all(text[e.start : e.end] == e.text for e in found[:5])
    base = median(spent[100_000]) if 100_000 in spent else median(spent[sizes[0]])
    return [[f"{size:,}", f"{median(own) * size:,.2f} s", f"{median(own) / base:.2f}"] for size, own in spent.items()]


def measure(what: str, more: Sequence[str]) -> dict[str, Any]:
    """The other side of `child`."""
    assert what == "memory"
    import turkmen_ner

    count = int(more[0])
    rows = []
    marks = {count * k // 10 for k in (1, 2, 4, 6, 8, 10)}
    for done, _ in enumerate(turkmen_ner.tag_many(distinct(count)), 1):
        if done in marks:
            rows.append((done, resident()))
    return {"rows": rows}


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables, and write them with --write."""
    args = report.parser(__doc__)
    args.add_argument("--texts", type=int, default=200_000, help="distinct texts for the memory (200,000)")
    args.add_argument("--many", type=int, default=20_000, help="texts for the processes (20,000)")
    args.add_argument("--longest", type=int, default=10_000_000, help="characters of the longest text (10 million)")
    opts = args.parse_args(argv)
    if opts.child:
        print(json.dumps(measure(opts.child[0], opts.child[1:])))
        return 0
    parts = [
        report.table(["texts tagged, all distinct", "resident memory", "since the first row"], memory(opts.texts)),
        report.table(["texts", "a second, 1 process", "2 processes", "gain"], processes(opts.many, opts.rounds)),
        report.table(["characters of one text", "time", "a character, to 100,000"], lengths(opts.longest, opts.rounds)),
    ]
    print("\n\n".join(parts))
    if opts.write:
        page = report.ROOT / "docs" / "speed.md"
        report.write(page, "volume", "\n\n".join([*parts, report.stamp("volume.py --write")]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
