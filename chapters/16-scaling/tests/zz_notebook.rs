//! Temporary.
use kernels::measured::load;
use scaling::law::count::Count;
use scaling::law::fit::{Point, fit};
use scaling::law::lab::Found;
use scaling::law::sizes::LADDER;
use scaling::law::surface::Price;

#[derive(serde::Deserialize)]
pub struct Run {
    pub width: usize,
    pub found: Found,
}
#[derive(serde::Deserialize)]
pub struct Study {
    pub runs: Vec<Run>,
}

#[test]
fn prints() {
    let left_out = 0;
    let study: Study = load("../../chapters/16-scaling/law.json").unwrap();
    let floor = study.runs[0].found.marks.floor();
    let point = |run: &Run| {
        let shape = LADDER.iter().find(|shape| shape.model == run.width).unwrap();
        Point { n: Count::Cost.of(shape), d: run.found.tokens as f64, loss: run.found.marks.loss() }
    };
    let points: Vec<Point> = study.runs.iter().filter(|run| run.width != left_out).map(point).collect();
    for (name, known) in [("free", None), ("known", Some(floor))] {
        let law = fit(&points, known).law;
        println!(
            "{} runs, E {name}: {:.3} bits a character, N_opt grows as C^{:.2}",
            points.len(),
            law.floor,
            law.exponent(Price::SIX)
        );
    }
}
