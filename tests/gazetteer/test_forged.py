"""Files with a right checksum whose content nobody compiled, and odd files where a compiled one is looked for."""

import os
from pathlib import Path

import mutants
import pytest

import turkmen_ner
from turkmen_ner.errors import PatternError
from turkmen_ner.gazetteer.serialization import OWN, SAVED, SHIPPED, _code_key, pack, unpack
from turkmen_ner.patterns import shipped as shipped_patterns

NUMBER = 200


def test_mutants_are_refused_or_tag():
    counts, failures = mutants.run(NUMBER, seed=18)
    assert not failures, failures[0]
    assert counts["refused"] > NUMBER / 3
    assert counts["read"] > NUMBER / 20


# what is changed · its new value
FORGED = [
    (("tables", 0, "written", 1), b"\xff\0\0\0"),
    (("tables", 0, "owners"), b"\7\0\0\0"),
    (("tables", 0, "flags"), "flags"),
    (("tables", 0, "kbs"), [[9], ["x"]]),
    (("tables", 0, "labels", 0), ["city"] * 3),
    (("tables", 0, "places", 2), [[1.5]]),
    (("tables", 0, "lower"), [[1], []]),
    (("changes", 2), [-1]),
    (("changes", 0), [[0, 99]]),
    (("rules", "evidence", 0, 2), float("nan")),
    (("rules", "evidence", 0, 3), ["no fact"]),
    (("rules", "token_rules", 0, 1), [{"REGEX": "(a+)+"}]),
    (("rules", "token_rules", 0, 1), []),
    (("rules", "token_rules", 0, 0), -1),
    (("rules", "contexts", 0, 1), {"beside": []}),
    (("rules", "contexts", 0, 1), {"before": [{"LIST": ["no such list"]}]}),
    (("rules", "lists"), {"a": 5}),
]


@pytest.fixture(scope="module")
def saved():
    nlp = turkmen_ner.load(patterns=[*mutants.PATTERNS, mutants.DOCUMENT], shipped=False)
    return nlp.get_pipe("turkmen_ner").to_bytes()


@pytest.mark.parametrize(("place", "value"), FORGED, ids=[".".join(map(str, place)) for place, _ in FORGED])
def test_what_is_forged_is_refused_when_it_is_loaded(saved, place, value):
    content = unpack(saved, SAVED, "saved")
    holder = content
    for key in place[:-1]:
        holder = holder[key]
    assert holder[place[-1]] != value
    holder[place[-1]] = value
    nlp = turkmen_ner.load(shipped=False)
    with pytest.raises(PatternError, match=r"^the saved patterns: "):
        nlp.get_pipe("turkmen_ner").from_bytes(pack(SAVED, content))


def test_a_saved_regular_expression_is_checked(saved):
    content = unpack(saved, SAVED, "saved")
    for rule in content["rules"]["token_rules"]:
        rule[1][0] = {"TEXT": {"REGEX": r"\w*\w*\w*(?:\B){4800}y"}}
    with pytest.raises(PatternError, match=r"found other rules, .*a repetition of what can be empty"):
        turkmen_ner.load(shipped=False).get_pipe("turkmen_ner").from_bytes(pack(SAVED, content))


@pytest.mark.parametrize("content", [None, 5, "x", [], {}, [[]], [{}], [None]])
@pytest.mark.parametrize("kind", [OWN, SAVED])
def test_other_content(kind, content, tmp_path):
    if (kind, content) == (OWN, []):
        pytest.skip("no overlay is nothing wrong")
    path = tmp_path / "x.msgpack"
    path.write_bytes(pack(kind, content, _code_key()))
    take = turkmen_ner.load(shipped=False).get_pipe("turkmen_ner").from_bytes
    with pytest.raises(PatternError, match="found other data"):
        turkmen_ner.load(patterns=[path], shipped=False) if kind == OWN else take(path.read_bytes())


# --- odd files -------------------------------------------------------------------------------------------------------


def _forged(path: Path) -> None:
    path.write_bytes(pack(SHIPPED, {"tables": [{"ids": 5}]}, path.stem.partition("-")[2]))


ODD = {
    "forged": _forged,
    "pipe": os.mkfifo,
    "folder": Path.mkdir,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "loop": lambda path: path.symlink_to(path),
    "nothing": lambda path: path.write_bytes(b""),
}


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_file_in_the_cache_is_made_anew(odd, tmp_path, monkeypatch):
    monkeypatch.setenv("TURKMEN_NER_CACHE", str(tmp_path))
    made = shipped_patterns.Gazetteer.empty()
    monkeypatch.setattr(shipped_patterns, "_read_shipped", lambda: made)
    monkeypatch.setattr(
        shipped_patterns, "patterns_folder", lambda: Path(shipped_patterns.__file__).parents[2] / "patterns"
    )
    key = shipped_patterns._key(shipped_patterns.patterns_folder())
    path = tmp_path / f"patterns-{key}.msgpack"
    ODD[odd](path)
    assert shipped_patterns.shipped.__wrapped__() is made
    if odd != "folder":
        assert path.is_file()
        assert shipped_patterns.shipped.__wrapped__() is not made  # what was written is read


@pytest.mark.parametrize("odd", [name for name in ODD if name != "forged"])
def test_odd_files_among_the_patterns(odd, tmp_path):
    path = tmp_path / "x.msgpack"
    ODD[odd](path)
    with pytest.raises(PatternError, match=r"x\.msgpack: (found|cannot be read)"):
        turkmen_ner.load(patterns=[path], shipped=False)


def test_nothing_of_another_file_is_quoted(tmp_path):
    path = tmp_path / "x.msgpack"
    path.write_text("root:secret:20000:0:99999:7:::\n")
    with pytest.raises(PatternError) as caught:
        turkmen_ner.load(patterns=[path], shipped=False)
    assert "secret" not in str(caught.value)
