//! Plots as SVG: lines, points, decision regions, bars, heat maps, and boxes with arrows.
//!
//! A figure is made for a phone as well as for a wide page: its text is 11 px high or more in a
//! column of 350 px, takes the colour of the page around it, and the names of lines stand at their
//! ends. It says what it shows to those who do not see it. [svg](https://docs.rs/svg) writes the
//! elements; what goes where is decided here.
//!
//! ```
//! use figures::Chart;
//! let figure = Chart::new("A parabola", "x", "y")
//!     .line("x²", (-10..=10).map(|i| (f64::from(i), f64::from(i * i))))
//!     .draw()?;
//! assert!(figure.svg().contains("A parabola"));
//! # Ok::<(), figures::PlotError>(())
//! ```

mod bars;
mod canvas;
mod chart;
mod diagram;
mod field;
mod figure;
mod heat_map;
mod layout;
mod notebook;
mod notes;
mod palette;
mod save;
mod scale;
mod spread;
mod text;

pub use bars::Bars;
pub use chart::Chart;
pub use diagram::Diagram;
pub use figure::{Figure, PlotError};
pub use heat_map::HeatMap;
pub use palette::{Colour, INK, PAPER, SERIES, sequential};
pub use save::save;
pub use text::width;
