//! A layer norm and two steps on the stream, with a pencil.

use dfdx::prelude::{BuildModule, Const, Cpu, TensorFromVec};
use transformer::{Design, LayerNorm, Place};

fn main() {
    // ANCHOR: by_hand
    let dev = Cpu::default();
    let norm = LayerNorm::<Const<2>, f64, Cpu>::build(&dev);
    let x = dev.tensor_from_vec(vec![3.0, 7.0], (1, 1, Const::<2>));
    println!("norm of (3, 7): {:.3?}", norm.norm(x.clone()).as_vec());
    for place in [Place::Before, Place::After] {
        let design = Design { place, ..Design::default() };
        let y = design.step(x.clone(), &norm, |x| x * 10.0); // a layer that multiplies by ten
        println!("norm {place:?}: {:.3?}", y.as_vec());
    }
    // ANCHOR_END: by_hand
}
