//! Numbers on a line: where it begins and ends, with marks at round numbers.

/// From which number to which a line goes, and how far its marks stand apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The first mark.
    pub from: f64,
    /// The last mark.
    pub to: f64,
    /// From one mark to the next.
    pub step: f64,
}

impl Scale {
    /// A scale on which all numbers find room, with marks at round numbers; from 0 to 1 where there are none.
    pub fn of(numbers: impl Iterator<Item = f64>) -> Scale {
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for number in numbers.filter(|n| n.is_finite()) {
            (least, most) = (least.min(number), most.max(number));
        }
        if !least.is_finite() {
            (least, most) = (0.0, 1.0);
        }
        // Near the low end a line begins at nought, so that twice as far is twice as much.
        let from = if least >= 0.0 && (least < most * 0.8 || least == most) { 0.0 } else { least };
        let most = if most > from { most } else { from + 1.0 };
        let rough = (most - from) / 4.0;
        let power = 10f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|m| m * power).find(|s| *s >= rough * 0.999);
        let step = step.unwrap_or(rough);
        let from = (from / step).floor() * step;
        let to = from + ((most - from) / step).ceil().max(1.0) * step;
        Scale { from, to, step }
    }

    /// The numbers at its marks.
    pub fn marks(&self) -> Vec<f64> {
        let count = ((self.to - self.from) / self.step).round().clamp(1.0, 12.0) as usize;
        (0..=count).map(|n| self.from + self.step * n as f64).collect()
    }
}

/// The digits of a whole number with its thousands set apart: "35,000".
pub fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
