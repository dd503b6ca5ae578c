//! Tables as a workbook of Office Open XML.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Url, Workbook, XlsxError};

use super::{Cell, Sheet};
use crate::graph::{Error, ErrorKind};

/// Letters that a cell can hold.
const LONGEST: usize = 32_000;
/// Links that a sheet can hold, and letters of a link.
const LINKS: usize = 60_000;
const ADDRESS: usize = 2_000;
/// Rows that a sheet can hold.
const ROWS: usize = 1_048_575;

/// Writes a workbook. It bears a fixed day, so that the same tables give the same bytes.
pub fn write(sheets: &[Sheet]) -> Result<Vec<u8>, Error> {
    let failed = |e: XlsxError| Error::new(ErrorKind::Io, "the workbook cannot be written").because(e);
    let mut book = Workbook::new();
    let day = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
    book.set_properties(
        &DocProperties::new().set_title("Who said what").set_author("sayso").set_creation_datetime(&day),
    );
    let head = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap();
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(sheet.name).map_err(failed)?;
        page.set_freeze_panes(1, 0).map_err(failed)?;
        let mut links = 0;
        for (at, column) in sheet.columns.iter().enumerate() {
            let at = at as u16;
            page.set_column_width(at, f64::from(column.width)).map_err(failed)?;
            page.write_string_with_format(0, at, &column.title, &head).map_err(failed)?;
        }
        for (line, row) in sheet.rows.iter().take(ROWS).enumerate() {
            let line = line as u32 + 1;
            for (at, cell) in row.iter().enumerate() {
                let at = at as u16;
                let words: String = cell.shown().chars().take(LONGEST).collect();
                let number = match cell {
                    // More digits than a spreadsheet keeps stay text.
                    Cell::Number(digits) if digits.bytes().filter(u8::is_ascii_digit).count() <= 15 => {
                        digits.parse::<f64>().ok()
                    }
                    _ => None,
                };
                match (cell, number) {
                    (_, Some(number)) => page.write_number(line, at, number),
                    (Cell::Link(address, _), _) if links < LINKS && address.len() < ADDRESS => {
                        links += 1;
                        // An address that a spreadsheet does not take is text.
                        if page.write_url(line, at, Url::new(address).set_text(&words)).is_err() {
                            page.write_string(line, at, address).map_err(failed)?;
                        }
                        continue;
                    }
                    (Cell::Link(address, _), _) => page.write_string(line, at, address),
                    _ if words.is_empty() => continue,
                    _ if sheet.columns[usize::from(at)].width >= 40 => {
                        page.write_string_with_format(line, at, &words, &wrapped)
                    }
                    _ => page.write_string(line, at, &words),
                }
                .map_err(failed)?;
            }
        }
        let last = sheet.rows.len().min(ROWS) as u32;
        page.autofilter(0, 0, last, sheet.columns.len().saturating_sub(1) as u16).map_err(failed)?;
    }
    book.save_to_buffer().map_err(failed)
}
