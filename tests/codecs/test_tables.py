"""CSV and data frames."""

import io
import sys

import pandas
import pytest
from tagged_texts import SENTENCES, WITH_MARY, written

from turkmen_ner import Entity, TaggedText, tag


def test_frame():
    frame = tag(SENTENCES[0]).to_frame()
    assert list(frame.columns) == list(tag(SENTENCES[0]).to_dicts()[0])
    assert frame.loc[frame.label == "CITY", "name"].tolist() == ["Bengazi"]
    assert frame["start"].sum() == 0 + 14 + 24
    empty = tag("").to_frame()
    assert list(empty.columns) == list(frame.columns)
    assert (empty["start"].dtype, empty["listed"].dtype) == ("int64", "bool")


def test_frame_without_pandas(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"pip install 'turkmen_ner\[pandas\]'"):
        WITH_MARY.to_frame()


def test_pandas_reads_our_csv():
    tagged = TaggedText.of(
        'NA, "Mary"\r\nx', [Entity("NA", "NA", 0, 2, "NaN"), Entity('"Mary"\r\nx', "CITY", 4, 13, "=1,5")]
    )
    frame = pandas.read_csv(io.StringIO(written(tagged, "csv"), newline=""), keep_default_na=False)
    assert frame[["text", "label", "start", "name"]].to_numpy().tolist() == [
        ["NA", "NA", 0, "NaN"], ['"Mary"\r\nx', "CITY", 4, "=1,5"]
    ]  # fmt: skip
