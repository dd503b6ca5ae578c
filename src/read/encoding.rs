//! From bytes to text: UTF-8, UTF-16 with a byte order mark, else Windows-1252.

use std::path::Path;

use super::{Error, ErrorKind};

/// Decodes a file. Line ends become `\n`; a byte order mark is dropped.
///
/// # Errors
/// `Binary` when the bytes are no text (a NUL or many control characters), `Empty` when nothing visible is left.
pub fn decode(bytes: &[u8], path: &Path) -> Result<String, Error> {
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) => {
            let (text, bad) = encoding.decode_without_bom_handling(&bytes[mark..]);
            if bad {
                return Err(Error::new(ErrorKind::Binary, path, format!("not valid {}", encoding.name())));
            }
            text
        }
        None if looks_binary(bytes) => {
            return Err(Error::new(ErrorKind::Binary, path, "this is not text"));
        }
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
        },
    };
    if text.trim().is_empty() {
        return Err(Error::new(ErrorKind::Empty, path, "the file has no text"));
    }
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into_owned() })
}

/// True for a NUL or for more than one control character in fifty among the first 8,000 bytes.
fn looks_binary(bytes: &[u8]) -> bool {
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
    }

    #[test]
    fn refuses_what_is_no_text() {
        assert_eq!(text(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Err(ErrorKind::Binary));
        assert_eq!(text(b" \n\t"), Err(ErrorKind::Empty));
        assert_eq!(text(b""), Err(ErrorKind::Empty));
        assert_eq!(text(b"\xff\xfe\x00\xd8"), Err(ErrorKind::Binary));
    }
}
