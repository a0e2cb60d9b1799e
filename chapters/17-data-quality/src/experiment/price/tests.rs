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
fn but_for_shuffled_sentences_that_is_the_clean_text_that_is_missing() {
    for dirt in Dirt::ALL {
        let more = beyond(dirt, HALF, false, true, None);
        let signs = (more.iter().any(|more| *more > 0.0), more.iter().any(|more| *more < 0.0));
        assert_eq!(signs, (true, dirt != Dirt::Shuffled), "{dirt:?}: {more:?}");
    }
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
