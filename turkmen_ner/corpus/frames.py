"""The names in a column of a data frame, of pandas or polars or what else narwhals knows."""

from collections.abc import Hashable
from typing import Any

from spacy.language import Language

from turkmen_ner.api import tag_many
from turkmen_ner.codecs.tables import ALL
from turkmen_ner.display import features_text
from turkmen_ner.entity import KINDS
from turkmen_ner.formats import rows
from turkmen_ner.orthography.alphabet import encodable

COLUMNS = ("row", *ALL[1:])  # of a frame of mentions
EXTRA = "pip install 'turkmen_ner[frame]'"


def tag_frame(
    frame: Any, text: str = "text", *, nlp: Language | None = None, n_process: int = 1, progress: bool = False
) -> Any:
    """Find the named entities in a column of a frame: a frame of the same library with a row for each mention.

    Its columns are `row`, the index of the text in pandas and its place from 0 elsewhere; the fields of `Entity`, with
    features as `Case=Loc|…`; `main_name` and `sentence`. A missing value has no names. Offsets are Python characters.

    frame (DataFrame): Of pandas, polars or another library that narwhals knows, in memory; for PySpark there is
        `turkmen_ner.integrations.spark.tag_column`. text (str): The column with the texts.
    nlp (Language): A pipeline with the component; the default is `load()`, made once.
    n_process (int): Worker processes; -1, one per core. progress (bool): Show a progress bar on standard error.
    RETURNS (DataFrame): In the order of the texts; lone surrogates are U+FFFD.
    RAISES (ImportError): Without narwhals. (ValueError): If there is no such column.
        (TypeError): If frame is no such frame, or a value is neither a string nor missing.

    >>> import pandas
    >>> frame = pandas.DataFrame({"text": ["Ol Bengazide boldy.", None, "Aşgabada geldi."]}, index=["a", "b", "c"])
    >>> tag_frame(frame)[["row", "name", "case"]].values.tolist()
    [['a', 'Bengazi', 'Loc'], ['c', 'Aşgabat', 'Dat']]
    """
    try:
        import narwhals as nw
    except ImportError:
        raise ImportError(f"tag_frame() needs narwhals: {EXTRA}") from None
    try:
        given = nw.from_native(frame, eager_only=True)
    except TypeError:
        raise TypeError(
            f"tag_frame() takes a data frame of pandas or polars in memory, not {type(frame).__name__}"
        ) from None
    if text not in given.columns:
        raise ValueError(f"found no column {text!r}, expected one of {', '.join(map(str, given.columns))}")
    values = given.get_column(text).to_list()
    index = nw.maybe_get_index(given)
    places: list[Hashable] = list(range(len(values))) if index is None else list(index)
    texts = [(place, value) for place, value in zip(places, values, strict=True) if not _is_missing(value)]
    for place, value in texts:
        if not isinstance(value, str):
            raise TypeError(f"row {place}: found {value!r:.60} in the column {text}, expected a text or nothing")
    found = tag_many([value for _, value in texts], nlp=nlp, n_process=n_process, progress=progress)
    columns: dict[str, list[Any]] = {key: [] for key in COLUMNS}
    for (place, _), tagged in zip(texts, found, strict=True):
        for row in rows([("", tagged)]):
            row |= {"row": place, "features": features_text(row["features"])}
            for key, cells in columns.items():
                cells.append(encodable(row[key]) if isinstance(row[key], str) else row[key])
    kinds: dict[Any, Any] = {int: nw.Int64, bool: nw.Boolean, float: nw.Float64}
    made = nw.from_dict(columns, backend=nw.get_native_namespace(given))
    # a frame without rows has the types all the same
    typed = [nw.col(key).cast(kinds.get(KINDS.get(key, str), nw.String)) for key in COLUMNS[1:]]
    return made.with_columns(*typed).to_native()


def _is_missing(value: Any) -> bool:
    """Whether a cell is None, NaN or what else is not equal to itself."""
    if value is None:
        return True
    try:
        return bool(value != value)
    except TypeError:  # pandas.NA, of which nothing is true
        return True
