//! Chapter 4 trains its tokenizers on stories before the grammar that tells them has been
//! introduced: they lie in a file.

#[test]
fn the_stories_of_chapter_4_are_those_of_the_grammar() {
    let told = language_models::story::corpus(100_000, 4).train;
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../04-tokens/corpora/stories.txt");
    if std::env::var_os("UPDATE_STORIES").is_some() {
        std::fs::write(path, &told).unwrap();
    }
    assert!(
        std::fs::read_to_string(path).unwrap() == told,
        "UPDATE_STORIES=1 cargo test -p language-models writes the file anew"
    );
}
