//! What is lost without a part: its numbers set to zero, or to their mean.
