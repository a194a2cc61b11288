"""Build hook: a wheel carries the shipped patterns compiled, so that a first run reads no YAML."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompilePatterns(BuildHookInterface):
    """Compiles patterns/ into turkmen_ner/data/patterns/compiled.msgpack of the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the wheel is made; an editable install compiles on first use."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from turkmen_ner.patterns.shipped import compile_to

        target = Path(tempfile.mkdtemp()) / "compiled.msgpack"
        compile_to(target)
        build_data["force_include"][str(target)] = "turkmen_ner/data/patterns/compiled.msgpack"
