//! The experiment of chapter 13. `cargo run --release -p gpt` draws what was measured;
//! `cargo run --release -p gpt -- measure DATE` measures it anew, in a quarter of an hour, and writes
//! `measured.json`.

mod experiment;

use anyhow::{Result, bail};
use experiment::record::{Share, Stories, Study, Trial};
use experiment::{choices, stories, tricks};
use figures::{Bars, Chart, save};
use kernels::measured::processor;

const CHAPTER: &str = "mini-gpt";

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => report(&Study::load()?),
        ["measure", date] => {
            let before = Study::load().ok();
            Study {
                processor: processor(),
                date: date.to_owned(),
                run: stories::measure("runs/study".as_ref())?,
                tricks: tricks::measure()?,
                choices: choices::stories()?,
                shakespeare: before.map(|before| before.shakespeare).unwrap_or_default(),
            }
            .save()
        }
        ["untied"] => {
            let kept = Study::load()?;
            Study { tricks: tricks::measure_untied(kept.tricks)?, ..Study::load()? }.save()
        }
        ["choices"] => Study { choices: choices::stories()?, ..Study::load()? }.save(),
        ["shakespeare", file] => {
            Study { shakespeare: choices::shakespeare(file.as_ref())?, ..Study::load()? }.save()
        }
        _ => bail!(
            "say nothing, `measure` and today's date, `untied`, `choices`, or `shakespeare` and the file"
        ),
    }
}

fn report(study: &Study) -> Result<()> {
    println!("{}, {}", study.processor, study.date);
    curve(&study.run)?;
    shares(&study.run)?;
    tricks_of(&study.tricks)?;
    println!("\nbits a character above the floor, after as many tokens as the default run");
    for Trial { name, losses } in &study.choices {
        println!("  {name:<37}{:.3}", losses[0]);
    }
    println!("\nShakespeare, 2000 steps of 768 characters, held-out loss in nats a character, three seeds");
    for trial in &study.shakespeare {
        let losses: Vec<String> = trial.losses.iter().map(|loss| format!("{loss:.3}")).collect();
        println!("  {:<37}{}   median {:.3}", trial.name, losses.join("  "), trial.median());
    }
    Ok(())
}

fn curve(run: &Stories) -> Result<()> {
    let Stories { parameters, seconds, history, .. } = run;
    println!("\nthe default run: {parameters} parameters, {seconds:.0} s");
    for record in history.iter().filter(|record| record.step % 400 == 0).chain(history.last()) {
        let floor = record.floor_bits_per_char.unwrap_or(f64::NAN);
        println!(
            "  step {:4}: {:.3} bits/char, {:.3} above the floor",
            record.step,
            record.bits_per_char,
            record.bits_per_char - floor
        );
    }
    let of = |f: fn(&gpt::run::Record) -> f64| history.iter().map(move |r| (r.step as f64, f(r)));
    let chart = Chart::new("The default run", "step", "bits per character")
        .line("held out", of(|r| r.bits_per_char))
        .dashes("the best possible", of(|r| r.floor_bits_per_char.unwrap_or(f64::NAN)));
    Ok(save(CHAPTER, "curve", &chart.y_range(0.0, 0.4).draw()?)?)
}

fn shares(run: &Stories) -> Result<()> {
    let stories = run.read as f64;
    let all: f64 = run.kinds.iter().map(|share| share.bits - share.floor).sum();
    println!(
        "\n{stories} held-out stories from their beginnings: {:.1} bits a story above the floor",
        all / stories
    );
    println!("{:<22}{:>12}{:>10}{:>8}{:>8}", "", "characters", "model", "floor", "above");
    let mut figure = Bars::new("Bits a story above the floor, by what must be known");
    for Share { name, characters, bits, floor } in &run.kinds {
        let above = (bits - floor) / stories;
        println!(
            "  {name:<20}{:>12.0}{:>10.1}{:>8.1}{above:>8.1}",
            *characters as f64 / stories,
            bits / stories,
            floor / stories
        );
        figure = figure.bar(name, above, &format!("{above:.1}"), 0);
    }
    save(CHAPTER, "kinds", &figure.draw()?)?;
    // The last places belong to few, long stories.
    let whole = run.places.iter().filter(|place| place.characters > run.read * 50);
    let points = |f: fn(&Share) -> f64| {
        whole
            .clone()
            .map(move |place| (place.name.parse().unwrap_or(0.0), f(place) / place.characters as f64))
    };
    let mut above: Vec<f64> = points(|place| place.bits - place.floor).map(|(_, above)| above).collect();
    above.sort_by(f64::total_cmp);
    println!(
        "along the story, a hundred characters at a time, {:.4} to {:.4} bits a character above the floor",
        above[0],
        above[above.len() - 1]
    );
    let chart = Chart::new("Loss along the story", "characters before", "bits per character")
        .line("the model", points(|place| place.bits))
        .dashes("the best possible", points(|place| place.floor));
    Ok(save(CHAPTER, "places", &chart.y_range(0.0, 0.25).draw()?)?)
}

fn tricks_of(trials: &[Trial]) -> Result<()> {
    println!("\n1000 steps of 12 × 64 bytes, held-out loss in nats a byte, three seeds;");
    println!("seed by seed, how much more than as it is; of that the mean, the standard deviation, and t");
    let mut figure = Bars::new("Held-out loss after 1000 steps, in nats a byte");
    for trial in trials {
        let (middle, name) = (trial.median(), &trial.name);
        let losses: Vec<String> = trial.losses.iter().map(|loss| format!("{loss:.3}")).collect();
        let paired = trial.beyond(&trials[0]);
        let more: Vec<String> = paired.differences.iter().map(|more| format!("{more:+.3}")).collect();
        print!("  {name:<37}{}   {}", losses.join("  "), more.join("  "));
        if paired.deviation > 0.0 {
            print!("   {:+.3}  {:.3}  {:+.1}", paired.mean, paired.deviation, paired.t());
        }
        println!();
        figure = figure.bar(name, middle, &format!("{middle:.3}"), if name == "as it is" { 2 } else { 0 });
    }
    Ok(save(CHAPTER, "tricks", &figure.draw()?)?)
}
