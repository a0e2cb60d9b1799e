//! An embedding is a layer: to look up a row is to multiply a one-hot vector by a matrix.

use dfdx::data::OneHotEncode;
use dfdx::prelude::{
    AsArray, Backward, Const, Cpu, GatherTo, Rank0, Rank2, SampleTensor, SumTo, Tensor, TensorFrom, Trace,
    TryMatMul,
};

fn main() {
    // ANCHOR: lookup
    let dev = Cpu::seed_from_u64(1);
    let table: Tensor<Rank2<5, 3>, f32, _> = dev.sample_normal(); // five words, three numbers each
    let sentence = [4, 1, 4];
    let one_hot = dev.one_hot_encode(Const::<5>, sentence); // (sentence, words)
    let by_product = one_hot.matmul(table.clone());
    let by_lookup = table.leaky_trace().gather(dev.tensor(sentence));
    println!("the same: {}", by_product.array() == by_lookup.array());
    let loss = by_lookup.square().sum::<Rank0, _>();
    let gradient = loss.backward().get(&table).array();
    for (word, slope) in gradient.iter().enumerate() {
        println!("gradient of word {word}: {slope:.2?}");
    }
    // ANCHOR_END: lookup
}
