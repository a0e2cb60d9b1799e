//! Heads that look for what came before: prefix matching on repeated random tokens.
