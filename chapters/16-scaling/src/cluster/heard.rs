//! What goes over the cables of a ring, put down by somebody who listens on each.

use super::ring::Machine;
use gpt::together::Communicator;
use std::mem::replace;
use std::sync::mpsc::channel;

/// Adds `lists` up around a ring, one machine a list, and gives what each machine has sent, message by
/// message.
///
/// Every cable is cut, and its two ends go to a listener, who puts down what comes and passes it on.
///
/// ```
/// // Two machines: each sends the half that the other finishes, and then its own finished half.
/// let heard = scaling::cluster::all_reduce_heard(vec![vec![1.0, 2.0], vec![10.0, 20.0]]);
/// assert_eq!(heard[0], [[2.0], [11.0]]);
/// assert_eq!(heard[1], [[10.0], [22.0]]);
/// ```
///
/// # Panics
/// When the lists are not equally long.
pub fn all_reduce_heard(lists: Vec<Vec<f32>>) -> Vec<Vec<Vec<f32>>> {
    std::thread::scope(|scope| {
        let mut listeners = Vec::new();
        for (mut machine, mut list) in Machine::ring(lists.len()).into_iter().zip(lists) {
            let (to_listener, cable) = channel::<Vec<f32>>();
            let to_next = replace(&mut machine.to_next, to_listener);
            // It ends with its machine, who holds the other end.
            listeners.push(scope.spawn(move || {
                let pass_on = |numbers: &Vec<f32>| to_next.send(numbers.clone()).expect("it is waited for");
                cable.into_iter().inspect(pass_on).collect()
            }));
            scope.spawn(move || machine.all_reduce(&mut list));
        }
        listeners.into_iter().map(|listener| listener.join().expect("a listener has failed")).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::super::ring::on_machines;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_heard_is_what_the_machines_count(machines in 1_usize..7, length in 0_usize..20) {
            let list = |rank: usize| (0..length).map(|i| (rank * length + i) as f32).collect::<Vec<_>>();
            let heard = all_reduce_heard((0..machines).map(list).collect());
            let sent = on_machines(machines, |machine| {
                machine.all_reduce(&mut list(machine.rank()));
                machine.sent
            });
            for (messages, sent) in heard.iter().zip(sent) {
                prop_assert_eq!(messages.len(), 2 * (machines - 1), "one message a round");
                prop_assert_eq!(size_of_val(messages.concat().as_slice()), sent);
            }
        }
    }

    #[test]
    fn a_piece_grows_by_one_machine_a_round_and_then_goes_around_whole() {
        // Machine r has 10ʳ times the number of each piece: a sum's digits say who is in it.
        let (size, list) =
            (4, |rank: i32| [1.0, 2.0, 3.0, 4.0].map(|piece| piece * 10_f32.powi(rank)).to_vec());
        let heard = all_reduce_heard((0..size).map(list).collect());
        for messages in &heard {
            for (round, message) in messages.iter().enumerate() {
                let digits = format!("{}", message[0]).replace('0', "");
                let alike = digits.chars().all(|digit| digits.starts_with(digit));
                assert!(alike && message.len() == 1, "one piece: {message:?}");
                assert_eq!(digits.len(), (round + 1).min(4), "round {round}: {message:?}");
            }
        }
    }
}
