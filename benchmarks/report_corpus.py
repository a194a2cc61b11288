"""`turkmen-ner report` on the seeds and on a corpus made of them: time, memory, size of the file.

    python benchmarks/report_corpus.py [--articles N] [--write]

The corpus has files with dates in their names, no two the same. --write puts the table into docs/report.md.
"""

import json
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import report
from articles import articles


def measure(count: int, jobs: int) -> list[object]:
    """A report on so many articles, made by the command."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "articles"
        place.mkdir()
        for name, text in articles(count):
            (place / name).write_text(text, encoding="utf8")
        out = Path(folder) / "report.html"
        command = [sys.executable, __file__, "--child", str(place), str(out), str(jobs)]
        done = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        names, mentions = re.findall(r"([\d,]+) (?:name|mention)s", done["said"])
        size = out.stat().st_size / 1e6
    return [
        f"{count:,}",
        names,
        mentions,
        jobs,
        f"{done['seconds']:,.1f} s",
        f"{done['memory']:,.0f} MB",
        f"{size:.1f} MB",
    ]


def child(place: str, out: str, jobs: str) -> dict[str, object]:
    """The command in this process. memory: Its peak, without that of worker processes."""
    from typer.testing import CliRunner

    from turkmen_ner.cli import app

    start = perf_counter()
    done = CliRunner().invoke(app, ["report", place, "-o", out, "-j", jobs], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": perf_counter() - start, "memory": peak, "said": done.stdout}


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table, and write it with --write."""
    args = report.parser(__doc__)
    args.add_argument("--articles", type=int, default=10_000, help="of the corpus (10,000)")
    opts = args.parse_args(argv)
    if opts.child:
        print(json.dumps(child(*opts.child)))
        return 0
    rows = [
        measure(count, jobs)
        for count, jobs in ((11, 1), (opts.articles // 10, 1), (opts.articles, 1), (opts.articles, 2))
    ]
    table = report.table(["articles", "names", "mentions", "processes", "time", "peak memory", "file"], rows)
    print(table)
    if opts.write:
        page = report.ROOT / "docs" / "report.md"
        report.write(page, "report-corpus", f"{table}\n\n{report.stamp('report_corpus.py --write')}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
