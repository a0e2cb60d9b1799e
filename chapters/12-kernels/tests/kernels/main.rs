//! Every kernel against the composite of the earlier chapters in double precision. Those that have a
//! gradient are compared in value and in every gradient, and with central differences of plain loops;
//! both halves of a block, the embedding and the loss also with PyTorch, where layer norm and linear
//! layers are judged as parts of these. Batches and lengths are drawn at random; widths are a list,
//! with 1, odd numbers and numbers that are no multiple of a vector's width.

mod case;
mod extremes;
mod plain;
mod pytorch;
mod update;

use attention::scaled_dot_product::Sequences;
use case::{Case, Found, central_differences, difference, distance, found, narrow, size, wide};
use deep_networks::{Dropout, Linear};
use dfdx::prelude::{
    Backward, BuildModule, Const, Cpu, HasShape, NoneTape, OwnedTape, PutTape, Rank0, SumTo, TensorFromVec,
};
use kernels::Kernels;
use language_models::Embedding;
use multi_head::MultiHeadAttention;
use positions::LearnedPositions;
use proptest::prelude::*;
use tensors::{Real, seeds};
use transformer::{FeedForward, LayerNorm};

/// Sums of some hundred products in `f32` against the same in `f64`: relative to the largest number
/// of a list.
const TOLERANCE: f64 = 1e-5;

transformer::sizes!(Twelve {
    vocab: 1,
    context: 80,
    model: 12,
    heads: 3,
    head_dim: 4,
    hidden: 20,
    layers: 1
});

type Attend<const MODEL: usize, const HEADS: usize, const HEAD_DIM: usize, E> = (
    LayerNorm<Const<MODEL>, E, Cpu>,
    MultiHeadAttention<Const<MODEL>, Const<HEADS>, Const<HEAD_DIM>, E, Cpu>,
);
type Think<const MODEL: usize, const HIDDEN: usize, E> =
    (LayerNorm<Const<MODEL>, E, Cpu>, FeedForward<Const<MODEL>, Const<HIDDEN>, E, Cpu>);

fn cases() -> impl Strategy<Value = Case> {
    let zeroed = prop_oneof![Just(0.0), Just(0.3)];
    // 33 and 70 positions are more than one block of queries.
    let seq = prop_oneof![4 => 1_usize..12, 1 => Just(33_usize), 1 => Just(70)];
    (1_usize..4, seq, zeroed, any::<u64>()).prop_map(|(batch, seq, zeroed, seed)| Case {
        batch,
        seq,
        zeroed,
        seed,
    })
}

/// Parameters of the given shapes: matrices of such a size that they keep the size of what they
/// multiply.
fn parameters(case: &Case, shapes: &[(usize, usize)]) -> Vec<Vec<f64>> {
    let deviation = |rows, columns| match (rows, columns) {
        // Of a single number a norm leaves nothing: all keys are alike, and what is 0 by queries
        // and keys is a difference of equal numbers, each a product of five parameters. Drawn
        // smaller, such products stay near the size of the other gradients.
        (1, 1) => 0.5,
        (1, _) => 1.0,
        _ => (columns as f32).powf(-0.5),
    };
    let draw = |(stream, &(rows, columns)): (u64, &(usize, usize))| {
        case.numbers(rows * columns, stream, deviation(rows, columns))
    };
    (10..).zip(shapes).map(draw).collect()
}

/// The inputs of a norm: rows of `MODEL` random numbers. Rows of nearly equal numbers are spread: a
/// norm divides by their deviation, and with it enlarges the rounding of single precision that it
/// is given, in any program. (Such rows must stay finite: `extremes.rs`.)
fn rows<const MODEL: usize>(case: &Case) -> Vec<f64> {
    const LEAST: f64 = 0.5;
    let mut numbers = case.numbers(case.rows() * MODEL, 1, 1.0);
    for row in numbers.chunks_exact_mut(MODEL) {
        let mean = row.iter().sum::<f64>() / MODEL as f64;
        let deviation = (row.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / MODEL as f64).sqrt();
        if MODEL > 1 && deviation < LEAST {
            // Rounded to single precision: both programs get the same numbers.
            for x in row {
                *x = f64::from((mean + (*x - mean) * LEAST / deviation) as f32);
            }
        }
    }
    numbers
}

/// Kernel against composite, and both against `plain`, which is differentiated only where there are
/// few inputs.
///
/// A gradient may be a difference of large numbers (by the query's weights, where all keys are
/// alike, it is 0), so what it is off by is measured against the largest number of all gradients.
fn agree(
    kernel: &Found,
    composite: &Found,
    inputs: &[Vec<f64>],
    weights: &[f64],
    plain: impl Fn(&[Vec<f64>]) -> Vec<f64>,
) -> Result<(), TestCaseError> {
    let far = distance(&kernel.output, &composite.output);
    prop_assert!(far < TOLERANCE, "output, composite: {far:e}");
    let far = distance(&composite.output, &plain(inputs));
    prop_assert!(far < 1e-12, "output, plain: {far:e}");
    let mut judges = vec![("composite", composite.slopes.clone())];
    if inputs.iter().map(Vec::len).sum::<usize>() < 600 {
        let value = |at: &[Vec<f64>]| plain(at).iter().zip(weights).map(|(y, w)| y * w).sum();
        judges.push(("differences", central_differences(inputs, value)));
    }
    for (judge, theirs) in judges {
        prop_assert_eq!(kernel.slopes.len(), theirs.len());
        let size = size(&theirs);
        for (i, (ours, theirs)) in kernel.slopes.iter().zip(&theirs).enumerate() {
            let far = difference(ours, theirs) / size;
            prop_assert!(far < TOLERANCE, "gradient {i}, {judge}: {far:e}");
        }
    }
    Ok(())
}

/// The first half of a block.
fn attention<E: Real, const MODEL: usize, const HEADS: usize, const HEAD_DIM: usize>(
    x: Sequences<Const<MODEL>, E, Cpu, OwnedTape<E, Cpu>>,
    (norm, layer): &Attend<MODEL, HEADS, HEAD_DIM, E>,
    dropout: &mut Dropout,
) -> Sequences<Const<MODEL>, E, Cpu, OwnedTape<E, Cpu>>
where
    Cpu: Kernels<E>,
{
    let mask = Cpu::causal(x.device(), x.shape().1);
    Cpu::attend(x, norm, layer, &mask, dropout)
}

fn attend<const MODEL: usize, const HEADS: usize, const HEAD_DIM: usize>(
    case: &Case,
) -> Result<(), TestCaseError> {
    let x = rows::<MODEL>(case);
    let weights = case.numbers(x.len(), 2, 1.0);
    let linear = [(MODEL, MODEL), (1, MODEL)];
    let parameters = parameters(case, &[[(1, MODEL); 2], linear, linear, linear, linear].concat());
    let kernel =
        found(case, &x, &parameters, &weights, |x, m: &Attend<MODEL, HEADS, HEAD_DIM, f32>, dropout| {
            self::attention(x, m, dropout)
        });
    let composite =
        found(case, &x, &parameters, &weights, |x, m: &Attend<MODEL, HEADS, HEAD_DIM, f64>, dropout| {
            self::attention(x, m, dropout)
        });
    let inputs = [vec![x], parameters].concat();
    agree(&kernel, &composite, &inputs, &weights, |at| plain::attend(case, HEADS, &at[0], &at[1..]))
}

fn think<const MODEL: usize, const HIDDEN: usize>(case: &Case) -> Result<(), TestCaseError> {
    let x = rows::<MODEL>(case);
    let weights = case.numbers(x.len(), 2, 1.0);
    let shapes = [(1, MODEL), (1, MODEL), (HIDDEN, MODEL), (1, HIDDEN), (MODEL, HIDDEN), (1, MODEL)];
    let parameters = parameters(case, &shapes);
    let kernel = found(case, &x, &parameters, &weights, |x, m: &Think<MODEL, HIDDEN, f32>, dropout| {
        <Cpu as Kernels<f32>>::think(x, &m.0, &m.1, dropout)
    });
    let composite = found(case, &x, &parameters, &weights, |x, m: &Think<MODEL, HIDDEN, f64>, dropout| {
        <Cpu as Kernels<f64>>::think(x, &m.0, &m.1, dropout)
    });
    let inputs = [vec![x], parameters].concat();
    agree(&kernel, &composite, &inputs, &weights, |at| plain::think(case, &at[0], &at[1..]))
}

fn layer_norm<const MODEL: usize>(case: &Case) -> Result<(), TestCaseError> {
    let x = rows::<MODEL>(case);
    let weights = case.numbers(x.len(), 2, 1.0);
    let parameters = parameters(case, &[(1, MODEL); 2]);
    let kernel = found(case, &x, &parameters, &weights, |x, m: &LayerNorm<Const<MODEL>, f32, Cpu>, _| {
        <Cpu as Kernels<f32>>::layer_norm(x, m)
    });
    let composite =
        found(case, &x, &parameters, &weights, |x, m: &LayerNorm<Const<MODEL>, f64, Cpu>, _| {
            <Cpu as Kernels<f64>>::layer_norm(x, m)
        });
    let inputs = [vec![x], parameters].concat();
    agree(&kernel, &composite, &inputs, &weights, |at| plain::layer_norm(&at[0], &at[1], &at[2]))
}

fn linear<const IN: usize, const OUT: usize>(case: &Case) -> Result<(), TestCaseError> {
    let x = case.numbers(case.rows() * IN, 1, 1.0);
    let weights = case.numbers(case.rows() * OUT, 2, 1.0);
    let parameters = parameters(case, &[(OUT, IN), (1, OUT)]);
    let kernel =
        found(case, &x, &parameters, &weights, |x, m: &Linear<Const<IN>, Const<OUT>, f32, Cpu>, _| {
            <Cpu as Kernels<f32>>::linear(x, &m.weight, Some(&m.bias))
        });
    let composite =
        found(case, &x, &parameters, &weights, |x, m: &Linear<Const<IN>, Const<OUT>, f64, Cpu>, _| {
            <Cpu as Kernels<f64>>::linear(x, &m.weight, Some(&m.bias))
        });
    let inputs = [vec![x], parameters].concat();
    agree(&kernel, &composite, &inputs, &weights, |at| plain::linear(&at[0], &at[1], &at[2]))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn attention_agrees(case in cases()) {
        attend::<1, 1, 1>(&case)?;
        attend::<6, 3, 2>(&case)?;
        attend::<40, 5, 8>(&case)?;
    }

    #[test]
    fn the_feed_forward_network_agrees(case in cases()) {
        think::<1, 1>(&case)?;
        think::<3, 7>(&case)?;
        think::<40, 51>(&case)?;
    }

    #[test]
    fn layer_norm_agrees(case in cases()) {
        layer_norm::<1>(&case)?;
        layer_norm::<5>(&case)?;
        layer_norm::<67>(&case)?;
    }

    #[test]
    fn linear_layers_agree(case in cases()) {
        linear::<1, 1>(&case)?;
        linear::<7, 3>(&case)?;
        linear::<19, 65>(&case)?;
    }

    #[test]
    fn cross_entropy_agrees(rows in 1_usize..40, size in 0.1_f32..60.0, seed: u64) {
        const CLASSES: usize = 21;
        let case = Case { batch: 1, seq: rows, zeroed: 0.0, seed };
        let logits = case.numbers(rows * CLASSES, 1, size);
        let targets: Vec<usize> = (0..rows).map(|i| (i * 7 + rows) % CLASSES).collect();
        // Weights of both signs, and every third 0.
        let mut weights = case.numbers(rows, 2, 1.0);
        weights.iter_mut().step_by(3).for_each(|weight| *weight = 0.0);
        for (given, weights) in [(None, vec![1.0 / rows as f64; rows]), (Some(narrow::<f32>(&weights)), weights)] {
            let kernel = entropy::<f32, CLASSES>(&case, &logits, &targets, given.as_deref());
            let composite = entropy::<f64, CLASSES>(&case, &logits, &targets, given.as_deref());
            // A sum of numbers of both signs is measured against that of their sizes.
            let sizes: Vec<f64> = weights.iter().map(|weight| weight.abs()).collect();
            let size = plain::cross_entropy(&logits, &targets, &sizes).max(1.0);
            prop_assert!(difference(&kernel.output, &composite.output) / size < TOLERANCE);
            let plain = [plain::cross_entropy(&logits, &targets, &weights)];
            prop_assert!(difference(&composite.output, &plain) / size < 1e-12);
            let slopes = &kernel.slopes[0];
            prop_assert!(distance(slopes, &composite.slopes[0]) < TOLERANCE);
            let loss = |at: &[Vec<f64>]| plain::cross_entropy(&at[0], &targets, &weights);
            let differences = central_differences(std::slice::from_ref(&logits), loss);
            prop_assert!(distance(slopes, &differences[0]) < TOLERANCE);
            for (row, weight) in slopes.chunks_exact(CLASSES).zip(&weights) {
                prop_assert_eq!(*weight == 0.0, row.iter().all(|slope| *slope == 0.0), "0 leaves a target out");
            }
        }
    }

    #[test]
    fn embeddings_agree(case in cases()) {
        const VOCAB: usize = 5; // fewer than positions, so that tokens repeat
        const CONTEXT: usize = 70;
        const MODEL: usize = 3;
        let ids: Vec<usize> = (0..case.rows()).map(|i| (i * i + i / 3) % VOCAB).collect();
        let tables = parameters(&case, &[(VOCAB, MODEL), (CONTEXT, MODEL)]);
        let weights = case.numbers(case.rows() * MODEL, 2, 1.0);
        let kernel = embedded::<f32, VOCAB, CONTEXT, MODEL>(&case, &ids, &tables, &weights);
        let composite = embedded::<f64, VOCAB, CONTEXT, MODEL>(&case, &ids, &tables, &weights);
        agree(&kernel, &composite, &tables, &weights, |at| plain::embed(&case, MODEL, &ids, at))?;
    }
}

fn entropy<E: Real, const CLASSES: usize>(
    case: &Case,
    logits: &[f64],
    targets: &[usize],
    weights: Option<&[f32]>,
) -> Found
where
    Cpu: Kernels<E>,
{
    let logits: Sequences<Const<CLASSES>, E, Cpu, NoneTape> =
        Cpu::default().tensor_from_vec(narrow(logits), (case.batch, case.seq, Const));
    let loss = Cpu::cross_entropy(logits.clone().put_tape(OwnedTape::default()), targets, weights);
    let output = wide(loss.as_vec());
    Found { output, slopes: vec![wide(loss.backward().get(&logits).as_vec())] }
}

fn embedded<E: Real, const VOCAB: usize, const CONTEXT: usize, const MODEL: usize>(
    case: &Case,
    ids: &[usize],
    tables: &[Vec<f64>],
    weights: &[f64],
) -> Found
where
    Cpu: Kernels<E>,
{
    let dev = Cpu::default();
    let mut tokens: Embedding<Const<VOCAB>, Const<MODEL>, E, Cpu> = BuildModule::build(&dev);
    tokens.weight.copy_from(&narrow::<E>(&tables[0]));
    let mut positions: LearnedPositions<Const<CONTEXT>, Const<MODEL>, E, Cpu> = BuildModule::build(&dev);
    positions.table.copy_from(&narrow::<E>(&tables[1]));
    let x = Cpu::embed(&tokens, &positions, ids, case.batch, OwnedTape::default(), &mut case.dropout());
    let output = wide(x.as_vec());
    let weights = dev.tensor_from_vec(narrow(weights), (case.batch, case.seq, Const::<MODEL>));
    let gradients = (x * weights).sum::<Rank0, _>().backward();
    let slopes = vec![gradients.get(&tokens.weight).as_vec(), gradients.get(&positions.table).as_vec()];
    Found { output, slopes: slopes.into_iter().map(wide).collect() }
}

#[test]
fn a_block_of_the_laptop_size_agrees() -> Result<(), TestCaseError> {
    let case = Case { batch: 2, seq: 64, zeroed: 0.1, seed: 4 };
    attend::<128, 4, 32>(&case)?;
    think::<128, 512>(&case)
}

#[test]
fn future_tokens_do_not_change_past_outputs() {
    let dev = Cpu::seed_from_u64(4);
    let block: transformer::Block<Twelve, f32, Cpu> = BuildModule::build(&dev);
    let mut x = seeds::normal(&mut seeds::generator(2), 80 * 12, 1.0);
    let mut run = |change: f32| {
        x[50 * 12..].iter_mut().for_each(|v| *v += change);
        let x = dev.tensor_from_vec(x.clone(), (1, 80, Const::<12>));
        let mask = <Cpu as Kernels<f32>>::causal(&dev, 80);
        let x = Cpu::attend(x, &block.norm1, &block.attention, &mask, &mut Dropout::off());
        Cpu::think(x, &block.norm2, &block.feed_forward, &mut Dropout::off()).as_vec()
    };
    let (before, after) = (run(0.0), run(1.0));
    assert_eq!(before[..50 * 12], after[..50 * 12]);
    assert!(before[50 * 12..].iter().zip(&after[50 * 12..]).all(|(a, b)| a != b));
}

#[test]
fn the_same_numbers_give_the_same_bytes() {
    let case = Case { batch: 3, seq: 40, zeroed: 0.3, seed: 9 };
    let x = case.numbers(case.rows() * 40, 1, 1.0);
    let linear = [(40, 40), (1, 40)];
    let parameters = parameters(&case, &[[(1, 40); 2], linear, linear, linear, linear].concat());
    let run = || {
        found(&case, &x, &parameters, &x, |x, m: &Attend<40, 5, 8, f32>, dropout| {
            self::attention(x, m, dropout)
        })
    };
    let (once, again) = (run(), run());
    assert_eq!(once.output, again.output);
    assert_eq!(once.slopes, again.slopes);
}
