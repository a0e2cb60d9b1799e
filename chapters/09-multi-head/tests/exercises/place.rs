//! The judge of `place`.

#[cfg_attr(feature = "exercises", path = "../../exercises/place.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/place.rs")]
mod answer;
#[path = "../../exercises/wrong/place-first-sequence-only.rs"]
mod first_sequence_only;
#[path = "../../exercises/wrong/place-head-by-head.rs"]
mod head_by_head;
#[path = "../../exercises/wrong/place-interleaved.rs"]
mod interleaved;
#[path = "../../exercises/wrong/place-one-shape.rs"]
mod one_shape;

use dfdx::prelude::{Const, Cpu, TensorFromVec};
use multi_head::split_heads;

type Place = fn(usize, usize, usize, usize, (usize, usize, usize)) -> usize;

/// Each number of the tensor is its own place in memory, so the split tensor tells where its numbers
/// came from.
fn compare<const MODEL: usize, const HEADS: usize, const SIZE: usize>(
    place: Place,
    batch: usize,
    seq: usize,
) {
    let count = batch * seq * MODEL;
    let numbers = (0..count).map(|i| i as f32).collect();
    let x = Cpu::default().tensor_from_vec(numbers, (batch, seq, Const::<MODEL>));
    let split = split_heads(x, (Const::<HEADS>, Const::<SIZE>)).as_vec();
    for (n, expected) in split.into_iter().enumerate() {
        let (i, position, head) = (n % SIZE, n / SIZE % seq, n / (SIZE * seq) % HEADS);
        let sequence = n / (SIZE * seq * HEADS);
        let (own, expected) = (place(sequence, position, head, i, (seq, HEADS, SIZE)), expected as usize);
        assert!(
            own == expected,
            "{seq} positions, {HEADS} heads of {SIZE}: number {i} of head {head} at position {position} \
             of sequence {sequence} lies at {expected}, not at {own}"
        );
    }
}

fn judge(place: Place) {
    compare::<6, 3, 2>(place, 2, 5);
    compare::<8, 2, 4>(place, 3, 3);
}

#[test]
fn place() {
    judge(answer::place);
}

#[test]
#[should_panic(expected = "number 0 of head 0 at position 1 of sequence 0 lies at 6, not at 2")]
fn head_by_head() {
    judge(head_by_head::place);
}

#[test]
#[should_panic(expected = "number 1 of head 0 at position 0 of sequence 0 lies at 1, not at 3")]
fn interleaved() {
    judge(interleaved::place);
}

#[test]
#[should_panic(expected = "of sequence 1 lies at")]
fn first_sequence_only() {
    judge(first_sequence_only::place);
}

#[test]
#[should_panic(
    expected = "2 heads of 4: number 0 of head 0 at position 1 of sequence 0 lies at 8, not at 6"
)]
fn one_shape() {
    judge(one_shape::place);
}
