"""Tag a corpus with Spark: documents in, the same documents with their entities and a table of counts out.

    spark-submit examples/spark_job.py articles.parquet tagged/
    python examples/spark_job.py articles.jsonl tagged/ --text body --patterns my.yaml --labels ontonotes

Input is Parquet or JSON with one document a line, a file or a folder. Written are, as Parquet:

    tagged/documents    all rows and columns, and `entities`, an array of structs
    tagged/counts       id, label, name, listed, mentions, documents; the most mentioned first

An unlisted name has an id made from its base form (`doc.…`), so in the counts two people of one name are one row.
"""

import argparse
import sys
from collections.abc import Sequence

from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from turkmen_ner.errors import PatternError
from turkmen_ner.integrations.spark import tag_column

SUFFIXES = {".json": "json", ".jsonl": "json", ".ndjson": "json", ".gz": "json"}


def arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """The options of the command line."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("input", help="a file or folder that every executor can read")
    args.add_argument("output", help="a folder for documents/ and counts/")
    args.add_argument("--format", choices=["parquet", "json"], help="of the input (by its ending, else parquet)")
    args.add_argument("--text", default="text", help="the column with the texts (text)")
    args.add_argument("--partitions", type=int, help="cut the input into so many parts, some three for each core")
    args.add_argument("--patterns", nargs="+", default=[], help="pattern files or folders on this machine")
    args.add_argument("--no-shipped", action="store_true", help="without the patterns of the library")
    args.add_argument("--no-infer", action="store_true", help="listed names only")
    args.add_argument("--labels", default="turkmen", help="turkmen, ontonotes or conll (turkmen)")
    args.add_argument("--spelling", default="strict", help="strict, or lenient for text without diacritics (strict)")
    args.add_argument("--overwrite", action="store_true", help="replace what is in the output folder")
    return args.parse_args(argv)


def counts(documents: DataFrame) -> DataFrame:
    """How often each entity is named, and in how many documents; the commonest of its longest names in a document."""
    numbered = documents.select(F.monotonically_increasing_id().alias("document"), F.explode("entities").alias("e"))
    entity = [F.col("e.label"), F.when(F.col("e.id") != "", F.col("e.id")).otherwise(F.col("e.name")).alias("id")]
    in_document = numbered.groupBy("document", *entity).agg(
        F.count("*").alias("mentions"),
        F.max_by("e.name", F.length("e.name")).alias("name"),
        F.bool_or("e.listed").alias("listed"),
    )
    return (
        in_document.groupBy("id", "label")
        .agg(
            F.mode("name", deterministic=True).alias("name"),
            F.bool_or("listed").alias("listed"),
            F.sum("mentions").alias("mentions"),
            F.count("*").alias("documents"),
        )
        .orderBy(F.desc("mentions"), F.desc("documents"), "id", "label")
    )


def run(spark: SparkSession, opts: argparse.Namespace) -> None:
    """Read, tag, write, count. What is counted is read back, so that no text is tagged twice."""
    kind = opts.format or next((kind for suffix, kind in SUFFIXES.items() if opts.input.endswith(suffix)), "parquet")
    documents = spark.read.format(kind).load(opts.input)
    if opts.partitions:
        documents = documents.repartition(opts.partitions)
    tagged = tag_column(
        documents,
        opts.text,
        patterns=opts.patterns,
        shipped=not opts.no_shipped,
        infer=not opts.no_infer,
        labels=opts.labels,
        spelling=opts.spelling,
    )
    mode = "overwrite" if opts.overwrite else "errorifexists"
    tagged.write.mode(mode).parquet(f"{opts.output}/documents")
    counts(spark.read.parquet(f"{opts.output}/documents")).write.mode(mode).parquet(f"{opts.output}/counts")


def main(argv: Sequence[str] | None = None) -> int:
    """The job; a wrong option, column or pattern is one line on standard error and exit status 2."""
    opts = arguments(argv)
    spark = SparkSession.builder.appName("turkmen_ner").getOrCreate()
    try:
        run(spark, opts)
    except (PatternError, ValueError, TypeError, AnalysisException) as error:
        print(f"spark_job.py: {error}", file=sys.stderr)
        return 2
    finally:
        spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
