//! OR: every sign the wrong way round.

use neurons::threshold::ThresholdUnit;

pub fn nor() -> ThresholdUnit {
    ThresholdUnit { weights: [1.0, 1.0], bias: -0.5 }
}
