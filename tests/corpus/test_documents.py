"""Reading texts: encodings, folders, JSON lines, and reports of those that cannot be read."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from turkmen_ner.corpus.documents import BOMS, InputError, decode, documents, expand, is_jsonl

TEXT = "Ol Aşgabatda, Türkmenbaşyda boldy: ýagyş ýagdy.\r\n"


@settings(deadline=None)
@given(st.text().filter(lambda text: not text.startswith("\0")), st.sampled_from(BOMS))  # FF FE 00 00 is UTF-32
def test_a_byte_order_mark_gives_the_encoding(text, bom):
    mark, codec = bom
    assert decode(mark + text.encode(codec), "x") == text


@settings(deadline=None)
@given(st.text().filter(lambda text: not text.startswith("\ufeff")))
def test_utf8_is_the_default(text):
    if not any(text.encode().startswith(mark) for mark, _ in BOMS):
        assert decode(text.encode(), "x") == text


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32-be", "cp1254", "iso8859-9"])
def test_a_named_encoding(codec):
    text = TEXT.replace("ý", "y")
    assert decode(text.encode(codec, "replace"), "x", codec) == text.encode(codec, "replace").decode(codec)
    if codec.startswith("utf"):
        assert decode(("\ufeff" + text).encode(codec.removesuffix("-sig")), "x", codec) == text


@pytest.mark.parametrize(
    ("data", "encoding", "complaint"),
    [
        (b"Gy\xfe", None, "x: byte 2 is not UTF-8, expected a text file in UTF-8; another encoding must be named"),
        (b"\xef\xbb\xbfGy\xfe", None, "x: byte 5 is not UTF-8"),
        (b"\xff\xfeG\x00\x00\xd8", None, "x: byte 4 is not UTF-16-LE"),
        (b"a\x81", "cp1254", "x: byte 1 is not CP1254, expected a text file in CP1254"),
    ],
)
def test_a_byte_that_does_not_belong(data, encoding, complaint):
    with pytest.raises(InputError) as error:
        decode(data, "x", encoding)
    assert str(error.value).startswith(complaint)


def test_folders_are_taken_whole(tmp_path):
    for name in ("b.txt", "a/deep/c.txt", "a/d.md", "a.txt/e.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    found = [Path(path).relative_to(tmp_path).as_posix() for path in expand([str(tmp_path)])]
    assert found == ["a/d.md", "a/deep/c.txt", "a.txt/e.txt", "b.txt"]
    given = [str(tmp_path / "a" / "d.md"), "-"]
    assert expand(given) == given
    with pytest.raises(InputError, match=r"empty: found a folder without texts, expected files that end in \.txt, "):
        expand([str(tmp_path / "empty")])
    with pytest.raises(InputError, match="nowhere: no such file or folder"):
        expand([str(tmp_path / "b.txt"), str(tmp_path / "nowhere")])


def test_what_is_json_lines():
    assert is_jsonl("a.jsonl")
    assert is_jsonl("a.ndjson")
    assert not is_jsonl("a.json")
    assert not is_jsonl("-")
    assert not is_jsonl("a.json", "body")  # a list, or lines
    assert is_jsonl("a.log", "body")
    assert is_jsonl("a.NDJSON")
    assert is_jsonl("-", "text")
    assert not is_jsonl("a.txt", "text")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1254"])
def test_json_lines_in_any_encoding(codec, tmp_path):
    texts = ["Bu gün\nbaşga", "Ol \u2028 geldi" if codec != "cp1254" else "Ol", ""]
    lines = [json.dumps({"id": n, "body": text}, ensure_ascii=False) for n, text in enumerate(texts)]
    path = tmp_path / "a.jsonl"
    path.write_bytes("\r\n\n".join(lines).encode(codec))
    found = list(documents([str(path)], field="body", encoding=codec if codec == "cp1254" else None))
    assert found == [(f"{path}:{2 * n + 1}", text) for n, text in enumerate(texts)]


def test_what_is_wrong_is_reported_and_skipped(tmp_path):
    good, bad, lines = tmp_path / "good.txt", tmp_path / "bad.txt", tmp_path / "a.jsonl"
    good.write_text("[Mara|CITY] bardy.", encoding="utf-8")
    bad.write_bytes(b"\xff\xff")
    deep = b"[" * 100_000
    lines.write_bytes(b'{"text": "\xff"}\n{"text": "a]"}\n{"text": "b"}\n{"txt": 1}\n{"text": 1}\n[]\n' + deep)
    wrong: list[InputError] = []
    paths = [str(bad), str(good), str(lines), str(tmp_path), str(tmp_path / "gone.jsonl"), str(tmp_path / "gone.txt")]
    found = list(documents(paths, notation=True, skip=wrong.append))
    assert found == [(str(good), "Mara bardy."), (f"{lines}:3", "b")]
    reported = [str(error).removeprefix(str(tmp_path)) for error in wrong]
    assert reported[0].startswith("/bad.txt: byte 0 is not UTF-8")
    assert reported[1].startswith("/a.jsonl:1: byte 10 is not UTF-8")
    assert reported[2].startswith("/a.jsonl:2: column 2: a bracket closes")
    says = "expected a JSON object with the key text, a string"
    known = (", found txt: --input-field KEY", "", "", "")
    assert reported[3:7] == [f"/a.jsonl:{n}: {says}{more}" for n, more in zip((4, 5, 6, 7), known, strict=True)]
    assert reported[7].startswith(": cannot be read (Is a directory)")
    assert reported[8].startswith("/gone.jsonl: cannot be read (No such file")
    assert reported[9].startswith("/gone.txt: cannot be read (No such file")
    assert len(reported) == 10
    with pytest.raises(InputError, match=r"bad\.txt: byte 0"):
        list(documents(paths))


def test_the_place_of_a_wrong_byte_counts_from_the_beginning_of_the_file(tmp_path):
    path = tmp_path / "a.jsonl"
    data = b'{"text": "Mary"}\n{"text": "\xff"}\n'
    path.write_bytes(data)
    with pytest.raises(InputError, match=rf"a\.jsonl:2: byte {data.index(0xFF)} is not"):
        list(documents([str(path)]))


def test_a_lone_surrogate_is_read(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Mary \\ud83d"}', encoding="utf-8")
    assert list(documents([str(path)])) == [(f"{path}:1", "Mary \ud83d")]
