use dfdx::prelude::*;

fn main() {
    let dev = Cpu::default();
    let x: Tensor<Rank3<2, 5, 8>, f32, _> = dev.zeros();
    let table: Tensor<Rank2<5, 6>, f32, _> = dev.zeros(); // made for a model of 6
    let placed = x + table.broadcast::<Rank3<2, 5, 8>, Axis<0>>();
}
