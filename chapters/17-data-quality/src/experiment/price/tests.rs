//! What the page says of the runs that are kept.

use super::measure::Run;
use super::report::kind;
use super::{HALF, PART, WARMED, WARMUP, all_clean, clean_part, dirty, marked};
use crate::experiment::diet::Diet;
use crate::experiment::ledger::Ledger;
use data_quality::dirt::Dirt;
use data_quality::price::bound;
use language_models::story::KINDS;

/// Bits that a diet costs more than another, seed by seed.
fn more(diet: Diet, base: Diet) -> Vec<f64> {
    Ledger::<Run>::load(PART).unwrap().more(&diet, &base).unwrap()
}

/// Bits of one kind of knowledge that a diet at half costs more than its clean part alone.
fn more_in(kind: usize, diet: Diet) -> Vec<f64> {
    let ledger = Ledger::<Run>::load(PART).unwrap();
    let [cell, base] = [diet, clean_part(HALF)].map(|diet| ledger.cell(&diet).unwrap());
    cell.beyond_in(kind, &base)
}

fn all_above(more: &[f64], bits: f64) -> bool {
    more.iter().all(|more| *more > bits)
}

#[test]
fn half_dirt_of_every_kind_costs_more_than_the_perfect_learner_pays() {
    for dirt in Dirt::ALL {
        let more = more(dirty(dirt, HALF), all_clean());
        assert!(all_above(&more, bound(0.5)), "{dirt:?}: {more:?}");
    }
}

#[test]
fn but_for_shuffled_sentences_half_dirt_costs_little_beyond_the_clean_text_alone() {
    let of = |dirt| more(dirty(dirt, HALF), clean_part(HALF));
    assert!(all_above(&of(Dirt::Shuffled), 8.0));
    assert!(of(Dirt::WrongHome).iter().all(|more| (-1.0..0.0).contains(more)));
    assert!(of(Dirt::NearCopy).iter().all(|more| (0.0..0.5).contains(more)));
    for dirt in [Dirt::Boilerplate, Dirt::OtherGrammar] {
        let more = of(dirt);
        assert!(!all_above(&more, 0.0) && more.iter().any(|more| *more > 0.0), "{dirt:?}: {more:?}");
    }
}

#[test]
fn a_tenth_of_shuffled_sentences_costs_with_every_seed_and_of_wrong_homes_with_none() {
    let shuffled = more(dirty(Dirt::Shuffled, 1), clean_part(1));
    assert!(all_above(&shuffled, 5.0 * bound(0.1)), "{shuffled:?}");
    let wrong = more(dirty(Dirt::WrongHome, 1), clean_part(1));
    assert!(!all_above(&wrong, 0.0) && wrong.iter().any(|more| *more > 0.0), "{wrong:?}");
}

#[test]
fn at_eight_tenths_all_kinds_cost_but_wrong_homes() {
    for dirt in Dirt::ALL {
        let more = more(dirty(dirt, 8), clean_part(8));
        assert_eq!(all_above(&more, 5.0), dirt != Dirt::WrongHome, "{dirt:?}: {more:?}");
    }
    let wrong = more(dirty(Dirt::WrongHome, 8), clean_part(8));
    assert!(!all_above(&wrong, 0.0), "{wrong:?}");
}

#[test]
fn each_dirt_kills_the_knowledge_that_it_contradicts() {
    let of = |dirt, name: &str| more_in(kind(name), dirty(dirt, HALF));
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
fn what_the_table_leaves_out_changes_by_less_than_a_bit() {
    for name in ["he or she", "names told before"] {
        for diet in Dirt::ALL.map(|dirt| dirty(dirt, HALF)).into_iter().chain([all_clean()]) {
            let more = more_in(kind(name), diet);
            assert!(more.iter().all(|more| more.abs() < 1.0), "{name}: {more:?}");
        }
    }
    assert_eq!(KINDS.len(), 3 + 2, "three are in the table");
}

#[test]
fn all_dirt_but_near_copies_teaches_free_choice() {
    for dirt in Dirt::ALL {
        let more = more_in(kind("free choice"), dirty(dirt, HALF));
        assert_eq!(more.iter().all(|more| *more < 0.0), dirt != Dirt::NearCopy, "{dirt:?}: {more:?}");
    }
}

#[test]
fn marked_wrong_homes_cost_less_with_every_seed() {
    let less = more(marked(Dirt::WrongHome), dirty(Dirt::WrongHome, HALF));
    assert!(less.iter().all(|less| *less < 0.0), "{less:?}");
}

#[test]
fn marked_shuffled_sentences_cost_less_with_two_seeds_of_three() {
    let more = more(marked(Dirt::Shuffled), dirty(Dirt::Shuffled, HALF));
    assert_eq!(more.iter().filter(|more| **more < 0.0).count(), 2, "{more:?}");
}

#[test]
fn boilerplate_teaches_free_choice_better_than_as_many_stories() {
    let [boilerplate, clean] =
        [dirty(Dirt::Boilerplate, HALF), all_clean()].map(|diet| more_in(kind("free choice"), diet));
    let better = boilerplate.iter().zip(&clean).all(|(boilerplate, clean)| boilerplate < clean);
    assert!(better, "{boilerplate:?}, {clean:?}");
}

#[test]
fn what_is_gained_makes_up_for_what_is_lost_with_wrong_homes_only() {
    let gains = |dirt| {
        let more = more(dirty(dirt, HALF), clean_part(HALF));
        more.iter().filter(|more| **more < 0.0).count()
    };
    assert_eq!([Dirt::WrongHome, Dirt::Boilerplate, Dirt::OtherGrammar].map(gains), [3, 2, 1]);
}

#[test]
fn with_the_same_warm_up_dirt_costs_as_much() {
    let ledger = Ledger::<Run>::load(PART).unwrap();
    let warmed = |tenths| ledger.warmed(&clean_part(tenths), Some(WARMUP)).unwrap();
    for tenths in WARMED {
        let more = warmed(tenths).beyond(&ledger.cell(&clean_part(tenths)).unwrap());
        assert!(more.iter().all(|more| more.abs() < 0.5), "{tenths}: {more:?}");
    }
    for dirt in Dirt::ALL.into_iter().filter(|dirt| *dirt != Dirt::WrongHome) {
        let more = ledger.cell(&dirty(dirt, 8)).unwrap().beyond(&warmed(8));
        assert!(all_above(&more, 5.0), "{dirt:?}: {more:?}");
    }
}
