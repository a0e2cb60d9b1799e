pub mod gpt;
pub mod measure;
pub mod parts;
pub mod record;
