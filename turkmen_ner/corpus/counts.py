"""Counting entities over many texts: what is named, how often, in how many texts, in which forms."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, NamedTuple

from spacy.language import Language

from turkmen_ner.api import _default, component, tag_many
from turkmen_ner.display import excerpt, one_line
from turkmen_ner.entity import Entity
from turkmen_ner.gazetteer.entry import MAYBE
from turkmen_ner.orthography.segmentation import key_words
from turkmen_ner.recognition.document import IN_DOCUMENT
from turkmen_ner.tagged import TaggedText

if TYPE_CHECKING:
    import pandas

MOST_FORMS = 5  # forms listed of an entity


@dataclass(frozen=True, slots=True)
class EntityCount:
    """How often an entity is named.

    id (str): Id of the listed entry; of an unlisted name the one made from its base form, `doc.…`.
    label (str): In the scheme of the pipeline.
    name (str): The first form of the listed entry, one that is sure if it has any; else the base form.
    mentions (int): How often it is named. documents (int): In how many texts.
    listed (bool): Whether the id is that of an entry.
    forms (tuple): The commonest forms, each with its number of mentions.
    """

    id: str
    label: str
    name: str
    mentions: int
    documents: int
    listed: bool
    forms: tuple[tuple[str, int], ...]


class Counts(list[EntityCount]):
    """The counted entities, the most mentioned first."""

    def to_frame(self) -> "pandas.DataFrame":
        """A row for each entity, with the fields of `EntityCount`. RAISES (ImportError): Without pandas."""
        try:
            import pandas
        except ImportError:
            raise ImportError("to_frame() needs pandas: pip install 'turkmen_ner[pandas]'") from None
        columns = [field.name for field in fields(EntityCount)]
        frame = pandas.DataFrame([[getattr(row, name) for name in columns] for row in self], columns=columns)
        typed: pandas.DataFrame = frame.astype({"mentions": "int64", "documents": "int64", "listed": "bool"})
        return typed


def count(texts: Iterable[str], *, nlp: Language | None = None, n_process: int = 1, progress: bool = False) -> Counts:
    """Count the entities of many texts, by id.

    The id of an unlisted name holds within one text only, so across texts such names are counted by label and base
    form: two people of one name make one row. A surname is counted with the full name in texts that have both.

    texts (iterable of str): The texts; may be a generator. Memory grows with distinct entities and forms only.
    nlp (Language): A pipeline with the component; the default is `load()`, made once.
    n_process (int): Worker processes; -1, one per core. progress (bool): Show a progress bar on standard error.
    RETURNS (Counts): A list of EntityCount, the most mentioned first, with `to_frame()`.
    RAISES (TypeError): If one is not a string, or texts is one string.

    >>> rows = count(["Ol Bengazide boldy. Bengazi uly şäher.", "Halife Haftar Bengazä geldi."])
    >>> [(row.name, row.label, row.mentions, row.documents) for row in rows]
    [('Bengazi', 'CITY', 3, 2), ('Halife Haftar', 'PERSON', 1, 1)]
    >>> rows[0].id, rows[0].forms
    ('benghazi-ly', (('Bengazide', 1), ('Bengazi', 1), ('Bengazä', 1)))
    """
    nlp = nlp or _default()
    tallies = tally(tag_many(texts, n_process=n_process, progress=progress, nlp=nlp))
    return Counts(counted(tallies, nlp).values())


class Key(NamedTuple):
    """What mentions are counted by: the label and the id of an entry, or else the folded base form."""

    label: str
    id: str
    base: str = ""


@dataclass(slots=True)
class Tally:
    """What was seen of an entity. id: the one in the texts. names: base forms, the parts of a full name among them."""

    id: str
    mentions: int = 0
    documents: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    contexts: list[str] = field(default_factory=list)

    def name(self, base: str) -> str:
        """The commonest way of writing a base form, wholly in capitals only if there is no other."""
        same = [(not name.isupper(), number, name) for name, number in self.names.items() if base_key(name) == base]
        return max(same, default=(False, 0, ""), key=lambda row: row[:2])[2] or next(iter(self.names))

    def add(self, other: "Tally") -> None:
        """Count what another one counted, of other texts, as well."""
        self.mentions += other.mentions
        self.documents += other.documents
        self.forms += other.forms
        self.names += other.names
        self.contexts += other.contexts


def base_key(name: str) -> str:
    """The folded words of a base form: what spellings of one name share.

    >>> base_key("Nýu-Ýork") == base_key("NÝU ÝORK")
    True
    """
    return " ".join(key_words(name))


def counted(tallies: Mapping[Key, Tally], nlp: Language) -> dict[Key, EntityCount]:
    """The counts of what was seen, the most mentioned first. nlp (Language): The pipeline that tagged the texts."""
    gazetteer = component(nlp).tagger.gazetteer
    listed = gazetteer.forms_of({key.id for key in tallies})
    names = {id: min(forms, key=lambda form: form.flags & MAYBE).written for id, forms in listed.items()}
    rows = {
        key: EntityCount(
            id=key.id or seen.id,
            label=key.label,
            name=names.get(key.id) or seen.name(key.base),
            mentions=seen.mentions,
            documents=seen.documents,
            listed=bool(key.id),
            forms=tuple(seen.forms.most_common(MOST_FORMS)),
        )
        for key, seen in tallies.items()
    }
    order = sorted(rows.items(), key=lambda row: (-row[1].mentions, -row[1].documents, row[1].name, row[1].label))
    return dict(order)


def tally(tagged: Iterable[TaggedText], *, contexts: int = 0) -> dict[Key, Tally]:
    """What is named in tagged texts.

    contexts (int): How many excerpts to keep of an unlisted name, at most one of a text.
    """
    tallies: dict[Key, Tally] = {}
    for text in tagged:
        for key, group in grouped(text).items():
            seen = tallies.get(key)
            if seen is None:
                seen = tallies[key] = Tally(group[0].id)
            seen.mentions += len(group)
            seen.documents += 1
            seen.forms.update(one_line(e.text) for e in group)
            seen.names.update(one_line(e.name) for e in group)
            if not key.id and len(seen.contexts) < contexts:
                seen.contexts.append(excerpt(text.text, group[0].start, group[0].end))
    return tallies


def grouped(found: Iterable[Entity]) -> dict[Key, list[Entity]]:
    """The entities of one text by what they name. A surname has the id of its full name, the longest of the group."""
    in_text: dict[Key, list[Entity]] = {}
    for entity in found:
        unlisted = not entity.listed and (not entity.id or entity.id.startswith(IN_DOCUMENT))
        base = (entity.id or base_key(entity.name)) if unlisted else ""
        in_text.setdefault(Key(entity.label, "" if unlisted else entity.id, base), []).append(entity)
    groups: dict[Key, list[Entity]] = {}
    for key, group in in_text.items():
        if not key.id:
            key = Key(key.label, "", base_key(max((e.name for e in group), key=len)))
        groups.setdefault(key, []).extend(group)
    return groups
