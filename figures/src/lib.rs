//! The book's figures, as SVG.
//!
//! | figure | what it shows |
//! |---|---|
//! | [`Chart`] | numbers against numbers: lines and points, over a painted plane if need be |
//! | [`HeatMap`] | a matrix, by a coloured square for each of its numbers |
//! | [`Bars`] | one number for each name, or the steps between two numbers |
//! | [`Diagram`] | boxes and the arrows between them |
//!
//! Each is put together, then drawn: `draw` makes a [`Figure`], which an experiment hands to
//! [`save`], and which a notebook shows when it is the last value of a cell. Drawing reads no clock
//! and no file, so that the same numbers give the same bytes on every machine.
//!
//! ```
//! use figures::Chart;
//! let figure = Chart::new("A parabola", "x", "y")
//!     .line("x²", (-10..=10).map(|i| (f64::from(i), f64::from(i * i))))
//!     .draw()?;
//! assert!(figure.svg().contains("A parabola"));
//! # Ok::<(), figures::PlotError>(())
//! ```
//!
//! A figure is made for a phone as well as for a wide page. It is 480 **units** wide. In a column of
//! 350 px a unit is 0.73 px, so that text, of 15.5 units, is 11 px high; on a wide page a unit is
//! 1.15 px and no more. Text takes the colour of the page around it, the names of lines stand at
//! their ends, and a figure says in words what it shows to those who do not see it.
//!
//! [svg](https://docs.rs/svg) writes the elements; what goes where is decided here. plotters 0.3 was
//! tried: its `SVGBackend` has no roles, names or classes, colours that follow no theme, and an
//! element for every square. A backend of our own (`DrawingBackend`) mends that, but is told no
//! more of a line than its colour and width (`BackendStyle`), gets lines that leave the plot bent
//! along its edge (`Rect::truncate`), and an axis of less than a tenfold step has no numbers
//! (`LogCoord::key_points`). With what these need beside it the same figures took 8 % more code.

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
pub(crate) use palette::{INK, PAPER, SERIES, sequential};
pub use save::save;
pub use text::width;
