"""The pictures of the pages in README and docs can be taken again, and have the size of those that are kept."""

import importlib
from pathlib import Path
from typing import Any

import pytest

TOOLS = Path(__file__).parent.parent.parent / "tools"


@pytest.fixture
def picture(monkeypatch: pytest.MonkeyPatch) -> Any:
    for library in ("fastapi", "uvicorn", "networkx"):
        pytest.importorskip(library, reason="needs the extras `serve` and `report`")
    monkeypatch.syspath_prepend(str(TOOLS))
    return importlib.import_module("picture")


def test_pictures(picture: Any, browser: Any, tmp_path: Path) -> None:
    for path in (picture.take_page(browser, tmp_path), *picture.take_report(browser, tmp_path)):
        kept = (picture.ASSETS / path.name).read_bytes()
        assert path.read_bytes()[:24] == kept[:24], "the head of a PNG: its width and height"
        assert kept.startswith(b"\x89PNG")
