//! From bytes to text: UTF-8, UTF-16, the encoding that a page names, else Windows-1252.

use std::path::Path;

use super::{Error, ErrorKind};

/// Decodes a file. Line ends become `\n`; a byte order mark is dropped.
///
/// # Errors
/// `Binary` when the bytes are no text (a NUL or many control characters), `Empty` when nothing visible is left.
pub fn decode(bytes: &[u8], path: &Path) -> Result<String, Error> {
    decode_as(bytes, None, path)
}

/// The same, with the encoding that a server named, which holds unless the bytes are UTF-8.
///
/// # Errors
/// As for [`decode`].
pub fn decode_as(bytes: &[u8], label: Option<&str>, path: &Path) -> Result<String, Error> {
    let named = label.and_then(|l| encoding_rs::Encoding::for_label(l.as_bytes()));
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) => {
            let (text, bad) = encoding.decode_without_bom_handling(&bytes[mark..]);
            if bad {
                return Err(Error::new(ErrorKind::Binary, path, format!("not valid {}", encoding.name())));
            }
            text
        }
        None if let Some(text) = wide(bytes) => text.into(),
        None if looks_binary(bytes) => {
            return Err(Error::new(ErrorKind::Binary, path, "this is not text"));
        }
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => {
                named.or_else(|| declared(bytes)).unwrap_or_else(|| western(bytes)).decode_without_bom_handling(bytes).0
            }
        },
    };
    if text.trim().is_empty() {
        return Err(Error::new(ErrorKind::Empty, path, "the file has no text"));
    }
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into_owned() })
}

/// Windows-1252, or ISO-8859-15 where there are signs of the euro and none of those that Windows alone has.
pub fn western(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let has_euro = bytes.contains(&0xA4);
    let is_windows = bytes.iter().any(|b| (0x80..0xA0).contains(b));
    if has_euro && !is_windows { encoding_rs::ISO_8859_15 } else { encoding_rs::WINDOWS_1252 }
}

/// UTF-16 without a byte order mark: every other byte of the beginning is a NUL.
fn wide(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(200)];
    let share = |at: usize| head.iter().skip(at).step_by(2).filter(|&&b| b == 0).count() * 10 >= head.len() * 4;
    let encoding = match (head.len() >= 4, share(0), share(1)) {
        (true, false, true) => encoding_rs::UTF_16LE,
        (true, true, false) => encoding_rs::UTF_16BE,
        _ => return None,
    };
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

/// The encoding that a page or an XML file names in its first lines: `<meta charset="windows-1251">`.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let at = head.find("charset=").map(|at| at + 8).or_else(|| head.find("encoding=").map(|at| at + 9))?;
    let name = head[at..].trim_start_matches(['"', '\'', ' ']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(name.len());
    encoding_rs::Encoding::for_label(&name.as_bytes()[..end])
}

/// True for a NUL or for more than one control character in fifty among the first 8,000 bytes.
pub fn looks_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8000)];
    let controls = head.iter().filter(|&&b| b < 32 && !matches!(b, b'\t' | b'\n' | b'\r' | 12 | 27)).count();
    head.contains(&0) || controls * 50 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Result<String, ErrorKind> {
        decode(bytes, Path::new("x")).map_err(|e| e.kind)
    }

    #[test]
    fn reads_the_common_encodings() {
        assert_eq!(text("caf\u{e9} \u{201c}so\u{201d}".as_bytes()).as_deref(), Ok("café “so”"));
        assert_eq!(text(b"caf\xe9 \x93so\x94").as_deref(), Ok("café “so”"));
        assert_eq!(text(b"\xef\xbb\xbfyes\r\nno").as_deref(), Ok("yes\nno"));
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain("né".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(text(&utf16).as_deref(), Ok("né"));
        let bare: Vec<u8> = "It rained.".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(&bare).as_deref(), Ok("It rained."));
        assert_eq!(
            text(b"<meta charset=\"windows-1251\">\xcc\xe8\xf0").as_deref(),
            Ok("<meta charset=\"windows-1251\">Мир")
        );
        assert_eq!(text(b"<meta charset=x-nonsense>caf\xe9").as_deref(), Ok("<meta charset=x-nonsense>café"));
    }

    #[test]
    fn refuses_what_is_no_text() {
        assert_eq!(text(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Err(ErrorKind::Binary));
        assert_eq!(text(b" \n\t"), Err(ErrorKind::Empty));
        assert_eq!(text(b""), Err(ErrorKind::Empty));
        assert_eq!(text(b"\xff\xfe\x00\xd8"), Err(ErrorKind::Binary));
    }
}
