//! What the page says of the measured runs, in words and in its captions, against the measurements
//! themselves.

use serde_json::Value;
use std::fs;

fn record() -> Value {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/precision.json");
    serde_json::from_str(&fs::read_to_string(file).expect("the record is beside the chapter"))
        .expect("JSON")
}

/// The test losses of a recipe's three seeds, at the rate that was lowest on the validation text with the
/// first.
fn test_losses(recipe: &str) -> Vec<f64> {
    let record = record();
    let runs = || record["trained"].as_array().unwrap().iter().filter(|run| run["recipe"] == recipe);
    let first = runs().filter(|run| run["seed"] == 1 && !run["validation"].is_null());
    let best = first
        .min_by(|a, b| a["validation"].as_f64().unwrap().total_cmp(&b["validation"].as_f64().unwrap()));
    let rate = &best.expect("a run that ended well")["rate"];
    let of =
        |seed: u64| runs().find(|run| run["rate"] == *rate && run["seed"] == seed).expect("three seeds");
    [1, 2, 3].map(|seed| of(seed)["test"].as_f64().unwrap()).to_vec()
}

#[test]
fn weights_without_a_master_are_worse_with_every_seed_and_nothing_else_is() {
    let plain = test_losses("all in f32");
    let worse = |recipe: &str| test_losses(recipe).iter().zip(&plain).filter(|(a, b)| a > b).count();
    assert_eq!(worse("weights in bf16"), 3);
    for recipe in [
        "weights in bf16, master in f32",
        "gradients in f16",
        "gradients in f16, loss times 4096",
        "moments in bf16",
    ] {
        assert!((1..=2).contains(&worse(recipe)), "{recipe}: one cannot tell, says the page");
    }
}

#[test]
fn the_longest_bar_is_above_all_runs_in_f32_and_the_others_are_among_them() {
    let middle = |recipe: &str| {
        let mut losses = test_losses(recipe);
        losses.sort_by(f64::total_cmp);
        losses[1]
    };
    let plain = test_losses("all in f32");
    let [least, most] = [f64::min, f64::max].map(|of| plain.iter().copied().reduce(of).unwrap());
    assert!(middle("weights in bf16") > most);
    for recipe in [
        "weights in bf16, master in f32",
        "gradients in f16",
        "gradients in f16, loss times 4096",
        "moments in bf16",
    ] {
        assert!((least..most).contains(&middle(recipe)), "{recipe}");
    }
}

#[test]
fn moments_in_f16_end_every_run() {
    let record = record();
    let runs: Vec<&Value> = record["trained"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|run| run["recipe"] == "moments in f16")
        .collect();
    assert_eq!(runs.len(), 6);
    assert!(runs.iter().all(|run| run["test"].is_null()));
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
    ] {
        let mut of: Vec<(f64, f64)> = runs
            .iter()
            .filter(|run| run["recipe"] == recipe && run["seed"] == 1)
            .map(|run| (run["rate"].as_f64().unwrap(), run["validation"].as_f64().unwrap()))
            .collect();
        of.sort_by(|a, b| a.0.total_cmp(&b.0));
        let best = (0..of.len()).min_by(|&a, &b| of[a].1.total_cmp(&of[b].1)).unwrap();
        assert!(best > 0 && best + 1 < of.len(), "{recipe}: the best rate is at the edge of {of:?}");
    }
}
