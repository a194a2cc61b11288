"""The recipes of docs/scale.md do what they say, where their library is installed: each in a process of its own."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```python\n(# needs: (\w+)\n.*?)^```$\n+^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RECIPES = {needs: (code, printed) for code, needs, printed in BLOCK.findall((ROOT / "docs/scale.md").read_text("utf8"))}
ARTICLES = {"number": [1, 2, 3], "text": ["Ibrahim Kalyn Bengazide boldy.", None, "Ol Aşgabatdan gaýtdy."]}


def test_every_recipe_says_what_it_needs_and_prints():
    page = (ROOT / "docs/scale.md").read_text("utf8")
    assert page.count("```python") == page.count("# needs: ") == len(RECIPES)
    assert set(RECIPES) == {"pyspark", "ray", "dask"}


@pytest.mark.parametrize("needs", sorted(set(RECIPES) - {"pyspark"}))  # that one is in test_spark.py, where Spark runs
def test_recipe(needs, tmp_path):
    if importlib.util.find_spec(needs) is None:
        pytest.skip(f"{needs} is not installed")
    pd = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    code, printed = RECIPES[needs]
    pd.DataFrame(ARTICLES).to_parquet(tmp_path / "articles.parquet")
    (tmp_path / "recipe.py").write_text(code, encoding="utf8")
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "recipe.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", "RAY_USAGE_STATS_ENABLED": "0"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(printed)  # Ray tells of its workers before
