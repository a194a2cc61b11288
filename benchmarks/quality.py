"""Quality: precision, recall and F1 on gold documents, by label, by stage, and with the gold names off the lists.

    python benchmarks/quality.py [GOLD.jsonl ...] [--blind] [--write]

Without files: those of ../shared/gold where they exist. The articles of seeds/ are always scored too.
--blind adds scores with every list entry taken out, whole, that has a form equal to a gold mention of PERSON, CITY,
REGION, BODY or SHIP: what the rules find by themselves. --write puts the tables into docs/quality.md.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import report
import scoring
from spacy.language import Language

import turkmen_ner
from turkmen_ner.api import component
from turkmen_ner.corpus.evaluation import ALL, Compared, Document, Words, compare, read_gold, schemes
from turkmen_ner.recognition import document, tagger
from turkmen_ner.recognition.text import Text

GOLD = report.ROOT.parent / "shared" / "gold"
SETS = ("seed.jsonl", "dev.jsonl", "native.jsonl", "native-check.jsonl")  # the last is scored, never read
BLINDED = frozenset({"PERSON", "CITY", "REGION", "BODY", "SHIP"})  # the countries of the world are a closed list
Tag = Callable[[str], Iterable[Any]]

EXAMPLES = report.ROOT / "benchmarks" / "error-kinds.tsv"  # an invented sentence for each kind of error


# --- runs ----------------------------------------------------------------------------------------------------------


def data_sets(paths: Sequence[Path], seeds: Sequence[Path]) -> dict[str, list[Document]]:
    """What is scored, by name."""
    sets = {path.name: list(read_gold(path)) for path in paths}
    if seeds:
        sets["seeds/*.txt"] = [one for path in seeds for one in read_gold(path)]
    return sets


def run(documents: Sequence[Document], tag: Tag) -> list[Compared]:
    """Tag and compare."""
    return [compare(d, [(e.start, e.end, e.label) for e in tag(d.text)], labels=scoring.FINE) for d in documents]


def tagger_of(**settings: Any) -> Tag:
    nlp = turkmen_ner.load(**settings)
    return lambda text: turkmen_ner.tag(text, nlp=nlp)


def without(ids: Sequence[str], **settings: Any) -> Language:
    """A pipeline that lacks entries, and does not silence their names as one with `remove` does."""
    nlp = turkmen_ner.load(patterns=[{"remove": list(ids)}] if ids else [], **settings)
    component(nlp).tagger.stops = None
    return nlp


@contextmanager
def switched(module: ModuleType, **values: Any) -> Iterator[None]:
    """Other values for names of a module; the library has no switch for a stage, nobody needs one there.

    RAISES (AttributeError): If a name is gone: the steps have changed, and so must `stages`.
    """
    before = {name: getattr(module, name) for name in values}
    try:
        for name, value in values.items():
            setattr(module, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(module, name, value)


def _all_persons(text: Any, mentions: Sequence[Any], infer: bool) -> None:
    """Instead of `decide`: listed names keep their label, all candidates are persons, the commonest label."""
    for mention in mentions:
        mention.label = mention.entry.label if mention.entry is not None else "PERSON"


def stages(documents: Sequence[Document]) -> dict[str, list[Compared]]:
    """The runs with one stage after the other switched on."""
    everything = tagger_of()
    rows = {"lists only": run(documents, tagger_of(infer=False))}
    with switched(tagger, decide=_all_persons):
        rows["+ finding (all persons)"] = run(documents, everything)
    alone: dict[str, Any] = {
        "ECHO": 0.0,
        "_person_parts": lambda *_: {},
        "_place_parts": lambda *_: None,
        "_coordinate": lambda *_: None,
    }
    with switched(document, **alone):
        rows["+ typing"] = run(documents, everything)
    rows["+ document"] = run(documents, everything)
    return rows


def blinded(documents: Sequence[Document]) -> list[str]:
    """The ids of the list entries that have a form equal to a gold mention of a label in BLINDED."""
    shipped = component(turkmen_ner.load()).tagger
    gone: dict[str, None] = {}
    for doc in documents:
        words = Words(doc.text)
        for start, end, label in doc.spans:
            if label in BLINDED:
                start, end = words.touched(start, end)
                cut = Text(shipped.lexicon, doc.text[start:end])
                found = cut.listed(0) if len(cut) else []
                gone |= {shipped.gazetteer.entries[m.form.entry].id: None for stop, m in found if stop == len(cut)}
    return list(gone)


# --- tables --------------------------------------------------------------------------------------------------------


def by_label(runs: dict[str, list[Compared]]) -> str:
    """Precision, recall, F1 of each label in each run."""
    rows = []
    for name in (*scoring.FINE, "span only", "fine", "coarse"):
        row = [name]
        for compared in runs.values():
            count = scoring.total(compared)[name]
            row += [f"{count.precision:.3f}", f"{count.recall:.3f}", f"{count.f1:.3f}", f"{count.gold}"]
            if not count.gold:
                row[-4:] = ["–"] * 3 + ["0"]
        rows.append(row)
    head = ["label"]
    for name in runs:
        head += [f"{name} P", "R", "F1", "gold"]
    return report.table(head, rows)


def summary(runs: dict[str, list[Compared]], samples: int, gone: dict[str, int]) -> str:
    """One row for each run."""
    rows = []
    for name, compared in runs.items():
        totals = scoring.total(compared)
        parts = [scoring.counts(c)["coarse"] for c in compared]
        low, high = scoring.interval(parts, samples=samples)
        spread = f"{low:.3f} – {high:.3f}" if len(parts) > 1 else "–"
        coarse, fine, spans = (f"{totals[key].f1:.3f}" for key in ("coarse", "fine", "span only"))
        rows.append([name, len(parts), totals["fine"].gold, coarse, spread, fine, spans, gone.get(name, "")])
    head = "documents | number | mentions | coarse F1 | 95 % interval | fine F1 | span only F1 | entries taken out"
    return report.table(head.split(" | "), rows)


def by_stage(rows: dict[str, list[Compared]]) -> str:
    """What each stage adds."""
    lines = []
    for name, compared in rows.items():
        totals = scoring.total(compared)
        line: list[str] = [name]
        for key in ("span only", "coarse"):
            line += [f"{totals[key].precision:.3f}", f"{totals[key].recall:.3f}", f"{totals[key].f1:.3f}"]
        lines.append(line)
    return report.table(["stage", "span only P", "R", "F1", "coarse P", "R", "F1"], lines)


def boundaries(runs: dict[str, list[Compared]]) -> str | None:
    """Boundary against type errors as nervaluate counts them; None when it is not installed."""
    rows: list[list[object]] = []
    try:
        for name, compared in runs.items():
            for _, scheme, *numbers, p, r, f1 in (row for row in schemes(compared) if row.label == ALL):
                rows.append([name, scheme, *numbers, f"{p:.3f}", f"{r:.3f}", f"{f1:.3f}"])
    except ImportError:
        return None
    head = ["documents", "scheme", "correct", "incorrect", "partial", "missed", "spurious", "P", "R", "F1"]
    return report.table(head, rows)


def read_examples(path: Path = EXAMPLES) -> dict[str, tuple[str, str]]:
    """Kind of error -> an invented example and why it happens."""
    lines = path.read_text(encoding="utf8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {kind: (example, why) for kind, example, why in rows}


def error_kinds(compared: Iterable[Compared], most: int = 20) -> str:
    """The commonest kinds of error, with an invented example of each."""
    examples = read_examples()
    errors = [error for c in compared for error in scoring.kinds(c)]
    rows = [[kind, number, *examples.get(kind, ("", ""))] for kind, number in scoring.common(errors, most)]
    text = report.table(["kind", "number", "such as", "why"], rows).replace("|---|--:|--:|--:|", "|---|--:|---|---|")
    return f"{text}\n\n{len(errors)} errors in all, of {len({kind for kind, _ in errors})} kinds."


# --- the command ---------------------------------------------------------------------------------------------------


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables, and write them with --write."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("gold", nargs="*", type=Path, help="gold files; default: those of ../shared/gold")
    args.add_argument("--seeds", nargs="*", type=Path, help="articles in bracket notation; default: those of seeds/")
    args.add_argument("--blind", action="store_true", help="also score without the entries that equal gold mentions")
    args.add_argument("--samples", type=int, default=1000, help="bootstrap samples (1000)")
    args.add_argument("--write", action="store_true", help="write the tables, and blind scores, into the documentation")
    opts = args.parse_args(argv)
    paths = opts.gold or [p for name in SETS if (p := GOLD / name).is_file()]
    seeds = sorted((report.ROOT / "seeds").glob("[0-9]*.txt")) if opts.seeds is None else opts.seeds
    sets = data_sets(paths, seeds)
    if not sets:
        sys.exit("found no gold files and no seeds, expected at least one")

    plain = tagger_of()
    runs = {name: run(documents, plain) for name, documents in sets.items()}
    gone: dict[str, int] = {}
    if opts.blind or opts.write:
        for name, documents in sets.items():
            ids = blinded(documents)
            gone[f"{name}, blind"] = len(ids)
            nlp = without(ids)
            runs[f"{name}, blind"] = run(documents, partial(turkmen_ner.tag, nlp=nlp))
    main_set = "dev.jsonl" if "dev.jsonl" in sets else next(iter(sets))
    shown = {name: runs[name] for name in runs if name.startswith(main_set)}

    scores = summary(runs, opts.samples, gone)
    labels = by_label(shown)
    parts = [scores, f"### By label\n\n{labels}"]
    parts.append(f"### What each stage adds\n\nOn {main_set}.\n\n{by_stage(stages(sets[main_set]))}")
    if (bounds := boundaries({name: runs[name] for name in sets})) is not None:
        parts.append(f"### Boundaries and types\n\n{bounds}")
    errors = error_kinds(runs[main_set])
    parts.append(f"### The commonest errors left\n\nOn {main_set}. The examples are invented.\n\n{errors}")
    print("\n\n".join(parts))
    if opts.write:
        line = report.stamp("quality.py --write")
        report.write(report.ROOT / "docs" / "quality.md", "quality", "\n\n".join([*parts, line]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
