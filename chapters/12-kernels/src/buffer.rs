//! Memory that is used again.
//!
//! A step of training needs the same hundreds of arrays as the step before. Memory that goes back
//! to the system comes again as pages that the system must first fill with zeros, one interruption
//! for each 4 KiB. A [`Buffer`] goes back to a list of its thread's own instead.

use std::cell::RefCell;
use std::ops::{Deref, DerefMut};

/// Lists of free arrays; those in list i have room for 2ⁱ numbers.
type Free = [Vec<Vec<f32>>; usize::BITS as usize];

thread_local! {
    static FREE: RefCell<Free> = const { RefCell::new([const { Vec::new() }; usize::BITS as usize]) };
}

// ANCHOR: buffer
/// Numbers in memory that is given back to the thread when they are dropped.
#[derive(Debug)]
pub(crate) struct Buffer(Vec<f32>);

impl Buffer {
    /// `count` numbers, whatever was there before: for a place that will be filled.
    pub(crate) fn any(count: usize) -> Self {
        let list = list(count);
        let free = FREE.with_borrow_mut(|free| free[list].pop());
        let mut numbers = free.unwrap_or_else(|| Vec::with_capacity(1 << list));
        numbers.resize(count, 0.0);
        Self(numbers)
    }

    /// `count` zeros.
    pub(crate) fn zeros(count: usize) -> Self {
        let mut buffer = Self::any(count);
        buffer.fill(0.0);
        buffer
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        let numbers = std::mem::take(&mut self.0);
        // When the thread itself is ending, its lists may be gone: then the memory is freed.
        FREE.try_with(|free| free.borrow_mut()[list(numbers.len())].push(numbers)).ok();
    }
}
// ANCHOR_END: buffer

/// The list whose arrays have room for `count` numbers: 2ⁱ is the first power of two that is not
/// smaller.
fn list(count: usize) -> usize {
    count.next_power_of_two().trailing_zeros() as usize
}

impl Deref for Buffer {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        &self.0
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [f32] {
        &mut self.0
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// How many numbers of this thread's buffers were given back and wait to be used again.
    pub(crate) fn free() -> usize {
        FREE.with_borrow(|free| free.iter().flatten().map(Vec::len).sum())
    }

    #[test]
    fn memory_comes_back_at_the_asked_size() {
        let place = {
            let mut buffer = Buffer::any(1000);
            buffer.fill(7.0);
            buffer.as_ptr()
        };
        let again = Buffer::any(600);
        assert_eq!((again.len(), again.as_ptr()), (600, place), "1000 and 600 both need room for 1024");
        assert!(Buffer::zeros(600).iter().all(|&x| x == 0.0));
        for count in [0, 1, 2, 3, 1024, 1025] {
            assert_eq!(Buffer::zeros(count).len(), count);
        }
    }
}
