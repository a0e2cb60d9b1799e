//! The parts of the experiment.
