//! The stories of chapter 6, told in another language.
