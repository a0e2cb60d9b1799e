//! What the page says of the runs that are kept.

use super::PART;
use super::line::Line;
use super::measure::Run;
use super::plan::{next_rates, rate, tried};
use super::report::more;
use crate::experiment::ledger::Ledger;
use data_quality::price::bound;

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
