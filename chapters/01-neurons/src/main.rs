//! The experiment of chapter 1: `cargo run -p neurons`.
//!
//! One neuron separates two clouds, fails on XOR, and walks down its loss surface at different
//! learning rates.

use figures::{Chart, PlotError, save};
use neurons::activation::{ACTIVATIONS, sigmoid};
use neurons::clouds::{Labelled, XOR, two_clouds};
use neurons::loss::{Loss, cross_entropy, cross_entropy_slope, squared_error, squared_error_slope};
use neurons::neuron::Neuron;

const CHAPTER: &str = "neurons";

fn main() -> Result<(), PlotError> {
    timeline()?;
    activations()?;
    losses()?;
    clouds()?;
    learning_rates()?;
    xor()
}

/// Eighty years of neurons. Sources: the bibliography.
const HISTORY: [(i32, &str); 12] = [
    (1943, "McCulloch–Pitts unit"),
    (1958, "perceptron"),
    (1969, "the book “Perceptrons”"),
    (1986, "back-propagation"),
    (1997, "LSTM"),
    (2000, "neural language model"),
    (2012, "AlexNet"),
    (2013, "word2vec"),
    (2017, "Transformer"),
    (2018, "GPT, BERT"),
    (2020, "GPT-3"),
    (2022, "ChatGPT"),
];

fn timeline() -> Result<(), PlotError> {
    // One step down for each event, so that the labels do not cover each other.
    let height = |event: usize| (HISTORY.len() - event) as f64;
    let points = HISTORY.iter().enumerate().map(|(event, (year, _))| (f64::from(*year), height(event)));
    let mut chart = Chart::new("From the first artificial neuron to ChatGPT", "year", "")
        .x_range(1940.0, 2025.0)
        .y_range(0.0, 13.0)
        .scatter("", points);
    for (event, (year, what)) in HISTORY.iter().enumerate() {
        chart = chart.note(f64::from(*year), height(event), &format!("{year} {what}"));
    }
    save(CHAPTER, "timeline", &chart.draw()?)
}

fn activations() -> Result<(), PlotError> {
    let xs = || (-80..=80).map(|i| f64::from(i) / 20.0);
    let mut values = Chart::new("Activation functions", "x", "f(x)").y_range(-1.2, 4.0);
    let mut slopes = Chart::new("… and their derivatives", "x", "f′(x)").y_range(-0.2, 1.2);
    for (name, f, derivative) in ACTIVATIONS {
        values = values.line(name, xs().map(|x| (x, f(x))));
        slopes = slopes.line(name, xs().map(|x| (x, derivative(x))));
    }
    save(CHAPTER, "activations", &values.draw()?)?;
    save(CHAPTER, "derivatives", &slopes.draw()?)
}

/// How steep is each loss where the neuron is wrong? The target is 1; far to the left it is surely
/// wrong.
fn losses() -> Result<(), PlotError> {
    let zs = || (-160..=80).map(|i| f64::from(i) / 20.0);
    let chart = Chart::new(
        "The slope that gradient descent sees (target 1)",
        "sum before the sigmoid, z",
        "−dL/dz",
    )
    .line("squared error", zs().map(|z| (z, -squared_error_slope(sigmoid(z), 1.0))))
    .line("cross-entropy", zs().map(|z| (z, -cross_entropy_slope(sigmoid(z), 1.0))));
    save(CHAPTER, "losses", &chart.draw()?)?;
    let start = Neuron { weights: [-6.0, -3.0], bias: 0.0 };
    let points = two_clouds(100, 0.5, 1);
    for (name, loss, slope) in [
        ("squared error", squared_error as Loss, squared_error_slope as Loss),
        ("cross-entropy", cross_entropy, cross_entropy_slope),
    ] {
        let path = start.descend(&points, slope, 1.0, 20);
        let accuracies = [0, 5, 20].map(|step| format!("{:.0} %", 100.0 * path[step].accuracy(&points)));
        let last = path[20].mean_loss(&points, loss);
        println!(
            "from a bad start, {name}: accuracy after 0, 5, 20 steps {}; loss {last:.3}",
            accuracies.join(", ")
        );
    }
    Ok(())
}

/// The points of a class as a cloud for a chart.
fn class(points: &[Labelled], which: f64) -> Vec<(f64, f64)> {
    points.iter().filter(|(_, target)| *target == which).map(|([x, y], _)| (*x, *y)).collect()
}

fn clouds() -> Result<(), PlotError> {
    let points = two_clouds(100, 0.5, 1);
    let path = Neuron::default().descend(&points, cross_entropy_slope, 1.0, 200);
    let trained = path[200];
    for step in [0, 1, 10, 200] {
        let (loss, accuracy) = (path[step].mean_loss(&points, cross_entropy), path[step].accuracy(&points));
        println!("two clouds, step {step:>3}: loss {loss:.4}, accuracy {:.1} %", 100.0 * accuracy);
    }
    let chart = Chart::new("One neuron draws one line", "x₀", "x₁")
        .x_range(-3.0, 3.0)
        .y_range(-2.5, 2.5)
        .regions(move |x, y| trained.predict([x, y]))
        .scatter("class 0", class(&points, 0.0))
        .scatter("class 1", class(&points, 1.0));
    save(CHAPTER, "clouds", &chart.draw()?)
}

/// Descent on the loss surface over both weights (the bias is kept at 0), at three learning rates.
fn learning_rates() -> Result<(), PlotError> {
    let points = two_clouds(100, 1.0, 1);
    let surface = points.clone();
    let mut chart = Chart::new("Ten steps downhill, at three learning rates", "w₀", "w₁")
        .x_range(-3.0, 11.0)
        .y_range(-3.0, 5.0)
        .heights(move |x, y| Neuron { weights: [x, y], bias: 0.0 }.mean_loss(&surface, cross_entropy).ln());
    let start = Neuron { weights: [-2.0, 4.0], bias: 0.0 };
    for rate in [0.3, 3.0, 16.0] {
        let mut path = vec![start];
        for _ in 0..10 {
            let mut next = path[path.len() - 1];
            next.step(&Neuron { bias: 0.0, ..next.gradient(&points, cross_entropy_slope) }, rate);
            path.push(next);
        }
        let loss = path[10].mean_loss(&points, cross_entropy);
        println!("learning rate {rate:>4}: loss after ten steps {loss:.3}");
        chart = chart.line(&format!("rate {rate}"), path.iter().map(|n| (n.weights[0], n.weights[1])));
    }
    save(CHAPTER, "surface", &chart.draw()?)
}

fn xor() -> Result<(), PlotError> {
    let start = Neuron { weights: [1.5, -0.7], bias: 0.2 };
    let path = start.descend(&XOR, cross_entropy_slope, 1.0, 2000);
    let trained = path[2000];
    println!(
        "XOR, step 2000: loss {:.4} (ln 2 = {:.4})",
        trained.mean_loss(&XOR, cross_entropy),
        2_f64.ln()
    );
    for (x, target) in XOR {
        println!("  {x:?} should be {target}, the neuron says {:.3}", trained.predict(x));
    }
    let chart = Chart::new("The loss on XOR stops at ln 2", "step", "mean cross-entropy in nats")
        .y_range(0.6, 1.0)
        .line(
            "one neuron",
            path[..60].iter().enumerate().map(|(i, n)| (i as f64, n.mean_loss(&XOR, cross_entropy))),
        )
        .dashes("ln 2: knowing nothing", [(0.0, 2_f64.ln()), (59.0, 2_f64.ln())]);
    save(CHAPTER, "xor", &chart.draw()?)
}
