//! What is said of the kept models.

use super::record::{Looked, PART};
use crate::experiment::cliff::even_prefix;
use crate::experiment::ledger::Ledger;
use crate::experiment::{DEFAULT, SEEDS};
use language_models::story::{KINDS, Kind};

fn looked() -> Vec<Looked> {
    Ledger::<Looked>::load(PART).unwrap().runs
}

fn names() -> usize {
    KINDS.iter().position(|(kind, _)| *kind == Kind::Name).unwrap()
}

#[test]
fn no_head_is_an_induction_head_on_tokens_or_on_words() {
    let looked = looked();
    assert_eq!(looked.iter().map(|run| run.seed).collect::<Vec<_>>(), SEEDS);
    for head in looked.iter().flat_map(|run| &run.heads) {
        assert!(head.prefix.max(head.prefix_words) < 2.0 * even_prefix());
    }
    // The second reading is no cheaper by more than a sixth.
    assert!(
        looked
            .iter()
            .flat_map(|run| [run.halves, run.halves_words])
            .all(|[first, again]| again > first * 5.0 / 6.0)
    );
}

#[test]
fn with_every_seed_some_head_looks_at_the_right_name_and_hardly_at_the_other() {
    for run in looked() {
        let best =
            run.heads.iter().max_by(|a, b| (a.fetch + a.behind).total_cmp(&(b.fetch + b.behind))).unwrap();
        assert!(best.fetch + best.behind > 0.6 && best.other < 0.1, "seed {}", run.seed);
    }
}

#[test]
fn in_the_default_run_each_of_two_heads_stands_in_for_the_other_and_no_other_pair_matters() {
    let looked = looked();
    let run = looked.iter().find(|run| run.seed == DEFAULT).unwrap();
    let of_block = run.heads.len() / 4;
    let alone = run.pair.heads.iter().map(|(block, head)| run.heads[block * of_block + head].mean[names()]);
    assert!(alone.sum::<f64>() < 1.0 && run.pair.without[names()] > 5.0);
    assert!(run.pair.others.iter().all(|bits| *bits < 0.5));
}
