//! The experiment of chapter 3: `cargo run --release -p deep-networks`.
//!
//! Signals through fifty layers; five optimisers on two spirals; depth against width; batches;
//! learning by heart, and what helps against it.

use deep_networks::spirals::Points;
use deep_networks::{
    Dropout, Mlp, Optimiser, Rule, WarmupCosine, add, cross_entropy, fit, global_norm, gradient_of,
    initialise,
};
use dfdx::prelude::{
    Backward, BuildModule, Const, Cpu, NumParams, OwnedTape, PutTape, Rank2, Tensor, TensorFromVec,
    TryMatMul,
};
use figures::{Chart, PlotError, save};
use neurons::activation::sigmoid;
use tensors::seeds;

const CHAPTER: &str = "deep-networks";
/// Turns of the spirals.
const TURNS: f32 = 2.5;
const ADAM: Rule = Rule::Adam { betas: [0.9, 0.99] };

fn main() -> Result<(), PlotError> {
    variance()?;
    schedule()?;
    optimisers()?;
    depth()?;
    batches()?;
    by_heart()
}

/// The size of a signal through fifty layers of 100 ReLUs, for four sizes of the weights.
fn variance() -> Result<(), PlotError> {
    const WIDTH: usize = 100;
    let dev = Cpu::default();
    let mut chart = Chart::new("A signal through fifty layers of ReLUs", "layer", "size of the signal")
        .log_y()
        .y_range(-8.0, 6.5);
    let he = (2.0 / WIDTH as f32).sqrt();
    for (name, deviation) in
        [("0.8 √(2/n)", 0.8 * he), ("√(1/n)", he / 2_f32.sqrt()), ("√(2/n)", he), ("1.2 √(2/n)", 1.2 * he)]
    {
        let mut rng = seeds::generator(3);
        let mut draw = |deviation| {
            dev.tensor_from_vec(seeds::normal(&mut rng, WIDTH * WIDTH, deviation), (Const, Const))
        };
        let mut x: Tensor<Rank2<WIDTH, WIDTH>, f32, Cpu> = draw(1.0); // 100 signals of 100 numbers
        let mut sizes = vec![(0.0, 1.0)];
        for layer in 1..=50 {
            x = x.matmul(draw(deviation)).relu();
            let squares: f32 = x.as_vec().iter().map(|v| v * v).sum();
            // The root mean square, times √2: a ReLU halves the mean square of a signal around 0.
            sizes.push((f64::from(layer), f64::from((2.0 * squares / (WIDTH * WIDTH) as f32).sqrt())));
        }
        println!(
            "weights of deviation {name}: after 50 layers the signal has the size {:.1e}",
            sizes[50].1
        );
        chart = chart.line(name, sizes);
    }
    save(CHAPTER, "variance", &chart.draw()?)
}

fn schedule() -> Result<(), PlotError> {
    let rates = |warmup| {
        let schedule = WarmupCosine { peak: 1.0, floor: 0.1, warmup, steps: 1000 };
        (0..=1000).map(move |step| (f64::from(step as u32), schedule.rate(step)))
    };
    let chart = Chart::new("Warm-up and cosine", "step", "learning rate, as a share of the highest")
        .y_range(0.0, 1.05)
        .line("warm-up of 100 steps", rates(100));
    save(CHAPTER, "schedule", &chart.draw()?)
}

/// What a run is made of.
#[derive(Clone, Copy)]
struct Plan {
    rule: Rule,
    rate: f64,
    steps: usize,
    batch: usize,
    dropout: f64,
    seed: u64,
}

const PLAN: Plan = Plan { rule: ADAM, rate: 0.01, steps: 1500, batch: 64, dropout: 0.0, seed: 1 };

/// A model after training, its losses by step, and what `watch` said of it on the way.
struct Trained<M> {
    model: M,
    losses: Vec<f64>,
    watched: Vec<(f64, f64)>,
}

type Net<const WIDTH: usize, const MORE: usize> = Mlp<2, WIDTH, MORE, 2, f32, Cpu>;

/// Trains a network on `points`; every 25 steps `watch` looks at it.
fn train<const WIDTH: usize, const MORE: usize>(
    points: &Points,
    plan: Plan,
    watch: impl Fn(&Net<WIDTH, MORE>) -> f64,
) -> Trained<Net<WIDTH, MORE>> {
    let (dev, mut rng) = (Cpu::default(), seeds::generator(plan.seed));
    let mut dropout = Dropout::new(plan.dropout, plan.seed);
    let mut model = Net::<WIDTH, MORE>::build(&dev);
    initialise(&mut model, plan.seed);
    let mut optimiser = Optimiser::new(plan.rule, &dev);
    let schedule = WarmupCosine { peak: plan.rate, floor: 0.0, warmup: 50, steps: plan.steps };
    let (mut losses, mut watched) = (Vec::new(), Vec::new());
    let loss = |model: &Net<WIDTH, MORE>, _| {
        let batch = points.minibatch(plan.batch, &mut rng);
        let x = batch.inputs(&dev).put_tape(OwnedTape::default());
        cross_entropy(model.forward(x, &mut dropout), &batch.class)
    };
    let look = |model: &Net<WIDTH, MORE>, step: usize, loss| {
        losses.push(loss);
        if step.is_multiple_of(25) {
            watched.push((step as f64, watch(model)));
        }
        true
    };
    fit(&mut model, &mut optimiser, &schedule, 1.0, loss, look).expect("these rates keep the loss finite");
    Trained { model, losses, watched }
}

/// Loss and share of right answers on `points`.
fn judge<const WIDTH: usize, const MORE: usize>(model: &Net<WIDTH, MORE>, points: &Points) -> (f64, f64) {
    let scores = model.forward(points.inputs(&Cpu::default()), &mut Dropout::off());
    let loss = f64::from(cross_entropy(scores.clone(), &points.class).as_vec()[0]);
    let scores = scores.as_vec();
    let right = scores.chunks_exact(2).zip(&points.class).filter(|(s, c)| usize::from(s[1] > s[0]) == **c);
    (loss, right.count() as f64 / points.class.len() as f64)
}

/// A curve of means over 25 steps.
fn smooth(losses: &[f64]) -> Vec<(f64, f64)> {
    let mean = |(i, part): (usize, &[f64])| ((25 * i) as f64, part.iter().sum::<f64>() / part.len() as f64);
    losses.chunks(25).enumerate().map(mean).collect()
}

fn optimisers() -> Result<(), PlotError> {
    let points = Points::spirals(200, TURNS, 0.03, 1);
    let mut chart =
        Chart::new("Five rules on two spirals", "step", "training loss in nats").y_range(0.0, 0.9);
    println!("optimisers, each at the best of seven rates: mean loss of steps 700 to 800");
    for (name, rule) in [
        ("SGD", Rule::Sgd),
        ("momentum", Rule::Momentum { beta: 0.9 }),
        ("RMSProp", Rule::RmsProp { beta: 0.99 }),
        ("Adam", ADAM),
        ("AdamW", Rule::AdamW { betas: [0.9, 0.99], weight_decay: 0.1 }),
    ] {
        let last = |losses: &[f64]| losses[losses.len() - 100..].iter().sum::<f64>() / 100.0;
        let runs = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0].map(|rate| {
            let run = train::<32, 2>(&points, Plan { rule, rate, steps: 800, ..PLAN }, |_| 0.0);
            (rate, last(&run.losses), run.losses)
        });
        let (rate, loss, losses) = runs.into_iter().min_by(|a, b| a.1.total_cmp(&b.1)).expect("seven runs");
        println!("  {name:<8} rate {rate:<5}: {loss:.3}");
        chart = chart.line(name, smooth(&losses));
    }
    save(CHAPTER, "optimisers", &chart.draw()?)
}

/// Five trainings of a network: its name and the mean of its loss curves.
fn runs<const WIDTH: usize, const MORE: usize>(
    points: &Points,
    unseen: &Points,
) -> (String, Vec<(f64, f64)>) {
    let runs: Vec<_> =
        (1..=5).map(|seed| train::<WIDTH, MORE>(points, Plan { seed, ..PLAN }, |_| 0.0)).collect();
    let parameters = runs[0].model.num_trainable_params();
    let right = runs.iter().map(|run| judge(&run.model, unseen).1).sum::<f64>() / 5.0;
    let name = format!("{} × {WIDTH}", MORE + 1);
    println!(
        "  {name:<8} hidden units, {parameters} parameters: {:.1} % of unseen points right",
        100.0 * right
    );
    let mean = |step: usize| runs.iter().map(|run| run.losses[step]).sum::<f64>() / 5.0;
    (name, smooth(&(0..PLAN.steps).map(mean).collect::<Vec<f64>>()))
}

/// Networks with nearly the same number of parameters, from wide to deep.
fn depth() -> Result<(), PlotError> {
    let (points, unseen) = (Points::spirals(200, TURNS, 0.03, 1), Points::spirals(500, TURNS, 0.03, 2));
    let mut chart =
        Chart::new("Depth against width, about 1,000 parameters each", "step", "training loss in nats")
            .y_range(0.0, 0.9);
    println!("depth against width, mean of five seeds:");
    let curves = [
        runs::<200, 0>(&points, &unseen),
        runs::<29, 1>(&points, &unseen),
        runs::<21, 2>(&points, &unseen),
        runs::<15, 4>(&points, &unseen),
    ];
    for (name, curve) in curves {
        chart = chart.line(&name, curve);
    }
    save(CHAPTER, "depth", &chart.draw()?)?;

    let trained = train::<21, 2>(&points, PLAN, |_| 0.0).model;
    features(&trained, &points)
}

/// What units of the first and of the last hidden layer respond to.
fn features(model: &Net<21, 2>, points: &Points) -> Result<(), PlotError> {
    let class = |which: usize| {
        let of = points.x.iter().zip(&points.class).filter(move |(_, c)| **c == which);
        of.map(|(x, _)| (f64::from(x[0]), f64::from(x[1]))).collect::<Vec<_>>()
    };
    let at = |x: f64, y: f64| Cpu::default().tensor_from_vec(vec![x as f32, y as f32], (1, Const::<2>));
    let decide = model.clone();
    let picture = Chart::new("What the network decides", "x₀", "x₁").x_range(-2.3, 2.3).y_range(-2.3, 2.3);
    let picture = picture
        .regions(move |x, y| {
            let scores = decide.forward(at(x, y), &mut Dropout::off()).as_vec();
            sigmoid(f64::from(scores[1] - scores[0]))
        })
        .scatter("class 0", class(0))
        .scatter("class 1", class(1));
    save(CHAPTER, "spirals", &picture.draw()?)?;
    for (layer, file, title) in [
        (0, "first_layer", "One unit of the first layer responds to one side of a line"),
        (2, "last_layer", "One unit of the third layer responds to a region with a shape"),
    ] {
        // The unit whose response differs most over the points: some never respond.
        let responses = model.hidden(points.inputs(&Cpu::default()))[layer].as_vec();
        let spread = |unit: usize| {
            let of: Vec<f32> = responses.iter().skip(unit).step_by(21).copied().collect();
            let mean = of.iter().sum::<f32>() / of.len() as f32;
            of.iter().map(|r| (r - mean).powi(2)).sum::<f32>()
        };
        let unit = (0..21).max_by(|a, b| spread(*a).total_cmp(&spread(*b))).expect("21 units");
        let net = model.clone();
        let chart = Chart::new(title, "x₀", "x₁")
            .x_range(-2.3, 2.3)
            .y_range(-2.3, 2.3)
            .heights(move |x, y| f64::from(net.hidden(at(x, y))[layer].as_vec()[unit]))
            .scatter("class 0", class(0))
            .scatter("class 1", class(1));
        save(CHAPTER, file, &chart.draw()?)?;
    }
    Ok(())
}

/// The same number of examples seen, in batches of different sizes.
fn batches() -> Result<(), PlotError> {
    let points = Points::spirals(200, TURNS, 0.03, 1);
    noise(&points);
    let mut chart =
        Chart::new("The same 64,000 examples in batches", "examples seen", "loss on all points in nats")
            .y_range(0.0, 0.9);
    println!("64,000 examples in batches:");
    for batch in [4, 16, 64, 400] {
        let plan = Plan { batch, steps: 64_000 / batch, ..PLAN };
        let run = train::<32, 2>(&points, plan, |model| judge(model, &points).0);
        let (loss, right) = judge(&run.model, &points);
        println!(
            "  {:>6} steps of {batch:>3}: loss {:.3}, {:.1} % right",
            plan.steps,
            loss.max(0.0),
            100.0 * right
        );
        chart = chart
            .line(&format!("batches of {batch}"), run.watched.iter().map(|(s, l)| (s * batch as f64, *l)));
    }
    save(CHAPTER, "batches", &chart.draw()?)
}

/// How far the gradient of a minibatch is from that of all points, before training.
fn noise(points: &Points) {
    const DRAWS: usize = 200;
    type Net = Mlp<2, 32, 2, 2, f32, Cpu>;
    let dev = Cpu::default();
    let mut model = Net::build(&dev);
    initialise(&mut model, 1);
    let gradient = |batch: &Points| {
        let x = batch.inputs(&dev).put_tape(OwnedTape::default());
        let loss = cross_entropy(model.forward(x, &mut Dropout::off()), &batch.class);
        gradient_of(&model, &mut loss.backward())
    };
    let exact = gradient(points);
    let mut rng = seeds::generator(1);
    println!("noise of a minibatch's gradient, as a share of the length of the exact one:");
    for rows in [4, 16, 64, 256] {
        let mut squares = 0.0;
        for _ in 0..DRAWS {
            let mut distance = gradient(&points.minibatch(rows, &mut rng));
            add(&mut distance, 1.0, &exact, -1.0);
            squares += global_norm(&distance).powi(2) / DRAWS as f64;
        }
        println!("  batches of {rows:>3}: {:.2}", squares.sqrt() / global_norm(&exact));
    }
}

/// Forty noisy points and a network that can learn each of them by heart.
fn by_heart() -> Result<(), PlotError> {
    let (points, unseen) = (Points::spirals(40, 1.0, 0.3, 1), Points::spirals(500, 1.0, 0.3, 2));
    let mut chart = Chart::new("Few, noisy points: the loss on points never seen", "step", "loss in nats")
        .y_range(0.0, 3.0);
    println!(
        "80 noisy points, 3 × 64 units: loss on the points / on unseen ones, at the end and at its best"
    );
    for (name, rule, dropout) in [
        ("nothing", ADAM, 0.0),
        ("weight decay 2", Rule::AdamW { betas: [0.9, 0.99], weight_decay: 2.0 }, 0.0),
        ("dropout 0.3", ADAM, 0.3),
    ] {
        let plan = Plan { rule, dropout, batch: 32, ..PLAN };
        let run = train::<64, 2>(&points, plan, |model| judge(model, &unseen).0);
        let best = run.watched.iter().copied().min_by(|a, b| a.1.total_cmp(&b.1)).expect("it was watched");
        println!(
            "  {name:<15} {:.3} / {:.3}, best {:.3} at step {}",
            judge(&run.model, &points).0,
            judge(&run.model, &unseen).0,
            best.1,
            best.0
        );
        chart = chart.line(name, run.watched);
    }
    save(CHAPTER, "by_heart", &chart.draw()?)
}
