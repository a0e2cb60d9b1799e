//! How much memory attention needs by the length of the sequence.

use attention::{Sequences, attention, causal_mask};
use dfdx::prelude::{Const, Cpu, NoneTape, TensorFromVec};
use peak_alloc::PeakAlloc;
use tensors::seeds;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

fn main() {
    // ANCHOR: memory
    let mut before: Option<f32> = None;
    for seq in [2048, 4096, 8192] {
        let random = |seed| -> Sequences<Const<64>, f32, Cpu, NoneTape> {
            let values = seeds::normal(&mut seeds::generator(seed), seq * 64, 1.0);
            Cpu::default().tensor_from_vec(values, (1, seq, Const))
        };
        let (q, k, v, mask) = (random(1), random(2), random(3), causal_mask(&Cpu::default(), seq));
        let held = MEMORY.current_usage_as_mb();
        MEMORY.reset_peak_usage();
        attention(q, k, v, Some(&mask));
        let needed = MEMORY.peak_usage_as_mb() - held;
        if seq == 2048 {
            continue; // the first run makes buffers that stay
        }
        let times =
            before.map_or(String::new(), |before| format!(", {:.1} times as much", needed / before));
        println!("{seq:>4} tokens: {needed:>3.0} MB{times}");
        before = Some(needed);
    }
    // ANCHOR_END: memory
}
