"""The stream of texts that benchmarks/stream.py makes, and the row a run that it adds to a page."""

from random import Random

import pytest
import report
import stream

TOKENS = 40_000  # more than the documents have, so that each comes twice and more


@pytest.fixture(scope="module")
def texts():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "GOLD", report.ROOT / "nowhere")
        found, made_of = stream.stream(TOKENS)
    assert made_of == "seeds alone"
    return found


def test_no_text_comes_twice(texts):
    assert len(texts) == len(set(texts)) > 2 * len(stream.documents()[0]) / 3


def test_has_as_many_tokens_as_asked(texts):
    last = len(texts[-1].split())
    assert TOKENS * 0.7 < sum(len(text.split()) for text in texts) < TOKENS + last


def test_frequent_words_stay_and_others_are_new(texts):
    words = " ".join(texts).split()
    before = " ".join(document.text for document in stream.documents()[0]).split()
    assert words.count("we") / len(words) == pytest.approx(before.count("we") / len(before), rel=0.5)
    assert len(set(words)) > len(words) / 8


def test_no_mark_or_placeholder_is_left(texts):
    assert not any(sign in text for text in texts for sign in ("|PERSON", "{", "None"))


def test_frequent_things_are_drawn_oftener():
    draw = stream.Drawing(["a", "b", "c"], Random(1))
    drawn = [draw() for _ in range(3000)]
    assert drawn.count("a") > 1.5 * drawn.count("b") > 1.5 * drawn.count("c") > 0


def test_every_pipeline_makes_its_pass(tmp_path):
    data = {"texts": ["Ol Bengazide ýaşaýar."] * 20, "tokens": [4] * 20, "rows": [["x1", "CITY", ["Bengazi"]]]}
    speeds = stream.race(data, ["`xx`", "everything"], rounds=1)
    assert set(speeds) == {"`xx`", "everything"}
    assert min(speeds.values()) > 0


def test_a_row_a_run(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- x:start -->\n<!-- x:end -->\nb\n", encoding="utf8")
    for run, speed in (("1", "0.5"), ("2", "0.6"), ("2", "0.7")):
        assert report.add_row(page, "x", {"run": run, "speed": speed})
    table = "| run | speed |\n|---|--:|\n| 1 | 0.5 |\n| 2 | 0.7 |"
    assert page.read_text(encoding="utf8") == f"a\n<!-- x:start -->\n{table}\n<!-- x:end -->\nb\n"
    assert report.add_row(page, "x", {"run": "3", "other": "1"})
    assert "0.5" not in page.read_text(encoding="utf8")
