//! Writing a store, or a view of it, for other programs: one file per format.

pub mod dot;
pub mod svg;

use std::io::Write;

use super::view::View;
use super::{Error, ErrorKind};

/// The formats that draw or carry a view.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// A picture for GraphViz.
    Dot,
    /// A picture, drawn by GraphViz.
    Svg,
}

impl Format {
    /// Every format with its name and what it is for.
    pub const ALL: &'static [(&'static str, Format, &'static str)] =
        &[("dot", Format::Dot, "a picture in GraphViz's language"), ("svg", Format::Svg, "a picture; needs GraphViz")];
}

impl Format {
    /// Whether it is for the eye, and must stay small enough to be read.
    pub fn is_picture(self) -> bool {
        matches!(self, Format::Dot | Format::Svg)
    }
}

impl std::str::FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Format, Error> {
        Format::ALL.iter().find(|(n, _, _)| *n == name).map(|(_, f, _)| *f).ok_or_else(|| {
            let names: Vec<&str> = Format::ALL.iter().map(|(n, _, _)| *n).collect();
            Error::new(ErrorKind::Unknown, format!("no export format is called {name}"))
                .with_hint(format!("use one of {}", names.join(", ")))
        })
    }
}

/// Writes a view in a format.
pub fn view(view: &View, format: Format, clusters: dot::Clusters, out: &mut dyn Write) -> Result<(), Error> {
    let failed = |e| Error::io("cannot write the export", e);
    match format {
        Format::Dot => out.write_all(dot::write(view, clusters).as_bytes()).map_err(failed),
        Format::Svg => out.write_all(svg::draw(&dot::write(view, clusters), view)?.as_bytes()).map_err(failed),
    }
}
