//! # Data quality
//!
//! What text a model should read, and what the wrong text costs. A [`pipeline`] takes one document after
//! another:
//!
//! | question | module |
//! |---|---|
//! | Where does a document end, and can it be read? | [`document`] |
//! | Which bytes stand for the same text? | [`normalise`] |
//! | Is it English, and does it look like text? | [`language`], [`rules`] |
//! | Has it been read before? | [`hash`], [`bloom`] |
//! | Has nearly the same been read before? | [`shingles`], [`minhash`], [`near`] |
//! | Is it good? | [`perplexity`], [`linear`], judged by [`roc`] |
//! | Is it in the test? | [`decontaminate`] |
//!
//! Then what it is worth:
//!
//! | question | module |
//! |---|---|
//! | How does a model read one text after another, in a given order? | [`reading`] |
//! | What does dirt cost, and what would it cost a perfect learner? | [`price`] |
//! | What was learned by heart? | [`memorise`] |
//! | Has it seen the test? | [`contamination`] |
//! | What do its bits say, against the grammar's? | [`judge`] |
//!
//! What is found is judged by a truth that is known: [`retell`] makes near copies whose distance is chosen,
//! and [`dirt`] spoils stories in five ways.

pub mod bloom;
pub mod contamination;
pub mod decontaminate;
pub mod dirt;
pub mod document;
pub mod hash;
pub mod judge;
pub mod language;
pub mod linear;
pub mod memorise;
pub mod minhash;
pub mod near;
pub mod normalise;
pub mod perplexity;
pub mod pipeline;
pub mod price;
pub mod reading;
pub mod retell;
pub mod roc;
pub mod rules;
pub mod shingles;
