//! From numbers to places on the canvas, and where an axis gets its ticks.

use super::text::{TEXT, width};

/// An axis: numbers between `from` and `to` (their logarithms, if it is logarithmic) lie between
/// the places `start` and `end`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    pub from: f64,
    pub to: f64,
    pub start: f64,
    pub end: f64,
    pub log: bool,
}

/// The ticks of an axis.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Ticks {
    /// Where there is a number, and which.
    pub major: Vec<(f64, String)>,
    /// Where there is none: parts of a tenfold step.
    pub minor: Vec<f64>,
}

impl Scale {
    /// The place of a number, which has been turned into its logarithm where the axis says so.
    pub fn at(&self, number: f64) -> f64 {
        self.start + (number - self.from) / (self.to - self.from) * (self.end - self.start)
    }

    /// Ticks at round numbers, at most `most` with a number.
    pub fn ticks(&self, most: usize) -> Ticks {
        if self.log { self.powers(most) } else { Ticks { major: self.steps(most), minor: Vec::new() } }
    }

    /// As many ticks as find room side by side.
    pub fn ticks_side_by_side(&self) -> Ticks {
        let fits = |ticks: &Ticks| {
            ticks.major.windows(2).all(|pair| {
                let room = self.at(pair[1].0) - self.at(pair[0].0);
                f64::midpoint(width(&pair[0].1, TEXT), width(&pair[1].1, TEXT)) + 10.0 <= room
            })
        };
        (2..=8).rev().map(|most| self.ticks(most)).find(fits).unwrap_or_else(|| self.ticks(1))
    }

    /// Multiples of 1, 2 or 5 times a power of ten.
    fn steps(&self, most: usize) -> Vec<(f64, String)> {
        let smallest = (self.to - self.from) / most.max(1) as f64;
        let power = 10_f64.powf(smallest.log10().floor());
        let multiples = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0].map(|m| m * power);
        let all = |step: f64| {
            let (first, last) = ((self.from / step - 1e-6).ceil(), (self.to / step + 1e-6).floor());
            (first as i64..=last as i64).map(move |i| i as f64 * step).collect::<Vec<_>>()
        };
        let step =
            multiples.into_iter().find(|&step| all(step).len() <= most.max(1)).unwrap_or(multiples[5]);
        all(step).into_iter().map(|x| (x, number(x))).collect()
    }

    /// Powers of ten; where there are few of them, 1, 2 and 5 times such a power.
    fn powers(&self, most: usize) -> Ticks {
        let inside = |log: &f64| *log >= self.from - 1e-9 && *log <= self.to + 1e-9;
        let (first, last) = (self.from.floor() as i32, self.to.ceil() as i32);
        let within = |factors: &[f64]| -> Vec<f64> {
            let of = |power: i32| factors.iter().map(move |f| f64::from(power) + f.log10());
            (first..=last).flat_map(of).filter(inside).collect()
        };
        let whole = within(&[1.0]);
        if whole.len() < 3 {
            let parts = [&[1.0, 2.0, 5.0][..], &[1.0, 3.0], &[1.0]];
            let major = parts.map(within).into_iter().find(|ticks| ticks.len() <= most).unwrap_or_default();
            let major: Vec<_> = major.into_iter().map(|log| (log, number(10_f64.powf(log)))).collect();
            return Ticks { major, minor: within(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]) };
        }
        let every = whole.len().div_ceil(most.max(1));
        // Counted from 10⁰, so that 1 is among them if it is on the axis.
        let major: Vec<f64> = whole
            .iter()
            .copied()
            .filter(|log| (log.round() as i32).rem_euclid(every as i32) == 0)
            .collect();
        let plain = major.iter().all(|log| (-3.5..4.5).contains(log));
        let name =
            |log: f64| if plain { number(10_f64.powf(log)) } else { power_of_ten(log.round() as i32) };
        let major: Vec<_> = major.into_iter().map(|log| (log, name(log))).collect();
        let parts = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
        Ticks { major, minor: if self.to - self.from < 5.0 { within(&parts) } else { whole } }
    }
}

/// A number as short as it can be without losing a figure that an axis needs.
pub(crate) fn number(x: f64) -> String {
    let digits = if x.abs() < 1e-3 { 6 } else { 4 };
    let text = format!("{:.digits$}", x.abs());
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
    let mut shown = String::from(if x < 0.0 && text != "0" { "−" } else { "" });
    for (i, digit) in whole.chars().enumerate() {
        // Years have no comma.
        if whole.len() > 4 && i > 0 && (whole.len() - i).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    if let Some(part) = part {
        shown.push('.');
        shown.push_str(part);
    }
    shown
}

/// A number with three figures, for sentences.
pub(crate) fn roughly(x: f64) -> String {
    if x != 0.0 && !(1e-3..1e6).contains(&x.abs()) {
        return format!("{x:.1e}");
    }
    let scale = 10_f64.powi(2 - x.abs().max(1e-9).log10().floor() as i32);
    number(if scale < 1.0 { x.round() } else { (x * scale).round() / scale })
}

/// A power of ten with its exponent raised.
fn power_of_ten(exponent: i32) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    match exponent {
        0 => "1".to_owned(),
        1 => "10".to_owned(),
        _ => {
            let digits = exponent.unsigned_abs().to_string();
            let digits = digits.bytes().map(|digit| RAISED[usize::from(digit - b'0')]);
            let sign = (exponent < 0).then_some('⁻');
            "10".chars().chain(sign).chain(digits).collect()
        }
    }
}

/// The smallest and largest of `values`, moved apart by `room` times their distance, and never
/// equal.
pub(crate) fn span(values: impl Iterator<Item = f64>, room: f64) -> Option<(f64, f64)> {
    let (low, high) =
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    let margin = if high > low { room * (high - low) } else { 0.5 };
    (low <= high).then_some((low - margin, high + margin))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(from: f64, to: f64, log: bool) -> Vec<String> {
        let scale = Scale { from, to, start: 0.0, end: 300.0, log };
        scale.ticks_side_by_side().major.into_iter().map(|tick| tick.1).collect()
    }

    #[test]
    fn numbers_are_short_and_large_ones_are_grouped() {
        let shown = [0.5, -2.0, 0.0, 1e-9, 100.0, 1986.0, 64_000.0, 2e-4].map(number);
        assert_eq!(shown, ["0.5", "−2", "0", "0", "100", "1986", "64,000", "0.0002"]);
    }

    #[test]
    fn a_linear_axis_has_round_numbers() {
        assert_eq!(ticks(0.0, 1.05, false), ["0", "0.2", "0.4", "0.6", "0.8", "1"]);
        assert_eq!(ticks(-3.0, 3.0, false), ["−3", "−2", "−1", "0", "1", "2", "3"]);
        assert_eq!(ticks(0.0, 64_000.0, false), ["0", "20,000", "40,000", "60,000"]);
    }

    #[test]
    fn a_logarithmic_axis_has_whole_powers_or_real_numbers() {
        assert_eq!(ticks(-1.2, 0.0, true), ["0.1", "0.2", "0.5", "1"]);
        assert_eq!(ticks(-0.8, -0.1, true), ["0.2", "0.5"]);
        assert_eq!(ticks(-8.0, 2.0, true), ["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "1", "10²"]);
        assert_eq!(power_of_ten(-12), "10⁻¹²");
    }

    #[test]
    fn numbers_of_an_axis_do_not_touch() {
        for to in [1.0, 17.0, 400.0, 99_999.0, 3e6] {
            let scale = Scale { from: 0.0, to, start: 0.0, end: 250.0, log: false };
            for pair in scale.ticks_side_by_side().major.windows(2) {
                let room = scale.at(pair[1].0) - scale.at(pair[0].0);
                assert!(room > f64::midpoint(width(&pair[0].1, TEXT), width(&pair[1].1, TEXT)));
            }
        }
    }

    #[test]
    fn sentences_have_three_figures() {
        assert_eq!([0.123_456, 1234.5, 0.0, 2e-7].map(roughly), ["0.123", "1235", "0", "2.0e-7"]);
    }
}
