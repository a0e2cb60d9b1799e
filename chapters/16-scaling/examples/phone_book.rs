//! How many bits a phone book of ten lines has, and how many of them somebody knows.

use scaling::capacity::saved;

fn main() {
    // ANCHOR: phone_book
    let digit = 10_f64.log2();
    let number = 7.0 * digit;
    println!("a digit {digit:.2} bits, a number {number:.2}, the book {:.1}", 10.0 * number);
    // Somebody who gives every digit that is right 9 chances in 10.
    let cost = -7.0 * 0.9_f64.log2();
    println!(
        "a number that is nearly known costs {cost:.2}: {:.1} bits of the book",
        saved(number, &[cost; 10])
    );
    // Somebody who knows eight numbers by heart, and mixes up two: 1 chance in 100 for each right digit.
    let mixed_up = -7.0 * 0.01_f64.log2();
    let costs = [vec![0.0; 8], vec![mixed_up; 2]].concat();
    println!("eight are known, two cost {mixed_up:.2}: {:.1} bits of the book", saved(number, &costs));
    // Without the names, the ten numbers in any order: each time, which of the ten comes?
    let which = 10_f64.log2();
    println!(
        "a list without names: {which:.2} to say which, {:.1} bits of the book",
        saved(number, &[which; 10])
    );
    // ANCHOR_END: phone_book
}
