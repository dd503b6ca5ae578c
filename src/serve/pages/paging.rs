//! Long lists, a part at a time: which rows a page shows, and the links to the other parts.
//!
//! A part has an address of its own, `page=3`, which stays as long as the store does; a page that has several lists gives
//! each a name of its own. A number behind the last part shows the last one.

use std::fmt::Write;
use std::ops::Range;

use super::line::whole;
use super::{Failed, View, escaped};

/// The end of the names that say which part of a list is shown: choosing otherwise begins every list anew.
pub(super) const ENDING: &str = "page";

/// Whether a name of the address says where one stands among the rows, and not which rows there are: in the part of a list,
/// or in a queue.
pub(super) fn is_place(name: &str) -> bool {
    name == "at" || name.ends_with(ENDING)
}

/// The part of a list that a page shows.
pub(super) struct Paging {
    /// Its number, from nought.
    at: usize,
    /// Rows of a part, and of all parts.
    each: usize,
    total: usize,
    /// There are rows behind the last one known, how many is not known.
    more: bool,
    /// The name of the address, which ends in [`ENDING`].
    name: &'static str,
    /// Where the list stands on the page.
    anchor: &'static str,
}

impl Paging {
    /// Of the one list of a page.
    pub fn new(view: &View, total: usize, each: usize) -> Result<Paging, Failed> {
        Paging::of(view, ENDING, "", total, each)
    }

    /// Of a list beside others, with the place that a link to another part of it leads to.
    pub fn of(
        view: &View,
        name: &'static str,
        anchor: &'static str,
        total: usize,
        each: usize,
    ) -> Result<Paging, Failed> {
        let at = Paging::number(view, name)?;
        let each = each.max(1);
        Ok(Paging { at: at.min(total.div_ceil(each).saturating_sub(1)), each, total, more: false, name, anchor })
    }

    /// The number of the part that the address asks for, from nought.
    pub fn number(view: &View, name: &str) -> Result<usize, Failed> {
        match view.one(name)? {
            "" => Ok(0),
            text => match text.parse::<usize>() {
                Ok(number) if number > 0 => Ok(number - 1),
                _ => Err(Failed::bad(format!("{name}={text}: pages are counted from 1"))),
            },
        }
    }

    /// How many rows the one list of a page needs for the part that is shown.
    pub fn rows_up_to(view: &View, each: usize) -> Result<usize, Failed> {
        Ok(Paging::number(view, ENDING)?.saturating_add(1).saturating_mul(each))
    }

    /// The same of a list of which only the rows up to this part are known.
    pub fn with_more(self) -> Paging {
        Paging { more: true, ..self }
    }

    /// The rows of this part.
    pub fn range(&self) -> Range<usize> {
        let from = (self.at * self.each).min(self.total);
        from..(from + self.each).min(self.total)
    }

    /// Them of all rows.
    pub fn of_rows<'r, T>(&self, rows: &'r [T]) -> &'r [T] {
        rows.get(self.range()).unwrap_or_default()
    }

    fn parts(&self) -> usize {
        self.total.div_ceil(self.each)
    }

    /// "rows 101–150 of 1,234"; "1,234 rows" where one part has them all.
    pub fn told(&self, one: &str, many: &str) -> String {
        let Range { start, end } = self.range();
        let number = whole;
        match self.total {
            _ if self.more => format!("{many} {}–{}", number(start + 1), number(end)),
            1 => format!("1 {one}"),
            n if self.parts() < 2 => format!("{} {many}", number(n)),
            n if start + 1 == end => format!("{one} {} of {}", number(end), number(n)),
            n => format!("{many} {}–{} of {}", number(start + 1), number(end), number(n)),
        }
    }

    /// Links to the parts before and after, the first and the last, and a field for any other; nothing where there is one.
    /// `what` says of which list, in the plural.
    pub fn nav(&self, view: &View, what: &str) -> String {
        let parts = self.parts() + usize::from(self.more);
        if parts < 2 {
            return String::new();
        }
        let anchor = if self.anchor.is_empty() { String::new() } else { format!("#{}", self.anchor) };
        let mut out = format!("<nav class=\"pages\" aria-label=\"Pages of {what}\">");
        let _ = write!(out, "<span class=\"small muted\">{}</span>", self.told("row", "rows"));
        let mut link = |to: usize, words: &str, more: &str| {
            let number = if to == 0 { String::new() } else { (to + 1).to_string() };
            let _ =
                write!(out, "<a class=\"btn\"{more} href=\"{}{anchor}\">{words}</a>", view.with(self.name, &number));
        };
        // The keys of the list that stands alone; a page has each but once.
        let keys = if self.name == ENDING { [" data-k=\"[\"", " data-k=\"]\""] } else { ["", ""] };
        if self.at > 1 {
            link(0, "First", "");
        }
        if self.at > 0 {
            link(self.at - 1, "Previous", &format!(" rel=\"prev\"{}", keys[0]));
        }
        if self.at + 1 < parts {
            link(self.at + 1, "Next", &format!(" rel=\"next\"{}", keys[1]));
        }
        if self.at + 2 < parts && !self.more {
            link(parts - 1, "Last", "");
        }
        if parts > 4 && !self.more {
            let _ = write!(
                out,
                "<form action=\"{}{anchor}\">{}<label class=\"small\">page <input type=\"number\" name=\"{}\" min=\"1\" max=\"{parts}\" value=\"{}\" required></label> <span class=\"small muted\">of {}</span> <button>Go</button></form>",
                escaped(if view.path.is_empty() { "/" } else { &view.path }),
                view.keep_all(&[self.name]),
                self.name,
                self.at + 1,
                whole(parts)
            );
        }
        out + "</nav>"
    }
}
