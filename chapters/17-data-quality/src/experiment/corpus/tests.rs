//! What the page says of the runs that are kept.

use super::PART;
use super::line::Line;
use super::plan::{next_rates, rate, tried};
use super::record::{Job, Run};
use super::report::more;
use crate::experiment::ledger::Ledger;
use data_quality::price::bound;
use language_models::story::KINDS;

fn beyond(a: Line, b: Line) -> Vec<f64> {
    more(&Ledger::<Run>::load(PART).unwrap(), [a, b], None).unwrap()
}

#[test]
fn dirt_costs_with_every_seed_and_the_classifier_gives_half_of_it_back() {
    let (all, left) = (beyond(Line::All, Line::Clean), beyond(Line::Classifier, Line::Clean));
    for (all, left) in all.iter().zip(&left) {
        assert!(*all > 2.0 * left && *left > bound(0.5), "{all} and {left}");
    }
}

#[test]
fn no_best_rate_is_at_the_end_of_those_that_were_tried() {
    let ledger = Ledger::<Run>::load(PART).unwrap();
    for line in Line::EACH {
        let (rates, best) = (tried(&ledger, line), rate(&ledger, line).unwrap());
        assert!(rates[0].0 < best && best < rates[rates.len() - 1].0, "{}: {best}", line.name());
        assert!(next_rates(&ledger, line).is_empty(), "{}", line.name());
    }
}

#[test]
fn the_missing_text_costs_little_and_the_dirt_nearly_all() {
    let missing = beyond(Line::HalfTwice, Line::Clean);
    assert!(missing.iter().all(|bits| bits.abs() < 5.0), "{missing:?}");
    let dirt = beyond(Line::All, Line::HalfTwice);
    assert!(dirt.iter().all(|bits| *bits > 45.0), "{dirt:?}");
}

#[test]
fn with_dirt_in_all_the_steps_models_are_better_than_without_it_in_half_of_them() {
    let more = beyond(Line::All, Line::HalfOnce);
    assert!(more.iter().all(|bits| *bits < -20.0), "{more:?}");
}

#[test]
fn a_run_on_another_processor_ends_less_than_a_bit_away() {
    let ledger = Ledger::<Run>::load(PART).unwrap();
    for line in [Line::All, Line::Classifier, Line::Clean] {
        let job = Job { line, seed: 1, rate: rate(&ledger, line).unwrap() };
        let bits: Vec<f64> = ledger.runs().filter(|run| run.is(job)).map(Run::bits).collect();
        assert!(bits.len() == 2 && (bits[0] - bits[1]).abs() < 1.0, "{}: {bits:?}", line.name());
    }
}

#[test]
fn all_kinds_of_knowledge_pay_for_dirt() {
    let ledger = Ledger::<Run>::load(PART).unwrap();
    for (kind, (_, name)) in KINDS.iter().enumerate() {
        let bits = more(&ledger, [Line::All, Line::HalfTwice], Some(kind)).unwrap();
        let least =
            if ["wording", "things told before", "free choice"].contains(name) { 10.0 } else { 0.0 };
        assert!(bits.iter().all(|bits| *bits > least), "{name}: {bits:?}");
    }
}
