//! Random strings: what was measured.

use super::plan::{FULL, OFFERED, OTHER_STEPS, STEPS, strings};
use super::record::{Run, Saved, Strings, chosen, list, tried};
use super::runs::STRINGS;
use crate::experiment::CHAPTER;
use anyhow::Result;
use figures::{Chart, save};
use kernels::measured::median;
use scaling::capacity::strings::Strings as Texts;

/// Prints and draws it.
pub fn report(runs: &[Run<Strings, Saved>]) -> Result<()> {
    let mut chart = Chart::new(
        "Random strings learned by heart",
        "bits of random strings for each parameter",
        "bits saved for each parameter",
    );
    let mut dots = Vec::new();
    println!("random strings of {} bits, bits for each parameter, {STEPS} steps", Texts::bits());
    for size in STRINGS {
        let parameters = size.total() as f64;
        println!("{parameters} parameters, learning rate {}", rates(runs, &strings(size, FULL, STEPS)));
        let mut line = Vec::new();
        for offered in OFFERED {
            let of = strings(size, offered, STEPS);
            let bits = of.count as f64 * Texts::bits() / parameters;
            let found = chosen(runs, &of, &strings(size, FULL, STEPS));
            let per =
                |of: fn(&Saved) -> f64| found.iter().map(|one| of(one) / parameters).collect::<Vec<_>>();
            let (saved, int8, int4) = (per(|one| one.bits), per(|one| one.int8), per(|one| one.int4));
            let most = Texts::new(of.count, of.seed).most() / parameters;
            println!(
                "  {parameters} with {} strings, {bits:.2}: at most {most:.2}, saved {} median {:.2}; \
                 in 8 bits {:.2}, in 4 {:.2}",
                of.count,
                list(&saved),
                median(&saved),
                median(&int8),
                median(&int4)
            );
            line.push((bits, median(&saved), most));
            dots.extend(saved.iter().map(|saved| (bits, *saved)));
        }
        let name = format!("{parameters} parameters");
        chart = chart.line(&name, line.iter().map(|(bits, saved, _)| (*bits, *saved)));
        if size == STRINGS[0] {
            let all = line.iter().map(|(bits, _, most)| (*bits, *most)).filter(|(_, most)| *most < 2.5);
            chart = chart.dashes("all of them", all);
        }
    }
    let chart = chart.scatter("each seed", dots);
    save(CHAPTER, "strings", &chart.log_x().y_range(0.0, 2.5).draw()?)?;
    longer(runs);
    Ok(())
}

/// What the smaller size saves in more steps, and in fewer.
fn longer(runs: &[Run<Strings, Saved>]) {
    println!("other steps, first seed, each at its best rate");
    for offered in [FULL, OFFERED[OFFERED.len() - 1]] {
        // The steps above had the rate that is best for the full number of strings.
        let own = (offered == FULL).then_some((FULL, STEPS));
        let mut settings: Vec<(f64, usize)> = OTHER_STEPS.into_iter().chain(own).collect();
        settings.retain(|other| other.0 == offered);
        settings.sort_by_key(|other| other.1);
        let mut line: Vec<f64> = Vec::new();
        for (_, steps) in settings {
            let of = strings(STRINGS[0], offered, steps);
            let Some(Saved { bits, int8, int4 }) = chosen(runs, &of, &of).first().copied() else {
                continue; // not measured yet
            };
            let [saved, int8, int4] = [bits, int8, int4].map(|bits| bits / of.parameters as f64);
            println!(
                "  {steps} steps on {} strings: {saved:.2} bits a parameter; in 8 bits {int8:.2}, \
                 in 4 {int4:.2}; learning rate {}",
                of.count,
                rates(runs, &of)
            );
            line.push(saved);
        }
        let more: Vec<f64> = line.windows(2).map(|pair| pair[1] - pair[0]).collect();
        if !more.is_empty() {
            println!("  of {offered} bits offered, each doubling of the steps adds {}", list(&more));
        }
    }
}

/// The rates that were tried and what each found, in bits a parameter.
fn rates(runs: &[Run<Strings, Saved>], of: &Strings) -> String {
    let bits = |(rate, found): (f64, &Saved)| format!("{rate}: {:.2}", found.bits / of.parameters as f64);
    tried(runs, of).into_iter().map(bits).collect::<Vec<_>>().join(", ")
}
