//! How the models of this chapter are trained and judged on the task of number words.

use deep_networks::{FitError, Optimiser, Rule, WarmupCosine, fit};
use dfdx::prelude::{BuildModule, Cpu, NoneTape, OwnedTape};
use tensors::seeds;
use transformer::decode::greedy;
use transformer::number_words::{Pair, VOCAB, random_pair};
use transformer::{Design, Pairs, Transformer, sizes, smoothed_cross_entropy};

/// No text of the task is longer.
pub const LONGEST: usize = 12;

sizes!(pub NumberWords<const LAYERS> {
    vocab: VOCAB, context: LONGEST, model: 64, heads: 4, head_dim: 16, hidden: 128, layers: LAYERS
});
/// A model of so many layers in the encoder, and in the decoder.
pub type Deep<const LAYERS: usize> = Transformer<NumberWords<LAYERS>, f32, Cpu>;
/// The model of the chapter.
pub type Model = Deep<2>;

/// Random pairs: held out, or to learn from.
pub fn draw(count: usize, held_out: bool, seed: u64) -> Vec<Pair> {
    let mut rng = seeds::generator(seed);
    (0..count).map(|_| random_pair(held_out, &mut rng)).collect()
}

/// Trains on pairs that are not held out; returns the model and the loss of every step.
pub fn train<const LAYERS: usize>(
    design: Design,
    steps: usize,
    smoothing: f64,
) -> Result<(Deep<LAYERS>, Vec<f64>), FitError> {
    let mut model = Deep::<LAYERS>::build(&Cpu::default());
    model.initialise(1);
    let mut rng = seeds::generator(1);
    let mut optimiser = Optimiser::new(Rule::Adam { betas: [0.9, 0.98] }, &Cpu::default());
    let schedule = WarmupCosine { peak: 0.003, floor: 0.000_15, warmup: 100, steps };
    let mut losses = Vec::new();
    let loss = |model: &Deep<LAYERS>, _| {
        let pairs: Vec<Pair> = (0..16).map(|_| random_pair(false, &mut rng)).collect();
        let batch = Pairs::from(&pairs[..]);
        let targets: Vec<usize> = batch.targets.iter().map(|target| target.1).collect();
        smoothed_cross_entropy(model.forward(&batch, design, OwnedTape::default()), &targets, smoothing)
    };
    let watch = |_: &Deep<LAYERS>, _, loss| {
        losses.push(loss);
        true
    };
    fit(&mut model, &mut optimiser, &schedule, 1.0, loss, watch)?;
    Ok((model, losses))
}

/// The logarithms of the next token's probabilities after each of some beginnings of equal length,
/// one for each source.
pub fn next<'a>(
    model: &'a Model,
    design: Design,
    sources: &Pairs,
) -> impl Fn(&[Vec<usize>]) -> Vec<Vec<f64>> + use<'a> {
    let memory = model.encode(&sources.sources, &sources.source_lengths, design, NoneTape);
    let lengths = sources.source_lengths.clone();
    move |texts| {
        let len = texts[0].len();
        let scores = model.decode(&texts.concat(), memory.clone(), &lengths, design);
        let log_p = scores.log_softmax::<dfdx::prelude::Axis<1>>().as_vec();
        let last = |row: usize| &log_p[((row + 1) * len - 1) * VOCAB..(row + 1) * len * VOCAB];
        (0..texts.len()).map(|row| last(row).iter().map(|&x| x.into()).collect()).collect()
    }
}

/// The share of pairs that are translated without a mistake.
pub fn exact(model: &Model, design: Design, pairs: &[Pair]) -> f64 {
    let written = greedy(next(model, design, &Pairs::from(pairs)), pairs.len(), LONGEST);
    written.iter().zip(pairs).filter(|(own, pair)| **own == pair.target).count() as f64 / pairs.len() as f64
}
