//! Prints what was seen.

use super::record::{Bits, Looked, PART, other_pairs};
use crate::experiment::cliff::even_prefix;
use crate::experiment::ledger::Ledger;
use crate::experiment::table::{head, row};
use anyhow::Result;
use interpretability::attribution::{Part, parts};
use interpretability::hooks::Head;
use language_models::story::{KINDS, Kind};

/// Blocks of the models.
const BLOCKS: usize = 4;

/// Prints what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Looked>::load(PART)?;
    println!("\nThe heads of trained models ({}, {})", ledger.processor, ledger.date);
    println!(
        "how much each looks behind the prefix of random tokens, and of random words that come often;"
    );
    println!(
        "in stories at the token before; at a name from right behind it; where a name begins next, at it,"
    );
    println!(
        "right behind it, and at the other's; where a thing begins next, at it and right behind it; what it"
    );
    println!(
        "adds to the name's score over the other's; bits a token beyond the truth without it, its mean in"
    );
    println!("its place, and the names' with zeros there");
    for run in &ledger.runs {
        heads(run);
        written(run);
        pair(run);
        println!("seed {}: where the head that looks at names most looks in a story", run.seed);
        run.shown.iter().for_each(|place| println!("  {place}"));
    }
    Ok(())
}

/// The parts of a run's score, each with what it adds.
fn adds(run: &Looked) -> Vec<(Part, f64)> {
    parts(BLOCKS, run.heads.len() / BLOCKS).into_iter().zip(run.writes.iter().copied()).collect()
}

fn heads(run: &Looked) {
    println!("seed {} (a head that looks evenly scores {:.4} behind the prefix)", run.seed, even_prefix());
    let kinds = head(KINDS.iter().map(|(_, what)| *what), 20);
    let looks =
        ["prefix", "words", "before", "carry", "name", "behind", "other", "thing", "behind", "adds"];
    println!("  head {}{kinds}   names, zeros", head(looks, 8));
    let adds = adds(run);
    for (one, is) in run.heads.iter().zip(Head::all(BLOCKS, run.heads.len() / BLOCKS)) {
        let part = adds.iter().find(|(part, _)| *part == Part::Head(is)).map_or(0.0, |part| part.1);
        let looks = [
            one.prefix,
            one.prefix_words,
            one.previous,
            one.carry,
            one.fetch,
            one.behind,
            one.other,
            one.fetch_things,
            one.behind_things,
            part,
        ];
        println!(
            "  {}.{}  {}{}{:15.3}",
            is.block,
            is.head,
            row(&looks, 8, 3),
            bits(&one.mean),
            one.zero[names()]
        );
    }
    println!("  seed {}, all there{:69}{}", run.seed, "", bits(&run.whole));
    println!("  seed {}, random tokens at first and again:{}", run.seed, row(&run.halves, 8, 2));
    println!("  seed {}, random words at first and again:{}", run.seed, row(&run.halves_words, 8, 2));
}

/// Which parts write a name's score.
fn written(run: &Looked) {
    let adds = adds(run);
    let of = |is: fn(&Part) -> bool| -> f64 {
        adds.iter().filter(|(part, _)| is(part)).map(|part| part.1).sum()
    };
    println!(
        "  seed {}: of {:.2} by which the right name's score is above the other's ({} places), heads add {:.2}, \
         networks {:.2}, token and position {:.2}",
        run.seed,
        run.writes.iter().sum::<f64>(),
        run.places,
        of(|part| matches!(part, Part::Head(_))),
        of(|part| matches!(part, Part::FeedForward(_))),
        of(|part| matches!(part, Part::Token | Part::Position))
    );
}

/// Two heads that were taken away together.
fn pair(run: &Looked) {
    let heads: Vec<String> = run.pair.heads.iter().map(|(block, head)| format!("{block}.{head}")).collect();
    println!("  seed {}, without {}:{:62}{}", run.seed, heads.join(" "), "", bits(&run.pair.without));
    let others = &run.pair.others;
    let largest = others.iter().copied().fold(0.0, f64::max);
    println!(
        "  seed {}: names without the other {} pairs of the same blocks cost at most {largest:.3}",
        run.seed,
        others.len()
    );
    let [one, two] = run.pair.heads[..] else { return };
    let two = [one, two].map(|(block, head)| Head { block, head });
    let pairs = other_pairs(two, &Head::all(BLOCKS, run.heads.len() / BLOCKS));
    for ([a, b], bits) in pairs.iter().zip(others) {
        println!(
            "    seed {}, names without {}.{} {}.{}: {bits:.3}",
            run.seed, a.block, a.head, b.block, b.head
        );
    }
    let neither = pairs.iter().zip(others).filter(|(pair, _)| pair.iter().all(|head| !two.contains(head)));
    let most = neither.map(|(_, bits)| *bits).fold(0.0, f64::max);
    println!("  seed {}: of these the pairs with neither of the two cost at most {most:.3}", run.seed);
}

fn bits(bits: &Bits) -> String {
    row(bits, 20, 3)
}

fn names() -> usize {
    KINDS.iter().position(|(kind, _)| *kind == Kind::Name).expect("a kind")
}
