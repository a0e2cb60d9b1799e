//! Making, indexing, reducing, broadcasting and multiplying tensors.

use dfdx::prelude::*;

fn main() {
    // ANCHOR: making
    let dev = Cpu::default();
    // 2 towns, 3 days
    let rain: Tensor<Rank2<2, 3>, f32, Cpu> = dev.tensor([[3.0, 0.0, 1.0], [4.0, 2.0, 0.0]]);
    println!("{:?}", rain.array());
    println!("town 1, day 0: {}", rain[[1, 0]]);
    // ANCHOR_END: making

    // ANCHOR: reducing
    let by_town: Tensor<Rank1<2>, f32, Cpu> = rain.clone().sum(); // the days are summed away
    let by_day: Tensor<Rank1<3>, f32, Cpu> = rain.clone().mean(); // the towns are averaged away
    println!("by town {:?}, by day {:?}", by_town.array(), by_day.array());
    // ANCHOR_END: reducing

    // ANCHOR: broadcasting
    let usual: Tensor<Rank1<3>, f32, Cpu> = dev.tensor([2.0, 1.0, 1.0]);
    let unusual = rain.clone() - usual.broadcast::<Rank2<2, 3>, Axis<0>>(); // one row, for every town
    println!("more than usual {:?}", unusual.array());
    // ANCHOR_END: broadcasting

    // ANCHOR: multiplying
    let price: Tensor<Rank2<3, 1>, f32, Cpu> = dev.tensor([[1.0], [10.0], [100.0]]);
    let bill: Tensor<Rank2<2, 1>, f32, Cpu> = rain.matmul(price); // (2, 3) · (3, 1) = (2, 1)
    println!("bill {:?}", bill.array());
    // ANCHOR_END: multiplying
}
