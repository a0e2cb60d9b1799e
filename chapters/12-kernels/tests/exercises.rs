//! The judge of the exercises. `cargo x exercises kernels` runs it on `exercises/`; `cargo test`
//! runs it on `solutions/`.

#[cfg_attr(feature = "exercises", path = "../exercises/gate.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/gate.rs")]
mod gate;
#[cfg_attr(feature = "exercises", path = "../exercises/rms_norm.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/rms_norm.rs")]
mod rms_norm;
#[cfg_attr(feature = "exercises", path = "../exercises/roofline.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/roofline.rs")]
mod roofline;
#[cfg_attr(feature = "exercises", path = "../exercises/slow_sum.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/slow_sum.rs")]
mod slow_sum;

use dfdx::prelude::{Backward, BuildModule, Const, Cpu, Rank0, SumTo, TensorFromVec, Trace};
use std::cell::Cell;
use tensors::seeds;
use transformer::RmsNorm;

#[test]
fn roofline() {
    // 2 · 384 · 128 · 512 operations at 100 GFLOP/s; the traffic, at 10 GB/s, would take 124 µs.
    let seconds = roofline::seconds(384, 128, 512, 100.0, 10.0);
    assert!((seconds - 503.3e-6).abs() < 1e-6, "{seconds}: many rows are bound by arithmetic");
    // One row reads all of W for 2 operations a weight.
    let seconds = roofline::seconds(1, 128, 512, 100.0, 10.0);
    assert!((seconds - 26.47e-6).abs() < 1e-7, "{seconds}: a single row is bound by traffic");
}

#[test]
fn slow_sum() {
    struct Watched {
        last: Cell<usize>,
        jumps: Cell<usize>,
    }
    impl slow_sum::Numbers for Watched {
        fn read(&self, i: usize) -> f32 {
            // Another line of 16 numbers, and not the next one.
            if i / 16 != self.last.get() / 16 && i / 16 != self.last.get() / 16 + 1 {
                self.jumps.set(self.jumps.get() + 1);
            }
            self.last.set(i);
            (i % 7) as f32
        }
    }
    let watched = Watched { last: Cell::new(0), jumps: Cell::new(0) };
    let sums = slow_sum::sum_of_rows(&watched, 100, 48);
    for (column, sum) in sums.into_iter().enumerate() {
        assert_eq!(sum, (0..100).map(|row| ((row * 48 + column) % 7) as f32).sum::<f32>());
    }
    let (lines, jumps) = (slow_sum::lines(100, 48), watched.jumps.get());
    assert_eq!((lines, slow_sum::lines(1, 17)), (300, 2));
    assert!(jumps < 10, "{jumps} jumps to a far line of memory for {lines} lines");
}

#[test]
fn rms_norm() {
    let numbers = |seed| seeds::normal(&mut seeds::generator(seed), 8, 1.0);
    let (x, gain, dy) = (numbers(1), numbers(2), numbers(3));
    let dev = Cpu::default();
    let mut norm: RmsNorm<8, f32, Cpu> = BuildModule::build(&dev);
    norm.gain.copy_from(&gain);
    let input = dev.tensor_from_vec(x.clone(), (1, 1, Const::<8>));
    let y = norm.norm(input.leaky_trace());
    let close = |ours: &[f32], theirs: Vec<f32>, what: &str| {
        assert_eq!(ours.len(), theirs.len(), "{what}");
        for (ours, theirs) in ours.iter().zip(theirs) {
            assert!((ours - theirs).abs() < 1e-5, "{what}: {ours}, chapter 11's composite: {theirs}");
        }
    };
    close(&rms_norm::forward(&x, &gain), y.as_vec(), "y");
    let weights = dev.tensor_from_vec(dy.clone(), (1, 1, Const::<8>));
    let gradients = (y * weights).sum::<Rank0, _>().backward();
    let (dx, dgain) = rms_norm::backward(&x, &gain, &dy);
    close(&dx, gradients.get(&input).as_vec(), "dx");
    close(&dgain, gradients.get(&norm.gain).as_vec(), "dgain");
}

#[test]
fn gate() {
    assert!((gate::forward(1.0, 2.0) - 1.462_117_157_260_01).abs() < 1e-12);
    let h = 1e-5;
    for (a, b) in [(0.0, 1.0), (2.0, -3.0), (-4.0, 0.5), (700.0, 1.0)] {
        let (da, db) = gate::backward(a, b, 0.7);
        let by_a = 0.7 * (gate::forward(a + h, b) - gate::forward(a - h, b)) / (2.0 * h);
        let by_b = 0.7 * (gate::forward(a, b + h) - gate::forward(a, b - h)) / (2.0 * h);
        // What central differences of numbers up to 700 are good for.
        assert!((da - by_a).abs() < 1e-6, "da at ({a}, {b}): {da}, by differences {by_a}");
        assert!((db - by_b).abs() < 1e-6, "db at ({a}, {b}): {db}, by differences {by_b}");
    }
}
