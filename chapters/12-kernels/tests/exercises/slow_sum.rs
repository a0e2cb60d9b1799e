//! The judge of `slow_sum`.

#[cfg_attr(feature = "exercises", path = "../../exercises/slow_sum.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/slow_sum.rs")]
mod answer;
#[path = "../../exercises/wrong/slow_sum-as-it-was.rs"]
mod as_it_was;
#[path = "../../exercises/wrong/slow_sum-lines-rounded-down.rs"]
mod lines_rounded_down;
#[path = "../../exercises/wrong/slow_sum-lines-row-by-row.rs"]
mod lines_row_by_row;
#[path = "../../exercises/wrong/slow_sum-sums-of-the-rows.rs"]
mod sums_of_the_rows;

use crate::same::same;
use std::cell::Cell;

/// A matrix that knows in which order it is read.
struct Watched {
    last: Cell<usize>,
    jumps: Cell<usize>,
    reads: Cell<usize>,
}

impl Watched {
    fn number(&self, i: usize) -> f32 {
        // Another line of 16 numbers, and not the next one.
        if i / 16 != self.last.get() / 16 && i / 16 != self.last.get() / 16 + 1 {
            self.jumps.set(self.jumps.get() + 1);
        }
        self.last.set(i);
        self.reads.set(self.reads.get() + 1);
        (i % 7) as f32
    }
}

/// Each solution has a trait of its own for matrices.
macro_rules! watch {
    ($($solution:ident),*) => {
        $(impl $solution::Numbers for Watched {
            fn read(&self, i: usize) -> f32 {
                self.number(i)
            }
        })*
    };
}

watch!(answer, as_it_was, lines_row_by_row, lines_rounded_down, sums_of_the_rows);

fn judge(lines: fn(usize, usize) -> usize, sum_of_rows: fn(&Watched, usize, usize) -> Vec<f32>) {
    for (rows, columns, expected) in [(100, 48, 300), (1, 17, 2), (2, 17, 3), (3, 5, 1), (4, 8, 2)] {
        let (own, numbers) = (lines(rows, columns), rows * columns);
        assert!(
            own == expected,
            "{rows} rows of {columns} lie side by side, {numbers} numbers: they fill {expected} lines of \
             16, not {own}"
        );
    }
    for (rows, columns) in [(100, 48), (33, 40)] {
        let watched = Watched { last: Cell::new(0), jumps: Cell::new(0), reads: Cell::new(0) };
        let sums = sum_of_rows(&watched, rows, columns);
        let (jumps, reads) = (watched.jumps.get(), watched.reads.get());
        let sum = |column: usize| (0..rows).map(|row| ((row * columns + column) % 7) as f32).sum();
        let expected: Vec<f32> = (0..columns).map(sum).collect();
        same(&format!("the sums of {rows} rows of {columns}"), &sums, &expected, 0.0);
        assert!(
            jumps < 10,
            "{rows} rows of {columns}: {jumps} jumps to a far line of memory, of {reads} reads"
        );
    }
}

#[test]
fn slow_sum() {
    judge(answer::lines, answer::sum_of_rows);
}

#[test]
#[should_panic(expected = "100 rows of 48: 4799 jumps to a far line of memory")]
fn as_it_was() {
    judge(as_it_was::lines, as_it_was::sum_of_rows);
}

#[test]
#[should_panic(expected = "2 rows of 17 lie side by side, 34 numbers: they fill 3 lines of 16, not 4")]
fn lines_row_by_row() {
    judge(lines_row_by_row::lines, lines_row_by_row::sum_of_rows);
}

#[test]
#[should_panic(expected = "1 rows of 17 lie side by side, 17 numbers: they fill 2 lines of 16, not 1")]
fn lines_rounded_down() {
    judge(lines_rounded_down::lines, lines_rounded_down::sum_of_rows);
}

#[test]
#[should_panic(expected = "the sums of 100 rows of 48: 48 numbers are expected, 100 came")]
fn sums_of_the_rows() {
    judge(sums_of_the_rows::lines, sums_of_the_rows::sum_of_rows);
}
