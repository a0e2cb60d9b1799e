//! Direct logit attribution: which part of the model wrote a score.
