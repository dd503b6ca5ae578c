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


def test_other_languages_are_left_out_as_the_program_does():
    german = "Die Polizei sagte am Sonntag, dass 241.000 Menschen am Marsch teilnahmen."
    with pytest.raises(ValueError, match="German.*any_language"):
        sayso.read(german)
    with pytest.warns(UserWarning, match="article 1: an article in German"):
        docs = sayso.read_many([ONE, {"text": german}])
    assert [d is not None for d in docs] == [True, False]
    assert sayso.read(german, any_language=True).quantities[0]["value"] == 241000
    assert sayso.read_many([german], any_language=True)[0].quantities[0]["value"] == 241000


def test_articles_are_taken_as_data_frames_and_crawlers_have_them():
    docs = sayso.read_many([{"content": ONE}, {"body": ONE, "published_at": "2018-06-17"}])
    assert [(d.text, d.date) for d in docs] == [(ONE, None), (ONE, "2018-06-17")]
    with pytest.warns(UserWarning, match="article 0: \"garbage\" is not a full date"):
        docs = sayso.read_many([{"text": ONE, "date": "garbage"}, {"text": ONE, "date": float("nan"), "mood": float("nan")}])
    assert [(d.date, len(d.statements) > 0) for d in docs] == [(None, True), (None, True)]
    with pytest.warns(UserWarning, match="article 1: an article without text"):
        docs = sayso.read_many([ONE, None, {"text": None}, {"headline": "March"}])
    assert [d is not None for d in docs] == [True, False, False, False]
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"text": [ONE, ONE], "date": [pandas.Timestamp("2018-06-17"), pandas.NaT]})
    assert [d.date for d in sayso.read_many(frame.to_dict("records"))] == ["2018-06-17", None]


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


def test_batches_have_a_row_for_what_is_lost():
    pyarrow = pytest.importorskip("pyarrow")
    rows = [{"id": "a", "text": ONE, "date": "soon"}, {"id": "b", "text": ""}, {"id": "c", "text": "Die Polizei sagte, dass es nicht so war."}]
    out = next(sayso.read_batches([pyarrow.RecordBatch.from_pylist(rows)])).to_pylist()
    lost = {row["id"]: row["error"] for row in out if row["error"]}
    assert set(lost) == {"a", "b", "c"} and "not a full date" in lost["a"] and "German" in lost["c"]
    assert {row["id"] for row in out if not row["error"]} == {"a"}


def test_rows_are_a_table_for_others():
    pyarrow, polars = pytest.importorskip("pyarrow"), pytest.importorskip("polars")
    nothing = sayso.read("It rained.").statements
    assert nothing[:0].to_polars().columns == nothing.columns
    assert nothing[:0].to_arrow().schema.field("who").type == pyarrow.string()
    rows = sayso.read(ONE).statements
    duckdb = pytest.importorskip("duckdb")
    assert duckdb.sql("SELECT count(*) FROM rows").fetchall()[0] == (len(rows),)


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
    for table in ["articles", "speakers", "statements", "quantities", "times", "events", "incidents", "comparisons", "candidate_pairs"]:
        rows = len(pandas.read_sql(f"SELECT * FROM {table}", base))
        assert len(pandas.read_parquet(tmp_path / f"tables/{table}.parquet")) == rows, table
        assert polars.read_parquet(tmp_path / f"tables/{table}.parquet").height == rows, table
        assert table != "statements" or rows == counted
