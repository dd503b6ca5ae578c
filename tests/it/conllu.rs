//! CoNLL-U in and out, and text that is given already split.

use sayso::annotate::{Kit, annotate};
use sayso::read::{conllu, json};
use sayso::show;
use sayso::text::{Document, Id, Source};

use crate::segment::read;

fn written(doc: &Document) -> String {
    let mut out = String::new();
    show::conllu::document(doc, &mut out).expect("a string takes everything");
    out
}

fn documents(text: &str) -> Vec<Result<Document, (usize, String)>> {
    let mut reader = conllu::Documents::new(text.as_bytes());
    std::iter::from_fn(move || reader.read()).collect()
}

#[test]
fn writes_multi_word_tokens_and_spaces() {
    let doc = read("They can't go.");
    let lines: Vec<String> = written(&doc).lines().map(String::from).collect();
    assert_eq!(lines[0], "# newdoc id = document");
    assert!(lines.contains(&"# text = They can't go.".to_string()));
    let starts: Vec<(String, String)> = lines
        .iter()
        .filter(|l| l.contains('\t'))
        .map(|l| {
            let cells: Vec<&str> = l.split('\t').collect();
            assert_eq!(cells.len(), 10, "{l}");
            (format!("{} {}", cells[0], cells[1]), cells[9].to_string())
        })
        .collect();
    let wanted =
        [("1 They", "_"), ("2-3 can't", "_"), ("2 ca", "_"), ("3 n't", "_"), ("4 go", "SpaceAfter=No"), ("5 .", "_")];
    let wanted: Vec<(String, String)> = wanted.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
    assert_eq!(starts, wanted);
}

#[test]
fn every_sentence_is_one_tree() {
    let doc = annotate(Document::new(Source::default(), "Rain fell. \"Stay home,\" she said.\n\nNo!"), &Kit::new());
    for sentence in written(&doc).split("\n\n").filter(|s| !s.trim().is_empty()) {
        let rows: Vec<Vec<&str>> =
            sentence.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect()).collect();
        let roots = rows.iter().filter(|r| r[6] == "0").count();
        assert_eq!(roots, 1, "{sentence}");
        assert!(rows.iter().filter(|r| r[6] == "0").all(|r| r[7] == "root"), "{sentence}");
    }
}

#[test]
fn what_is_written_reads_back() {
    let text = "Jane Roe's well-known dogs' home (est. 1980s) can't pay $1.5m, she'll say.\n\n“Why?” asked Dr. Doe. gonna\nEnd…";
    let doc = read(text);
    let back = documents(&written(&doc)).remove(0).expect("valid");
    let tokens = |d: &Document| -> Vec<(String, bool)> {
        d.tokens.iter().map(|t| (d.slice(t.span).to_string(), t.glued)).collect()
    };
    assert_eq!(tokens(&back), tokens(&doc));
    let sentences = |d: &Document| -> Vec<String> { d.sentences.iter().map(|s| d.slice(s.span).to_string()).collect() };
    assert_eq!(sentences(&back), sentences(&doc));
    assert_eq!(back.blocks.len(), doc.blocks.len());
}

#[test]
fn given_tokens_are_kept() {
    let row = |id: &str, form: &str, misc: &str| format!("{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n");
    let text = [
        "# newdoc id = first\n".to_string(),
        row("1", "re-election", "_"),
        row("2-3", "its", "SpaceAfter=No"),
        row("2", "it", "_"),
        row("3", "'s", "_"),
        row("3.1", "gone", "_"),
        row("4", "2-1", "_"),
        "\n# newdoc id = second\n# newpar\n".to_string(),
        row("1", "Yes", "_"),
        "\n".to_string(),
    ]
    .concat();
    let docs: Vec<Document> = documents(&text).into_iter().map(|d| annotate(d.expect("valid"), &Kit::new())).collect();
    assert_eq!(docs.len(), 2);
    assert_eq!((docs[0].source.id.as_str(), docs[1].source.id.as_str()), ("first", "second"));
    assert_eq!(docs[0].text(), "re-election its2-1");
    let words: Vec<&str> = docs[0].tokens.ids().map(|t| docs[0].word(t)).collect();
    assert_eq!(words, ["re-election", "it", "s", "2-1"]);
    assert!(docs[0].tokens[Id::new(2)].glued && !docs[0].tokens[Id::new(3)].glued);
}

#[test]
fn broken_rows_are_named() {
    let broken = documents("1\tone\t_\n\n1\ttwo\t_\t_\t_\t_\t_\t_\t_\t_\n");
    assert_eq!(broken[0].as_ref().err(), Some(&(1, "3 columns, not 10".to_string())));
    assert_eq!(broken[1].as_ref().map(|d| d.text().to_string()), Ok("two".to_string()));
}

#[test]
fn tokenized_text_keeps_its_tokens() {
    let mut doc = Document::new(Source::default(), "San Jose 's deal -LRB- 2-1 -RRB- is off . '' He left .");
    json::keep_tokens(&mut doc);
    let doc = annotate(doc, &Kit::new());
    let words: Vec<&str> = doc.tokens.ids().map(|t| doc.word(t)).collect();
    assert_eq!(words.join(" "), doc.text());
    let sentences: Vec<&str> = doc.sentences.iter().map(|s| doc.slice(s.span)).collect();
    assert_eq!(sentences, ["San Jose 's deal -LRB- 2-1 -RRB- is off . ''", "He left ."]);
}
