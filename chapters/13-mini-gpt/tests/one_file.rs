//! The GPT in one file is the book's GPT: of the same weights it makes the same scores, the same loss
//! and the same gradients.

#[path = "../examples/gpt.rs"]
#[expect(dead_code)] // training and writing
mod one_file;

use deep_networks::{Dropout, by_name, gradient_of};
use dfdx::prelude::{Backward, BuildModule, Cpu, NoneTape, OwnedTape, SampleTensor};
use gpt::data::Batch;
use gpt::sizes::Tiny;
use gpt::{Gpt, LanguageModel};
use rand::Rng;
use tensors::seeds;

/// Both round, in another order.
const TOLERANCE: f32 = 1e-5;

/// Both models made of the same tensors, so that a parameter's gradient has one name in both.
fn models() -> (one_file::Gpt, Gpt<Tiny>) {
    let cpu = Cpu::seed_from_u64(1);
    let mut plain: one_file::Gpt = BuildModule::build(&cpu);
    let mut book = Gpt::<Tiny>::build(&cpu);
    macro_rules! share {
        ($($book:expr => $from:expr),*) => {$(
            $book.weight = $from.weight.clone();
            $book.bias = $from.bias.clone();
        )*};
    }
    macro_rules! share_norm {
        ($book:expr => $from:expr) => {
            // A norm starts with ones and zeros: exchanged or forgotten, they would not be missed.
            $from.gamma = cpu.sample_normal();
            $from.beta = cpu.sample_normal();
            $book.gain = $from.gamma.clone();
            $book.bias = $from.beta.clone();
        };
    }
    let (tokens, positions, blocks, norm) = &mut plain;
    book.tokens.weight = tokens.weight.clone();
    book.positions.table = positions.weight.clone();
    for (from, book) in blocks.modules.iter_mut().zip(&mut book.blocks.modules) {
        let (norm1, (query, key, value, output), norm2, (up, down)) = from;
        share_norm!(book.norm1 => norm1);
        let attention = &mut book.attention;
        share!(attention.query => query, attention.key => key, attention.value => value, attention.output => output);
        share_norm!(book.norm2 => norm2);
        share!(book.feed_forward.up => up, book.feed_forward.down => down);
    }
    share_norm!(book.norm => norm);
    (plain, book)
}

/// So many random bytes.
fn bytes(count: usize, seed: u64) -> Vec<usize> {
    let mut rng = seeds::generator(seed);
    (0..count).map(|_| usize::from(rng.r#gen::<u8>())).collect()
}

/// The largest difference of two lists of the same length.
fn difference(one: &[f32], other: &[f32]) -> f32 {
    assert_eq!(one.len(), other.len());
    one.iter().zip(other).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn it_gives_the_same_scores() {
    let (plain, book) = models();
    for (batch, seq) in [(1, 1), (1, 64), (3, 20)] {
        let ids = bytes(batch * seq, 2);
        let own = one_file::forward(&plain, &ids, batch, NoneTape).as_vec();
        let expected = book.forward(&ids, batch, NoneTape, &mut Dropout::off()).as_vec();
        let far = difference(&own, &expected);
        assert!(far < TOLERANCE, "{batch} texts of {seq}: the scores differ by {far}");
    }
}

#[test]
fn it_gives_the_same_loss_and_the_same_gradient_of_every_parameter() {
    let (plain, book) = models();
    let (batch, seq) = (3, 20);
    let (inputs, targets) = (bytes(batch * seq, 3), bytes(batch * seq, 4));
    let own = one_file::loss(&plain, &inputs, &targets, batch, OwnedTape::default());
    let batch = Batch { inputs, targets, weights: None, rows: batch };
    let expected = book.loss(&batch, OwnedTape::default(), &mut Dropout::off());
    assert!(difference(&own.as_vec(), &expected.as_vec()) < TOLERANCE);

    // Both models have the same tensors, so the gradients of both can be laid out as those of one.
    let [own, expected] = [own, expected].map(|loss| by_name(&gradient_of(&plain, &mut loss.backward())));
    for ((name, own), (_, expected)) in own.iter().zip(&expected) {
        // A key's bias adds the same to all scores of a query, and a softmax does not see it.
        assert!(name.ends_with("1.1.bias") || own.iter().any(|own| *own != 0.0), "{name} has no gradient");
        let far = difference(own, expected);
        assert!(far < TOLERANCE, "the gradients of {name} differ by {far}");
    }
    let compared: usize = own.iter().map(|(_, own)| own.len()).sum();
    assert_eq!(compared, gpt::Shape::of::<Tiny>().total());
}
