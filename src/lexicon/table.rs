//! Reading the word lists: tab-separated text, `#` starts a comment line, one row a line.

/// The rows of a list compiled in with `include_str!`: line number (from 1) and cells, trimmed.
pub fn rows(text: &'static str) -> impl Iterator<Item = (usize, Vec<&'static str>)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|(i, line)| (i + 1, line.split('\t').map(str::trim).collect()))
}

/// The words of a cell that holds a list: separated by commas.
pub fn list(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split(',').map(str::trim).filter(|w| !w.is_empty())
}
