"""`spacy package`: a pipeline as a wheel of its own, installed with ours in a fresh environment and loaded by its name.

Needs build, setuptools and hatchling. spaCy builds in isolation, which fetches setuptools; here the installed one is
used. The environment sees what is installed here, as links, but not this library: that comes from its wheel.
"""

import importlib.util
import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest
import spacy

import turkmen_ner
from turkmen_ner.codecs.html import COLORS

ROOT = Path(__file__).parents[2]
OWN = [
    {"label": "CITY", "id": "zahyrap", "pattern": "Zahyrap", "kb": "geonames:1"},
    {"label": "SHIP", "id": "ship", "pattern": [{"IS_TITLE": True, "OP": "+"}], "after": ["tanker"]},
]
TEXT = "Zahyrapda bolsa Ak Guş tankeri durýar."
FOUND = [["Zahyrapda", "GPE", "zahyrap", "geonames:1"], ["Ak Guş", "PRODUCT", "doc.ak-gus", ""]]

FRESH = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

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
def ours(tmp_path_factory) -> Path:
    """The wheel of this library."""
    pytest.importorskip("hatchling", reason="needs hatchling")
    if not (ROOT / "pyproject.toml").exists():
        pytest.skip("needs the project's folder")
    out = tmp_path_factory.mktemp("ours")
    code = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    run(sys.executable, "-c", code, out, cwd=ROOT)
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def python(wheel, ours, tmp_path_factory) -> Path:
    """The Python of a fresh environment, in which the package of the pipeline was installed by its name."""
    folder = tmp_path_factory.mktemp("fresh")
    builder = venv.EnvBuilder(symlinks=os.name != "nt")
    builder.create(folder / "env")
    python = Path(builder.ensure_directories(folder / "env").env_exe)
    others = folder / "others"
    others.mkdir()
    for place in dict.fromkeys(path for path in sys.path if path.endswith(("site-packages", "dist-packages"))):
        for path in Path(place).iterdir():
            known = path.suffix != ".pth" and not path.name.startswith(("turkmen_ner", "__"))
            if known and not (others / path.name).exists():
                (others / path.name).symlink_to(path, target_is_directory=path.is_dir())
    paths = {"base": str(folder / "env"), "platbase": str(folder / "env")}
    (Path(sysconfig.get_path("purelib", "venv", paths)) / "others.pth").write_text(f"{others}\n", encoding="utf8")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--disable-pip-version-check")
    links = ("--no-index", "--find-links", wheel.parent, "--find-links", ours.parent)
    run(*pip, *links, "tk_small", env=FRESH, cwd=folder)
    return python


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
def test_installed_wheel_runs(python, tmp_path, load):
    code = f"""
import json, sys
import spacy
nlp = {load}
doc = nlp(sys.argv[1])
print(json.dumps([nlp.meta["version"], nlp.pipe_names, [[e.text, e.label_, e.id_, e.kb_id_] for e in doc.ents]]))
print(json.dumps([e.id_ for e in nlp("Derbentde.").ents]))
print(sys.modules["turkmen_ner"].__file__)
"""
    printed = run(python, "-W", "error", "-c", code, TEXT, cwd=tmp_path, env=FRESH).splitlines()
    assert json.loads(printed[0]) == ["1.2.3", ["turkmen_ner"], FOUND]
    assert json.loads(printed[1]) == ["derbent"]
    assert Path(printed[2]).is_relative_to(python.parents[1])


def test_installed_wheel_takes_other_settings(python, tmp_path):
    code = """
import spacy, sys
nlp = spacy.load("tk_small", config={"components": {"turkmen_ner": {"labels": "turkmen"}}})
print([e.label_ for e in nlp(sys.argv[1]).ents])
"""
    assert run(python, "-W", "error", "-c", code, TEXT, cwd=tmp_path, env=FRESH).strip() == "['CITY', 'SHIP']"


def test_displacy_has_our_colours_without_an_import_of_ours(python, tmp_path):
    code = """
import spacy, sys
from spacy import displacy
nlp = spacy.load("tk_small", config={"components": {"turkmen_ner": {"labels": "turkmen"}}})
print(displacy.render(nlp(sys.argv[1]), style="ent", jupyter=False))
"""
    html = run(python, "-W", "error", "-c", code, TEXT, cwd=tmp_path, env=FRESH)
    assert [f"background: {COLORS[label]}" in html for label in ("CITY", "SHIP", "COUNTRY")] == [True, True, False]
