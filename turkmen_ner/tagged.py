"""`TaggedText`: a text with its entities, and the ways to write it down."""

from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING, Any, overload

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from turkmen_ner.codecs.docbin import from_doc, keeps_text, to_doc
from turkmen_ner.entity import Entity, as_dict
from turkmen_ner.orthography.alphabet import encodable

if TYPE_CHECKING:
    import pandas


class TaggedText(Sequence[Entity]):
    """A text with its entities in order; shows itself in a notebook.

    doc (Doc): A document that a pipeline has tagged. text (str): The text as given, when it is not `doc.text`: a Doc
        has U+FFFD for each lone surrogate. nlp (Language): The pipeline, which knows the entries of ids.

    >>> found = TaggedText.of("Ol Mara bardy.", [Entity("Mara", "CITY", 3, 7, "Mary")])
    >>> found[0].name, found.doc.ents
    ('Mary', (Mara,))
    """

    text: str
    _entities: tuple[Entity, ...]
    _doc: Doc | None
    _nlp: Language | None

    def __init__(self, doc: Doc, text: str | None = None, *, nlp: Language | None = None) -> None:
        same = text is None or (nlp is not None and keeps_text(nlp))
        if text is None:
            text = doc.text
        self._set(text, from_doc(doc, text, same=same), doc, nlp)

    @classmethod
    def of(cls, text: str, entities: Iterable[Entity], *, nlp: Language | None = None) -> "TaggedText":
        """A text with entities that were found before, in order and without overlaps.

        nlp (Language): The pipeline that makes `doc` when it is asked for; without one it has tokens and entities only.
        """
        found = cls.__new__(cls)
        found._set(text, tuple(entities), None, nlp)
        return found

    def _set(self, text: str, entities: tuple[Entity, ...], doc: Doc | None, nlp: Language | None = None) -> None:
        self.text, self._entities, self._doc, self._nlp = text, entities, doc, nlp

    @property
    def doc(self) -> Doc:
        """The spaCy document."""
        if self._doc is None:
            self._doc = self._make()
        return self._doc

    def _make(self) -> Doc:
        if self._nlp is None:
            return self.exact_doc(spacy.blank("tk"))
        return self._nlp(readable(self._nlp, self.text))

    def exact_doc(self, nlp: Language) -> Doc:
        """A spaCy document whose entities are exactly these, made without tagging. nlp (Language): Makes the tokens.

        The one at hand; or, if there is none or one of its tokens is more than an entity, one with tokens and entities.
        """
        exact = self._doc is not None and [(e.start_char, e.end_char) for e in self._doc.ents] == [
            (e.start, e.end) for e in self._entities
        ]
        return self._doc if exact and self._doc is not None else to_doc(self.text, self._entities, nlp)

    def __getstate__(self) -> dict[str, Any]:
        return {"text": self.text, "_entities": self._entities, "_doc": self._doc, "_nlp": None}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TaggedText) and (self.text, self._entities) == (other.text, other._entities)

    def __hash__(self) -> int:
        return hash((self.text, self._entities))

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

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities, in order and without overlaps."""
        return self._entities

    def only(self, labels: Container[str]) -> "TaggedText":
        """The text with its entities of some labels."""
        return TaggedText.of(self.text, [e for e in self._entities if e.label in labels], nlp=self._nlp)

    def main_names(self) -> list[str]:
        """For each entity the name that it is best known by: one for all mentions of an id.

        That of the fullest mention in the text, or the first form of its entry, if that has more words.

        >>> found = TaggedText.of("Hakan Fidan geldi. Fidan gitdi.", [
        ...     Entity("Hakan Fidan", "PERSON", 0, 11, "Hakan Fidan", id="hakan-fidan"),
        ...     Entity("Fidan", "PERSON", 19, 24, "Fidan", id="hakan-fidan"),
        ... ])
        >>> found.main_names()
        ['Hakan Fidan', 'Hakan Fidan']
        """
        fullest: dict[tuple[str, str], str] = {}
        for e in self._entities:
            key = (e.label, e.id)
            fullest[key] = max(fullest.get(key) or self._first_form(e.id), e.name, key=lambda name: len(name.split()))
        return [fullest[e.label, e.id] if e.id else e.name for e in self._entities]

    def _first_form(self, id: str) -> str:
        pipes = (pipe for _, pipe in self._nlp.pipeline) if self._nlp is not None else ()
        return next((str(pipe.first_form(id)) for pipe in pipes if hasattr(pipe, "first_form")), "")

    def to_dicts(self) -> list[dict[str, Any]]:
        """The entities as plain dicts, one each, with the keys of `Entity` and `case`."""
        return [as_dict(e) for e in self._entities]

    def to_frame(self) -> "pandas.DataFrame":
        """The entities as a data frame, a row each. RAISES (ImportError): Without pandas, `turkmen_ner[pandas]`."""
        from turkmen_ner.codecs.tables import to_frame

        return to_frame(self._entities)

    def to_html(self, *, page: bool = False) -> str:
        """The text with its entities marked, as HTML (displaCy); a whole page when `page` is true."""
        from turkmen_ner.codecs.html import to_html

        return to_html(self.text, self._entities, page=page)

    def to_conll(self) -> str:
        """The text as CoNLL: a word a line, IOB2 tags; columns and breaks: docs/formats.md."""
        from turkmen_ner.codecs.conll import to_conll

        return to_conll(self.text, self._entities)

    def to_brat(self) -> str:
        """The entities as the .ann file of brat; its .txt file is the text."""
        from turkmen_ner.codecs.brat import to_brat

        return to_brat(self.text, self._entities)

    def _repr_html_(self) -> str:
        return self.to_html()


Named = tuple[str, TaggedText]  # what a text is called, such as its file, and the text


def readable(nlp: Language, text: str) -> str | Doc:
    """A text as the pipeline takes it: what spaCy can encode; as tokens if it is longer than `nlp.max_length`.

    That limit is for the memory of parsers, and a text is not refused for it.
    """
    text = encodable(text)
    return text if len(text) <= nlp.max_length else nlp.tokenizer(text)
