"""Write turkmen_ner/data/calibration.json: how often mentions are right, by their kind and their margin in points.

    python tools/fit_scores.py [GOLD ...]

Without files: dev.jsonl, native.jsonl and seed.jsonl of ../shared/gold, and the articles of seeds/. A mention is right
when its words and its label are those of the gold; what touches MISC does not count. Each document weighs the same.

The lists and rules were made with these texts in sight. So each is tagged twice, as it is and blind, without the
entries of the names in it. Listed names are counted in both; names on no list in the second, for they stand in new
texts beside what no rule was made for, and not in dev.jsonl, whose errors the rules were made to mend. A curve for each
label was tried and left: fitted on two of the sets it was worse on the third.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import log1p
from pathlib import Path

import spacy
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import quality  # noqa: E402
import scoring  # noqa: E402

from turkmen_ner.api import component, load  # noqa: E402
from turkmen_ner.corpus.evaluation import Document, Words, compare, read_gold  # noqa: E402
from turkmen_ner.recognition.calibration import KINDS, Curve, kind  # noqa: E402
from turkmen_ner.recognition.tagger import Tagger  # noqa: E402
from turkmen_ner.recognition.token_rules import TokenRules  # noqa: E402

TARGET = ROOT / "turkmen_ner" / "data" / "calibration.json"
GOLD = ("dev.jsonl", "native.jsonl", "seed.jsonl")
SEEN = 0.9  # share of the margins below the end of a curve
BLIND = ("inferred", "long")  # kinds that are counted in blind runs only
MENDED = "dev.jsonl"  # and not here

Row = tuple[str, float, bool]  # kind, margin in points, whether it is right
Weighed = tuple[float, bool, float]  # margin, whether it is right, weight


def sets(paths: Sequence[Path]) -> Iterator[tuple[str, list[Document]]]:
    """Name and documents of each set: a file of many texts, or all articles in bracket notation together."""
    articles = [path for path in paths if path.suffix == ".txt"]
    for group in [*([path] for path in paths if path not in articles), articles]:
        if group:
            yield group[0].name, [document for path in group for document in read_gold(path)]


def rows(document: Document, tagger: Tagger) -> list[Row]:
    """The mentions that are found in a document and count."""
    rules = TokenRules(spacy.blank("tk").vocab, tagger.lexicon)
    text, mentions = tagger.mentions(document.text, rules.find if rules else None)
    words = Words(document.text)
    found = [((*words.touched(*text.span(m.i, m.j)), m.label), m) for m in mentions if m.label in scoring.FINE]
    compared = compare(document, [span for span, _ in found], labels=scoring.FINE)
    return [(kind(m), m.margin, span in compared.gold) for span, m in found if span not in compared.left_out]


def weighed(documents: Sequence[Document]) -> Iterator[tuple[str, Weighed]]:
    """The mentions of a set by their kind; those of a document weigh one together."""
    ids = quality.blinded(documents)
    plain, blind = component(load()).tagger, component(quality.without(ids)).tagger
    for document in documents:
        seen, new = rows(document, plain), rows(document, blind)
        for name, margin, right in [*(row for row in seen if row[0] not in BLIND), *new]:
            yield name, (margin, right, 1 / (len(seen) + len(new)))


def fit(found: Sequence[Weighed]) -> Curve:
    """The curve of a kind. One mention more that is right and one that is wrong are assumed, so none is ever sure."""
    margins = sorted(max(margin, 0.0) for margin, *_ in found)
    most = margins[int(len(margins) * SEEN)] if margins else 0.0
    values = [log1p(min(max(margin, 0.0), most)) for margin, *_ in found]
    total = sum(weight for *_, weight in found)
    weights = [weight * len(found) / total for *_, weight in found] + [1.0, 1.0]
    truths = [right for _, right, _ in found] + [True, False]
    middle = sum(values) / len(values) if values else 0.0
    columns = [[value] for value in [*values, middle, middle]]
    model = LogisticRegression().fit(columns, truths, sample_weight=weights)
    if model.coef_[0, 0] < 0:
        model.fit([[0.0]] * len(columns), truths, sample_weight=weights)
    return Curve(*(round(float(value), 4) for value in (model.intercept_[0], model.coef_[0, 0], most)))


def main(argv: Sequence[str] | None = None) -> None:
    """Fit and write."""
    given = [Path(path) for path in (sys.argv[1:] if argv is None else argv)]
    default = [ROOT.parent / "shared" / "gold" / name for name in GOLD] + sorted((ROOT / "seeds").glob("[0-9]*.txt"))
    by_kind: dict[str, list[Weighed]] = defaultdict(list)
    for file, documents in sets(given or [path for path in default if path.is_file()]):
        for name, row in weighed(documents):
            if file != MENDED or name not in BLIND:
                by_kind[name].append(row)
    curves = {name: fit(by_kind[name]) for name in KINDS}
    lines = [f"{json.dumps(name)}: {json.dumps(curve._asdict())}" for name, curve in curves.items()]
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf8")
    for name, curve in curves.items():
        right = sum(truth for _, truth, _ in by_kind[name])
        ends = f"{curve.score(0):.2f} to {curve.score(curve.most):.2f} for margins up to {curve.most:g}"
        print(f"{name:9} {len(by_kind[name]):5} mentions, {right:5} right; {ends}")


if __name__ == "__main__":
    main()
