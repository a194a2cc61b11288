"""Write turkmen_ner/data/patterns.schema.json, the JSON Schema of a pattern file, for editors.

    python tools/build_schema.py          # write it
    python tools/build_schema.py --check  # write nothing; exit 1 if it is not up to date

The keys and types come from the model in turkmen_ner/rules.py, what they mean from the tables of patterns/README.md.
An editor reads `true` as a truth value and `3` as a number where we read strings, so it may write both.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from turkmen_ner.patterns.reader import LABELS
from turkmen_ner.patterns.schema import PatternFile

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "turkmen_ner" / "data" / "patterns.schema.json"
README = ROOT / "patterns" / "README.md"
TRUTHS = [True, False, "true", "false"]


def build() -> str:
    """The schema as text."""
    schema = _plain(PatternFile.model_json_schema())
    kinds = schema["$defs"]
    kinds["Entry"]["properties"]["aliases"]["items"] = {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/Form"}]}
    kinds["Entry"]["anyOf"] = [{"required": ["pattern"]}, {"required": ["id"]}]
    kinds["EvidenceRule"]["properties"]["weight"] = {"type": ["number", "string"]}
    for holder in (schema, kinds["Entry"], kinds["EvidenceRule"]):
        holder["properties"]["label"]["examples"] = list(LABELS)
    meanings = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", README.read_text(encoding="utf8"), re.MULTILINE))
    for kind in kinds.values():
        for key, value in kind.get("properties", {}).items():
            if key in meanings:
                value["description"] = meanings[key].replace("`", "")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Patterns of turkmen_ner"}
    return json.dumps(head | {k: v for k, v in schema.items() if k != "title"}, ensure_ascii=False, indent=1) + "\n"


def _plain(value: Any) -> Any:
    """Without what an editor does not need: null, defaults, titles, and our own key `source`."""
    if isinstance(value, list):
        return [_plain(item) for item in value if item != {"type": "null"}]
    if not isinstance(value, dict):
        return value
    if value.get("type") == "boolean":
        return {"enum": TRUTHS}
    found = {
        key: {name: _plain(item) for name, item in given.items() if name != "source"}
        if key == "properties"
        else _plain(given)
        for key, given in value.items()
        if key not in ("default", "title")
    }
    if len(found.get("anyOf", ())) == 1:
        found |= found.pop("anyOf")[0]
    return found


def main() -> int:
    """Run the command line; the exit code."""
    text = build()
    if "--check" in sys.argv[1:]:
        if TARGET.exists() and TARGET.read_text(encoding="utf8") == text:
            return 0
        print(f"{TARGET.relative_to(ROOT)} is out of date, run python tools/build_schema.py")
        return 1
    TARGET.write_text(text, encoding="utf8")
    print(f"{TARGET.relative_to(ROOT)}: {len(text):,} characters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
