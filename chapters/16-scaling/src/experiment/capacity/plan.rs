//! Which runs are made.

use super::record::{Facts, People, Strings};
use super::runs::FACTS;
use gpt::Shape;
use scaling::capacity::strings;

/// Seeds of world or strings, of weights and of batches. The first one's runs choose the rate.
pub const SEEDS: [u64; 3] = [1, 2, 3];

/// Bits of random strings that are offered for each parameter, and the number of them at which a
/// size's rate is chosen.
pub const OFFERED: [f64; 4] = [1.0, 2.0, 4.0, 8.0];
pub const FULL: f64 = 4.0;
/// Steps on random strings.
pub const STEPS: usize = 1000;
/// What is offered to the smallest size in other numbers of steps, to see what more of them bring.
pub const OTHER_STEPS: [(f64, usize); 6] =
    [(4.0, 500), (4.0, 2000), (4.0, 4000), (8.0, 4000), (4.0, 8000), (4.0, 16_000)];

/// How often each person is told about.
pub const EXPOSURES: [usize; 4] = [30, 100, 300, 1000];

/// Zipf exponents, and the one at which the threshold is fitted.
pub const EXPONENTS: [f64; 3] = [1.3, 1.6, 2.2];
pub const FITTED: f64 = EXPONENTS[1];
/// Beginnings that are read.
pub const DOCUMENTS: [usize; 5] = [1 << 12, 1 << 13, 1 << 14, 1 << 15, 1 << 16];

/// A model of this size, and strings of so many bits for each of its parameters.
pub fn strings(size: Shape, offered: f64, steps: usize) -> Strings {
    let count = offered * size.total() as f64 / strings::Strings::bits();
    Strings { parameters: size.total(), count: count.round() as usize, steps, rate: 0.0, seed: SEEDS[0] }
}

/// A world that is too large for the model, and how often each person is told about.
pub fn facts(exposures: usize) -> Facts {
    Facts { parameters: FACTS.total(), people: 600, exposures, rate: 0.0, seed: SEEDS[0] }
}

/// So many beginnings, of people with this exponent.
pub fn people(s: f64, documents: usize) -> People {
    People { s, documents, rate: 0.0, seed: SEEDS[0] }
}
