//! What the page says of the runs that are kept.

use super::filter::How;
use super::measure::Run;
use super::pool::Pool;
use super::*;
use crate::experiment::ledger::Ledger;

#[test]
fn labels_by_half_have_an_area_of_three_quarters_and_the_truth_has_one() {
    let pool = Pool::draw(Dirt::Shuffled, OF_EACH, 7).unwrap();
    let area = |how: How| pool.area(&how.scores(Dirt::Shuffled, &pool, 7).unwrap()).area;
    let areas = [How::Nobody, How::DirtByHalf, How::StoriesByHalf, How::Truth].map(area);
    assert_eq!(areas, [0.5, 0.75, 0.75, 1.0]);
}
