//! One layer on several machines: tensor parallelism (Shoeybi et al. 2019).
//!
//! The feed-forward network is W₂ GELU(W₁ x + b₁) + b₂. Give each machine some rows of W₁, with their
//! biases, and the *same* columns of W₂. Its rows make some of the hidden numbers, each of which goes
//! through GELU by itself, and its columns are what these numbers are multiplied by: until the last sum
//! nothing of the other machines is needed. That sum is an all-reduce of as many numbers as x has.
//!
//! Attention is cut by heads in the same way. So a block forward has two all-reduces, one for each of its
//! halves, and backward two more, of the slopes by x.

use deep_networks::numbers;
use dfdx::prelude::{BuildModule, ConstDim, Cpu};
use transformer::FeedForward;

// ANCHOR: tensor_parallel
/// What machine number `rank` computes of the network `whole`: `Share` of its hidden numbers. It is a
/// network itself, and the sum of all machines' results is that of the whole.
///
/// # Panics
/// When there are not so many hidden numbers.
pub fn share<Model: ConstDim, Hidden: ConstDim, Share: ConstDim>(
    whole: &FeedForward<Model, Hidden, f32, Cpu>,
    rank: usize,
) -> FeedForward<Model, Share, f32, Cpu> {
    let (model, hidden, share) = (Model::SIZE, Hidden::SIZE, Share::SIZE);
    let own = rank * share..(rank + 1) * share;
    let mut part = FeedForward::<Model, Share, f32, Cpu>::build(&Cpu::default());
    // Weights are (out, in): rows of the first matrix lie together, columns of the second do not.
    part.up.weight.copy_from(&numbers(&whole.up.weight)[own.start * model..own.end * model]);
    part.up.bias.copy_from(&numbers(&whole.up.bias)[own.clone()]);
    let down = numbers(&whole.down.weight);
    let columns = down.chunks_exact(hidden).flat_map(|row| &row[own.clone()]).copied();
    part.down.weight.copy_from(&columns.collect::<Vec<f32>>());
    // The last bias is to be added once.
    let bias = if rank == 0 { numbers(&whole.down.bias) } else { vec![0.0; model] };
    part.down.bias.copy_from(&bias);
    part
}
// ANCHOR_END: tensor_parallel

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::on_machines;
    use deep_networks::Dropout;
    use dfdx::prelude::{Const, Tensor, TensorFromVec};
    use gpt::together::Communicator;
    use tensors::seeds;

    type Whole = FeedForward<Const<6>, Const<24>, f32, Cpu>;

    fn drawn(seed: u64, count: usize) -> Vec<f32> {
        seeds::normal(&mut seeds::generator(seed), count, 1.0)
    }

    fn whole() -> Whole {
        let mut whole = Whole::build(&Cpu::default());
        whole.up.weight.copy_from(&drawn(1, 144));
        whole.up.bias.copy_from(&drawn(2, 24));
        whole.down.weight.copy_from(&drawn(3, 144));
        whole.down.bias.copy_from(&drawn(4, 6));
        whole
    }

    /// What a network makes of two sequences of five vectors.
    fn thought<Hidden: ConstDim>(network: &FeedForward<Const<6>, Hidden, f32, Cpu>) -> Vec<f32> {
        let x: Tensor<(usize, usize, Const<6>), f32, Cpu> =
            Cpu::default().tensor_from_vec(drawn(5, 60), (2, 5, Const::<6>));
        network.think(x, &mut Dropout::off()).as_vec()
    }

    /// The same, with the hidden numbers shared out.
    fn together<Share: ConstDim>() -> Vec<Vec<f32>> {
        on_machines(24 / Share::SIZE, |machine| {
            let mut result = thought(&share::<_, _, Share>(&whole(), machine.rank()));
            machine.all_reduce(&mut result);
            // W machines send 2 (W − 1)/W of it each.
            assert_eq!(machine.sent, 2 * (machine.size() - 1) * 60 * 4 / machine.size());
            result
        })
    }

    #[test]
    fn shares_of_a_feed_forward_network_add_up_to_the_whole() {
        let expected = thought(&whole());
        for results in [together::<Const<24>>(), together::<Const<12>>(), together::<Const<6>>()] {
            for result in results {
                assert_eq!(result.len(), expected.len());
                for (a, b) in result.iter().zip(&expected) {
                    // Sums of 24 products near 1, in another order.
                    assert!((a - b).abs() < 1e-5, "{a} {b}");
                }
            }
        }
    }
}
