pub mod gpt;
pub mod measure;
pub mod record;
