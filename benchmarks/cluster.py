"""Throughput on a cluster, a core: Spark against `tag_many`, as ratios within one run. Needs Linux, for its /proc.

    python benchmarks/cluster.py [--texts N] [--rounds N] [--write]

The texts are those of volume.py, no two the same. The cluster is Spark's `local-cluster`: a master, two workers and two
executors with a core each, all processes of this machine. Each side has seen the texts once before it is measured, so
that pipelines are made. What is measured is processor time, of all processes that take part (Spark's driver and
executors, Java and Python): it is what a cluster is paid for, and other work on the machine is not in it. --write puts
the tables into docs/scale.md.
"""

import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from types import MappingProxyType
from typing import Any

import report
import speed
from volume import distinct

EXECUTORS = 2
MANY = 1_000_000_000  # documents


@contextmanager
def session(folder: Path, settings: Mapping[str, str] = MappingProxyType({})) -> Iterator[Any]:
    """A session of Spark with executors that are processes of their own.

    folder (Path): An empty folder for what Spark writes. settings (dict): More of Spark's settings.
    """
    import pyspark

    home = folder / "home"  # Spark keeps the executors' logs in $SPARK_HOME, and the package may be read-only
    home.mkdir()
    for part in ("bin", "jars", "python"):
        (home / part).symlink_to(Path(pyspark.__file__).parent / part)
    before = dict(os.environ)
    os.environ |= {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join([str(report.ROOT), *filter(None, [before.get("PYTHONPATH")])]),
    }
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.shuffle.partitions": str(EXECUTORS),
        **settings,
    }
    try:
        builder = pyspark.sql.SparkSession.builder.master(f"local-cluster[{EXECUTORS},1,1024]")
        spark = builder.config(map=settings).getOrCreate()
        try:
            spark.sparkContext.setLogLevel("OFF")  # a worker that is lost on purpose is told at length
            yield spark
        finally:
            spark.stop()
    finally:
        os.environ.clear()
        os.environ.update(before)


def processor() -> dict[int, float]:
    """Seconds of processor time of this process, with its children that ended, and of each descendant."""
    parents, used = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        pid = int(path.parent.name)
        parents[pid], used[pid] = int(fields[1]), sum(map(int, fields[11 : 15 if pid == os.getpid() else 13]))
    ours = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return {pid: used[pid] / os.sysconf("SC_CLK_TCK") for pid in ours}


def sides(spark: Any, texts: Sequence[str]) -> dict[str, Callable[[], Any]]:
    """What is compared: one pass over the texts of each."""
    import turkmen_ner
    from turkmen_ner.integrations.spark import tag_column

    nlp = turkmen_ner.load()
    frame = spark.createDataFrame([(text,) for text in texts], "text string").repartition(4 * EXECUTORS).cache()
    frame.count()
    tagged = tag_column(frame)

    def many(n_process: int) -> None:
        for found in turkmen_ner.tag_many(texts, n_process=n_process, nlp=nlp):
            found.to_dicts()

    return {
        "`tag_many`, 1 process": lambda: many(1),
        f"`tag_many`, {EXECUTORS} processes": lambda: many(EXECUTORS),
        f"Spark, {EXECUTORS} executors": lambda: tagged.write.format("noop").mode("overwrite").save(),
    }


def measure(compared: dict[str, Callable[[], Any]], rounds: int) -> dict[str, list[float]]:
    """Processor time of each side, all sides taking turns; the first pass of each is not counted."""
    spent: dict[str, list[float]] = {name: [] for name in compared}
    for turn in range(rounds + 1):
        names = list(compared)
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            before = processor()
            compared[name]()
            if turn:
                spent[name].append(sum(used - before.get(pid, 0) for pid, used in processor().items()))
    return spent


def tables(texts: Sequence[str], spent: dict[str, list[float]]) -> list[str]:
    """Throughput a core, and what a billion documents cost in core hours, by the tokens of a document."""
    import spacy

    count = spacy.blank("tk").tokenizer
    tokens = sum(len(count(text)) for text in texts)
    alone = next(iter(spent.values()))
    speeds = [
        [name, f"{len(texts) / median(own):,.0f}", f"{tokens / median(own):,.0f}", speed.ratio(alone, own)]
        for name, own in spent.items()
    ]
    articles = speed.texts()
    sizes = {"the texts measured": tokens / len(texts)}
    sizes["whole articles"] = sum(len(count(text)) for text in articles) / len(articles)
    costs = [
        [what, f"{size:,.0f}", *(f"{MANY * size * median(own) / tokens / 3600:,.0f}" for own in spent.values())]
        for what, size in sizes.items()
    ]
    return [
        report.table(["", "documents a core second", "tokens a core second", "of 1 process"], speeds),
        report.table([f"core hours for {MANY:,}", "tokens each", *spent], costs),
    ]


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables, and write them with --write."""
    args = report.parser(__doc__)
    args.add_argument("--texts", type=int, default=20_000, help="distinct texts (20,000)")
    opts = args.parse_args(argv)
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
    texts = list(distinct(opts.texts))
    with tempfile.TemporaryDirectory() as folder, session(Path(folder)) as spark:
        parts = tables(texts, measure(sides(spark, texts), opts.rounds))
    print("\n\n".join(parts))
    if opts.write:
        page = report.ROOT / "docs" / "scale.md"
        report.write(page, "cluster", "\n\n".join([*parts, report.stamp("cluster.py --write")]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
