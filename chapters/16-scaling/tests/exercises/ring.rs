//! The judge of `ring`.

use crate::same::same;
use std::ops::Range;
use std::sync::mpsc::{Receiver, Sender, channel};

#[cfg_attr(feature = "exercises", path = "../../exercises/ring.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/ring.rs")]
mod answer;
#[path = "../../exercises/wrong/ring-as-on-the-page.rs"]
mod as_on_the_page;
#[path = "../../exercises/wrong/ring-one-round-less.rs"]
mod one_round_less;
#[path = "../../exercises/wrong/ring-overwrites.rs"]
mod overwrites;
#[path = "../../exercises/wrong/ring-same-piece.rs"]
mod same_piece;
#[path = "../../exercises/wrong/ring-three-machines.rs"]
mod three_machines;
#[path = "../../exercises/wrong/ring-whole-lists.rs"]
mod whole_lists;

type ReduceScatter = fn(usize, usize, &mut [f32], &mut dyn FnMut(&[f32]) -> Vec<f32>) -> Range<usize>;

fn piece(number: usize, size: usize, length: usize) -> Range<usize> {
    number * length / size..(number + 1) * length / size
}

/// Machine `rank`'s numbers: powers of ten, so that a sum says who is in it.
fn numbers(rank: usize, length: usize) -> Vec<f32> {
    (0..length).map(|i| 10_f32.powi(rank as i32) * (i % 5 + 1) as f32).collect()
}

/// Each machine's range, its numbers, and how many it has sent.
fn on_a_ring(
    reduce_scatter: ReduceScatter,
    size: usize,
    length: usize,
) -> Vec<(Range<usize>, Vec<f32>, usize)> {
    let (mut senders, mut receivers) = (Vec::new(), Vec::new());
    for _ in 0..size {
        let (sender, receiver): (Sender<Vec<f32>>, Receiver<Vec<f32>>) = channel();
        senders.push(sender);
        receivers.push(receiver);
    }
    receivers.rotate_right(1);
    let mut receivers = receivers.into_iter();
    std::thread::scope(|scope| {
        let machine = |(rank, to_next): (usize, Sender<Vec<f32>>)| {
            let from_previous = receivers.next().expect("as many receivers as senders");
            scope.spawn(move || {
                let (mut numbers, mut sent) = (numbers(rank, length), 0);
                let mut pass_on = |numbers: &[f32]| {
                    sent += numbers.len();
                    // Who is not there any more needs no numbers; who waits for one that has ended gets none.
                    let _ = to_next.send(numbers.to_vec());
                    from_previous.recv().unwrap_or_default()
                };
                let range = reduce_scatter(rank, size, &mut numbers, &mut pass_on);
                (range, numbers, sent)
            })
        };
        let machines: Vec<_> = senders.into_iter().enumerate().map(machine).collect();
        let wait = |(rank, machine): (usize, std::thread::ScopedJoinHandle<_>)| {
            let panicked = |_| {
                panic!(
                    "{size} machines, {length} numbers: machine {rank} panicked; why, it has said above \
                     (is a piece's number smaller than {size}, and what is received as long as its piece?)"
                )
            };
            machine.join().unwrap_or_else(panicked)
        };
        machines.into_iter().enumerate().map(wait).collect()
    })
}

fn judge(reduce_scatter: ReduceScatter) {
    for (size, length) in [(3, 6), (1, 4), (2, 5), (4, 8), (5, 13), (4, 2)] {
        let case = format!("{size} machines, {length} numbers");
        for (rank, (range, own, sent)) in on_a_ring(reduce_scatter, size, length).into_iter().enumerate() {
            let expected = piece((rank + 1) % size, size, length);
            assert!(
                range == expected,
                "{case}: machine {rank} is to end with {expected:?}, the next machine's piece, not {range:?}"
            );
            let sum = |i| (0..size).map(|rank| numbers(rank, length)[i]).sum();
            let sums: Vec<f32> = range.clone().map(sum).collect();
            same(&format!("{case}: the sums that machine {rank} ends with"), &own[range], &sums, 0.0);
            // All pieces but the one that it ends with.
            let fewest = length - expected.len();
            assert!(sent == fewest, "{case}: machine {rank} has to send {fewest} numbers, and sent {sent}");
        }
    }
}

#[test]
fn ring() {
    judge(answer::reduce_scatter);
}

#[test]
#[should_panic(expected = "machine 0 is to end with 2..4, the next machine's piece, not 0..2")]
fn as_on_the_page() {
    judge(as_on_the_page::reduce_scatter);
}

#[test]
#[should_panic(expected = "the sums that machine 0 ends with")]
fn overwrites() {
    judge(overwrites::reduce_scatter);
}

#[test]
#[should_panic(expected = "machine 0 has to send 4 numbers, and sent 12")]
fn whole_lists() {
    judge(whole_lists::reduce_scatter);
}

#[test]
#[should_panic(expected = "3 machines, 6 numbers: the sums that machine 0 ends with")]
fn one_round_less() {
    judge(one_round_less::reduce_scatter);
}

#[test]
#[should_panic(expected = "the sums that machine 0 ends with")]
fn same_piece() {
    judge(same_piece::reduce_scatter);
}

#[test]
#[should_panic(expected = "4 machines, 8 numbers: the sums that machine 0 ends with")]
fn three_machines() {
    judge(three_machines::reduce_scatter);
}
