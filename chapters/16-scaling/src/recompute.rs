//! Recomputation of activations: keep a block's input alone, and on the way back compute the block once
//! more (Chen et al. 2016; for any program Griewank & Walther 2008, where it is called checkpointing).

use attention::scaled_dot_product::Sequences;
use deep_networks::Dropout;
use dfdx::prelude::{
    Backward, Cpu, Gradients, HasShape, OwnedTape, PutTape, Rank0, SplitTape, SumTo, Tape, TensorFromVec,
    Trace,
};
use gpt::data::Batch;
use gpt::parts::{Layer, Positions};
use gpt::{Gpt, LanguageModel};
use kernels::{Causal, Kernels};
use std::cell::Cell;
use std::rc::Rc;
use transformer::Sizes;

// ANCHOR: recomputed
type Stream<S, T> = Sequences<<S as Sizes>::Model, f32, Cpu, T>;
type Traced = OwnedTape<f32, Cpu>;

/// A block, both its halves.
fn run<S: Sizes, T: Tape<f32, Cpu>>(
    block: &impl Layer<S, f32, Cpu>,
    x: Stream<S, T>,
    mask: &Causal<f32, Cpu>,
) -> Stream<S, T> {
    let off = &mut Dropout::off();
    block.think(block.attend(x, mask, off), off)
}

/// What `block` makes of `x`. The tape gets one note, which holds x and nothing that was computed from it.
pub fn recomputed<S: Sizes, B: Layer<S, f32, Cpu> + Clone + 'static>(
    block: &B,
    x: Stream<S, Traced>,
    mask: &Causal<f32, Cpu>,
) -> Stream<S, Traced> {
    let (x, mut tape) = x.split_tape();
    let y = run(block, x.clone(), mask); // without a tape: nothing is kept
    let (block, mask, output) = (block.clone(), mask.clone(), y.ghost());
    tape.add_backward_op(move |gradients| {
        let dy = std::mem::take(&mut **gradients.get_or_alloc_mut(&output)?);
        let dy = x.device().tensor_from_vec(dy, *x.shape());
        // The block again, on a tape of its own, which goes on from the gradients so far. Its first note
        // comes last on the way back: it takes out what has arrived at x, which the end of a tape would
        // drop.
        let (input, arrived) = (x.ghost(), Rc::new(Cell::new(Vec::new())));
        let (x, mut tape) = x.traced(std::mem::replace(gradients, Gradients::leaky())).split_tape();
        let (ghost, arriving) = (x.ghost(), Rc::clone(&arrived));
        tape.add_backward_op(move |gradients| {
            arriving.set(std::mem::take(&mut **gradients.get_or_alloc_mut(&ghost)?));
            Ok(())
        });
        let y = run(&block, x.put_tape(tape), &mask);
        // The slopes of Σ y · dy by all that y was made of are those of the loss.
        *gradients = (y * dy).sum::<Rank0, _>().backward();
        **gradients.get_or_alloc_mut(&input)? = arrived.take();
        Ok(())
    });
    y.put_tape(tape)
}
// ANCHOR_END: recomputed

/// The loss of `batch`, with every block recomputed on the way back.
pub fn loss<S: Sizes>(
    model: &Gpt<S>,
    batch: &Batch,
    tape: Traced,
) -> dfdx::prelude::Tensor<Rank0, f32, Cpu, Traced> {
    let seq = batch.inputs.len() / batch.rows;
    let mask = <Cpu as Kernels<f32>>::causal(model.device(), seq);
    let mut x = Positions::<S, f32, Cpu>::embed(
        &model.positions,
        &model.tokens,
        &batch.inputs,
        batch.rows,
        tape,
        &mut Dropout::off(),
    );
    for block in &model.blocks.modules {
        x = recomputed::<S, _>(block, x, &mask);
    }
    Cpu::cross_entropy(model.scores(x), &batch.targets, batch.weights.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use deep_networks::{by_name, gradient_of};
    use dfdx::prelude::{BuildModule, Tensor, ZeroGrads, ZerosTensor};
    use gpt::initialise::initialise;
    use gpt::sizes::Tiny;

    type Model = Gpt<Tiny>;

    /// The loss, and its gradient by every parameter.
    fn gradient(
        loss: impl FnOnce(&Model, Traced) -> Tensor<Rank0, f32, Cpu, Traced>,
    ) -> (f32, Vec<(String, Vec<f32>)>) {
        let mut model = Model::build(&Cpu::default());
        initialise(&mut model, 3);
        let start: Tensor<Rank0, f32, Cpu> = model.device().zeros();
        let (_, tape) = start.traced(model.alloc_grads()).split_tape();
        let loss = loss(&model, tape);
        let value = loss.as_vec()[0];
        let mut gradients = loss.backward();
        (value, by_name(&gradient_of(&model, &mut gradients)))
    }

    #[test]
    fn recomputed_blocks_give_the_same_loss_and_the_same_gradient() {
        let tokens: Vec<usize> = (0..200).map(|i| i * i % 256).collect();
        let batch = Batch::at(&tokens, &[0, 50, 120], 40);
        let kept = gradient(|model, tape| model.loss(&batch, tape, &mut Dropout::off()));
        let again = gradient(|model, tape| loss(model, &batch, tape));
        assert_eq!(kept.0, again.0);
        assert_eq!(kept.1.len(), again.1.len());
        for ((name, kept), (same_name, again)) in kept.1.iter().zip(&again.1) {
            assert_eq!(name, same_name);
            assert!(kept.iter().any(|slope| *slope != 0.0), "{name} has no gradient");
            // The same sums in the same order: to the last bit.
            assert!(kept == again, "{name} has another gradient");
        }
    }
}
