//! Plots as SVG, drawn with [plotters](https://docs.rs/plotters): lines, points, decision regions,
//! bars and heat maps.
//!
//! ```
//! use tensors::plot::Chart;
//! let figure = Chart::new("A parabola", "x", "y")
//!     .line("x²", (-10..=10).map(|i| (f64::from(i), f64::from(i * i))))
//!     .draw()?;
//! assert!(figure.svg().contains("A parabola"));
//! # Ok::<(), tensors::plot::PlotError>(())
//! ```

mod bars;
mod chart;
mod diagram;
mod figure;
mod heat_map;
mod palette;

pub use bars::Bars;
pub use chart::Chart;
pub use diagram::Diagram;
pub use figure::{Figure, PlotError};
pub use heat_map::HeatMap;
pub use palette::{INK, SERIES, sequential};

pub(crate) use figure::draw_svg;
