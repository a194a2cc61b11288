"""Run examples/quickstart.ipynb from top to bottom and keep what its cells show.

python tools/run_notebook.py
"""

import os
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

NOTEBOOK = Path(__file__).parent.parent / "examples" / "quickstart.ipynb"


def run(path: Path = NOTEBOOK, *more: Any) -> Any:
    """The notebook with new outputs. more (cells): To be run after the last."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    notebook.cells += more
    with tempfile.TemporaryDirectory() as place, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of Jupyter, in this process; the cells run in another
        for variable in ("IPYTHONDIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR"):
            os.environ[variable] = str(Path(place) / variable)
        os.environ["PYTHONPATH"] = str(path.parent.parent)
        resources = {"metadata": {"path": str(path.parent)}}
        NotebookClient(notebook, timeout=300, kernel_name="python3", resources=resources).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # times, which differ with every run
    return notebook


def main() -> int:
    """Write the notebook."""
    import nbformat

    notebook = run()
    notebook.metadata = {"kernelspec": notebook.metadata["kernelspec"], "language_info": {"name": "python"}}
    nbformat.write(notebook, NOTEBOOK)
    return 0


if __name__ == "__main__":
    sys.exit(main())
