"""The wheel and the source archive: built, looked into, installed apart from the checkout and used.

Needs hatchling; where it is not installed it is fetched, and without a package index these tests are skipped.
"""

import compileall
import configparser
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

import turkmen_ner
from turkmen_ner.patterns.files import files_of

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"

if not (ROOT / "pyproject.toml").exists():
    pytest.skip("needs the project's folder", allow_module_level=True)


def run(*command: object, **more: object) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture(scope="module")
def backend(tmp_path_factory) -> dict[str, str]:
    """An environment in which hatchling can be imported."""
    if importlib.util.find_spec("hatchling"):
        return {**os.environ, "PYTHONHASHSEED": "1"}
    folder = tmp_path_factory.mktemp("backend")
    fetch = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(folder)]
    done = subprocess.run([*fetch, "hatchling>=1.26"], capture_output=True, text=True)
    if done.returncode:
        pytest.skip("hatchling is not installed and no package index can be reached")
    return {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": str(folder)}


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
    assert {f"turkmen_ner/data/{name}" for name in names} <= set(in_wheel)
    assert len(names) > 30


def test_wheel_has_all_of_the_package(in_wheel):
    package = ROOT / "turkmen_ner"
    names = {path.relative_to(ROOT).as_posix() for path in package.rglob("*") if path.is_file()}
    names = {name for name in names if not re.search(r"__pycache__|/\.", name)}
    assert names <= set(in_wheel)
    for name in (
        "py.typed",
        "data/words.json",
        "data/endings.json",
        "data/calibration.json",
        "lang/tk/data/tk_lexeme_norm.json",
    ):
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
    assert {need.rstrip("0123456789.,<>=") for need in needs} == {
        "spacy", "spacy-lookups-data", "pyyaml", "pydantic", "srsly", "tqdm", "typer", "typing-extensions"
    }  # fmt: skip
    assert metadata.get_payload().strip(), "the README is the description"


def test_citation_is_of_this_version():
    yaml = pytest.importorskip("yaml")
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf8"))
    assert cited["version"] == turkmen_ner.__version__
    assert cited["license"] == "MIT"
    assert cited["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(cited)


def test_entry_points(wheel):
    points = configparser.ConfigParser(delimiters="=")
    with zipfile.ZipFile(wheel) as archive:
        points.read_string(archive.read(f"turkmen_ner-{turkmen_ner.__version__}.dist-info/entry_points.txt").decode())
    assert {name: dict(points[name]) for name in points.sections()} == {
        "console_scripts": {"turkmen-ner": "turkmen_ner.cli:app"},
        "spacy_displacy_colors": {"turkmen_ner": "turkmen_ner.codecs.html:COLORS"},
        "spacy_factories": {"turkmen_ner": "turkmen_ner.pipeline.factory:make_turkmen_ner"},
        "spacy_languages": {"tk": "turkmen_ner.lang.tk:Turkmen", "tuk": "turkmen_ner.lang.tk:TurkmenTuk"},
        "spacy_lookups": {"tk": "turkmen_ner.lang.tk.lookups:tk", "tuk": "turkmen_ner.lang.tk.lookups:tk"},
    }


# --- the source archive --------------------------------------------------------------------------------------------


def test_sdist_has_the_repository(in_sdist):
    tops = {name.split("/")[0] for name in in_sdist}
    assert {
        "turkmen_ner",
        "patterns",
        "seeds",
        "tests",
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "NOTICE",
        "CITATION.cff",
    } <= tops
    for folder in ("patterns", "seeds"):
        names = {p.relative_to(ROOT).as_posix() for p in (ROOT / folder).rglob("*") if p.is_file()}
        assert names <= set(in_sdist)
    assert "gold/dev-standoff.tsv" in in_sdist


def test_sdist_has_no_rubbish(in_sdist):
    parts = {part for name in in_sdist for part in name.split("/")}
    assert parts & {"__pycache__", ".venv", ".git", ".pytest_cache", ".hypothesis", ".ruff_cache", "dist"} == set()


TAKEN = {"dev-standoff.tsv", "test_architecture.py"}  # marks and a test of our own


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared, the files that are not ours to give on")
def test_nothing_of_others(in_wheel, in_sdist):
    theirs = {path.name for path in SHARED.rglob("*") if path.is_file()} - {"README.md", "SOURCES.md", *TAKEN}
    assert "dev.jsonl" in theirs
    assert theirs & {Path(name).name for name in [*in_wheel, *in_sdist]} == set()


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared, the files that are not ours to give on")
def test_nothing_of_others_under_another_name(wheel, sdist):
    files = [path for path in SHARED.rglob("*") if path.is_file() and path.stat().st_size and path.name not in TAKEN]
    theirs = {sha256(path.read_bytes()) for path in files}
    with zipfile.ZipFile(wheel) as archive:
        ours = {name: sha256(archive.read(name)) for name in archive.namelist()}
    with tarfile.open(sdist) as archive:
        ours |= {one.name: sha256(archive.extractfile(one).read()) for one in archive if one.isfile()}
    assert [name for name, digest in ours.items() if digest in theirs] == []


def test_wheel_from_the_sdist_is_the_same(wheel, sdist, backend, tmp_path):
    """Byte for byte, from another folder and with another order of sets."""
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    (tmp_path / "out").mkdir()
    again = build("wheel", source, tmp_path / "out", {**backend, "PYTHONHASHSEED": "7"})
    assert sha256(again.read_bytes()) == sha256(wheel.read_bytes())


def test_sdist_is_the_same(sdist, backend, tmp_path):
    again = build("sdist", ROOT, tmp_path, {**backend, "PYTHONHASHSEED": "7"})
    assert sha256(again.read_bytes()) == sha256(sdist.read_bytes())


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
from turkmen_ner.patterns.shipped import patterns_folder
print(turkmen_ner.__file__, patterns_folder(), sep="\\n")
"""
    site = installed.site
    assert installed(code).splitlines() == [
        str(site / "turkmen_ner" / "__init__.py"),
        str(site / "turkmen_ner" / "data" / "patterns"),
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


TAG = """
import turkmen_ner
nlp = turkmen_ner.load(patterns=[{"label": "CITY", "pattern": "Awşar"}])
print(turkmen_ner.__file__, [e.id for e in turkmen_ner.tag("Ibrahim Kalyn Bengazide boldy.", nlp=nlp) if e.listed])
"""


def test_a_package_in_a_zip_loads(installed, tmp_path):
    """As zipapps and Spark have it: no file of it has a path."""
    archive = shutil.make_archive(str(tmp_path / "site"), "zip", installed.site)
    file, ids = installed(f"sys.path[sys.path.index({str(installed.site)!r})] = {archive!r}\n{TAG}").split(" ", 1)
    assert file.startswith(archive)
    assert "benghazi-ly" in ids


def test_a_package_without_sources_loads(installed, tmp_path):
    """Byte code alone, as some distributions install it: no key asks for a source file."""
    site = tmp_path / "site"
    shutil.copytree(installed.site, site)
    assert compileall.compile_dir(site, legacy=True, quiet=1)
    for source in site.rglob("*.py"):
        source.unlink()
    file, ids = installed(f"sys.path[sys.path.index({str(installed.site)!r})] = {str(site)!r}\n{TAG}").split(" ", 1)
    assert file == str(site / "turkmen_ner" / "__init__.pyc")
    assert "benghazi-ly" in ids


# --- typed, for those who use it -----------------------------------------------------------------------------------

CONSUMER = """\
from collections.abc import Iterator, Mapping

import turkmen_ner
from spacy.language import Language
from typing_extensions import assert_type

text = "Ibrahim Kalyn Bengazide."
found = turkmen_ner.tag(text)
assert_type(found, turkmen_ner.TaggedText)
assert_type(found[0], turkmen_ner.Entity)
assert_type(found[:1], tuple[turkmen_ner.Entity, ...])
assert_type(found[0].start, int)
assert_type(found[0].features, Mapping[str, str])
assert_type([entity.case for entity in found], list[str])
assert_type(turkmen_ner.tag_many([text], n_process=2), Iterator[turkmen_ner.TaggedText])
assert_type(turkmen_ner.load(patterns=["my.yaml", {"label": "CITY", "id": "x", "pattern": "Awşar"}]), Language)
assert_type(turkmen_ner.analyse("Bengazide"), list[turkmen_ner.Analysis])
assert_type(turkmen_ner.inflect("Türkiýe", case="Gen"), str)
assert_type(turkmen_ner.explain(text)[0].label, str)
assert_type(turkmen_ner.count([text])[0].mentions, int)
assert issubclass(turkmen_ner.PatternError, ValueError)
"""

WRONG = """\
import turkmen_ner

turkmen_ner.tag(3)
turkmen_ner.tags("Bengazide")
turkmen_ner.tag("Bengazide")[0].cases
"""


@pytest.fixture(scope="module")
def checked(wheel, tmp_path_factory):
    """Runs mypy --strict on a text, as somebody who has the wheel installed."""
    pytest.importorskip("mypy")
    home = tmp_path_factory.mktemp("consumer")
    run(sys.executable, "-m", "venv", "--without-pip", home / "venv")
    (site,) = home.glob("venv/lib/python*/site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    (site / "needs.pth").write_text(sysconfig.get_path("purelib"))

    def mypy(text: str) -> list[str]:
        (home / "consumer.py").write_text(text, encoding="utf-8")
        check = (sys.executable, "-m", "mypy", "--strict", "--python-executable", home / "venv" / "bin" / "python")
        plain = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "MYPYPATH")}
        command = [*check, "--no-error-summary", "--cache-dir", home / "cache", "consumer.py"]
        return subprocess.run(command, capture_output=True, text=True, cwd=home, env=plain).stdout.splitlines()

    return mypy


def test_consumer_is_typed(checked):
    assert checked(CONSUMER) == []


def test_consumer_errors_are_found(checked):
    codes = [re.search(r"^consumer.py:(\d+): error: .*\[(.+)\]$", line).groups() for line in checked(WRONG)]
    assert codes == [("3", "arg-type"), ("4", "attr-defined"), ("5", "attr-defined")]
