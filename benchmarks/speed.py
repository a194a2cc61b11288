"""Speed and memory, as ratios within one run: both sides take turns, and the median of the rounds is what counts.

    python benchmarks/speed.py [--tokens N] [--rounds N] [--write]

The text is that of ../shared/gold/dev.jsonl, else of seeds/, repeated to N tokens (200,000). --write puts the
tables into docs/speed.md.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import report
import spacy
from spacy.tokens import Span

GOLD = report.ROOT.parent / "shared" / "gold" / "dev.jsonl"
SENTENCE = "Ibrahim Kalyn Bengazide Halife Haftar bilen gürleşdi."
BARE = f"import spacy; spacy.blank('xx')({SENTENCE!r})"
OURS = f"import turkmen_ner; turkmen_ner.tag({SENTENCE!r})"


def texts() -> list[str]:
    """Distinct texts to measure on."""
    if GOLD.is_file():
        return [json.loads(line)["text"] for line in GOLD.read_text(encoding="utf8").splitlines()]
    from turkmen_ner.corpus.bracket_notation import strip

    return [strip(path.read_text(encoding="utf8")) for path in sorted((report.ROOT / "seeds").glob("[0-9]*.txt"))]


def pipelines() -> dict[str, Callable[[], Any]]:
    """What is compared: a maker for each."""
    import turkmen_ner

    return {
        'bare `spacy.blank("xx")`': lambda: spacy.blank("xx"),
        'bare `spacy.blank("tk")`': lambda: spacy.blank("tk"),
        "tk + turkmen_ner, lists only": lambda: turkmen_ner.load(infer=False),
        "tk + turkmen_ner, everything": lambda: turkmen_ner.load(),
    }


class Known:
    """Sets entities that are known beforehand: what spaCy takes for that is a bound that no way of finding can pass."""

    def __init__(self, nlp: Any, documents: Sequence[str]) -> None:
        self.bare = nlp.__class__(nlp.vocab)
        self.known = {
            text: [(ent.start, ent.end, ent.label, ent.kb_id, ent.id) for ent in doc.ents]
            for text, doc in zip(documents, nlp.pipe(documents), strict=True)
        }

    def pipe(self, documents: Sequence[str]) -> Iterator[Any]:
        """The documents with their entities and nothing else: no base forms, features or sources."""
        for text, doc in zip(documents, self.bare.pipe(documents), strict=True):
            rows = self.known[text]
            doc.set_ents([Span(doc, i, j, label=label, kb_id=kb, span_id=name) for i, j, label, kb, name in rows])
            yield doc


def seconds(nlp: Any, documents: Sequence[str]) -> float:
    """The time of one pass of `nlp.pipe`."""
    start = perf_counter()
    for _ in nlp.pipe(documents):
        pass
    return perf_counter() - start


# --- measures ------------------------------------------------------------------------------------------------------


def throughput(documents: Sequence[str], tokens: int, rounds: int) -> list[list[object]]:
    """Tokens a second of each pipeline, and the ratios to the bare ones.

    All are given the same tokens, those of `tk`: a ratio of speeds is a ratio of times. Each round begins with another.
    """
    made = {name: make() for name, make in pipelines().items()}
    made["bare tk, entities known beforehand"] = Known(made["tk + turkmen_ner, everything"], documents)
    once = sum(len(doc) for doc in made['bare `spacy.blank("tk")`'].pipe(documents))
    times = -(-tokens // once)
    repeated = list(documents) * times
    for nlp in made.values():
        seconds(nlp, documents)
    spent: dict[str, list[float]] = {name: [] for name in made}
    for turn in range(rounds):
        names = list(made)
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            spent[name].append(seconds(made[name], repeated))
    xx, tk = spent['bare `spacy.blank("xx")`'], spent['bare `spacy.blank("tk")`']
    return [[name, f"{once * times / median(own):,.0f}", ratio(xx, own), ratio(tk, own)] for name, own in spent.items()]


def ratio(one: Sequence[float], other: Sequence[float]) -> str:
    """The median of the rounds' ratios."""
    return f"{median(a / b for a, b in zip(one, other, strict=True)):.2f}"


def cold(rounds: int) -> list[list[object]]:
    """One pass over texts whose words were never seen, in a new process each round."""
    rows = [child("cold", str(turn % 2)) for turn in range(rounds)]
    xx, tk, ours = ([row[key] for row in rows] for key in ("xx", "tk", "ours"))
    tokens = rows[0]["tokens"]
    return [
        [name, f"{tokens / median(own):,.0f}", ratio(xx, own), ratio(tk, own)]
        for name, own in (("cold: bare xx", xx), ("cold: bare tk", tk), ("cold: tk + turkmen_ner, everything", ours))
    ]


def starts(rounds: int) -> list[list[object]]:
    """Wall time of a new process that tags one sentence, against one that makes `spacy.blank("xx")` and calls it."""
    spent: dict[str, list[float]] = {BARE: [], OURS: []}
    for turn in range(rounds):
        for code in (BARE, OURS) if turn % 2 else (OURS, BARE):
            start = perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            spent[code].append(perf_counter() - start)
    bare, ours = (median(spent[code]) * 1000 for code in (BARE, OURS))
    return [["cold start of a process", f"{ours:,.0f} ms", f"{bare:,.0f} ms", ratio(spent[OURS], spent[BARE])]]


def sizes(rounds: int) -> list[list[object]]:
    """Import and load times, and resident memory after one sentence and after all texts, over bare spaCy."""
    ours, bare = [child("load") for _ in range(rounds)], [child("bare") for _ in range(rounds)]
    factory = median(child("factory")["seconds"] for _ in range(rounds)) * 1000
    rows: list[list[object]] = [["import of the factory, spaCy imported", f"{factory:,.1f} ms", "–", ""]]
    load = [median(row["seconds"] for row in side) * 1000 for side in (ours, bare)]
    rows.append(["load time, spaCy imported", f"{load[0]:,.0f} ms", f"{load[1]:,.0f} ms", ""])
    for key, what in (("loaded", "memory, one sentence tagged"), ("used", "memory, all texts tagged")):
        mine, base = (median(row[key] for row in side) / 1024 for side in (ours, bare))
        rows.append([what, f"{mine:,.0f} MB", f"{base:,.0f} MB", f"+{mine - base:,.0f} MB"])
    return rows


# --- in a process of its own ---------------------------------------------------------------------------------------


def child(what: str, *more: str, script: str = __file__) -> dict[str, Any]:
    """What a script measures in a new process."""
    command = [sys.executable, script, "--child", what, *more]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"})
    return dict(json.loads(done.stdout))


def resident() -> int:
    """Resident memory of this process in kB; 0 where the system has no /proc."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.is_file() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def measure(what: str, more: Sequence[str]) -> dict[str, Any]:
    """The other side of `child`."""
    if what == "factory":  # what every pipeline pays where the package is installed, of whatever language it is
        start = perf_counter()
        import turkmen_ner.pipeline.factory

        return {"seconds": perf_counter() - start}
    documents = texts()
    if what == "cold":
        made = dict(zip(("xx", "tk", "lists", "ours"), pipelines().values(), strict=True))
        names = ["xx", "tk", "ours"][:: -1 if more[0] == "1" else 1]
        pipes = {name: made[name]() for name in names}
        for nlp in pipes.values():
            nlp(SENTENCE)  # what is read at first use belongs to the load time
        spent: dict[str, Any] = {name: seconds(nlp, documents) for name, nlp in pipes.items()}
        return {**spent, "tokens": sum(len(doc) for doc in pipes["tk"].pipe(documents))}
    start = perf_counter()
    if what == "load":
        import turkmen_ner

        nlp = turkmen_ner.load()
    else:
        nlp = spacy.blank("xx")
    nlp(SENTENCE)
    spent = {"seconds": perf_counter() - start, "loaded": resident()}
    seconds(nlp, documents)
    return {**spent, "used": resident()}


# --- the command ---------------------------------------------------------------------------------------------------


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables, and write them with --write."""
    args = report.parser(__doc__)
    args.add_argument("--tokens", type=int, default=200_000, help="tokens in a round (200,000)")
    opts = args.parse_args(argv)
    if opts.child:
        print(json.dumps(measure(opts.child[0], opts.child[1:])))
        return 0
    rows = throughput(texts(), opts.tokens, opts.rounds) + cold(opts.rounds)
    parts = [
        report.table(["`nlp.pipe`", "tokens a second", "of bare xx", "of bare tk"], rows),
        report.table(["", "turkmen_ner", "bare xx", "ratio"], starts(opts.rounds) + sizes(opts.rounds)),
    ]
    print("\n\n".join(parts))
    if opts.write:
        line = report.stamp("speed.py --write")
        report.write(report.ROOT / "docs" / "speed.md", "speed", "\n\n".join([*parts, line]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
