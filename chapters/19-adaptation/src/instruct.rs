//! Instructions with their answers, and which of them were followed.
