"""What the service takes and gives, as its OpenAPI page describes it."""

from dataclasses import fields
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema, create_model, model_validator

from turkmen_ner.entity import Entity

MOST_TEXTS = 1000
EXAMPLE = "Halife Haftar Bengazide boldy."


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"found {type(value).__name__}, expected a string")
    return value


# pydantic's own str refuses lone surrogates, which a text may have
Text = Annotated[Any, AfterValidator(_string), WithJsonSchema({"type": "string"})]


class TagRequest(BaseModel):
    """One text, or several."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"text": EXAMPLE}})

    text: Text = Field(None, description="A text in Turkmen.", validate_default=False)
    texts: list[Text] | None = Field(None, description="Several texts.", max_length=MOST_TEXTS)

    @model_validator(mode="after")
    def _one_of_them(self) -> "TagRequest":
        if (self.text is None) == (self.texts is None):
            raise ValueError("expected either text, a string, or texts, a list of strings")
        return self


class ExplainRequest(BaseModel):
    """A text to explain."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"text": EXAMPLE}})

    text: Text = Field(description="A text in Turkmen.")
    at: int | None = Field(
        None, ge=0, description="Only the decisions on this place, an offset into the text in characters."
    )


MEANINGS = {
    "text": "As written, with its suffix.",
    "label": "In the label scheme of the service.",
    "start": "Offset of its first character.",
    "end": "Offset behind its last character.",
    "name": "Base form, also of names on no list.",
    "features": "Features of its last word, as in Universal Dependencies.",
    "id": "Id of the listed entry; one that holds in this text only for names on no list.",
    "kb": "Id with an outside scheme, such as geonames:88319, or empty.",
    "source": "The entry or rule that decided.",
    "listed": "Whether an entry decided.",
    "score": "How sure, 0 to 1.",
    "case": "Case, as in Universal Dependencies.",
}
EntityRow: Any = create_model(
    "Entity",
    __doc__="A name: offsets count characters (Unicode code points), `text[start:end]` is what is written.",
    **{  # type: ignore[call-overload]
        name: (kind, Field(description=MEANINGS.get(name, "")))
        for name, kind in [*((each.name, each.type) for each in fields(Entity)), ("case", str)]
    },
)


class Tagged(BaseModel):
    """The names of a text, in order."""

    entities: list[EntityRow]


class TaggedTexts(BaseModel):
    """The names of several texts, in the order of the texts."""

    results: list[Tagged]


class Reason(BaseModel):
    """Points that a rule gave a label."""

    rule: str
    label: str
    points: float
    source: str


class Option(BaseModel):
    """A listed entry that the words could stand for."""

    id: str
    label: str
    source: str
    maybe: bool


class Analysis(BaseModel):
    """The last word taken apart."""

    word: str
    base: str
    suffixes: list[str]
    features: dict[str, str]


class Decision(BaseModel):
    """One name that was found or rejected, and why; the label of a rejected one is empty."""

    text: str
    start: int
    end: int
    label: str
    name: str
    why: str
    source: str
    analysis: Analysis
    facts: list[str]
    reasons: list[Reason]
    options: list[Option]
    again: int


class Explained(BaseModel):
    """The decisions on a text, in order."""

    decisions: list[Decision]


class Health(BaseModel):
    """Whether the service answers, and what it is."""

    status: str
    version: str
    labels: list[str]


class Error(BaseModel):
    """What is wrong, in a sentence."""

    error: str
