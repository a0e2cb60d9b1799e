//! The judge of `xavier`.

#[cfg_attr(feature = "exercises", path = "../../exercises/xavier.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/xavier.rs")]
mod answer;
#[path = "../../exercises/wrong/xavier-he.rs"]
mod he;
#[path = "../../exercises/wrong/xavier-nearly.rs"]
mod nearly;
#[path = "../../exercises/wrong/xavier-no-root.rs"]
mod no_root;
#[path = "../../exercises/wrong/xavier-one-width.rs"]
mod one_width;

use tensors::seeds;

fn judge(deviation: fn(usize) -> f64) {
    for width in [100, 200, 400] {
        let of_weights = deviation(width);
        let mut rng = seeds::generator(1);
        let mut x = seeds::normal(&mut rng, width, 0.01);
        for _ in 0..20 {
            let weights = seeds::normal(&mut rng, width * width, of_weights as f32);
            let unit = |row: &[f32]| row.iter().enumerate().map(|(i, w)| w * x[i]).sum::<f32>().tanh();
            x = weights.chunks_exact(width).map(unit).collect();
        }
        let size = (x.iter().map(|x| x * x).sum::<f32>() / width as f32).sqrt() / 0.01;
        // Each layer multiplies the mean square by 1 ± √(2/width): twenty of them the size by
        // e^±0.32 at one standard deviation and a width of 100.
        assert!(
            (0.35..2.8).contains(&size),
            "after twenty layers of {width} inputs a signal of size 1 has the size {size}"
        );
        // Chance would hide a factor of 1.05.
        let variance = width as f64 * of_weights * of_weights;
        assert!(
            (variance - 1.0).abs() < 1e-6,
            "a sum over {width} inputs of variance 1 has the variance {variance}, so a deep stack still \
             drifts"
        );
    }
}

#[test]
fn xavier() {
    judge(answer::deviation);
}

#[test]
#[should_panic(expected = "after twenty layers of 100 inputs a signal of size 1 has the size")]
fn he() {
    judge(he::deviation);
}

#[test]
#[should_panic(expected = "after twenty layers of 100 inputs a signal of size 1 has the size 0")]
fn no_root() {
    judge(no_root::deviation);
}

#[test]
#[should_panic(expected = "after twenty layers of 100 inputs a signal of size 1 has the size")]
fn one_width() {
    judge(one_width::deviation);
}

#[test]
#[should_panic(expected = "so a deep stack still drifts")]
fn nearly() {
    judge(nearly::deviation);
}
