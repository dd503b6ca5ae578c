//! The tables of GeoNames: `allCountries.txt`, `cities500.txt`, one country's.

use std::io::{self, BufRead, Write};

use super::{Count, Filter, Row, each_line};
use crate::lexicon::gazetteer::ThingKind;

/// Turns lines of a GeoNames table into rows.
///
/// # Errors
/// When reading or writing fails.
pub fn read(input: &mut dyn BufRead, filter: &Filter, out: &mut dyn Write) -> io::Result<Count> {
    let mut count = Count::default();
    each_line(input, &mut |line| {
        let text = String::from_utf8_lossy(line);
        let cells: Vec<&str> = text.split('\t').collect();
        if text.is_empty() || text.starts_with('#') {
            return Ok(());
        }
        if cells.len() < 15 || cells[0].parse::<u32>().is_err() {
            count.broken += 1;
            return Ok(());
        }
        count.read += 1;
        let population: u64 = cells[14].parse().unwrap_or(0);
        let size = (100.0 * (population.max(1) as f64).log10()) as u16;
        let (kind, prior) = match (cells[6], cells[7]) {
            ("P", _) if population >= filter.population => (ThingKind::City, size.max(100)),
            ("A", "PCLI" | "PCLS" | "PCLD") => (ThingKind::Country, 1000),
            ("A", "ADM1") => (ThingKind::Admin1, 620),
            ("A", "ADM2") => (ThingKind::Admin2, 480),
            ("H" | "T" | "L" | "V", _) if filter.population == 0 => (ThingKind::Place, 300),
            ("S", "AIRP" | "AIRB" | "MILB" | "NUSP") => (ThingKind::Facility, 300),
            _ => return Ok(()),
        };
        count.kept += 1;
        let aliases = cells[3].split(',').filter(|a| a.chars().count() > 3).map(str::to_owned).collect();
        let point = cells[4].parse().ok().zip(cells[5].parse().ok());
        let (label, country) = (cells[1].to_owned(), cells[8].to_owned());
        let description = if kind == ThingKind::City { cells[10].to_owned() } else { String::new() };
        let geonames = cells[0].to_owned();
        Row { geonames, label, aliases, kind: Some(kind), country, description, prior, point, ..Row::default() }
            .write(out)
    })?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_by_size() {
        let line = |id: u32, name: &str, people: u32| {
            format!(
                "{id}\t{name}\t{name}\tOld {name},AB\t58.25\t12.5\tP\tPPL\tSE\t\t28\t\t\t\t{people}\t\t0\tEurope/Stockholm\t2020-01-01\n"
            )
        };
        let text = line(1, "Talbrook", 5000) + &line(2, "Smallbrook", 40) + "broken\n";
        let mut out = Vec::new();
        let count = read(&mut text.as_bytes(), &Filter::default(), &mut out).expect("in memory");
        assert_eq!(count, Count { read: 2, kept: 1, broken: 1 });
        let out = String::from_utf8(out).expect("UTF-8");
        assert_eq!(out, "\t1\t\tTalbrook\tOld Talbrook\tcity\tSE\t28\t369\t58.25000\t12.50000\n");
    }
}
