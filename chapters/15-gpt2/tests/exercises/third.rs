//! The judge of `third`.

#[cfg_attr(feature = "exercises", path = "../../exercises/third.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/third.rs")]
mod answer;
#[path = "../../exercises/wrong/third-empty.rs"]
mod empty;
#[path = "../../exercises/wrong/third-model-four.rs"]
mod model_four;
#[path = "../../exercises/wrong/third-not-transposed.rs"]
mod not_transposed;
#[path = "../../exercises/wrong/third-queries.rs"]
mod queries;
#[path = "../../exercises/wrong/third-third-of-the-file.rs"]
mod third_of_the_file;

use crate::same::same;
use pretrained::names::Source;

fn judge(key: fn(&[f32], usize) -> Vec<f32>) {
    for model in [4, 3] {
        // Each number says where it is in the file: 1000 for the row, 1 for the column.
        let file: Vec<f32> = (0..model)
            .flat_map(|row| (0..3 * model).map(move |column| (1000 * row + column) as f32))
            .collect();
        let expected: Vec<f32> =
            (0..model).flat_map(|o| (0..model).map(move |i| (1000 * i + model + o) as f32)).collect();
        let what = format!("model {model} (number 1002 is row 1, column 2 of the file)");
        same(&what, &key(&file, model), &expected, 0.0);
        let loader = Source::of("blocks.0.attention.key.weight").take(&file, &[model, model]);
        assert_eq!(loader, expected, "the chapter's loader takes something else");
    }
}

#[test]
fn third() {
    judge(answer::key);
}

#[test]
#[should_panic(expected = "(number 1002 is row 1, column 2 of the file): number 0 is 0, expected 4")]
fn queries() {
    judge(queries::key);
}

#[test]
#[should_panic(expected = "(number 1002 is row 1, column 2 of the file): number 1 is 5, expected 1004")]
fn not_transposed() {
    judge(not_transposed::key);
}

#[test]
#[should_panic(expected = "(number 1002 is row 1, column 2 of the file): number 0 is")]
fn third_of_the_file() {
    judge(third_of_the_file::key);
}

#[test]
#[should_panic(expected = "model 3 (number 1002 is row 1, column 2 of the file)")]
fn model_four() {
    judge(model_four::key);
}

#[test]
#[should_panic(expected = "16 numbers are expected, 0 came")]
fn empty() {
    judge(empty::key);
}
