//! The judge of `parameters`.

#[cfg_attr(feature = "exercises", path = "../../exercises/parameters.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/parameters.rs")]
mod answer;
#[path = "../../exercises/wrong/parameters-heads-of-two.rs"]
mod heads_of_two;
#[path = "../../exercises/wrong/parameters-narrow-output.rs"]
mod narrow_output;
#[path = "../../exercises/wrong/parameters-not-grouped.rs"]
mod not_grouped;
#[path = "../../exercises/wrong/parameters-wide-biases.rs"]
mod wide_biases;
#[path = "../../exercises/wrong/parameters-without-biases.rs"]
mod without_biases;

use dfdx::prelude::{BuildModule, Const, Cpu, NumParams};
use multi_head::{GroupedQueryAttention, MultiHeadAttention};

fn judge(parameters: fn(usize, usize, usize) -> usize) {
    let dev = Cpu::default();
    for (model, heads, groups, expected) in [
        (
            8,
            4,
            4,
            MultiHeadAttention::<Const<8>, Const<4>, Const<2>, f32, Cpu>::build(&dev)
                .num_trainable_params(),
        ),
        (
            8,
            4,
            2,
            GroupedQueryAttention::<Const<8>, Const<4>, Const<2>, Const<2>, Const<4>, f32, Cpu>::build(
                &dev,
            )
            .num_trainable_params(),
        ),
        (
            12,
            4,
            2,
            GroupedQueryAttention::<Const<12>, Const<4>, Const<2>, Const<3>, Const<6>, f32, Cpu>::build(
                &dev,
            )
            .num_trainable_params(),
        ),
        (
            10,
            2,
            1,
            GroupedQueryAttention::<Const<10>, Const<2>, Const<1>, Const<5>, Const<5>, f32, Cpu>::build(
                &dev,
            )
            .num_trainable_params(),
        ),
    ] {
        let (own, size) = (parameters(model, heads, groups), model / heads);
        assert!(
            own == expected,
            "the chapter's layer with model = {model}, {heads} heads of {size} and {groups} groups has \
             {expected} parameters, not {own}"
        );
    }
}

#[test]
fn parameters() {
    judge(answer::parameters);
}

#[test]
#[should_panic(expected = "model = 12, 4 heads of 3 and 2 groups has")]
fn heads_of_two() {
    judge(heads_of_two::parameters);
}

#[test]
#[should_panic(expected = "model = 8, 4 heads of 2 and 4 groups has 288 parameters, not 256")]
fn without_biases() {
    judge(without_biases::parameters);
}

#[test]
#[should_panic(expected = "model = 8, 4 heads of 2 and 2 groups has")]
fn not_grouped() {
    judge(not_grouped::parameters);
}

#[test]
#[should_panic(expected = "model = 8, 4 heads of 2 and 2 groups has")]
fn narrow_output() {
    judge(narrow_output::parameters);
}

#[test]
#[should_panic(expected = "model = 8, 4 heads of 2 and 2 groups has")]
fn wide_biases() {
    judge(wide_biases::parameters);
}
