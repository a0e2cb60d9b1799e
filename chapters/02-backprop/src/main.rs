//! The experiment of chapter 2: `cargo run -p backprop`.
//!
//! A graph and its slopes; the network that learns XOR; three ways to the same gradient, and what
//! each of them costs.

use backprop::engine::{Tape, Value};
use backprop::gradient_check::{Traced, worst_error_at};
use backprop::network::{by_dfdx, by_differences, by_engine, loss, parameters, predict, random, train};
use dfdx::prelude::{Const, Cpu, Rank0, Rank1, SumTo, TensorFromVec};
use figures::{Chart, Diagram, PlotError, save};
use neurons::clouds::{XOR, two_clouds};

const CHAPTER: &str = "backprop";

fn main() -> Result<(), PlotError> {
    graph()?;
    xor()?;
    agreement();
    step_size()?;
    cost()
}

/// Draws the tape of d = a·b + a with the values that went forward and the slopes that came back.
fn graph() -> Result<(), PlotError> {
    let tape = Tape::default();
    let (a, b) = (tape.value(2.0), tape.value(3.0));
    let c = a * b;
    let d = c + a;
    let gradient = d.backward();
    let mut diagram = Diagram::new("d = a·b + a: values forward, slopes back");
    let names =
        [(a, "a", 0.0, 0.0), (b, "b", 0.0, 1.2), (c, "c = a × b", 1.3, 1.2), (d, "d = c + a", 2.6, 0.4)];
    for (value, name, column, row) in names {
        let kind = usize::from(!tape.nodes()[value.place].inputs.is_empty());
        diagram.node(column, row, kind, &format!("{name}\n= {}, slope {}", value.data, gradient.of(value)));
    }
    for (place, node) in tape.nodes().iter().enumerate() {
        for (input, slope) in &node.inputs {
            diagram.arrow(*input, place, &format!("× {slope}"));
        }
    }
    save(CHAPTER, "graph", &diagram.draw()?)
}

/// What one neuron could not do.
fn xor() -> Result<(), PlotError> {
    let (trained, losses) = train(random(4, 1), &XOR, 1.0, 500);
    println!("XOR with 4 hidden units: loss {:.4} at first, {:.4} after 500 steps", losses[0], losses[500]);
    for (x, target) in XOR {
        println!("  {x:?} should be {target}, the network says {:.3}", predict(&trained, x));
    }
    let class = |which: f64| XOR.iter().filter(move |(_, t)| *t == which).map(|([x, y], _)| (*x, *y));
    let chart = Chart::new("Four hidden units bend the border", "x₀", "x₁")
        .x_range(-0.6, 1.6)
        .y_range(-0.6, 1.6)
        .scatter("0", class(0.0))
        .scatter("1", class(1.0))
        .regions(move |x, y| predict(&trained, [x, y]));
    save(CHAPTER, "xor", &chart.draw()?)
}

/// The largest difference between two lists.
fn apart(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

fn agreement() {
    let (values, points) = (random(8, 2), two_clouds(20, 1.0, 3));
    let (_, engine) = by_engine(&values, &points);
    let (_, library) = by_dfdx::<8>(&values, &points);
    let definition = by_differences(&values, &points);
    let below = |distance: f64| format!("below 10^{}", distance.log10().ceil());
    println!("{} slopes, engine against dfdx: {}", engine.len(), below(apart(&engine, &library)));
    println!(
        "{} slopes, engine against central differences: {}",
        engine.len(),
        below(apart(&engine, &definition))
    );
}

/// How small should the step of a central difference be?
fn step_size() -> Result<(), PlotError> {
    let x = Cpu::default()
        .tensor_from_vec((0..20).map(|i| f64::from(i) / 10.0 - 1.0).collect(), (Const::<20>,));
    let f = |x: Traced<Rank1<20>>| (x.sin() * 3.0).exp().sum::<Rank0, _>();
    let steps = (2..=48).map(|i| 10_f64.powf(-f64::from(i) / 4.0));
    let errors: Vec<(f64, f64)> = steps.map(|h| (h, worst_error_at(&x, 0..20, h, f))).collect();
    let best = errors.iter().min_by(|a, b| a.1.total_cmp(&b.1)).expect("some steps were tried");
    println!(
        "central differences are best near h = 10^{:.0}: error 10^{:.0}",
        best.0.log10(),
        best.1.log10()
    );
    let chart = Chart::new("A step can be too small", "step h", "largest relative error")
        .log_x()
        .log_y()
        .line("", errors);
    save(CHAPTER, "step_size", &chart.draw()?)
}

/// Nodes visited for one gradient: the tape forward and back once, or forward twice for each
/// parameter.
fn cost() -> Result<(), PlotError> {
    let points = two_clouds(4, 0.5, 1);
    let (mut once, mut often) = (Vec::new(), Vec::new());
    for hidden in [1, 2, 4, 8, 16, 32, 64, 128, 256] {
        let tape = Tape::default();
        let values: Vec<Value<'_>> = random(hidden, 1).into_iter().map(|p| tape.value(p)).collect();
        let nodes = loss(&tape, &values, &points).place + 1;
        let count = parameters(hidden);
        once.push((count as f64, (2 * nodes) as f64));
        often.push((count as f64, (2 * count * nodes) as f64));
        if [4, 256].contains(&hidden) {
            println!(
                "{count} parameters: {} nodes visited by a backward pass, {} by central differences: {count} times as many",
                2 * nodes,
                2 * count * nodes
            );
        }
    }
    let chart = Chart::new("The cost of one gradient", "parameters", "nodes visited")
        .log_x()
        .log_y()
        .line("one pass forward, one back", once)
        .line("central differences: two forward passes a parameter", often);
    save(CHAPTER, "cost", &chart.draw()?)
}
