//! The judge of `open_model`.

#[path = "../../exercises/wrong/open_model-all-heads.rs"]
mod all_heads;
#[path = "../../exercises/wrong/open_model-all-used.rs"]
mod all_used;
#[path = "../../exercises/wrong/open_model-always-untied.rs"]
mod always_untied;
#[cfg_attr(feature = "exercises", path = "../../exercises/open_model.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/open_model.rs")]
mod answer;
#[path = "../../exercises/wrong/open_model-no-router.rs"]
mod no_router;
#[path = "../../exercises/wrong/open_model-norms-with-biases.rs"]
mod norms_with_biases;
#[path = "../../exercises/wrong/open_model-small-router.rs"]
mod small_router;
#[path = "../../exercises/wrong/open_model-square-projections.rs"]
mod square_projections;
#[path = "../../exercises/wrong/open_model-two-matrices.rs"]
mod two_matrices;

type Parameters = fn(usize, usize, [usize; 3], usize, usize, bool, [usize; 2]) -> [usize; 2];

fn judge(parameters: Parameters) {
    // By hand: 7 · 6 of tokens; in each of 2 blocks queries and output 2 · 6 · 8, keys and values 2 · 6 ·
    // 2, three experts of three matrices of 6 · 5, a router of 6 · 3, two norms of 6; one norm.
    for (tied, said, all, used) in [(true, "tied", 888, 708), (false, "untied", 930, 750)] {
        let [own, own_used] = parameters(7, 6, [4, 1, 2], 5, 2, tied, [3, 2]);
        let case = format!(
            "vocabulary 7, model 6, 4 heads of 2 and 1 of keys, hidden 5, 2 layers, {said}, 2 of 3 experts"
        );
        assert!(own == all, "{case}: {all} parameters, not {own}");
        assert!(own_used == used, "{case}: a token uses {used} parameters, not {own_used}");
    }
    let [own, own_used] = parameters(32_000, 4096, [32, 8, 128], 14_336, 32, false, [8, 2]);
    assert!(own == 46_702_792_704, "Mixtral 8x7B: 46702792704 parameters, not {own}");
    assert!(own_used == 12_879_925_248, "Mixtral 8x7B: a token uses 12879925248, not {own_used}");
}

#[test]
fn open_model() {
    judge(answer::parameters);
}

#[test]
#[should_panic(expected = "2 of 3 experts: 888 parameters, not 1032")]
fn all_heads() {
    judge(all_heads::parameters);
}

#[test]
#[should_panic(expected = "a token uses 708 parameters, not 888")]
fn all_used() {
    judge(all_used::parameters);
}

#[test]
#[should_panic(expected = " tied, 2 of 3 experts: 888 parameters, not 930")]
fn always_untied() {
    judge(always_untied::parameters);
}

#[test]
#[should_panic(expected = "888 parameters, not 852")]
fn no_router() {
    judge(no_router::parameters);
}

#[test]
#[should_panic(expected = "888 parameters, not 918")]
fn norms_with_biases() {
    judge(norms_with_biases::parameters);
}

#[test]
#[should_panic(expected = "a token uses 708 parameters, not 696")]
fn small_router() {
    judge(small_router::parameters);
}

#[test]
#[should_panic(expected = "888 parameters, not 840")]
fn square_projections() {
    judge(square_projections::parameters);
}

#[test]
#[should_panic(expected = "888 parameters, not 708")]
fn two_matrices() {
    judge(two_matrices::parameters);
}
