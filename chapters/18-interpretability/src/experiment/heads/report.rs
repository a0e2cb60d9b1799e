//! Prints what was seen.

use super::record::{Bits, Looked, PART};
use crate::experiment::ledger::Ledger;
use anyhow::Result;
use language_models::story::KINDS;

/// Prints what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Looked>::load(PART)?;
    println!("\nThe heads of trained models ({}, {})", ledger.processor, ledger.date);
    for run in &ledger.runs {
        heads(run);
        groups(run);
    }
    Ok(())
}

fn heads(run: &Looked) {
    println!(
        "seed {}: how much each head looks behind the prefix of random tokens, at the token before, at the name",
        run.seed
    );
    println!(
        "  and at the thing that comes next; what it adds to the name's score ({} places); bits a token",
        run.places
    );
    println!("  beyond the truth without it, its mean in its place, and the names' with zeros there");
    let kinds: String = KINDS.iter().map(|(_, what)| format!("{what:>20}")).collect();
    println!("  head        prefix  before    name   thing    adds{kinds}   names, zeros");
    let of_block = run.heads.len() / BLOCKS;
    for (at, head) in run.heads.iter().enumerate() {
        let (block, number) = (at / of_block, at % of_block);
        // Token and position come first; a block has its heads, its bias and its network.
        let adds = run.writes[2 + block * (of_block + 2) + number];
        let looks: String = [head.prefix, head.previous, head.fetch, head.fetch_things]
            .map(|look| format!("{look:8.2}"))
            .concat();
        println!(
            "  {:<10}{looks}{adds:+8.2}{}{:15.3}",
            format!("{block}.{number}"),
            bits(&head.mean),
            head.zero[names()]
        );
    }
    println!("  {:<10}{:40}{}", "all there", "", bits(&run.whole));
    let sum: f64 = run.writes.iter().sum();
    let of = |part: &dyn Fn(usize) -> bool| -> f64 {
        run.writes.iter().enumerate().filter(|(at, _)| part(*at)).map(|(_, adds)| adds).sum()
    };
    let block = of_block + 2;
    let is_head = |at: usize| at >= 2 && at + 1 < run.writes.len() && (at - 2) % block < of_block;
    let is_network = |at: usize| at >= 2 && at + 1 < run.writes.len() && (at - 2) % block == of_block + 1;
    println!(
        "  seed {}: of {sum:.2} by which the right name's score is above the other's, heads add {:.2}, networks {:.2}, \
         token and position {:.2}",
        run.seed,
        of(&is_head),
        of(&is_network),
        of(&|at| at < 2)
    );
}

/// Blocks of the models.
const BLOCKS: usize = 4;

fn groups(run: &Looked) {
    println!("seed {}: without several at once, their means in their place", run.seed);
    for group in &run.groups {
        let heads: Vec<String> =
            group.heads.iter().map(|(block, head)| format!("{block}.{head}")).collect();
        println!(
            "  {:<50}{}",
            format!("{}, {}: {}", group.by, heads.len(), heads.join(" ")),
            bits(&group.without)
        );
    }
}

fn bits(bits: &Bits) -> String {
    bits.iter().map(|bits| format!("{bits:20.3}")).collect()
}

fn names() -> usize {
    KINDS.iter().position(|(_, what)| *what == "names told before").expect("a kind of that name")
}
