//! Loops on the widest vector instructions that the machine has.
//!
//! A program must run on every processor of its kind, so the compiler uses only instructions that
//! all of them have: on x86-64 those on four `f32` at a time, though most machines can do eight and
//! many sixteen.

/// Does some work on vectors as wide as the machine's, and returns what comes of it. The loops must
/// stand in the work itself or in what is inlined into it.
///
/// The work is compiled once for each width; which of them runs is decided when the program runs.
/// The results are the same to the last bit: no addition changes its place.
///
/// It is a macro because the work must be a closure that is always inlined: otherwise the compiler
/// may leave a long one outside, in narrow instructions.
///
/// ```
/// let mut x = [1.0_f32, 2.0, 3.0];
/// tensors::widest!({
///     for x in &mut x {
///         *x *= 2.0;
///     }
/// });
/// assert_eq!(x, [2.0, 4.0, 6.0]);
/// ```
#[macro_export]
macro_rules! widest {
    ($work:expr) => {
        $crate::dispatch(
            #[inline(always)]
            || $work,
        )
    };
}

/// What [`widest!`] calls.
#[doc(hidden)]
#[inline(always)] // so that the caller's loop is compiled here
#[allow(clippy::inline_always)]
pub fn dispatch<R>(work: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(work)
}
