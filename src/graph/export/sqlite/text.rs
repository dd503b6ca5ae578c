//! The index of a full-text table (FTS4 of SQLite) over the columns of another: one segment that is one node, as SQLite
//! itself writes it for a small table (sqlite.org/fts3.html, "Shadow Table Format").

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::file::{File, Value};

/// Adds a full-text table over columns of a table that is there; each row has its number and the cells of the columns.
pub fn add(file: &mut File, table: &str, columns: &[&str], rows: &[(i64, Vec<&str>)]) {
    let name = format!("{table}_fts");
    let listed = columns.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(", ");
    file.virtual_table(
        &name,
        &format!("CREATE VIRTUAL TABLE \"{name}\" USING FTS4 ({listed}, tokenize=unicode61, content=\"{table}\")"),
    );
    let mut terms: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut last: BTreeMap<String, i64> = BTreeMap::new();
    let (mut sizes, mut totals, mut bytes) = (Vec::new(), vec![0_u64; columns.len()], 0_u64);
    for (number, cells) in rows {
        let mut places: BTreeMap<String, Vec<(usize, u64)>> = BTreeMap::new();
        let mut size = Vec::new();
        for (column, cell) in cells.iter().enumerate() {
            let mut count = 0;
            for token in tokens(cell) {
                places.entry(token).or_default().push((column, count));
                count += 1;
            }
            varint(&mut size, count);
            totals[column] += count;
            bytes += cell.len() as u64;
        }
        sizes.push((*number, vec![Value::Null, Value::Blob(size)]));
        for (term, places) in places {
            let before = last.insert(term.clone(), *number).unwrap_or(0);
            let list = terms.entry(term).or_default();
            varint(list, (*number - before) as u64);
            let (mut column, mut place) = (0, 0);
            for (own, at) in places {
                if own != column {
                    list.push(1);
                    varint(list, own as u64);
                    (column, place) = (own, 0);
                }
                varint(list, at - place + 2);
                place = at;
            }
            list.push(0);
        }
    }
    let segment = (!terms.is_empty()).then(|| node(&terms));
    file.table(
        &format!("{name}_segments"),
        &format!("CREATE TABLE '{name}_segments'(blockid INTEGER PRIMARY KEY, block BLOB)"),
        &[],
    );
    let end = segment.as_ref().map_or(0, Vec::len);
    let row = segment.map(|root| {
        let number = Value::Integer;
        vec![number(0), number(0), number(0), number(0), Value::Text(format!("0 {end}")), Value::Blob(root)]
    });
    file.table(
        &format!("{name}_segdir"),
        &format!(
            "CREATE TABLE '{name}_segdir'(level INTEGER,idx INTEGER,start_block INTEGER,leaves_end_block INTEGER,end_block INTEGER,root BLOB,PRIMARY KEY(level, idx))"
        ),
        row.as_slice(),
    );
    let key = [Value::Integer(0), Value::Integer(0), Value::Integer(1)];
    file.key_of_one(&format!("{name}_segdir"), row.is_some().then_some(&key[..]));
    file.numbered(
        &format!("{name}_docsize"),
        &format!("CREATE TABLE '{name}_docsize'(docid INTEGER PRIMARY KEY, size BLOB)"),
        &sizes,
    );
    let mut stat = Vec::new();
    varint(&mut stat, rows.len() as u64);
    totals.iter().for_each(|n| varint(&mut stat, *n));
    varint(&mut stat, bytes);
    file.numbered(
        &format!("{name}_stat"),
        &format!("CREATE TABLE '{name}_stat'(id INTEGER PRIMARY KEY, value BLOB)"),
        &[(0, vec![Value::Null, Value::Blob(stat)])],
    );
}

/// All terms with where they are, in one node: each term shares the beginning of the one before.
fn node(terms: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut out = vec![0];
    let mut before: &[u8] = b"";
    for (number, (term, list)) in terms.iter().enumerate() {
        let term = term.as_bytes();
        let shared = term.iter().zip(before).take_while(|(a, b)| a == b).count();
        if number > 0 {
            varint(&mut out, shared as u64);
        }
        let shared = if number > 0 { shared } else { 0 };
        varint(&mut out, (term.len() - shared) as u64);
        out.extend(&term[shared..]);
        varint(&mut out, list.len() as u64);
        out.extend(list);
        before = term;
    }
    out
}

/// The words of a text as the tokenizer `unicode61` has them: runs of letters and digits, small, Latin ones without marks.
fn tokens(text: &str) -> impl Iterator<Item = String> + '_ {
    let is_mark = |c: char| ('\u{300}'..='\u{36f}').contains(&c);
    text.split(move |c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|w| !w.is_empty()).filter_map(move |word| {
        let mut out = String::new();
        for c in word.chars().filter(|c| !is_mark(*c)) {
            let mut lower = c.to_lowercase();
            let c = if lower.len() == 1 { lower.next().unwrap_or(c) } else { c };
            let mut parts = std::iter::once(c).nfd();
            let base = parts.next().unwrap_or(c);
            // Only a Latin letter with one mark loses it.
            let bare = base.is_ascii_alphabetic() && parts.clone().count() == 1;
            out.push(if bare { base } else { c });
        }
        (!out.is_empty()).then_some(out)
    })
}

/// A number as FTS writes it: seven bits a byte, the lowest first.
fn varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 & 0x7F | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
