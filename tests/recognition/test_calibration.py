"""The score of a mention: between 0 and 1, rising with the points, and what `min_score` leaves out."""

import json
import pickle
from itertools import pairwise

import pytest
import spacy
from hostile import BITS, HOSTILE, SEEDS
from typer.testing import CliRunner

import turkmen_ner
from turkmen_ner.api import component
from turkmen_ner.cli import app
from turkmen_ner.corpus.bracket_notation import strip
from turkmen_ner.recognition.calibration import KINDS, curves, kind
from turkmen_ner.recognition.mention import Mention

TEXT = (
    "Halife Haftar Bengazide Jeren Orazowa bilen duşuşdy. Zenlitta Şahymat Ösüş Merkezi maslahat geçirdi. "
    "Ýoldaşym Mary gördi."
)


def scores(text, **settings):
    return [(e.text, e.score) for e in turkmen_ner.tag(text, nlp=turkmen_ner.load(**settings))]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_score_of_an_article(path):
    found = turkmen_ner.tag(strip(path.read_text(encoding="utf8")))
    assert len(found) > 10
    assert all(0 < e.score <= 1 for e in found)


def test_every_score_of_hostile_texts():
    texts = [make(600) for make in HOSTILE.values()] + ["".join(BITS), "".join(reversed(BITS))]
    found = [e for text in texts for e in turkmen_ner.tag(text) if e.source]
    assert len(found) > 100
    assert all(0 < e.score <= 1 for e in found)


@pytest.mark.parametrize("name", KINDS)
def test_rises_with_the_points(name):
    curve = curves()[name]
    values = [curve.score(margin / 4) for margin in range(-40, 200)]
    assert all(one <= other for one, other in pairwise(values))
    assert 0 < values[0] <= values[-1] <= 1


def test_more_points_are_never_less_sure():
    tagger = component(turkmen_ner.load()).tagger
    text = "\n".join(strip(path.read_text(encoding="utf8")) for path in SEEDS)
    found = [m for m in tagger.mentions(text)[1] if m.label]
    for name in KINDS:
        ordered = sorted((m.margin, m.score) for m in found if kind(m) == name)
        assert all(one <= other for (_, one), (_, other) in pairwise(ordered))
    unlisted = {m.score for m in found if kind(m) == "inferred"}
    assert len(unlisted) > 5
    assert max(unlisted) - min(unlisted) > 0.2


def test_a_listed_name_is_surer_than_one_that_is_a_word_too():
    patterns = [
        {"label": "CITY", "id": "sure", "pattern": "Awşar"},
        {"label": "CITY", "id": "doubt", "pattern": "Baglar", "maybe": True},
    ]
    nlp = turkmen_ner.load(patterns=patterns)
    (sure,), (doubt,) = (turkmen_ner.tag(f"Ol {name} şäherine geldi.", nlp=nlp) for name in ("Awşar", "Baglar"))
    assert doubt.listed
    assert doubt.score < sure.score
    assert sure.score > 0.9


def test_every_kind_is_told_apart():
    assert kind(Mention(0, 2, "PERSON", rule=1)) == "rule"
    assert kind(Mention(0, 2, "PERSON")) == "inferred"
    assert kind(Mention(0, 3, "BODY")) == "long"
    assert set(curves()) == set(KINDS)


# --- min_score -----------------------------------------------------------------------------------------------------


def test_min_score_leaves_what_is_sure():
    every = scores(TEXT)
    middle = sorted(score for _, score in every)[len(every) // 2]
    assert scores(TEXT, min_score=0) == every
    assert scores(TEXT, min_score=middle) == [row for row in every if row[1] >= middle] != every
    assert scores(TEXT, min_score=1) == [row for row in every if row[1] == 1]


@pytest.mark.parametrize("wrong", [-0.1, 1.1, 80])
def test_min_score_from_0_to_1(wrong):
    with pytest.raises(ValueError, match="min_score must be from 0 to 1, not"):
        turkmen_ner.load(min_score=wrong)


def test_groups_of_spans_have_scores():
    nlp = spacy.blank("tk")
    nlp.add_pipe("turkmen_ner", config={"spans_key": "names"})
    doc = nlp(TEXT)
    every = [
        (span.text, float(score))
        for span, score in zip(doc.spans["names"], doc.spans["names"].attrs["scores"], strict=True)
    ]
    assert every == scores(TEXT)
    middle = sorted(score for _, score in every)[len(every) // 2]
    nlp.get_pipe("turkmen_ner").tagger.min_score = middle
    doc = nlp(TEXT)
    group = doc.spans["names.rejected"]
    rejected = {(s.text, s.label_, float(score)) for s, score in zip(group, group.attrs["scores"], strict=True)}
    gone = {(e.text, e.label, e.score) for e in turkmen_ner.tag(TEXT) if e.score < middle}
    assert gone
    assert gone <= rejected
    assert all(score < middle for *_, score in rejected)
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert list(again.spans["names.rejected"].attrs["scores"]) == list(group.attrs["scores"])


def test_explained():
    every = turkmen_ner.explain(TEXT)
    assert [(d.text, d.score) for d in every.found] == scores(TEXT)
    least = min(every.found, key=lambda d: d.score)
    nlp = turkmen_ner.load(min_score=least.score + 0.01)
    (lost,) = (d for d in turkmen_ner.explain(TEXT, nlp=nlp).rejected if d.start == least.start)
    assert lost.score == least.score
    assert lost.why == f"as {least.label} not sure enough: {least.score:.2f}, and min_score is {least.score + 0.01:g}"


def test_saved_and_pickled(tmp_path):
    every = scores(TEXT)
    middle = sorted(score for _, score in every)[len(every) // 2]
    nlp = turkmen_ner.load(min_score=middle)
    nlp.to_disk(tmp_path / "model")
    for other in (spacy.load(tmp_path / "model"), pickle.loads(pickle.dumps(nlp))):
        assert list(turkmen_ner.tag(TEXT, nlp=other)) == list(turkmen_ner.tag(TEXT, nlp=nlp))
        assert len(turkmen_ner.tag(TEXT, nlp=other)) < len(every)


def test_command_line():
    every = scores(TEXT)
    middle = sorted(score for _, score in every)[len(every) // 2]
    result = CliRunner().invoke(app, ["tag", TEXT, "--min-score", str(middle), "-f", "jsonl"])
    found = json.loads(result.stdout)["entities"]
    assert [(row["text"], row["score"]) for row in found] == [row for row in every if row[1] >= middle]
    assert CliRunner().invoke(app, ["tag", TEXT, "--min-score", "1.5"]).exit_code == 2
