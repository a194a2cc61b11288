"""Files that are written whole or not at all."""

import os
import stat

import pytest
from tagged_texts import WITH_MARY

from turkmen_ner import formats
from turkmen_ner.codecs.files import replacing

posix = pytest.mark.skipif(os.name != "posix", reason="links, modes and devices")


def test_an_error_leaves_the_file_as_it_was(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("before")

    def texts():
        yield WITH_MARY
        raise RuntimeError

    for format in ("jsonl", "docbin"):
        with pytest.raises(RuntimeError):
            formats.write(texts(), format, path)
        assert path.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["a.jsonl"]


@posix
def test_links_modes_and_devices(tmp_path):
    file, hard, soft = (tmp_path / name for name in ("file", "hard", "soft"))
    file.write_text("before")
    file.chmod(0o640)
    hard.hardlink_to(file)
    soft.symlink_to(file)
    for path in (soft, "/dev/null"):
        with replacing(path) as out:
            out.write(b"after")
    assert (file.read_text(), hard.read_text(), soft.is_symlink()) == ("after", "before", True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    with pytest.raises(OSError, match="nowhere") as error, replacing(tmp_path / "nowhere" / "x"):
        pass
    assert error.value.filename == str(tmp_path / "nowhere" / "x")
