"""Saved patterns: whole or refused, with the path and what was expected; the config decides about settings."""

import hashlib
import json
from pathlib import Path

import pytest
import spacy
import srsly
from spacy.language import Language

import turkmen_ner
from turkmen_ner.errors import PatternError
from turkmen_ner.gazetteer.serialization import FORMAT, OWN, SAVED, pack, restore, save
from turkmen_ner.patterns.compiler import compile
from turkmen_ner.patterns.reader import read
from turkmen_ner.pipeline.component import FILE

NAMES = [
    {"label": "CITY", "id": "zahyrap", "pattern": "Zahyrap", "kb": "geonames:1", "aliases": ["Zahrap"]},
    {"label": "SHIP", "id": "ship", "pattern": [{"IS_TITLE": True, "OP": "+"}], "after": [{"LIST": "ships"}]},
    {"label": "BODY", "id": "office", "pattern": [{"LOWER": "zahyrap"}, {"BASE": "edara"}], "kb": "x:2"},
]
TEXT = "Zahyrapda bolsa Ak Guş tankeri durýar. Zahyrap edarasynyň wekili Orazmämmet Gylyjow Zahrapdan geldi."


def made(folder: Path, **config: object) -> Language:
    """A pipeline with a user's file, which is gone when this returns."""
    path = folder / "my.yaml"
    path.write_text("label: CITY\npatterns:\n  - {id: derbent, pattern: Derbent}\nlists:\n  ships: [tanker]\n")
    nlp = spacy.blank("tk")
    nlp.add_pipe("turkmen_ner", config={"patterns": [str(path), *NAMES], "shipped": False, "infer": False, **config})
    path.unlink()
    return nlp


@pytest.fixture
def model(tmp_path) -> Path:
    made(tmp_path).to_disk(tmp_path / "model")
    return tmp_path / "model"


@pytest.fixture(scope="module")
def saved() -> bytes:
    return save(compile(read([NAMES[0]])))


def rows(nlp: Language, text: str = TEXT) -> list[dict[str, object]]:
    return turkmen_ner.tag(text, nlp=nlp).to_dicts()


# --- kept ----------------------------------------------------------------------------------------------------------


def test_rules_ids_and_sources_are_kept(model, tmp_path):
    expected = rows(made(tmp_path))
    assert [(row["text"], row["id"], row["kb"]) for row in expected] == [
        ("Zahyrapda", "zahyrap", "geonames:1"),
        ("Ak Guş", "doc.ak-gus", ""),
        ("Zahyrap edarasynyň", "office", "x:2"),
        ("Zahrapdan", "zahyrap", "geonames:1"),
    ]
    assert [row["source"] for row in expected[:2]] == ["<patterns> entry 1 zahyrap", "<patterns> entry 2 ship"]
    assert rows(spacy.load(model)) == expected


def test_sources_of_files_are_kept(model):
    assert [row["source"] for row in rows(spacy.load(model), "Derbentden geldi.")] == ["my.yaml:3 derbent"]


def test_saved_again(model, tmp_path):
    spacy.load(model).to_disk(tmp_path / "again")
    assert (tmp_path / "again" / "turkmen_ner" / FILE).read_bytes() == (model / "turkmen_ner" / FILE).read_bytes()


def test_says_what_it_is(saved):
    head = json.loads(saved.split(b"\n")[0])
    assert (head["kind"], head["format"], head["version"]) == (SAVED, FORMAT, turkmen_ner.__version__)
    assert head["sha256"] == hashlib.sha256(saved.split(b"\n", 1)[1]).hexdigest()


# --- settings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("labels", "ontonotes"),
        ("infer", True),
        ("spelling", "lenient"),
        ("existing_ents", "longest"),
        ("spans_key", "names"),
    ],
)
def test_settings_overridden_at_load(model, tmp_path, setting, value):
    """As if the pipeline had been made so, with the user's file that is gone."""
    nlp = spacy.load(model, config={"components": {"turkmen_ner": {setting: value}}})
    assert nlp.config["components"]["turkmen_ner"][setting] == value
    like = made(tmp_path, **{setting: value})
    for text in (TEXT, "Derbentde, hormatly Orazmämmet Gylyjow."):
        assert rows(nlp, text) == rows(like, text)
        assert list(nlp(text).spans) == list(like(text).spans)
    assert nlp.get_pipe("turkmen_ner").labels == like.get_pipe("turkmen_ner").labels


def test_overridden_labels(model):
    nlp = spacy.load(model, config={"components.turkmen_ner.labels": "ontonotes"})
    assert [row["label"] for row in rows(nlp)] == ["GPE", "PRODUCT", "ORG", "GPE"]
    assert [row["label"] for row in rows(spacy.load(model))] == ["CITY", "SHIP", "BODY", "CITY"]


def test_overridden_settings_are_saved(model, tmp_path):
    spacy.load(model, config={"components.turkmen_ner.labels": "conll"}).to_disk(tmp_path / "again")
    assert [row["label"] for row in rows(spacy.load(tmp_path / "again"))] == ["LOC", "MISC", "ORG", "LOC"]


def test_wrong_setting_at_load(model):
    with pytest.raises(ValueError, match="labels must be one of turkmen, ontonotes, conll, not 'english'"):
        spacy.load(model, config={"components.turkmen_ner.labels": "english"})


def test_component_left_out_at_load(model):
    assert spacy.load(model, exclude=["turkmen_ner"]).pipe_names == []


# --- refused -------------------------------------------------------------------------------------------------------


def with_head(saved: bytes, **changes: object) -> bytes:
    head, body = saved.split(b"\n", 1)
    return json.dumps({**json.loads(head), **changes}).encode() + b"\n" + body


def with_body(saved: bytes, body: bytes) -> bytes:
    head = saved.split(b"\n")[0]
    return with_head(head + b"\n" + body, size=len(body), sha256=hashlib.sha256(body).hexdigest())


WRONG = {
    "empty": (lambda s: b"", "found nothing, expected the patterns of a turkmen_ner component"),
    "kind cut short": (lambda s: s[:5], "found the beginning of it, expected the patterns"),
    "another kind": (lambda s: b"\x89PNG" + s, "found something else, expected the patterns of a turkmen_ner"),
    "msgpack": (lambda s: srsly.msgpack_dumps({"gazetteer": {}}), "expected the patterns of a turkmen_ner component"),
    "compiled": (lambda s: pack(OWN, []), "found a file that turkmen-ner compile wrote, expected the patterns of"),
    "kind of a later version": (
        lambda s: with_head(s, kind="turkmen_ner trie"),
        "found another kind of file, expected",
    ),
    "head cut short": (
        lambda s: s[:40],
        "found the beginning of it, expected the patterns of a turkmen_ner component",
    ),
    "no head": (lambda s: b"\n" + s, "expected .*: a line of JSON with kind, format, version, key, size, sha256"),
    "head of a list": (lambda s: b"[1]\n", "a line of JSON"),
    "head without size": (lambda s: with_head(s, size=None), "the beginning of it"),
    "later format": (
        lambda s: with_head(s, format=FORMAT + 1, version="9.9.9"),
        f"found format {FORMAT + 1} of turkmen_ner 9.9.9, expected format {FORMAT}, which turkmen_ner .* reads",
    ),
    "no format": (lambda s: with_head(s, format=0), "found format 0 of turkmen_ner"),
    "cut short": (lambda s: s[:-1], r"found \d+ bytes of patterns, expected \d+; was it cut short\?"),
    "too long": (lambda s: s + b"\0", r"found \d+ bytes of patterns, expected \d+"),
    "a byte is wrong": (lambda s: s[:-3] + bytes([s[-3] ^ 1]) + s[-2:], "found other bytes than were saved"),
    "no msgpack": (lambda s: with_body(s, b"\xc1"), "found other data, expected patterns in format"),
    "other data": (
        lambda s: with_body(s, srsly.msgpack_dumps([1, 2])),
        "found other data, expected patterns in format",
    ),
    "a key is gone": (
        lambda s: with_body(s, srsly.msgpack_dumps({"entries": []})),
        "found other data, expected patterns in format",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_refused(model, saved, case):
    damage, says = WRONG[case]
    path = model / "turkmen_ner" / FILE
    path.write_bytes(damage(saved))
    with pytest.raises(PatternError, match=says) as error:
        spacy.load(model)
    assert str(error.value).startswith(f"{path}: found ")
    assert "\n" not in str(error.value)


def test_missing(model):
    path = model / "turkmen_ner" / FILE
    path.unlink()
    with pytest.raises(PatternError, match=r"cannot be read \(No such file or directory\), expected the patterns"):
        spacy.load(model)


def test_every_cut_is_refused(saved):
    for size in range(len(saved)):
        with pytest.raises(PatternError):
            restore(saved[:size])


def test_every_wrong_byte_of_the_patterns_is_refused(saved):
    start = saved.index(b"\n") + 1
    for k in range(start, len(saved)):
        with pytest.raises(PatternError, match="found other bytes than were saved"):
            restore(saved[:k] + bytes([saved[k] ^ 0x40]) + saved[k + 1 :])


@pytest.mark.parametrize("case", WRONG)
def test_what_is_refused_changes_nothing(tmp_path, saved, case):
    nlp = made(tmp_path)
    before = rows(nlp)
    with pytest.raises(PatternError, match=r"^the saved patterns: "):
        nlp.get_pipe("turkmen_ner").from_bytes(WRONG[case][0](saved))
    assert rows(nlp) == before
