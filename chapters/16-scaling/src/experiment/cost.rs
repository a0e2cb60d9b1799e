//! Where the memory of a step is, counted.

use crate::experiment::CHAPTER;
use anyhow::Result;
use figures::{Bars, save};
use gpt::Shape;
use gpt::sizes::LaptopBpe;
use scaling::cost::{Keep, Memory};

/// Windows that the default run reads in a step, and their tokens.
const WINDOWS: usize = 6;
const TOKENS: usize = WINDOWS * 320;

pub fn report() -> Result<()> {
    let shape = Shape::of::<LaptopBpe>();
    let of = |tokens, keep| Memory::of_step(&shape, tokens, keep);
    let (whole, again) = (of(TOKENS, Keep::Everything), of(TOKENS, Keep::Inputs));
    let piece = of(TOKENS / WINDOWS, Keep::Everything);
    let mut figure = Bars::new("A step of the default run, in megabytes");
    println!("a step of the default run, {TOKENS} tokens, in megabytes");
    for (name, bytes, colour) in [
        ("weights", whole.weights, 0),
        ("gradients", whole.gradients, 0),
        ("two moments", whole.moments, 0),
        ("kept by the blocks", whole.blocks, 1),
        ("kept at the ends", whole.ends, 1),
        ("recomputed: blocks", again.blocks, 2),
        ("recomputed: ends", again.ends, 2),
        ("in six pieces: blocks", piece.blocks, 4),
        ("in six pieces: ends", piece.ends, 4),
    ] {
        let mb = bytes as f64 / 1e6;
        println!("  {name:<22}{mb:>7.1}");
        figure = figure.bar(name, mb, &format!("{mb:.1}"), colour);
    }
    let mb = |bytes: usize| bytes as f64 / 1e6;
    let kept = whole.activations();
    println!(
        "  in all {:.1}: {:.1} for each parameter's four numbers, {:.1} kept of what is read; in six pieces {:.1}, \
         {:.1} kept of a window",
        mb(whole.total()),
        mb(whole.total() - kept),
        mb(kept),
        mb(piece.total()),
        mb(piece.activations()),
    );
    Ok(save(CHAPTER, "memory", &figure.draw()?)?)
}
