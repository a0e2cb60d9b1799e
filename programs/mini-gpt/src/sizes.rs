//! The sizes that `--size` names and that are compiled in.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use gpt::checkpoint::Checkpoint;
use gpt::sizes::{Gpt2, Laptop, LaptopBpe, Shakespeare, Tiny};
use gpt::{Shape, Sizes};
use mini_gpt::Error;
use std::path::Path;

/// A size with a name.
#[derive(Debug)]
pub struct Named {
    pub name: &'static str,
    about: &'static str,
    pub shape: Shape,
}

const fn named<S: Sizes>(name: &'static str, about: &'static str) -> Named {
    Named { name, about, shape: Shape::of::<S>() }
}

static SIZES: [Named; 5] = [
    named::<Tiny>("tiny", "2 layers, 2 heads, 32 wide, context up to 64"),
    named::<Laptop>("laptop", "4 layers, 4 heads, 128 wide, context up to 256"),
    named::<LaptopBpe>(
        "laptop-bpe",
        "laptop with a vocabulary of 1792 tokens, learned from the text, and context up to 320",
    ),
    named::<Shakespeare>("shakespeare", "6 layers, 6 heads, 384 wide, context up to 256"),
    named::<Gpt2>(
        "gpt2",
        "12 layers, 12 heads, 768 wide, context up to 1024, 50257 tokens learned from the text",
    ),
];

/// Does `$body` with `$M` as the model whose sizes are `$shape`, one of [`SIZES`]: here what was read
/// when the program runs becomes a type.
macro_rules! with_size {
    ($shape:expr, $M:ident => $body:expr) => {{
        use gpt::sizes::{Gpt2, Laptop, LaptopBpe, Shakespeare, Tiny};
        type Device = dfdx::prelude::AutoDevice;
        gpt::with_model!($shape, Device, [Tiny, Laptop, LaptopBpe, Shakespeare, Gpt2], $M => $body)
            .expect("a size of this program")
    }};
}
pub(crate) use with_size;

impl Named {
    /// The size of this name.
    ///
    /// # Panics
    /// When there is none.
    pub fn of(name: &str) -> &'static Self {
        SIZES.iter().find(|size| size.name == name).expect("a name that `names` lets through")
    }
}

/// Reads the name of a size.
pub fn names() -> impl TypedValueParser<Value = &'static Named> {
    let values = SIZES.iter().map(|size| PossibleValue::new(size.name).help(size.about));
    PossibleValuesParser::new(values).map(|name| Named::of(&name))
}

/// The newest checkpoint in a run's folder, of one of these sizes.
///
/// # Errors
/// When there is none, it cannot be read, or its model is of another size.
pub fn stored(folder: &Path) -> Result<Checkpoint, Error> {
    let stored = Checkpoint::read(folder)?;
    let shape = stored.header.shape;
    if SIZES.iter().any(|size| size.shape == shape) {
        return Ok(stored);
    }
    let known = SIZES.each_ref().map(|size| size.name).join(", ");
    Err(stored.refused(format!("its model has the sizes {shape:?}, of none of {known}")).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::AutoDevice;
    use gpt::LanguageModel;

    #[test]
    fn every_size_with_a_name_is_a_type() {
        for size in &SIZES {
            let shape = with_size!(size.shape, M => <M as LanguageModel<AutoDevice>>::SHAPE);
            assert_eq!(shape, size.shape, "{}", size.name);
        }
    }
}
