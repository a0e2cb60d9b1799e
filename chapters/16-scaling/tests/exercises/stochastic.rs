//! The judge of `stochastic`.

#[cfg_attr(feature = "exercises", path = "../../exercises/stochastic.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/stochastic.rs")]
mod answer;
#[path = "../../exercises/wrong/stochastic-coin.rs"]
mod coin;
#[path = "../../exercises/wrong/stochastic-cuts.rs"]
mod cuts;
#[path = "../../exercises/wrong/stochastic-nearest.rs"]
mod nearest;
#[path = "../../exercises/wrong/stochastic-no-carry.rs"]
mod no_carry;
#[path = "../../exercises/wrong/stochastic-one-too-many.rs"]
mod one_too_many;
#[path = "../../exercises/wrong/stochastic-upside-down.rs"]
mod upside_down;

fn judge(stochastic: fn(f32, u16) -> f32) {
    // 1 and 1 + 2^-7 are neighbours in bf16.
    let quarter = 1.0 + 2_f32.powi(-9);
    // From just below 2 the neighbour farther from 0 is 2, with another exponent.
    let carries = f32::from_bits(0x3fff_c000);
    for x in [quarter, -quarter, 1.0, -3.5, 0.0, 1.0 + 2_f32.powi(-8), 0.1, -1e-30, 3e20, carries, -carries]
    {
        let (near, far) = (x.to_bits() & 0xffff_0000, (x.to_bits() & 0xffff_0000) + 0x1_0000);
        let [near, far] = [near, far].map(f32::from_bits);
        let expected = x.to_bits() & 0xffff;
        let mut own = 0;
        for draw in 0..=u16::MAX {
            let rounded = stochastic(x, draw);
            assert!(
                rounded == near || rounded == far,
                "{x:e} with the draw {draw}: {near:e} or {far:e} is expected, {rounded:e} came"
            );
            own += u32::from(rounded == far);
        }
        assert!(
            own == expected,
            "{x:e} should become {far:e} in {expected} of 65536 draws, and {near:e} in the others: it did in {own}"
        );
    }
}

#[test]
fn stochastic() {
    judge(answer::stochastic);
}

#[test]
#[should_panic(expected = "in 16384 of 65536 draws, and 1e0 in the others: it did in 0")]
fn nearest() {
    judge(nearest::stochastic);
}

#[test]
#[should_panic(expected = "in 16384 of 65536 draws, and 1e0 in the others: it did in 0")]
fn cuts() {
    judge(cuts::stochastic);
}

#[test]
#[should_panic(expected = "in 16384 of 65536 draws, and 1e0 in the others: it did in 32768")]
fn coin() {
    judge(coin::stochastic);
}

#[test]
#[should_panic(expected = "in 16384 of 65536 draws, and 1e0 in the others: it did in 49152")]
fn upside_down() {
    judge(upside_down::stochastic);
}

#[test]
#[should_panic(expected = "in 16384 of 65536 draws, and 1e0 in the others: it did in 16385")]
fn one_too_many() {
    judge(one_too_many::stochastic);
}

#[test]
#[should_panic(expected = "with the draw 16384: 1.9921875e0 or 2e0 is expected, 1e0 came")]
fn no_carry() {
    judge(no_carry::stochastic);
}
