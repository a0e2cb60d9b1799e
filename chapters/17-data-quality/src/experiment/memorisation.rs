//! Learned by heart: few stories read often, or a few among many.

use super::ledger::Ledger;
use super::setup::{Lab, SEEDS, SMALL, Small, Stream, above};
use super::table::row;
use crate::experiment::CHAPTER;
use anyhow::{Result, ensure};
use data_quality::contamination::evidence;
use data_quality::memorise::below;
use figures::{Chart, save};
use gpt::{Gpt, Shape};
use kernels::measured::median;
use language_models::story::{self, KINDS};
use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};

const PART: &str = "memorisation";
/// Different stories of which the training text consists.
const UNIQUE: [usize; 4] = [10, 50, 250, 1000];
/// How often each story is read of the tenth of the text that is repeated.
const REPEATED: [usize; 2] = [10, 100];
/// Of the stories that were read, so many are judged.
const JUDGED: usize = 50;

/// One model.
#[derive(Debug, Serialize, Deserialize)]
pub struct Run {
    pub seed: u64,
    pub rate: f64,
    /// Different stories that are read again and again, and how often.
    pub unique: usize,
    pub times: usize,
    /// Stories that are read once.
    pub fresh: usize,
    /// Bits a validation story above the floor: for choosing a rate.
    pub validation: f64,
    /// Bits a test story above the floor, by kind.
    pub above: [f64; KINDS.len()],
    /// Mean bits below the floor at open places, of stories above it 0: of those that are read again and
    /// again, and of test stories.
    pub below_read: f64,
    pub below_unread: f64,
    /// Mean evidence of the same.
    pub evidence_read: f64,
    pub evidence_unread: f64,
}

/// Trains all models.
pub fn measure(date: &str) -> Result<()> {
    let lab = Lab::small()?;
    let mut ledger = Ledger::open(PART, date)?;
    let whole = UNIQUE.map(|unique| (unique, 0));
    let tenth = REPEATED.map(|times| (SMALL.texts / 10 / times, SMALL.texts - SMALL.texts / 10));
    let mut runs = Vec::new();
    for seed in SEEDS {
        runs.extend(whole.iter().chain(&tenth).map(|&(unique, fresh)| (seed, unique, fresh, SMALL.rate)));
    }
    for rate in [SMALL.rate / 2.0, SMALL.rate * 2.0] {
        runs.extend([whole[0], whole[3]].map(|(unique, fresh)| (SEEDS[0], unique, fresh, rate)));
    }
    let is = |run: &Run, job: &(u64, usize, usize, f64)| {
        (run.seed, run.unique, run.fresh) == (job.0, job.1, job.2) && run.rate == job.3
    };
    ledger.fill(PART, &runs, is, |(seed, unique, fresh, rate)| run(&lab, (seed, rate), unique, fresh))
}

fn run(lab: &Lab<Gpt<Small>>, (seed, rate): (u64, f64), unique: usize, fresh: usize) -> Result<Run> {
    let mut order = Stream::Order(seed).generator();
    let stories = Stream::Clean(seed).stories(unique + fresh);
    let (again, fresh) = stories.split_at(unique);
    let places = SMALL.texts - fresh.len();
    // Every round in an order of its own.
    let mut read: Vec<&String> = Vec::new();
    while read.len() < places {
        let mut round: Vec<&String> = again.iter().collect();
        round.shuffle(&mut order);
        read.extend(round);
    }
    read.truncate(places);
    if !fresh.is_empty() {
        read.extend(fresh);
        read.shuffle(&mut order);
    }
    let (model, _) = lab.read(&read, seed, rate);
    let test = lab.judge(&model, &lab.test)?;
    let known = lab.judge(&model, &again[..JUDGED.min(unique)])?;
    let mean = |stories: &[Vec<_>]| {
        stories.iter().map(|costs| evidence(costs)).sum::<f64>() / stories.len() as f64
    };
    let validation = lab.judge(&model, &lab.validation)?;
    Ok(Run {
        seed,
        rate,
        validation: above(&validation).iter().sum(),
        unique,
        times: places / unique,
        fresh: fresh.len(),
        above: above(&test),
        below_read: below(&known),
        below_unread: below(&test),
        evidence_read: mean(&known),
        evidence_unread: mean(&test),
    })
}

/// The runs of one diet at the usual rate, by seed.
fn cell(ledger: &Ledger<Run>, unique: usize, fresh: usize) -> Result<Vec<&Run>> {
    let is = |run: &&Run| (run.unique, run.fresh) == (unique, fresh) && run.rate == SMALL.rate;
    let mut runs: Vec<&Run> = ledger.runs.iter().filter(is).collect();
    runs.sort_by_key(|run| run.seed);
    ensure!(runs.len() == SEEDS.len(), "{unique} stories beside {fresh} were not measured with every seed");
    Ok(runs)
}

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Run>::load(PART)?;
    let parameters = Shape::of::<Small>().total();
    println!("\nLearned by heart ({}, {})", ledger.processor, ledger.date);
    println!("small models of {parameters} parameters read {} stories; three seeds", SMALL.texts);
    println!(
        "different stories, how often each; bits a test story above the floor; bits a story below the floor"
    );
    println!("of those that were read, less of those that were not; the same, of stories above it as well");
    println!("a story costs {:.1} bits by the grammar, on average", story::exact_entropy().bits);
    let (mut loss, mut heart, mut known, mut all) = (Vec::new(), Vec::new(), Vec::new(), 0.0);
    for unique in UNIQUE {
        let runs = cell(&ledger, unique, 0)?;
        let of = |f: fn(&Run) -> f64| runs.iter().map(|run| f(run)).collect::<Vec<f64>>();
        let (above, below) =
            (of(|run| run.above.iter().sum()), of(|run| run.below_read - run.below_unread));
        let evidence = of(|run| run.evidence_read - run.evidence_unread);
        let label = format!("{unique} stories, {} times:", runs[0].times);
        println!("  {label:<26}{}   {}   {}", row(&above, 9, 1), row(&below, 9, 2), row(&evidence, 8, 1));
        if unique == UNIQUE[0] {
            all = median(&below) * unique as f64;
        }
        loss.push((unique as f64, median(&above)));
        heart.push((unique as f64, median(&below)));
        known.push((unique as f64, median(&evidence)));
    }
    println!(
        "below the floor of all {} stories together: {all:.0} bits, {:.3} for a parameter",
        UNIQUE[0],
        all / parameters as f64
    );
    println!(
        "\na tenth of what is read is few stories, repeated: bits a test story more than without, seed by seed,"
    );
    println!("and by kind of knowledge, medians");
    println!("  {:<53}{}", "", KINDS.map(|(_, name)| format!("{name:>20}")).concat());
    let none = cell(&ledger, SMALL.texts, 0)?;
    let tenth = SMALL.texts / 10;
    for times in REPEATED {
        let runs = cell(&ledger, tenth / times, SMALL.texts - tenth)?;
        let more = |kind: usize| -> f64 {
            median(&runs.iter().zip(&none).map(|(a, b)| a.above[kind] - b.above[kind]).collect::<Vec<_>>())
        };
        let all =
            runs.iter().zip(&none).map(|(a, b)| a.above.iter().sum::<f64>() - b.above.iter().sum::<f64>());
        println!(
            "  {:<26}{}{}",
            format!("a tenth, {times} times each:"),
            row(&all.collect::<Vec<_>>(), 9, 1),
            row(&std::array::from_fn::<f64, { KINDS.len() }, _>(more), 20, 1)
        );
    }
    println!("\nrates, one seed: bits a validation story above the floor");
    for unique in [UNIQUE[0], UNIQUE[UNIQUE.len() - 1]] {
        let is = |run: &&Run| (run.unique, run.fresh, run.seed) == (unique, 0, SEEDS[0]);
        let mut runs: Vec<&Run> = ledger.runs.iter().filter(is).collect();
        runs.sort_by(|a, b| a.rate.total_cmp(&b.rate));
        let rates: Vec<String> =
            runs.iter().map(|run| format!("{:.4}: {:.1}", run.rate, run.validation)).collect();
        println!("  {unique} stories at {}", rates.join("   "));
    }
    let chart = Chart::new("Few stories, read often", "different stories", "bits a story")
        .line("test, above the floor", loss)
        .line("read, below the floor", heart)
        .line("read, better than unread", known)
        .log_x();
    Ok(save(CHAPTER, "heart", &chart.draw()?)?)
}
