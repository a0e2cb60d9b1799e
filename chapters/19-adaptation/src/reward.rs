//! Rewards: the parser's, and one that can be gamed.
