//! Several machines, one model: each computes the gradient of its share of a batch, they add their
//! gradients up, and each makes the same step with the sum. This is **data parallelism**.
//!
//! The loss of a batch is the mean over its rows. If all W machines have equally many of them, it is
//! the mean of the machines' losses, and the batch's gradient that of their gradients:
//! the step is that of one machine with the whole batch, up to the order of additions.
//!
//! How numbers get from one machine to another is not said here: a [`Communicator`] does it.
//! Chapter 16 writes one for threads, the program `mini-gpt` has one for processes under MPI.

use crate::data::{Batch, Starts};
use crate::fingerprint::fingerprint;
use crate::flat::{fill, flat};
use crate::loss::loss_and_gradients;
use crate::model::{Parameters, Trainable};
use crate::{Error, Run, Settings};
use deep_networks::{add, clip_global_norm, gradient_of};
use dfdx::prelude::Gradients;
use kernels::parallel::Parts;
use kernels::{Kernels, Workers};
use rand::RngCore;

// ANCHOR: communicator
/// What a machine needs to work with others, as MPI calls it: its number among them, and a way to add.
pub trait Communicator {
    /// This machine's number, counted from 0.
    fn rank(&self) -> usize;

    /// How many machines there are.
    fn size(&self) -> usize;

    /// Puts in the place of `numbers`, on every machine, their sum over all machines: the same bytes
    /// everywhere. All machines call it, with equally many numbers.
    fn all_reduce(&mut self, numbers: &mut [f32]);
}
// ANCHOR_END: communicator

/// One machine, alone.
#[derive(Debug, Clone, Copy)]
pub struct Alone;

impl Communicator for Alone {
    fn rank(&self) -> usize {
        0
    }

    fn size(&self) -> usize {
        1
    }

    fn all_reduce(&mut self, _: &mut [f32]) {}
}

// ANCHOR: all_reduced
/// The mean over all machines of their losses and of their gradients, each of which comes in parts
/// that only need adding.
pub fn mean_over<D: Kernels<f32>, P: Parameters<D>>(
    machines: &mut dyn Communicator,
    parameters: &P,
    (loss, parts): (f64, &mut [Gradients<f32, D>]),
) -> (f64, P) {
    let mut parts = parts.iter_mut().map(|part| gradient_of(parameters, part));
    let mut gradient = parts.next().expect("a batch has at least one part");
    for part in parts {
        add(&mut gradient, 1.0, &part, 1.0);
    }
    let mut numbers = flat(&gradient);
    numbers.push(loss as f32);
    machines.all_reduce(&mut numbers);
    let share = 1.0 / machines.size() as f32;
    for number in &mut numbers {
        *number *= share;
    }
    let loss = numbers.pop().expect("the loss is the last");
    fill(&mut gradient, &numbers);
    (loss.into(), gradient)
}
// ANCHOR_END: all_reduced

impl<M, P> Run<M, P> {
    // ANCHOR: step_together
    /// [`Self::step`] of all machines together. Each draws the whole batch, by the same generator, and
    /// computes on its share of the rows. Machines drop different numbers: dropout is not the one that a
    /// machine alone draws.
    ///
    /// # Panics
    /// When the batch cannot be shared out evenly ([`check_share`]).
    pub fn step_together<D: Kernels<f32>>(
        &mut self,
        tokens: &[usize],
        starts: &Starts,
        workers: &Workers,
        gradients: &mut Vec<Gradients<f32, D>>,
        machines: &mut dyn Communicator,
    ) -> f64
    where
        M: Trainable<D, Parameters = P>,
        P: Parameters<D>,
    {
        if machines.size() == 1 {
            return self.step(tokens, starts, workers, gradients);
        }
        let Settings { batch, context, dropout, clip, .. } = self.settings;
        let batch = Batch::random(tokens, starts, batch, context, &mut self.batches);
        let share = batch.split(machines.size()).swap_remove(machines.rank());
        let seed = self.dropout.next_u64() ^ ((machines.rank() as u64) << 32);
        let loss = loss_and_gradients(workers, &self.model, &share, (dropout, seed), gradients);
        let (loss, mut gradient) = mean_over(machines, self.model.parameters(), (loss, gradients));
        clip_global_norm(&mut gradient, clip);
        let rate = self.settings.schedule().rate(self.optimiser.step);
        self.optimiser.update(self.model.parameters_mut(), &gradient, rate);
        loss
    }
    // ANCHOR_END: step_together

    /// Refuses machines whose weights or moments are not the same to the last bit.
    ///
    /// # Errors
    /// [`Error::Disagree`], on all of them.
    pub fn check_weights<D: Kernels<f32>>(&self, machines: &mut dyn Communicator) -> Result<(), Error>
    where
        M: Trainable<D, Parameters = P>,
        P: Parameters<D>,
    {
        if machines.size() == 1 {
            return Ok(());
        }
        let parts = [self.model.parameters(), &self.optimiser.moment1, &self.optimiser.moment2];
        let numbers = parts.into_iter().flat_map(flat::<P, D>);
        let bytes = numbers.flat_map(f32::to_le_bytes).chain(self.optimiser.step.to_le_bytes());
        agree(machines, "weights", bytes)
    }
}

/// Refuses a batch that cannot be shared out evenly.
///
/// # Errors
/// [`Error::Share`].
pub fn check_share(machines: &dyn Communicator, batch: usize) -> Result<(), Error> {
    let machines = machines.size();
    if batch.is_multiple_of(machines) { Ok(()) } else { Err(Error::Share { batch, machines }) }
}

/// Refuses machines of which one has other `bytes` than the others.
///
/// # Errors
/// [`Error::Disagree`] with `what`, on all of them.
pub fn agree(
    machines: &mut dyn Communicator,
    what: &'static str,
    bytes: impl IntoIterator<Item = u8>,
) -> Result<(), Error> {
    // Sums of bytes are exact in f32 for up to 65,000 machines.
    let own = fingerprint(bytes).to_le_bytes().map(f32::from);
    let mut sum = own;
    machines.all_reduce(&mut sum);
    let differs = sum != own.map(|byte| byte * machines.size() as f32);
    // One machine's may be the mean of the others': only if it fits every one of them do all agree.
    let mut differing = [f32::from(u8::from(differs))];
    machines.all_reduce(&mut differing);
    if differing == [0.0] { Ok(()) } else { Err(Error::Disagree { what }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Gpt;
    use crate::checkpoint::Checkpoint;
    use crate::corpus::Text;
    use crate::sizes::Tiny;
    use crate::train::{Budget, Event, train_together};
    use deep_networks::by_name;
    use dfdx::prelude::Cpu;
    use std::path::Path;
    use std::sync::{Barrier, Mutex};

    type Model = Gpt<Tiny>;

    /// A table at which all machines meet: each lays its numbers down, waits for the others, and adds.
    struct Table {
        laid: Mutex<Vec<Vec<f32>>>,
        all_are_there: Barrier,
    }

    struct Seat<'a>(&'a Table, usize);

    impl Communicator for Seat<'_> {
        fn rank(&self) -> usize {
            self.1
        }

        fn size(&self) -> usize {
            self.0.laid.lock().unwrap().len()
        }

        fn all_reduce(&mut self, numbers: &mut [f32]) {
            self.0.laid.lock().unwrap()[self.1] = numbers.to_vec();
            self.0.all_are_there.wait();
            numbers.fill(0.0);
            for laid in &*self.0.laid.lock().unwrap() {
                numbers.iter_mut().zip(laid).for_each(|(sum, number)| *sum += number);
            }
            self.0.all_are_there.wait();
        }
    }

    /// What each of `size` machines makes of `work`.
    fn on_machines<R: Send>(size: usize, work: impl Fn(&mut dyn Communicator) -> R + Sync) -> Vec<R> {
        let table = Table { laid: Mutex::new(vec![Vec::new(); size]), all_are_there: Barrier::new(size) };
        let (table, work) = (&table, &work);
        std::thread::scope(|scope| {
            let machine = |rank| scope.spawn(move || work(&mut Seat(table, rank)));
            let machines: Vec<_> = (0..size).map(machine).collect();
            machines.into_iter().map(|machine| machine.join().unwrap()).collect()
        })
    }

    fn text() -> Text {
        let text = "the cat sat on the mat, and the other cat sat on it too. ";
        Text { train: text.repeat(9), held_out: text.to_owned(), is_stories: false, changes: Vec::new() }
    }

    fn run(settings: impl FnOnce(Settings) -> Settings) -> Run<Model> {
        let tiny = Settings { size: "tiny".to_owned(), batch: 12, context: 16, ..Settings::laptop() };
        let default = Settings { steps: 9, warmup: 2, eval_every: 4, lr: 0.01, ..tiny };
        Run::new(settings(default), &text(), &Cpu::default()).unwrap()
    }

    /// The losses of three steps and the run after them.
    fn three_steps(machines: &mut dyn Communicator) -> (Vec<f64>, Run<Model>) {
        let mut run = run(|settings| settings);
        let tokens: Vec<usize> = text().train.bytes().map(usize::from).collect();
        let (starts, workers) = (Starts::Anywhere(tokens.len() - 16), Workers::alone());
        let mut gradients = Vec::new();
        let mut step = || run.step_together(&tokens, &starts, &workers, &mut gradients, machines);
        let losses = (0..3).map(|_| step()).collect();
        (losses, run)
    }

    #[test]
    fn machines_that_share_a_batch_step_as_one_that_has_all_of_it() {
        let (losses, alone) = three_steps(&mut Alone);
        for size in [2, 3, 4, 6, 12] {
            for (of_machine, run) in on_machines(size, three_steps) {
                for (loss, of_machine) in losses.iter().zip(of_machine) {
                    // The loss travels in f32, as the mean of some ten numbers near 5.
                    assert!((loss - of_machine).abs() < 5e-6, "{size}: {loss} {of_machine}");
                }
                assert_eq!(run.batches, alone.batches, "the whole batch was drawn");
                for ((name, a), (_, b)) in by_name(&alone.model).iter().zip(by_name(&run.model)) {
                    // A bias of the keys has no slope: Adam makes steps of the rounding of nothing. All
                    // others round sums in another order, and Adam divides by sums as small.
                    let tolerance = if name.ends_with("key.bias") { 3.0 * 0.01 } else { 1e-4 };
                    for (a, b) in a.iter().zip(b) {
                        assert!((a - b).abs() <= tolerance, "{size} machines, {name}: {a} {b}");
                    }
                }
            }
        }
    }

    #[test]
    fn machines_stay_the_same_to_the_last_bit_though_each_drops_its_own_numbers() {
        let step = |machines: &mut dyn Communicator| {
            let mut run = run(|settings| Settings { dropout: 0.3, ..settings });
            // Every row is the same: nothing but dropout tells the machines' shares apart.
            let (tokens, starts) = ((0..17).collect::<Vec<_>>(), Starts::Anywhere(1));
            let mut gradients = Vec::new();
            run.step_together(&tokens, &starts, &Workers::alone(), &mut gradients, machines);
            let own = flat(&gradient_of(&run.model, &mut gradients[0]));
            run.check_weights(machines).map(|()| (own, flat(&run.model)))
        };
        let ended: Vec<_> = on_machines(3, step).into_iter().map(Result::unwrap).collect();
        for i in 1..3 {
            assert!(ended[i].0 != ended[0].0, "machines 0 and {i} drop the same numbers");
            assert!(ended[i].1 == ended[0].1, "machines 0 and {i} have other weights");
        }
    }

    #[test]
    fn the_first_machine_saves_and_tells_and_what_it_saves_goes_on_alone() {
        let train_to = |steps, run: &mut Run<Model>, folder: &Path, machines: &mut dyn Communicator| {
            let mut told = 0;
            train_together(run, &text(), folder, Budget::Steps(steps), machines, |event| {
                told += usize::from(matches!(event, Event::Step { .. }));
                Ok::<_, Error>(())
            })
            .unwrap();
            told
        };
        let [together, alone] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let told = on_machines(2, |machines| {
            train_to(6, &mut run(|settings| settings), together.path(), machines)
        });
        assert_eq!(told, [6, 0]);
        train_to(6, &mut run(|settings| settings), alone.path(), &mut Alone);
        let [together, alone] = [together, alone].map(|folder| {
            let read = Checkpoint::read(folder.path()).unwrap();
            let mut run: Run<Model> = read.restore(&Cpu::default()).unwrap();
            assert_eq!((run.optimiser.step, run.history.len()), (6, 2));
            train_to(9, &mut run, folder.path(), &mut Alone);
            run
        });
        for (a, b) in together.history.iter().zip(&alone.history) {
            assert_eq!(a.step, b.step);
            // Nine steps of 0.01 by gradients that differ in their last bits.
            assert!((a.val_loss - b.val_loss).abs() < 1e-4 && (a.train_loss - b.train_loss).abs() < 1e-4);
        }
        assert_eq!(together.history.len(), 4);
    }

    #[test]
    fn machines_that_differ_are_refused_all_of_them() {
        // Of the first three, 2 is the mean of the others; of the last three two agree.
        for (bytes, expected) in [([1, 2, 3], false), ([7, 7, 7], true), ([0, 0, 3], false)] {
            let agreed = on_machines(3, |machines| {
                let own = bytes[machines.rank()];
                agree(machines, "bytes", [own]).is_ok()
            });
            assert_eq!(agreed, [expected; 3], "{bytes:?}");
        }
        let refused = |changed: fn(&mut Run<Model>, &mut Text, &mut Budget, &mut &str)| {
            let ended = on_machines(2, |machines| {
                let (mut run, mut text) = (run(|settings| settings), text());
                let (mut budget, mut folder) = (Budget::Steps(5), "never made");
                if machines.rank() == 1 {
                    changed(&mut run, &mut text, &mut budget, &mut folder);
                }
                train_together(&mut run, &text, folder.as_ref(), budget, machines, |_| Ok::<_, Error>(()))
            });
            let messages: Vec<String> = ended.into_iter().map(|end| end.unwrap_err().to_string()).collect();
            assert_eq!(messages[0], messages[1]);
            messages[0].clone()
        };
        let what = |message: String| message.split("their ").nth(1).unwrap_or_default().to_owned();
        assert!(what(refused(|run, _, _, _| run.settings.lr = 0.02)).starts_with("settings differ"));
        assert!(what(refused(|_, _, budget, _| *budget = Budget::Steps(6))).starts_with("settings differ"));
        assert!(what(refused(|_, text, _, _| text.train.push('.'))).starts_with("texts differ"));
        assert!(what(refused(|_, _, _, folder| *folder = "elsewhere")).starts_with("folders differ"));
        assert!(what(refused(|run, _, _, _| run.optimiser.step = 1)).starts_with("weights differ"));
        let moved = |run: &mut Run<Model>, _: &mut Text, _: &mut Budget, _: &mut &str| {
            run.model.norm.bias.copy_from(&[1e-30; 32]);
        };
        assert!(what(refused(moved)).starts_with("weights differ"));
    }

    #[test]
    fn a_batch_that_cannot_be_shared_out_evenly_is_refused() {
        let ended = on_machines(5, |machines| {
            let mut run = run(|settings| settings);
            train_together(&mut run, &text(), "never".as_ref(), Budget::Steps(1), machines, |_| {
                Ok::<_, Error>(())
            })
        });
        for end in ended {
            let message = end.unwrap_err().to_string();
            assert!(
                message.starts_with("--batch 12 cannot be shared out evenly among 5 processes"),
                "{message}"
            );
        }
    }
}
