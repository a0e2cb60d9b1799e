//! Loops on the widest vector instructions that the machine has.
//!
//! A program must run on every processor of its kind, so the compiler uses only instructions that all of them have: on x86-64 those on
//! four `f32` at a time, though most machines can do eight and many sixteen.

/// Does `work` on vectors as wide as the machine's. The loops must stand in `work` itself or in what is inlined into it.
///
/// `work` is compiled once for each width; which of them runs is decided when the program runs. The results are the same to the last
/// bit: no addition changes its place.
///
/// ```
/// let mut x = [1.0_f32, 2.0, 3.0];
/// tensors::widest(|| x.iter_mut().for_each(|x| *x *= 2.0));
/// assert_eq!(x, [2.0, 4.0, 6.0]);
/// ```
#[inline(always)] // so that the caller's loop is compiled here
#[allow(clippy::inline_always)]
pub fn widest<R>(work: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(work)
}
