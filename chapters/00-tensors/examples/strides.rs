//! The same product by loops over strides and by dfdx.

use dfdx::prelude::*;
use tensors::by_hand::{Matrix, ShapeError};

fn main() -> Result<(), ShapeError> {
    // ANCHOR: strides
    let a = Matrix::new(2, 3, vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0])?;
    let product = a.matmul(&a.clone().transpose())?; // (2, 3) · (3, 2) = (2, 2)
    println!("by hand {:?}", product.to_vec());

    let dev = Cpu::default();
    let a: Tensor<Rank2<2, 3>, f32, Cpu> = dev.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    let product = a.clone().matmul(a.permute::<Rank2<3, 2>, _>());
    println!("dfdx    {:?}", product.as_vec());
    // ANCHOR_END: strides

    // ANCHOR: mistake
    let a = Matrix::new(2, 3, vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0])?;
    if let Err(error) = a.matmul(&a) {
        println!("by hand, when it runs:\n{error}");
    }
    // ANCHOR_END: mistake
    Ok(())
}
