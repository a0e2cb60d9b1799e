//! The logit lens: what the model would say if it stopped here.
