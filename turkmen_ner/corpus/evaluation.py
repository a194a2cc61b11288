"""Evaluation: what a pipeline finds in documents against the names that people marked in them.

`read_gold` reads marked documents, `evaluate` tags and compares them word by word; from that, `scores` are those of
spaCy's Scorer, `schemes` those of nervaluate, `errors` what is wrong, and `report` is all of it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from turkmen_ner.api import tag_many
from turkmen_ner.codecs.records import loads, span
from turkmen_ner.corpus.bracket_notation import parse
from turkmen_ner.corpus.documents import decode
from turkmen_ner.display import excerpt, one_line
from turkmen_ner.orthography.segmentation import segment
from turkmen_ner.patterns.reader import LABELS

Span = tuple[int, int, str]  # start, end in Python characters; label

NEUTRAL = frozenset({"MISC"})  # gold labels that are neither right nor wrong, see docs/labels.md


class Document(NamedTuple):
    """A gold document: `spans` are (start, end, label), MISC among them."""

    id: str
    text: str
    spans: tuple[Span, ...]


class Compared(NamedTuple):
    """The mentions of a document that count, as whole words: the right ones and those that were found.

    left_out: what was found and does not count, for it touches what is neither right nor wrong.
    """

    document: Document
    gold: frozenset[Span]
    found: frozenset[Span]
    left_out: frozenset[Span] = frozenset()


# --- reading -------------------------------------------------------------------------------------------------------

SPANS = ("spans", "entities", "label", "labels")  # keys of ours, spaCy and doccano
SUFFIXES = (".jsonl", ".ndjson", ".json", ".txt")


def read_gold(path: str | Path) -> Iterator[Document]:
    """The marked documents of a file or folder.

    path (str): `.jsonl`, a JSON object a line; `.json`, a list of them; `.txt`, one text in bracket notation.
        An object has `text` and one of `spans`, `entities`, `label`: a list of [start, end, label], or of objects with
        these keys (`start_offset`, `end_offset` as well). Offsets are Python characters.
    YIELDS (Document): One for each text.
    RAISES (ValueError): For what is not well formed: file, line and what was expected. (OSError): If it can't be read.
    """
    path = Path(path)
    if path.is_dir():
        for file in sorted(p for p in path.rglob("*") if p.suffix in SUFFIXES):
            yield from read_gold(file)
        return
    if path.suffix not in SUFFIXES:
        raise ValueError(f"{path}: found the ending {path.suffix!r}, expected one of {', '.join(SUFFIXES)}")
    text = decode(path.read_bytes(), str(path))
    if path.suffix == ".txt":
        yield _bracketed(path, text)
    elif path.suffix == ".json":
        rows = loads(text, str(path))
        for number, row in enumerate(rows if isinstance(rows, list) else [rows], start=1):
            yield _document(row, f"{path} document {number}")
    else:
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                where = f"{path}:{number}"
                yield _document(loads(line, where), where)


def _bracketed(path: Path, text: str) -> Document:
    try:
        plain, names = parse(text)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None
    return Document(path.stem, plain, tuple((name.start, name.end, name.label) for name in names))


def _document(row: Any, where: str) -> Document:
    if isinstance(row, list) and len(row) == 2 and isinstance(row[1], Mapping):  # spaCy 2: [text, {"entities": …}]
        row = {**row[1], "text": row[0]}
    if not isinstance(row, Mapping) or not isinstance(row.get("text"), str):
        raise ValueError(f"{where}: expected an object with the key text, a string")
    key = next((key for key in SPANS if isinstance(row.get(key), list)), None)
    if key is None:
        raise ValueError(f"{where}: expected a list of marked names under one of the keys {', '.join(SPANS)}")
    spans = [span(value, row["text"], f"{where}: {key} {number}") for number, value in enumerate(row[key], start=1)]
    return Document(str(row.get("id", where)), row["text"], tuple(spans))


# --- comparing -----------------------------------------------------------------------------------------------------


class Words:
    """The words of a text, by the characters they cover."""

    def __init__(self, text: str) -> None:
        parts = segment(text)
        begins = accumulate(map(len, parts), initial=0)
        self._spans = [
            (b, b + len(part)) for b, part in zip(begins, parts, strict=False) if any(map(str.isalnum, part))
        ]

    def touched(self, start: int, end: int) -> tuple[int, int]:
        """From the first to the last word that the characters start to end touch; themselves where there is none.

        >>> text = "«BMG-nyň» wekili"
        >>> text[slice(*Words(text).touched(0, 4))]
        'BMG-nyň'
        """
        words = [span for span in self._spans if span[0] < end and start < span[1]]
        return (words[0][0], words[-1][1]) if words else (start, end)


def overlap(one: Span, other: Span) -> bool:
    """Whether two mentions share a character."""
    return one[0] < other[1] and other[0] < one[1]


def compare(
    document: Document,
    found: Iterable[Span],
    *,
    labels: Collection[str] | None = None,
    neutral: Collection[str] = NEUTRAL,
) -> Compared:
    """The mentions of both sides as whole words, so that a suffix or a quotation mark more or less is no error.

    found (iterable): (start, end, label) of what a pipeline found. labels (list): Only these count; None, all.
    neutral (list): Labels of gold mentions that are neither right nor wrong; what was found there does not count.
    RETURNS (Compared): What counts.

    >>> text = "BMG-nyň wekili türkmenleri gördi."
    >>> one = compare(Document("1", text, ((0, 3, "BODY"), (15, 26, "MISC"))), [(0, 7, "BODY"), (15, 26, "PERSON")])
    >>> one.gold == one.found, one.left_out
    (True, frozenset({(15, 26, 'PERSON')}))
    """
    words = Words(document.text)
    marked = [(*words.touched(start, end), label) for start, end, label in document.spans]
    open_ = [span for span in marked if span[2] in neutral]
    gold = frozenset(span for span in marked if span[2] not in neutral and (labels is None or span[2] in labels))
    ours = {(*words.touched(s, e), label) for s, e, label in found if labels is None or label in labels}
    left_out = {span for span in ours - gold if span[2] in neutral or any(overlap(span, other) for other in open_)}
    return Compared(document, gold, frozenset(ours - left_out), frozenset(left_out))


def evaluate(
    documents: Iterable[Document],
    *,
    nlp: Language | None = None,
    labels: Collection[str] | None = None,
    neutral: Collection[str] = NEUTRAL,
    n_process: int = 1,
    progress: bool = False,
) -> list[Compared]:
    """Tag documents and compare, for `scores`, `schemes` and `errors`.

    documents (iterable of Document): As `read_gold` gives them. nlp (Language): A pipeline; the default is `load()`.
    labels, neutral (list): As in `compare`. n_process, progress: As in `tag_many`.

    >>> document = Document("1", "Ol Bengazide boldy.", ((3, 12, "CITY"),))
    >>> [(score.label, score.gold, score.f1) for score in scores(evaluate([document]))]
    [('CITY', 1, 1.0), ('all', 1, 1.0), ('span only', 1, 1.0)]
    """
    given = list(documents)
    tagged = tag_many([document.text for document in given], n_process=n_process, progress=progress, nlp=nlp)
    return [
        compare(document, [(e.start, e.end, e.label) for e in found], labels=labels, neutral=neutral)
        for document, found in zip(given, tagged, strict=True)
    ]


# --- scores --------------------------------------------------------------------------------------------------------

ALL, SPAN_ONLY = "all", "span only"
SCHEMES = ("strict", "exact", "partial", "ent_type")  # of nervaluate
NO_NERVALUATE = "nervaluate is not installed, so its scores are left out: pip install 'turkmen_ner[evaluate]'"
KEY = "sc"  # of Doc.spans


class Score(NamedTuple):
    """Mentions marked, found and right, and spaCy's scores: of a label, all, or the spans whatever their label."""

    label: str
    gold: int
    found: int
    right: int
    precision: float
    recall: float
    f1: float


class Scheme(NamedTuple):
    """Counts of nervaluate for a label or all, in one of its schemes: strict, exact, partial or ent_type."""

    label: str
    scheme: str
    correct: int
    incorrect: int
    partial: int
    missed: int
    spurious: int
    precision: float
    recall: float
    f1: float


def labels_of(compared: Iterable[Compared]) -> list[str]:
    """The labels that count, in the library's order, others behind."""
    found = {span[2] for one in compared for span in one.gold | one.found}
    return [label for label in LABELS if label in found] + sorted(found - set(LABELS))


def scores(compared: Sequence[Compared]) -> list[Score]:
    """Precision, recall and F1 by spaCy's Scorer: of each label, of all, and of the spans whatever their label."""
    blank = spacy.blank("tk")

    def doc(text: str, spans: Iterable[Span]) -> Doc:
        made: Doc = blank.make_doc(text)
        chosen = [made.char_span(*span, alignment_mode="expand") for span in sorted(spans)]
        made.spans[KEY] = [span for span in chosen if span is not None]
        return made

    examples = [Example(doc(c.document.text, c.found), doc(c.document.text, c.gold)) for c in compared]
    options: dict[str, Any] = {"getter": lambda doc, key: doc.spans[key], "allow_overlap": True}
    exact = Scorer.score_spans(examples, KEY, **options)
    loose = Scorer.score_spans(examples, KEY, labeled=False, **options)
    found: dict[str, Mapping[str, float | None]] = dict(exact[f"{KEY}_per_type"] or {})
    found |= {name: {k: s[f"{KEY}_{k}"] for k in "prf"} for name, s in ((ALL, exact), (SPAN_ONLY, loose))}
    rows = []
    for label in (*labels_of(compared), ALL, SPAN_ONLY):
        sides = [(_of(label, one.gold), _of(label, one.found)) for one in compared]
        numbers = sum(len(g) for g, _ in sides), sum(len(f) for _, f in sides), sum(len(g & f) for g, f in sides)
        rows.append(Score(label, *numbers, *(found[label][k] or 0.0 for k in "prf")))
    return rows


def _of(label: str, spans: Iterable[Span]) -> set[Any]:
    if label == SPAN_ONLY:
        return {span[:2] for span in spans}
    return {span for span in spans if label in (ALL, span[2])}


def schemes(compared: Sequence[Compared]) -> list[Scheme]:
    """The counts of nervaluate: of each label and of all, in each scheme.

    *strict* wants words and label, *exact* the words, *partial* gives half a point for some of the words, *ent_type*
    wants the label and some of the words.

    RAISES (ImportError): If nervaluate is not installed.
    """
    try:
        evaluator = import_module("nervaluate").Evaluator
    except ImportError:
        raise ImportError(NO_NERVALUATE) from None

    def side(spans: Iterable[Span]) -> list[dict[str, Any]]:
        return [{"start": start, "end": end - 1, "label": label} for start, end, label in sorted(spans)]

    labels = labels_of(compared)
    if not labels:
        return []
    gold, found = [side(one.gold) for one in compared], [side(one.found) for one in compared]
    results = evaluator(gold, found, tags=labels, loader="dict").evaluate()
    rows = []
    for label in (*labels, ALL):
        for scheme in SCHEMES:
            r = (results["overall"] if label == ALL else results["entities"][label])[scheme]
            numbers = (r.correct, r.incorrect, r.partial, r.missed, r.spurious, r.precision, r.recall, r.f1)
            rows.append(Scheme(label, scheme, *numbers))
    return rows


# --- errors --------------------------------------------------------------------------------------------------------


class Error(NamedTuple):
    """A mention that is not right: as marked, None when nothing is; as found, the one that covers most of it first."""

    document: Document
    gold: Span | None
    found: tuple[Span, ...]

    @property
    def kind(self) -> str:
        """One of missed, false, wrong label, wrong boundary, wrong label and boundary."""
        if self.gold is None or not self.found:
            return "false" if self.gold is None else "missed"
        best = self.found[0]
        if best[:2] == self.gold[:2]:
            return "wrong label"
        return "wrong boundary" if best[2] == self.gold[2] else "wrong label and boundary"


def errors(compared: Compared) -> list[Error]:
    """The errors of a document in order, one for each mention that is not right.

    A marked mention and what was found in its place, with another label or other words, make one error.
    """
    wrong = sorted(compared.found - compared.gold)
    found: list[Error] = []
    paired: set[Span] = set()
    for gold in compared.gold - compared.found:
        rivals = [span for span in wrong if overlap(span, gold)]
        rivals.sort(key=lambda span: max(span[0], gold[0]) - min(span[1], gold[1]))
        paired.update(rivals)
        found.append(Error(compared.document, gold, tuple(rivals)))
    found += [Error(compared.document, None, (span,)) for span in wrong if span not in paired]
    return sorted(found, key=lambda error: error.gold or error.found[0])


def report(compared: Sequence[Compared], most_errors: int = 0) -> dict[str, Any]:
    """All scores, and some of the errors with their context, in plain types as JSON has them.

    RETURNS (dict): documents, left_out: numbers. scores: label -> numbers and shares. nervaluate: scheme -> label ->
        counts and shares, None without nervaluate. kinds: kind of error -> number. errors (list): As many as asked for.
    """
    found = [error for one in compared for error in errors(one)]
    try:
        rows = schemes(compared)
    except ImportError:
        others = None
    else:
        others = {scheme: {row.label: row._asdict() for row in rows if row.scheme == scheme} for scheme in SCHEMES}
    return {
        "documents": len(compared),
        "left_out": sum(len(one.left_out) for one in compared),
        "scores": {score.label: score._asdict() for score in scores(compared)},
        "nervaluate": others,
        "kinds": dict(Counter(error.kind for error in found).most_common()),
        "errors": [_described(error) for error in found[:most_errors]],
    }


def _described(error: Error) -> dict[str, Any]:
    text = error.document.text
    gold = [error.gold] if error.gold else []
    start, end, _ = (*gold, *error.found)[0]
    sides = {
        side: [{"start": s, "end": e, "label": label, "text": one_line(text[s:e])} for s, e, label in spans]
        for side, spans in (("gold", gold), ("found", error.found))
    }
    return {"kind": error.kind, "document": error.document.id, **sides, "context": excerpt(text, start, end)}
