//! The judge of the exercises. `cargo x exercises gpt2` runs it on `exercises/`; `cargo test` runs
//! it on `solutions/`.

#[cfg_attr(feature = "exercises", path = "../exercises/family.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/family.rs")]
mod family;
#[cfg_attr(feature = "exercises", path = "../exercises/printable.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/printable.rs")]
mod printable;
#[cfg_attr(feature = "exercises", path = "../exercises/third.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/third.rs")]
mod third;
#[cfg_attr(feature = "exercises", path = "../exercises/transpose.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/transpose.rs")]
mod transpose;

use gpt2::names::Source;

#[test]
fn transpose() {
    assert_eq!(
        transpose::transposed(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 2, 3),
        [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]
    );
}

#[test]
fn printable() {
    assert_eq!(printable::spelled(" the"), "Ġthe");
    assert_eq!(printable::spelled("a\nb"), "aĊb");
    assert_eq!(printable::spelled("é\u{0}"), "Ã©Ā");
    assert_eq!(printable::spelled("猫"), "çĮ«");
}

#[test]
fn third() {
    let stored: Vec<f32> = (0..3 * 16).map(|i| i as f32).collect();
    let key = Source::of("blocks.0.attention.key.weight");
    assert_eq!(third::key(&stored, 4), key.take(&stored, &[4, 4]), "not what the chapter's loader takes");
}

#[test]
fn family() {
    assert_eq!(family::layers(50_257, 1024, 768, 124_439_808), Some(12));
    assert_eq!(family::layers(50_257, 1024, 1600, 1_557_611_200), Some(48));
    assert_eq!(family::layers(50_257, 1024, 768, 124_439_809), None);
    assert_eq!(family::layers(50_257, 1024, 768, 1000), None);
}
