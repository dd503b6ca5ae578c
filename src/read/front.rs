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
    let mut object = match text.starts_with("+++") {
        true => toml(&lines).unwrap_or_else(|| yaml(&lines)),
        false => yaml(&lines),
    };
    let names = Fields { text: Some("text".into()), ..names.clone() };
    object.insert("text".into(), Value::String("-".into()));
    let read = json::document(&object, &names)?;
    Some((read.doc.source, rest.trim_start_matches('\n'), read.odd_date))
}

/// What lines of TOML say; `None` where they are none.
fn toml(lines: &[&str]) -> Option<Map<String, Value>> {
    fn told(value: toml::Value) -> Value {
        match value {
            toml::Value::String(text) => Value::String(text),
            toml::Value::Array(list) => Value::Array(list.into_iter().map(told).collect()),
            toml::Value::Table(table) => Value::Object(table.into_iter().map(|(k, v)| (k, told(v))).collect()),
            other => Value::String(other.to_string()),
        }
    }
    let table: toml::Table = toml::from_str(&lines.join("\n")).ok()?;
    Some(table.into_iter().map(|(name, inner)| (name, told(inner))).collect())
}

/// What lines of YAML say, as people write it by hand: names with words, lists, and words over several lines. A colon in the
/// words, which is none of YAML's, spoils nothing.
fn yaml(lines: &[&str]) -> Map<String, Value> {
    let mut object = Map::new();
    let mut last: Option<String> = None;
    // The words of the name before go over the lines that are indented.
    let mut is_folded = false;
    for line in lines {
        let is_indented = line.starts_with([' ', '\t']);
        let open = last.as_ref().and_then(|name| object.get_mut(name));
        if is_folded && (is_indented || line.is_empty()) {
            if let Some(Value::String(words)) = open {
                let blank = if words.is_empty() || line.is_empty() { "" } else { " " };
                *words = format!("{words}{blank}{}", line.trim());
            }
        } else if let Some(item) = line.trim_start().strip_prefix("- ") {
            // A list under the name before it; of people with more than a name the name.
            let item = item.strip_prefix("name:").unwrap_or(item);
            if let Some(list) = open.and_then(Value::as_array_mut) {
                list.push(Value::String(bare(item).to_owned()));
            }
        } else if let Some((name, value)) = field(line) {
            last = Some(name.to_owned());
            is_folded = matches!(value, ">" | "|" | ">-" | "|-" | ">+" | "|+");
            let value = match value {
                _ if is_folded => Value::String(String::new()),
                "" => Value::Array(Vec::new()),
                list if list.starts_with('[') && list.ends_with(']') => {
                    let items = list[1..list.len() - 1].split(',').map(|i| Value::String(bare(i).to_owned()));
                    Value::Array(items.filter(|i| i != "").collect())
                }
                value => Value::String(bare(value).to_owned()),
            };
            object.insert(name.to_owned(), value);
        } else if let (Some(("name", value)), Some(Value::Array(list))) = (field(line.trim_start()), open)
            && is_indented
            && list.is_empty()
        {
            // `source:` and on the next line `  name: Daily News`
            list.push(Value::String(bare(value).to_owned()));
        }
    }
    object
}

/// Words without the marks around them, and without a remark behind them.
fn bare(value: &str) -> &str {
    let value = value.trim();
    for mark in ['"', '\''] {
        if let Some((words, rest)) = value.strip_prefix(mark).and_then(|v| v.rsplit_once(mark))
            && (rest.trim_start().is_empty() || rest.trim_start().starts_with('#'))
        {
            return words.trim();
        }
    }
    value.split(" #").next().unwrap_or(value).trim().trim_matches(|c| matches!(c, '"' | '\''))
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
        let text = "---\ntitle: >-\n  Rain: more\n  of it\nauthors:\n  - name: Ann Lee\n    email: ann@x.example\n  - Bo Ray\nsource:\n  name: Daily News\ndate: 2018-06-17 # a Sunday\n---\nIt rained.\n";
        let (source, _, odd) = read(text, &Fields::default()).expect("front matter");
        assert_eq!(
            (source.title.as_deref(), source.publisher.as_deref(), odd),
            (Some("Rain: more of it"), Some("Daily News"), None)
        );
        assert_eq!(source.authors, ["Ann Lee", "Bo Ray"]);
        let text = "+++\ntitle = \"Rain\"\ndate = 2018-06-17T10:00:00Z\nauthor = [\"Ann Lee\", \"Bo Ray\"]\n[params]\nsource = \"x\"\n+++\nIt rained.\n";
        let (source, _, _) = read(text, &Fields::default()).expect("front matter");
        assert_eq!((source.publisher, source.authors.len()), (None, 2));
        assert_eq!(source.published.map(|p| p.date.to_string()).as_deref(), Some("2018-06-17"));
        assert!(!is_given("---\nIt rained, he said.\n---\nIt snowed.\n"));
        assert!(!is_given("--- a line\n"));
    }
}
