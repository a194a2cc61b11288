"""Compiled patterns: the same as fresh ones, made anew when anything about them changed, never in the way."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import srsly

from turkmen_ner.errors import PatternError
from turkmen_ner.gazetteer import serialization as compiled
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.patterns import compiler
from turkmen_ner.patterns import shipped as store
from turkmen_ner.patterns.compiler import compile
from turkmen_ner.patterns.pattern_set import Patterns
from turkmen_ner.patterns.reader import read

ROOT = Path(__file__).parents[2]

_SMALL = {
    "cities.yaml": """\
label: CITY
patterns:
  - {id: bengazi, pattern: Bengazi, aliases: [Benghazi]}
  - {id: mary, pattern: Mary, maybe: true}
""",
    "evidence.yaml": "evidence:\n  - {id: r, label: CITY, weight: 2, when: [after:heads], yes: ['x'], note: why}\n",
    "lists/heads.txt": "# about: heads\nşäher\n",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A small folder of shipped patterns with an empty cache beside it."""
    made = tmp_path / "patterns"
    for name, text in _SMALL.items():
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf8")
    monkeypatch.setattr(store, "patterns_folder", lambda: made)
    monkeypatch.setenv("TURKMEN_NER_CACHE", str(tmp_path / "cache"))
    store.shipped.cache_clear()
    yield made
    store.shipped.cache_clear()


def load() -> Gazetteer:
    """The shipped patterns as a new process would see them."""
    store.shipped.cache_clear()
    return store.shipped()


def cached() -> list[Path]:
    return sorted(store.cache_folder().glob("*"))


@pytest.fixture
def builds(monkeypatch):
    """How often patterns were compiled."""
    count = []
    monkeypatch.setattr(compiler, "compile", lambda patterns: count.append(1) or compile(patterns))
    return count


# --- the same ------------------------------------------------------------------------------------------------------


def same(one: Gazetteer, other: Gazetteer) -> bool:
    return (
        one.to_data() == other.to_data()
        and list(one.entries) == list(other.entries)
        and list(one.forms) == list(other.forms)
        and {k: list(v) for k, v in one.phrases.items()} == {k: list(v) for k, v in other.phrases.items()}
        and one.lower.starts == other.lower.starts
        and [(r.id, r.weight, tuple(r.when), r.source) for r in one.evidence]
        == [(r.id, r.weight, tuple(r.when), r.source) for r in other.evidence]
    )


def test_compiled_equals_fresh(folder, builds):
    fresh = load()
    compiled = load()
    assert len(builds) == 1
    assert compiled is not fresh
    assert same(fresh, compiled)
    assert fresh.entries[0].source == compiled.entries[0].source == "cities.yaml:3"


def test_all_shipped_compiled_equal_fresh():
    fresh = compile(read([store.patterns_folder()]))
    compiled = Gazetteer.from_data(srsly.msgpack_loads(srsly.msgpack_dumps(fresh.to_data())))
    assert same(fresh, compiled)
    assert same(fresh, store.shipped())


# --- made anew -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda f: (f / "cities.yaml").write_text("label: CITY\npatterns: []\n"),
        lambda f: (f / "lists" / "heads.txt").write_text("oba\n"),
        lambda f: (f / "new.yaml").write_text("label: CITY\npatterns: [{pattern: Oslo}]\n"),
        lambda f: (f / "evidence.yaml").unlink(),
        lambda f: (f / "cities.yaml").rename(f / "towns.yaml"),
    ],
    ids=["edited", "list edited", "added", "deleted", "renamed"],
)
def test_changed_patterns_are_compiled_anew(folder, builds, change):
    before = load()
    change(folder)
    after = load()
    assert len(builds) == 2
    assert not same(before, after)
    assert len(cached()) == 2


def test_touching_changes_nothing(folder, builds):
    load()
    os.utime(folder / "cities.yaml", (1, 1))
    load()
    assert len(builds) == 1


def test_moving_changes_nothing(folder, builds, tmp_path, monkeypatch):
    load()
    moved = tmp_path / "elsewhere"
    shutil.copytree(folder, moved)
    monkeypatch.setattr(store, "patterns_folder", lambda: moved)
    load()
    assert len(builds) == 1


def test_another_format_is_compiled_anew(folder, builds, monkeypatch):
    load()
    monkeypatch.setattr(store, "FORMAT", store.FORMAT + 1)
    load()
    assert len(builds) == 2


def _signed(blob: bytes, body: bytes, **changes: object) -> bytes:
    head = json.loads(blob.split(b"\n")[0])
    head |= {"size": len(body), "sha256": hashlib.sha256(body).hexdigest(), **changes}
    return json.dumps(head).encode() + b"\n" + body


DAMAGES = {
    "empty": lambda blob: b"",
    "cut in the hash": lambda blob: blob[:20],
    "cut": lambda blob: blob[:-1],
    "half": lambda blob: blob[: len(blob) // 2],
    "longer": lambda blob: blob + b"x",
    "bit": lambda blob: blob[:50] + bytes([blob[50] ^ 1]) + blob[51:],
    "zeros": lambda blob: bytes(len(blob)),
    "text": lambda blob: b"not msgpack at all, and much longer than a hash is",
    "no msgpack": lambda blob: _signed(blob, b"\xc1"),
    "another key": lambda blob: _signed(blob, blob.split(b"\n", 1)[1], key="another"),
    "another kind": lambda blob: _signed(blob, blob.split(b"\n", 1)[1], kind="another"),
    "another format": lambda blob: _signed(blob, blob.split(b"\n", 1)[1], format=0),
    "no key": lambda blob: _signed(blob, blob.split(b"\n", 1)[1], key=None),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged_cache_is_made_anew(folder, builds, damage):
    fresh = load()
    (path,) = cached()
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert same(load(), fresh)
    assert len(builds) == 2
    assert path.read_bytes() == whole
    assert cached() == [path]


def test_cache_that_is_a_folder(folder):
    fresh = load()
    (path,) = cached()
    path.unlink()
    path.mkdir()
    assert same(load(), fresh)
    assert cached() == [path]  # nothing else is left behind


# --- the cache folder ----------------------------------------------------------------------------------------------


def test_cache_folder_that_cannot_be_made(folder, builds, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("TURKMEN_NER_CACHE", str(tmp_path / "file" / "cache"))
    assert same(load(), load())
    assert len(builds) == 2
    assert (tmp_path / "file").read_text() == "in the way"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_cache_folder_that_is_read_only(folder, tmp_path):
    store.cache_folder().mkdir()
    store.cache_folder().chmod(0o500)
    assert same(load(), load())
    assert cached() == []


def test_disk_full(folder, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert same(load(), load())
    assert cached() == []


def test_cache_folder_of_the_user(monkeypatch, tmp_path):
    monkeypatch.delenv("TURKMEN_NER_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert store.cache_folder() == tmp_path / "turkmen_ner"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", classmethod(lambda cls: tmp_path))
    assert store.cache_folder() == tmp_path / ".cache" / "turkmen_ner"


def test_user_without_a_home(folder, monkeypatch):
    def homeless(cls):
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("TURKMEN_NER_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", classmethod(homeless))
    assert same(load(), load())


# --- what is asked for ---------------------------------------------------------------------------------------------


def test_nothing_shipped_nothing_read(monkeypatch):
    monkeypatch.setattr(store, "patterns_folder", lambda: pytest.fail("read the shipped patterns"))
    assert list(store.gazetteer([], use_shipped=False).entries) == []
    one = store.gazetteer([{"label": "CITY", "pattern": "Ankara"}], use_shipped=False)
    assert [e.id for e in one.entries] == ["ankara"]


def test_own_patterns_come_after_the_shipped(folder):
    both = store.gazetteer([{"id": "bengazi", "label": "BODY", "pattern": "Bengazi"}], use_shipped=True)
    assert [(e.id, e.label) for e in both.entries] == [("bengazi", "BODY"), ("mary", "CITY")]
    assert [(e.id, e.label) for e in store.gazetteer([], use_shipped=True).entries] == [
        ("bengazi", "CITY"),
        ("mary", "CITY"),
    ]


def test_shipped_are_loaded_once(folder, builds):
    assert store.shipped() is store.shipped()
    assert len(builds) == 1


def test_wrong_shipped_patterns_are_not_cached(folder):
    (folder / "cities.yaml").write_text("label: CITY\npatterns: {}\n")
    for _ in range(2):
        with pytest.raises(PatternError, match=r"^cities\.yaml:2: patterns: expected a list"):
            load()
    assert cached() == []


def test_shipped_folder_that_is_gone(folder):
    shutil.rmtree(folder)
    with pytest.raises(PatternError, match="expected"):
        load()


def test_empty_gazetteer():
    empty = compile(Patterns())
    assert same(Gazetteer.from_data(empty.to_data()), empty)


# --- a file of one's own --------------------------------------------------------------------------------------------

OWN = [{"label": "CITY", "id": "awsar", "pattern": "Awşar"}, {"id": "bengazi", "aliases": ["Bingazi"]}]


def test_own_file(folder, tmp_path):
    path = tmp_path / "new" / "own.msgpack"
    assert store.compile_patterns(OWN, path) == 3
    both = store.gazetteer([path], use_shipped=True)
    assert [(e.id, e.source) for e in both.entries] == [
        ("bengazi", "cities.yaml:3"),
        ("mary", "cities.yaml:4"),
        ("awsar", "<patterns> entry 1"),
    ]
    assert [f.written for f in both.forms_of(["bengazi"])["bengazi"]] == ["Bengazi", "Benghazi", "Bingazi"]
    assert [f.written for f in both.forms] == ["Bengazi", "Benghazi", "Mary", "Awşar", "Bingazi"]
    assert [p.name for p in path.parent.iterdir()] == ["own.msgpack"]  # nothing else is left behind


def test_own_files_without_the_shipped(folder, tmp_path):
    one, other = tmp_path / "one.msgpack", tmp_path / "other.msgpack"
    store.compile_patterns(OWN[:1], one, shipped=False)
    store.compile_patterns([one, {"remove": ["awsar"]}, {"label": "BODY", "pattern": "Awşar"}], other, shipped=False)
    assert [(e.id, e.label) for e in store.gazetteer([other], use_shipped=False).entries] == [("awsar", "BODY")]


def test_own_file_keeps_files_lines_and_lists(folder, tmp_path):
    (tmp_path / "my").mkdir()
    (tmp_path / "my" / "names.yaml").write_text(
        "label: SHIP\npatterns:\n  - id: x\n    pattern: [{IS_TITLE: 'true'}]\n    after: [{LIST: ships}]\n"
        "evidence:\n  - {id: r, label: SHIP, weight: 1, when: [after:ships]}\n",
        encoding="utf8",
    )
    (tmp_path / "my" / "ships.txt").write_text("gämi\n", encoding="utf8")
    path = tmp_path / "own.msgpack"
    store.compile_patterns([tmp_path / "my"], path)
    shutil.rmtree(tmp_path / "my")
    both = store.gazetteer([path], use_shipped=True)
    assert list(both.entries)[-1].source == "names.yaml:3"
    assert both.token_rules == ((2, ({"IS_TITLE": True},)),)
    assert both.lists["ships"] == ["gämi"]
    assert [(rule.id, rule.weight, rule.source) for rule in both.evidence] == [("r", 1.0, "names.yaml:7")]


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged_own_file_is_refused(folder, tmp_path, damage):
    path = tmp_path / "own.msgpack"
    store.compile_patterns(OWN, path)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(PatternError, match=r"own\.msgpack: found .*, expected"):
        store.gazetteer([path], use_shipped=True)


def test_every_cut_of_an_own_file_is_refused(folder, tmp_path):
    path = tmp_path / "own.msgpack"
    store.compile_patterns(OWN[:1], path, shipped=False)
    blob = path.read_bytes()
    for length in range(0, len(blob), 7):
        path.write_bytes(blob[:length])
        with pytest.raises(PatternError):
            store.gazetteer([path], use_shipped=False)


def test_own_file_of_another_version_is_refused(folder, tmp_path, monkeypatch):
    path = tmp_path / "own.msgpack"
    monkeypatch.setattr(compiled, "_code_key", lambda: "older")
    store.compile_patterns(OWN, path)
    monkeypatch.undo()
    with pytest.raises(PatternError, match="another version, expected one compiled anew"):
        store.gazetteer([path], use_shipped=False)


@pytest.mark.parametrize("content", [{"a": 1}, 5, [{}], [5], [{"table": {}}], [{"table": {}, "rules": []}]])
def test_forged_own_file_is_refused(tmp_path, content):
    path = tmp_path / "own.msgpack"
    path.write_bytes(compiled.pack(compiled.OWN, content, compiled._code_key()))
    with pytest.raises(PatternError, match=r"own\.msgpack: found other data, expected"):
        store.gazetteer([path], use_shipped=False)


def test_own_file_that_is_a_folder(tmp_path):
    (tmp_path / "own.msgpack").mkdir()
    with pytest.raises(PatternError, match=r"own\.msgpack: found a folder, expected a file"):
        store.gazetteer([tmp_path / "own.msgpack"], use_shipped=False)


def test_shipped_file_is_no_own_file(folder, tmp_path):
    load()
    (path,) = cached()
    with pytest.raises(PatternError, match="found the shipped patterns, compiled, expected a file"):
        store.gazetteer([path], use_shipped=False)


def test_own_file_that_is_not_there(tmp_path):
    with pytest.raises(PatternError, match=r"none\.msgpack: cannot be read \(No such file"):
        store.gazetteer([tmp_path / "none.msgpack"], use_shipped=False)


def test_own_file_needs_its_ending(tmp_path):
    with pytest.raises(ValueError, match=r"ends in \.msgpack"):
        store.compile_patterns([], tmp_path / "own.yaml")


def test_wrong_patterns_are_not_compiled(folder, tmp_path):
    with pytest.raises(PatternError, match="without a pattern"):
        store.compile_patterns([{"id": "none", "aliases": ["A"]}], tmp_path / "own.msgpack")
    assert list(tmp_path.glob("*.msgpack")) == []


def test_own_file_that_cannot_be_written(folder, tmp_path):
    (tmp_path / "own.msgpack").mkdir()
    with pytest.raises(OSError, match=r"own\.msgpack"):
        store.compile_patterns(OWN, tmp_path / "own.msgpack")
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("own")] == ["own.msgpack"]


# --- several processes ---------------------------------------------------------------------------------------------

_TAG = "import turkmen_ner; print([e.name for e in turkmen_ner.tag('Ol Bengazide boldy.')])"


def test_processes_at_once(tmp_path):
    environment = {**os.environ, "TURKMEN_NER_CACHE": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT)}
    runs = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", _TAG], env=environment, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    assert [run.communicate()[0].strip() for run in runs] == ["['Bengazi']"] * 3
    assert [run.returncode for run in runs] == [0] * 3
    (path,) = (tmp_path / "cache").iterdir()
    head, body = path.read_bytes().split(b"\n", 1)
    assert hashlib.sha256(body).hexdigest() == json.loads(head)["sha256"]
