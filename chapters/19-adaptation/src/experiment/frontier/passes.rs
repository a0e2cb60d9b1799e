//! pass@k: does a policy that is right more often also find what is rare?

use super::make::Run;
use super::way::Way;
use crate::experiment::CHAPTER;
use crate::experiment::ledger::Ledger;
use adaptation::passes::mean_pass_at;
use anyhow::{Context, Result};
use figures::{Chart, save};
use language_models::story::{SLOTS, Slot};

/// Answers of which one must pass.
const TRIES: [usize; 8] = [1, 4, 16, 64, 128, 256, 512, 1024];
/// The slot whose words are the tasks, and how many words it has.
const SLOT: Slot = Slot::Hero;
const TASKS: usize = 40;

/// Of all stories of a way: their number, and how often each task was passed.
fn passed(ledger: &Ledger<Run>, way: Way) -> Option<(usize, Vec<usize>)> {
    let slot = SLOTS.iter().position(|slot| *slot == SLOT)?;
    let (mut stories, mut tasks) = (0, vec![0; TASKS]);
    for run in ledger.runs.iter().filter(|run| run.way == way) {
        stories += run.judged.stories;
        for (task, count) in tasks.iter_mut().zip(&run.judged.words[slot]) {
            *task += count;
        }
    }
    (stories > 0).then_some((stories, tasks))
}

/// Prints and draws what the stories of all runs say.
pub fn report(ledger: &Ledger<Run>) -> Result<()> {
    println!("\npass@k: a valid story about a given one of {TASKS} people, the mean over them");
    print!("  {:<38}", "");
    println!("{}", TRIES.map(|k| format!("{k:>7}")).concat());
    let mut chart =
        Chart::new("One of k", "stories, k", "probability of a valid story about somebody").log_x();
    for way in Way::all() {
        let Some((stories, tasks)) = passed(ledger, way) else { continue };
        let points: Vec<(f64, f64)> = TRIES
            .into_iter()
            .filter(|k| *k <= stories)
            .map(|k| Ok((k as f64, mean_pass_at(k, stories, &tasks).context("there are stories enough")?)))
            .collect::<Result<_>>()?;
        let row: Vec<String> = points.iter().map(|(_, p)| format!("{p:>7.3}")).collect();
        println!("  {:<38}{}", way.name(), row.concat());
        if way.is_typical() {
            chart = chart.line(&way.name(), points);
        }
    }
    Ok(save(CHAPTER, "passes", &chart.draw()?)?)
}
