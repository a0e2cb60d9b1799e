//! The loss of batches, on all cores: how [`Workers`] compute with a language model.

use crate::data::Batch;
use crate::model::LanguageModel;
use deep_networks::Dropout;
use dfdx::prelude::{Gradients, NoneTape, Rank0, SplitTape, Tensor, Trace};
use kernels::{Kernels, Workers};

/// The mean loss of `batch` in nats; its gradient is left in `gradients`: see
/// [`Workers::gradients`].
///
/// # Panics
/// When the device has no memory left.
pub fn loss_and_gradients<M: LanguageModel<D>, D: Kernels<f32>>(
    workers: &Workers,
    model: &M,
    batch: &Batch,
    dropout: (f64, u64),
    gradients: &mut Vec<Gradients<f32, D>>,
) -> f64 {
    let loss = |piece: &Batch, gradients, dropout: &mut Dropout| {
        // dfdx begins a tape with gradients in it only as that of a tensor: of one that is not used.
        let start: Tensor<Rank0, f32, D> = model.device().zeros();
        let (_, tape) = start.traced(gradients).split_tape();
        model.loss(&piece.inputs, &piece.targets, piece.rows, tape, dropout)
    };
    workers.gradients(model, batch, M::SHAPE.kept_per_token(), dropout, gradients, loss)
}

/// The sum of the losses in nats over all targets of `batches`, without gradients.
pub fn total_loss<M: LanguageModel<D>, D: Kernels<f32>>(
    workers: &Workers,
    model: &M,
    batches: Vec<Batch>,
) -> f64 {
    let losses = workers.map(batches, |batch| {
        let loss = model.loss(&batch.inputs, &batch.targets, batch.rows, NoneTape, &mut Dropout::off());
        f64::from(loss.as_vec()[0]) * batch.targets.len() as f64
    });
    losses.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Gpt;
    use crate::initialise::initialise;
    use crate::sizes::Tiny;
    use deep_networks::{add, gradient_of};
    use dfdx::prelude::{
        BuildModule, Cpu, HasErr, RecursiveWalker, Shape, TensorCollection, TensorOptions, TensorVisitor,
        ViewTensorName, ViewTensorRef,
    };

    /// All numbers of a model, tensor after tensor.
    #[derive(Default)]
    struct Numbers(Vec<(String, Vec<f32>)>);

    impl TensorVisitor<f32, Cpu> for Numbers {
        type Viewer = (ViewTensorRef, ViewTensorName);
        type Err = <Cpu as HasErr>::Err;
        type E2 = f32;
        type D2 = Cpu;

        fn visit<S: Shape>(
            &mut self,
            _: TensorOptions<S, f32, Cpu>,
            (tensor, name): (&Tensor<S, f32, Cpu>, String),
        ) -> Result<Option<Tensor<S, f32, Cpu>>, Self::Err> {
            self.0.push((name, tensor.as_vec()));
            Ok(None)
        }
    }

    type Model = Gpt<Tiny>;

    /// The loss of a batch of uneven parts, and its gradient by every parameter.
    fn gradient(workers: &Workers) -> (f64, Vec<(String, Vec<f32>)>) {
        let mut model = Model::build(&Cpu::default());
        initialise(&mut model, 1);
        let tokens: Vec<usize> = (0..200).map(|i| i * i % 256).collect();
        let batch = Batch::at(&tokens, &[0, 30, 60, 90, 120, 7, 150], 40);
        let mut parts = Vec::new();
        let loss = loss_and_gradients(workers, &model, &batch, (0.0, 0), &mut parts);
        let mut parts = parts.iter_mut().map(|part| gradient_of(&model, part));
        let mut sum = parts.next().expect("at least one part");
        parts.for_each(|part| add(&mut sum, 1.0, &part, 1.0));
        let mut numbers = Numbers::default();
        Model::iter_tensors(&mut RecursiveWalker { m: (&sum, String::new()), f: &mut numbers }).unwrap();
        (loss, numbers.0)
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

    #[test]
    fn the_gradient_does_not_depend_on_the_number_of_threads() {
        let whole = gradient(&Workers::with(1));
        assert_same(&whole, &gradient(&Workers::alone()));
        for threads in 2..6 {
            assert_same(&whole, &gradient(&Workers::with(threads)));
        }
    }

    #[test]
    fn the_gradient_does_not_depend_on_the_number_of_pieces() {
        let whole = gradient(&Workers::with(1));
        // Seven rows of 40 tokens in pieces of 3, 3 and 1 rows; of 4 and 3; one at a time. With two
        // threads the parts, of 4 and 3 rows, are cut again: into 2 and 2, and 2 and 1.
        let row = 40 * <Model as LanguageModel<Cpu>>::SHAPE.kept_per_token();
        for (threads, rows, pieces) in [(1, 3, 3), (1, 4, 2), (1, 1, 7), (2, 2, 2)] {
            let in_part = 7_usize.div_ceil(threads);
            assert_eq!((in_part * row).div_ceil(rows * row), pieces, "the case is what it says");
            assert_same(&whole, &gradient(&Workers::with(threads).keeping(rows * row)));
        }
    }
}
