"""Write the pipeline as a model that `spacy package` makes a wheel of, with its card: what it is, by whom, how good.

    python tools/build_model.py build/model --gold seeds/
    python -m spacy package build/model build --build wheel

The card is meta.json, of which `spacy package` makes the README; LICENSE and LICENSES_SOURCES go into the wheel, too.
The component is called `ner`, and labels are those of OntoNotes, for tools that take any model of spaCy.
"""

import argparse
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

import turkmen_ner
from turkmen_ner.corpus.evaluation import ALL, SPAN_ONLY, Document, evaluate, read_gold, scores
from turkmen_ner.pipeline.component import SCHEMES

ROOT = Path(__file__).parent.parent
NOTES = """\
Names are found by lists, a morphology and weighted rules; nothing in it was trained on annotated text. It misses names
and invents some: read the sentence before you rely on one. The lists come from several works with licences of their
own, see LICENSES_SOURCES.
"""


def pipeline(labels: str, name: str) -> Language:
    """The whole pipeline, with its card but without scores."""
    meta = {
        "name": name,
        "version": turkmen_ner.__version__,
        "description": "Named-entity recognition for Turkmen: persons, places, organisations and ships, in every "
        "inflection",
        "author": "The turkmen_ner authors",
        "license": "MIT",
        "notes": NOTES,
    }
    nlp = spacy.blank("tk", meta=meta)
    nlp.add_pipe("turkmen_ner", name="ner", config={"labels": labels})
    return nlp


def performance(nlp: Language, gold: Iterable[Document], scheme: Mapping[str, str]) -> dict[str, Any]:
    """Scores of a pipeline on marked documents, as spaCy calls them, counted as `turkmen-ner evaluate` does.

    What the guidelines leave open is neither right nor wrong. scheme (mapping): Label of the documents -> of the model.
    """
    documents = [d._replace(spans=tuple((s, e, scheme.get(label, label)) for s, e, label in d.spans)) for d in gold]
    rows = {
        row.label: {"p": row.precision, "r": row.recall, "f": row.f1} for row in scores(evaluate(documents, nlp=nlp))
    }
    total = rows.pop(ALL)
    del rows[SPAN_ONLY]
    return {**{f"ents_{letter}": total[letter] for letter in "prf"}, "ents_per_type": rows}


def main(argv: Sequence[str] | None = None) -> int:
    """Write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where to write it; must not be there")
    parser.add_argument("--gold", type=Path, nargs="+", default=[], help="marked documents to score it on")
    parser.add_argument("--labels", choices=list(SCHEMES), default="ontonotes", help="label scheme (ontonotes)")
    parser.add_argument("--name", default="names", help="the package is called tk_NAME (tk_names)")
    args = parser.parse_args(argv)
    if args.folder.exists():
        print(f"{args.folder} is there, expected a new folder", file=sys.stderr)
        return 1
    nlp = pipeline(args.labels, args.name)
    if args.gold:
        gold = [document for path in args.gold for document in read_gold(path)]
        nlp.meta["performance"] = performance(nlp, gold, SCHEMES[args.labels])
        nlp.meta["notes"] = f"{NOTES}\nScored on {len(gold)} documents: {', '.join(map(str, args.gold))}.\n"
    args.folder.mkdir(parents=True)
    nlp.to_disk(args.folder)
    shutil.copy(ROOT / "LICENSE", args.folder / "LICENSE")
    shutil.copy(ROOT / "NOTICE", args.folder / "LICENSES_SOURCES")
    return 0


if __name__ == "__main__":
    sys.exit(main())
