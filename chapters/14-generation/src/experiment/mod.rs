pub mod measure;
pub mod record;
