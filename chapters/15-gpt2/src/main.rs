//! The experiment of chapter 15: `cargo run --release -p pretrained` sets the model beside
//! `transformers`, on the small model of the tests, and says what GPT-2's sizes cost.
//! `cargo x compare-pytorch --save MACHINE` measures the times.

use anyhow::{Context, Result};
use deep_networks::Dropout;
use dfdx::prelude::{Cpu, NoneTape};
use figures::{Bars, save};
use generation::Sampling;
use generation::Writer;
use gpt::data::Batch;
use gpt::{Gpt, LanguageModel, Shape};
use kernels::measured::{self, Row, Table};
use pretrained::sizes::{Gpt2, Large, Medium, Small, Xl};
use pretrained::weights::Weights;
use safetensors::SafeTensors;
use std::path::Path;
use tensors::seeds;

const CHAPTER: &str = "gpt2";

fn main() -> Result<()> {
    parity()?;
    family()?;
    speed()
}

/// The numbers of a tensor of the fixture.
fn numbers<T, const N: usize>(
    file: &SafeTensors<'_>,
    name: &str,
    number: fn([u8; N]) -> T,
) -> Result<Vec<T>> {
    let data = file.tensor(name).with_context(|| name.to_owned())?.data().to_vec();
    Ok(data.as_chunks().0.iter().map(|bytes| number(*bytes)).collect())
}

/// The power of ten below which something is.
fn below(x: f32) -> i32 {
    x.max(f32::MIN_POSITIVE).log10().ceil() as i32
}

fn parity() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/gpt2");
    let bytes = std::fs::read(folder.join("expected.safetensors"))?;
    let file = SafeTensors::deserialize(&bytes)?;
    let model: Gpt<Small> = Weights::open(&folder)?.fill(&Cpu::default())?;
    let ids: Vec<usize> =
        numbers(&file, "ids", i64::from_le_bytes)?.into_iter().map(|id| id as usize).collect();
    let theirs = numbers(&file, "logits", f32::from_le_bytes)?;
    let largest = theirs.iter().fold(0.0_f32, |m, x| m.max(x.abs()));
    let far = model.logits(&ids).iter().zip(&theirs).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    println!("5 layers, 4 heads, 32 wide, random weights, against transformers");
    println!("  {} scores, the largest {largest:.1}: none differs by 10^{}", theirs.len(), below(far));
    let loss = model.loss(&Batch::at(&ids, &[0], ids.len() - 1), NoneTape, &mut Dropout::off()).as_vec()[0];
    println!("  loss {loss:.4}, theirs {:.4}", numbers(&file, "loss", f32::from_le_bytes)?[0]);
    let greedy: Vec<usize> =
        numbers(&file, "greedy", i64::from_le_bytes)?.into_iter().map(|id| id as usize).collect();
    let (mut writer, mut rng) = (Writer::new(&model, 512, ids), seeds::generator(1));
    let same = greedy.iter().filter(|&&id| writer.write(&Sampling::at(0.0), &mut rng) == id).count();
    println!("  {same} of {} tokens continued alike", greedy.len());
    Ok(())
}

fn family() -> Result<()> {
    println!("\n{:<9}{:>12}{:>9}{:>13}{:>16}", "", "parameters", "as f32", "cache, full", "GFLOP a token");
    for (name, shape) in [
        ("small", Shape::of::<Gpt2>()),
        ("medium", Shape::of::<Medium>()),
        ("large", Shape::of::<Large>()),
        ("XL", Shape::of::<Xl>()),
    ] {
        let (all, cache) = (shape.total(), 2 * shape.layers * shape.max_context * shape.model * 4);
        println!(
            "{name:<9}{all:>12}{:>6.0} MB{:>10.0} MB{:>16.2}",
            all as f64 * 4e-6,
            cache as f64 * 1e-6,
            shape.flops_at(0) as f64 * 1e-9
        );
    }
    let shape = Shape::of::<Gpt2>();
    let mut figure = Bars::new("GPT-2's parameters, in millions");
    for (part, count) in shape.parameters() {
        figure = figure.bar(part, count as f64 * 1e-6, &format!("{:.2}", count as f64 * 1e-6), 0);
    }
    Ok(save(CHAPTER, "parts", &figure.draw()?)?)
}

fn speed() -> Result<()> {
    let tables: Vec<Table> = measured::load(concat!(env!("CARGO_MANIFEST_DIR"), "/pytorch.json"))?;
    for Table { machine, name, threads, rounds, rows, .. } in tables {
        println!("\n{machine}: {threads} threads, {rounds} rounds\n{name}");
        println!("{:<23}{:>15}{:>11}{:>12}", "", "token", "tokens/s", "memory");
        for Row { name, milliseconds, tokens_per_second, peak_mib, .. } in rows {
            println!("{name:<23}{milliseconds:>12.1} ms{tokens_per_second:>11.1}{peak_mib:>8.0} MiB");
        }
    }
    Ok(())
}
