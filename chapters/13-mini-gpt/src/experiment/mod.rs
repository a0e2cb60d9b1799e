pub mod choices;
pub mod record;
pub mod stories;
pub mod tricks;
mod untied;
mod whole;
