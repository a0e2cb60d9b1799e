//! The loss of batches, on all cores: how [`Workers`] compute with a language model.

use crate::data::Batch;
use crate::model::{LanguageModel, Trainable};
use deep_networks::Dropout;
use dfdx::prelude::{Gradients, NoneTape, Rank0, SplitTape, Tensor, Trace};
use kernels::{Kernels, Workers};

/// The loss of `batch` in nats; its gradient, by what is trained, is left in `gradients`: see
/// [`Workers::gradients`].
///
/// # Panics
/// When the device has no memory left.
pub fn loss_and_gradients<M: Trainable<D>, D: Kernels<f32>>(
    workers: &Workers,
    model: &M,
    batch: &Batch,
    dropout: (f64, u64),
    gradients: &mut Vec<Gradients<f32, D>>,
) -> f64 {
    let loss = |piece: &Batch, gradients, dropout: &mut Dropout| {
        // dfdx starts a tape from gradients only through a tensor: this one is used for nothing else.
        let start: Tensor<Rank0, f32, D> = model.device().zeros();
        let (_, tape) = start.traced(gradients).split_tape();
        model.loss(piece, tape, dropout)
    };
    workers.gradients(model.parameters(), batch, M::SHAPE.kept_per_token(), dropout, gradients, loss)
}

/// The sum of the losses in nats over all targets of `batches`, each times its weight if there are
/// any, without gradients.
pub fn total_loss<M: LanguageModel<D>, D: Kernels<f32>>(
    workers: &Workers,
    model: &M,
    batches: Vec<Batch>,
) -> f64 {
    let losses = workers.map(batches, |batch| {
        let loss = f64::from(model.loss(&batch, NoneTape, &mut Dropout::off()).as_vec()[0]);
        // A mean counts for all of its targets; what has weights is a sum.
        if batch.weights.is_some() { loss } else { loss * batch.targets.len() as f64 }
    });
    losses.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::initialise::initialise;
    use crate::sizes::Tiny;
    use crate::{Gpt, Shape};
    use deep_networks::{add, by_name, gradient_of};
    use dfdx::prelude::{BuildModule, Cpu};

    type Model = Gpt<Tiny>;

    fn tokens() -> Vec<usize> {
        (0..200).map(|i| i * i % 256).collect()
    }

    /// Seven rows of 40 tokens.
    fn batch() -> Batch {
        Batch::at(&tokens(), &[0, 30, 60, 90, 120, 7, 150], 40)
    }

    /// A weight for each of `count` targets: both signs, every fifth 0.
    fn weights(count: usize) -> Vec<f32> {
        (0..count).map(|i| if i % 5 == 0 { 0.0 } else { (i * 7 % 11) as f32 / 40.0 - 0.1 }).collect()
    }

    fn model() -> Model {
        let mut model = Model::build(&Cpu::default());
        initialise(&mut model, 1);
        model
    }

    /// The loss of a batch, and its gradient by every parameter.
    fn gradient(workers: &Workers, batch: &Batch) -> (f64, Vec<(String, Vec<f32>)>) {
        let (model, mut parts) = (model(), Vec::new());
        let loss = loss_and_gradients(workers, &model, batch, (0.0, 0), &mut parts);
        let mut parts = parts.iter_mut().map(|part| gradient_of(&model, part));
        let mut sum = parts.next().expect("at least one part");
        parts.for_each(|part| add(&mut sum, 1.0, &part, 1.0));
        (loss, by_name(&sum))
    }

    fn assert_same(
        (loss, whole): &(f64, Vec<(String, Vec<f32>)>),
        (other, parts): &(f64, Vec<(String, Vec<f32>)>),
    ) {
        // Sums in another order: a few units of f32's last place on numbers near 0.1.
        assert!((loss - other).abs() < 1e-5, "{loss} {other}");
        assert_eq!(whole.len(), parts.len());
        for ((name, a), (same_name, b)) in whole.iter().zip(parts) {
            assert_eq!((name, a.len()), (same_name, b.len()));
            // A bias of the keys adds the same to all scores of a query, and a softmax does not see it.
            assert!(name.ends_with("key.bias") || a.iter().any(|a| *a != 0.0), "{name} has no gradient");
            for (a, b) in a.iter().zip(b) {
                assert!((a - b).abs() < 1e-6, "{name}: {a} {b}");
            }
        }
    }

    /// The batch with a mean for its loss, and with weights of both signs.
    fn batches() -> [Batch; 2] {
        let batch = batch();
        [Batch { weights: Some(weights(batch.targets.len())), ..batch.clone() }, batch]
    }

    #[test]
    fn the_gradient_does_not_depend_on_the_number_of_threads() {
        for batch in batches() {
            let whole = gradient(&Workers::with(1), &batch);
            assert_same(&whole, &gradient(&Workers::alone(), &batch));
            for threads in 2..6 {
                assert_same(&whole, &gradient(&Workers::with(threads), &batch));
            }
        }
    }

    #[test]
    fn the_gradient_does_not_depend_on_the_number_of_pieces() {
        // Seven rows of 40 tokens in pieces of 3, 3 and 1 rows; of 4 and 3; one at a time. With two
        // threads the parts, of 4 and 3 rows, are cut again: into 2 and 2, and 2 and 1.
        let row = 40 * Shape::of::<Tiny>().kept_per_token();
        for batch in batches() {
            let whole = gradient(&Workers::with(1), &batch);
            for (threads, rows, pieces) in [(1, 3, 3), (1, 4, 2), (1, 1, 7), (2, 2, 2)] {
                let in_part = 7_usize.div_ceil(threads);
                assert_eq!((in_part * row).div_ceil(rows * row), pieces, "the case is what it says");
                assert_same(&whole, &gradient(&Workers::with(threads).keeping(rows * row), &batch));
            }
        }
    }

    #[test]
    fn equal_weights_that_sum_to_one_are_a_mean() {
        let batch = batch();
        let ones = Batch { weights: Some(vec![1.0; batch.targets.len()]), ..batch.clone() };
        assert_same(
            &gradient(&Workers::with(2), &batch),
            &gradient(&Workers::with(2), &ones.clone().mean()),
        );
        let [plain, sum] = [batch, ones].map(|batch| total_loss(&Workers::with(1), &model(), vec![batch]));
        assert!((plain - sum).abs() < 1e-3 && plain > 1000.0, "280 targets of ln 256 each: {plain} {sum}");
    }

    #[test]
    fn texts_of_unequal_length_do_not_touch_each_other() {
        let (tokens, workers) = (tokens(), Workers::with(1));
        let lengths = [40, 3, 17, 2, 25];
        let texts: Vec<(&[usize], Vec<f32>)> =
            lengths.iter().map(|&length| (&tokens[3 * length..][..length], weights(length - 1))).collect();
        let batch = |texts: &[(&[usize], Vec<f32>)]| {
            Batch::texts(&texts.iter().map(|(text, weights)| (*text, &weights[..])).collect::<Vec<_>>())
        };
        let together = batch(&texts);
        // Alone, no text is filled up. The losses and the gradients of all are added.
        let mut alone = texts.iter().map(|text| {
            let batch = batch(std::slice::from_ref(text));
            assert_eq!(batch.inputs.len(), text.0.len() - 1);
            gradient(&workers, &batch)
        });
        let mut sum = alone.next().expect("the first");
        for (loss, gradient) in alone {
            sum.0 += loss;
            for ((_, sum), (_, part)) in sum.1.iter_mut().zip(gradient) {
                sum.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
            }
        }
        assert_same(&sum, &gradient(&workers, &together));
        // In threads and in pieces, too.
        let row = 39 * Shape::of::<Tiny>().kept_per_token();
        assert_same(&sum, &gradient(&Workers::with(2).keeping(2 * row), &together));
        // What fills a text up may be any token: not a bit of the loss or of a gradient changes.
        let mut filled = together.clone();
        let places =
            filled.inputs.chunks_exact_mut(39).zip(filled.targets.chunks_exact_mut(39)).zip(lengths);
        for ((inputs, targets), length) in places {
            inputs[length - 1..].fill(99);
            targets[length - 1..].fill(77);
        }
        let ((loss, before), (other, after)) = (gradient(&workers, &together), gradient(&workers, &filled));
        assert_eq!((loss, before), (other, after));
    }

    #[test]
    fn each_part_of_a_batch_draws_its_own_dropout() {
        // The same window twice, each a part of its own: nothing but dropout can tell them apart.
        let (model, batch) = (model(), Batch::at(&tokens(), &[0, 0], 40));
        let parts = |dropout| {
            let mut parts = Vec::new();
            loss_and_gradients(&Workers::with(2), &model, &batch, (dropout, 3), &mut parts);
            parts.iter_mut().map(|part| by_name(&gradient_of(&model, part))).collect::<Vec<_>>()
        };
        let [plain, dropped] = [0.0, 0.5].map(parts);
        assert_eq!((plain.len(), dropped.len()), (2, 2));
        assert!(plain[0] == plain[1], "without dropout the parts differ");
        assert!(dropped[0] != dropped[1], "both parts drop the same numbers");
        assert!(dropped == parts(0.5), "the same seed drops other numbers");
    }
}
