//! NAND: one input is not enough to silence it.

use neurons::threshold::ThresholdUnit;

pub fn nor() -> ThresholdUnit {
    ThresholdUnit { weights: [-1.0, -1.0], bias: 1.5 }
}
