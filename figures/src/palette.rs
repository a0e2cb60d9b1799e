//! One palette for the whole book: which colour means what.
//!
//! A page has a text colour and a paper colour, other ones in each theme. [`INK`] and [`PAPER`]
//! stand for them, so one file serves light and dark themes.

use std::fmt::{Display, Formatter, Result};

/// Text, axes, grid and reference lines: the colour of the page's text.
pub(crate) const INK: &str = "currentColor";

/// The outline of what lies over other things: the colour of the page itself.
pub(crate) const PAPER: &str = "var(--bg)";

/// A colour by its red, green and blue parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colour(pub u8, pub u8, pub u8);

impl Display for Colour {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// Colours of the series of a chart. The first three are Okabe and Ito's, the others were searched
/// for so that any two differ for colour-blind readers as well, and each stands out from white and
/// from dark paper.
pub(crate) const SERIES: [Colour; 6] = [
    Colour(46, 134, 222), // blue
    Colour(213, 94, 0),   // vermilion
    Colour(0, 158, 115),  // green
    Colour(92, 72, 255),  // violet
    Colour(0, 122, 152),  // petrol
    Colour(178, 62, 48),  // brick
];

/// What several figures show, by its name or the first part of it, and its place in [`SERIES`].
const ROLES: [(&str, usize); 22] = [
    ("class 0", 0),
    ("class 1", 1),
    ("squared error", 0),
    ("cross-entropy", 1),
    ("training", 0),
    ("held out", 1),
    ("Kneser–Ney", 1),
    ("Kneser–Ney of order", 1),
    ("RNN", 0),
    ("GRU", 2),
    ("LSTM, forget bias 0", 3),
    ("LSTM, forget bias 1", 4),
    ("LSTM, forget bias 3", 1),
    ("one head, normalised twice", 5),
    ("one head", 2),
    ("pre-norm", 0),
    ("post-norm", 1),
    ("sines and cosines", 0),
    ("sinusoidal", 0),
    ("widely copied", 1),
    ("causal", 0),
    ("leaking", 1),
];

/// The place in [`SERIES`] of a thing that several figures show.
pub(crate) fn role(name: &str) -> Option<usize> {
    // “RNN” is also “RNN, gain 3”, and “pre-norm” is “pre-norm 12”.
    let goes_on = |rest: &str| rest.is_empty() || rest.starts_with(", ") || is_numbered(rest);
    let is = |role: &str| name.strip_prefix(role).is_some_and(goes_on);
    ROLES.iter().find(|(role, _)| is(role)).map(|role| role.1)
}

fn is_numbered(rest: &str) -> bool {
    rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// The places in [`SERIES`] of series with these names: a thing that has a role keeps its colour in
/// every chapter, the others take the free places in turn.
pub(crate) fn places(names: &[&str]) -> Vec<usize> {
    let taken: Vec<usize> = names.iter().filter_map(|name| role(name)).collect();
    let free: Vec<usize> = (0..SERIES.len()).filter(|place| !taken.contains(place)).collect();
    let mut others = free.into_iter().chain((0..SERIES.len()).cycle());
    names.iter().map(|name| role(name).or_else(|| others.next()).unwrap_or(0)).collect()
}

/// The colour of `t` between 0 and 1 on a scale from dark blue over green to yellow, lightness
/// rising evenly.
///
/// Six colours sampled from the *viridis* map, mixed linearly in between.
pub(crate) fn sequential(t: f64) -> Colour {
    const STOPS: [[f64; 3]; 6] = [
        [68.0, 1.0, 84.0],
        [65.0, 68.0, 135.0],
        [42.0, 120.0, 142.0],
        [34.0, 168.0, 132.0],
        [122.0, 209.0, 81.0],
        [253.0, 231.0, 37.0],
    ];
    let place = t.clamp(0.0, 1.0) * (STOPS.len() - 1) as f64;
    let low = (place as usize).min(STOPS.len() - 2);
    let mix = place - low as f64;
    let channel = |c: usize| (STOPS[low][c] * (1.0 - mix) + STOPS[low + 1][c] * mix).round() as u8;
    Colour(channel(0), channel(1), channel(2))
}

/// The parts of a colour as amounts of light.
fn light(Colour(red, green, blue): Colour) -> [f64; 3] {
    [red, green, blue].map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

/// How much brighter the brighter of two colours is, after WCAG 2: from 1 to 21.
pub(crate) fn contrast(a: Colour, b: Colour) -> f64 {
    let [a, b] = [a, b].map(|colour| {
        let [red, green, blue] = light(colour);
        0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
    });
    a.max(b) / a.min(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_begins_and_ends_with_its_end_colours_and_clamps() {
        assert_eq!(sequential(0.0), Colour(68, 1, 84));
        assert_eq!(sequential(1.0), Colour(253, 231, 37));
        assert_eq!(sequential(-3.0), sequential(0.0));
        assert_eq!(sequential(9.0), sequential(1.0));
    }

    /// The place of light in CIELAB, where equal distances look about equally large.
    fn lab(light: [f64; 3]) -> [f64; 3] {
        let [red, green, blue] = light.map(|part| part.clamp(0.0, 1.0));
        let root = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
        let x = root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
        let y = root(0.2126 * red + 0.7152 * green + 0.0722 * blue);
        let z = root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    /// What eyes with all three kinds of cones see, without the green ones, without the red ones
    /// (Machado, Oliveira & Fernandes 2009, severity 1).
    const EYES: [[[f64; 3]; 3]; 3] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ];

    #[test]
    fn any_two_colours_differ_for_all_eyes() {
        for (i, a) in SERIES.into_iter().enumerate() {
            for b in &SERIES[..i] {
                for eye in EYES {
                    let seen = |colour| {
                        let light = light(colour);
                        lab(eye.map(|row| row.iter().zip(light).map(|(m, l)| m * l).sum()))
                    };
                    let apart: f64 = seen(a).iter().zip(seen(*b)).map(|(x, y)| (x - y).powi(2)).sum();
                    // A distance of 2.3 can just be noticed; between orange and ochre it was 6.
                    assert!(apart.sqrt() > 20.0, "{a} and {b}: {}", apart.sqrt());
                }
            }
        }
    }

    #[test]
    fn each_colour_stands_out_from_light_and_from_dark_paper() {
        for colour in SERIES {
            for paper in [Colour(255, 255, 255), Colour(22, 25, 35)] {
                assert!(contrast(colour, paper) >= 3.0, "{colour}: {}", contrast(colour, paper));
            }
        }
    }

    #[test]
    fn a_thing_with_a_role_keeps_its_colour_in_other_company() {
        let (recurrence, attention) =
            (["RNN", "GRU", "LSTM, forget bias 3"], ["LSTM, forget bias 3", "new"]);
        assert_eq!(places(&recurrence)[2], places(&attention)[0]);
        assert_ne!(places(&attention)[0], places(&attention)[1]);
        assert_eq!(places(&["a", "b", "c"]), [0, 1, 2]);
    }
}
