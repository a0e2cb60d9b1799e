//! A GPT on a ring of machines: the gradient, the steps and the bytes are what the page says.

use deep_networks::gradient_of;
use dfdx::prelude::{BuildModule, Cpu, Gradients};
use gpt::corpus::Text;
use gpt::data::{Batch, Starts};
use gpt::flat::{flat, layout};
use gpt::initialise::initialise;
use gpt::loss::loss_and_gradients;
use gpt::sizes::Tiny;
use gpt::together::{Alone, Communicator, mean_over};
use gpt::{Gpt, Run, Settings};
use kernels::Workers;
use kernels::parallel::Parts;
use scaling::cluster::{Sharded, on_machines};

type Model = Gpt<Tiny>;

fn model() -> Model {
    let mut model = Model::build(&Cpu::default());
    initialise(&mut model, 5);
    model
}

fn tokens() -> Vec<usize> {
    (0..400).map(|i| i * i % 256).collect()
}

/// Twelve rows.
fn batch() -> Batch {
    Batch::at(&tokens(), &[0, 30, 60, 90, 120, 7, 150, 200, 222, 250, 300, 310], 40)
}

/// The gradient of `batch`, by one thread.
fn gradient(model: &Model, batch: &Batch) -> (f64, Vec<Gradients<f32, Cpu>>) {
    let mut gradients = Vec::new();
    let loss = loss_and_gradients(&Workers::alone(), model, batch, (0.0, 0), &mut gradients);
    (loss, gradients)
}

#[test]
fn the_mean_over_the_machines_is_the_gradient_of_one_with_the_whole_batch() {
    let model = model();
    let (loss, mut gradients) = gradient(&model, &batch());
    let expected = flat(&gradient_of(&model, &mut gradients[0]));
    let largest = expected.iter().fold(0.0, |most: f32, slope| most.max(slope.abs()));
    assert!(largest > 0.01, "a gradient of {largest} shows nothing");
    for size in [1, 2, 3, 4, 6, 12] {
        let of_machines = on_machines(size, |machine| {
            let share = batch().split(size).swap_remove(machine.rank());
            assert_eq!(share.rows, 12 / size);
            let (loss, mut gradients) = gradient(&model, &share);
            let (loss, mean) = mean_over(machine, &model, (loss, &mut gradients));
            (loss, flat(&mean))
        });
        for (of_machine, slopes) in of_machines {
            assert!((loss - of_machine).abs() < 1e-5, "{size}: {loss} {of_machine}");
            for (a, b) in expected.iter().zip(&slopes) {
                // Sums in another order: some units of f32's last place, where the largest slopes are.
                assert!((a - b).abs() < 2e-6 * largest, "{size} machines: {a} {b}, the largest {largest}");
            }
        }
    }
}

fn run() -> Run<Model> {
    let text =
        Text { train: "abc".repeat(99), held_out: String::new(), is_stories: false, changes: Vec::new() };
    let settings =
        Settings { size: "tiny".to_owned(), context: 40, lr: 0.01, warmup: 0, ..Settings::laptop() };
    Run::new(settings, &text, &Cpu::default()).unwrap()
}

/// The losses and the weights of four steps.
fn stepped(machine: &mut dyn Communicator) -> (Vec<f64>, Vec<f32>) {
    let (mut run, mut gradients) = (run(), Vec::new());
    let (tokens, starts) = (tokens(), Starts::Anywhere(350));
    let mut step = || run.step_together(&tokens, &starts, &Workers::alone(), &mut gradients, machine);
    let losses = (0..4).map(|_| step()).collect();
    (losses, flat(&run.model))
}

/// Weights of two ways to make the same four steps. Adam divides a slope by its own size: where the slope
/// is 0 but for rounding, as at the biases of the keys, its steps are of any direction.
fn assert_same(a: &[f32], b: &[f32], what: &str) {
    assert_eq!(a.len(), b.len());
    let far = |limit: f32| a.iter().zip(b).filter(|(a, b)| (*a - *b).abs() > limit).count();
    let keys = 2 * 32;
    assert!(far(1e-4) <= keys, "{what}: {} of {} weights differ", far(1e-4), a.len());
    assert_eq!(far(4.0 * 2.0 * 0.01), 0, "{what}: no weight is further than its steps are long");
}

#[test]
fn steps_by_a_ring_are_those_of_one_machine_and_cost_the_bytes_of_a_ring() {
    let (losses, weights) = stepped(&mut Alone);
    for size in [1, 2, 3, 4] {
        let ended = on_machines(size, |machine| (stepped(machine), machine.sent));
        for ((of_machine, own), sent) in &ended {
            for (a, b) in losses.iter().zip(of_machine) {
                assert!((a - b).abs() < 1e-4, "{size} machines: {a} {b}");
            }
            assert_same(&weights, own, &format!("{size} machines"));
            // The gradient and the loss, 2 (W − 1)/W of their size, to a number in each half of the way.
            let exact = 2 * (size - 1) * 4 * (weights.len() + 1) * 4 / size;
            assert!(sent.abs_diff(exact) <= 4 * 2 * 4, "{size} machines: {sent} {exact}");
        }
        assert!(ended.iter().all(|end| end.0 == ended[0].0), "the machines have gone apart");
    }
}

#[test]
fn a_gpt_trained_with_moments_shared_out_has_the_weights_of_one_machine() {
    let (_, weights) = stepped(&mut Alone);
    for size in [2, 3] {
        let ended = on_machines(size, |machine| {
            let mut run = run();
            let Settings { batch, context, clip, .. } = run.settings;
            let mut sharded = Sharded::new(run.settings.adamw(), layout(&run.model));
            for step in 0..4 {
                let batch =
                    Batch::random(&tokens(), &Starts::Anywhere(350), batch, context, &mut run.batches);
                let share = batch.split(size).swap_remove(machine.rank());
                let (_, mut gradients) = gradient(&run.model, &share);
                let mut slopes = flat(&gradient_of(&run.model, &mut gradients[0]));
                let mut theta = flat(&run.model);
                let rate = run.settings.schedule().rate(step);
                sharded.step(machine, &mut theta, &mut slopes, (clip, rate));
                gpt::flat::fill(&mut run.model, &theta);
            }
            (flat(&run.model), sharded.bytes())
        });
        assert_eq!(ended.iter().map(|(_, bytes)| bytes).sum::<usize>(), 2 * 4 * weights.len());
        for (own, _) in &ended {
            assert_same(&weights, own, &format!("{size} machines, moments shared out"));
        }
    }
}
