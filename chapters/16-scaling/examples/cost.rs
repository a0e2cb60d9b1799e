//! What models cost, counted from their sizes: `cargo run --release -p scaling --example cost`.

use gpt::sizes::{Laptop, LaptopBpe, Shakespeare, Tiny};
use gpt::{Settings, Shape};
use pretrained::sizes::{Gpt2, Xl};
use scaling::cost::{
    Keep, Memory, cached_per_token, difference, for_one_of_six_n, price_of_recomputing, training_flops,
};
use scaling::published::{GPT3, Modern};

/// What the default run took, as chapter 13 has measured it.
const DEFAULT_RUN: &str = include_str!("../../13-mini-gpt/measured.json");
/// Tokens that GPT-3 was trained on (Brown et al. 2020, table D.1).
const GPT3_TOKENS: f64 = 300e9;
/// And in a step (table 2.1).
const GPT3_BATCH: f64 = 3.2e6;

/// The time that training takes, from operations and the rate at which they are made.
fn time() {
    let measured: serde_json::Value = serde_json::from_str(DEFAULT_RUN).expect("JSON is committed");
    let seconds = measured["run"]["seconds"].as_f64().expect("a run took its time");
    let settings = Settings::stories();
    let token = training_flops(&Shape::of::<LaptopBpe>(), 320);
    let operations = token as f64 * (settings.tokens_a_step() * settings.steps) as f64;
    let rate = operations / seconds;
    println!("\ntime");
    println!(
        "the default run: {token} operations x {} tokens x {} steps = {operations:.2e}",
        settings.tokens_a_step(),
        settings.steps
    );
    println!("  in {seconds:.0} s: {:.0} billion a second", rate / 1e9);
    let gpt3 = 6.0 * GPT3.total() as f64 * GPT3_TOKENS;
    println!("GPT-3: 6 x {} parameters x {GPT3_TOKENS:.0e} tokens = {gpt3:.3e}", GPT3.total());
    println!("  {:.1} tokens a parameter", GPT3_TOKENS / GPT3.total() as f64);
    println!("  at the rate of the default run: {:.0} years", gpt3 / rate / (365.25 * 24.0 * 3600.0));
}

fn main() {
    let sizes = [
        ("tiny", Shape::of::<Tiny>(), 64),
        ("laptop", Shape::of::<Laptop>(), 64),
        ("the default run", Shape::of::<LaptopBpe>(), 320),
        ("shakespeare", Shape::of::<Shakespeare>(), 256),
        ("GPT-2", Shape::of::<Gpt2>(), 1024),
        ("GPT-2 XL", Shape::of::<Xl>(), 1024),
        ("GPT-3", GPT3, 2048),
    ];
    println!("to train on a token of a full window");
    println!(
        "{:<17}{:>14}{:>16}{:>9}{:>12}{:>9}",
        "", "parameters", "operations", "of 6N", "attention", "unused"
    );
    for (name, shape, seq) in &sizes {
        let (attention, unused) = difference(shape, *seq);
        println!(
            "{name:<17}{:>14}{:>16}{:>9.3}{:>+12.3}{:>+9.3}",
            shape.total(),
            training_flops(shape, *seq),
            for_one_of_six_n(shape, *seq),
            attention,
            unused,
        );
    }
    println!("\nmegabytes, all in f32, with one full window");
    println!(
        "{:<17}{:>12}{:>12}{:>14}{:>14}{:>13}",
        "", "", "gradients,", "kept for the", "with blocks", "cache of"
    );
    println!(
        "{:<17}{:>12}{:>12}{:>14}{:>14}{:>13}",
        "", "weights", "moments", "way back", "recomputed", "the window"
    );
    for (name, shape, seq) in &sizes {
        let [all, inputs] = [Keep::Everything, Keep::Inputs].map(|keep| Memory::of_step(shape, *seq, keep));
        let mb = |bytes: usize| bytes as f64 / 1e6;
        println!(
            "{name:<17}{:>12.1}{:>12.1}{:>14.1}{:>14.1}{:>13.1}",
            mb(all.weights),
            mb(all.gradients + all.moments),
            mb(all.activations()),
            mb(inputs.activations()),
            mb(seq * cached_per_token(shape)),
        );
    }
    let [all, inputs] = [Keep::Everything, Keep::Inputs].map(|keep| Memory::of_step(&GPT3, 2048, keep));
    let gb = |bytes: usize| bytes as f64 / 1e9;
    println!(
        "GPT-3 in gigabytes: weights {:.0}, with slopes, moments {:.0}, a window {:.1}, recomputed {:.1}, \
         its cache {:.1}",
        gb(all.weights),
        gb(all.total() - all.activations()),
        gb(all.activations()),
        gb(inputs.activations()),
        gb(2048 * cached_per_token(&GPT3)),
    );
    let windows = GPT3_BATCH / 2048.0;
    println!(
        "a batch of GPT-3, {GPT3_BATCH:.1e} tokens: {windows:.0} windows, {:.0} terabytes in one piece",
        windows * all.activations() as f64 / 1e12
    );
    let recomputing = |shape: Shape| price_of_recomputing(&shape, shape.max_context);
    println!(
        "operations with recomputation, for one without: GPT-2 {:.2}, GPT-3 {:.2}",
        recomputing(Shape::of::<Gpt2>()),
        recomputing(GPT3)
    );
    time();
    for (name, model) in [("Qwen3-8B", Modern::QWEN3_8B), ("Qwen3-0.6B", Modern::QWEN3_SMALL)] {
        println!("\n{name}: {} parameters", model.total());
        for (part, count) in model.parameters() {
            println!("{count:>16}  {part}");
        }
        // Token 1,024 attends to as many keys as a token of a window of 2,047 does on average.
        let (token, six_n) = (3 * model.flops_at(1024), 6.0 * model.total() as f64);
        println!("{:>16.3}  of 6N, windows of 2047 tokens", token as f64 / six_n);
        println!("{:>16}  bytes of cache a token, in 16 bits", 2 * model.cached());
    }
}
