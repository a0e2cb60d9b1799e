//! An optimiser whose memory is shared out: ZeRO, stage 1 (Rajbhandari et al. 2020).
//!
//! AdamW remembers two numbers, m and v, for each parameter. In data parallelism all W machines hold
//! the same ones. But the ring's reduce-scatter leaves each machine with the finished gradient of *one*
//! piece of the parameters: it needs the moments of no others to move this piece. The all-gather, which
//! has brought the other pieces of the gradient, brings moved parameters instead. So with the same bytes
//! on the way, a machine holds 2 n/W numbers of moments instead of 2 n.

use super::ring::Machine;
use deep_networks::{Mover, Parameter, Rule, squares};
use gpt::flat::Place;
use gpt::together::Communicator;
use std::ops::Range;

// ANCHOR: sharded
/// The share of a rule's memory that belongs to one machine.
#[derive(Debug, Clone)]
pub struct Sharded {
    rule: Rule,
    step: usize,
    /// Where the parameters are, and which of them are matrices.
    layout: Vec<Place>,
    /// m and v of this machine's piece.
    moments: [Vec<f32>; 2],
}

impl Sharded {
    /// One that remembers nothing yet, for parameters that lie one after the other as `layout` says.
    pub fn new(rule: Rule, layout: Vec<Place>) -> Self {
        Self { rule, step: 0, layout, moments: [Vec::new(), Vec::new()] }
    }

    /// Bytes of moments that this machine holds.
    pub fn bytes(&self) -> usize {
        self.moments.iter().map(|moments| size_of_val(&moments[..])).sum()
    }

    /// One step of all `machine`s together: `theta` moves against the mean of their `gradient`s, which is
    /// shortened to length `clip` if it is longer.
    pub fn step(
        &mut self,
        machine: &mut Machine,
        theta: &mut [f32],
        gradient: &mut [f32],
        (clip, rate): (f64, f64),
    ) {
        self.step += 1;
        let own = machine.reduce_scatter(gradient);
        let mean = 1.0 / machine.size() as f32;
        gradient[own.clone()].iter_mut().for_each(|slope| *slope *= mean);
        // The length of the whole gradient: one number of each machine goes around besides.
        let mut length = [squares(&gradient[own.clone()]) as f32];
        machine.all_reduce(&mut length);
        let norm = f64::from(length[0]).sqrt();
        if norm > clip {
            gradient[own.clone()].iter_mut().for_each(|slope| *slope *= (clip / norm) as f32);
        }
        self.move_piece(own, theta, gradient, rate);
        machine.all_gather(theta);
    }

    /// Moves the parameters in `own`: of each place the part that lies in it.
    fn move_piece(&mut self, own: Range<usize>, theta: &mut [f32], gradient: &[f32], rate: f64) {
        let mover = Mover { rule: self.rule, step: self.step, rate };
        let [m, v] = &mut self.moments;
        m.resize(own.len(), 0.0);
        v.resize(own.len(), 0.0);
        for Place { numbers, is_matrix } in &self.layout {
            let part = numbers.start.max(own.start)..numbers.end.min(own.end);
            if part.is_empty() {
                continue;
            }
            let kept = part.start - own.start..part.end - own.start;
            mover.numbers(Parameter {
                theta: &mut theta[part.clone()],
                memory: [&mut m[kept.clone()], &mut v[kept]],
                gradient: &gradient[part],
                is_matrix: *is_matrix,
            });
        }
    }
}
// ANCHOR_END: sharded

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::on_machines;
    use deep_networks::{Optimiser, clip_global_norm};
    use dfdx::prelude::{BuildModule, Cpu};
    use gpt::Gpt;
    use gpt::flat::{fill, flat, layout};
    use gpt::initialise::initialise;
    use gpt::sizes::Tiny;
    use tensors::seeds;

    type Model = Gpt<Tiny>;

    const RULE: Rule = Rule::AdamW { betas: [0.9, 0.99], weight_decay: 0.1 };
    /// Shorter than the gradients, so that clipping is at work.
    const CLIP: f64 = 5.0;
    const RATE: f64 = 0.01;

    fn model() -> Model {
        let mut model = Model::build(&Cpu::default());
        initialise(&mut model, 3);
        model
    }

    /// What machine `rank` finds at `step`. Every number is large enough that Adam's direction does not
    /// hang on how a sum was rounded.
    fn gradient(step: u64, rank: usize, length: usize) -> Vec<f32> {
        let mut draws = seeds::normal(&mut seeds::generator(100 * step + rank as u64), length, 0.01);
        for slope in &mut draws {
            *slope += 0.1;
        }
        draws
    }

    /// The weights after four steps of chapter 3's optimiser, with all its moments on one machine.
    fn on_one_machine(machines: usize) -> Vec<f32> {
        let (mut model, mut optimiser) = (model(), Optimiser::new(RULE, &Cpu::default()));
        let length = flat(&model).len();
        for step in 0..4 {
            let all: Vec<Vec<f32>> = (0..machines).map(|rank| gradient(step, rank, length)).collect();
            let mean = |i| all.iter().map(|of_one| of_one[i]).sum::<f32>() / machines as f32;
            let mut whole = model.clone();
            fill(&mut whole, &(0..length).map(mean).collect::<Vec<_>>());
            assert!(clip_global_norm(&mut whole, CLIP) > CLIP);
            optimiser.update(&mut model, &whole, RATE);
        }
        flat(&model)
    }

    #[test]
    fn shared_out_moments_give_the_same_weights() {
        // 33,000 numbers are not shared out evenly by three, five or seven.
        for machines in [1, 2, 3, 5, 7] {
            let expected = on_one_machine(machines);
            let ended = on_machines(machines, |machine| {
                let (mut theta, layout) = (flat(&model()), layout(&model()));
                let mut optimiser = Sharded::new(RULE, layout);
                for step in 0..4 {
                    let mut gradient = gradient(step, machine.rank(), theta.len());
                    optimiser.step(machine, &mut theta, &mut gradient, (CLIP, RATE));
                }
                (theta, optimiser.bytes(), machine.sent)
            });
            // Each holds the moments of its share alone, and all together those of one machine.
            let bytes: usize = ended.iter().map(|(_, bytes, _)| bytes).sum();
            assert_eq!(bytes, 2 * 4 * expected.len());
            for (theta, bytes, sent) in ended {
                assert!(bytes.abs_diff(2 * 4 * expected.len() / machines) <= 2 * 4);
                // No more travels than for whole gradients, but for one number a step; rounded by
                // a number in each half of the way.
                let ring = 2 * (machines - 1) * (expected.len() + 1) * 4 / machines;
                assert!(sent.abs_diff(4 * ring) <= 4 * 4 * 4, "{sent} bytes, not {}", 4 * ring);
                for (a, b) in theta.iter().zip(&expected) {
                    // Four steps of 0.01, in which sums were added in another order.
                    assert!((a - b).abs() < 1e-6, "{machines} machines: {a} {b}");
                }
            }
        }
    }
}
