//! A GPT in one file: its layers, what they compute, its loss, its training, and how it writes.
//! `cargo run --release -p gpt --example gpt`.

use dfdx::nn::modules::{Embedding, LayerNorm1D, Linear, Repeated};
use dfdx::optim::{Adam, AdamConfig, Optimizer};
use dfdx::prelude::*;
use rand::distributions::{Distribution, WeightedIndex};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

const VOCAB: usize = 256; // a token is a byte
const CONTEXT: usize = 64; // the longest text that it reads at once
const MODEL: usize = 32; // numbers that a position carries through the layers
const HEADS: usize = 2;
const HEAD_DIM: usize = MODEL / HEADS;
const HIDDEN: usize = 4 * MODEL;
const LAYERS: usize = 2;

type Norm = LayerNorm1D<MODEL, f32, Cpu>;
type Square = Linear<MODEL, MODEL, f32, Cpu>;
/// Query, key, value, and the way back into the stream.
type Attention = (Square, Square, Square, Square);
type FeedForward = (Linear<MODEL, HIDDEN, f32, Cpu>, Linear<HIDDEN, MODEL, f32, Cpu>);
type Block = (Norm, Attention, Norm, FeedForward);
/// A vector for each token, one for each position; the blocks; the last norm.
pub type Gpt =
    (Embedding<VOCAB, MODEL, f32, Cpu>, Embedding<CONTEXT, MODEL, f32, Cpu>, Repeated<Block, LAYERS>, Norm);

/// The residual stream: `(batch, seq, MODEL)`.
type Stream<T> = Tensor<(usize, usize, Const<MODEL>), f32, Cpu, T>;

/// Each position takes from those before it, and from itself: softmax(Q Kᵀ / √HEAD_DIM + mask) V, in
/// every head.
fn attend<T: Tape<f32, Cpu>>((query, key, value, output): &Attention, x: Stream<T>) -> Stream<T> {
    let (batch, seq, _) = *x.shape();
    let split = |x: Stream<T>| {
        let x = x.reshape_like(&(batch, seq, Const::<HEADS>, Const::<HEAD_DIM>));
        x.permute::<_, Axes4<0, 2, 1, 3>>().reshape_like(&(batch * HEADS, seq, Const::<HEAD_DIM>))
    };
    let v = split(value.forward(x.retaped::<T>())); // (batch · HEADS, seq, HEAD_DIM), as q and k
    let k = split(key.forward(x.retaped::<T>()));
    let q = split(query.forward(x));
    let scores = q.matmul(k.permute::<_, Axes3<0, 2, 1>>()) / (HEAD_DIM as f32).sqrt(); // (…, seq, seq)
    // Position i must not see position j > i: there the score is −∞, and the softmax 0.
    let causal = |i| (0..seq).map(move |j| if j > i { f32::NEG_INFINITY } else { 0.0 });
    let mask = Cpu::default().tensor_from_vec((0..seq).flat_map(causal).collect(), (seq, seq));
    let weights =
        (scores + mask.broadcast_like::<_, Axis<0>>(&(batch * HEADS, seq, seq))).softmax::<Axis<2>>();
    let found = weights.matmul(v).reshape_like(&(batch, Const::<HEADS>, seq, Const::<HEAD_DIM>));
    output.forward(found.permute::<_, Axes4<0, 2, 1, 3>>().reshape_like(&(batch, seq, Const)))
}

/// The score of every token as the next one, at every position of `batch` texts of equal length:
/// `(batch, seq, VOCAB)`.
pub fn forward<T: Tape<f32, Cpu>>(
    (tokens, positions, blocks, norm): &Gpt,
    ids: &[usize],
    batch: usize,
    tape: T,
) -> Tensor<(usize, usize, Const<VOCAB>), f32, Cpu, T> {
    let (cpu, seq) = (Cpu::default(), ids.len() / batch);
    let places = (0..ids.len()).map(|n| n % seq).collect();
    let ids: Tensor<_, usize, Cpu> = cpu.tensor_from_vec(ids.to_vec(), (batch, seq));
    let places: Tensor<_, usize, Cpu> = cpu.tensor_from_vec(places, (batch, seq));
    let mut x = tokens.forward(ids.put_tape(tape)) + positions.forward(places.put_tape(T::default()));
    for (norm1, attention, norm2, (up, down)) in &blocks.modules {
        x = attend(attention, norm1.forward(x.retaped::<T>())) + x;
        x = down.forward(up.forward(norm2.forward(x.retaped::<T>())).fast_gelu()) + x;
    }
    // The vector of a token is also what it is recognised by.
    norm.forward(x).matmul(tokens.weight.retaped::<T>().permute::<_, Axes2<1, 0>>())
}

/// The mean of −ln p over all positions, in nats: `targets[i]` is the token that follows `inputs[i]`.
pub fn loss<T: Tape<f32, Cpu>>(
    model: &Gpt,
    inputs: &[usize],
    targets: &[usize],
    batch: usize,
    tape: T,
) -> Tensor<Rank0, f32, Cpu, T> {
    let scores = forward(model, inputs, batch, tape).reshape_like(&(targets.len(), Const::<VOCAB>));
    let targets: Tensor<_, usize, Cpu> = Cpu::default().tensor_from_vec(targets.to_vec(), (targets.len(),));
    scores.log_softmax::<Axis<1>>().select(targets).mean().negate()
}

/// Writes `count` bytes after `text`, one at a time: each is drawn from softmax(scores / temperature).
fn write(model: &Gpt, text: &str, count: usize, temperature: f32, rng: &mut ChaCha8Rng) -> String {
    let mut ids: Vec<usize> = text.bytes().map(usize::from).collect();
    for _ in 0..count {
        let seen = &ids[ids.len().saturating_sub(CONTEXT)..];
        let chances = (forward(model, seen, 1, NoneTape) / temperature).softmax::<Axis<2>>().as_vec();
        let last = &chances[(seen.len() - 1) * VOCAB..];
        ids.push(WeightedIndex::new(last).expect("one of 256 follows").sample(rng));
    }
    ids.iter().map(|&id| char::from(id as u8)).collect()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let stories = language_models::story::corpus(200_000, 1).train;
    let text: Vec<usize> = stories.bytes().map(usize::from).collect();
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut model: Gpt = BuildModule::build(&Cpu::seed_from_u64(1));
    let mut adam = Adam::new(&model, AdamConfig { lr: 0.003, ..AdamConfig::default() });
    println!("{} parameters", model.num_trainable_params());
    for step in 0..=300 {
        let starts: Vec<usize> = (0..8).map(|_| rng.gen_range(0..text.len() - CONTEXT)).collect();
        let windows = |shift: usize| -> Vec<usize> {
            starts.iter().flat_map(|start| &text[start + shift..][..CONTEXT]).copied().collect()
        };
        let (inputs, targets) = (windows(0), windows(1));
        let loss = loss(&model, &inputs, &targets, starts.len(), OwnedTape::default());
        if step % 100 == 0 {
            println!("step {step:3}: loss {:.3}", loss.array());
        }
        adam.update(&mut model, &loss.backward())?;
    }
    println!("{}", write(&model, "The ", 99, 0.5, &mut rng));
    Ok(())
}
