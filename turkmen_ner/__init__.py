"""Named-entity recognition for Turkmen text.

>>> import turkmen_ner
>>> for entity in turkmen_ner.tag("Ibrahim Kalyn Bengazide Halife Haftar bilen gürleşdi."):
...     print(entity.text, entity.label, entity.name, entity.case)
Ibrahim Kalyn PERSON Ibrahim Kalyn Nom
Bengazide CITY Bengazi Loc
Halife Haftar PERSON Halife Haftar Nom
"""

from typing import TYPE_CHECKING, Any

from turkmen_ner._version import __version__

_HOMES = {
    "tag": "api",
    "tag_many": "api",
    "load": "api",
    "explain": "api",
    "tag_frame": "corpus.frames",
    "count": "corpus.counts",
    "Entity": "entity",
    "TaggedText": "tagged",
    "analyse": "api",
    "inflect": "morphology.inflection",
    "Analysis": "morphology.analysis",
    "PatternError": "errors",
}
__all__ = ["__version__", "formats", *_HOMES]

if TYPE_CHECKING:
    from turkmen_ner import formats as formats
    from turkmen_ner.api import analyse as analyse
    from turkmen_ner.api import explain as explain
    from turkmen_ner.api import load as load
    from turkmen_ner.api import tag as tag
    from turkmen_ner.api import tag_many as tag_many
    from turkmen_ner.corpus.counts import count as count
    from turkmen_ner.corpus.frames import tag_frame as tag_frame
    from turkmen_ner.entity import Entity as Entity
    from turkmen_ner.errors import PatternError as PatternError
    from turkmen_ner.morphology.analysis import Analysis as Analysis
    from turkmen_ner.morphology.inflection import inflect as inflect
    from turkmen_ner.tagged import TaggedText as TaggedText


def _lazy(name: str) -> Any:
    """Import a public name when it is first asked for: spaCy imports this package whenever a pipeline is made."""
    if name not in __all__:
        raise AttributeError(f"module 'turkmen_ner' has no attribute {name!r}")
    from importlib import import_module

    if name == "formats":
        return import_module("turkmen_ner.formats")
    value = getattr(import_module(f"turkmen_ner.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


if not TYPE_CHECKING:  # to a type checker it would mean that every name exists
    __getattr__ = _lazy


def __dir__() -> list[str]:
    return sorted(__all__)
