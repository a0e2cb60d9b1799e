//! The layers of chapters 9 and 11, with the same parameters, on [`Kernels`].

use crate::Kernels;
use attention::scaled_dot_product::Sequences;
use deep_networks::Dropout;
use dfdx::nn::modules::Linear;
use dfdx::prelude::Tape;
use multi_head::MultiHeadAttention;
use tensors::Real;
use transformer::{Block, FeedForward};

fn project<const IN: usize, const OUT: usize, E: Real, D: Kernels<E>, T: Tape<E, D>>(
    x: Sequences<IN, E, D, T>,
    layer: &Linear<IN, OUT, E, D>,
) -> Sequences<OUT, E, D, T> {
    D::linear(x, &layer.weight, Some(&layer.bias))
}

// ANCHOR: layers
/// [`MultiHeadAttention::attend`] with a causal mask.
pub fn attend<
    const MODEL: usize,
    const HEADS: usize,
    const HEAD_DIM: usize,
    E: Real,
    D: Kernels<E>,
    T: Tape<E, D>,
>(
    layer: &MultiHeadAttention<MODEL, HEADS, HEAD_DIM, E, D>,
    x: Sequences<MODEL, E, D, T>,
    dropout: &mut Dropout,
) -> Sequences<MODEL, E, D, T> {
    let projections = [
        project(x.retaped::<T>(), &layer.query),
        project(x.retaped::<T>(), &layer.key),
        project(x, &layer.value),
    ];
    let heads = D::causal_attention::<MODEL, HEADS, HEAD_DIM, T>(projections, dropout);
    dropout.apply(project(heads, &layer.output))
}

/// [`FeedForward::think`].
pub fn think<const MODEL: usize, const HIDDEN: usize, E: Real, D: Kernels<E>, T: Tape<E, D>>(
    layer: &FeedForward<MODEL, HIDDEN, E, D>,
    x: Sequences<MODEL, E, D, T>,
    dropout: &mut Dropout,
) -> Sequences<MODEL, E, D, T> {
    dropout.apply(project(D::gelu(project(x, &layer.up)), &layer.down))
}

/// [`Block::run`] with a causal mask.
pub fn block<
    const MODEL: usize,
    const HEADS: usize,
    const HEAD_DIM: usize,
    const HIDDEN: usize,
    E: Real,
    D: Kernels<E>,
    T: Tape<E, D>,
>(
    block: &Block<MODEL, HEADS, HEAD_DIM, HIDDEN, E, D>,
    x: Sequences<MODEL, E, D, T>,
    dropout: &mut Dropout,
) -> Sequences<MODEL, E, D, T> {
    let attended = attend(&block.attention, D::layer_norm(x.retaped::<T>(), &block.norm1), dropout);
    let x = D::add(attended, x);
    let thought = think(&block.feed_forward, D::layer_norm(x.retaped::<T>(), &block.norm2), dropout);
    D::add(thought, x)
}
// ANCHOR_END: layers

#[cfg(test)]
mod tests {
    use super::*;
    use attention::causal_mask;
    use dfdx::prelude::{
        Backward, BuildModule, Const, Cpu, Gradients, NoneTape, OwnedTape, PutTape, Rank0, RecursiveWalker,
        Shape, SumTo, Tensor, TensorCollection, TensorFromVec, TensorOptions, TensorVisitor, ViewTensorRef,
    };
    use proptest::prelude::*;
    use tensors::seeds;
    use transformer::LayerNorm;

    type Layer = Block<12, 3, 4, 20, f32, Cpu>;
    type Traced = OwnedTape<f32, Cpu>;
    type Stream = Sequences<12, f32, Cpu, Traced>;

    fn random(batch: usize, seq: usize, seed: u64) -> Sequences<12, f32, Cpu, NoneTape> {
        let values = seeds::normal(&mut seeds::generator(seed), batch * seq * 12, 1.0);
        Cpu::default().tensor_from_vec(values, (batch, seq, Const::<12>))
    }

    /// A block whose every number is drawn, gains and biases too.
    fn random_block(seed: u64) -> Layer {
        let mut block = Layer::build(&Cpu::seed_from_u64(seed));
        let vector = |seed| {
            let values = seeds::normal(&mut seeds::generator(seed), 12, 1.0);
            Cpu::default().tensor_from_vec(values, (Const::<12>,))
        };
        block.norm1 = LayerNorm { gain: vector(seed ^ 1), bias: vector(seed ^ 2) };
        block.norm2 = LayerNorm { gain: vector(seed ^ 3), bias: vector(seed ^ 4) };
        block
    }

    /// All gradients of a module, in the order of its fields.
    struct Collect<'a>(&'a Gradients<f32, Cpu>, Vec<f32>);

    impl TensorVisitor<f32, Cpu> for Collect<'_> {
        type Viewer = ViewTensorRef;
        type Err = dfdx::prelude::CpuError;
        type E2 = f32;
        type D2 = Cpu;

        fn visit<S: Shape>(
            &mut self,
            _: TensorOptions<S, f32, Cpu>,
            parameter: &Tensor<S, f32, Cpu>,
        ) -> Result<Option<Tensor<S, f32, Cpu>>, Self::Err> {
            self.1.extend(self.0.get(parameter).as_vec());
            Ok(None)
        }
    }

    /// Value of the output, and gradients of a weighted sum of it by the input and by every parameter.
    fn gradients(
        block: &Layer,
        x: &Sequences<12, f32, Cpu, NoneTape>,
        weigh: &Sequences<12, f32, Cpu, NoneTape>,
        run: impl Fn(Sequences<12, f32, Cpu, Traced>) -> Sequences<12, f32, Cpu, Traced>,
    ) -> [Vec<f32>; 3] {
        let y = run(x.clone().put_tape(Traced::default()));
        let values = y.as_vec();
        let grads = (y * weigh.clone()).sum::<Rank0, _>().backward();
        let mut collect = Collect(&grads, Vec::new());
        let mut walker = RecursiveWalker { m: block, f: &mut collect };
        Layer::iter_tensors(&mut walker).unwrap();
        [values, grads.get(x).as_vec(), collect.1]
    }

    fn compare(ours: &[Vec<f32>; 3], theirs: &[Vec<f32>; 3]) -> Result<(), TestCaseError> {
        for ((what, ours), theirs) in ["output", "by input", "by parameters"].iter().zip(ours).zip(theirs) {
            prop_assert_eq!(ours.len(), theirs.len());
            let size = theirs.iter().fold(1.0_f32, |size, x| size.max(x.abs()));
            for (a, b) in ours.iter().zip(theirs) {
                // Both are sums of some hundred f32 products in different orders.
                prop_assert!((a - b).abs() < 1e-5 * size, "{what}: {a} against {b}");
            }
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn a_block_equals_the_composite_in_value_and_in_every_gradient(
            (batch, seq) in (1_usize..4, 1_usize..20),
            dropout in prop_oneof![Just(0.0), Just(0.4)],
            seed: u64,
        ) {
            let (layer, x, weigh) = (random_block(seed), random(batch, seq, !seed), random(batch, seq, seed ^ 7));
            let mask = causal_mask(&Cpu::default(), seq);
            let ours = gradients(&layer, &x, &weigh, |x| block(&layer, x, &mut Dropout::new(dropout, 3)));
            let theirs = gradients(&layer, &x, &weigh, |x| layer.run(x, Some(&mask), &mut Dropout::new(dropout, 3)));
            compare(&ours, &theirs)?;
        }

        #[test]
        fn cross_entropy_equals_the_composite(rows in 1_usize..9, size in 0.1_f32..60.0, seed: u64) {
            let logits = random(1, rows, seed) * size;
            let targets: Vec<usize> = (0..rows).map(|i| (i * 7 + rows) % 12).collect();
            let ours = <Cpu as Kernels<f32>>::cross_entropy(logits.clone().put_tape(Traced::default()), &targets);
            let flat = logits.clone().put_tape(Traced::default());
            let theirs = dfdx::prelude::ReshapeTo::reshape_like(flat, &(rows, Const::<12>));
            let theirs = deep_networks::cross_entropy(theirs, &targets);
            let (a, b) = (ours.as_vec()[0], theirs.as_vec()[0]);
            prop_assert!((a - b).abs() < 1e-5 * b.max(1.0), "{a} against {b}");
            let (ours, theirs) = (ours.backward().get(&logits).as_vec(), theirs.backward().get(&logits).as_vec());
            for (a, b) in ours.iter().zip(theirs) {
                prop_assert!((a - b).abs() < 1e-6, "{a} against {b}");
            }
        }
    }

    #[test]
    fn future_tokens_do_not_change_past_outputs() {
        let layer = random_block(4);
        let x = random(1, 6, 2);
        let mut changed = x.as_vec();
        changed[3 * 12..].iter_mut().for_each(|v| *v += 1.0);
        let y = Cpu::default().tensor_from_vec(changed, (1, 6, Const::<12>));
        let run = |x| block(&layer, x, &mut Dropout::off()).as_vec();
        let (before, after) = (run(x), run(y));
        assert_eq!(before[..36], after[..36]);
        assert_ne!(before[36..], after[36..]);
    }

    #[test]
    fn one_tensor_may_be_query_key_and_value() {
        let x = random(2, 5, 8);
        let run = |attend: fn([Stream; 3]) -> Stream| {
            let traced = || x.clone().put_tape(Traced::default());
            let y = attend([traced(), traced(), traced()]);
            (y.as_vec(), y.square().sum::<Rank0, _>().backward().get(&x).as_vec())
        };
        let ours =
            run(|qkv| <Cpu as Kernels<f32>>::causal_attention::<12, 3, 4, _>(qkv, &mut Dropout::off()));
        let theirs = run(|[q, k, v]| {
            let split = multi_head::split_heads::<12, 3, 4, f32, Cpu, Traced>;
            let mask = causal_mask(&Cpu::default(), 5);
            let heads = attention::attention(split(q), split(k), split(v), Some(&mask));
            multi_head::merge_heads::<12, 3, 4, f32, Cpu, Traced>(heads)
        });
        for (a, b) in ours.0.iter().chain(&ours.1).zip(theirs.0.iter().chain(&theirs.1)) {
            assert!((a - b).abs() < 1e-5 * b.abs().max(1.0), "{a} against {b}");
        }
    }
}
