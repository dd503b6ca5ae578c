"""The wheel as its users meet it. Run with pytest after `pip install ./python`."""

import datetime
import json
import subprocess
import shutil
import os

import pytest

import sayso

ONE = "Police said on Sunday that 241,000 people joined the march in Łódź. “We expected fewer,” said Ann Smith, the mayor."


def test_one_article_and_offsets_of_python():
    doc = sayso.read("🚚 " + ONE, date=datetime.date(2018, 6, 17), title="March", id="a")
    assert (doc.id, doc.date, doc.title) == ("a", "2018-06-17", "March")
    first = doc.statements[0]
    assert first["who"].lower() == "police" and "241,000" in first["words"]
    assert doc.text[first["begin"] : first["end"]] == first["words"]
    assert doc.quantities[0]["value"] == 241000
    assert doc.times[0]["value"] == "2018-06-17"
    assert doc.statements.columns[:3] == ["id", "who", "cue"]


def test_many_keep_their_order_and_one_bad_one_costs_itself():
    rows = [{"id": str(n), "text": ONE, "date": "2018-06-17"} for n in range(20)]
    rows[7] = {"id": "7", "text": ""}
    with pytest.warns(UserWarning, match="article 7"):
        docs = sayso.read_many(rows, jobs=2)
    assert [d.id if d else None for d in docs] == [None if n == 7 else str(n) for n in range(20)]
    with pytest.raises(ValueError, match="not a full date"):
        sayso.read(ONE, date="soon")


def test_files(tmp_path):
    (tmp_path / "a.csv").write_text(f'story,day\n"{ONE}",2018-06-17\n', encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4\n")
    with pytest.warns(UserWarning, match="PDF is not read"):
        docs = sayso.read_files(tmp_path, text_field="story", date_field="day")
    assert [d.date for d in docs] == ["2018-06-17"]
    with pytest.raises(TypeError):
        sayso.read_files(tmp_path, colour="red")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    program = os.environ.get("SAYSO") or shutil.which("sayso")
    if not program:
        pytest.skip("the program sayso is not on the path")
    folder = tmp_path_factory.mktemp("store")
    row = json.dumps({"id": "a", "text": ONE, "date": "2018-06-17", "title": "March", "publisher": "Daily News"})
    subprocess.run([program, "build", "-", "-q", "--store", "s"], input=row.encode(), cwd=folder, check=True)
    return folder / "s"


@pytest.fixture(scope="module")
def store(place):
    return sayso.Store(place)


def test_a_store_is_asked(store):
    rows = store.ask("who-said", about="people", min_confidence=0)
    assert rows and rows[0]["title"] == "March"
    assert store.query("SELECT (COUNT(?d) AS ?n) { ?d a sayso:Document }")[0]["n"] == 1
    assert store.query("ASK { ?s a sayso:Statement }")[0]["answer"] is True
    assert "who-said" in sayso.questions()
    with pytest.raises(ValueError):
        store.query("SELECT nonsense")
    with pytest.raises(OSError):
        sayso.Store("/nowhere")


def test_data_frames(store):
    rows = store.ask("who-said", min_confidence=0)
    pandas = pytest.importorskip("pandas")
    assert list(rows.to_pandas().columns) == rows.columns
    assert isinstance(rows.to_pandas(), pandas.DataFrame)


def test_arrow():
    pyarrow = pytest.importorskip("pyarrow")
    batch = pyarrow.RecordBatch.from_pylist([{"id": "a", "text": ONE, "date": "2018-06-17"}])
    out = next(sayso.read_batches([batch]))
    assert out.schema.names == sayso.BATCH_COLUMNS and out.num_rows >= 1
    doc = sayso.read(ONE)
    assert doc.statements.to_arrow().num_rows == len(doc.statements)
    assert pyarrow.RecordBatchReader.from_stream(doc.statements).read_all().num_rows == len(doc.statements)


def test_what_is_exported_has_the_same_rows_in_every_reader(place, store, tmp_path):
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    import sqlite3

    program = os.environ.get("SAYSO") or shutil.which("sayso")
    export = lambda *arguments: subprocess.run([program, "export", "-q", "--store", place, *arguments], check=True)
    export("--format", "parquet", "-o", tmp_path / "tables")
    export("-o", tmp_path / "news.sqlite")
    export("--format", "csv", "--table", "statements", "-o", tmp_path / "statements.csv")
    counted = int(store.query("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a sayso:Statement }")[0]["n"])
    assert counted > 0
    assert len(pandas.read_csv(tmp_path / "statements.csv")) == counted
    base = sqlite3.connect(tmp_path / "news.sqlite")
    for table in ["articles", "speakers", "statements", "quantities", "times", "events", "incidents", "comparisons"]:
        rows = len(pandas.read_sql(f"SELECT * FROM {table}", base))
        assert len(pandas.read_parquet(tmp_path / f"tables/{table}.parquet")) == rows, table
        assert polars.read_parquet(tmp_path / f"tables/{table}.parquet").height == rows, table
        assert table != "statements" or rows == counted
