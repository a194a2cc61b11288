"""A column of entities for a frame of PySpark, tagged by the workers of a cluster.

The driver reads and checks the patterns and ships the pipeline compiled (a megabyte or two), so that executors need
this package, but no pattern file. A Python worker of Spark makes a pipeline once for each settings and keeps it.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from spacy.language import Language

from turkmen_ner._version import __version__
from turkmen_ner.api import component, load, tag_many
from turkmen_ner.entity import COLUMNS, KINDS
from turkmen_ner.patterns.reader import Source

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import Column, DataFrame
    from pyspark.sql.types import ArrayType


_TYPES = {str: "string", int: "int", bool: "boolean", float: "double"}
FIELDS = {key: _TYPES[KINDS.get(key, str)] for key in COLUMNS if key != "features"}  # with their types in Spark
ROWS = 256  # tagged and given back at once
PIPELINES = 8  # of different settings that a worker keeps


@dataclass(frozen=True)
class Shipped:
    """A pipeline on its way to the workers: its settings, and its patterns, known by their hash."""

    version: str
    settings: tuple[tuple[str, Any], ...]
    key: str
    patterns: bytes = field(compare=False, repr=False)

    @classmethod
    def of(cls, nlp: Language, **settings: Any) -> "Shipped":
        """The patterns of a pipeline, with what else `load` takes."""
        data = component(nlp).to_bytes()
        return cls(__version__, tuple(settings.items()), hashlib.sha256(data).hexdigest(), data)


def tag_column(
    df: "DataFrame",
    text: str = "text",
    *,
    patterns: Sequence[Source] = (),
    shipped: bool = True,
    infer: bool = True,
    labels: str = "turkmen",
    spelling: str = "strict",
    min_score: float = 0.0,
    output: str = "entities",
) -> "DataFrame":
    """The frame with one further column: the named entities of each text, an array of structs.

    The fields are `FIELDS`: text, label, start, end, name, case, id, kb, source, listed, score. Offsets count Python
    characters (code points), as Spark's `substring` does and Java's `String` does not. A text that is null has null,
    one without names an empty array. Bytes that are no UTF-8 are read as U+FFFD. The column is computed once for
    each use of the frame, and no filter is moved before it: drop the rows you don't need first.

    df (DataFrame): Any frame of PySpark, also a stream. text (str): The column with the texts, a string one.
    patterns (list): Paths on this machine, and entries as dicts. patterns, shipped, infer, labels, spelling,
        min_score: As in `turkmen_ner.load`.
    output (str): The name of the new column.
    RETURNS (DataFrame): With all rows and columns as they were, and the new one last.
    RAISES (PatternError): If a pattern is wrong, at once. (ImportError): Without PySpark and pandas.
        (ValueError): If there is no column `text`, or is one `output`, or for an unknown setting.
        (TypeError): If the column does not hold strings, or df is no frame of PySpark.
    """
    try:
        from pyspark.sql import DataFrame
    except ImportError as error:
        raise ImportError(
            "turkmen_ner.integrations.spark needs PySpark: pip install 'turkmen_ner[spark]'", name=error.name
        ) from error
    if not isinstance(df, DataFrame):
        raise TypeError(f"tag_column() takes a DataFrame of PySpark, not {type(df).__name__}: {df!r:.60}")
    _check_columns(df, text, output)
    settings: dict[str, Any] = {"infer": infer, "labels": labels, "spelling": spelling, "min_score": min_score}
    nlp = load(patterns=patterns, shipped=shipped, **settings)
    return df.withColumn(output, _tagged(df, text, Shipped.of(nlp, **settings)))


def _check_columns(df: "DataFrame", text: str, output: str) -> None:
    from pyspark.sql.types import StringType

    names = df.columns
    if names.count(text) != 1:
        found = "several columns" if text in names else "no column"
        raise ValueError(f"found {found} {text!r}, expected one of {', '.join(names) or 'a frame with columns'}")
    if output.lower() in [name.lower() for name in names]:  # Spark would replace it, whatever its capitals
        raise ValueError(f"found a column {output!r} already, expected a new name for the entities: output=…")
    if not isinstance(kind := df.schema[text].dataType, StringType):
        raise TypeError(f"column {text!r} holds {kind.simpleString()}, expected strings")


def entity_type() -> "ArrayType":
    """The type of the column of entities, for the user's schemas."""
    from pyspark.sql.types import ArrayType, BooleanType, DoubleType, IntegerType, StringType, StructField, StructType

    types = {"string": StringType(), "int": IntegerType(), "boolean": BooleanType(), "double": DoubleType()}
    return ArrayType(StructType([StructField(name, types[kind], False) for name, kind in FIELDS.items()]), False)


def _tagged(df: "DataFrame", text: str, pipeline: Shipped) -> "Column":
    """The new column. Spark ships the function with what it holds, above a megabyte as a broadcast."""
    import pandas as pd
    from pyspark.sql.functions import make_valid_utf8, pandas_udf  # type: ignore[attr-defined]  # not in its stubs

    def entities(batches: Iterator[pd.Series]) -> Iterator[pd.Series]:
        nlp = _made(pipeline)
        for batch in batches:
            for first in range(0, len(batch), ROWS):
                yield pd.Series(_found(nlp, batch.iloc[first : first + ROWS]), dtype=object)

    # A deterministic column is computed a second time for a filter that asks for it.
    tagged = pandas_udf(entities, entity_type()).asNondeterministic()
    column: Column = tagged(make_valid_utf8(df["`" + text.replace("`", "``") + "`"]))
    return column


# --- in a worker ---------------------------------------------------------------------------------------------------


@lru_cache(maxsize=PIPELINES)
def _made(pipeline: Shipped) -> Language:
    """The pipeline, made once in a worker. RAISES (RuntimeError): If its library is of another version."""
    if pipeline.version != __version__:
        raise RuntimeError(f"the driver has turkmen_ner {pipeline.version}, this executor {__version__}; install one")
    nlp = load(shipped=False, **dict(pipeline.settings))
    component(nlp).from_bytes(pipeline.patterns)
    return nlp


def _found(nlp: Language, texts: "pd.Series") -> list[list[dict[str, Any]] | None]:
    """The entities of some texts; None for what is no text, which pandas may write as NaN."""
    rows = texts.tolist()
    found = tag_many((row for row in rows if isinstance(row, str)), nlp=nlp)
    return [[_fields(e) for e in next(found)] if isinstance(row, str) else None for row in rows]


def _fields(entity: Any) -> dict[str, Any]:
    return {name: getattr(entity, name) for name in FIELDS}
