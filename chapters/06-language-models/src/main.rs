//! The experiment of chapter 6: `cargo run --release -p language-models`.
//!
//! Every model against the floor, by order and by smoothing, and what each of them writes.

use anyhow::Result;
use deep_networks::{Optimiser, Rule, WarmupCosine, fit, initialise};
use dfdx::prelude::{BuildModule, Cpu, NoneTape, OwnedTape};
use figures::{Chart, save};
use language_models::neural::{NeuralNGram, places};
use language_models::ngram::{NGram, Smoothing};
use language_models::story;
use tensors::seeds;

const CHAPTER: &str = "language-models";
/// ASCII: the stories have no other characters.
const VOCABULARY: usize = 128;
/// Characters of held-out text that each model is judged by.
const JUDGED: usize = 20_000;

fn tokens(text: &str) -> Vec<usize> {
    text.bytes().map(usize::from).collect()
}

fn main() -> Result<()> {
    let corpus = story::corpus(1_000_000, 1);
    let (train, held_out) = (tokens(&corpus.train), tokens(&corpus.held_out));
    let exact = story::exact_entropy();
    println!(
        "the floor: {:.2} bits a story of {:.0} characters, {:.3} bits a character",
        exact.bits,
        exact.characters,
        exact.bits_per_character()
    );
    orders(&train, &held_out, exact.bits_per_character())?;
    neural(&train, &held_out)
}

/// Bits per character by order, for three ways of smoothing.
fn orders(train: &[usize], held_out: &[usize], floor: f64) -> Result<()> {
    let mut chart =
        Chart::new("N-gram models of the stories", "order N", "bits per character").y_range(0.0, 5.0);
    println!("bits per character (perplexity) by order:");
    for (name, smoothing) in [
        ("add 1", Smoothing::AddK(1.0)),
        ("interpolated, 0.8", Smoothing::Interpolated(0.8)),
        ("Kneser–Ney, 0.75", Smoothing::KneserNey(0.75)),
    ] {
        let mut curve = Vec::new();
        for order in 1..=10 {
            let model = NGram::count(train, order, VOCABULARY, smoothing)?;
            curve.push((order as f64, model.bits_per_token(&held_out[..JUDGED])));
        }
        let at = |order: usize| format!("{:.3} ({:.2})", curve[order - 1].1, curve[order - 1].1.exp2());
        println!("  {name:<18} 1: {}, 2: {}, 4: {}, 10: {}", at(1), at(2), at(4), at(10));
        chart = chart.line(name, curve);
    }
    chart = chart.dashes("the best possible", [(1.0, floor), (10.0, floor)]);
    save(CHAPTER, "orders", &chart.draw()?)?;

    for order in [1, 2, 4, 10] {
        let model = NGram::count(train, order, VOCABULARY, Smoothing::KneserNey(0.75))?;
        let mut rng = seeds::generator(order as u64);
        let mut text = tokens("\n\n");
        for _ in 0..90 {
            text.push(model.sample(&text, &mut rng));
        }
        let written: String = text[2..].iter().map(|&id| char::from(id as u8)).collect();
        println!("order {order:>2} writes: {}", written.replace('\n', " "));
    }
    Ok(())
}

/// The neural n-gram: eight characters before, each a vector of twelve numbers.
fn neural(train: &[usize], held_out: &[usize]) -> Result<()> {
    type Model = NeuralNGram<VOCABULARY, 8, 12, 96, 128, f32, Cpu>;
    let (dev, mut rng) = (Cpu::default(), seeds::generator(1));
    let mut model = Model::build(&dev);
    initialise(&mut model, 1);
    let mut optimiser = Optimiser::new(Rule::Adam { betas: [0.9, 0.99] }, &dev);
    let schedule = WarmupCosine { peak: 0.01, floor: 0.0001, warmup: 100, steps: 4000 };
    let ends: Vec<usize> = (8..8 + 4000).collect();
    let bits = |model: &Model| {
        f64::from(model.loss(held_out, &ends, NoneTape).as_vec()[0]) / std::f64::consts::LN_2
    };
    let mut curve = Vec::new();
    let loss =
        |model: &Model, _| model.loss(train, &places(train.len(), 8, 128, &mut rng), OwnedTape::default());
    let watch = |model: &Model, step: usize, _| {
        if step.is_multiple_of(200) {
            curve.push((step as f64, bits(model)));
        }
        true
    };
    fit(&mut model, &mut optimiser, &schedule, 1.0, loss, watch)?;
    println!("neural n-gram of order 9, 4000 steps of 128: {:.2} bits per character", bits(&model));
    let counted =
        NGram::count(train, 9, VOCABULARY, Smoothing::KneserNey(0.75))?.bits_per_token(&held_out[..4008]);
    let chart = Chart::new("The neural n-gram learns", "step", "bits per character, held out")
        .y_range(0.0, 5.0)
        .line("network of order 9", curve)
        .dashes("Kneser–Ney of order 9", [(0.0, counted), (4000.0, counted)]);
    Ok(save(CHAPTER, "neural", &chart.draw()?)?)
}
