//! A bias of 0: a sum of 0 does not fire.

use neurons::threshold::ThresholdUnit;

pub fn nor() -> ThresholdUnit {
    ThresholdUnit { weights: [-1.0, -1.0], bias: 0.0 }
}
