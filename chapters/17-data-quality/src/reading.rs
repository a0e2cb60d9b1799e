//! Training on texts in a given order: every text is read as often as it stands in the list, and when. What
//! chapter 13 draws at random is the question here, so nothing is drawn.

use dfdx::prelude::{BuildModule, Cpu};
use gpt::corpus::Text;
use gpt::data::{Batch, prompt};
use gpt::initialise::initialise;
use gpt::tokenizer::Tokens;
use gpt::{Run, Settings, Whole};
use kernels::Workers;

/// A text as a model reads it: first the token that ends an empty line, which tells where a text begins;
/// then its own tokens, as many as there is a position to predict them from.
pub fn as_read(text: &str, tokenizer: &Tokens, context: usize) -> Vec<usize> {
    let mut ids = prompt(text, tokenizer, true);
    ids.truncate(context + 1);
    ids
}

/// A model that has read nothing yet.
pub fn fresh<M: Whole<Cpu>>(seed: u64) -> M {
    let mut model = M::build(&Cpu::default());
    initialise(&mut model, seed);
    model
}

// ANCHOR: read
/// `model` after it has read `texts` from the first to the last, `settings.batch` of them a step. The
/// loss of a step is the mean over the tokens of its texts, and the rate reaches its end with the last
/// step; `settings.steps` is not looked at. The optimiser begins anew.
///
/// # Panics
/// When a text has fewer than two tokens, or more than the model has positions.
pub fn read_in_order<M: Whole<Cpu>>(
    model: M,
    settings: &Settings,
    tokenizer: &Tokens,
    texts: &[&[usize]],
    workers: &Workers,
) -> M {
    let settings = Settings { steps: texts.len().div_ceil(settings.batch), ..settings.clone() };
    let mut run = Run::of(model, tokenizer.clone(), settings, &nothing());
    let mut gradients = Vec::new();
    for texts in texts.chunks(run.settings.batch) {
        run.step_on(&Batch::whole(texts.iter().copied()), workers, &mut gradients);
    }
    run.model
}
// ANCHOR_END: read

/// A run on disk says which text it belongs to; this one is never saved.
fn nothing() -> Text {
    Text { train: String::new(), held_out: String::new(), is_stories: true, changes: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deep_networks::by_name;
    use gpt::Gpt;
    use gpt::evaluate::Exam;
    use gpt::sizes::Tiny;
    use tokens::Tokenizer;

    type Model = Gpt<Tiny>;

    fn settings() -> Settings {
        Settings {
            size: "tiny".to_owned(),
            batch: 2,
            lr: 0.01,
            min_lr: 0.001,
            warmup: 5,
            ..Settings::laptop()
        }
    }

    fn texts() -> Vec<Vec<usize>> {
        [
            "a fox ran\n\n",
            "the owl sat still in the old elm\n\n",
            "no\n\n",
            "snow fell on the hill all day\n\n",
        ]
        .map(|text| as_read(text, &Tokens::Bytes, 64))
        .to_vec()
    }

    fn read(order: &[usize]) -> Model {
        let texts = texts();
        let order: Vec<&[usize]> = order.iter().map(|&i| &texts[i][..]).collect();
        read_in_order(fresh(1337), &settings(), &Tokens::Bytes, &order, &Workers::with(2))
    }

    /// The largest difference between the parameters of two models.
    fn apart(a: &Model, b: &Model) -> f32 {
        let (a, b) = (by_name(a), by_name(b));
        let pairs = a.iter().zip(&b).flat_map(|((_, a), (_, b))| a.iter().zip(b));
        pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
    }

    #[test]
    fn a_text_begins_after_an_empty_line_and_ends_where_no_position_is_left() {
        let ids = as_read("One.\n\n", &Tokens::Bytes, 64);
        assert_eq!(Tokens::Bytes.decode(&ids).unwrap(), b"\nOne.\n\n");
        assert_eq!(as_read("One.\n\n", &Tokens::Bytes, 3).len(), 4, "three predictions need four tokens");
    }

    #[test]
    fn within_a_step_the_order_does_not_matter_and_from_step_to_step_it_does() {
        // Sums in another order: a unit or two of f32's last place, which Adam's first steps enlarge.
        let usual = read(&[0, 1, 2, 3]);
        assert!(apart(&usual, &read(&[1, 0, 3, 2])) < 1e-4);
        assert!(apart(&usual, &read(&[2, 3, 0, 1])) > 1e-3);
    }

    #[test]
    fn what_is_read_often_is_known_by_heart_and_what_is_never_read_is_not() {
        let order: Vec<usize> = [1, 3].repeat(150);
        let model = read(&order);
        let loss = |text: &str| {
            let exam =
                Exam::new(&format!("\n\n{text}"), &Tokens::Bytes, false).from_beginnings(&Tokens::Bytes);
            exam.score(&model, 64, &Workers::with(1)).loss
        };
        let [known, unknown] = ["the owl sat still in the old elm\n\n", "a fox ran\n\n"].map(loss);
        // Of two texts the first letter tells which: ln 2 nats for all 34 characters.
        assert!(known < 0.1, "{known}");
        assert!(unknown > 2.0, "{unknown}");
    }
}
