//! A ring of machines, and how they add their numbers up on it.
//!
//! W machines hold n numbers each; in the end all are to hold the sums. Were all to send theirs to
//! one that adds, this one would receive (W − 1) n numbers, and send as many: the more machines, the
//! longer it takes. In a ring each sends to the next and receives from the one before, all at the same
//! time, and the list is cut into W pieces:
//!
//! * **reduce-scatter**: in each of W − 1 rounds a machine sends one piece and adds the piece that it
//!   receives to its own. A piece grows on its way around the ring, and where it ends it is whole.
//! * **all-gather**: in W − 1 more rounds the finished pieces go around once more.
//!
//! Each machine sends 2 (W − 1) pieces, so 2 (W − 1)/W · n numbers: never twice the list, however many
//! they are. Where only the machines add, no way of adding sends less (Patarasuk & Yuan 2009).

use gpt::together::Communicator;
use std::ops::Range;
use std::sync::mpsc::{Receiver, Sender, channel};

// ANCHOR: machine
/// A machine in a ring.
#[derive(Debug)]
pub struct Machine {
    rank: usize,
    size: usize,
    pub(super) to_next: Sender<Vec<f32>>,
    from_previous: Receiver<Vec<f32>>,
    /// Bytes that it has sent.
    pub sent: usize,
}

impl Machine {
    /// `size` machines, the last of which sends to the first.
    pub fn ring(size: usize) -> Vec<Self> {
        let (senders, mut receivers): (Vec<_>, Vec<_>) = (0..size).map(|_| channel()).unzip();
        // What machine 0 sends is what machine 1 receives.
        receivers.rotate_right(1);
        let ends = senders.into_iter().zip(receivers).enumerate();
        ends.map(|(rank, (to_next, from_previous))| Self { rank, size, to_next, from_previous, sent: 0 })
            .collect()
    }

    /// Sends `numbers` to the next machine and waits for those of the one before.
    fn pass_on(&mut self, numbers: &[f32]) -> Vec<f32> {
        self.sent += size_of_val(numbers);
        self.to_next.send(numbers.to_vec()).expect("the next machine waits for them");
        self.from_previous.recv().expect("the machine before sends as many times")
    }

    /// Piece number `piece` of `length` numbers, counted around the ring: all are equally long, up to one
    /// number.
    fn piece(&self, piece: usize, length: usize) -> Range<usize> {
        let piece = piece % self.size;
        piece * length / self.size..(piece + 1) * length / self.size
    }
    // ANCHOR_END: machine

    // ANCHOR: reduce_scatter
    /// Adds up over all machines, piece by piece: `numbers` holds sums in the range that is returned,
    /// another one on each machine, and elsewhere what has been added on the way.
    pub fn reduce_scatter(&mut self, numbers: &mut [f32]) -> Range<usize> {
        let (rank, size, length) = (self.rank, self.size, numbers.len());
        for round in 1..size {
            // Counted backwards from this machine's own; what was received in the last round goes on.
            let received = self.pass_on(&numbers[self.piece(rank + size - round, length)]);
            let into = &mut numbers[self.piece(rank + 2 * size - round - 1, length)];
            for (sum, number) in into.iter_mut().zip(received) {
                *sum += number;
            }
        }
        self.piece(rank, length)
    }

    /// Gives every machine every piece: each begins with its own, the one that
    /// [`Self::reduce_scatter`] gave it.
    pub fn all_gather(&mut self, numbers: &mut [f32]) {
        let (rank, size, length) = (self.rank, self.size, numbers.len());
        for round in 0..size - 1 {
            let received = self.pass_on(&numbers[self.piece(rank + size - round, length)]);
            numbers[self.piece(rank + 2 * size - round - 1, length)].copy_from_slice(&received);
        }
    }
    // ANCHOR_END: reduce_scatter
}

// ANCHOR: all_reduce
impl Communicator for Machine {
    fn rank(&self) -> usize {
        self.rank
    }

    fn size(&self) -> usize {
        self.size
    }

    fn all_reduce(&mut self, numbers: &mut [f32]) {
        self.reduce_scatter(numbers);
        self.all_gather(numbers);
    }
}
// ANCHOR_END: all_reduce

/// What each of `size` machines in a ring makes of `work`, each on a thread of its own, in order.
///
/// # Panics
/// When one of them does.
pub fn on_machines<R: Send>(size: usize, work: impl Fn(&mut Machine) -> R + Sync) -> Vec<R> {
    let work = &work;
    std::thread::scope(|scope| {
        let run = |mut machine| scope.spawn(move || work(&mut machine));
        let machines: Vec<_> = Machine::ring(size).into_iter().map(run).collect();
        machines.into_iter().map(|machine| machine.join().expect("a machine has failed")).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tensors::seeds;

    /// Whole numbers: their sums are exact in any order.
    fn numbers(rank: usize, length: usize) -> Vec<f32> {
        let draws = seeds::normal(&mut seeds::generator(rank as u64), length, 1000.0);
        draws.iter().map(|number| number.round()).collect()
    }

    fn sum(machines: usize, length: usize) -> Vec<f32> {
        let of = |i| (0..machines).map(|rank| numbers(rank, length)[i]).sum();
        (0..length).map(of).collect()
    }

    proptest! {
        #[test]
        fn all_machines_get_the_plain_sum(machines in 1_usize..8, length in 0_usize..40) {
            let all = on_machines(machines, |machine| {
                let mut own = numbers(machine.rank(), length);
                machine.all_reduce(&mut own);
                own
            });
            for own in all {
                prop_assert_eq!(own, sum(machines, length));
            }
        }

        #[test]
        fn each_machine_ends_with_a_piece_of_the_sums_and_the_pieces_make_up_the_list(
            machines in 1_usize..8, length in 0_usize..40
        ) {
            let pieces = on_machines(machines, |machine| {
                let mut own = numbers(machine.rank(), length);
                let range = machine.reduce_scatter(&mut own);
                (range.clone(), own[range].to_vec())
            });
            let (ranges, sums): (Vec<_>, Vec<_>) = pieces.into_iter().unzip();
            prop_assert_eq!(sums.concat(), sum(machines, length));
            let lengths: Vec<usize> = ranges.iter().map(ExactSizeIterator::len).collect();
            let fair = length / machines..=length.div_ceil(machines);
            prop_assert!(lengths.iter().all(|length| fair.contains(length)), "{:?}", lengths);
        }

        #[test]
        fn each_machine_sends_twice_w_minus_one_pieces(machines in 1_usize..8, length in 0_usize..40) {
            let sent = on_machines(machines, |machine| {
                machine.all_reduce(&mut numbers(machine.rank(), length));
                machine.sent
            });
            // All together exactly, and so each where the length can be divided by W; where it cannot,
            // pieces differ by one number, and a machine leaves out one in each half.
            let all = 2 * (machines - 1) * length * size_of::<f32>();
            prop_assert_eq!(sent.iter().sum::<usize>(), all);
            for sent in sent {
                prop_assert!(sent.abs_diff(all / machines) <= 2 * size_of::<f32>(), "{} {}", sent, all);
                prop_assert!(length % machines > 0 || sent == all / machines, "{} {}", sent, all);
            }
        }
    }

    #[test]
    fn sums_are_the_same_bytes_on_all_machines() {
        // Numbers whose sum depends on the order in which they are added.
        let all = on_machines(5, |machine| {
            let mut own = seeds::normal(&mut seeds::generator(machine.rank() as u64), 1000, 1.0);
            machine.all_reduce(&mut own);
            own
        });
        assert!(all.iter().all(|own| *own == all[0]));
    }
}
