//! Direct preference optimisation (DPO).
