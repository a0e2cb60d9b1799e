//! Three machines add up three numbers each: `cargo run -p scaling --example ring_by_hand`.

use gpt::together::Communicator;
use scaling::cluster::on_machines;

fn main() {
    let told = on_machines(3, |machine| {
        // 1 2 3, 10 20 30 and 100 200 300.
        let mut numbers = [1.0, 2.0, 3.0].map(|number| number * 10_f32.powi(machine.rank() as i32));
        let own = machine.reduce_scatter(&mut numbers);
        let half_way = format!("{numbers:>5?}, of which the sum is {:?}", &numbers[own]);
        machine.all_gather(&mut numbers);
        format!("machine {}: {half_way}; then {numbers:?}; {} bytes sent", machine.rank(), machine.sent)
    });
    println!("{}", told.join("\n"));
}
