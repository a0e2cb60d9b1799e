//! The judge of `open_model`.

#[path = "../../exercises/wrong/open_model-all-heads.rs"]
mod all_heads;
#[path = "../../exercises/wrong/open_model-always-untied.rs"]
mod always_untied;
#[cfg_attr(feature = "exercises", path = "../../exercises/open_model.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/open_model.rs")]
mod answer;
#[path = "../../exercises/wrong/open_model-norms-with-biases.rs"]
mod norms_with_biases;
#[path = "../../exercises/wrong/open_model-square-projections.rs"]
mod square_projections;
#[path = "../../exercises/wrong/open_model-two-matrices.rs"]
mod two_matrices;

type Parameters = fn(usize, usize, usize, usize, usize, usize, usize, bool) -> usize;

fn judge(parameters: Parameters) {
    // By hand: 7 · 6 of tokens; in each of 2 blocks queries and output 2 · 6 · 8, keys and values 2 · 6 ·
    // 2, three matrices of 6 · 5, two norms of 6; one norm.
    let own = parameters(7, 6, 4, 1, 2, 5, 2, true);
    assert!(
        own == 492,
        "vocabulary 7, model 6, 4 heads of 2 and 1 of keys, hidden 5, 2 layers, tied: 492 parameters, not {own}"
    );
    let own = parameters(7, 6, 4, 1, 2, 5, 2, false);
    assert!(own == 534, "the same untied: 534 parameters, not {own}");
    let own = parameters(128_256, 4096, 32, 8, 128, 14_336, 32, false);
    assert!(own == 8_030_261_248, "Llama 3.1 8B: 8030261248 parameters, not {own}");
}

#[test]
fn open_model() {
    judge(answer::parameters);
}

#[test]
#[should_panic(expected = "tied: 492 parameters, not 636")]
fn all_heads() {
    judge(all_heads::parameters);
}

#[test]
#[should_panic(expected = "tied: 492 parameters, not 534")]
fn always_untied() {
    judge(always_untied::parameters);
}

#[test]
#[should_panic(expected = "tied: 492 parameters, not 444")]
fn square_projections() {
    judge(square_projections::parameters);
}

#[test]
#[should_panic(expected = "tied: 492 parameters, not 432")]
fn two_matrices() {
    judge(two_matrices::parameters);
}

#[test]
#[should_panic(expected = "tied: 492 parameters, not 522")]
fn norms_with_biases() {
    judge(norms_with_biases::parameters);
}
