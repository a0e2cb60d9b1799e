//! Is the fitter to be trusted? It is tried where the truth is known; and what others have published.

use super::measure::{BUDGETS, SEEDS};
use scaling::law::bootstrap::{bootstrap, middle};
use scaling::law::count::Count;
use scaling::law::fit::{Point, fit};
use scaling::law::sizes::LADDER;
use scaling::law::surface::{Law, Price};
use tensors::seeds;

/// Studies that are made up, and rounds of the bootstrap for each.
const STUDIES: usize = 100;
const ROUNDS: usize = 100;
/// How far runs of the same plan lie apart: the standard deviation of ln L.
const NOISE: f64 = 0.01;
const HELD: f64 = 0.9;

/// As many runs as were made, on a surface that is known, with noise.
fn made_up(law: Law, seed: u64) -> Vec<Point> {
    let mut points = Vec::new();
    for budget in BUDGETS {
        for shape in LADDER {
            let n = Count::Cost.of(&shape);
            let d = Price::SIX.tokens(budget, n);
            points.extend(SEEDS.map(|_| Point { n, d, loss: law.loss(n, d) }));
        }
    }
    let noise = seeds::normal(&mut seeds::generator(seed), points.len(), NOISE as f32);
    points.iter_mut().zip(noise).for_each(|(point, noise)| point.loss *= f64::from(noise).exp());
    points
}

pub fn report(law: Law) {
    println!(
        "\n{STUDIES} made-up studies of the law above with noise of {NOISE} in ln L: of their intervals for nine tenths, those that hold the truth"
    );
    println!("{:<17}{:>6}{:>6}{:>6}{:>24}", "", "E", "α", "β", "α, middle nine tenths");
    for (name, known) in [("E free", None), ("E known", Some(law.floor))] {
        let (mut holds, mut alphas) = ([0; 3], Vec::new());
        for seed in 0..STUDIES as u64 {
            let points = made_up(law, seed);
            alphas.push(fit(&points, known).law.alpha);
            let samples = bootstrap(&points, known, ROUNDS, seed);
            let number: [fn(&Law) -> f64; 3] = [|law| law.floor, |law| law.alpha, |law| law.beta];
            for (held, of) in holds.iter_mut().zip(number) {
                let (low, high) = middle(&samples.iter().map(of).collect::<Vec<_>>(), HELD);
                *held += usize::from((low..=high).contains(&of(&law)));
            }
        }
        let (low, high) = middle(&alphas, HELD);
        let of_floor = if known.is_none() { holds[0].to_string() } else { String::new() };
        println!(
            "{:<17}{of_floor:>6}{:>6}{:>6}{:>24}",
            format!("made up, {name}"),
            holds[1],
            holds[2],
            format!("{low:.3} to {high:.3}")
        );
    }
    published();
}

/// What two papers found, and what follows for Chinchilla's budget.
fn published() {
    const CHINCHILLA: f64 = 5.76e23;
    println!("\npublished laws, and the best size for {CHINCHILLA:.2e} operations by C = 6 N D");
    for (name, floor, a, alpha, b, beta) in [
        ("Hoffmann et al. 2022", 1.69, 406.4, 0.34, 410.7, 0.28),
        ("Besiroglu et al. 2024", 1.8172, 482.01, 0.3478, 2085.43, 0.3658),
    ] {
        let law = Law { floor, a, alpha, b, beta };
        let n = law.best_size(CHINCHILLA, Price::SIX);
        let d = Price::SIX.tokens(CHINCHILLA, n);
        println!(
            "  {name:<22} N_opt ∝ C^{:.3}: {:.1} billion parameters, {:.2} trillion tokens, {:.0} tokens a parameter",
            law.exponent(Price::SIX),
            n / 1e9,
            d / 1e12,
            d / n
        );
    }
}
