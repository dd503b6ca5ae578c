//! Front matter: what stands between two lines of dashes (YAML) or plus signs (TOML) before a text.

use serde_json::{Map, Value};

use super::fields::Fields;
use super::json;
use crate::text::Source;

/// True when a text begins with front matter.
pub fn is_given(text: &str) -> bool {
    split(text).is_some()
}

/// Lines of front matter at most.
const LINES: usize = 200;

/// The lines of the front matter and the text after it.
fn split(text: &str) -> Option<(Vec<&str>, &str)> {
    let mark = ["---\n", "+++\n"].into_iter().find(|m| text.starts_with(m))?;
    let mut lines = Vec::new();
    let mut at = mark.len();
    for line in text[at..].split_inclusive('\n').take(LINES) {
        at += line.len();
        if line.trim_end() == mark.trim_end() {
            let has_fields = lines.iter().any(|l: &&str| field(l).is_some());
            return has_fields.then_some((lines, &text[at..]));
        }
        lines.push(line.trim_end());
    }
    None
}

fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once([':', '='])?;
    let is_name = !name.is_empty() && name.trim_end().chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    is_name.then_some((name.trim_end(), value.trim()))
}

/// What the front matter says and the text without it; a date that is none; `None` when there is none.
pub fn read<'t>(text: &'t str, names: &Fields) -> Option<(Source, &'t str, Option<String>)> {
    let (lines, rest) = split(text)?;
    let mut object = Map::new();
    let mut last = None;
    for line in lines {
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            // A list under the name before it.
            if let Some(list) =
                last.as_ref().and_then(|name: &String| object.get_mut(name)).and_then(Value::as_array_mut)
            {
                list.push(Value::String(bare(item).to_owned()));
            }
        } else if let Some((name, value)) = field(line) {
            last = Some(name.to_owned());
            let value = match value {
                "" => Value::Array(Vec::new()),
                list if list.starts_with('[') && list.ends_with(']') => {
                    let items = list[1..list.len() - 1].split(',').map(|i| Value::String(bare(i).to_owned()));
                    Value::Array(items.filter(|i| i != "").collect())
                }
                value => Value::String(bare(value).to_owned()),
            };
            object.insert(name.to_owned(), value);
        }
    }
    let names = Fields { text: Some("text".into()), ..names.clone() };
    object.insert("text".into(), Value::String("-".into()));
    let read = json::document(&object, &names)?;
    Some((read.doc.source, rest.trim_start_matches('\n'), read.odd_date))
}

fn bare(value: &str) -> &str {
    value.trim().trim_matches(|c| matches!(c, '"' | '\''))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_lists() {
        let text = "---\ntitle: \"Rain: more of it\"\ndate: 2018-06-17\nauthors:\n  - Ann Lee\n  - Bo Ray\n---\n\nIt rained.\n";
        let (source, rest, odd) = read(text, &Fields::default()).expect("front matter");
        assert_eq!((source.title.as_deref(), rest, odd), (Some("Rain: more of it"), "It rained.\n", None));
        assert_eq!(source.authors, ["Ann Lee", "Bo Ray"]);
        assert_eq!(source.published.map(|p| p.date.to_string()).as_deref(), Some("2018-06-17"));
        let (source, _, _) = read("+++\ntitle = 'Rain'\n+++\nIt rained.\n", &Fields::default()).expect("front matter");
        assert_eq!(source.title.as_deref(), Some("Rain"));
        assert!(!is_given("---\nIt rained, he said.\n---\nIt snowed.\n"));
        assert!(!is_given("--- a line\n"));
    }
}
