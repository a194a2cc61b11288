"""The wheel and the source archive: built, looked into, installed apart from the checkout and used.

Needs hatchling; where it is not installed it is fetched, and without a package index these tests are skipped.
"""

import configparser
import importlib.util
import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

import turkmen_ner
from turkmen_ner.rules import files_of

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

if not (ROOT / "pyproject.toml").exists():
    pytest.skip("needs the project's folder", allow_module_level=True)


def run(*command: object, **more: object) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def backend(tmp_path_factory) -> dict[str, str]:
    """An environment in which hatchling can be imported."""
    if importlib.util.find_spec("hatchling"):
        return dict(os.environ)
    folder = tmp_path_factory.mktemp("backend")
    fetch = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(folder)]
    done = subprocess.run([*fetch, "hatchling>=1.26"], capture_output=True, text=True)
    if done.returncode:
        pytest.skip("hatchling is not installed and no package index can be reached")
    return {**os.environ, "PYTHONPATH": str(folder)}


def build(kind: str, source: Path, folder: Path, environment: dict[str, str]) -> Path:
    code = f"import sys; from hatchling.build import build_{kind}; print(build_{kind}(sys.argv[1]))"
    name = run(sys.executable, "-c", code, folder, cwd=source, env=environment).split()[-1]
    return folder / name


@pytest.fixture(scope="module")
def wheel(backend, tmp_path_factory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"), backend)


@pytest.fixture(scope="module")
def sdist(backend, tmp_path_factory) -> Path:
    return build("sdist", ROOT, tmp_path_factory.mktemp("sdist"), backend)


@pytest.fixture(scope="module")
def in_wheel(wheel) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def in_sdist(sdist) -> list[str]:
    with tarfile.open(sdist) as archive:
        return [name.partition("/")[2] for name in archive.getnames()]


# --- the wheel -----------------------------------------------------------------------------------------------------


def test_wheel_is_pure(wheel):
    assert wheel.name == f"turkmen_ner-{turkmen_ner.__version__}-py3-none-any.whl"
    assert wheel.stat().st_size < 5_000_000


def test_wheel_has_all_patterns(in_wheel):
    names = {path.relative_to(ROOT).as_posix() for path in files_of(ROOT / "patterns")}
    assert {f"turkmen_ner/{name}" for name in names} <= set(in_wheel)
    assert len(names) > 30


def test_wheel_has_all_of_the_package(in_wheel):
    package = ROOT / "turkmen_ner"
    names = {path.relative_to(ROOT).as_posix() for path in package.rglob("*") if path.is_file()}
    names = {name for name in names if not re.search(r"__pycache__|/\.", name)}
    assert names <= set(in_wheel)
    for name in ("py.typed", "data/words.json", "data/endings.json", "lang/tk/data/tk_lexeme_norm.json"):
        assert f"turkmen_ner/{name}" in in_wheel


def test_wheel_has_nothing_else(in_wheel):
    assert {name.split("/")[0] for name in in_wheel} == {
        "turkmen_ner",
        f"turkmen_ner-{turkmen_ner.__version__}.dist-info",
    }
    assert len(in_wheel) == len(set(in_wheel))
    assert [name for name in in_wheel if "__pycache__" in name or name.endswith((".pyc", "~", ".orig"))] == []


def test_wheel_licences(in_wheel):
    info = f"turkmen_ner-{turkmen_ner.__version__}.dist-info"
    assert {f"{info}/licenses/LICENSE", f"{info}/licenses/NOTICE"} <= set(in_wheel)


def test_metadata(wheel):
    with zipfile.ZipFile(wheel) as archive:
        metadata = message_from_bytes(archive.read(f"turkmen_ner-{turkmen_ner.__version__}.dist-info/METADATA"))
    assert (metadata["Name"], metadata["Version"]) == ("turkmen_ner", turkmen_ner.__version__)
    assert metadata["Requires-Python"] == ">=3.10"
    assert metadata["License-Expression"] == "MIT"
    needs = {need.split(";")[0].strip() for need in metadata.get_all("Requires-Dist") if "extra ==" not in need}
    assert {need.rstrip("0123456789.,<>=") for need in needs} == {"spacy", "spacy-lookups-data", "pyyaml"}
    assert metadata.get_payload().strip(), "the README is the description"


def test_entry_points(wheel):
    points = configparser.ConfigParser(delimiters="=")
    with zipfile.ZipFile(wheel) as archive:
        points.read_string(archive.read(f"turkmen_ner-{turkmen_ner.__version__}.dist-info/entry_points.txt").decode())
    assert {name: dict(points[name]) for name in points.sections()} == {
        "console_scripts": {"turkmen-ner": "turkmen_ner.cli:app"},
        "spacy_factories": {"turkmen_ner": "turkmen_ner.factory:make_turkmen_ner"},
        "spacy_languages": {"tk": "turkmen_ner.lang.tk:Turkmen", "tuk": "turkmen_ner.lang.tk:TurkmenTuk"},
        "spacy_lookups": {"tk": "turkmen_ner.lang.tk.lookups:tk", "tuk": "turkmen_ner.lang.tk.lookups:tk"},
    }


# --- the source archive --------------------------------------------------------------------------------------------


def test_sdist_has_the_repository(in_sdist):
    tops = {name.split("/")[0] for name in in_sdist}
    assert {"turkmen_ner", "patterns", "seeds", "tests", "pyproject.toml", "README.md", "LICENSE", "NOTICE"} <= tops
    for folder in ("patterns", "seeds"):
        names = {p.relative_to(ROOT).as_posix() for p in (ROOT / folder).rglob("*") if p.is_file()}
        assert names <= set(in_sdist)


def test_sdist_has_no_rubbish(in_sdist):
    parts = {part for name in in_sdist for part in name.split("/")}
    assert parts & {"__pycache__", ".venv", ".git", ".pytest_cache", ".hypothesis", ".ruff_cache", "dist"} == set()


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared, the files that are not ours to give on")
def test_nothing_of_others(in_wheel, in_sdist):
    theirs = {path.name for path in SHARED.rglob("*") if path.is_file()} - {"README.md", "SOURCES.md"}
    assert "dev.jsonl" in theirs
    assert theirs & {Path(name).name for name in [*in_wheel, *in_sdist]} == set()


def test_wheel_from_the_sdist(sdist, in_wheel, backend, tmp_path):
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    (tmp_path / "out").mkdir()
    with zipfile.ZipFile(build("wheel", source, tmp_path / "out", backend)) as archive:
        assert sorted(archive.namelist()) == sorted(in_wheel)


# --- installed apart from the checkout -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Runs Python code with the wheel and our dependencies, but without the checkout."""
    site = tmp_path_factory.mktemp("site")
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-index")
    run(*pip, "--target", site, wheel)
    paths = [str(site), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    home = tmp_path_factory.mktemp("home")
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONUTF8": "1"}

    def python(code: str) -> str:
        head = f"import sys; sys.path += {paths!r}\n"  # -S: no .pth file, so no editable install
        return run(sys.executable, "-I", "-S", "-W", "error", "-c", head + code, cwd=home, env=environment).strip()

    python.site = site
    return python


def test_installed_package_is_the_wheel(installed):
    code = """
import turkmen_ner
from turkmen_ner.store import patterns_folder
print(turkmen_ner.__file__, patterns_folder(), sep="\\n")
"""
    site = installed.site
    assert installed(code).splitlines() == [
        str(site / "turkmen_ner" / "__init__.py"),
        str(site / "turkmen_ner" / "patterns"),
    ]


def test_installed_tags(installed):
    text = "Ibrahim Kalyn Bengazide Halife Haftar bilen gürleşdi."
    code = f"""
import spacy, json, sys
nlp = spacy.blank("tk")
assert type(nlp).__module__ == "turkmen_ner.lang.tk"
nlp.add_pipe("turkmen_ner")
found = nlp({text!r})
print(json.dumps([[e.text, e.label_, e.id_] for e in found.ents]))
"""
    assert json.loads(installed(code)) == [[e.text, e.label, e.id] for e in turkmen_ner.tag(text)]


def test_installed_tables_and_command(installed):
    code = """
from importlib.metadata import entry_points, version
from spacy.lookups import load_lookups
import spacy
(command,) = {e.value: e for e in entry_points(group="console_scripts", name="turkmen-ner")}.values()
assert callable(command.load())
assert type(spacy.blank("tuk")).__name__ == "TurkmenTuk"
print(version("turkmen_ner"), len(load_lookups("tk", ["lexeme_norm"]).get_table("lexeme_norm")) > 100)
"""
    assert installed(code) == f"{turkmen_ner.__version__} True"
