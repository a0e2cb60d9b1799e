//! The numbers of the experiment that the page quotes, without its figures.

use neurons::clouds::{XOR, two_clouds};
use neurons::loss::{Loss, cross_entropy, cross_entropy_slope, squared_error_slope};
use neurons::neuron::Neuron;

fn main() {
    let points = two_clouds(100, 0.5, 1);
    let path = Neuron::default().descend(&points, cross_entropy_slope, 1.0, 200);
    for step in [0, 1, 10, 200] {
        let (loss, accuracy) = (path[step].mean_loss(&points, cross_entropy), path[step].accuracy(&points));
        println!("two clouds, step {step:>3}: loss {loss:.4}, accuracy {:.1} %", 100.0 * accuracy);
    }

    let bad_start = Neuron { weights: [-6.0, -3.0], bias: 0.0 };
    for (name, slope) in
        [("squared error", squared_error_slope as Loss), ("cross-entropy", cross_entropy_slope)]
    {
        let path = bad_start.descend(&points, slope, 1.0, 20);
        let accuracies = [0, 5, 20].map(|step| format!("{:.0} %", 100.0 * path[step].accuracy(&points)));
        println!("bad start, {name}: accuracy after 0, 5, 20 steps {}", accuracies.join(", "));
    }

    let start = Neuron { weights: [1.5, -0.7], bias: 0.2 };
    let trained = start.descend(&XOR, cross_entropy_slope, 1.0, 2000)[2000];
    println!("XOR, step 2000: loss {:.4}", trained.mean_loss(&XOR, cross_entropy));
    for (x, target) in XOR {
        println!("  {x:?} should be {target}, the neuron says {:.3}", trained.predict(x));
    }
}
