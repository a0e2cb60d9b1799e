//! What is said of the runs that are kept.

use super::record::{Learned, PART, Snapshot};
use super::report::{shares, steepest};
use super::watch::even_prefix;
use crate::experiment::ledger::Ledger;

fn runs(layers: usize) -> Vec<Learned> {
    let runs = Ledger::<Learned>::load(PART).unwrap().runs;
    runs.into_iter().filter(|run| run.layers == layers).collect()
}

fn names() -> usize {
    Learned::kind("names told before")
}

#[test]
fn with_every_seed_most_of_the_second_fall_is_names() {
    let runs = runs(4);
    assert_eq!(runs.len(), 3);
    for run in &runs {
        let (from, to) = steepest(run).unwrap();
        let (before, after) = (shares(run, from), shares(run, to));
        let falls: Vec<f64> = before.iter().zip(after).map(|(before, after)| before - after).collect();
        let (all, of_names) = (falls.iter().sum::<f64>(), falls[names()]);
        assert!(of_names > 0.5 * all, "seed {}: {falls:?}", run.seed);
        assert!((1000..1500).contains(&from.step), "seed {}: from {}", run.seed, from.step);
    }
}

#[test]
fn until_then_names_cost_four_bits_and_at_the_end_a_tenth_at_most() {
    for run in runs(4) {
        let at = |is: fn(&Snapshot) -> bool| run.snapshots.iter().filter(move |snapshot| is(snapshot));
        assert!(at(|snapshot| snapshot.step <= 1000).all(|snapshot| snapshot.bits[names()] > 4.0));
        assert!(run.snapshots.last().unwrap().bits[names()] < 0.1);
    }
}

#[test]
fn no_head_ever_looks_behind_the_prefix_of_random_tokens_twice_as_much_as_an_even_one() {
    for run in runs(4) {
        let scores = run.snapshots.iter().flat_map(|snapshot| &snapshot.prefix);
        assert!(scores.fold(0.0, |largest: f64, score| largest.max(*score)) < 2.0 * even_prefix());
    }
}

#[test]
fn without_its_two_lookers_the_default_run_never_learns_names() {
    let runs = runs(4);
    let run = runs.iter().find(|run| !run.without.is_empty()).unwrap();
    assert_eq!(run.without.len(), run.snapshots.len());
    assert!(run.without.iter().all(|without| without.bits[names()] > 4.5));
}

#[test]
fn the_lookers_look_at_the_right_name_long_before_names_become_cheap() {
    let runs = runs(4);
    let run = runs.iter().find(|run| !run.without.is_empty()).unwrap();
    let early = run.snapshots.iter().find(|snapshot| snapshot.step == 600).unwrap();
    for &(block, head) in &run.without[0].heads {
        let at = block * early.fetch.len() / run.layers + head;
        assert!(early.fetch[at] + early.behind[at] > 3.0 * early.other[at], "head {block}.{head}");
    }
    assert!(early.bits[names()] > 5.0);
}

#[test]
fn a_model_of_one_block_learns_names_too_and_sooner() {
    let runs = runs(1);
    assert!(!runs.is_empty());
    for run in &runs {
        let at = |step: usize| run.snapshots.iter().find(|snapshot| snapshot.step == step).unwrap();
        assert!(at(600).bits[names()] > 4.0 && at(1000).bits[names()] < 0.2, "seed {}", run.seed);
        let (best, other) =
            at(1000).fetch.iter().zip(&at(1000).other).max_by(|a, b| a.0.total_cmp(b.0)).unwrap();
        assert!(*best > 0.8 && *other < 0.1, "seed {}", run.seed);
    }
}
