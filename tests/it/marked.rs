//! Marked text for a person: nothing lost, nothing that a browser or a terminal would take for a command.

use sayso::annotate::{Kit, annotate};
use sayso::show::marked::{self, Manner};
use sayso::text::{Document, Source};

const ARTICLE: &str = "Bridge falls at Aldport\n\nThe bridge had carried 4,000 cars a day, engineer Jane Roe said on \
Monday. \"It was <old> & tired,\" she said.\n\nBridge falls at Aldport\n";

fn read(text: &str) -> Document {
    let source = Source { id: "bridge".into(), ..Source::default() };
    annotate(Document::new(source, text), &Kit::new())
}

/// A page's text without tags, entities resolved.
fn bare(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(out, |text, (coded, plain)| text.replace(coded, plain))
}

#[test]
fn the_page_keeps_the_words_and_marks_them() {
    let doc = read(ARTICLE);
    let html = marked::article(&doc, Manner::default());
    assert!(bare(&html).contains("engineer Jane Roe said on Monday. \"It was <old> & tired,\" she said."), "{html}");
    assert!(!html.contains("<old>"));
    assert!(html.contains("class=\"speaker\"") && html.contains("class=\"cue\""), "{html}");
    assert!(html.contains("number\" title="), "{html}");
    assert_eq!(bare(&html).matches("Bridge falls at Aldport").count(), 1, "a reprinted line is shown once");
    assert_eq!(html.matches("<span").count(), html.matches("</span>").count());
}

#[test]
fn the_terminal_shows_every_mark_with_and_without_colour() {
    let doc = read(ARTICLE);
    let plain = marked::text(&doc, Manner::default());
    assert!(!plain.contains('\u{1b}'));
    assert!(plain.contains("[cue: said]"), "{plain}");
    assert_eq!(plain.matches('[').count(), plain.matches(']').count());
    let coloured = marked::text(&doc, Manner { colour: true, ..Manner::default() });
    assert!(coloured.contains("\u{1b}[1;34m"));
    let last = coloured.rfind('\u{1b}').map(|at| &coloured[at..]);
    assert!(last.is_some_and(|l| l.starts_with("\u{1b}[0m")), "colours end");
}

#[test]
fn explaining_names_what_decided() {
    let doc = read(ARTICLE);
    let text = marked::text(&doc, Manner { explain: true, ..Manner::default() });
    let made_by = doc.statements.first().expect("a statement").made_by.0;
    assert!(text.contains(&format!("[{made_by}]")), "{text}");
    assert!(text.contains("number: “4,000 cars a day”") || text.contains("number: “4,000"), "{text}");
}

#[test]
fn an_article_cannot_command_the_terminal() {
    let doc = read("A \u{1b}[31mred\u{7} line \u{202e}turned, she said.\n\nMore <script>alert(1)</script> 5 km.");
    for colour in [false, true] {
        let text = marked::text(&doc, Manner { colour, explain: true, narrator: true });
        assert!(!text.contains("\u{1b}[31m") && !text.contains(['\u{7}', '\u{202e}']), "{text:?}");
    }
    assert!(!marked::article(&doc, Manner { explain: true, ..Manner::default() }).contains("<script"));
}
