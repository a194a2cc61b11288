"""Names in Turkmen text for Microsoft Presidio, which finds personal data and takes it out: `turkmen_ner[presidio]`.

`analyzer()` is a ready AnalyzerEngine, `TurkmenRecognizer` the part of it that finds names. Nothing is downloaded.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from turkmen_ner._version import __version__
from turkmen_ner.api import component, load
from turkmen_ner.entity import Entity
from turkmen_ner.pipeline.component import SCHEMES
from turkmen_ner.tagged import TaggedText, readable

try:
    from presidio_analyzer import (
        AnalysisExplanation,
        AnalyzerEngine,
        EntityRecognizer,
        RecognizerRegistry,
        RecognizerResult,
    )
    from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine
except ImportError as error:
    if not (error.name or "").startswith("presidio"):
        raise
    raise ImportError(
        "presidio-analyzer is missing: pip install 'turkmen_ner[presidio]'",
        name=error.name,
    ) from None

LANGUAGE = "tk"
# Our labels as Presidio's entities, which has none for ships. Other labels, of the user's patterns, stay as they are.
ENTITIES = {
    "PERSON": "PERSON",
    "CITY": "LOCATION",
    "COUNTRY": "LOCATION",
    "REGION": "LOCATION",
    "BODY": "ORGANIZATION",
    "SHIP": "SHIP",
}


class TurkmenRecognizer(EntityRecognizer):
    """Finds persons, places, organisations and ships in Turkmen text.

    supported_entities (list of str): Presidio's entities to find; the default is all that the pipeline knows.
    supported_language (str): The language that Presidio is asked in. name (str): The recognizer's name.
    nlp (Language): A pipeline with the component `turkmen_ner`, in any label scheme; the default is
        `turkmen_ner.load()`. entities (dict): Presidio's entity for a label; adds to ENTITIES.
    more: Other keywords of Presidio's EntityRecognizer: `context`, `score_thresholds` ...
    RAISES (ValueError): If nlp has no component `turkmen_ner`.

    >>> recognizer = TurkmenRecognizer()
    >>> for found in recognizer.analyze("Halife Haftaryň wekili Bengazide.", ["PERSON", "LOCATION"]):
    ...     print(found.entity_type, found.start, found.end, found.score > 0.9)
    PERSON 0 15 True
    LOCATION 23 32 True
    """

    name: str

    def __init__(
        self,
        supported_entities: Sequence[str] | None = None,
        supported_language: str = LANGUAGE,
        name: str = "TurkmenRecognizer",
        version: str = __version__,
        *,
        nlp: Language | None = None,
        entities: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        self.nlp = load() if nlp is None else nlp
        self.entities = _entities(entities or {})
        labels = component(self.nlp).labels
        known = sorted({self.entities.get(label, label) for label in labels})
        super().__init__(
            supported_entities=known if supported_entities is None else list(supported_entities),
            supported_language=supported_language,
            name=name,
            version=version,
            **more,
        )

    def load(self) -> None:
        """Nothing to do: the pipeline is there."""

    def analyze(
        self, text: str, entities: Sequence[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """The names of a text that are of the entities asked for; what `analyzer()` has tagged is not tagged again.

        RETURNS (list): Results with offsets in Python characters and the score of `Entity`. `recognition_metadata` also
            has `entity`, with the keys of `Entity`: base form, case, ids. `analysis_explanation` says which entry or
            rule decided.
        """
        engine = nlp_artifacts.nlp_engine if nlp_artifacts is not None else None
        if nlp_artifacts is not None and isinstance(engine, TurkmenNlpEngine) and engine.nlp is self.nlp:
            doc = nlp_artifacts.tokens
        else:
            doc = self.nlp(readable(self.nlp, text))
        wanted = set(entities or self.supported_entities) & set(self.supported_entities)
        rows = TaggedText(doc)
        found = zip(rows, rows.to_dicts(), strict=True)
        return [self._result(e, row) for e, row in found if e.source and self.entities.get(e.label, e.label) in wanted]

    def _result(self, entity: Entity, row: Mapping[str, Any]) -> RecognizerResult:
        kind = self.entities.get(entity.label, entity.label)
        how = "on the lists" if entity.listed else "on no list, found by its form or context"
        explanation = AnalysisExplanation(
            recognizer=self.name,
            original_score=entity.score,
            pattern_name=entity.source,
            textual_explanation=f"{entity.name}, {entity.label}: {how}; decided by {entity.source}",
        )
        metadata = {
            RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            "entity": row,
        }
        return RecognizerResult(kind, entity.start, entity.end, entity.score, explanation, metadata)


class TurkmenNlpEngine(NlpEngine):
    """Tokenizes Turkmen text for Presidio's recognizers, with one pipeline.

    nlp (Language): A pipeline; the default is `turkmen_ner.load()`. language (str): What Presidio calls the language.
    """

    def __init__(self, nlp: Language | None = None, language: str = LANGUAGE) -> None:
        self.nlp = load() if nlp is None else nlp
        self.language = language

    def load(self) -> None:
        """Nothing to do: the pipeline is there."""

    def is_loaded(self) -> bool:
        """Always."""
        return True

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        """The words of a text; a word that is no name has itself in small letters as its lemma."""
        return self._artifacts(self.nlp(readable(self.nlp, text)), language)

    def process_batch(
        self, texts: Iterable[Any], language: str, batch_size: int = 1, n_process: int = 1, **kwargs: Any
    ) -> Iterator[Any]:
        """The words of many texts; of pairs of text and context with `as_tuples=True`."""
        as_tuples = bool(kwargs.get("as_tuples"))
        given = texts if as_tuples else ((text, None) for text in texts)
        pairs = ((readable(self.nlp, text), context) for text, context in given)
        for doc, context in self.nlp.pipe(pairs, as_tuples=True, batch_size=batch_size, n_process=n_process):
            found = doc.text, self._artifacts(doc, language)
            yield (*found, context) if as_tuples else found

    def _artifacts(self, doc: Doc, language: str) -> NlpArtifacts:
        lemmas = [token.lemma_ or token.lower_ for token in doc]
        return NlpArtifacts([], doc, [token.idx for token in doc], lemmas, self, language)

    def is_stopword(self, word: str, language: str) -> bool:
        """Whether a word is one of the stop words of `tk`."""
        return bool(self.nlp.vocab[word].is_stop)

    def is_punct(self, word: str, language: str) -> bool:
        """Whether a word is punctuation."""
        return bool(self.nlp.vocab[word].is_punct)

    def get_supported_entities(self) -> list[str]:
        """None: names are found by the recognizer."""
        return []

    def get_supported_languages(self) -> list[str]:
        """The one language."""
        return [self.language]


def analyzer(
    nlp: Language | None = None, *, recognizers: Sequence[EntityRecognizer] = (), **settings: Any
) -> AnalyzerEngine:
    """A ready AnalyzerEngine for Turkmen, with no download and no network.

    nlp (Language): A pipeline with the component `turkmen_ner`; the default is `turkmen_ner.load()`.
    recognizers (list): Further recognizers with `supported_language="tk"`, as Presidio's for phone numbers; some of
        them, as that for e-mail addresses, ask the network when they are first used.
    settings: Keywords of TurkmenRecognizer.
    RAISES (ValueError): If nlp has no component `turkmen_ner`.

    >>> found = analyzer().analyze("Ol Jeren Orazowa bilen Mara bardy.", language="tk")
    >>> [(result.entity_type, result.start, result.end) for result in found]
    [('LOCATION', 23, 27), ('PERSON', 3, 16)]
    """
    nlp = load() if nlp is None else nlp
    engine = TurkmenNlpEngine(nlp)
    ours = TurkmenRecognizer(nlp=nlp, **settings)
    registry = RecognizerRegistry(recognizers=[ours, *recognizers], supported_languages=[LANGUAGE])
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=[LANGUAGE])


def _entities(own: Mapping[str, str]) -> dict[str, str]:
    """Presidio's entity for each label of each scheme."""
    ours = {**ENTITIES, **own}
    return {there: ours[label] for scheme in SCHEMES.values() for label, there in scheme.items()} | ours
