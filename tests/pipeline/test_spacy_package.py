"""`spacy package`: a pipeline as a wheel of its own, installed apart and used in another process.

Needs build and setuptools. spaCy builds in isolation, which fetches setuptools; here the installed one is used.
"""

import importlib.util
import json
import os
import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest
import spacy

import turkmen_ner

ROOT = Path(__file__).parents[2]
OWN = [
    {"label": "CITY", "id": "zahyrap", "pattern": "Zahyrap", "kb": "geonames:1"},
    {"label": "SHIP", "id": "ship", "pattern": [{"IS_TITLE": True, "OP": "+"}], "after": ["tanker"]},
]
TEXT = "Zahyrapda bolsa Ak Guş tankeri durýar."
FOUND = [["Zahyrapda", "GPE", "zahyrap", "geonames:1"], ["Ak Guş", "PRODUCT", "doc.ak-gus", ""]]

# Stands before the real `build` on the path, and asks it for what spaCy does not: no isolation.
SHIM = """
import sys
here = sys.path.pop(sys.path.index({here!r}))
from build.__main__ import main
main([*sys.argv[1:], "--no-isolation"], "python -m build")
"""


def run(*command: object, **more: object) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def environment(*paths: object) -> dict[str, str]:
    known = [*map(str, paths), str(ROOT), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, known)), "PIP_NO_INDEX": "1"}


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Path:
    """A saved pipeline with a user's pattern file, which is gone."""
    folder = tmp_path_factory.mktemp("model")
    file = folder / "my.yaml"
    file.write_text("label: CITY\npatterns:\n  - {id: derbent, pattern: Derbent}\n", encoding="utf8")
    nlp = spacy.blank("tk")
    config = {"patterns": [*OWN, str(file)], "shipped": False, "infer": False, "labels": "ontonotes"}
    nlp.add_pipe("turkmen_ner", config=config)
    nlp.meta["name"], nlp.meta["version"] = "small", "1.2.3"
    nlp.to_disk(folder / "saved")
    file.unlink()
    return folder / "saved"


@pytest.fixture(scope="module")
def wheel(model, tmp_path_factory) -> Path:
    if importlib.util.find_spec("build") is None:
        pytest.skip("needs build: pip install build")
    setuptools = pytest.importorskip("setuptools", reason="needs setuptools")
    if tuple(map(int, setuptools.__version__.split(".")[:2])) < (70, 1) and importlib.util.find_spec("wheel") is None:
        pytest.skip("needs setuptools from 70.1, or wheel")
    shim, out = tmp_path_factory.mktemp("shim"), tmp_path_factory.mktemp("out")
    (shim / "build.py").write_text(SHIM.format(here=str(shim)), encoding="utf8")
    run(sys.executable, "-m", "spacy", "package", model, out, "--build", "wheel", env=environment(shim))
    (made,) = out.glob("*/dist/*.whl")
    return made


@pytest.fixture(scope="module")
def site(wheel, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-index")
    run(*pip, "--target", folder, wheel)
    return folder


def test_requirement_is_in_the_meta(model):
    """spaCy itself would not find it, nor would it in an editable install."""
    needs = json.loads((model / "meta.json").read_text(encoding="utf8"))["requirements"]
    assert needs == [f"turkmen_ner>={turkmen_ner.__version__}"]


def test_other_requirements_stay():
    nlp = spacy.blank("tk", meta={"requirements": ["other>=1", "turkmen-ner<0.1", "turkmen_ner_lists>=2"]})
    nlp.add_pipe("turkmen_ner", config={"shipped": False})
    nlp.add_pipe("turkmen_ner", name="second", config={"shipped": False})
    assert nlp.meta["requirements"] == ["other>=1", "turkmen_ner_lists>=2", f"turkmen_ner>={turkmen_ner.__version__}"]


def test_wheel_names_its_requirement(wheel):
    assert wheel.name == "tk_small-1.2.3-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        metadata = message_from_bytes(archive.read("tk_small-1.2.3.dist-info/METADATA"))
    needs = [need.replace(" ", "") for need in metadata.get_all("Requires-Dist")]
    assert f"turkmen_ner>={turkmen_ner.__version__}" in [need.replace("turkmen-ner", "turkmen_ner") for need in needs]


@pytest.mark.parametrize("load", ["spacy.load('tk_small')", "__import__('tk_small').load()"])
def test_installed_wheel_runs(site, tmp_path, load):
    code = f"""
import json, sys
import spacy
nlp = {load}
doc = nlp(sys.argv[1])
print(json.dumps([nlp.meta["version"], nlp.pipe_names, [[e.text, e.label_, e.id_, e.kb_id_] for e in doc.ents]]))
print(json.dumps([e.id_ for e in nlp("Derbentde.").ents]))
"""
    printed = run(sys.executable, "-W", "error", "-c", code, TEXT, cwd=tmp_path, env=environment(site)).splitlines()
    assert json.loads(printed[0]) == ["1.2.3", ["turkmen_ner"], FOUND]
    assert json.loads(printed[1]) == ["derbent"]


def test_installed_wheel_takes_other_settings(site, tmp_path):
    code = """
import spacy, sys
nlp = spacy.load("tk_small", config={"components": {"turkmen_ner": {"labels": "turkmen"}}})
print([e.label_ for e in nlp(sys.argv[1]).ents])
"""
    assert run(sys.executable, "-W", "error", "-c", code, TEXT, cwd=tmp_path, env=environment(site)).strip() == (
        "['CITY', 'SHIP']"
    )
