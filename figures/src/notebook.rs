//! A figure in a notebook.
//!
//! Two forms are sent, and the viewer takes the one that it can show. JupyterLab shows no SVG of a
//! notebook that was not run on the same machine, but it does show an image inside HTML, as do
//! GitHub and VS Code. The SVG alone follows the colours of a page around it; an image cannot know
//! them, and a theme may be dark where the system is light, so it brings its paper along.

use super::canvas::{MOST_PIXELS, WIDTH};
use super::{Figure, INK, PAPER};
use base64::{Engine, prelude::BASE64_STANDARD};
use std::fmt;

/// Ink and paper of the image.
const COLOURS: [(&str, &str); 2] = [(INK, "#24292f"), (PAPER, "#ffffff")];
/// Pixels that the image is wide where the column is not narrower: what a page shows.
const PIXELS: f64 = MOST_PIXELS * WIDTH;

impl Figure {
    /// Shows the figure in a notebook: evcxr calls this for the last value of a cell.
    pub fn evcxr_display(&self) {
        println!("EVCXR_BEGIN_CONTENT image/svg+xml\n{}\nEVCXR_END_CONTENT", self.svg());
        println!("EVCXR_BEGIN_CONTENT text/html\n{}\nEVCXR_END_CONTENT", self.image());
    }

    /// An HTML image that needs nothing around it.
    fn image(&self) -> String {
        let paper = "</style><rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>";
        let mut svg = self.svg().replacen("</style>", paper, 1);
        for (page, image) in COLOURS {
            svg = svg.replace(page, image);
        }
        let name = self.svg().split_once("aria-label=\"").and_then(|(_, rest)| rest.split_once('"'));
        let name = name.map_or("A figure", |(name, _)| name);
        let data = BASE64_STANDARD.encode(svg);
        format!("<img alt=\"{name}\" width=\"{PIXELS:.0}\" src=\"data:image/svg+xml;base64,{data}\">")
    }
}

/// Not the SVG text: where a cell's last line moves a variable of the notebook, evcxr falls back to
/// this, and the reader learns what to write.
impl fmt::Debug for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.svg().len();
        write!(f, "Figure ({bytes} bytes; a notebook shows it when its name is the cell's last line)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Chart;

    fn figure() -> Figure {
        Chart::new("t", "x", "y").line("l", [(0.0, 0.0), (1.0, 1.0)]).draw().unwrap()
    }

    #[test]
    fn printed_for_debugging_it_says_in_one_line_how_to_show_it() {
        let text = format!("{:?}", figure());
        assert!(text.contains("its name is the cell's last line") && !text.contains("<svg"), "{text}");
        assert_eq!(text.lines().count(), 1);
    }

    #[test]
    fn the_image_brings_its_ink_and_paper_along() {
        let image = figure().image();
        let data = image.split_once("base64,").unwrap().1.trim_end_matches("\">");
        let svg = String::from_utf8(BASE64_STANDARD.decode(data).unwrap()).unwrap();
        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
        assert!(svg.contains("fill=\"#ffffff\"/>") && svg.contains("#24292f"), "{svg}");
        assert!(!svg.contains("currentColor") && !svg.contains("var("), "{svg}");
    }
}
