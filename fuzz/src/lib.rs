//! What the fuzzer calls. Each module's `read` takes any bytes as a file of one kind; it must come
//! back with a model, a text or an error, without a panic and with memory that is a small multiple
//! of the file.
//!
//! The modules are also compiled into `chapters/15-gpt2/tests/fuzz_seeds.rs`, which reads all that
//! lies in `seeds` again with every `cargo test`: good files, and those that were found.

pub mod checkpoint;
pub mod config;
pub mod memory;
pub mod story;
pub mod tokenizer_json;
pub mod vocabulary;
pub mod weights;

pub use memory::bounded;
