//! The whole model as a drawing.

use super::CHAPTER;
use anyhow::Result;
use figures::{Diagram, save};

/// The whole model of 2017. The stream runs upwards outside, what is added to it is computed
/// inside; every box links to its file.
pub fn architecture() -> Result<()> {
    const STREAM: usize = 0;
    const ATTENTION: usize = 1;
    const NORM: usize = 2;
    const THINKING: usize = 3;
    let mut diagram = Diagram::new("The Transformer of 2017, its norms moved to the front");
    let mut place = |column: f64, row: f64, kind: usize, text: &str, file: &str| {
        let node = diagram.node(column, row, kind, text);
        diagram.link(node, &format!("code/chapters/{file}.html"));
        node
    };
    let [words, seq2seq] = ["number_words", "seq2seq"].map(|file| format!("11-transformer/src/{file}.rs"));
    let (norm, add) = ("11-transformer/src/layer_norm.rs", "11-transformer/src/design.rs");
    let (heads, think) = ("09-multi-head/src/multi_head.rs", "11-transformer/src/feed_forward.rs");
    let positions = "10-positions/src/sinusoidal.rs";

    let source = place(0.0, 10.0, STREAM, "source tokens", &words);
    let read = place(0.0, 9.0, STREAM, "vectors\n+ positions", positions);
    let enc_norm1 = place(1.0, 8.0, NORM, "layer norm", norm);
    let enc_attention = place(1.0, 7.0, ATTENTION, "self-attention\nto all", heads);
    let enc_add1 = place(0.0, 7.0, STREAM, "+", add);
    let enc_norm2 = place(1.0, 6.0, NORM, "layer norm", norm);
    let enc_think = place(1.0, 5.0, THINKING, "feed-forward", think);
    let enc_add2 = place(0.0, 5.0, STREAM, "+", add);
    let memory = place(1.0, 4.0, NORM, "layer norm", norm);

    let target = place(3.0, 10.0, STREAM, "target, one\nplace later", &seq2seq);
    let write = place(3.0, 9.0, STREAM, "vectors\n+ positions", positions);
    let dec_norm1 = place(2.0, 8.0, NORM, "layer norm", norm);
    let dec_attention = place(2.0, 7.0, ATTENTION, "self-attention\nto the past", heads);
    let dec_add1 = place(3.0, 7.0, STREAM, "+", add);
    let dec_norm2 = place(2.0, 6.0, NORM, "layer norm", norm);
    let cross = place(2.0, 5.0, ATTENTION, "attention to\nthe source", heads);
    let dec_add2 = place(3.0, 5.0, STREAM, "+", add);
    let dec_norm3 = place(2.0, 4.0, NORM, "layer norm", norm);
    let dec_think = place(2.0, 3.0, THINKING, "feed-forward", think);
    let dec_add3 = place(3.0, 3.0, STREAM, "+", add);
    let last = place(3.0, 2.0, NORM, "layer norm", norm);
    let scores = place(3.0, 1.0, THINKING, "next token's\nscores", &seq2seq);
    let loss = place(2.0, 1.0, THINKING, "smoothed\ncross-entropy", "11-transformer/src/smoothing.rs");
    let search = place(2.0, 0.0, THINKING, "greedy or\nby beams", "11-transformer/src/decode.rs");

    for (from, to) in [
        (source, read),
        (read, enc_norm1),
        (enc_norm1, enc_attention),
        (read, enc_add1),
        (enc_attention, enc_add1),
        (enc_add1, enc_norm2),
        (enc_norm2, enc_think),
        (enc_add1, enc_add2),
        (enc_think, enc_add2),
        (enc_add2, memory),
        (memory, cross),
        (target, write),
        (write, dec_norm1),
        (dec_norm1, dec_attention),
        (write, dec_add1),
        (dec_attention, dec_add1),
        (dec_add1, dec_norm2),
        (dec_norm2, cross),
        (dec_add1, dec_add2),
        (cross, dec_add2),
        (dec_add2, dec_norm3),
        (dec_norm3, dec_think),
        (dec_add2, dec_add3),
        (dec_think, dec_add3),
        (dec_add3, last),
        (last, scores),
        (scores, loss),
        (scores, search),
    ] {
        diagram.arrow(from, to, "");
    }
    Ok(save(CHAPTER, "architecture", &diagram.draw()?)?)
}
