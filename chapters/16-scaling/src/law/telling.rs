//! How many of the stories that a model writes could the grammar have told?

use super::exam::text;
use dfdx::prelude::{ConstDim, Cpu};
use generation::Sampling;
use generation::many::write_many;
use gpt::tokenizer::Tokens;
use gpt::{Gpt, Sizes, data};
use kernels::Workers;
use language_models::story;
use serde::{Deserialize, Serialize};

/// Stories that a model wrote, and those of them that the grammar could have told, to the last letter.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// All.
    pub written: usize,
    /// Those without a fault.
    pub told: usize,
}

impl Told {
    /// p: the share without a fault.
    pub fn share(&self) -> f64 {
        self.told as f64 / self.written as f64
    }

    /// √(p (1 − p) / n), the share's standard error.
    pub fn error(&self) -> f64 {
        (self.share() * (1.0 - self.share()) / self.written as f64).sqrt()
    }
}

/// Whether a story is over: told to its end, or past the first letter that the grammar cannot say there.
/// What would follow cannot mend it.
fn is_decided(text: &str) -> bool {
    match story::read(text) {
        Ok(_) => true,
        Err(fault) => fault.at < text.len(),
    }
}

/// Lets `model` write `count` stories by its own probabilities. A story that has left the grammar is
/// stopped there.
pub fn tell<S: Sizes>(
    model: &Gpt<S, f32, Cpu>,
    count: usize,
    tokenizer: &Tokens,
    workers: &Workers,
) -> Told {
    let beginning = data::prompt("", tokenizer, true);
    let prompts: Vec<(Vec<usize>, u64)> = (0..count as u64).map(|seed| (beginning.clone(), seed)).collect();
    let done = |tokens: &[usize]| is_decided(&text(tokens, tokenizer));
    let (context, drawn) = (<S::Context as ConstDim>::SIZE, Sampling::at(1.0));
    let written = write_many(model, &prompts, context, context, drawn, workers, done);
    let told = written.iter().filter(|written| story::read(&text(&written.tokens, tokenizer)).is_ok());
    Told { written: count, told: told.count() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tensors::seeds;

    #[test]
    fn a_story_is_decided_where_it_ends_or_where_it_breaks() {
        let mut rng = seeds::generator(1);
        for _ in 0..20 {
            let told = story::tell(&mut rng);
            let decided = (1..=told.len()).find(|&end| is_decided(&told[..end]));
            assert_eq!(decided, Some(told.len()), "a true story is decided with its last letter");
            // No story has this letter.
            let at = told.len() / 2;
            let broken = format!("{}#{}", &told[..at], &told[at..]);
            let decided = (1..=broken.len()).find(|&end| is_decided(&broken[..end]));
            assert_eq!(decided, Some(at + 1), "a broken one with the first that cannot be");
        }
    }

    #[test]
    fn a_share_and_its_error_by_hand() {
        let told = Told { written: 400, told: 100 };
        assert_eq!(told.share(), 0.25);
        // √(0.25 · 0.75 / 400).
        assert!((told.error() - 0.021_650_6).abs() < 1e-6);
    }

    #[test]
    fn of_two_hundred_places_all_are_right() {
        // What the page computes by hand: the error at a place is halved, and halved again.
        let whole = [0.98_f64, 0.99, 0.995].map(|p| p.powi(200));
        let rounded = whole.map(|share| format!("{share:.3}"));
        assert_eq!(rounded, ["0.018", "0.134", "0.367"]);
        // What it asks its reader, of a hundred places and of a thousand.
        let [third, six_tenths] = [0.99_f64, 0.995].map(|p| p.powi(100));
        assert!((0.36..0.37).contains(&third) && (0.60..0.61).contains(&six_tenths));
        let thousand = [0.99_f64, 0.995, 0.9975].map(|p| p.powi(1000));
        assert!(thousand[0] < 1e-4 && thousand[1] < 0.01 && thousand[2] > 0.08, "{thousand:?}");
    }
}
