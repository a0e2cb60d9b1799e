//! What the page says of the runs that are kept.

use super::filter::How;
use super::measure::Run;
use super::pool::Pool;
use super::*;
use crate::experiment::ledger::Ledger;
use crate::experiment::setup::SEEDS;

#[test]
fn labels_by_half_have_an_area_of_three_quarters_and_the_truth_has_one() {
    let pool = Pool::draw(Dirt::Shuffled, OF_EACH, 7).unwrap();
    let area = |how: How| pool.area(&how.scores(Dirt::Shuffled, &pool, 7).unwrap()).area;
    let areas = [How::Nobody, How::DirtByHalf, How::StoriesByHalf, How::Truth].map(area);
    assert_eq!(areas, [0.5, 0.75, 0.75, 1.0]);
}

/// Something of the runs on shuffled sentences, by seed.
fn values(how: How, of: fn(&Run) -> f64) -> Vec<f64> {
    Ledger::<Run>::load(PART).unwrap().values(Dirt::Shuffled, how, of).unwrap()
}

#[test]
fn every_model_has_read_as_many_tokens() {
    let ledger = Ledger::<Run>::load(PART).unwrap();
    assert!(ledger.runs().all(|run| run.tokens == TOKENS));
    assert_eq!(ledger.runs().count(), SEEDS.len() * (COSTLY.1.len() + CHEAP.1.len()));
}

#[test]
fn of_two_filters_with_the_same_area_one_lets_less_through_and_costs_less() {
    let [dirt, stories] = [How::DirtByHalf, How::StoriesByHalf];
    let pairs = |of: fn(&Run) -> f64| values(dirt, of).into_iter().zip(values(stories, of));
    assert!(pairs(|run| run.area).all(|(dirt, stories)| dirt == 0.75 && stories == 0.75));
    assert!(pairs(Run::dirt_share).all(|(dirt, stories)| dirt > 1.5 * stories));
    assert!(pairs(Run::bits).all(|(dirt, stories)| dirt > stories));
}

#[test]
fn less_dirt_among_the_kept_is_not_always_cheaper() {
    let [few, half] = [How::NGram { order: 2, good: 4 }, How::DirtByHalf];
    let pairs = |of: fn(&Run) -> f64| values(few, of).into_iter().zip(values(half, of));
    assert!(pairs(Run::dirt_share).all(|(few, half)| few < half));
    assert_eq!(pairs(Run::bits).filter(|(few, half)| few > half).count(), 3);
}

/// What each seed pays more than with the truth.
fn beyond_truth(dirt: Dirt, how: How) -> Vec<f64> {
    let ledger = Ledger::<Run>::load(PART).unwrap();
    let [runs, truth] = [how, How::Truth].map(|how| ledger.values(dirt, how, Run::bits).unwrap());
    runs.iter().zip(&truth).map(|(bits, truth)| bits - truth).collect()
}

#[test]
fn filters_of_an_area_near_one_cannot_be_told_from_the_truth() {
    for how in [How::Classifier { labels: 1600 }, How::NGram { order: 3, good: 400 }] {
        assert!(values(how, |run| run.area).iter().all(|area| *area > 0.99), "{how:?}");
        let more = beyond_truth(Dirt::Shuffled, how);
        assert!(
            more.iter().any(|more| *more > 0.0) && more.iter().any(|more| *more < 0.0),
            "{how:?}: {more:?}"
        );
    }
}

#[test]
fn dirt_that_is_cheap_is_cheap_here_too() {
    let [shuffled, wrong] = [Dirt::Shuffled, Dirt::WrongHome].map(|dirt| beyond_truth(dirt, How::Nobody));
    assert!(
        wrong.iter().all(|more| *more > 1.0),
        "half of it costs more than the perfect learner's bit: {wrong:?}"
    );
    assert!(
        shuffled.iter().zip(&wrong).all(|(shuffled, wrong)| *shuffled > 3.0 * wrong),
        "{shuffled:?}, {wrong:?}"
    );
}
