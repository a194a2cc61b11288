"""The public functions: tag, tag_many, load, explain."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from os import PathLike, fspath
from typing import Any, overload

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from turkmen_ner.component import DETAILS, TurkmenNer
from turkmen_ner.formats import to_html
from turkmen_ner.rules import Source

UNLIMITED = 2**40  # characters; spaCy's limit is for parsers, which need memory by length


@dataclass(frozen=True, slots=True)
class Entity:
    """One named entity.

    text (str): As written, with its suffix. label (str): In the scheme of the pipeline.
    start, end (int): Offsets into the text in Python characters: `text[e.start:e.end] == e.text`.
    name (str): Base form, also for unlisted names. features (dict): Universal Dependencies features of the last word.
    id (str): Id of the listed entry, stable across releases; one made within the document for an unlisted name.
    kb (str): Id with a scheme for outside ids (`geonames:88319`, `iso3166:TR`), or "".
    source (str): The entry or rule that decided, `cities.yaml:12 bengazi`. listed (bool): Whether an entry did.
    """

    text: str
    label: str
    start: int
    end: int
    name: str = ""
    features: Mapping[str, str] = field(default_factory=dict, hash=False)
    id: str = ""
    kb: str = ""
    source: str = ""
    listed: bool = False

    @property
    def case(self) -> str:
        """The case in Universal Dependencies spelling: Nom, Gen, Dat, Acc, Loc, Abl or Equ."""
        return self.features.get("Case", "")


class TaggedText(Sequence[Entity]):
    """A text with its entities in order; shows itself in a notebook.

    text (str): The text as given. doc (Doc): The spaCy document.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text: str = doc.text
        rows = {(row["start"], row["end"]): row for row in doc.user_data.get(DETAILS, [])}
        self._entities = tuple(_entity(self.text, ent, rows) for ent in doc.ents)

    def __len__(self) -> int:
        return len(self._entities)

    @overload
    def __getitem__(self, index: int) -> Entity: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Entity, ...]: ...
    def __getitem__(self, index: int | slice) -> Entity | tuple[Entity, ...]:
        """The entity at a place, or several as a tuple."""
        return self._entities[index]

    def __repr__(self) -> str:
        shown = ", ".join(f"{e.text} {e.label}" for e in self._entities[:8])
        return f"<TaggedText: {len(self)} entities: {shown}{', …' if len(self) > 8 else ''}>"

    def to_dicts(self) -> list[dict[str, Any]]:
        """The entities as plain dicts, one each, with the keys of `Entity` and `case`."""
        return [
            {
                "text": e.text, "label": e.label, "start": e.start, "end": e.end, "name": e.name, "case": e.case,
                "features": dict(e.features), "id": e.id, "kb": e.kb, "source": e.source, "listed": e.listed,
            }
            for e in self._entities
        ]  # fmt: skip

    def to_html(self, *, page: bool = False) -> str:
        """The text with its entities marked, as HTML (displaCy); a whole page when `page` is true."""
        return to_html(self.text, self._entities, page=page)

    def _repr_html_(self) -> str:
        return self.to_html()


def _entity(text: str, ent: Any, rows: Mapping[tuple[int, int], Mapping[str, Any]]) -> Entity:
    row = rows.get((ent.start_char, ent.end_char))
    if row is None or row["label"] != ent.label_:
        row = next(
            (r for (s, e), r in rows.items() if ent.start_char <= s and e <= ent.end_char and r["label"] == ent.label_),
            None,
        )
    if row is None:  # set by another component
        return Entity(ent.text, ent.label_, ent.start_char, ent.end_char, ent.text, {}, ent.id_, ent.kb_id_, "", False)
    start, end = row["start"], row["end"]
    rest = {key: row[key] for key in ("name", "features", "id", "kb", "source", "listed")}
    return Entity(text[start:end], ent.label_, start, end, **rest)


def load(
    *,
    patterns: Sequence[Source] = (),
    shipped: bool = True,
    infer: bool = True,
    labels: str = "turkmen",
    spelling: str = "strict",
) -> Language:
    """A spaCy pipeline for Turkmen with the component `turkmen_ner`.

    patterns (list): Paths of YAML files, lists or folders, and entries as dicts; they add to, override or remove
        what is shipped.
    shipped (bool): Start from the patterns of the library; False starts from nothing.
    infer (bool): Also find names on no list; False gives listed names only.
    labels (str): Label scheme: turkmen, ontonotes or conll.
    spelling (str): strict; or lenient, to find listed names in text typed without diacritics, too: Turkmenistanyn.
    RETURNS (Language): For `tag(text, nlp=nlp)`, `nlp(text)` and `nlp.pipe(texts)`.
    RAISES (PatternError): If a pattern is wrong: file, line, entry, value and what was expected.
        (TypeError): If patterns is no list of paths and mappings. (ValueError): For an unknown label scheme.

    >>> nlp = load(patterns=[{"label": "CITY", "id": "x", "pattern": "Ankara"}], shipped=False)
    >>> [(e.text, e.name, e.case) for e in tag("Wekiliýet Ankaradan geldi.", nlp=nlp)]
    [('Ankaradan', 'Ankara', 'Abl')]
    """
    if isinstance(patterns, (str, Mapping, PathLike)) or not isinstance(patterns, Iterable):
        raise TypeError(
            f"patterns must be a list of paths or mappings, not {type(patterns).__name__}: {patterns!r:.60}"
        )
    nlp = spacy.blank("tk")
    nlp.max_length = UNLIMITED
    plain = [_plain(source) for source in patterns]
    config = {"patterns": plain, "shipped": shipped, "infer": infer, "labels": labels, "spelling": spelling}
    nlp.add_pipe("turkmen_ner", config=config)
    _ = component(nlp).tagger  # a file that is not there is an error here, not at first use
    return nlp


def _plain(source: Any) -> Any:
    """A source in types that a spaCy config can hold."""
    if isinstance(source, Mapping):
        return dict(source)
    if isinstance(source, (str, PathLike)):
        return fspath(source)
    raise TypeError(f"patterns must hold paths or mappings, not {type(source).__name__}: {source!r:.60}")


@lru_cache(maxsize=1)
def _default() -> Language:
    return load()


def _check(text: Any, what: str = "tag()") -> str:
    if not isinstance(text, str):
        raise TypeError(f"{what} takes a text as a str, not {type(text).__name__}: {text!r:.60}")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"{what} takes Unicode text; character {error.start} is half of a surrogate pair") from None
    return text if type(text) is str else str.__str__(text)  # spaCy refuses numpy's strings


def tag(text: str, *, nlp: Language | None = None) -> TaggedText:
    """Find the named entities of a text.

    text (str): Turkmen text of any length.
    nlp (Language): A pipeline with the component; the default is `load()`, made once.
    RETURNS (TaggedText): A sequence of Entity, in order and apart.
    RAISES (TypeError): If text is not a string. (ValueError): If it has half of a surrogate pair.

    >>> found = tag("Bu barada Milli Goranmak ministrliginden habar berildi.")
    >>> found[0].text, found[0].name, found[0].case
    ('Milli Goranmak ministrliginden', 'Milli Goranmak ministrligi', 'Abl')
    """
    text = _check(text)
    return TaggedText((nlp or _default())(text))


def tag_many(
    texts: Iterable[str],
    *,
    n_process: int = 1,
    batch_size: int = 256,
    progress: bool = False,
    nlp: Language | None = None,
) -> Iterator[TaggedText]:
    """Find the named entities of many texts, in order.

    texts (iterable of str): The texts; may be a generator. n_process (int): Worker processes; -1, one a core.
    batch_size (int): Texts handed to a worker at once. progress (bool): Show a progress bar on standard error.
    YIELDS (TaggedText): One for each text.
    RAISES (TypeError): If one is not a string, or texts is one string.

    >>> [len(t) for t in tag_many(["Aşgabada bardy.", "", "Ol Türkiýede."])]
    [1, 0, 1]
    """
    if isinstance(texts, (str, bytes)) or not isinstance(texts, Iterable):
        raise TypeError(f"tag_many() takes texts as a list or generator, not {type(texts).__name__}: {texts!r:.60}")
    return _stream(nlp or _default(), texts, n_process, batch_size, progress)


def _stream(
    nlp: Language, texts: Iterable[str], n_process: int, batch_size: int, progress: bool
) -> Iterator[TaggedText]:
    checked = (_check(text, "tag_many()") for text in texts)
    docs = nlp.pipe(checked, n_process=n_process, batch_size=batch_size)
    if progress:
        from tqdm import tqdm

        docs = tqdm(docs, total=len(texts) if isinstance(texts, Sequence) else None, unit="text")
    for doc in docs:
        yield TaggedText(doc)


def component(nlp: Language) -> TurkmenNer:
    """The component of a pipeline. RAISES (ValueError): If it has none."""
    found = next((pipe for _, pipe in nlp.pipeline if isinstance(pipe, TurkmenNer)), None)
    if found is None:
        raise ValueError(f"the pipeline has no turkmen_ner component, only {', '.join(nlp.pipe_names) or 'nothing'}")
    return found


def explain(text: str, *, nlp: Language | None = None) -> Any:
    """Why each name of a text was found, and what was considered and rejected; see `turkmen_ner.explain`."""
    from turkmen_ner.explanation import explain_text

    return explain_text(component(nlp or _default()).tagger, _check(text, "explain()"))
