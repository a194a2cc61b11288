"""The column of entities in a real Spark with two executors, processes of their own; one session for all tests."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import cluster
import pytest
from volume import distinct

import turkmen_ner
from turkmen_ner.integrations import spark as column
from turkmen_ner.integrations.spark import FIELDS, Shipped, tag_column

pd = pytest.importorskip("pandas")
pq = pytest.importorskip("pyarrow.parquet")
pytest.importorskip("pyspark", minversion="4")

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "spark_job.py"
RECIPE = re.compile(r'^```python title="with_spark.py"\n(.*?)^```\n```\n(.*?)^```$', re.MULTILINE | re.DOTALL)


def java() -> int:
    """The version of Java that Spark would use, 0 for none."""
    home = os.environ.get("JAVA_HOME")
    command = f"{home}/bin/java" if home else shutil.which("java")
    if not command or not Path(command).is_file():
        return 0
    told = subprocess.run([command, "-version"], capture_output=True, text=True).stderr
    version = re.search(r'version "(\d+)', told)
    return int(version[1]) if version else 0


pytestmark = [
    pytest.mark.skipif(java() < 17, reason="Spark 4 needs Java 17 or newer"),
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]

KALYN = "Ibrahim Kalyn Bengazide Halife Haftar bilen gürleşdi."
ORAZOW = "Merdan Orazowyň öýi Awşarda, Türkiýede, TDH-da."
ODD = {
    "plain": KALYN,
    "null": None,
    "empty": "",
    "blank": " \n\t ",
    "inferred": "Bu barada sözçi Nurdan Weliçko aýtdy. Weliçkonyň sözleri TDH-da çykdy.",
    "beyond the basic plane": "😀👩‍🚀 Aşgabada bardy, 𐐷 soň Marydan gaýtdy.",
    "decomposed": "As\u0327gabada bardy.",
    "controls": "Ol\0 Aşgabada\r\nbardy.\x7f",
    "own": ORAZOW,
    "a megabyte": (f"{KALYN}\n" * 20_000)[:1_000_000],
}
TEXTS = {**ODD, **{f"text {k}": text for k, text in enumerate(distinct(700))}}
OWN = "label: PERSON\npatterns:\n  - {id: merdan-orazow, pattern: Merdan Orazow}\n"
AWSAR = {"label": "CITY", "id": "awsar", "pattern": "Awşar"}


QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # for processes of Java that live for a minute


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    settings = {
        "spark.sql.execution.arrow.maxRecordsPerBatch": "100",
        "spark.driver.extraJavaOptions": QUICK,
        "spark.executor.extraJavaOptions": QUICK,
    }
    with cluster.session(tmp_path_factory.mktemp("spark"), settings) as session:
        yield session


@pytest.fixture(scope="module")
def frame(spark):
    return spark.createDataFrame(list(TEXTS.items()), "key string, text string").repartition(4, "key").cache()


@pytest.fixture(scope="module")
def rows(frame):
    return tag_column(frame).collect()


def expected(text, nlp=None):
    if text is None:
        return None
    return [{name: getattr(e, name) for name in FIELDS} for e in turkmen_ner.tag(text, nlp=nlp)]


def found(row, output="entities"):
    return None if row[output] is None else [entity.asDict() for entity in row[output]]


def test_every_row_as_by_tag(rows):
    assert {row.key: row.text for row in rows} == TEXTS
    assert len(rows) == len(TEXTS)
    for row in rows:
        assert found(row) == expected(row.text), row.key
    assert sum(len(row.entities or ()) for row in rows) > len(TEXTS)


def test_rows_and_columns_as_they_were(frame, rows):
    assert [row.key for row in rows] == [row.key for row in frame.select("key").collect()]
    tagged = tag_column(frame)
    assert tagged.columns == [*frame.columns, "entities"]
    assert tagged.schema["entities"].dataType == column.entity_type()
    assert tagged.schema["text"] == frame.schema["text"]


def test_offsets_are_those_of_substring(frame):
    """Spark's `substring` counts code points, as Python does."""
    entities = tag_column(frame.filter("length(text) < 1000")).selectExpr("text", "explode(entities) as e")
    alike = entities.selectExpr("substring(text, e.start + 1, e.end - e.start) = e.text as alike")
    counted = {row.alike: row["count"] for row in alike.groupBy("alike").count().collect()}
    assert list(counted) == [True]


def test_bytes_that_are_no_text(spark):
    """A lone surrogate cannot get into Spark, invalid UTF-8 can; both come out as replacement characters."""
    frame = spark.sql("select cast(X'4FFF6C204D61727964616E20656D' as string) as text")
    surrogate = spark.createDataFrame([("Ol\ud800 Marydan em",)], "text string")
    for row in tag_column(frame.union(surrogate)).collect():
        assert "\ufffd" in row.text
        assert [(e.text, e.name) for e in row.entities] == [("Marydan", "Mary")]
        assert found(row) == expected(row.text)


@pytest.mark.parametrize(
    ("schema", "error", "message"),
    [
        (
            "key string, body string",
            ValueError,
            "found no column 'text', expected one of key, body",
        ),
        ("text string, text string", ValueError, "found several columns 'text'"),
        ("text string, Entities int", ValueError, "found a column 'entities' already"),
        ("text int", TypeError, "column 'text' holds int, expected strings"),
        ("text array<string>", TypeError, "column 'text' holds array<string>"),
        ("text binary", TypeError, "column 'text' holds binary"),
    ],
)
def test_columns_that_do_not_fit(spark, schema, error, message):
    with pytest.raises(error, match=re.escape(message)):
        tag_column(spark.createDataFrame([], schema))


def test_names_of_columns_with_signs(spark):
    frame = spark.createDataFrame([(KALYN,)], "`a.b``c` string")
    assert [e.name for e in tag_column(frame, "a.b`c", output="x.y").collect()[0]["x.y"]][1] == "Bengazi"


def test_what_is_no_frame():
    with pytest.raises(TypeError, match="takes a DataFrame of PySpark, not DataFrame: "):
        tag_column(pd.DataFrame({"text": [KALYN]}))


def test_without_pyspark(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(ImportError, match=r"pip install 'turkmen_ner\[spark\]'"):
        tag_column(None)


def test_wrong_settings_at_once(spark, tmp_path):
    frame = spark.createDataFrame([], "text string")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("label: PERSON\npatterns:\n  - {id: x, patern: X}\n", encoding="utf8")
    with pytest.raises(turkmen_ner.PatternError, match=r"wrong\.yaml:3.*unknown key 'patern'"):
        tag_column(frame, patterns=[wrong])
    with pytest.raises(turkmen_ner.PatternError, match="cannot be read"):
        tag_column(frame, patterns=[tmp_path / "none.yaml"])
    with pytest.raises(ValueError, match="labels must be one of"):
        tag_column(frame, labels="ner")


def test_two_settings_in_one_job_without_the_file(frame, tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(OWN, encoding="utf8")
    settings = {
        "ours": {"patterns": [own, AWSAR]},
        "alone": {"patterns": [AWSAR], "shipped": False, "infer": False, "spelling": "lenient", "labels": "ontonotes"},
    }
    tagged = frame.filter("key = 'own' or key like 'text 1%'")
    pipelines = {}
    for output, setting in settings.items():
        tagged = tag_column(tagged, output=output, **setting)
        pipelines[output] = turkmen_ner.load(**setting)
    own.unlink()
    by_key = {row.key: row for row in tagged.collect()}
    assert len(by_key) > 100
    for row in by_key.values():
        for output, nlp in pipelines.items():
            assert found(row, output) == expected(row.text, nlp), (row.key, output)
    assert [(e.id, e.source) for e in by_key["own"].ours][:2] == [
        ("merdan-orazow", "own.yaml:3 merdan-orazow"),
        ("awsar", "<patterns> entry 1 awsar"),
    ]
    assert [(e.id, e.label) for e in by_key["own"].alone] == [("awsar", "GPE")]


def test_a_stream(spark, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.jsonl").write_text(json.dumps({"text": KALYN}), encoding="utf8")
    stream = tag_column(spark.readStream.schema("text string").json(str(tmp_path / "in")))
    query = stream.writeStream.format("memory").queryName("stream").trigger(availableNow=True)
    query.option("checkpointLocation", str(tmp_path / "checkpoint")).start().awaitTermination()
    assert [found(row) for row in spark.table("stream").collect()] == [expected(KALYN)]


def test_a_text_is_tagged_once(frame, capsys):
    """Spark computes what it takes for a function of its input again for every filter, so for `explode` as well."""
    tagged = tag_column(frame)
    tagged.filter("size(entities) > 1").selectExpr("key", "explode(entities) as e").select("e.*").explain()
    assert capsys.readouterr().out.count("ArrowEvalPython") == 1


def test_a_worker_makes_a_pipeline_once(frame, tmp_path, monkeypatch):
    log, really = tmp_path / "log", column._found

    def noting(nlp, texts):
        with log.open("a") as file:
            file.write(f"{os.getpid()} {id(nlp)} {len(texts)}\n")
        return really(nlp, texts)

    monkeypatch.setattr(column, "_found", noting)
    for _ in range(2):
        tag_column(frame).write.format("noop").mode("overwrite").save()
    calls = [line.split() for line in log.read_text().splitlines()]
    made = defaultdict(set)
    for pid, pipeline, _ in calls:
        made[pid].add(pipeline)
    assert len(made) < 8 < len(calls)  # 2 jobs of 4 tasks
    assert {len(pipelines) for pipelines in made.values()} == {1}
    assert sum(int(count) for *_, count in calls) == 2 * len(TEXTS)
    assert str(os.getpid()) not in made


def test_a_lost_worker_loses_nothing(spark, frame, rows, tmp_path, monkeypatch):
    flag, really = tmp_path / "killed", column._found

    def fatal(nlp, texts):
        rows = really(nlp, texts)
        if len(texts) < 100:  # the last of a task, when some are tagged already
            try:
                with flag.open("x") as file:
                    file.write(str(os.getpid()))
            except FileExistsError:
                return rows
            os.kill(os.getpid(), signal.SIGKILL)
        return rows

    monkeypatch.setattr(column, "_found", fatal)
    spark.sparkContext.setJobGroup("lost", "a worker is lost")
    again = tag_column(frame).collect()
    spark.sparkContext.setJobGroup("", "")
    assert flag.read_text()
    assert again == rows
    told = spark.sparkContext.statusTracker()
    stages = [stage for job in told.getJobIdsForGroup("lost") for stage in told.getJobInfo(job).stageIds]
    assert sum(info.numFailedTasks for stage in stages if (info := told.getStageInfo(stage))) == 1


def test_another_version_on_an_executor():
    with pytest.raises(RuntimeError, match=re.escape(f"turkmen_ner 0.0.1, this executor {turkmen_ner.__version__}")):
        column._made(Shipped("0.0.1", (), "key", b""))


def test_missing_texts_of_any_kind():
    nlp = turkmen_ner.load()
    for missing in (None, float("nan"), pd.NA):
        texts = pd.Series([KALYN, missing, ""], dtype=object)
        assert column._found(nlp, texts) == [expected(KALYN), None, []]


def test_the_recipe_of_the_documentation(spark, tmp_path, monkeypatch, capsys):
    ((code, printed),) = RECIPE.findall((ROOT / "docs" / "scale.md").read_text(encoding="utf8"))
    monkeypatch.chdir(tmp_path)
    Path("my.yaml").write_text(OWN, encoding="utf8")
    exec(compile(code, "docs/scale.md", "exec"), {})
    assert capsys.readouterr().out == printed


# --- the example -------------------------------------------------------------------------------------------------


def check_counts(path, texts, nlp=None):
    """The counts of the listed entities are those of `turkmen_ner.count`."""
    counts = pq.read_table(path).to_pylist()
    listed = {(row["id"], row["label"]): (row["mentions"], row["documents"]) for row in counts if row["listed"]}
    ours = [row for row in turkmen_ner.count(texts, nlp=nlp) if row.listed]
    assert listed == {(row.id, row.label): (row.mentions, row.documents) for row in ours}
    assert [row["mentions"] for row in counts] == sorted((row["mentions"] for row in counts), reverse=True)
    return {row["id"]: row for row in counts}


def test_the_example_by_spark_submit(tmp_path):
    import pyspark

    texts = [*list(ODD.values())[:-1], KALYN]
    table = pd.DataFrame({"number": range(len(texts)), "body": texts})
    table.to_parquet(tmp_path / "in.parquet")
    submit = Path(pyspark.__file__).parent / "bin" / "spark-submit"
    command = [submit, "--master", "local[2]", "--driver-java-options", QUICK]
    command += ["--conf", "spark.ui.enabled=false", "--conf", "spark.sql.shuffle.partitions=2"]
    command += [EXAMPLE, "in.parquet", "out", "--text", "body", "--partitions", "3"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable}
    environment |= {"SPARK_HOME": str(Path(pyspark.__file__).parent), "SPARK_LOCAL_IP": "127.0.0.1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    documents = sorted(pq.read_table(tmp_path / "out" / "documents").to_pylist(), key=lambda row: row["number"])
    assert [row["body"] for row in documents] == texts
    assert [row["entities"] for row in documents] == [expected(text) for text in texts]
    assert len(list((tmp_path / "out" / "documents").glob("*.parquet"))) == 3
    counts = check_counts(tmp_path / "out" / "counts", [text for text in texts if text is not None])
    assert counts["khalifa-haftar"] == {
        "id": "khalifa-haftar", "label": "PERSON", "name": "Halife Haftar", "listed": True,
        "mentions": 2, "documents": 2,
    }  # fmt: skip
    assert counts["doc.nurdan-welicko"]["mentions"] == 2


def load_example():
    import importlib.util

    spec = importlib.util.spec_from_file_location("spark_job", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_example_on_json_with_own_patterns(spark, tmp_path):
    example = load_example()
    source, own, output = tmp_path / "in.jsonl", tmp_path / "own.yaml", tmp_path / "out"
    own.write_text(OWN, encoding="utf8")
    lines = [json.dumps({"text": ORAZOW}), "{not JSON", '{"text": null}', "{}", '{"text": "Merdan Orazow geldi."}']
    source.write_text("\n".join(lines), encoding="utf8")
    opts = example.arguments([str(source), str(output), "--patterns", str(own), "--labels", "conll", "--no-infer"])
    example.run(spark, opts)
    documents = pq.read_table(output / "documents").to_pylist()
    assert [row["_corrupt_record"] for row in documents] == [None, lines[1], None, None, None]
    assert [row["entities"] is None for row in documents] == [False, True, True, True, False]
    nlp = turkmen_ner.load(patterns=[own], labels="conll", infer=False)
    counts = check_counts(output / "counts", [ORAZOW, "Merdan Orazow geldi."], nlp)
    assert (counts["merdan-orazow"]["label"], counts["merdan-orazow"]["mentions"]) == ("PER", 2)
    with pytest.raises(example.AnalysisException, match="already exists"):
        example.run(spark, opts)


def test_a_wrong_column_is_one_line(spark, tmp_path, capsys, monkeypatch):
    example = load_example()
    monkeypatch.setattr(type(spark), "stop", lambda self: None)
    source = tmp_path / "in.jsonl"
    source.write_text('{"body": "Aşgabat"}\n', encoding="utf8")
    assert example.main([str(source), str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.endswith("spark_job.py: found no column 'text', expected one of body\n")
