"""Write tests/gazetteer/models/VERSION, a small pipeline of this version, and VERSION.json, what it finds in a text.

    python tools/save_model.py               # before a release; a version that is there is not touched
    python tools/save_model.py --folder DIR  # elsewhere

Later versions must load it and find the same. Where they cannot, `FORMAT` in turkmen_ner/gazetteer.py has to change.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import spacy

import turkmen_ner

MODELS = Path(__file__).parent.parent / "tests" / "gazetteer" / "models"
PATTERNS = [
    {"label": "CITY", "id": "awsar", "pattern": "Awşar", "kb": "geonames:1", "aliases": ["Owşar"]},
    {"label": "PERSON", "id": "orazow", "pattern": "Merdan Orazow", "aliases": ["M.Orazow"]},
    {"label": "PERSON", "id": "bahar", "pattern": "Bahar", "maybe": True},
    {"label": "BODY", "id": "ministry", "pattern": "Suw hojalygy ministrligi", "kb": "x:2"},
    {"label": "COUNTRY", "id": "abs", "pattern": "ABŞ", "kb": "iso3166:US"},
    {
        "label": "SHIP",
        "id": "ship",
        "pattern": [{"IS_TITLE": True, "OP": "+"}],
        "after": [{"LIST": "ships"}, "ýük gämi"],
    },
    {"label": "REGION", "id": "sea", "pattern": [{"LOWER": "hazar"}, {"BASE": "deňiz"}], "not_after": ["ugur"]},
]
FILE = "small.yaml"  # saved with the config, so it has to be the same anywhere
LISTS = "lists:\n  ships: [tanker, parom]\n"
EVIDENCE = "evidence:\n  - {id: of-list, label: CITY, weight: 2, when: ['case:Loc', 'words:1'], note: where one is}\n"
TEXT = (
    "Merdan Orazow Awşarda Suw hojalygy ministrliginiň wekilleri bilen duşuşdy. Soňra olar ABŞ-daky ýygnaga gitdiler. "
    "Kenarda bolsa Ak Guş tankeri durýar, ol Hazar deňzinden geldi. Bu barada M.Orazowyň özi Garagalada gürrüň berdi. "
    "Bahar geldi, Owşara ýagyş ýagdy."
)


def pipeline() -> spacy.language.Language:
    """The pipeline, with a pattern file that is gone afterwards, as a user's may be."""
    nlp = spacy.blank("tk", meta={"name": "small", "spacy_version": ">=3.8.13,<3.9"})
    here = Path.cwd()
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            Path(FILE).write_text(LISTS + EVIDENCE, encoding="utf8")
            nlp.add_pipe("turkmen_ner", config={"patterns": [*PATTERNS, FILE], "shipped": False})
        finally:
            os.chdir(here)
    return nlp


def main() -> int:
    """Write both, unless they are there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=MODELS)
    folder = parser.parse_args().folder
    target = folder / turkmen_ner.__version__
    if target.exists():
        print(f"{target} is there; a saved version is kept as it is", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    nlp = pipeline()
    nlp.to_disk(target, exclude=["vocab"])
    found = {"text": TEXT, "entities": turkmen_ner.tag(TEXT, nlp=nlp).to_dicts()}
    target.with_name(f"{target.name}.json").write_text(
        json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf8"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
