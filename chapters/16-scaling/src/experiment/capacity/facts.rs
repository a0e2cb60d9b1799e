//! Facts about the people of a world: what was measured.

use super::plan::{EXPOSURES, facts};
use super::record::{Facts, Guessed, Run, Saved, chosen, list, tried};
use super::runs::FACTS;
use crate::experiment::CHAPTER;
use anyhow::Result;
use figures::{Chart, save};
use kernels::measured::median;
use language_models::story::Dials;
use scaling::capacity::beginnings::Beginnings;

/// Prints and draws it.
pub fn report(runs: &[Run<Facts, Saved>], guesses: &[Run<Facts, Guessed>]) -> Result<()> {
    let Facts { parameters, people, .. } = facts(EXPOSURES[0]);
    let world = Beginnings::new(Dials { people, ..Dials::default() })?;
    let (size, offered) = (parameters as f64, people as f64 * world.fact_bits());
    println!(
        "facts of {people} people, {:.2} bits each, {offered:.0} in all; {parameters} parameters, \
         {} of them the tokens' table, {:.2} bits offered for each",
        world.fact_bits(),
        FACTS.parameters()[0].1,
        offered / size
    );
    let (mut lines, mut dots) = ([(); 3].map(|()| Vec::new()), Vec::new());
    for exposures in EXPOSURES {
        let of = facts(exposures);
        let found = chosen(runs, &of, &of);
        if found.is_empty() {
            continue; // not measured yet
        }
        let per = |of: fn(&Saved) -> f64| found.iter().map(|one| of(one) / size).collect::<Vec<_>>();
        let kept = [per(|one| one.bits), per(|one| one.int8), per(|one| one.int4)];
        let rates =
            tried(runs, &of).into_iter().map(|(rate, found)| format!("{rate}: {:.2}", found.bits / size));
        let rates = rates.collect::<Vec<_>>().join(", ");
        println!(
            "  after {exposures} exposures {} median {:.2} bits a parameter; in 8 bits {:.2}, in 4 {:.2}; \
             learning rate {rates}",
            list(&kept[0]),
            median(&kept[0]),
            median(&kept[1]),
            median(&kept[2])
        );
        dots.extend(kept[0].iter().map(|bits| (exposures as f64, *bits)));
        lines.iter_mut().zip(&kept).for_each(|(line, kept)| line.push((exposures as f64, median(kept))));
    }
    for exposures in EXPOSURES {
        let own = guesses.iter().filter(|run| run.of.exposures == exposures);
        let (bits, errors): (Vec<f64>, Vec<f64>) =
            own.map(|run| (run.found.bits / size, run.found.error / size)).unzip();
        if !bits.is_empty() {
            let each = |numbers: &[f64]| {
                numbers.iter().map(|number| format!("{number:.4}")).collect::<Vec<_>>().join(" ")
            };
            println!("  of another world, {exposures} exposures: {} ± {}", each(&bits), each(&errors));
        }
    }
    let [f32, int8, int4] = lines;
    let chart = Chart::new("Facts known", "exposures of each person", "bits for each parameter")
        .line("in f32", f32)
        .line("8 bits a weight", int8)
        .line("4 bits a weight", int4)
        .scatter("each seed, in f32", dots);
    Ok(save(CHAPTER, "facts", &chart.log_x().draw()?)?)
}

#[cfg(test)]
mod tests {
    use super::super::record::{Kept, Record};
    use super::*;

    #[test]
    fn luck_is_some_of_what_few_exposures_seem_to_teach_and_nothing_of_what_many_do() {
        let record = Record::load().unwrap();
        for (exposures, least, most) in
            [(30, 0.2, 0.35), (100, 0.02, 0.08), (300, 0.0, 0.01), (1000, 0.0, 0.001)]
        {
            let known: Vec<&Saved> = chosen(&record.facts, &facts(exposures), &facts(exposures));
            let guessed = record.guesses.iter().filter(|run| run.of.exposures == exposures);
            let guessed: Vec<f64> = guessed.map(|run| run.found.bits).collect();
            let share = median(&guessed) / median(&known.iter().map(|one| one.bits).collect::<Vec<_>>());
            assert!((least..=most).contains(&share), "{share} of what is known after {exposures}");
        }
    }
}
