//! The default model with its weights rounded, and what passes through it.

use super::record::{DefaultRun, Rounded};
use gpt::corpus::Text;
use kernels::Workers;
use scaling::rounded::{RoundedStream, bytes, round};
use scaling::rounding::{Float, Format};

/// Tokens of held-out text by which all are judged.
const EXAM: usize = 16_384;

/// What passes through the model is kept in these.
const STREAMS: [&str; 5] = ["f32", "f16", "bf16", "int8", "int4"];

pub const FORMATS: [(&str, Format); 8] = [
    ("f32", Format::F32),
    ("f16", Format::Float(Float::F16)),
    ("bf16", Format::Float(Float::BF16)),
    ("int8", Format::Rows(8)),
    ("int6", Format::Rows(6)),
    ("int5", Format::Rows(5)),
    ("int4", Format::Rows(4)),
    ("int3", Format::Rows(3)),
];

/// Weights, stream, and both together: bits per character, and the floor of the same text.
pub fn rounded(run: &DefaultRun, text: &Text) -> (Vec<Rounded>, f64) {
    let exam = run.exam(&text.held_out, true).first(EXAM);
    let (workers, context) = (Workers::new(), run.settings.context);
    let mut found = Vec::new();
    let mut floor = 0.0;
    for (weights, format) in FORMATS {
        let mut model = run.model.clone();
        round(&mut model, format);
        let bytes = bytes(&model, format);
        for (stream, rounding) in FORMATS {
            let is_asked = stream == "f32" || weights == "f32" || weights == stream;
            if !is_asked || !STREAMS.contains(&stream) {
                continue;
            }
            let score = if stream == "f32" {
                exam.score(&model, context, &workers)
            } else {
                exam.score(&RoundedStream { model: model.clone(), format: rounding }, context, &workers)
            };
            floor = score.floor_bits_per_char.unwrap_or(f64::NAN);
            eprintln!("weights {weights}, stream {stream}: {}", score.bits_per_char);
            let (weights, stream) = (weights.to_owned(), stream.to_owned());
            found.push(Rounded { weights, stream, bytes, bits_per_char: score.bits_per_char });
        }
    }
    (found, floor)
}
