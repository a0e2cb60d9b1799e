//! Four machines on a ring: what each of them sends, round by round, as it was heard.

use crate::experiment::CHAPTER;
use anyhow::Result;
use figures::{Diagram, save};
use scaling::cluster::all_reduce_heard;

/// What the first machine has, one number for each piece. Machine r has 10ʳ times as much: the digits of
/// a sum say which piece it is, and how many there are of them, who is in it.
const PIECES: [f32; 4] = [1.0, 2.0, 3.0, 4.0];

/// Adds up around the ring; prints and draws what was sent.
pub fn report() -> Result<()> {
    let machines = PIECES.len();
    let list = |rank| PIECES.map(|number| number * 10_f32.powi(rank)).to_vec();
    let heard = all_reduce_heard((0..machines as i32).map(list).collect());
    let mut diagram = Diagram::new("What each machine sends");
    // The ring is cut open: machine 0 stands on both sides.
    for column in 0..=machines {
        diagram.node(column as f64, 0.0, machines, &format!("machine {}", column % machines));
    }
    println!("\nfour machines add up 1 2 3 4, 10 20 30 40 and so on around a ring: what each sends");
    let mut before: Vec<usize> = Vec::new();
    for round in 0..heard[0].len() {
        // A piece is one number here.
        let sent: Vec<String> = heard.iter().map(|messages| messages[round][0].to_string()).collect();
        println!("  ring, round {}: {}", round + 1, sent.join(" "));
        let mut place = |column: usize| -> Result<usize> {
            let number = &sent[column % machines];
            let piece: usize = number[..1].parse()?;
            Ok(diagram.node(column as f64, (round + 1) as f64, piece - 1, number))
        };
        let row = (0..=machines).map(&mut place).collect::<Result<Vec<_>>>()?;
        // What a machine has received from the one before, it adds its own number to, and sends on.
        before.iter().zip(&row[1..]).for_each(|(from, to)| diagram.arrow(*from, *to, ""));
        before = row;
    }
    Ok(save(CHAPTER, "ring", &diagram.draw()?)?)
}
