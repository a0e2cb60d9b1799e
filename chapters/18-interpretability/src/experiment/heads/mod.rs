//! The heads of trained models: what each looks at, writes, and is needed for.

mod measure;
mod record;
mod report;
#[cfg(test)]
mod tests;

pub use measure::measure;
pub use report::report;
