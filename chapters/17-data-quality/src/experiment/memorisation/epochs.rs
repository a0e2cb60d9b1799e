//! The same number of texts, fewer and fewer of them different.

use super::super::ledger::Ledger;
use super::super::table::row;
use super::plan::{EPOCHS, cell};
use super::record::{Diet, Run};
use super::sizes::MIDDLE;
use crate::experiment::CHAPTER;
use anyhow::Result;
use figures::{Chart, save};
use kernels::measured::median;

/// Numbers of the runs that read every story so often, by seed.
pub fn numbers(ledger: &Ledger<Run>, times: usize, of: fn(&Run) -> f64) -> Result<Vec<f64>> {
    Ok(cell(ledger, MIDDLE.model, Diet::epochs(times))?.into_iter().map(of).collect())
}

pub fn report(ledger: &Ledger<Run>) -> Result<()> {
    println!(
        "\nfewer stories, read more often, width {}; seed by seed: bits a test story above",
        MIDDLE.model
    );
    println!(
        "the floor; the same at open words; bits a story by heart; bits by which stories that were read are"
    );
    println!("better known than test stories, at open words, with their standard errors");
    let (mut loss, mut heart, mut known) = (Vec::new(), Vec::new(), Vec::new());
    for times in EPOCHS {
        let above = numbers(ledger, times, Run::total)?;
        let open = numbers(ledger, times, Run::open)?;
        let by_heart = numbers(ledger, times, |run| run.by_heart)?;
        let better: Vec<(f64, Option<f64>)> =
            cell(ledger, MIDDLE.model, Diet::epochs(times))?.into_iter().map(Run::better).collect();
        let errors: Vec<String> = better
            .iter()
            .map(|(bits, error)| format!("{bits:>+8.2} ± {:.2}", error.unwrap_or(f64::NAN)))
            .collect();
        let name = Diet::epochs(times).name();
        let (above, row_open) = (row(&above, 8, 1), row(&open, 8, 1));
        println!("  {name:<24}{above}   {row_open}   {}   {}", row(&by_heart, 7, 2), errors.concat());
        loss.push((times as f64, median(&open)));
        heart.push((times as f64, median(&by_heart)));
        known.push((times as f64, median(&better.iter().map(|(bits, _)| *bits).collect::<Vec<_>>())));
    }
    println!("by heart of all stories together, and for a parameter (medians)");
    for &times in &EPOCHS[1..] {
        let diet = Diet::epochs(times);
        let bits = median(&numbers(ledger, times, |run| run.by_heart)?) * diet.again as f64;
        println!("  all of {:<26}{bits:>8.0} bits, {:.3}", diet.name(), bits / MIDDLE.total() as f64);
    }
    // All three at open words: so the third is the sum of the others where all is below the floor.
    let chart = Chart::new("Fewer stories, read more often", "how often each is read", "bits a story")
        .line("test, above the floor", loss)
        .line("read, by heart", heart)
        .line("read, better than test", known)
        .log_x()
        .log_y();
    Ok(save(CHAPTER, "heart", &chart.draw()?)?)
}

#[cfg(test)]
mod tests {
    use super::super::plan::PART;
    use super::*;

    /// Bits a test story more than after different stories, seed by seed.
    fn more(times: usize) -> Vec<f64> {
        let ledger = Ledger::<Run>::load(PART).unwrap();
        let [runs, different] = [times, 1].map(|times| numbers(&ledger, times, Run::total).unwrap());
        runs.iter().zip(different).map(|(run, different)| run - different).collect()
    }

    #[test]
    fn two_readings_are_nearly_free_and_eight_are_not() {
        assert!(more(2).iter().all(|more| (0.0..1.0).contains(more)), "{:?}", more(2));
        assert!((1.0..2.0).contains(&median(&more(4))), "{:?}", more(4));
        assert!(more(8).iter().all(|more| *more > 2.0), "{:?}", more(8));
        assert!(more(16).iter().all(|more| *more > 10.0), "{:?}", more(16));
    }

    /// What the figure shows, as its caption says it.
    #[test]
    fn sixteen_readings_are_dear_and_sixty_four_are_half_learned_by_heart() {
        let ledger = Ledger::<Run>::load(PART).unwrap();
        let middle = |times, of: fn(&Run) -> f64| median(&numbers(&ledger, times, of).unwrap());
        let [heart_at_4, heart_at_16, heart_at_64] =
            [4, 16, 64].map(|times| middle(times, |run| run.by_heart));
        let floor = ledger.runs().next().unwrap().floor;
        assert!((60.0..61.0).contains(&floor) && heart_at_4 < 0.5);
        assert!((3.0..8.0).contains(&heart_at_16), "{heart_at_16}");
        assert!((0.4 * floor..0.5 * floor).contains(&heart_at_64), "{heart_at_64}");
        let [once, sixteen] = [1, 16].map(|times| middle(times, Run::open));
        assert!(sixteen > 2.0 * once, "{sixteen} after {once}");
    }
}
