//! What XML 1.0 cannot hold.

use std::io::{self, Write};

/// Writes XML with U+FFFD in the place of every character that XML 1.0 forbids, however it is written: one control
/// character in an article would make the whole file unreadable. No markup has such characters, so all may pass through.
pub struct Clean<W> {
    inner: W,
    is_xml: bool,
    /// The bytes of a character that may yet turn out to be forbidden.
    held: Vec<u8>,
}

/// U+FFFD.
const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();

impl<W: Write> Clean<W> {
    /// A writer of XML, or of something else, which passes as it is.
    pub fn new(inner: W, is_xml: bool) -> Clean<W> {
        Clean { inner, is_xml, held: Vec::new() }
    }

    /// Writes what is held back at the end.
    pub fn finish(mut self) -> io::Result<W> {
        self.inner.write_all(&self.held)?;
        self.inner.flush()?;
        Ok(self.inner)
    }
}

impl<W: Write> Write for Clean<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.is_xml {
            return self.inner.write(bytes);
        }
        let mut out = Vec::with_capacity(bytes.len() + 8);
        for &byte in bytes {
            self.held.push(byte);
            match *self.held {
                // The beginnings of U+FFFE and U+FFFF.
                [0xEF] | [0xEF, 0xBF] => continue,
                [0xEF, 0xBF, 0xBE | 0xBF] | [0x00..=0x08 | 0x0B | 0x0C | 0x0E..=0x1F] => {
                    out.extend_from_slice(REPLACEMENT)
                }
                _ => out.append(&mut self.held),
            }
            self.held.clear();
        }
        self.inner.write_all(&out)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_characters_are_replaced_wherever_the_text_is_cut() {
        let text = "a\u{1}b\u{fffe}\u{ffff}\u{fffd}é\u{fe00}\t\n\r\u{7f}\u{10ffff}ﾟ";
        for cut in 0..=text.len() {
            let mut clean = Clean::new(Vec::new(), true);
            clean.write_all(&text.as_bytes()[..cut]).expect("written");
            clean.write_all(&text.as_bytes()[cut..]).expect("written");
            let out = String::from_utf8(clean.finish().expect("written")).expect("UTF-8");
            assert_eq!(out, "a\u{fffd}b\u{fffd}\u{fffd}\u{fffd}é\u{fe00}\t\n\r\u{7f}\u{10ffff}ﾟ", "{cut}");
        }
    }
}
