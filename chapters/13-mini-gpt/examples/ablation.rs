//! What is each head for? Take its numbers away and ask for the loss again.
//! `cargo run --release -p gpt --example ablation`.

use deep_networks::Dropout;
use dfdx::prelude::{Axes2, BroadcastTo, Const, Cpu, HasShape, NoneTape, TensorFromVec};
use gpt::corpus::{Source, Text};
use gpt::data::{Batch, Starts};
use gpt::seen::Place;
use gpt::sizes::Tiny;
use gpt::{Gpt, Run, Settings, Shape};
use kernels::{Kernels, Workers};
use tokens::{Bytes, Tokenizer};

// ANCHOR: without
/// The loss of `batch` where the heads `taken` find nothing: of each its block and its place there.
fn without(model: &Gpt<Tiny>, taken: &[(usize, usize)], batch: &Batch) -> f32 {
    let Shape { heads, head_dim, .. } = Shape::of::<Tiny>();
    let see = |place, x| {
        let Place::Heads(block) = place else { return x };
        let kept = |head| if taken.contains(&(block, head)) { 0.0 } else { 1.0 };
        let kept = (0..heads).flat_map(|head| vec![kept(head); head_dim]).collect();
        let shape = *HasShape::shape(&x);
        Cpu::default().tensor_from_vec(kept, (Const::<32>,)).broadcast_like::<_, Axes2<0, 1>>(&shape) * x
    };
    let x = model.stream_seen(&batch.inputs, batch.rows, NoneTape, &mut Dropout::off(), see);
    <Cpu as Kernels<f32>>::cross_entropy(model.scores(x), &batch.targets, None).as_vec()[0]
}
// ANCHOR_END: without

fn main() -> Result<(), gpt::Error> {
    let text = Text::load(&Source::Stories)?;
    let tokens = Bytes.encode(&text.train);
    let settings =
        Settings { size: "tiny".into(), batch: 8, context: 64, steps: 400, lr: 0.01, ..Settings::laptop() };
    let mut run = Run::<Gpt<Tiny>>::new(settings, &text, &Cpu::default())?;
    let (workers, mut gradients) = (Workers::with(1), Vec::new());
    for _ in 0..400 {
        run.step(&tokens, &Starts::Anywhere(tokens.len() - 64), &workers, &mut gradients);
    }
    let held_out = Bytes.encode(&text.held_out);
    let batch = Batch::at(&held_out, &(0..64).map(|i| i * 1000).collect::<Vec<_>>(), 64);
    println!("all heads: loss {:.2}", without(&run.model, &[], &batch));
    for (block, head) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        println!(
            "without head {head} of block {block}: {:.2}",
            without(&run.model, &[(block, head)], &batch)
        );
    }
    println!("without both of block 1: {:.2}", without(&run.model, &[(1, 0), (1, 1)], &batch));
    Ok(())
}
