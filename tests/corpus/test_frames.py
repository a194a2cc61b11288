"""`tag_frame`, `count(…).to_frame()` and `TaggedText.entities`."""

import math
import sys

import pandas
import polars
import pytest

import turkmen_ner
from turkmen_ner.corpus.frames import COLUMNS

TEXTS = ["Hakan Fidan Bakuwa bardy. Fidan geldi.", None, "", "Ol hiç kimi görmedi.", "Ol Marydan geldi."]
EXPECTED = [
    ("Hakan Fidan", "Hakan Fidan", "Hakan Fidan Bakuwa bardy."),
    ("Baku", "Baku", "Hakan Fidan Bakuwa bardy."),
    ("Fidan", "Hakan Fidan", "Fidan geldi."),
    ("Mary", "Mary", "Ol Marydan geldi."),
]


@pytest.mark.parametrize("missing", [None, math.nan, pandas.NA, pandas.NaT])
def test_pandas(missing):
    texts = pandas.Series([missing if text is None else text for text in TEXTS], dtype=object)
    frame = pandas.DataFrame({"title": list("abcde"), "body": texts}).set_index("title")
    found = turkmen_ner.tag_frame(frame, "body")
    assert isinstance(found, pandas.DataFrame)
    assert list(found.columns) == list(COLUMNS)
    assert list(found[["name", "main_name", "sentence"]].itertuples(index=False, name=None)) == EXPECTED
    assert found["row"].tolist() == ["a", "a", "a", "e"]
    assert found.loc[1, "features"] == "Case=Dat"
    joined = frame.join(found.set_index("row"))
    assert joined.loc["e", "name"] == "Mary"
    for row in found.itertuples():
        assert frame.loc[row.row, "body"][row.start : row.end] == row.text


def test_polars():
    found = turkmen_ner.tag_frame(polars.DataFrame({"text": TEXTS}))
    assert isinstance(found, polars.DataFrame)
    assert found.select("name", "main_name", "sentence").rows() == EXPECTED
    assert found["row"].to_list() == [0, 0, 0, 4]
    assert found.schema["start"] == polars.Int64
    assert found.schema["listed"] == polars.Boolean


@pytest.mark.parametrize("library", [pandas, polars])
def test_no_names(library):
    empty = turkmen_ner.tag_frame(library.DataFrame({"text": ["Ol geldi."]}))
    full = turkmen_ner.tag_frame(library.DataFrame({"text": ["Ol Mara geldi."]}))
    assert (len(empty), len(full)) == (0, 1)
    assert list(empty.columns) == list(full.columns) == list(COLUMNS)
    assert [str(kind) for kind in empty.dtypes][1:] == [str(kind) for kind in full.dtypes][1:]


def test_a_pipeline_and_surrogates():
    nlp = turkmen_ner.load(patterns=[{"label": "CITY", "id": "x", "pattern": "Norgil"}], shipped=False, infer=False)
    found = turkmen_ner.tag_frame(polars.DataFrame({"text": ["Ol Norgilde."]}), nlp=nlp)
    assert found["id"].to_list() == ["x"]
    found = turkmen_ner.tag_frame(pandas.DataFrame({"text": pandas.Series(["\ud83d Mara bardy"], dtype=object)}))
    assert found["sentence"].tolist() == ["Mara bardy"]


@pytest.mark.parametrize(
    ("frame", "error", "says"),
    [
        (pandas.DataFrame({"body": ["a"]}), ValueError, "found no column 'text', expected one of body"),
        (
            pandas.DataFrame({"text": ["a", 5]}),
            TypeError,
            "row 1: found 5 in the column text, expected a text or nothing",
        ),
        (polars.DataFrame({"text": [1.5]}), TypeError, "row 0: found 1.5"),
        (
            polars.LazyFrame({"text": ["a"]}),
            TypeError,
            "takes a data frame of pandas or polars in memory, not LazyFrame",
        ),
        (["a"], TypeError, "takes a data frame of pandas or polars in memory, not list"),
    ],
)
def test_what_is_no_frame_of_texts(frame, error, says):
    with pytest.raises(error, match=says):
        turkmen_ner.tag_frame(frame)


def test_without_the_libraries(monkeypatch):
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(ImportError, match=r"pip install 'turkmen_ner\[frame\]'"):
        turkmen_ner.tag_frame(pandas.DataFrame({"text": ["a"]}))
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"pip install 'turkmen_ner\[pandas\]'"):
        turkmen_ner.count([]).to_frame()


def test_counts_as_a_frame():
    counts = turkmen_ner.count(["Ol Bengazide boldy. Bengazi uly.", "Halife Haftar Bengazä geldi."])
    frame = counts.to_frame()
    assert frame[["name", "mentions", "documents"]].to_numpy().tolist() == [["Bengazi", 3, 2], ["Halife Haftar", 1, 1]]
    assert frame.loc[0, "forms"] == counts[0].forms
    empty = turkmen_ner.count([]).to_frame()
    assert list(empty.columns) == list(frame.columns)
    assert empty["mentions"].dtype == "int64"


def test_entities_of_a_text():
    found = turkmen_ner.tag("Ol Bengazide boldy.")
    assert found.entities == tuple(found)
    assert found.only(["PERSON"]).entities == ()
