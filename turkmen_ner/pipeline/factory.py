"""The spaCy factory `turkmen_ner`.

Making any pipeline, of whatever language, imports this module, so it must cost next to nothing: the component is
imported when it is asked for. No `from __future__ import annotations`: spaCy evaluates the hints.
"""

import re
from typing import Any, Dict, Optional  # noqa: UP035  spaCy's config validation reads these

from spacy.language import Language

DEFAULTS: Dict[str, Any] = {  # noqa: UP006
    "patterns": [],
    "shipped": True,
    "infer": True,
    "spelling": "strict",
    "labels": "turkmen",
    "existing_ents": "keep",
    "spans_key": None,
    "min_score": 0.0,
}


@Language.factory(
    "turkmen_ner",
    assigns=[
        "doc.ents",
        "doc.spans",  # under spans_key, when that is set
        "token.ent_iob",
        "token.ent_type",
        "token.ent_id",
        "token.ent_kb_id",
        "token.lemma",
        "token.morph",
    ],
    requires=[],  # only the words; a token rule that asks for POS says so when it meets a document without
    default_config=DEFAULTS,
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0, "ents_per_type": None},
)
def make_turkmen_ner(
    nlp: Language,
    name: str,
    patterns: list,  # type: ignore[type-arg]  # of paths and dicts; a type costs 0.1 ms each
    shipped: bool,
    infer: bool,
    spelling: str,
    labels: str,
    existing_ents: str,
    spans_key: Optional[str],  # noqa: UP045
    min_score: float,
) -> Any:
    """Make the component, see `turkmen_ner.pipeline.component.TurkmenNer`."""
    from turkmen_ner.pipeline.component import TurkmenNer

    _require(nlp)
    return TurkmenNer(
        nlp.vocab,
        name,
        patterns=patterns,
        shipped=shipped,
        infer=infer,
        spelling=spelling,
        labels=labels,
        existing_ents=existing_ents,
        spans_key=spans_key,
        min_score=min_score,
    )


def _require(nlp: Language) -> None:
    """Note in the pipeline's meta that it needs this library; `spacy package` finds only what has a top_level.txt.

    No upper bound: a later version reads what an earlier one has saved, or says that it does not.
    """
    from turkmen_ner._version import __version__

    others = [need for need in nlp.meta.get("requirements", []) if not re.match(r"turkmen[-_]ner(?![\w-])", need)]
    nlp.meta["requirements"] = [*others, f"turkmen_ner>={__version__}"]
