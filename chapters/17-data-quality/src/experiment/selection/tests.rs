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

#[test]
fn temporary_areas() {
    for seed in [1, 2] {
        let pool = Pool::draw(Dirt::Shuffled, OF_EACH, seed).unwrap();
        let mut hows = COSTLY.1.to_vec();
        for good in [1, 2, 4, 8, 16, 50, 400] {
            hows.push(How::NGram { order: 2, good });
            hows.push(How::NGram { order: 3, good });
        }
        for labels in [20, 100, 200, 800, 3200, 6400] {
            hows.push(How::Classifier { labels });
        }
        for how in hows {
            let scores = how.scores(Dirt::Shuffled, &pool, seed).unwrap();
            let lengths = vec![275; 360];
            let kept = super::keep::keep(&scores, &lengths, TOKENS);
            let dirty = kept.iter().filter(|(place, _)| !pool.clean[*place]).count();
            println!("{seed} {:<30} {:.3} {}/{}", how.name(), pool.area(&scores).area, dirty, kept.len());
        }
    }
}
