//! The judge of `bloom`.

#[cfg_attr(feature = "exercises", path = "../../exercises/bloom.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/bloom.rs")]
mod answer;
#[path = "../../exercises/wrong/bloom-as-many-as-there-is-room.rs"]
mod as_many_as_there_is_room;
#[path = "../../exercises/wrong/bloom-one-bit.rs"]
mod one_bit;
#[path = "../../exercises/wrong/bloom-rounds.rs"]
mod rounds;
#[path = "../../exercises/wrong/bloom-rounds-down.rs"]
mod rounds_down;
#[path = "../../exercises/wrong/bloom-seven.rs"]
mod seven;

fn judge(best_places: fn(u64, u64) -> u32) {
    for (bits, elements, expected) in [
        (10_000, 1000, 7),
        (4000, 1000, 3),
        (16_000, 1000, 11),
        (1_000_000, 35_000, 20),
        // The formula's 1.46 and 9.50, rounded, would be 1 and 9.
        (2100, 1000, 2),
        (13_700, 1000, 10),
        (1000, 1000, 1),
        (100, 1000, 1),
        (1_000_000, 5000, 139),
    ] {
        let own = best_places(bits, elements);
        assert!(
            own == expected,
            "{bits} bits, {elements} elements: each should set {expected}, yours sets {own}"
        );
    }
}

#[test]
fn bloom() {
    judge(answer::best_places);
}

#[test]
#[should_panic(expected = "10000 bits, 1000 elements: each should set 7, yours sets 10")]
fn as_many_as_there_is_room() {
    judge(as_many_as_there_is_room::best_places);
}

#[test]
#[should_panic(expected = "4000 bits, 1000 elements: each should set 3, yours sets 7")]
fn seven() {
    judge(seven::best_places);
}

#[test]
#[should_panic(expected = "10000 bits, 1000 elements: each should set 7, yours sets 6")]
fn rounds_down() {
    judge(rounds_down::best_places);
}

#[test]
#[should_panic(expected = "10000 bits, 1000 elements: each should set 7, yours sets 1")]
fn one_bit() {
    judge(one_bit::best_places);
}

#[test]
#[should_panic(expected = "2100 bits, 1000 elements: each should set 2, yours sets 1")]
fn rounds() {
    judge(rounds::best_places);
}
