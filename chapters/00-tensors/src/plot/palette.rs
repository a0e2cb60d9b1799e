//! One palette for the whole book.
//!
//! The series colours are chosen to be told apart by colour-blind readers (after Okabe & Ito's
//! palette, darkened or lightened so that each stands out from white and from near-black paper
//! alike). Text and axes are drawn in [`INK`], which the finished SVG replaces by `currentColor`:
//! they take the colour of the page around them, so one file serves light and dark themes.

use plotters::style::RGBColor;

/// Text, axes and grid: a marker colour that becomes `currentColor` in the SVG.
pub const INK: RGBColor = RGBColor(1, 2, 3);

/// Colours of the first, second, … series of a chart.
pub const SERIES: [RGBColor; 6] = [
    RGBColor(46, 134, 222),  // blue
    RGBColor(213, 94, 0),    // vermilion
    RGBColor(0, 158, 115),   // green
    RGBColor(196, 92, 160),  // purple
    RGBColor(170, 130, 20),  // ochre
    RGBColor(128, 128, 128), // grey
];

/// The colour of `t` between 0 and 1 on a scale from dark blue over green to yellow, lightness
/// rising evenly.
///
/// Six colours sampled from the *viridis* map, mixed linearly in between.
pub fn sequential(t: f64) -> RGBColor {
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
    RGBColor(channel(0), channel(1), channel(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_begins_and_ends_with_its_end_colours_and_clamps() {
        assert_eq!(sequential(0.0), RGBColor(68, 1, 84));
        assert_eq!(sequential(1.0), RGBColor(253, 231, 37));
        assert_eq!(sequential(-3.0), sequential(0.0));
        assert_eq!(sequential(9.0), sequential(1.0));
    }
}
