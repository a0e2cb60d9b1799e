//! A reverse-mode differentiation engine for single numbers.
//!
//! Every operation writes a node on a **tape**: its value, and for each input the **local slope**,
//! how much the value changes per unit of that input. Walking the tape backwards multiplies slopes
//! along every path from the result to each input and adds the paths up: the chain rule (Rumelhart,
//! Hinton & Williams 1986).

use std::cell::RefCell;
use std::ops::{Add, Div, Mul, Neg, Sub};

// ANCHOR: tape
/// One number that was computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What made it: `"+"`, `"tanh"`, or `""` for a number that was given.
    pub operation: &'static str,
    /// The number.
    pub value: f64,
    /// For each input: its place on the tape, and the local slope.
    pub inputs: Vec<(usize, f64)>,
}

/// Everything computed so far, in order: a node's inputs always stand before it.
#[derive(Debug, Default)]
pub struct Tape(RefCell<Vec<Node>>);

/// A number on a tape. It can be copied and used as often as you like.
#[derive(Debug, Clone, Copy)]
pub struct Value<'t> {
    tape: &'t Tape,
    /// Its place on the tape.
    pub place: usize,
    /// The number itself.
    pub data: f64,
}

impl Tape {
    /// A number that nothing computed: an input or a parameter.
    pub fn value(&self, data: f64) -> Value<'_> {
        self.record("", data, Vec::new())
    }

    /// All nodes in order.
    pub fn nodes(&self) -> Vec<Node> {
        self.0.borrow().clone()
    }

    fn record(&self, operation: &'static str, value: f64, inputs: Vec<(usize, f64)>) -> Value<'_> {
        let mut nodes = self.0.borrow_mut();
        nodes.push(Node { operation, value, inputs });
        Value { tape: self, place: nodes.len() - 1, data: value }
    }
}
// ANCHOR_END: tape

// ANCHOR: operations
impl Add for Value<'_> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        // d(a + b)/da = 1, d(a + b)/db = 1
        self.tape.record("+", self.data + other.data, vec![(self.place, 1.0), (other.place, 1.0)])
    }
}

impl Mul for Value<'_> {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        // d(ab)/da = b, d(ab)/db = a
        let slopes = vec![(self.place, other.data), (other.place, self.data)];
        self.tape.record("×", self.data * other.data, slopes)
    }
}

impl Value<'_> {
    /// Any function of this number: its value here and its slope here.
    pub fn map(self, operation: &'static str, value: f64, slope: f64) -> Self {
        self.tape.record(operation, value, vec![(self.place, slope)])
    }

    /// e to the power of this.
    pub fn exp(self) -> Self {
        let y = self.data.exp();
        self.map("exp", y, y)
    }

    /// The natural logarithm.
    pub fn ln(self) -> Self {
        self.map("ln", self.data.ln(), 1.0 / self.data)
    }

    /// The hyperbolic tangent.
    pub fn tanh(self) -> Self {
        let y = self.data.tanh();
        self.map("tanh", y, 1.0 - y * y)
    }
}
// ANCHOR_END: operations

impl Neg for Value<'_> {
    type Output = Self;
    fn neg(self) -> Self {
        self.map("−", -self.data, -1.0)
    }
}

impl Sub for Value<'_> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.tape.record("−", self.data - other.data, vec![(self.place, 1.0), (other.place, -1.0)])
    }
}

impl Div for Value<'_> {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let y = self.data / other.data;
        let slopes = vec![(self.place, 1.0 / other.data), (other.place, -y / other.data)];
        self.tape.record("÷", y, slopes)
    }
}

// ANCHOR: backward
/// The slope of one result by every number on its tape.
#[derive(Debug, Clone, PartialEq)]
pub struct Gradient(Vec<f64>);

impl Gradient {
    /// The slope by `value`.
    pub fn of(&self, value: Value<'_>) -> f64 {
        self.0[value.place]
    }
}

impl Value<'_> {
    /// One walk back over the tape, from this result to everything it was made of.
    pub fn backward(self) -> Gradient {
        let nodes = self.tape.0.borrow();
        let mut slopes = vec![0.0; nodes.len()];
        slopes[self.place] = 1.0; // a result changes by 1 per unit of itself
        for place in (0..=self.place).rev() {
            for &(input, local) in &nodes[place].inputs {
                slopes[input] += local * slopes[place]; // += : a value used twice hears from both its users
            }
        }
        Gradient(slopes)
    }
}
// ANCHOR_END: backward

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The slope of `f` at each of `x`, by the engine and by central differences.
    fn both<const N: usize>(
        f: impl for<'t> Fn([Value<'t>; N]) -> Value<'t>,
        x: [f64; N],
    ) -> ([f64; N], [f64; N]) {
        let tape = Tape::default();
        let values = x.map(|x| tape.value(x));
        let gradient = f(values).backward();
        let at = |i: usize, step: f64| {
            let tape = Tape::default();
            let mut moved = x;
            moved[i] += step;
            f(moved.map(|x| tape.value(x))).data
        };
        let difference = std::array::from_fn(|i| (at(i, 1e-5) - at(i, -1e-5)) / 2e-5);
        (values.map(|value| gradient.of(value)), difference)
    }

    proptest! {
        #[test]
        fn every_operation_has_the_slope_of_its_value(a in 0.2_f64..3.0, b in 0.2_f64..3.0) {
            let (ours, definition) = both(|[a, b]| (a * b - a / b + (-a).exp()).tanh() + (b * b).ln(), [a, b]);
            for (ours, definition) in ours.iter().zip(definition) {
                // Truncation h² and rounding 10⁻¹⁶/h, on slopes of up to some tens.
                prop_assert!((ours - definition).abs() < 1e-7 * (1.0 + ours.abs()), "{ours} {definition}");
            }
        }
    }

    #[test]
    fn a_value_used_twice_hears_from_both_its_users() {
        let tape = Tape::default();
        let x = tape.value(3.0);
        assert_eq!((x * x).backward().of(x), 6.0);
        assert_eq!((x + x + x).backward().of(x), 3.0);
    }

    #[test]
    fn inputs_stand_before_what_they_make() {
        let tape = Tape::default();
        let (a, b) = (tape.value(1.0), tape.value(2.0));
        let _ = ((a + b) * a).tanh() / b;
        for (place, node) in tape.nodes().iter().enumerate() {
            assert!(node.inputs.iter().all(|(input, _)| *input < place));
        }
    }

    #[test]
    fn what_a_result_does_not_depend_on_has_slope_zero() {
        let tape = Tape::default();
        let (x, y) = (tape.value(1.0), tape.value(2.0));
        let later = x * y;
        let gradient = x.tanh().backward();
        assert_eq!((gradient.of(y), gradient.of(later)), (0.0, 0.0));
    }
}
