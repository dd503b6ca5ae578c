"""Who said what, when, with which number: attributed claims from news articles.

>>> import sayso
>>> doc = sayso.read("Police said on Sunday that 241,000 people joined the march.", date="2018-06-17")
>>> [(s["who"], s["cue"], s["words"]) for s in doc.statements]
[('Police', 'said', 'that 241,000 people joined the march')]

Offsets are those of Python strings: ``doc.text[begin:end]``.
"""

from __future__ import annotations

import json
import os
import warnings
from typing import Any, Dict, Iterable, Iterator, List, Mapping, Optional, Sequence, Tuple, Union

from . import _sayso

__all__ = ["Document", "Rows", "Store", "read", "read_many", "read_files", "read_batches", "questions", "BATCH_COLUMNS"]
__version__ = _sayso.__version__

Article = Union[str, Mapping[str, Any]]


class Document:
    """An article as it was read. ``raw`` is the annotation format of ``sayso annotate``."""

    def __init__(self, raw: Dict[str, Any]) -> None:
        self.raw = raw
        self.id: str = raw["id"]
        self.text: str = raw["text"]
        self.date: Optional[str] = raw.get("date")
        self.title: Optional[str] = raw.get("title")
        self.publisher: Optional[str] = raw.get("publisher")
        self.url: Optional[str] = raw.get("url")

    def __repr__(self) -> str:
        return f"<sayso.Document {self.id!r}: {len(self.statements)} statements>"

    def words(self, spans: Any) -> str:
        """The words of a span ``[begin, end]``, or of several, with an ellipsis between them."""
        if not spans:
            return ""
        if isinstance(spans[0], int):
            spans = [spans]
        return " … ".join(self.text[begin:end] for begin, end in spans)

    def sentence(self, spans: Any) -> str:
        """The sentence in which a span begins."""
        if not spans:
            return ""
        begin = spans[0] if isinstance(spans[0], int) else spans[0][0]
        return next((self.text[b:e] for b, e in self.raw["sentences"] if b <= begin < e), "")

    @property
    def statements(self) -> "Rows":
        """Who said what: one row a statement, with spans and the whole annotation beside the words."""
        labels = {e["id"]: e.get("label") for e in self.raw["entities"]}
        rows = []
        for one in self.raw["attributions"]:
            rows.append(
                {
                    "id": one["id"],
                    "who": labels.get(one.get("speaker")) or self.words(one["source"]),
                    "cue": self.words(one["cue"]),
                    "words": self.words(one["content"]),
                    "how": one["type"],
                    "sentence": self.sentence(one["content"] or one["source"]),
                    "begin": min((b for b, _ in one["content"]), default=None),
                    "end": max((e for _, e in one["content"]), default=None),
                    "confidence": one.get("confidence"),
                    "annotation": one,
                }
            )
        return Rows(rows, ["id", "who", "cue", "words", "how", "sentence", "begin", "end", "confidence"])

    @property
    def quantities(self) -> List[Dict[str, Any]]:
        """Numbers with bounds, unit and the thing counted."""
        return self.raw["quantities"]

    @property
    def times(self) -> List[Dict[str, Any]]:
        """Expressions of time with their days."""
        return self.raw["timexes"]

    @property
    def entities(self) -> List[Dict[str, Any]]:
        """People, bodies, groups, places and other things."""
        return self.raw["entities"]

    @property
    def mentions(self) -> List[Dict[str, Any]]:
        """Where they are named."""
        return self.raw["mentions"]

    @property
    def events(self) -> List[Dict[str, Any]]:
        """What happened, is denied or is expected."""
        return self.raw["events"]


class Rows(Sequence[Dict[str, Any]]):
    """Rows as dictionaries, with their columns in order; a data frame on request.

    It is no list, so that DuckDB takes it as a table by its name, as it does everything that speaks Arrow.
    """

    def __init__(
        self, rows: Iterable[Dict[str, Any]], columns: Sequence[str], more: bool = False, left_out: Optional[int] = None
    ) -> None:
        self._rows = list(rows)
        self.columns = list(columns)
        #: There were more rows than the limit allowed.
        self.more = more
        #: How many rows of less sure statements were left out (``min_confidence=0`` gives them).
        self.left_out = left_out

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return Rows(self._rows[place], self.columns, self.more, self.left_out)
        return self._rows[place]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Rows):
            return self._rows == other._rows
        return self._rows == other if isinstance(other, list) else NotImplemented

    def __repr__(self) -> str:
        return repr(self._rows)

    def _plain(self) -> List[Dict[str, Any]]:
        return [{c: row.get(c) for c in self.columns} for row in self]

    def to_pandas(self) -> Any:
        """A pandas.DataFrame."""
        import pandas

        return pandas.DataFrame(self._plain(), columns=self.columns)

    def to_polars(self) -> Any:
        """A polars.DataFrame."""
        import polars

        if not self:
            return polars.DataFrame(schema={c: polars.String for c in self.columns})
        return polars.DataFrame(self._plain(), infer_schema_length=None)

    def to_arrow(self) -> Any:
        """A pyarrow.Table."""
        import pyarrow

        if not self:
            return pyarrow.schema([(c, pyarrow.string()) for c in self.columns]).empty_table()
        return pyarrow.table({c: [row.get(c) for row in self] for c in self.columns})

    def to_parquet(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """Writes a Parquet file; what is nested is written as JSON."""
        import pyarrow
        import pyarrow.parquet

        flat = lambda value: json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value
        table = pyarrow.table({c: [flat(row.get(c)) for row in self] for c in self.columns})
        pyarrow.parquet.write_table(table, os.fspath(path))

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.to_arrow().__arrow_c_stream__(requested_schema)


def _is_known(value: Any) -> bool:
    """False for what data frames write where there is no value: None, NaN, NaT, NA."""
    if isinstance(value, (str, bytes, bool, int, list, dict, tuple)):
        return True
    if value is None:
        return False
    try:
        return bool(value == value)
    except (TypeError, ValueError):
        return type(value).__name__ not in ("NAType", "NaTType")


def _row(article: Article, facts: Mapping[str, Any]) -> str:
    row = {"text": article} if isinstance(article, str) else dict(article) if isinstance(article, Mapping) else {}
    row.update({name: value for name, value in facts.items() if _is_known(value)})
    plain = lambda value: value.isoformat() if hasattr(value, "isoformat") else value
    row = {str(name): plain(value) for name, value in row.items() if _is_known(value)}
    return json.dumps(row, default=str)


def read(
    text: Article,
    *,
    date: Any = None,
    title: Optional[str] = None,
    publisher: Optional[str] = None,
    url: Optional[str] = None,
    id: Optional[str] = None,
    any_language: bool = False,
) -> Document:
    """Reads one article. ``date`` is its day of publication, a ``datetime.date`` or ``"2018-06-17"``.

    Articles are read in English; one in another language is a ``ValueError``, unless ``any_language`` is true.
    """
    facts = {"date": date, "title": title, "publisher": publisher, "url": url, "id": id}
    return Document(json.loads(_sayso.read_one(_row(text, facts), any_language)))


def _documents(found: Iterable[Tuple[Optional[str], Optional[str]]], keep_places: bool) -> List[Optional[Document]]:
    documents: List[Optional[Document]] = []
    for number, (row, words) in enumerate(found):
        if words is not None:
            warnings.warn(f"article {number}: {words}" if keep_places else str(words), stacklevel=3)
        if row is not None:
            documents.append(Document(json.loads(row)))
        elif keep_places:
            documents.append(None)
    return documents


def _found(
    articles: Iterable[Optional[Article]], date: Any, any_language: bool, jobs: Optional[int]
) -> List[Tuple[Optional[str], Optional[str]]]:
    """For each article its annotation, or why it has none; both where one of its facts could not be understood."""
    own = lambda article: isinstance(article, Mapping) and _is_known(article.get("date"))
    rows = [_row(article, {} if own(article) else {"date": date}) for article in articles]
    return _sayso.read_many(rows, any_language, jobs)


def read_many(
    articles: Iterable[Optional[Article]], *, date: Any = None, any_language: bool = False, jobs: Optional[int] = None
) -> List[Optional[Document]]:
    """Reads many articles on all cores, without holding the interpreter, in their order.

    An article is a text, or a mapping with its text and what else is known of it, under the names that files have
    (``text``, ``content``, ``body``; ``date``, ``published_at`` …). One that cannot be read, or is in another language than
    English (``any_language`` reads these too), is ``None`` in its place, and a warning says why; one whose date is none is
    read without it.
    """
    return _documents(_found(articles, date, any_language, jobs), True)


def read_files(*paths: Union[str, "os.PathLike[str]"], any_language: bool = False, jobs: Optional[int] = None, **fields: str) -> List[Document]:
    """Reads the articles of files and folders, whatever their format; ``text_field="story"`` names a column or a key.

    What cannot be read is left out, and a warning names it.
    """
    names = {}
    for name, value in fields.items():
        if not name.endswith("_field"):
            raise TypeError(f"read_files() got an unexpected keyword argument {name!r}")
        names[name[: -len("_field")]] = value
    found = _sayso.read_files([os.fspath(p) for p in paths], names, any_language, jobs)
    return [d for d in _documents(found, False) if d is not None]


#: The columns of the batches that ``read_batches`` gives.
BATCH_COLUMNS = ["id", "date", "title", "publisher", "url", "who", "cue", "words", "how", "sentence", "begin", "end", "confidence", "error"]


def read_batches(batches: Iterable[Any], *, any_language: bool = False) -> Iterator[Any]:
    """Record batches of articles in, record batches of statements out: for ``DataFrame.mapInArrow`` of Spark, Ray, DuckDB.

    A batch has a column ``text`` and may have ``id``, ``date``, ``title``, ``publisher``, ``url``. An article that cannot be
    read is a row of its own, with nothing but its id and the ``error``: ``WHERE error IS NULL`` leaves the statements.
    ``functools.partial(sayso.read_batches, any_language=True)`` reads articles in all languages.

    >>> articles.mapInArrow(sayso.read_batches, sayso.BATCH_SCHEMA)  # doctest: +SKIP
    """
    import pyarrow

    whole = pyarrow.int64()
    types = {"begin": whole, "end": whole, "confidence": pyarrow.float64()}
    schema = pyarrow.schema([(c, types.get(c, pyarrow.string())) for c in BATCH_COLUMNS])
    for batch in batches:
        rows: List[Dict[str, Any]] = []
        articles = batch.to_pylist()
        for article, (raw, words) in zip(articles, _found(articles, None, any_language, 1)):
            if words is not None:
                given = article.get("id")
                rows.append({"id": str(given) if _is_known(given) else None, "error": words})
            if raw is not None:
                document = Document(json.loads(raw))
                facts = {c: getattr(document, c) for c in BATCH_COLUMNS[:5]}
                rows.extend({**facts, **{c: s[c] for c in BATCH_COLUMNS[5:-1]}} for s in document.statements)
        yield pyarrow.RecordBatch.from_pylist(rows, schema=schema)


#: The same as Spark writes a schema.
BATCH_SCHEMA = ", ".join(
    f"`{c}` {'bigint' if c in ('begin', 'end') else 'double' if c == 'confidence' else 'string'}" for c in BATCH_COLUMNS
)


class Store:
    """A store that ``sayso build`` made, or a file of RDF, opened to be asked. It is never written to."""

    def __init__(self, path: Union[str, "os.PathLike[str]"] = "sayso-store") -> None:
        self._native = _sayso.NativeStore(os.fspath(path))

    @staticmethod
    def _rows(answer: Tuple[List[str], str, bool, Optional[int]]) -> Rows:
        columns, lines, more, left_out = answer
        return Rows((json.loads(line) for line in lines.splitlines() if line), columns, more, left_out)

    def ask(self, question: str, *, timeout: float = 60.0, limit: Optional[int] = None, **parameters: Any) -> Rows:
        """Asks one of the ready-made questions: ``store.ask("who-said", about="trucks")``; ``sayso.questions()`` lists them."""
        given = [(name.replace("_", "-"), str(value)) for name, value in parameters.items() if value is not None]
        return self._rows(self._native.ask(question, given, timeout, limit))

    def query(self, sparql: str, *, timeout: float = 60.0, limit: Optional[int] = None) -> Rows:
        """Asks in SPARQL; the usual prefixes are known. ASK gives one row ``answer``, CONSTRUCT one row ``turtle``."""
        return self._rows(self._native.query(sparql, timeout, limit))


def questions() -> Dict[str, Tuple[str, List[str]]]:
    """The ready-made questions: what each answers, and the names of its parameters."""
    return {name: (words, parameters) for name, words, parameters in _sayso.questions()}
