"""A short run of the fuzz target; make a long one by hand, see tests/project/fuzz/fuzz_tag.py."""

import importlib.util
import re
import subprocess
import sys

import pytest
from hostile import ROOT

TARGET = ROOT / "tests" / "project" / "fuzz" / "fuzz_tag.py"

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="atheris is not installed (it has wheels for few Pythons)"
)


def fuzz(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(TARGET), *arguments]
    return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=300, cwd=ROOT)


def test_a_short_run(tmp_path):
    corpus = tmp_path / "corpus"
    done = fuzz(str(corpus), "-runs=800", "-seed=1", f"-artifact_prefix={tmp_path}/")
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(list(corpus.iterdir())) > 100  # of the seeds
    reached = re.search(r"DONE +cov: (\d+)", done.stderr.replace("\t", " "))
    assert reached is not None, done.stderr[-500:]
    assert int(reached[1]) > 1000  # the code of the library is watched; without it they are a few
    assert not list(tmp_path.glob("crash-*"))


def test_a_text_that_fails_is_found(tmp_path):
    """The target reports what does not hold: here, that no entity is found."""
    script = (
        f"import sys; sys.path[:0] = [{str(TARGET.parent)!r}, {str(TARGET.parents[2] / 'helpers')!r}]\n"
        "import hostile, fuzz_tag\n"
        "before = hostile.invariants\n"
        "def broken(nlp, text):\n"
        "    assert not before(nlp, text), 'an entity'\n"
        "hostile.invariants = broken\n"
        "fuzz_tag.main(sys.argv)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "corpus"), "-runs=500", f"-artifact_prefix={tmp_path}/"]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=300, cwd=ROOT)
    assert done.returncode != 0
    assert "AssertionError: an entity" in done.stdout + done.stderr
    assert list(tmp_path.glob("crash-*"))
