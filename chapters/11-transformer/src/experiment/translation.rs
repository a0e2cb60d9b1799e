//! The whole model: how well it translates, with label smoothing and without, by which search, and
//! where it looks.

use super::CHAPTER;
use super::training::{LONGEST, Model, draw, exact, next, train};
use anyhow::Result;
use dfdx::prelude::{Cpu, NoneTape};
use figures::{HeatMap, save};
use multi_head::padding_masks;
use transformer::decode::{beam, greedy};
use transformer::number_words::{Language, Pair, pair, word};
use transformer::{Design, Pairs};

const STEPS: usize = 4000;

/// Trains it and says how it translates.
pub fn translation() -> Result<()> {
    let whole = Design::default();
    let (smoothed, sharp) = rayon::join(|| train::<2>(whole, STEPS, 0.1), || train::<2>(whole, STEPS, 0.0));
    let ((model, _), (sharp, _)) = (smoothed?, sharp?);
    let held_out = draw(1000, true, 2);
    println!("{STEPS} steps of 16 pairs; share of 1000 held-out pairs translated without a mistake:");
    println!("  with label smoothing 0.1   {:.3}", exact(&model, whole, &held_out));
    println!("  without                    {:.3}", exact(&sharp, whole, &held_out));
    searches(&model, &held_out[..200]);
    examples(&model);
    looks(&model)
}

/// Beam search against greedy.
fn searches(model: &Model, pairs: &[Pair]) {
    let (mut more_likely, mut right) = (0, 0);
    for one in pairs {
        // Every beam is a row with the same source.
        let search = |width: usize| {
            let all: Vec<Pair> = vec![one.clone(); width];
            let next = next(model, Design::default(), &Pairs::from(&all[..]));
            let filled = |texts: &[Vec<usize>]| {
                let mut rows = texts.to_vec();
                rows.resize(width, texts[0].clone());
                let mut log_p = next(&rows);
                log_p.truncate(texts.len());
                log_p
            };
            beam(filled, width, LONGEST)
        };
        let (one_wide, four_wide) = (search(1), search(4));
        more_likely += usize::from(four_wide.1 > one_wide.1 + 1e-6);
        right += usize::from(four_wide.0 == one.target);
    }
    println!(
        "beam search of width 4 on {} of them: {right} right, a more likely text than greedy {more_likely} times",
        pairs.len()
    );
}

fn text(ids: &[usize]) -> String {
    ids.iter().map(|&id| word(id)).collect::<Vec<_>>().join(" ")
}

/// Three numbers, each from one language into another.
fn examples(model: &Model) {
    use Language::{Digits, English, German};
    for (number, from, into) in
        [(47_305, German, Digits), (90_018, Digits, English), (62_041, English, German)]
    {
        let one = pair(number, from, into);
        let written = greedy(next(model, Design::default(), &Pairs::from(&[one.clone()][..])), 1, LONGEST);
        println!("  {}  →  {}", text(&one.source), text(&written[0]));
    }
}

/// Where the decoder looks in the source while it writes: the mean over the heads of its last
/// layer.
fn looks(model: &Model) -> Result<()> {
    let design = Design::default();
    let one = pair(68_427, Language::German, Language::Digits);
    let batch = Pairs::from(&[one.clone()][..]);
    let (keys, len) = (one.source.len(), batch.inputs.len());
    let memory = model.encode(&batch.sources, &batch.source_lengths, design, NoneTape);
    let dev = Cpu::default();
    let (masks, source_masks) =
        (padding_masks(&dev, &[len], len, len, true), padding_masks(&dev, &[keys], len, keys, false));
    let x = model.embed(&batch.inputs, len, design, NoneTape);
    let both = (Some(&masks), Some(&source_masks));
    let layers = &model.decoder.modules;
    let x = layers[0].run(x, &memory, both, design, &mut deep_networks::Dropout::off());
    let weights = layers[1].looks(x, &memory, both, design).as_vec();
    let mean = |i: usize, j: usize| {
        (0..4).map(|head| f64::from(weights[(head * len + i) * keys + j])).sum::<f64>() / 4.0
    };
    let rows = (0..len).map(|i| (0..keys).map(|j| mean(i, j)).collect()).collect();
    let writes = one.target.iter().map(|&id| word(id)).chain(["end"]).map(|word| format!("writes {word}"));
    let figure = HeatMap::new("Where the decoder looks", rows)
        .rows(writes)
        .cols(one.source.iter().map(|&id| word(id)));
    Ok(save(CHAPTER, "looks", &figure.draw()?)?)
}
