"""Check a release: what is in the archives, whether they install and work, and whether a dependency has a known hole.

    python tools/release_check.py dist            # after `make dist`; or both: make release-check

Each archive goes into an empty environment of each Python from 3.10 on that is here or can be fetched, with the
lowest dependencies that pyproject.toml allows and with the newest. Ends with 1 if something fails; what could not be
looked at (no such Python, no audit service) is named in the table and is no failure. Needs Python 3.11 itself.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import tomllib

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
MINORS = range(10, 15)
EXTRAS = "frame,evaluate,presidio,spark"
KINDS = {".whl": "wheel", ".gz": "sdist"}
RESOLUTIONS = {"lowest": "lowest-direct", "newest": "highest"}
SMOKE = """
import importlib.metadata, spacy, turkmen_ner
NAMES = "spacy", "pydantic", "spacy-lookups-data", "pyyaml"
text = "Ibrahim Kalyn Bengazide Halife Haftar bilen gürleşdi."
assert [e.name for e in turkmen_ner.tag(text)] == ["Ibrahim Kalyn", "Bengazi", "Halife Haftar"]
nlp = spacy.blank("tk")
nlp.add_pipe("turkmen_ner")
assert [e.label_ for e in nlp(text).ents] == ["PERSON", "CITY", "PERSON"]
assert spacy.blank("tuk").lang == "tuk"
print(" ".join(f"{name} {importlib.metadata.version(name)}," for name in NAMES)[:-1])
"""
OPTIONAL = """
import importlib.metadata, sys
import pandas, pyarrow, pyspark.sql
assert pyarrow.Table.from_pandas(pandas.DataFrame({"name": ["Bengazi"]})).num_rows == 1
shown = ["pandas", "pyarrow", "pyspark"]
if sys.version_info >= (3, 11):  # as pyproject.toml has it
    import nervaluate, presidio_analyzer
    shown += ["nervaluate", "presidio-analyzer"]
print(" ".join(f"{name} {importlib.metadata.version(name)}," for name in shown)[:-1])
"""


class Failed(Exception):
    """A command did not do what it should."""


def run(*command: object, **environment: str) -> str:
    """The output of a command. RAISES (Failed): With its last lines, if it ends with an error."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")} | {"PYTHONUTF8": "1"} | environment
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd="/", env=plain)
    if done.returncode:
        raise Failed("\n".join((done.stdout + done.stderr).strip().splitlines()[-12:]))
    return done.stdout.strip()


# --- contents ------------------------------------------------------------------------------------------------------


def files(archive: Path) -> dict[str, bytes]:
    """The files of a wheel or source archive."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as opened:
            return {name: opened.read(name) for name in opened.namelist()}
    with tarfile.open(archive) as opened:
        return {one.name: opened.extractfile(one).read() for one in opened if one.isfile()}


def theirs() -> set[str]:
    """The digests of the files in ../shared, which are not ours to give on."""
    return {digest(path.read_bytes()) for path in SHARED.rglob("*") if path.is_file() and path.stat().st_size}


def digest(data: bytes) -> str:
    """The SHA-256 of data, in hex."""
    return hashlib.sha256(data).hexdigest()


# --- Pythons -------------------------------------------------------------------------------------------------------


def pythons(uv: str) -> Iterator[tuple[str, Path | None]]:
    """Each Python by its minor version, and where it is: here, or fetched by uv, or None."""
    found: dict[int, Path] = {}
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for path in [
        sys.executable,
        *pyenv.glob("versions/*/bin/python3"),
        *(shutil.which(f"python3.{n}") for n in MINORS),
    ]:
        try:
            minor = int(run(path, "-c", "import sys; print(sys.version_info[1])"))
        except (Failed, OSError):  # a shim of pyenv without its Python
            continue
        found.setdefault(minor, Path(path))
    for minor in MINORS:
        if minor not in found:
            try:
                run(uv, "python", "install", f"3.{minor}")
                found[minor] = Path(run(uv, "python", "find", f"3.{minor}"))
            except Failed:
                yield f"3.{minor}", None
                continue
        yield run(found[minor], "-c", "import platform; print(platform.python_version())"), found[minor]


# --- environments --------------------------------------------------------------------------------------------------


@dataclass
class Row:
    """One line of the table."""

    python: str
    resolution: str
    archive: str
    result: str
    versions: str = ""
    audit: str = ""
    seconds: float = 0.0


def check(uv: str, python: Path, resolution: str, archive: Path, extras: str, folder: Path) -> tuple[str, str]:
    """Install an archive into an empty environment and use it: versions, and what the audit says. RAISES (Failed)."""
    run(uv, "venv", "--quiet", "--python", python, folder)
    own = folder / "bin" / "python"
    wanted = [f"turkmen_ner{extras} @ {archive.as_uri()}", *direct(extras.strip("[]").split(","))]
    run(uv, "pip", "install", "--quiet", "--python", own, "--resolution", RESOLUTIONS[resolution], *wanted)
    cache = {"TURKMEN_NER_CACHE": str(folder / "cache")}
    versions = run(own, "-I", "-c", SMOKE, **cache)
    if extras:
        versions = run(own, "-I", "-c", OPTIONAL, **cache)
    command = folder / "bin" / "turkmen-ner"
    if "Bengazi" not in (said := run(command, "explain", "Ol Bengazide ýaşaýar.", **cache)):
        raise Failed(said)
    return versions, audit(next(folder.glob("lib/python*/site-packages")))


def direct(extras: list[str]) -> list[str]:
    """Our dependencies as requirements of their own: uv lowers only what it is asked for by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    rows = project["dependencies"] + [row for one in extras if one for row in project["optional-dependencies"][one]]
    return [row for row in rows if not row.startswith("turkmen_ner[")]


def audit(site: Path) -> str:
    """What pip-audit says of an environment."""
    command = [sys.executable, "-m", "pip_audit", "--path", str(site), "--format", "json", "--progress-spinner", "off"]
    done = subprocess.run(command, capture_output=True, text=True)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except ValueError:
        return "not audited, no service"
    others = [p for p in packages if p["name"].replace("_", "-") != "turkmen-ner"]
    seen = [p for p in others if "vulns" in p]
    if not seen:
        return "not audited, no service"
    holes = [f"{p['name']} {p['version']}: {v['id']}" for p in seen for v in p["vulns"]]
    return "; ".join(holes) or f"{len(seen)} of {len(others)} packages, no known hole"


def main() -> None:
    """Check what is in a folder, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the wheel and the source archive are")
    parser.add_argument("--python", help="only this version, like 3.11")
    parser.add_argument("--list", action="store_true", help="print the name of each file of the archives")
    asked = parser.parse_args()
    archives = sorted([*asked.folder.resolve().glob("*.whl"), *asked.folder.resolve().glob("*.tar.gz")])
    if len(archives) != 2:
        sys.exit(f"found {len(archives)} archives in {asked.folder}, expected a wheel and a source archive; make dist")
    (wheel,) = (archive for archive in archives if archive.suffix == ".whl")
    failed = False
    forbidden = theirs()
    for archive in archives:
        inside = files(archive)
        print(f"{archive.name}: {len(inside)} files, {archive.stat().st_size:,} bytes, {digest(archive.read_bytes())}")
        if asked.list:
            print(*(f"    {name}" for name in sorted(inside)), sep="\n")
        for name, data in inside.items():
            if digest(data) in forbidden:
                print(f"  {name} is a file of ../shared")
                failed = True
    if not forbidden:
        print("../shared is not here, so nothing was compared with it")

    uv = shutil.which("uv") or str(Path(sys.executable).parent / "uv")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for version, python in pythons(uv):
            if asked.python and not f"{version}.".startswith(f"{asked.python}."):
                continue
            if python is None:
                rows.append(Row(version, "–", "–", "not here, cannot be fetched"))
                continue
            for resolution in RESOLUTIONS:
                for archive, extras in [*((archive, "") for archive in archives), (wheel, f"[{EXTRAS}]")]:
                    row = Row(version, resolution, KINDS[archive.suffix] + (" with extras" if extras else ""), "works")
                    start = perf_counter()
                    home = Path(folder) / f"{version}-{resolution}-{row.archive}"
                    try:
                        row.versions, row.audit = check(uv, python, resolution, archive, extras, home)
                    except Failed as error:
                        row.result, failed = "FAILS", True
                        print(f"\n{version}, {resolution}, {row.archive}:\n{error}", file=sys.stderr)
                    row.seconds = perf_counter() - start
                    shutil.rmtree(home, ignore_errors=True)
                    rows.append(row)
    print("\n| Python | dependencies | archive | result | versions | pip-audit | s |\n|---|---|---|---|---|---|--:|")
    for row in rows:
        cells = (row.python, row.resolution, row.archive, row.result, row.versions, row.audit, f"{row.seconds:.0f}")
        print(f"| {' | '.join(cells)} |")
    sys.exit(failed)


if __name__ == "__main__":
    main()
