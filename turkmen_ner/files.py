"""The files of patterns."""

import os
from pathlib import Path

from turkmen_ner.errors import PatternError
from turkmen_ner.mistakes import Mistake


def files_of(path: Path) -> list[Path]:
    """The pattern files of a path: itself, or those of a folder and its subfolders, YAML before lists, by name.

    RAISES (PatternError): If a folder has none or cannot be read. Links to folders in it are not followed.
    """
    if not path.is_dir():
        return [path]

    def refuse(error: OSError) -> None:
        raise error

    try:
        found = [Path(here, name) for here, _, names in os.walk(path, onerror=refuse) for name in names]
    except (OSError, RecursionError) as error:
        why = getattr(error, "strerror", None) or "folders nested too deep"
        what = f"cannot be read ({why}), expected a folder of pattern files"
        raise PatternError(Mistake(str(getattr(error, "filename", path)), 0, "", what)) from None
    files = [sorted(p for p in found if p.suffix in endings) for endings in ((".yaml", ".yml"), (".txt",))]
    if not any(files):
        what = "found a folder without .yaml or .txt files, expected pattern files"
        raise PatternError(Mistake(str(path), 0, "", what))
    return [*files[0], *files[1]]
