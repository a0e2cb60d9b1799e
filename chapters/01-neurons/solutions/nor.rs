//! The bias alone makes the unit fire; either input silences it.

use neurons::threshold::ThresholdUnit;

/// A unit that computes NOR.
pub fn nor() -> ThresholdUnit {
    ThresholdUnit { weights: [-1.0, -1.0], bias: 0.5 }
}
