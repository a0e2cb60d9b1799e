//! NOT of the first input: the second is ignored.

use neurons::threshold::ThresholdUnit;

pub fn nor() -> ThresholdUnit {
    ThresholdUnit { weights: [-1.0, 0.0], bias: 0.5 }
}
