//! The file format of SQLite (sqlite.org/fileformat2.html), as far as writing tables once needs it: no index but the one
//! of a full-text table, nothing free, nothing changed.

/// Bytes of a page.
const PAGE: usize = 4096;

/// The page that holds the byte at 1 GiB is never used: SQLite locks there.
const LOCK_PAGE: usize = (1 << 30) / PAGE + 1;

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

/// A database being written.
pub struct File {
    pages: Vec<Vec<u8>>,
    schema: Vec<Vec<Value>>,
}

impl File {
    pub fn new() -> File {
        // The first page is the root of the schema and is written last.
        File { pages: vec![vec![0; PAGE]], schema: Vec::new() }
    }

    /// A table whose rows are numbered from 1 in their order.
    pub fn table(&mut self, name: &str, sql: &str, rows: &[Vec<Value>]) {
        let rows: Vec<(i64, Vec<Value>)> = rows.iter().zip(1..).map(|(row, number)| (number, row.clone())).collect();
        self.numbered(name, sql, &rows);
    }

    /// A table whose rows have these numbers, in rising order.
    pub fn numbered(&mut self, name: &str, sql: &str, rows: &[(i64, Vec<Value>)]) {
        let root = self.tree(rows);
        self.enter("table", name, name, root, Some(sql));
    }

    /// A table that a module of SQLite makes of others.
    pub fn virtual_table(&mut self, name: &str, sql: &str) {
        self.enter("table", name, name, 0, Some(sql));
    }

    /// The index that SQLite makes for the primary key of a table with one row at most, of which these are the cells.
    pub fn key_of_one(&mut self, table: &str, row: Option<&[Value]>) {
        let mut page = vec![0; PAGE];
        page[0] = 0x0A;
        let mut at = PAGE;
        if let Some(cells) = row {
            let record = record(cells);
            let mut cell = Vec::new();
            varint(&mut cell, record.len() as u64);
            cell.extend(record);
            at -= cell.len();
            page[at..].copy_from_slice(&cell);
            page[4] = 1;
            page[8..10].copy_from_slice(&(at as u16).to_be_bytes());
        }
        page[5..7].copy_from_slice(&(at as u16).to_be_bytes());
        let root = self.add(page);
        self.enter("index", &format!("sqlite_autoindex_{table}_1"), table, root, None);
    }

    fn enter(&mut self, kind: &str, name: &str, table: &str, root: usize, sql: Option<&str>) {
        let text = |t: &str| Value::Text(t.to_owned());
        let sql = sql.map_or(Value::Null, text);
        self.schema.push(vec![text(kind), text(name), text(table), Value::Integer(root as i64), sql]);
    }

    /// The bytes of the database.
    pub fn finish(mut self) -> Vec<u8> {
        let rows: Vec<(i64, Vec<Value>)> =
            std::mem::take(&mut self.schema).into_iter().zip(1..).map(|(r, n)| (n, r)).collect();
        let cells = self.cells(&rows);
        self.pages[0] = match leaf(&cells.iter().map(|(_, c)| c.as_slice()).collect::<Vec<_>>(), 100) {
            Some(page) => page,
            None => {
                let mut level = self.leaves(&cells);
                while interior(&level, 100).is_none() {
                    level = self.level(&level);
                }
                interior(&level, 100).unwrap_or_else(|| vec![0; PAGE])
            }
        };
        let count = self.pages.len() as u32;
        let head = &mut self.pages[0];
        head[..16].copy_from_slice(b"SQLite format 3\0");
        head[16..18].copy_from_slice(&(PAGE as u16).to_be_bytes());
        head[18..24].copy_from_slice(&[1, 1, 0, 64, 32, 32]);
        head[24..28].copy_from_slice(&1_u32.to_be_bytes());
        head[28..32].copy_from_slice(&count.to_be_bytes());
        head[40..44].copy_from_slice(&1_u32.to_be_bytes());
        head[44..48].copy_from_slice(&4_u32.to_be_bytes());
        head[56..60].copy_from_slice(&1_u32.to_be_bytes());
        head[92..96].copy_from_slice(&1_u32.to_be_bytes());
        head[96..100].copy_from_slice(&3_040_000_u32.to_be_bytes());
        self.pages.concat()
    }

    /// A page's number, from 1.
    fn add(&mut self, page: Vec<u8>) -> usize {
        if self.pages.len() + 1 == LOCK_PAGE {
            self.pages.push(vec![0; PAGE]);
        }
        self.pages.push(page);
        self.pages.len()
    }

    /// A tree of rows; the number of its root.
    fn tree(&mut self, rows: &[(i64, Vec<Value>)]) -> usize {
        let cells = self.cells(rows);
        let mut level = self.leaves(&cells);
        while level.len() > 1 {
            level = self.level(&level);
        }
        level[0].0
    }

    /// The cells of rows, what is too long for a page put into pages of its own.
    fn cells(&mut self, rows: &[(i64, Vec<Value>)]) -> Vec<(i64, Vec<u8>)> {
        let (most, least) = (PAGE - 35, (PAGE - 12) * 32 / 255 - 23);
        let mut cells = Vec::with_capacity(rows.len());
        for (number, row) in rows {
            let record = record(row);
            let mut cell = Vec::new();
            varint(&mut cell, record.len() as u64);
            varint(&mut cell, *number as u64);
            let kept = match record.len() {
                length if length <= most => length,
                length => {
                    let kept = least + (length - least) % (PAGE - 4);
                    if kept <= most { kept } else { least }
                }
            };
            cell.extend(&record[..kept]);
            // From the last page to the first: each names the next.
            let mut next = 0_u32;
            let rest: Vec<&[u8]> = record[kept..].chunks(PAGE - 4).collect();
            for chunk in rest.into_iter().rev() {
                let mut page = vec![0; PAGE];
                page[..4].copy_from_slice(&next.to_be_bytes());
                page[4..4 + chunk.len()].copy_from_slice(chunk);
                next = self.add(page) as u32;
            }
            if next > 0 {
                cell.extend(next.to_be_bytes());
            }
            cells.push((*number, cell));
        }
        cells
    }

    /// Pages of leaves with the last number in each.
    fn leaves(&mut self, cells: &[(i64, Vec<u8>)]) -> Vec<(usize, i64)> {
        let mut found = Vec::new();
        let mut from = 0;
        while from < cells.len() || found.is_empty() {
            let mut room = PAGE - 8;
            let fits = cells[from..].iter().take_while(|(_, cell)| {
                let fits = cell.len() + 2 <= room;
                room = room.saturating_sub(cell.len() + 2);
                fits
            });
            let to = from + fits.count();
            let page: Vec<&[u8]> = cells[from..to].iter().map(|(_, c)| c.as_slice()).collect();
            let last = cells.get(to.wrapping_sub(1)).map_or(0, |(number, _)| *number);
            let page = leaf(&page, 0).unwrap_or_else(|| vec![0; PAGE]);
            found.push((self.add(page), last));
            if to == from {
                break;
            }
            from = to;
        }
        found
    }

    /// Pages that name the pages of the level below.
    fn level(&mut self, below: &[(usize, i64)]) -> Vec<(usize, i64)> {
        // Four bytes, a number of nine at most, and two of its place.
        let many = (PAGE - 12) / 15;
        let groups = below.chunks(many);
        groups
            .map(|group| {
                let page = interior(group, 0).unwrap_or_else(|| vec![0; PAGE]);
                (self.add(page), group.last().map_or(0, |(_, key)| *key))
            })
            .collect()
    }
}

/// A page of cells, behind some bytes of another kind; `None` when they do not fit.
fn leaf(cells: &[&[u8]], offset: usize) -> Option<Vec<u8>> {
    fill(cells, offset, 0x0D, 8)
}

fn interior(children: &[(usize, i64)], offset: usize) -> Option<Vec<u8>> {
    let (last, others) = children.split_last()?;
    let cells: Vec<Vec<u8>> = others
        .iter()
        .map(|(page, key)| {
            let mut cell = (*page as u32).to_be_bytes().to_vec();
            varint(&mut cell, *key as u64);
            cell
        })
        .collect();
    let mut page = fill(&cells.iter().map(Vec::as_slice).collect::<Vec<_>>(), offset, 0x05, 12)?;
    page[offset + 8..offset + 12].copy_from_slice(&(last.0 as u32).to_be_bytes());
    Some(page)
}

fn fill(cells: &[&[u8]], offset: usize, kind: u8, head: usize) -> Option<Vec<u8>> {
    let needed: usize = cells.iter().map(|c| c.len() + 2).sum();
    if needed > PAGE - offset - head {
        return None;
    }
    let mut page = vec![0; PAGE];
    page[offset] = kind;
    page[offset + 3..offset + 5].copy_from_slice(&(cells.len() as u16).to_be_bytes());
    let mut at = PAGE;
    for (number, cell) in cells.iter().enumerate() {
        at -= cell.len();
        page[at..at + cell.len()].copy_from_slice(cell);
        let place = offset + head + 2 * number;
        page[place..place + 2].copy_from_slice(&(at as u16).to_be_bytes());
    }
    page[offset + 5..offset + 7].copy_from_slice(&(at as u16).to_be_bytes());
    Some(page)
}

/// A row as bytes: the kinds of its cells, then the cells.
fn record(cells: &[Value]) -> Vec<u8> {
    let (mut kinds, mut body) = (Vec::new(), Vec::new());
    for cell in cells {
        match cell {
            Value::Null => varint(&mut kinds, 0),
            Value::Integer(n @ (0 | 1)) => varint(&mut kinds, 8 + *n as u64),
            Value::Integer(n) => {
                let (kind, bytes) = [(1, 1), (2, 2), (3, 3), (4, 4), (5, 6)]
                    .into_iter()
                    .find(|(_, bytes)| (-(1_i64 << (8 * bytes - 1))..1 << (8 * bytes - 1)).contains(n))
                    .unwrap_or((6, 8));
                varint(&mut kinds, kind);
                body.extend(&n.to_be_bytes()[8 - bytes..]);
            }
            Value::Real(x) => {
                varint(&mut kinds, 7);
                body.extend(x.to_be_bytes());
            }
            Value::Text(text) => {
                varint(&mut kinds, 13 + 2 * text.len() as u64);
                body.extend(text.as_bytes());
            }
            Value::Blob(bytes) => {
                varint(&mut kinds, 12 + 2 * bytes.len() as u64);
                body.extend(bytes);
            }
        }
    }
    // The length of the head counts itself.
    let mut length = kinds.len() + 1;
    let mut head = Vec::new();
    varint(&mut head, length as u64);
    if head.len() > 1 {
        length = kinds.len() + head.len();
        head.clear();
        varint(&mut head, length as u64);
    }
    head.extend(kinds);
    head.extend(body);
    head
}

/// A number in as many bytes as it needs, seven bits each, the highest first; a ninth byte has eight.
fn varint(out: &mut Vec<u8>, number: u64) {
    if number >> 56 != 0 {
        for shift in (0..8).rev() {
            out.push((number >> (8 + 7 * shift)) as u8 | 0x80);
        }
        out.push(number as u8);
        return;
    }
    let count = (1..9).find(|n| number >> (7 * n) == 0).unwrap_or(8);
    for place in (0..count).rev() {
        let more = if place > 0 { 0x80 } else { 0 };
        out.push((number >> (7 * place)) as u8 & 0x7F | more);
    }
}
