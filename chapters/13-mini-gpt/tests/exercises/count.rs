//! The judge of `count`.

#[cfg_attr(feature = "exercises", path = "../../exercises/count.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/count.rs")]
mod answer;
#[path = "../../exercises/wrong/count-no-last-norm.rs"]
mod no_last_norm;
#[path = "../../exercises/wrong/count-one-norm-a-block.rs"]
mod one_norm_a_block;
#[path = "../../exercises/wrong/count-untied.rs"]
mod untied;
#[path = "../../exercises/wrong/count-without-biases.rs"]
mod without_biases;
#[path = "../../exercises/wrong/count-without-positions.rs"]
mod without_positions;

fn judge(parameters: fn(usize, usize, usize, usize) -> usize) {
    for (vocabulary, context, model, layers, expected, whose) in [
        // By hand: tables 5 · 2 + 3 · 2, no block, a norm of 4.
        (5, 3, 2, 0, 20, "no block at all"),
        // One block: four projections of 4 + 2, 16 + 8 and 16 + 2, two norms of 4.
        (5, 3, 2, 1, 94, "one block"),
        (256, 64, 32, 2, 35_712, "tiny"),
        (50_257, 1024, 768, 12, 124_439_808, "GPT-2"),
    ] {
        let own = parameters(vocabulary, context, model, layers);
        assert!(
            own == expected,
            "{whose} (vocabulary {vocabulary}, context {context}, model {model}, {layers} layers) has \
             {expected} parameters, not {own}"
        );
    }
}

#[test]
fn count() {
    judge(answer::parameters);
}

#[test]
#[should_panic(
    expected = "no block at all (vocabulary 5, context 3, model 2, 0 layers) has 20 parameters, not 30"
)]
fn untied() {
    judge(untied::parameters);
}

#[test]
#[should_panic(expected = "has 20 parameters, not 14")]
fn without_positions() {
    judge(without_positions::parameters);
}

#[test]
#[should_panic(
    expected = "one block (vocabulary 5, context 3, model 2, 1 layers) has 94 parameters, not 90"
)]
fn one_norm_a_block() {
    judge(one_norm_a_block::parameters);
}

#[test]
#[should_panic(expected = "one block (vocabulary 5, context 3, model 2, 1 layers) has 94 parameters, not")]
fn without_biases() {
    judge(without_biases::parameters);
}

#[test]
#[should_panic(expected = "has 20 parameters, not 16")]
fn no_last_norm() {
    judge(no_last_norm::parameters);
}
