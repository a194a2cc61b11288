"""What entries, rules and pattern files hold: keys, types, and what was expected where a value is another.

patterns/README.md is the same for people, turkmen_ner/data/patterns.schema.json for editors.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    FailFast,
    Field,
    Strict,
    StringConstraints,
    Tag,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from typing_extensions import Required, TypedDict

from turkmen_ner.errors import short
from turkmen_ner.orthography.alphabet import fold
from turkmen_ner.patterns import token_patterns as token_syntax
from turkmen_ner.patterns.validators import MAX_TEXT, string, truth

MAX_WORDS = 30  # of one name; a longer one is a mistake, not a name


def _text(value: Any) -> Any:
    return _some_text(string(value))


def _long_text(value: Any) -> Any:
    return _some_text(string(value, MAX_TEXT))


def _some_text(value: str) -> str:
    if not (found := value.strip()):
        raise ValueError("expected some text, not an empty string")
    return found


def _name(value: Any) -> Any:
    if isinstance(value, str) and (words := len(value.split())) > MAX_WORDS:
        raise ValueError(f"expected a name of at most {MAX_WORDS} words, not {words}")
    found = _text(value)
    if not any(c.isalnum() for c in fold(found)):
        raise ValueError("expected a name with at least one letter or digit")
    return found


def _set_by_us(value: Any) -> Any:
    raise ValueError("unknown key")


def _listed(value: Any) -> Any:
    if not isinstance(value, (list, tuple)):
        raise ValueError("expected a list, like [Bengazi, Tripoli]")
    return tuple(value)


Truth = Annotated[bool, BeforeValidator(truth)]
Text = Annotated[str, BeforeValidator(_text)]
Name = Annotated[str, BeforeValidator(_name)]
Id = Annotated[str, BeforeValidator(_text), Field(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]
Label = Annotated[str, BeforeValidator(_text), Field(pattern=r"^[A-Z][A-Z0-9_]*$")]
Place = Annotated[str, BeforeValidator(_set_by_us)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed)]
LongText = Annotated[str, BeforeValidator(_long_text)]
Sentences = Annotated[tuple[LongText, ...], BeforeValidator(_listed)]


def _soften(value: Any) -> Any:
    return value if isinstance(value, str) and value == "both" else truth(value)


class Form(BaseModel):
    """One written base form and how it behaves."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pattern: Name
    maybe: Truth = False
    inflect: Truth = True
    soften: Annotated[bool | Literal["both"] | None, BeforeValidator(_soften)] = None
    possessed: Annotated[bool | None, BeforeValidator(truth)] = None
    case: Literal["title", "exact", "any"] | None = None
    note: LongText | None = None


def _alias(value: Any) -> Any:
    return {"pattern": value} if isinstance(value, str) else value


Alias = Annotated[Form, BeforeValidator(_alias)]


def _row(value: Any) -> Any:
    if not isinstance(value, (list, tuple)):
        raise ValueError("expected a name, or a list of tokens, like [{IS_TITLE: true, OP: +}]")
    if len(value) > token_syntax.MAX_ROW:
        raise ValueError(f"expected at most {token_syntax.MAX_ROW} tokens, not {len(value):,}")
    return tuple(value)


def _whole(value: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], ...]:
    token_syntax.check(value)
    return value


def _kind(value: Any) -> str:
    return "tagged-tokens" if isinstance(value, (Mapping, list, tuple)) else "tagged-name"


Token = Annotated[dict[str, Any], BeforeValidator(token_syntax.token)]
Tokens = Annotated[tuple[Token, ...], BeforeValidator(_row), AfterValidator(_whole)]
Pattern = Annotated[Annotated[Name, Tag("tagged-name")] | Annotated[Tokens, Tag("tagged-tokens")], Discriminator(_kind)]
ContextItem = Annotated[str | dict[str, list[str]], BeforeValidator(token_syntax.context_item)]
Context = Annotated[tuple[ContextItem, ...], BeforeValidator(_listed)]
OPTIONS = ("maybe", "inflect", "soften", "possessed", "case")  # of names only


class Entry(BaseModel):
    """A name with its aliases, as `EntityRuler.add_patterns` takes it, plus the keys of patterns/README.md."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: Label | None = None
    pattern: Pattern | None = None
    id: Id | None = None
    aliases: Annotated[tuple[Alias, ...], BeforeValidator(_listed)] = ()
    more: Annotated[tuple[Tokens, ...], BeforeValidator(_listed)] = ()
    before: Context = ()
    after: Context = ()
    not_before: Context = ()
    not_after: Context = ()
    kb: Text | None = None
    maybe: Truth = False
    inflect: Truth = True
    soften: Annotated[bool | Literal["both"] | None, BeforeValidator(_soften)] = None
    possessed: Annotated[bool | None, BeforeValidator(truth)] = None
    case: Literal["title", "exact", "any"] | None = None
    yes: Sentences = ()
    no: Sentences = ()
    note: LongText | None = None
    source: Place = Field(default="", exclude=True)

    @model_validator(mode="after")
    def _named(self) -> "Entry":
        if self.pattern is None and not (self.id and (self.aliases or self.more or self.kb or self.context)):
            raise ValueError(
                "expected a pattern, or the id of another entry with aliases, kb or a context (before ...) to add to it"
            )
        names = "" if isinstance(self.pattern, str) else ", ".join(k for k in OPTIONS if k in self.model_fields_set)
        if names and self.pattern is None:
            raise ValueError(f"expected a pattern, or an alias with {names}: without a pattern there is no name for it")
        if names:
            raise ValueError(f"expected a token pattern without {names}, which is for names")
        return self

    @property
    def token_patterns(self) -> tuple[tuple[dict[str, Any], ...], ...]:
        """The token patterns, none when the pattern is a name and there are no more."""
        return (self.pattern, *self.more) if isinstance(self.pattern, tuple) else self.more

    @property
    def context(self) -> dict[str, tuple[str | dict[str, list[str]], ...]]:
        """What must and must not stand around the name: the keys of `CONTEXTS` in token_patterns that are set."""
        return {key: found for key in token_syntax.CONTEXTS if (found := getattr(self, key))}

    def forms(self) -> Iterator[Form]:
        """The pattern and the aliases, each with its options; an alias does not inherit `maybe` from the entry."""
        if isinstance(self.pattern, str):
            yield Form.model_construct(**{key: getattr(self, key) for key in ("pattern", *OPTIONS)}, note=None)
        yield from self.aliases

    def with_id(self, id: str) -> "Entry":
        """The same entry under an id."""
        return self if self.id == id else self.model_copy(update={"id": id})

    def adding(self, more: "Entry") -> "Entry":
        """The entry with the aliases, the token patterns, the outside id and the contexts of another."""
        update: dict[str, Any] = {"aliases": self.aliases + more.aliases, "kb": more.kb or self.kb}
        update["more"] = self.more + more.more
        return self.model_copy(update=update | {key: getattr(self, key) + found for key, found in more.context.items()})


# --- simple entries ------------------------------------------------------------------------------------------------


class SimpleEntry(NamedTuple):
    """A name with its aliases and nothing else, as a list of a million names has it.

    A model for each would take ten times as long and 1 kB; these are checked together, by pydantic-core alone.
    file (str): What its source begins with. line (int): The number that follows.
    """

    pattern: str
    id: str | None
    label: str
    aliases: Sequence[str]
    kb: str
    maybe: bool
    file: str
    line: int

    @property
    def source(self) -> str:
        """Where it is written."""
        return f"{self.file}{self.line}"

    @property
    def context(self) -> Mapping[str, Any]:
        """None: an entry with one is not simple."""
        return {}

    def with_id(self, id: str) -> "SimpleEntry":
        """The same entry under an id."""
        return self if self.id == id else self._replace(id=id)

    def adding(self, more: Entry) -> Entry:
        """The entry with the aliases, the outside id and the contexts of another."""
        aliases = tuple(Form.model_construct(pattern=alias) for alias in self.aliases)
        keys = {key: getattr(self, key) for key in ("pattern", "id", "label", "kb", "maybe", "source")}
        return Entry.model_construct(aliases=aliases, **keys).adding(more)


_VISIBLE = r"[^\p{C}\p{Z}$]"  # nothing that `string` may refuse


def _short(pattern: str) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, strict=True, max_length=200, pattern=pattern)


_SimpleName = Annotated[str, _short(rf"^[\p{{L}}\p{{N}}]{_VISIBLE}*(?: +{_VISIBLE}+){{0,{MAX_WORDS - 1}}}$")]
_SimpleText = Annotated[str, _short(rf"^{_VISIBLE}+(?: +{_VISIBLE}+)*$")]
_SimpleLabel = Annotated[str, _short(r"^[A-Z][A-Z0-9_]*$")]
_SimpleId = Annotated[str, _short(r"^[a-z0-9]+([.-][a-z0-9]+)*$")]


class _SimpleRow(TypedDict, total=False):
    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]

    label: _SimpleLabel | None
    pattern: Required[_SimpleName]
    id: _SimpleId | None
    aliases: Annotated[list[_SimpleName], Strict()] | Annotated[tuple[_SimpleName, ...], Strict()]
    kb: _SimpleText | None
    maybe: Annotated[bool, Strict()] | Literal["true", "false"]
    note: _SimpleText | None


_SIMPLE_ROWS = TypeAdapter(Annotated[list[_SimpleRow], FailFast()])
_SIMPLE_HEAD: TypeAdapter[str | None] = TypeAdapter(_SimpleLabel | None)


def simple_entries(rows: Any, file: str, label: Any = None) -> tuple[SimpleEntry, ...] | None:
    """The entries of a file when all are simple and right, else None. label (str): The file's."""
    try:
        checked = _SIMPLE_ROWS.validate_python(rows) if isinstance(rows, (list, tuple)) else None
        default = _SIMPLE_HEAD.validate_python(label)
    except ValidationError:
        return None
    found = []
    in_file, given = f"{file}:", f"{file} entry "
    for number, row in enumerate(checked or (), start=1):
        kind = row.get("label") or default
        if kind is None:
            return None
        line = getattr(rows[number - 1], "line", 0)
        source, at = (in_file, line) if line else (given, number)
        maybe = row.get("maybe", False) in (True, "true")
        found.append(
            SimpleEntry(
                row["pattern"], row.get("id"), kind, row.get("aliases", ()), row.get("kb") or "", maybe, source, at
            )
        )
    return None if checked is None else tuple(found)


Facts = Annotated[tuple[Annotated[Text, AfterValidator(token_syntax.fact)], ...], BeforeValidator(_listed)]


def _number(value: Any) -> Any:
    try:
        number = float(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else math.nan
    except (OverflowError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise ValueError("expected a number of points, like 3 or -1.5")
    return number


def _some(value: tuple[str, ...]) -> tuple[str, ...]:
    if not value:
        raise ValueError("expected at least one fact, like [before:titles]")
    return value


class EvidenceRule(BaseModel):
    """Points for a label when all facts of `when` hold and none of `unless`, see patterns/README.md."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id
    label: Label
    weight: Annotated[float, BeforeValidator(_number)]
    when: Annotated[Facts, AfterValidator(_some)]
    unless: Facts = ()
    yes: Sentences = ()
    no: Sentences = ()
    note: LongText | None = None
    source: Place = Field(default="", exclude=True)


def _lists(value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise ValueError("expected a mapping of names to lists of words")
    for name in value:
        try:
            _text(name)
        except ValueError as error:
            raise ValueError(f"expected names of lists: {short(name)}: {error}") from None
    return value


class PatternFile(BaseModel):
    """What a YAML file holds at its top level."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: Label | None = None
    patterns: Annotated[tuple[Entry, ...], BeforeValidator(_listed)] = ()
    evidence: Annotated[tuple[EvidenceRule, ...], BeforeValidator(_listed)] = ()
    lists: Annotated[dict[str, Texts], BeforeValidator(_lists)] = {}
    remove: Texts = ()
