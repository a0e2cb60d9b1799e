//! The loss in facts that four people leave, by hand.

use scaling::capacity::slopes::{chances, unlearned};

fn main() {
    // ANCHOR: four_people
    let chances = chances(4, 1.0);
    let stories: Vec<String> = chances.iter().map(|p| format!("{:.0}", 100.0 * p)).collect();
    println!("of 100 stories, about each: {}", stories.join(", "));
    for documents in [50.0, 100.0, 200.0] {
        let share = unlearned(&chances, documents, 20.0);
        let bits = 20.36 * share;
        println!("{documents} stories, learned after 20: {share:.2} unlearned, {bits:.2} bits a story");
    }
    // ANCHOR_END: four_people
}
