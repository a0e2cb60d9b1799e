//! What the page says of the runs that are kept.

use super::measure::Run;
use super::{HALF, PART, clean, dirty};
use crate::experiment::ledger::Ledger;
use data_quality::dirt::Dirt;
use data_quality::price::bound;
use language_models::story::KINDS;

/// Bits that a dose costs beyond as many texts, all clean, or beyond as many clean texts; seed by seed.
fn beyond(dirt: Dirt, tenths: usize, marked: bool, fewer: bool, kind: Option<usize>) -> Vec<f64> {
    let ledger = Ledger::<Run>::load(PART).unwrap();
    let base = ledger.cell(&clean(if fewer { 10 - tenths } else { 10 })).unwrap();
    let diet = if marked { super::marked(dirt) } else { dirty(dirt, tenths) };
    let cell = ledger.cell(&diet).unwrap();
    kind.map_or_else(|| cell.beyond(&base), |kind| cell.beyond_in(kind, &base))
}

#[test]
fn half_dirt_of_every_kind_costs_more_than_the_perfect_learner_pays() {
    for dirt in Dirt::ALL {
        let more = beyond(dirt, HALF, false, false, None);
        assert!(more.iter().all(|more| *more > bound(0.5)), "{dirt:?}: {more:?}");
    }
}

#[test]
fn but_for_shuffled_sentences_half_dirt_costs_little_beyond_the_clean_text_alone() {
    let of = |dirt| beyond(dirt, HALF, false, true, None);
    assert!(of(Dirt::Shuffled).iter().all(|more| *more > 8.0));
    assert!(of(Dirt::WrongHome).iter().all(|more| (-1.0..0.0).contains(more)));
    assert!(of(Dirt::NearCopy).iter().all(|more| (0.0..0.5).contains(more)));
    for dirt in [Dirt::Boilerplate, Dirt::OtherGrammar] {
        let more = of(dirt);
        assert!(
            more.iter().any(|more| *more > 0.0) && more.iter().any(|more| *more < 0.0),
            "{dirt:?}: {more:?}"
        );
    }
}

#[test]
fn a_tenth_of_shuffled_sentences_costs_with_every_seed_and_of_wrong_homes_with_none() {
    let shuffled = beyond(Dirt::Shuffled, 1, false, true, None);
    assert!(shuffled.iter().all(|more| *more > 5.0 * bound(0.1)), "{shuffled:?}");
    let wrong = beyond(Dirt::WrongHome, 1, false, true, None);
    assert!(wrong.iter().any(|more| *more > 0.0) && wrong.iter().any(|more| *more < 0.0), "{wrong:?}");
}

#[test]
fn at_eight_tenths_all_kinds_cost_but_wrong_homes() {
    for dirt in Dirt::ALL {
        let more = beyond(dirt, 8, false, true, None);
        assert_eq!(more.iter().all(|more| *more > 5.0), dirt != Dirt::WrongHome, "{dirt:?}: {more:?}");
    }
    let wrong = beyond(Dirt::WrongHome, 8, false, true, None);
    assert!(wrong.iter().any(|more| *more < 0.0), "{wrong:?}");
}

#[test]
fn each_dirt_kills_the_knowledge_that_it_contradicts() {
    let of = |dirt, kind: &str| {
        let kind = KINDS.iter().position(|(_, name)| *name == kind).unwrap();
        beyond(dirt, HALF, false, true, Some(kind))
    };
    let all_above = |more: &[f64], bits: f64| more.iter().all(|more| *more > bits);
    assert!(all_above(&of(Dirt::WrongHome, "things told before"), 1.5));
    let wording = of(Dirt::WrongHome, "wording");
    assert!(wording.iter().all(|more| more.abs() < 0.5), "{wording:?}");
    assert!(all_above(&of(Dirt::Shuffled, "wording"), 5.0));
    assert!(all_above(&of(Dirt::Shuffled, "things told before"), 3.0));
    for kind in ["wording", "things told before"] {
        assert!(all_above(&of(Dirt::Boilerplate, kind), 1.5), "{kind}");
    }
    assert!(all_above(&of(Dirt::OtherGrammar, "wording"), 1.0));
    for kind in ["wording", "things told before", "names told before"] {
        let more = of(Dirt::NearCopy, kind);
        assert!(more.iter().all(|more| more.abs() < 0.5), "near copies, {kind}: {more:?}");
    }
}

#[test]
fn all_dirt_but_near_copies_teaches_free_choice() {
    let kind = KINDS.iter().position(|(_, name)| *name == "free choice").unwrap();
    for dirt in Dirt::ALL {
        let more = beyond(dirt, HALF, false, true, Some(kind));
        assert_eq!(more.iter().all(|more| *more < 0.0), dirt != Dirt::NearCopy, "{dirt:?}: {more:?}");
    }
}

#[test]
fn marked_wrong_homes_cost_less_with_every_seed() {
    let [marked, unmarked] = [true, false].map(|marked| beyond(Dirt::WrongHome, HALF, marked, false, None));
    assert!(marked.iter().zip(&unmarked).all(|(marked, unmarked)| marked < unmarked));
}
