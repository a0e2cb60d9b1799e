//! Explanations: which earlier words made the model say this?
//!
//! An explanation gives every position of a text a number, higher for those that mattered more. Three
//! families of them are in wide use: how much the position is *looked at* ([`attention`]), how steeply the
//! score would change with its vector ([`gradient`]), and what is lost when its vector is taken away
//! ([`occlusion`]). All of them make a picture, and a picture convinces. Whether it is right can be asked
//! where the true source is known: [`pairs`](crate::pairs) of stories that differ there and nowhere else,
//! scored by [`score`].

pub mod attention;
pub mod gradient;
pub mod occlusion;
pub mod score;
