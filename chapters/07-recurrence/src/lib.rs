//! # Recurrence
//!
//! A table or a network with a fixed window forgets what lies before it. A **recurrent network**
//! reads one token at a time and carries a vector, its **hidden state**, from step to step:
//! h_t = f(x_t, h_{t−1}), with the same weights at every step. In principle it can remember for
//! ever. This chapter builds three such [cells](cell) and measures how far they remember in
//! practice.

pub mod cell;
pub mod gate;
pub mod gru;
pub mod horizon;
pub mod lstm;
pub mod reader;
pub mod recall;
pub mod rnn;

pub use cell::{Cell, initialise};
pub use gate::Gate;
pub use gru::Gru;
pub use lstm::{Lstm, LstmState};
pub use reader::Reader;
pub use rnn::Rnn;
