//! The judge of `family`.

#[cfg_attr(feature = "exercises", path = "../../exercises/family.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/family.rs")]
mod answer;
#[path = "../../exercises/wrong/family-at-least-one.rs"]
mod at_least_one;
#[path = "../../exercises/wrong/family-no-layers-of-too-few.rs"]
mod no_layers_of_too_few;
#[path = "../../exercises/wrong/family-rounds-down.rs"]
mod rounds_down;
#[path = "../../exercises/wrong/family-untied.rs"]
mod untied;
#[path = "../../exercises/wrong/family-without-the-last-norm.rs"]
mod without_the_last_norm;

fn judge(layers: fn(usize, usize, usize, usize) -> Option<usize>) {
    for (vocabulary, context, model, parameters, expected, why) in [
        (50_257, 1024, 768, 124_439_808, Some(12), "GPT-2 small"),
        (50_257, 1024, 1600, 1_557_611_200, Some(48), "GPT-2 XL"),
        (10, 5, 4, 68, Some(0), "tables and the last norm alone"),
        (10, 5, 4, 68 + 3 * 244, Some(3), "blocks of 244"),
        (50_257, 1024, 768, 124_439_809, None, "one more than twelve blocks"),
        (50_257, 1024, 768, 124_439_807, None, "one less than twelve blocks"),
        (50_257, 1024, 768, 1000, None, "less than the tables"),
    ] {
        let own = layers(vocabulary, context, model, parameters);
        assert!(
            own == expected,
            "vocabulary {vocabulary}, context {context}, model {model}, {parameters} parameters: \
             {expected:?} is expected ({why}), {own:?} came"
        );
    }
}

#[test]
fn family() {
    judge(answer::layers);
}

#[test]
#[should_panic(expected = "is expected (one more than twelve blocks), Some(12) came")]
fn rounds_down() {
    judge(rounds_down::layers);
}

#[test]
#[should_panic(expected = "is expected (less than the tables), Some(0) came")]
fn no_layers_of_too_few() {
    judge(no_layers_of_too_few::layers);
}

#[test]
#[should_panic(expected = "is expected (GPT-2 small), None came")]
fn untied() {
    judge(untied::layers);
}

#[test]
#[should_panic(expected = "is expected (GPT-2 small), None came")]
fn without_the_last_norm() {
    judge(without_the_last_norm::layers);
}

#[test]
#[should_panic(expected = "is expected (tables and the last norm alone), None came")]
fn at_least_one() {
    judge(at_least_one::layers);
}
