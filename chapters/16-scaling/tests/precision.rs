//! What the page says of the measured runs, in words and in its captions, against the measurements
//! themselves.

use serde_json::Value;
use std::fs;

fn record() -> Value {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/precision.json");
    serde_json::from_str(&fs::read_to_string(file).expect("the record is beside the chapter"))
        .expect("JSON")
}

/// What a recipe's five seeds found, at the rate that was lowest on the validation text with the first.
fn found(recipe: &str, what: &str) -> Vec<f64> {
    let record = record();
    let runs = || record["trained"].as_array().unwrap().iter().filter(|run| run["recipe"] == recipe);
    let first = runs().filter(|run| run["seed"] == 1 && !run["validation"].is_null());
    let best = first
        .min_by(|a, b| a["validation"].as_f64().unwrap().total_cmp(&b["validation"].as_f64().unwrap()));
    let rate = &best.expect("a run that ended well")["rate"];
    let of =
        |seed: u64| runs().find(|run| run["rate"] == *rate && run["seed"] == seed).expect("five seeds");
    [1, 2, 3, 4, 5].map(|seed| of(seed)[what].as_f64().unwrap()).to_vec()
}

fn test_losses(recipe: &str) -> Vec<f64> {
    found(recipe, "test")
}

/// The shares of slopes that became 0 near the end.
fn lost(recipe: &str) -> Vec<f64> {
    found(recipe, "lost")
}

#[test]
fn weights_without_a_master_are_worse_with_every_seed_and_nothing_else_is() {
    let plain = test_losses("all in f32");
    let worse = |recipe: &str| test_losses(recipe).iter().zip(&plain).filter(|(a, b)| a > b).count();
    assert_eq!(worse("weights in bf16"), 5);
    for recipe in [
        "weights in bf16, master in f32",
        "gradients in f16",
        "gradients in f16, loss times 4096",
        "moments in bf16",
    ] {
        assert!((2..=3).contains(&worse(recipe)), "{recipe}: one cannot tell, says the page");
    }
}

#[test]
fn at_their_second_rate_weights_in_bf16_are_worse_with_every_seed_too_and_the_first_chose_by_chance() {
    let record = record();
    let runs = record["trained"].as_array().unwrap();
    let second = [1, 2, 3, 4, 5].map(|seed| {
        let is = |run: &&Value| {
            run["recipe"] == "weights in bf16" && run["rate"] == 5.5e-3 && run["seed"] == seed
        };
        runs.iter().find(is).expect("five seeds")["test"].as_f64().unwrap()
    });
    let below = |others: Vec<f64>| second.iter().zip(others).filter(|(own, other)| *own < other).count();
    assert_eq!(below(test_losses("all in f32")), 0);
    assert_eq!(below(test_losses("weights in bf16")), 4);
    assert!(second[0] > test_losses("weights in bf16")[0]);
}

/// The median of a recipe's test losses.
fn middle(recipe: &str) -> f64 {
    let mut losses = test_losses(recipe);
    losses.sort_by(f64::total_cmp);
    losses[2]
}

#[test]
fn weights_in_bf16_have_the_highest_median_and_the_others_are_near_that_of_f32() {
    let plain = middle("all in f32");
    assert!(middle("weights in bf16") > plain + 0.09);
    for recipe in [
        "weights in bf16, master in f32",
        "gradients in f16",
        "gradients in f16, loss times 4096",
        "moments in bf16",
    ] {
        assert!((middle(recipe) - plain).abs() < 0.01, "{recipe}");
    }
}

#[test]
fn moments_in_f16_end_every_run_but_three_at_the_lowest_rate_that_hardly_learn() {
    let record = record();
    let runs: Vec<&Value> = record["trained"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|run| run["recipe"] == "moments in f16")
        .collect();
    assert_eq!(runs.len(), 12);
    let (ended, diverged): (Vec<&Value>, Vec<&Value>) =
        runs.iter().partition(|run| run["test"].is_number());
    assert_eq!((ended.len(), diverged.len()), (3, 9));
    assert!(ended.iter().all(|run| run["rate"] == 1e-4 && run["test"].as_f64().unwrap() > 3.3));
    assert_eq!(diverged.iter().filter(|run| run["rate"] == 1e-4).count(), 2);
}

/// How much higher the test loss is than with all slopes in f32, seed by seed.
fn above_f32(recipe: &str) -> Vec<f64> {
    test_losses(recipe).iter().zip(test_losses("slopes in f32")).map(|(loss, exact)| loss - exact).collect()
}

#[test]
fn f16_on_the_way_back_does_no_harm_that_can_be_seen_where_a_batch_is_small() {
    for recipe in ["slopes in f16", "slopes in f16, loss times 4096"] {
        assert_eq!(above_f32(recipe).iter().filter(|above| **above > 0.0).count(), 1, "{recipe}");
    }
    // And yet a fifth and more of the slopes become 0, and with the factor next to none.
    assert!(lost("slopes in f16").iter().all(|share| *share > 0.2));
    assert!(lost("slopes in f16, loss times 4096").iter().all(|share| *share < 1e-5));
}

#[test]
fn small_slopes_are_lost_in_f16_with_four_of_five_seeds_and_in_bf16_they_are_not() {
    let (f16, bf16) =
        (above_f32("slopes in f16, loss over 64"), above_f32("slopes in bf16, loss over 4096"));
    assert_eq!(f16.iter().filter(|above| **above > 0.07).count(), 4, "{f16:?}");
    assert!(f16[3] < -0.07, "and the fourth seed is better: {f16:?}");
    assert_eq!(bf16.iter().filter(|above| **above > 0.0).count(), 2, "{bf16:?}");
    assert_eq!(lost("slopes in bf16, loss over 4096").iter().copied().fold(0.0, f64::max), 0.0);
    // Nothing but a power of two on the loss is between harm and none.
    let undone = above_f32("slopes in f16, loss times 4096");
    let harmed = f16.iter().zip(&undone).filter(|(harm, undone)| *harm - *undone > 0.1).count();
    assert_eq!(harmed, 4, "{f16:?} {undone:?}");
    // A batch of millions of tokens leaves next to nothing.
    assert!(above_f32("slopes in f16, loss over 4096").iter().all(|above| *above > 0.9));
    assert!(lost("slopes in f16, loss over 4096").iter().all(|share| *share > 0.998));
}

#[test]
fn medians_of_f16_rise_to_the_left_and_are_nowhere_above_f32_to_the_right() {
    let exact = middle("slopes in f32");
    assert!(middle("slopes in f16") <= exact && middle("slopes in f16, loss times 4096") <= exact);
    let (left, leftmost) = (middle("slopes in f16, loss over 64"), middle("slopes in f16, loss over 4096"));
    assert!(exact < left && left < leftmost, "{exact} {left} {leftmost}");
    let plain = test_losses("slopes in f32");
    let [least, most] = [f64::min, f64::max].map(|of| plain.iter().copied().reduce(of).unwrap());
    assert!((least..most).contains(&middle("slopes in bf16, loss over 4096")));
}

#[test]
fn a_loss_that_is_too_large_ends_every_run() {
    let record = record();
    let runs = record["trained"].as_array().unwrap().iter();
    let of: Vec<&Value> = runs.filter(|run| run["recipe"] == "slopes in f16, loss times 2^26").collect();
    assert_eq!(of.len(), 12);
    assert!(of.iter().all(|run| run["test"].is_null()));
}

#[test]
fn every_best_rate_lies_between_two_that_are_worse() {
    let record = record();
    let runs = record["trained"].as_array().unwrap();
    for recipe in [
        "all in f32",
        "weights in bf16",
        "weights in bf16, master in f32",
        "gradients in f16",
        "gradients in f16, loss times 4096",
        "moments in bf16",
        "slopes in f32",
        "slopes in f16, loss times 4096",
        "slopes in f16",
        "slopes in f16, loss over 64",
        "slopes in f16, loss over 4096",
        "slopes in bf16, loss over 4096",
    ] {
        let mut of: Vec<(f64, f64)> = runs
            .iter()
            .filter(|run| run["recipe"] == recipe && run["seed"] == 1)
            .filter_map(|run| Some((run["rate"].as_f64()?, run["validation"].as_f64()?)))
            .collect();
        of.sort_by(|a, b| a.0.total_cmp(&b.0));
        let best = (0..of.len()).min_by(|&a, &b| of[a].1.total_cmp(&of[b].1)).unwrap();
        assert!(best > 0 && best + 1 < of.len(), "{recipe}: the best rate is at the edge of {of:?}");
    }
}

#[test]
fn weights_in_bf16_cost_the_first_seed_an_eighth_of_a_bit_at_each_rate_but_the_highest() {
    let record = record();
    let runs = record["trained"].as_array().unwrap();
    let at = |recipe: &str, rate: f64| {
        let run = |run: &&Value| run["recipe"] == recipe && run["seed"] == 1 && run["rate"] == rate;
        runs.iter().find(run).expect("a rate of the grid")["validation"].as_f64().unwrap()
    };
    for rate in [1e-3, 3e-3, 5.5e-3] {
        assert!(at("weights in bf16", rate) - at("all in f32", rate) > 0.125, "{rate}");
    }
    assert!(at("weights in bf16", 1e-2) < at("all in f32", 1e-2) - 0.1);
}
