//! What several threads may use at once.

#[cfg(not(feature = "cuda"))]
mod threads {
    /// What can be shared between threads. With the feature `cuda` everything runs on one thread,
    /// and it asks for nothing.
    pub trait Shareable: Send + Sync {}
    impl<T: Send + Sync> Shareable for T {}
}

#[cfg(feature = "cuda")]
mod threads {
    /// Anything: a GPU's handles belong to one thread, so with the feature `cuda` nothing is
    /// shared.
    pub trait Shareable {}
    impl<T> Shareable for T {}
}

pub use threads::Shareable;
