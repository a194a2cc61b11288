"""JSON, Prodigy, doccano and Label Studio."""

import io
import json

import pytest
from tagged_texts import MARY, WITH_MARY, again, bare, written

from turkmen_ner import TaggedText, formats, tag


def test_a_json_line_is_one_line_for_every_reader():
    tagged = TaggedText.of("a\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\x00b", [])
    assert len(written(tagged, "jsonl").splitlines()) == 1
    assert again(tagged, "jsonl") == tagged


def test_prodigy_has_tokens_that_its_spans_are_made_of():
    tagged = tag("Ol  BMG-niň we Türkiýäniň\nişleri üçin geldi. Halife Haftar!")
    (task,) = [json.loads(line) for line in written(tagged, "prodigy").splitlines()]
    assert "BMG-niň" in [token["text"] for token in task["tokens"]]
    assert "".join(token["text"] + " " * token["ws"] for token in task["tokens"]) != ""
    assert [token["id"] for token in task["tokens"]] == list(range(len(task["tokens"])))
    assert len(task["spans"]) == 3
    for span in task["spans"]:
        tokens = task["tokens"][span["token_start"] : span["token_end"] + 1]
        assert (tokens[0]["start"], tokens[-1]["end"]) == (span["start"], span["end"])
        assert task["text"][span["start"] : span["end"]] == span["text"]
    assert task["meta"] == {"file": "a.txt"}


def test_label_studio_takes_what_people_marked_first():
    (task,) = json.loads(written(WITH_MARY, "label-studio"))
    (result,) = task["predictions"][0]["result"]
    assert result["value"] == {"start": 3, "end": 7, "text": "Mara", "labels": ["CITY"]}
    assert (result["from_name"], result["to_name"], result["type"]) == ("label", "text", "labels")
    assert result["score"] == MARY.score
    (found,) = formats.read(io.StringIO(json.dumps([task])), "label-studio")
    assert [e.score for e in found] == [MARY.score]
    task["annotations"] = [{"result": [result | {"value": {"start": 0, "end": 2, "labels": ["PERSON"]}}]}]
    (found,) = formats.read(io.StringIO(json.dumps([task])), "label-studio")
    assert bare(found) == [(0, 2, "PERSON")]
    (found,) = formats.read(io.StringIO('[{"data": {"text": "Mary"}}]'), "label-studio")
    assert (found.text, len(found)) == ("Mary", 0)


def region(start: int, end: int, *labels: str, **more: object) -> dict[str, object]:
    return {"type": "labels", "value": {"start": start, "end": end, "labels": list(labels), **more}}


def test_label_studio_leaves_out_what_people_cancelled():
    task = {
        "data": {"text": "Ol Mara"},
        "annotations": [
            {"was_cancelled": True, "result": []},
            {"was_cancelled": False, "result": [region(3, 7, "CITY")]},
        ],
        "predictions": [{"result": [region(0, 2, "PERSON")]}],
    }
    (found,) = formats.read(io.StringIO(json.dumps([task])), "label-studio")
    assert bare(found) == [(3, 7, "CITY")]
    del task["annotations"][1]
    (found,) = formats.read(io.StringIO(json.dumps([task])), "label-studio")
    assert bare(found) == [(0, 2, "PERSON")]


def test_regions_of_label_studio():
    task = {
        "data": {"text": "Milli\nGoranmak"},
        "annotations": [{"result": [region(0, 14, "BODY", text="Milli\\nGoranmak")]}],
    }
    (found,) = formats.read(io.StringIO(json.dumps([task])), "label-studio")
    assert [e.text for e in found] == ["Milli\nGoranmak"]
    for labels in ([], ["BODY", "CITY"]):
        task["annotations"] = [{"result": [region(0, 5, *labels)]}]
        with pytest.raises(ValueError, match=r"record 1: found the labels .*, expected one label for each name"):
            list(formats.read(io.StringIO(json.dumps([task])), "label-studio"))


@pytest.mark.parametrize("format", ["json", "jsonl", "prodigy", "doccano", "label-studio"])
@pytest.mark.parametrize("text", ["[" * 200_000, '{"text":' * 200_000, '[{"text": "", "entities": ' + "[" * 200_000])
def test_json_of_any_depth(format, text):
    with pytest.raises(ValueError, match="found brackets in brackets without end"):
        list(formats.read(io.StringIO(text), format))
