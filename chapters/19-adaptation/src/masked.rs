//! A loss on some of the tokens.
