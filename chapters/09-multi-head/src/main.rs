//! The experiment of chapter 9: `cargo run --release -p multi-head`.
//!
//! A task that needs two things at once, with one head and with several of the same parameters; and
//! where each head looks.

use anyhow::Result;
use deep_networks::{FitError, Optimiser, Rule, WarmupCosine, fit, initialise};
use dfdx::prelude::{
    BuildModule, Const, Cpu, MeanTo, NoneTape, NumParams, OwnedTape, PutTape, Rank0, TensorFromVec,
};
use figures::{Chart, Diagram, Figure, HeatMap, save};
use multi_head::two_lookups::{ANSWER, Batch, FLOOR_OF_ONE_HEAD, INPUT, LENGTH, NAMES, batch};
use multi_head::{Asker, GroupedQueryAttention, Sequences};
use tensors::seeds;

const CHAPTER: &str = "multi-head";
const MODEL: usize = 16;
const STEPS: usize = 2000;

type Model<const HEADS: usize, const HEAD_DIM: usize> =
    Asker<INPUT, MODEL, HEADS, HEAD_DIM, ANSWER, f32, Cpu>;

fn main() -> Result<()> {
    layer()?;
    let ((one, two), (four, eight)) =
        rayon::join(|| (learn::<1, 16>(), learn::<2, 8>()), || (learn::<4, 4>(), learn::<8, 2>()));
    let mut chart = Chart::new("Two lookups at once", "step", "mean squared error").log_y();
    println!(
        "two lookups at once, {} parameters each:",
        Model::<1, 16>::build(&Cpu::default()).num_trainable_params()
    );
    let learned = [("1 head", one?), ("2 heads", two?), ("4 heads", four?), ("8 heads", eight?)];
    for (heads, learned) in &learned {
        println!("  {heads:<7} squared error {:.3}", learned.error);
        let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
        chart = chart.line(
            heads,
            learned.losses.chunks(25).enumerate().map(|(i, part)| (25.0 * i as f64, mean(part))),
        );
    }
    save(CHAPTER, "2-heads", &learned[1].1.looks)?;
    save(CHAPTER, "4-heads", &learned[2].1.looks)?;
    chart = chart.dashes("one head at best", [(0.0, FLOOR_OF_ONE_HEAD), (STEPS as f64, FLOOR_OF_ONE_HEAD)]);
    save(CHAPTER, "heads", &chart.draw()?)?;
    cache();
    Ok(())
}

/// What came of training with some number of heads.
struct Learned {
    losses: Vec<f64>,
    /// On new sequences.
    error: f64,
    /// Where each head looks.
    looks: Figure,
}

fn tokens(batch: &Batch) -> Sequences<Const<INPUT>, f32, Cpu, NoneTape> {
    let rows = batch.tokens.len() / (LENGTH * INPUT);
    Cpu::default().tensor_from_vec(batch.tokens.clone(), (rows, LENGTH, Const))
}

fn learn<const HEADS: usize, const HEAD_DIM: usize>() -> Result<Learned, FitError> {
    let mut model = Model::<HEADS, HEAD_DIM>::build(&Cpu::default());
    initialise(&mut model, 1);
    let mut rng = seeds::generator(1);
    let mut optimiser = Optimiser::new(Rule::Adam { betas: [0.9, 0.99] }, &Cpu::default());
    let schedule = WarmupCosine { peak: 0.005, floor: 0.0005, warmup: 20, steps: STEPS };
    let expected = |batch: &Batch| {
        Cpu::default()
            .tensor_from_vec(batch.answers.clone(), (batch.answers.len() / ANSWER, Const::<ANSWER>))
    };
    let loss = |model: &Model<HEADS, HEAD_DIM>, _| {
        let batch = batch(64, &mut rng);
        (model.answer(tokens(&batch).put_tape(OwnedTape::default())) - expected(&batch)).square().mean()
    };
    let mut losses = Vec::new();
    let watch = |_: &Model<HEADS, HEAD_DIM>, _, loss| {
        losses.push(loss);
        true
    };
    fit(&mut model, &mut optimiser, &schedule, 1.0, loss, watch)?;
    let judged = batch(4096, &mut seeds::generator(2));
    let error = (model.answer(tokens(&judged)) - expected(&judged)).square().mean::<Rank0, _>().as_vec()[0];
    Ok(Learned { losses, error: error.into(), looks: looks(&model) })
}

/// Where each head looks in one sequence.
fn looks<const HEADS: usize, const HEAD_DIM: usize>(model: &Model<HEADS, HEAD_DIM>) -> Figure {
    let one = batch(1, &mut seeds::generator(5));
    let [question, text] = model.read(tokens(&one));
    let weights = model.attention.weights(question, text, None).as_vec();
    let rows = weights.chunks(LENGTH).map(|row| row.iter().map(|&w| w.into()).collect()).collect();
    let letter = |at: usize| char::from(b'a' + at as u8);
    let place = |token: &[f32]| token.iter().position(|&x| x == 1.0).unwrap_or(0) % NAMES;
    let names = one.tokens.chunks(INPUT).map(|token| {
        if token[..NAMES].contains(&1.0) {
            letter(place(token)).to_string()
        } else {
            format!("{}, {}?", letter(place(&token[NAMES..])), letter(place(&token[2 * NAMES..])))
        }
    });
    HeatMap::new("Where each head of the question looks", rows)
        .rows((1..=HEADS).map(|head| format!("head {head}")))
        .cols(names)
        .with_numbers()
        .draw()
        .expect("weights are numbers")
}

/// The layer, drawn.
fn layer() -> Result<()> {
    let mut diagram = Diagram::new("Multi-head attention with two heads");
    let x = diagram.node(1.0, 0.0, 0, "x\n(seq, MODEL)");
    let projections: Vec<usize> = ["to queries", "to keys", "to values"]
        .iter()
        .enumerate()
        .map(|(i, name)| diagram.node(i as f64, 1.0, 1, name))
        .collect();
    let heads = [0.5, 1.5].map(|column| diagram.node(column, 2.0, 2, "attention\n(seq, HEAD_DIM)"));
    let merged = diagram.node(1.0, 3.0, 0, "side by side\n(seq, MODEL)");
    let output = diagram.node(1.0, 4.0, 1, "mixes the heads");
    for projection in projections {
        diagram.arrow(x, projection, "");
        for head in heads {
            diagram.arrow(projection, head, "");
        }
    }
    for head in heads {
        diagram.arrow(head, merged, "");
    }
    diagram.arrow(merged, output, "");
    Ok(save(CHAPTER, "layer", &diagram.draw()?)?)
}

/// What must be kept while text is written, in a model of GPT-2's smallest shape.
fn cache() {
    const LAYERS: usize = 12;
    const CONTEXT: usize = 1024;
    type Grouped<Groups, Shared> =
        GroupedQueryAttention<Const<768>, Const<12>, Groups, Const<64>, Shared, f32, Cpu>;
    println!("kept for {CONTEXT} tokens in {LAYERS} layers of 12 heads of 64 numbers, f32:");
    for (name, numbers) in [
        ("12 groups (multi-head)", Grouped::<Const<12>, Const<768>>::CACHE),
        ("4 groups", Grouped::<Const<4>, Const<256>>::CACHE),
        ("1 group (multi-query)", Grouped::<Const<1>, Const<64>>::CACHE),
    ] {
        println!("  {name:<24} {:>5.1} MB", (numbers * LAYERS * CONTEXT * size_of::<f32>()) as f64 / 1e6);
    }
}
