"""Which files are read: only those that were given, and those of a given folder; and how their names are shown."""

import os

import pytest

import turkmen_ner
from turkmen_ner.errors import PatternError
from turkmen_ner.patterns.reader import read

GOOD = "label: CITY\npatterns:\n  - {id: derbent, pattern: Derbent}\n"


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "strange"
    (found / "sub").mkdir(parents=True)
    (found / "good.yaml").write_text(GOOD)
    return found


@pytest.mark.parametrize("name", ["x.yaml", "x.yml", "x.txt", "sub/x.yaml"])
def test_a_link_out_of_a_folder_is_refused_unread(name, folder, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("# label: CITY\nroot:secret\n!!secret\n")
    for link in (folder / name, folder / "sub" / "again.txt"):
        link.symlink_to(secret if link.name != "again.txt" else "../../secret.txt")
    with pytest.raises(PatternError, match="found a link out of the folder, expected one to a file in it") as caught:
        turkmen_ner.load(patterns=[folder], shipped=False)
    assert sorted(error.file for error in caught.value.errors) == sorted(
        {str(folder / name), str(folder / "sub" / "again.txt")}
    )
    assert "secret" not in str(caught.value).replace(str(tmp_path), "")


def test_a_link_within_a_folder_is_read(folder):
    (folder / "sub" / "list.txt").write_text("# label: CITY\nAwşar\n")
    (folder / "list.yaml").symlink_to("good.yaml")
    (folder / "good.yaml").rename(folder / "sub" / "real.txt.kept")
    (folder / "list.yaml").unlink()
    (folder / "list.yaml").symlink_to("sub/real.txt.kept")
    assert set(read([folder]).entries) == {"derbent", "list.awsar"}


def test_a_given_link_is_read(folder, tmp_path):
    (tmp_path / "link.yaml").symlink_to(folder / "good.yaml")
    (tmp_path / "linked").symlink_to(folder)
    assert list(read([tmp_path / "link.yaml"]).entries) == ["derbent"]
    assert list(read([tmp_path / "linked"]).entries) == ["derbent"]


def test_an_empty_path_is_an_error(folder, monkeypatch):
    monkeypatch.chdir(folder)
    with pytest.raises(PatternError, match="found an empty path, expected that of a file or a folder"):
        turkmen_ner.load(patterns=[""], shipped=False)
    assert list(read(["."]).entries) == ["derbent"]


NAMES = [
    "a\nmy.yaml:3: error: forged.yaml",
    "a\x1b[31mred.yaml",
    "a\u202eyaml.yaml",
    "a\rb.yaml",
    "a\x00.yaml",
    b"a\xff.yaml",
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
@pytest.mark.parametrize("text", [None, "patterns: [\n", "label: CITY\npatterns:\n  - {pattern: A, colour: red}\n"])
def test_names_of_files_are_escaped(name, text, tmp_path):
    path = os.fsencode(tmp_path) + b"/" + os.fsencode(name)
    if text is not None and b"\0" not in path:
        with open(path, "w") as file:
            file.write(text)
    for source in (os.fsdecode(path), tmp_path):
        with pytest.raises(PatternError) as caught:
            turkmen_ner.load(patterns=[source], shipped=False)
        assert "\n" not in str(caught.value)
        assert str(caught.value).isprintable()
    with pytest.raises(PatternError) as caught:
        turkmen_ner.load(patterns=[os.fsdecode(path) + ".msgpack"], shipped=False)
    assert str(caught.value).isprintable()


def test_a_source_is_escaped(tmp_path):
    path = tmp_path / "a\nb\x1b.yaml"
    path.write_text(GOOD)
    (found,) = turkmen_ner.tag("Ol Derbentde boldy.", nlp=turkmen_ner.load(patterns=[path], shipped=False))
    assert found.source == "a\\nb\\x1b.yaml:3 derbent"


def test_a_saved_pipeline_in_a_folder_with_an_odd_name(tmp_path):
    folder = tmp_path / "a\nb"
    with pytest.raises(PatternError) as caught:
        turkmen_ner.load(shipped=False).get_pipe("turkmen_ner").from_disk(folder)
    assert str(caught.value).isprintable()
