//! What a step costs, counted: parameters, operations against 6N, bytes, and where they are.

use anyhow::Result;
use figures::{Bars, save};
use gpt::Shape;
use gpt::sizes::{Laptop, LaptopBpe, Shakespeare, Tiny};
use pretrained::sizes::{Gpt2, Xl};
use scaling::cost::{
    Keep, Memory, cached_per_token, difference, for_one_of_six_n, price_of_recomputing, training_flops,
};
use scaling::published::{GPT3, Modern};

/// What is read at once by the default run.
const TOKENS: usize = 6 * 320;

pub fn report() -> Result<()> {
    let sizes = [
        ("tiny", Shape::of::<Tiny>(), 64),
        ("laptop", Shape::of::<Laptop>(), 64),
        ("the default run", Shape::of::<LaptopBpe>(), 320),
        ("shakespeare", Shape::of::<Shakespeare>(), 256),
        ("GPT-2", Shape::of::<Gpt2>(), 1024),
        ("GPT-2 XL", Shape::of::<Xl>(), 1024),
        ("GPT-3", GPT3, 2048),
    ];
    println!(
        "parameters, and operations to train on a token of a full window: counted, and for one of 6N;"
    );
    println!(
        "what attention adds to 6N, and what parameters take from it that are in no product, in hundredths"
    );
    println!("{:<17}{:>16}{:>16}{:>9}{:>8}{:>8}", "", "parameters", "operations", "of 6N", "", "");
    for (name, shape, seq) in &sizes {
        let (attention, unused) = difference(shape, *seq);
        println!(
            "  {name:<15}{:>16}{:>16}{:>9.3}{:>+8.1}{:>+8.1}",
            shape.total(),
            training_flops(shape, *seq),
            for_one_of_six_n(shape, *seq),
            100.0 * attention,
            100.0 * unused,
        );
    }
    parts();
    bytes(&sizes);
    memory()
}

fn parts() {
    println!("\nwhere the parameters are");
    println!("  GPT-3, {} in all", GPT3.total());
    for (part, count) in GPT3.parameters() {
        println!("    {part:<34}{count:>16}");
    }
    for (name, model) in [("Qwen3-8B", Modern::QWEN3_8B), ("Qwen3-0.6B", Modern::QWEN3_SMALL)] {
        println!("  {name}, {} in all", model.total());
        for (part, count) in model.parameters() {
            println!("    {part:<34}{count:>16}");
        }
        let (token, six_n) = (3 * model.flops_at(1024), 6.0 * model.total() as f64);
        println!("    operations to train on token 1,024: {token}, {:.3} of 6N", token as f64 / six_n);
        println!("    cache in 16 bits: {} bytes a token", 2 * model.cached());
    }
}

fn bytes(sizes: &[(&str, Shape, usize)]) {
    println!(
        "\nmegabytes in f32: weights, gradients, moments; activations of one full window; with blocks recomputed,"
    );
    println!("and the operations then, for one without; cache of a full window");
    for (name, shape, seq) in sizes {
        let [all, inputs] = [Keep::Everything, Keep::Inputs].map(|keep| Memory::of_step(shape, *seq, keep));
        let mb = |bytes: usize| bytes as f64 / 1e6;
        println!(
            "  {name:<15}{:>12.1}{:>12.1}{:>12.1}{:>12.1}{:>12.1}{:>7.3}{:>10.1}",
            mb(all.weights),
            mb(all.gradients),
            mb(all.moments),
            mb(all.activations()),
            mb(inputs.activations()),
            price_of_recomputing(shape, *seq),
            mb(seq * cached_per_token(shape)),
        );
    }
}

fn memory() -> Result<()> {
    let shape = Shape::of::<LaptopBpe>();
    let of = |tokens, keep| Memory::of_step(&shape, tokens, keep);
    let (whole, again, piece) =
        (of(TOKENS, Keep::Everything), of(TOKENS, Keep::Inputs), of(TOKENS / 6, Keep::Everything));
    let mut figure = Bars::new("A step of the default run, in megabytes");
    println!("\na step of the default run, {TOKENS} tokens, in megabytes");
    for (name, bytes, colour) in [
        ("weights", whole.weights, 0),
        ("gradients", whole.gradients, 0),
        ("two moments", whole.moments, 0),
        ("kept by the blocks", whole.blocks, 1),
        ("kept at the ends", whole.ends, 1),
        ("blocks, recomputed", again.blocks, 2),
        ("ends, by windows", piece.ends, 3),
        ("blocks, by windows", piece.blocks, 3),
    ] {
        let mb = bytes as f64 / 1e6;
        println!("  {name:<22}{mb:>7.1}");
        figure = figure.bar(name, mb, &format!("{mb:.1}"), colour);
    }
    println!("  {:<22}{:>7.1}", "all", whole.total() as f64 / 1e6);
    Ok(save(crate::CHAPTER, "memory", &figure.draw()?)?)
}
