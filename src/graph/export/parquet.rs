//! Tables as Parquet files (parquet.apache.org), as far as writing them once needs it: flat columns that may be empty,
//! values as they are, pages packed with gzip. DuckDB, Spark, pandas, polars and R read them; the tables are those of
//! `sqlite`.

use std::io::Write;

use flate2::write::GzEncoder;

use super::sqlite::{Table, Type, Value};
use crate::graph::{Error, ErrorKind};

/// Rows of one group: what a reader takes at once.
const GROUP: usize = 65_536;

const MAGIC: &[u8] = b"PAR1";

/// The numbers that the format gives to kinds of values, and to how they are written.
const INT64: i64 = 2;
const DOUBLE: i64 = 5;
const BYTE_ARRAY: i64 = 6;
const PLAIN: i64 = 0;
const RLE: i64 = 3;
const GZIP: i64 = 2;

/// One table as a file. A column of numbers has nothing where a cell is no number.
pub(super) fn write(table: &Table) -> Result<Vec<u8>, Error> {
    let failed = |e: std::io::Error| Error::new(ErrorKind::Io, "the table cannot be packed").because(e);
    let mut names = vec![("id", INT64)];
    names.extend(table.columns.iter().map(|(name, kind)| {
        let kind = match kind {
            Type::Text => BYTE_ARRAY,
            Type::Real => DOUBLE,
            Type::Integer | Type::Row(_) => INT64,
        };
        (name.as_str(), kind)
    }));
    let mut out = MAGIC.to_vec();
    let mut groups = Vec::new();
    for (number, rows) in table.rows.chunks(GROUP).enumerate() {
        let mut chunks = Vec::new();
        for (column, &(name, kind)) in names.iter().enumerate() {
            let mut page = Page::default();
            for (place, row) in rows.iter().enumerate() {
                match column {
                    0 => page.integer((number * GROUP + place) as i64 + 1),
                    column => page.cell(&row[column - 1], kind),
                }
            }
            let plain = page.finish();
            let mut packer = GzEncoder::new(Vec::new(), flate2::Compression::default());
            packer.write_all(&plain).map_err(failed)?;
            let packed = packer.finish().map_err(failed)?;
            let head = page_head(plain.len(), packed.len(), rows.len());
            let begin = out.len() as i64;
            out.extend(&head);
            out.extend(&packed);
            let size = |bytes: usize| (head.len() + bytes) as i64;
            chunks.push(Chunk { name, kind, begin, plain: size(plain.len()), packed: size(packed.len()) });
        }
        groups.push((rows.len(), chunks));
    }
    let foot = foot(&names, table.rows.len(), &groups);
    out.extend(&foot);
    out.extend((foot.len() as u32).to_le_bytes());
    out.extend(MAGIC);
    Ok(out)
}

/// The values of a column: which rows have one, and those.
#[derive(Default)]
struct Page {
    /// Runs of rows that have a value, and that have none.
    runs: Vec<(bool, u64)>,
    values: Vec<u8>,
}

impl Page {
    fn has(&mut self, value: bool) {
        match self.runs.last_mut() {
            Some((last, count)) if *last == value => *count += 1,
            _ => self.runs.push((value, 1)),
        }
    }

    fn integer(&mut self, number: i64) {
        self.has(true);
        self.values.extend(number.to_le_bytes());
    }

    fn cell(&mut self, cell: &Value, kind: i64) {
        match (cell, kind) {
            (Value::Text(text), BYTE_ARRAY) => {
                self.has(true);
                self.values.extend((text.len() as u32).to_le_bytes());
                self.values.extend(text.as_bytes());
            }
            (Value::Real(number), DOUBLE) => {
                self.has(true);
                self.values.extend(number.to_le_bytes());
            }
            (Value::Integer(number), INT64) => self.integer(*number),
            _ => self.has(false),
        }
    }

    fn finish(self) -> Vec<u8> {
        let mut levels = Vec::new();
        for (has, count) in self.runs {
            varint(&mut levels, count << 1);
            levels.push(u8::from(has));
        }
        let mut page = (levels.len() as u32).to_le_bytes().to_vec();
        page.extend(levels);
        page.extend(self.values);
        page
    }
}

/// A column of a group: where it begins, and its bytes unpacked and packed.
struct Chunk<'n> {
    name: &'n str,
    kind: i64,
    begin: i64,
    plain: i64,
    packed: i64,
}

fn page_head(plain: usize, packed: usize, rows: usize) -> Vec<u8> {
    let mut head = Thrift::default();
    head.number(1, I32, 0);
    head.number(2, I32, plain as i64);
    head.number(3, I32, packed as i64);
    head.inside(5, |data| {
        data.number(1, I32, rows as i64);
        data.number(2, I32, PLAIN);
        data.number(3, I32, RLE);
        data.number(4, I32, RLE);
    });
    head.finish()
}

fn foot(names: &[(&str, i64)], rows: usize, groups: &[(usize, Vec<Chunk>)]) -> Vec<u8> {
    let mut foot = Thrift::default();
    foot.number(1, I32, 1);
    foot.list(2, STRUCT, names.len() + 1);
    foot.member(|root| {
        root.text(4, "schema");
        root.number(5, I32, names.len() as i64);
    });
    for &(name, kind) in names {
        foot.member(|column| {
            column.number(1, I32, kind);
            column.number(3, I32, 1);
            column.text(4, name);
            if kind == BYTE_ARRAY {
                column.number(6, I32, 0);
                // Text in UTF-8, as newer readers are told of it.
                column.inside(10, |logical| logical.inside(1, |_| {}));
            }
        });
    }
    foot.number(3, I64, rows as i64);
    foot.list(4, STRUCT, groups.len());
    for (rows, chunks) in groups {
        foot.member(|group| {
            group.list(1, STRUCT, chunks.len());
            for chunk in chunks {
                group.member(|column| {
                    column.number(2, I64, chunk.begin);
                    column.inside(3, |data| {
                        data.number(1, I32, chunk.kind);
                        data.list(2, I32, 2);
                        data.bare(PLAIN);
                        data.bare(RLE);
                        data.list(3, BINARY, 1);
                        data.bare_text(chunk.name);
                        data.number(4, I32, GZIP);
                        data.number(5, I64, *rows as i64);
                        data.number(6, I64, chunk.plain);
                        data.number(7, I64, chunk.packed);
                        data.number(9, I64, chunk.begin);
                    });
                });
            }
            group.number(2, I64, chunks.iter().map(|c| c.plain).sum());
            group.number(3, I64, *rows as i64);
        });
    }
    foot.text(6, concat!("sayso version ", env!("CARGO_PKG_VERSION")));
    foot.finish()
}

/// The types of Thrift's compact protocol, in which Parquet writes its heads.
const I32: u8 = 5;
const I64: u8 = 6;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// A structure being written; fields come in rising order.
#[derive(Default)]
struct Thrift {
    out: Vec<u8>,
    last: u8,
}

impl Thrift {
    fn field(&mut self, id: u8, kind: u8) {
        self.out.push((id - self.last) << 4 | kind);
        self.last = id;
    }

    fn number(&mut self, id: u8, kind: u8, number: i64) {
        self.field(id, kind);
        self.bare(number);
    }

    fn text(&mut self, id: u8, text: &str) {
        self.field(id, BINARY);
        self.bare_text(text);
    }

    fn inside(&mut self, id: u8, fill: impl FnOnce(&mut Thrift)) {
        self.field(id, STRUCT);
        self.member(fill);
    }

    fn list(&mut self, id: u8, kind: u8, count: usize) {
        self.field(id, LIST);
        if count < 15 {
            self.out.push((count as u8) << 4 | kind);
        } else {
            self.out.push(0xF0 | kind);
            varint(&mut self.out, count as u64);
        }
    }

    fn member(&mut self, fill: impl FnOnce(&mut Thrift)) {
        let mut inner = Thrift::default();
        fill(&mut inner);
        self.out.extend(inner.finish());
    }

    fn bare(&mut self, number: i64) {
        varint(&mut self.out, (number << 1 ^ number >> 63) as u64);
    }

    fn bare_text(&mut self, text: &str) {
        varint(&mut self.out, text.len() as u64);
        self.out.extend(text.as_bytes());
    }

    fn finish(mut self) -> Vec<u8> {
        self.out.push(0);
        self.out
    }
}

/// A number in groups of seven bits, the lowest first.
fn varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
