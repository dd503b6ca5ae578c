//! Tells the program what it was made from: the hashes of the weights, the gazetteer and the word lists, for provenance.

use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    let mut data = Vec::new();
    for folder in ["src/annotate", "src/lexicon", "src/graph/compare"] {
        files(Path::new(folder), &mut data);
    }
    data.sort();
    let name = |path: &Path| path.to_string_lossy().replace('\\', "/");
    let mut version = vec![
        format!("syntax {}", short(sayso_weights::MODEL)),
        format!("statements {}", short(sayso_weights::STATEMENTS)),
        format!("gazetteer {}", short(sayso_gazetteer::TABLE)),
    ];
    let mut words = sha256(sayso_gazetteer::WORDNET).to_vec();
    for path in &data {
        words.extend_from_slice(name(path).as_bytes());
        words.push(0);
        words.extend_from_slice(&sha256(&fs::read(path).unwrap_or_default()));
    }
    version.push(format!("words {}", short(&words)));
    println!("cargo:rustc-env=SAYSO_DATA={}", version.join(", "));
    println!("cargo:rerun-if-changed=build.rs");
}

/// The files of data under a folder, each of which is watched; a folder that is a crate of its own is passed over.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.join("Cargo.toml").exists() {
            continue;
        } else if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| ["bin", "tsv", "txt"].iter().any(|data| e == *data)) {
            println!("cargo:rerun-if-changed={}", path.display());
            found.push(path);
        }
    }
}

/// Twelve hexadecimal digits of the SHA-256.
fn short(bytes: &[u8]) -> String {
    sha256(bytes)[..6].iter().map(|b| format!("{b:02x}")).collect()
}

/// SHA-256 (FIPS 180-4), written out so that building needs no other crate first.
fn sha256(bytes: &[u8]) -> [u8; 32] {
    let primes: Vec<u32> = (2_u32..312).filter(|n| (2..*n).all(|d| n % d != 0)).collect();
    let fraction = |root: f64| ((root - root.floor()) * 4_294_967_296.0) as u32;
    let k: Vec<u32> = primes.iter().take(64).map(|p| fraction(f64::from(*p).cbrt())).collect();
    let mut h: Vec<u32> = primes.iter().take(8).map(|p| fraction(f64::from(*p).sqrt())).collect();
    let mut padded = bytes.to_vec();
    padded.push(0x80);
    padded.resize((bytes.len() + 9).next_multiple_of(64) - 8, 0);
    padded.extend_from_slice(&(bytes.len() as u64 * 8).to_be_bytes());
    let mut w = [0_u32; 64];
    for block in padded.chunks_exact(64) {
        for (i, four) in block.chunks_exact(4).enumerate() {
            w[i] = u32::from_be_bytes([four[0], four[1], four[2], four[3]]);
        }
        for i in 16..64 {
            let s0 = w[i - 15].rotate_right(7) ^ w[i - 15].rotate_right(18) ^ (w[i - 15] >> 3);
            let s1 = w[i - 2].rotate_right(17) ^ w[i - 2].rotate_right(19) ^ (w[i - 2] >> 10);
            w[i] = w[i - 16].wrapping_add(s0).wrapping_add(w[i - 7]).wrapping_add(s1);
        }
        let mut v = [h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7]];
        for i in 0..64 {
            let s1 = v[4].rotate_right(6) ^ v[4].rotate_right(11) ^ v[4].rotate_right(25);
            let choice = (v[4] & v[5]) ^ (!v[4] & v[6]);
            let t1 = v[7].wrapping_add(s1).wrapping_add(choice).wrapping_add(k[i]).wrapping_add(w[i]);
            let s0 = v[0].rotate_right(2) ^ v[0].rotate_right(13) ^ v[0].rotate_right(22);
            let majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
            let t2 = s0.wrapping_add(majority);
            v = [t1.wrapping_add(t2), v[0], v[1], v[2], v[3].wrapping_add(t1), v[4], v[5], v[6]];
        }
        for (own, new) in h.iter_mut().zip(v) {
            *own = own.wrapping_add(new);
        }
    }
    let mut out = [0; 32];
    for (four, word) in out.chunks_exact_mut(4).zip(&h) {
        four.copy_from_slice(&word.to_be_bytes());
    }
    out
}
