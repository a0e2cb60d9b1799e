//! Which tokens of an instruction and its story the loss is about.

use adaptation::instruct::{Wording, by_chance, followed, prompt};
use adaptation::masked::{Asked, Example};
use gpt::tokenizer::Tokens;
use language_models::story::{Plot, Slot};
use tokens::Tokenizer;

fn main() {
    // ANCHOR: weights
    let prompt = prompt("Red?", &Tokens::Bytes);
    let example = Example::new(&prompt, &Tokens::Bytes.encode("Yes.\n\n"), 64).expect("it is short");
    let targets = example.tokens()[1..].iter().map(|&byte| char::from(byte as u8));
    println!("targets      {}", targets.map(|c| if c == '\n' { '¶' } else { c }).collect::<String>());
    for asked in [Asked::Answer, Asked::All] {
        let weights = example.weights(asked);
        println!("{:<12} {}", format!("{asked:?}"), weights.iter().map(f32::to_string).collect::<String>());
    }
    // ANCHOR_END: weights
    let weights = example.weights(Asked::Answer);
    let asked = weights.iter().filter(|weight| **weight > 0.0).count();
    let bits = |weight: &f32| if *weight > 0.0 { 1.0 } else { 4.0 };
    let all = weights.iter().map(bits).sum::<f64>() / weights.len() as f64;
    println!("{asked} of {} targets are the answer's", weights.len());
    println!("4 bits a token of the prompt, 1 of the answer: loss on all {all:.1}, on the answer 1.0");

    let plot = [(Slot::Trait, 3), (Slot::Hero, 0), (Slot::Object, 2), (Slot::Season, 3)]
        .into_iter()
        .fold(Plot::default(), |plot, (slot, word)| plot.with(slot, word));
    for wording in [Wording::Usual, Wording::Other] {
        println!("{}", wording.instruction(&plot));
    }
    println!("followed by an empty answer: {:?}", followed(&plot, ""));
    let chances = [Slot::Trait, Slot::Hero, Slot::Object, Slot::Season].map(by_chance);
    println!("words to choose from: {}", chances.map(|p| format!("{:.0}", 1.0 / p)).join(", "));
    println!("all four by chance: one in {:.0}", 1.0 / chances.iter().product::<f64>());
    println!("bits that an instruction tells: {:.1}", -chances.iter().map(|p| p.log2()).sum::<f64>());
}
