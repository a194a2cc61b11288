"""examples/quickstart.ipynb runs from top to bottom, and its cells show what is committed and what they should."""

import importlib
import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).parents[2] / "examples" / "quickstart.ipynb"
if not NOTEBOOK.exists():
    pytest.skip("needs the examples of the repository", allow_module_level=True)
LIBRARIES = ("nbclient", "nbformat", "ipykernel", "pandas", "matplotlib")
for library in LIBRARIES:
    pytest.importorskip(library, reason=f"{library} is not installed")

# What the test wants to know of the notebook's variables, asked in a cell after the last.
ASK = """
import json
print(json.dumps({
    "articles": len(articles), "own": [[e.text, e.label, e.name, e.id] for e in own],
    "table": table.values.tolist(), "ids": mentions["id"].tolist(), "labels": sorted(set(mentions["label"])),
    "together": together.reset_index().values.tolist(), "top": top.tolist(),
    "plotted": list(top.index.get_level_values(0)),
}))
"""


@pytest.fixture(scope="module")
def cells() -> dict[str, Any]:
    """What the cells of the notebook show, by their ids; `ask` has its variables."""
    import nbformat

    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(NOTEBOOK.parents[1] / "tools"))
        patch.setattr(os, "environ", os.environ.copy())
        tool = importlib.import_module("run_notebook")
        notebook = tool.run(NOTEBOOK, nbformat.v4.new_code_cell(ASK, id="ask"))
    return {cell["id"]: cell["outputs"] for cell in notebook.cells if cell["cell_type"] == "code"}


@pytest.fixture(scope="module")
def values(cells) -> dict[str, Any]:
    return json.loads(cells["ask"][0]["text"])


def shown(outputs: list[Any]) -> list[dict[str, str]]:
    """What the outputs of a cell say: text, words of HTML, and that there is a picture."""
    said = []
    for output in outputs:
        data = {"text": output["text"]} if "text" in output else output["data"]
        texts = {kind: value if isinstance(value, str) else "".join(value) for kind, value in data.items()}
        words = {kind: " ".join(re.sub("<[^>]*>", " ", text).split()) for kind, text in texts.items()}
        said.append({kind: "" if kind.startswith("image/") else text for kind, text in words.items()})
    return said


def test_committed_outputs_are_those_of_a_run(cells) -> None:
    """`python tools/run_notebook.py` writes them."""
    code = [cell for cell in json.loads(NOTEBOOK.read_text(encoding="utf8"))["cells"] if cell["cell_type"] == "code"]
    committed = {cell["id"]: shown(cell["outputs"]) for cell in code}
    assert committed == {name: shown(outputs) for name, outputs in cells.items() if name != "ask"}
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    assert len([name for name, said in committed.items() if said]) > 5


def test_no_cell_warns(cells) -> None:
    assert [name for name, outputs in cells.items() if any(o.get("name") == "stderr" for o in outputs)] == []


def test_text_shows_its_names(cells, values) -> None:
    html = cells["tag"][0]["data"]["text/html"]
    assert html.count("<mark") == len(values["table"]) > 20
    for text, label, *_ in values["table"]:
        assert text in html
        assert label in html
    assert "<table" in cells["table"][0]["data"]["text/html"]


def test_own_names_are_found(values) -> None:
    assert values["own"] == [
        ["Merdan Orazowyň", "PERSON", "Merdan Orazow", "merdan-orazow"],
        ["Awşarda", "CITY", "Awşar", "awsar"],
        ["Awşaryň", "CITY", "Awşar", "awsar"],
    ]


def test_all_articles_are_tagged(cells, values) -> None:
    assert values["articles"] == 11
    assert cells["articles"][0]["data"]["text/plain"] == "11"
    assert values["labels"] == ["BODY", "CITY", "COUNTRY", "PERSON", "REGION", "SHIP"]
    assert len(values["ids"]) > 400
    assert "" not in values["ids"]


def test_who_appears_with_whom(cells, values) -> None:
    together = {(one, other): (articles, mentions) for one, other, articles, mentions in values["together"]}
    assert together[("Hakan Fidan", "Halife Haftar")] == (1, 3)
    assert all(one < other for one, other in together)
    assert list(together.values()) == sorted(together.values(), reverse=True)
    assert "Hakan Fidan" in cells["pairs"][0]["data"]["text/html"]


def test_plot(cells, values) -> None:
    image = cells["plot"][-1]["data"]["image/png"]
    assert len(image) > 5_000
    assert len(values["top"]) == 12
    assert values["top"] == sorted(values["top"])
    assert values["top"][-1] == max(Counter(values["ids"]).values())
    assert "Türkmenistan" in values["plotted"]
