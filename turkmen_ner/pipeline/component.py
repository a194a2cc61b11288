"""The spaCy component: text in, `doc.ents` out."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy
from spacy.attrs import ENT_IOB, ENT_TYPE, IDX, ORTH, SPACY
from spacy.scorer import get_ner_prf
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import ensure_path, filter_spans
from spacy.vocab import Vocab

from turkmen_ner.entity import DETAILS, encodable_row, row_key
from turkmen_ner.errors import PatternError, Problem
from turkmen_ner.gazetteer.entry import NONE
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.gazetteer.serialization import save
from turkmen_ner.morphology.analysis import features_of, morph_of
from turkmen_ner.patterns.files import read_bytes
from turkmen_ner.patterns.shipped import gazetteer
from turkmen_ner.patterns.stored import restored
from turkmen_ner.pipeline.overlap import POLICIES
from turkmen_ner.recognition.alignment import from_tokens
from turkmen_ner.recognition.mention import Mention
from turkmen_ner.recognition.tagger import Tagger
from turkmen_ner.recognition.text import Text
from turkmen_ner.recognition.token_rules import TokenRules
from turkmen_ner.vocab_lock import alone

if TYPE_CHECKING:
    from turkmen_ner.patterns.reader import Source


SCHEMES: dict[str, dict[str, str]] = {
    "turkmen": {},
    "ontonotes": {
        "PERSON": "PERSON",
        "CITY": "GPE",
        "COUNTRY": "GPE",
        "REGION": "LOC",
        "BODY": "ORG",
        "SHIP": "PRODUCT",
    },
    "conll": {"PERSON": "PER", "CITY": "LOC", "COUNTRY": "LOC", "REGION": "LOC", "BODY": "ORG", "SHIP": "MISC"},
}
SPELLINGS = ("strict", "lenient")
FILE = "patterns.saved"  # in the component's folder of a saved pipeline
REJECTED = ".rejected"  # after spans_key
_BEGINS = 3  # of ENT_IOB: an entity begins, or one is blocked


class TurkmenNer:
    """Tags names in Turkmen text.

    vocab (Vocab): The pipeline's vocabulary. name (str): The component's name.
    patterns (list): Paths of pattern files, lists or folders, and entries as mappings; see patterns/README.md.
    shipped (bool): Start from the patterns that come with the library.
    infer (bool): Also find names that are on no list.
    spelling (str): strict, or lenient to find listed names in text typed without the diacritics of Turkmen, too.
    labels (str): Label scheme: turkmen, ontonotes or conll.
    existing_ents (str): What becomes of entities set before: keep, replace or longest.
    spans_key (str): Also put all our entities, before overlaps are settled, into `doc.spans[spans_key]`, and what was
        considered and rejected into `doc.spans[spans_key + ".rejected"]`, each with the label it came nearest to. Both
        have a score for each span in `.attrs["scores"]`, as those of spaCy's SpanCategorizer.
    min_score (float): Reject names that are less sure, 0 to 1; 0 gives all.
    RAISES (PatternError): If a pattern is wrong. (ValueError): For an unknown scheme or policy, or another score;
        and when a document has spans of another component under `spans_key`.
    """

    def __init__(
        self,
        vocab: Vocab,
        name: str = "turkmen_ner",
        *,
        patterns: "Sequence[Source]" = (),
        shipped: bool = True,
        infer: bool = True,
        spelling: str = "strict",
        labels: str = "turkmen",
        existing_ents: str = "keep",
        spans_key: str | None = None,
        min_score: float = 0.0,
    ) -> None:
        for what, value, allowed in (
            ("labels", labels, SCHEMES),
            ("existing_ents", existing_ents, POLICIES),
            ("spelling", spelling, SPELLINGS),
        ):
            if value not in allowed:
                raise ValueError(f"{what} must be one of {', '.join(allowed)}, not {value!r}")
        if not 0 <= min_score <= 1:
            raise ValueError(f"min_score must be from 0 to 1, not {min_score!r}")
        self.vocab = vocab
        self.name = name
        self.scheme = labels
        self.existing_ents = existing_ents
        self.spans_key = spans_key
        self.infer = infer
        self.spelling = spelling
        self.min_score = min_score
        self._tagger: Tagger | None = None
        self._rules: TokenRules | None = None
        self._missing: PatternError | None = None
        try:
            self._use(gazetteer(patterns, shipped))
        except PatternError as error:
            # spacy.load makes the component from the config before it reads the saved patterns, and the user's
            # files may be elsewhere by then. A path that is gone is an error at first use, a wrong file is one now.
            if not any(isinstance(p, str) and not Path(p).exists() for p in patterns):
                raise
            self._missing = error

    def _use(self, names: Gazetteer) -> None:
        tagger = Tagger(names, self.infer, lenient=self.spelling == "lenient", min_score=self.min_score)
        self._rules = TokenRules(self.vocab, tagger.lexicon)
        self._tagger, self._missing = tagger, None

    @property
    def tagger(self) -> Tagger:
        """The tagger, without spaCy. RAISES (PatternError): If its pattern files were not found."""
        if self._tagger is None:
            assert self._missing is not None
            raise self._missing
        return self._tagger

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that the component can set, in its scheme; spacy.load asks before it reads the saved patterns."""
        known = set(self._tagger.gazetteer.labels) if self._tagger else set()
        known |= set(SCHEMES["ontonotes"]) if self.infer else set()
        scheme = SCHEMES[self.scheme]
        return tuple(sorted({scheme.get(label, label) for label in known}))

    def first_form(self, id: str) -> str:
        """The first form of an entry, or "" if the id is that of none."""
        gazetteer = self.tagger.gazetteer
        number = gazetteer.number(id)
        name = gazetteer.thing(number)[1] if number is not None else ""
        return name if isinstance(name, str) else ""

    @alone
    def __call__(self, doc: Doc) -> Doc:
        """Set the entities of a document."""
        rules = partial(self._rules.find, doc=doc) if self._rules else None
        tagger = self.tagger
        columns = doc.to_array([ORTH, IDX, SPACY, ENT_IOB])
        text = self._text(doc, columns)
        marked = (
            numpy.count_nonzero(columns[:, 3]) > 0
        )  # whether another component has set entities, or said where none may be
        spans: list[Span] = []
        rejected: list[Mention] | None = None if self.spans_key is None else []
        rows: dict[int, dict[str, Any]] = {}  # by identity of the span: another component may have set the same one
        scheme = SCHEMES[self.scheme]
        for mention in tagger.find(text, rules, rejected):
            if not mention.label:
                if rejected is not None:
                    rejected.append(mention)
                continue
            label = scheme.get(mention.label, mention.label)
            span = _span(doc, text, mention, label)
            if span is None:
                continue
            spans.append(span)
            rows[id(span)] = _row(mention, text, span, label)
            _annotate(doc, span, text, mention)
        if self.spans_key is not None and rejected is not None:
            self._set_group(doc, self.spans_key, [(s, rows[id(s)]["score"]) for s in spans])
            self._set_group(doc, f"{self.spans_key}{REJECTED}", _rejected(doc, text, rejected, scheme))
        ents = spans
        if any(one.end > other.start for one, other in pairwise(spans)):
            ents = filter_spans(spans)  # names share no word, but a tokeniser may leave two words in one token
        blocked = _blocked(doc) if marked else []
        if blocked and self.existing_ents != "replace":
            ents = [span for span in ents if not any(span.start <= k < span.end for k in blocked)]
        if marked and doc.ents:
            ents = POLICIES[self.existing_ents](doc.ents, ents)
        free = [k for k in blocked if not any(span.start <= k < span.end for span in ents)]
        doc.set_ents(ents, blocked=[Span(doc, k, k + 1) for k in free])
        if doc.user_data:
            _drop_rows(doc)
        kept = {row_key(e.start_char, e.end_char): rows[id(e)] for e in ents if id(e) in rows}
        doc.user_data.update(kept)  # type: ignore[arg-type]  # spaCy's own keys are tuples, too
        return doc

    def _text(self, doc: Doc, columns: "numpy.ndarray[Any, Any]") -> Text:
        """The words of a document. columns (array): ORTH, IDX and SPACY of its tokens."""
        numbers, at, spaces = columns.T[:3].tolist()
        strings = doc.vocab.strings
        return from_tokens(
            self.tagger.lexicon, numbers, at, spaces, lambda k: strings[numbers[k]], lambda: str(doc.text)
        )

    def _set_group(self, doc: Doc, key: str, scored: Sequence[tuple[Span, float]]) -> None:
        """Set spans under a key, also again; those of another component are not lost silently.

        Their scores stand where spaCy's SpanCategorizer has them.
        """
        if key in doc.spans and doc.spans[key].attrs.get("component") != self.name:
            raise ValueError(
                f"doc.spans[{key!r}] was set by another component, expected a spans_key that is free; "
                f"give {self.name} another one, or delete those spans before"
            )
        scores = numpy.array([score for _, score in scored], dtype="float64")
        attrs = {"component": self.name, "scores": scores}
        doc.spans[key] = SpanGroup(doc, name=key, attrs=attrs, spans=[span for span, _ in scored])

    def score(self, examples: Iterable[Any], **kwargs: Any) -> dict[str, Any]:
        """Precision, recall and F1 of the entities, in all and for each label, as spaCy's own `ner` reports them."""
        return dict(get_ner_prf(examples))

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The compiled patterns. The settings are those of the pipeline's config, which spaCy saves."""
        return save(self.tagger.gazetteer)

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "TurkmenNer":
        """Take over the patterns that `to_bytes` gave; the settings stay. RAISES (PatternError): See `restored`."""
        self._use(restored(data))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the compiled patterns to a file in the folder `path`."""
        folder = ensure_path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "TurkmenNer":
        """Take over the patterns that `to_disk` wrote; pattern files are not needed.

        The settings stay those of the config, but not `patterns` and `shipped`, which say what was saved.
        RAISES (PatternError): If the file is not there, not whole, or of another kind or format; nothing is changed.
        """
        file = ensure_path(path) / FILE
        try:
            data = read_bytes(file)
        except OSError as error:
            what = f"cannot be read ({error.strerror})"
            raise PatternError(Problem(str(file), 0, "", what, "the patterns of a turkmen_ner component")) from None
        self._use(restored(data, str(file)))
        return self


def _blocked(doc: Doc) -> list[int]:
    """The tokens where another component has said that no entity may be."""
    return [
        k for k, (iob, label) in enumerate(doc.to_array([ENT_IOB, ENT_TYPE]).tolist()) if iob == _BEGINS and not label
    ]


def _drop_rows(doc: Doc) -> None:
    """Take the rows of our entities that are there no longer out of doc.user_data."""
    stay = {row_key(ent.start_char, ent.end_char) for ent in doc.ents}
    for key in [key for key in doc.user_data if isinstance(key, tuple) and key[1:2] == (DETAILS,) and key not in stay]:
        del doc.user_data[key]


def _span(doc: Doc, text: Text, mention: Mention, label: str) -> Span | None:
    """The tokens of a mention; whole tokens where the tokeniser splits otherwise."""
    first, last = text.token[mention.i], text.token[mention.j - 1]
    kb, name = mention.entry.kb if mention.entry else "", mention.id
    if first >= 0 and last >= 0:
        return Span(doc, first, last + 1, label=label, kb_id=kb, span_id=name)
    start, end = text.span(mention.i, mention.j)
    return doc.char_span(start, end, label=label, alignment_mode="expand", kb_id=kb, span_id=name)


def _rejected(doc: Doc, text: Text, mentions: Sequence[Mention], scheme: Mapping[str, str]) -> list[tuple[Span, float]]:
    """What was considered and is no name, or gave its words to another one, or is not sure enough, in the order of the
    text. The score is 0 for what is no name.
    """
    spans = []
    for mention in sorted(mentions, key=lambda m: (m.i, m.j)):
        label = mention.label or mention.unsure or _nearest(mention)
        span = _span(doc, text, mention, scheme.get(label, label))
        if span is not None:
            span.id_ = mention.options[0][0].id if mention.options else ""
            spans.append((span, mention.score))
    return spans


def _nearest(mention: Mention) -> str:
    """The label that a rejected mention came nearest to, "" when that is what is no name."""
    label, points = max(mention.points.items(), key=lambda pair: pair[1], default=("", 0.0))
    if points > 0:
        return "" if label == NONE else label
    return mention.options[0][0].label if mention.options else ""


def _row(mention: Mention, text: Text, span: Span, label: str) -> dict[str, Any]:
    """The row of a mention with a label, as `to_row` makes one of an `Entity`, which is not needed here.

    span (Span): Its tokens, which may be more than the mention.
    """
    entry = mention.entry
    start, end = text.span(mention.i, mention.j)
    exact = (span.start_char, span.end_char) == (start, end)
    if exact:
        shown = span.text if span.end - span.start > 1 else span.doc[span.start].text
    else:
        shown = span.doc.text[start:end]
    row = {
        "text": shown,
        "label": label,
        "name": mention.name,
        "features": features_of(mention.reading.suffixes if mention.reading else ()),
        "id": mention.id,
        "kb": entry.kb if entry else "",
        "source": f"{entry.source} {entry.id}" if entry else f"evidence {mention.inferred}",
        "listed": entry is not None and not mention.rule,
        "score": mention.score,
        "offset": start - span.start_char,
    }
    return encodable_row(row)


def _annotate(doc: Doc, span: Span, text: Text, mention: Mention) -> None:
    """Base form and features on the token where the last word begins; what another component set stays."""
    start, end = span.start, span.end
    place = text.token[mention.j - 1]
    if place < 0:
        last = text.at[mention.j - 1]
        place = next((k for k in range(end - 1, start - 1, -1) if doc[k].idx <= last), end - 1)
    token = doc[place]
    if not token.lemma:
        token.lemma_ = mention.name.rpartition(" ")[2] or token.text
    if mention.reading is not None and not token.has_morph():
        token.set_morph(morph_of(mention.reading.suffixes))  # type: ignore[attr-defined]  # a string: a dict takes five times as long
    if end - start > 1:
        for k in range(start, end):
            token = doc[k]
            if not token.lemma:
                token.lemma = token.orth
