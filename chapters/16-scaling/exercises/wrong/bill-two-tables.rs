//! Counts the table where it is looked up, too.

/// Operations of training on the stories.
pub fn operations(
    vocabulary: usize,
    model: usize,
    hidden: usize,
    layers: usize,
    stories: &[usize],
) -> usize {
    let weights = layers * (4 * model * model + 2 * model * hidden) + 2 * vocabulary * model;
    let of_story = |&story: &usize| {
        // 1, 2, … story keys.
        let keys = story * (story + 1) / 2;
        2 * weights * story + 4 * layers * model * keys
    };
    3 * stories.iter().map(of_story).sum::<usize>()
}
