//! What was measured, as it is kept beside the chapter: a training run takes minutes, and a page
//! must not wait for it.

use anyhow::Result;
use gpt::run::Record;
use kernels::measured;
use serde::{Deserialize, Serialize};

/// One round of measurements.
#[derive(Debug, Serialize, Deserialize)]
pub struct Study {
    pub processor: String,
    pub date: String,
    pub run: Stories,
    pub tricks: Vec<Trial>,
    /// What led to the default run's settings.
    #[serde(default)]
    pub choices: Vec<Trial>,
    /// Only for those who have the file.
    pub shakespeare: Vec<Trial>,
}

/// The run that needs no arguments.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stories {
    pub parameters: usize,
    pub seconds: f64,
    pub history: Vec<Record>,
    /// Along the story, a hundred characters at a time.
    pub places: Vec<Share>,
    pub kinds: Vec<Share>,
    /// Stories that were read for the two lists above.
    pub read: usize,
}

/// What some of the characters cost, all stories together.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Share {
    pub name: String,
    pub characters: usize,
    /// Bits by the model, and by one that knows the grammar.
    pub bits: f64,
    pub floor: f64,
}

/// A setting and the held-out loss of each seed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Trial {
    pub name: String,
    pub losses: Vec<f64>,
}

impl Trial {
    /// The middle one.
    pub fn median(&self) -> f64 {
        measured::median(&self.losses)
    }

    /// What this loses more than `base` does.
    pub fn beyond(&self, base: &Self) -> Paired {
        let differences: Vec<f64> =
            self.losses.iter().zip(&base.losses).map(|(loss, base)| loss - base).collect();
        let n = differences.len() as f64;
        let mean = differences.iter().sum::<f64>() / n;
        let squares: f64 = differences.iter().map(|difference| (difference - mean).powi(2)).sum();
        Paired { differences, mean, deviation: (squares / (n - 1.0)).sqrt() }
    }
}

/// Two settings compared seed by seed.
#[derive(Debug)]
pub struct Paired {
    pub differences: Vec<f64>,
    pub mean: f64,
    /// The standard deviation of the n differences, with n − 1 in the denominator.
    pub deviation: f64,
}

impl Paired {
    /// Student's t of paired samples, mean · √n / deviation: how many of its standard errors the mean
    /// is away from 0.
    pub fn t(&self) -> f64 {
        self.mean * (self.differences.len() as f64).sqrt() / self.deviation
    }
}

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/measured.json");

impl Study {
    pub fn load() -> Result<Self> {
        Ok(measured::load(FILE)?)
    }

    pub fn save(&self) -> Result<()> {
        Ok(measured::save(FILE, self)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where t of three differences lies by chance in one comparison of twenty, on either side: the
    /// quantile 0.975 of Student's distribution with two degrees of freedom.
    const CHANCE: f64 = 4.303;

    #[test]
    fn the_quantile_is_that_of_two_degrees_of_freedom() {
        // There the distribution function is 1/2 + t / (2 √(2 + t²)).
        assert!((0.5 + CHANCE / (2.0 * (2.0 + CHANCE * CHANCE).sqrt()) - 0.975).abs() < 1e-5);
    }

    #[test]
    fn three_differences_by_hand() {
        let trial = |losses: [f64; 3]| Trial { name: String::new(), losses: losses.to_vec() };
        let paired = trial([2.0, 4.0, 6.0]).beyond(&trial([1.0, 2.0, 3.0]));
        assert_eq!((paired.mean, paired.deviation), (2.0, 1.0));
        assert!((paired.t() - 2.0 * 3_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn the_page_sorts_the_tricks_as_they_were_measured() {
        let tricks = Study::load().unwrap().tricks;
        let sorted = |is: fn(&Paired) -> bool| {
            let found = tricks[1..].iter().filter(|trial| is(&trial.beyond(&tricks[0])));
            found.map(|trial| trial.name.as_str()).collect::<Vec<_>>()
        };
        let large = sorted(|paired| paired.t() > CHANCE && paired.mean > 0.3);
        assert_eq!(large, ["SGD with momentum, rate 0.1", "matrices start at 0.02, not 1/√n"]);
        let clear = sorted(|paired| paired.t() > CHANCE && paired.mean <= 0.3);
        let names = ["no warm-up", "positions start at random", "no smaller start of what blocks add"];
        assert_eq!(clear, names);
        let open = sorted(|paired| paired.t().abs() < CHANCE);
        let names = ["no decay of the rate", "no clipping", "no weight decay: Adam"];
        assert_eq!(open, [&names[..], &["an output of its own, not tied"]].concat());
    }
}
