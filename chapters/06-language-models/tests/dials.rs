//! The two dials of the story grammar, alone and together: what is computed is what is told.

use language_models::story::beats::{Beat, STORY};
use language_models::story::{Choice, Dials, DialsError, Grammar, Kind, Plot, Slot};
use rand::Rng;
use std::collections::{BTreeMap, BTreeSet};
use tensors::seeds;

/// Each dial at several values, and both together.
const DIALS: [Dials; 9] = [
    dials(0.0, 0),
    dials(0.5, 0),
    dials(1.0, 0),
    dials(2.2, 0),
    dials(0.0, 1),
    dials(0.0, 20),
    dials(0.0, 500),
    dials(1.0, 20),
    dials(1.6, 500),
];

const fn dials(zipf: f64, people: usize) -> Dials {
    Dials { zipf, people, seed: 5 }
}

fn grammar(dials: Dials) -> Grammar {
    Grammar::new(dials).unwrap()
}

/// Mean and standard error of the mean.
fn mean(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}

/// What a word of a list of n costs on average.
fn zipf_entropy(s: f64, n: usize) -> f64 {
    -zipf(s, n).iter().map(|p| p * p.log2()).sum::<f64>()
}

/// The probabilities of the words of a list, by the formula.
fn zipf(s: f64, n: usize) -> Vec<f64> {
    let weights: Vec<f64> = (1..=n).map(|r| 1.0 / (r as f64).powf(s)).collect();
    let all: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / all).collect()
}

/// The friend's name when the hero's is known: the list without the hero's name.
fn friend_entropy(s: f64) -> f64 {
    let p = zipf(s, 40);
    let friend = |hero: usize| -> f64 {
        let others = p.iter().enumerate().filter(|(other, _)| *other != hero);
        -others.map(|(_, q)| q / (1.0 - p[hero])).map(|q| q * q.log2()).sum::<f64>()
    };
    (0..40).map(|hero| p[hero] * friend(hero)).sum()
}

/// What a beat offers, with probabilities.
fn outline(grammar: &Grammar, beat: Beat, plot: &Plot) -> Vec<(f64, Choice)> {
    let choices = grammar.offer(beat, plot);
    let all: f64 = choices.iter().map(|choice| choice.weight).sum();
    choices.iter().map(|&choice| (choice.weight / all, choice)).collect()
}

/// A story with all choices taken evenly, so that rare ones are told too.
fn any_story(grammar: &Grammar, rng: &mut impl Rng) -> (Vec<usize>, Plot, String) {
    let (mut taken, mut plot, mut story) = (Vec::new(), Plot::default(), String::new());
    for &beat in STORY {
        let choices = grammar.offer(beat, &plot);
        let choice = rng.gen_range(0..choices.len());
        story.push_str(&choices[choice].text(&plot));
        plot = choices[choice].apply(&plot);
        taken.push(choice);
    }
    (taken, plot, story)
}

#[test]
fn without_dials_it_is_the_default_grammar() {
    assert_eq!(grammar(Dials::default()), Grammar::default());
}

#[test]
fn ten_thousand_stories_agree_with_the_exact_entropy_at_every_setting_of_the_dials() {
    std::thread::scope(|scope| {
        for dials in DIALS {
            scope.spawn(move || ten_thousand_stories_agree(dials));
        }
    });
}

fn ten_thousand_stories_agree(dials: Dials) {
    let (grammar, mut rng) = (grammar(dials), seeds::generator(1));
    let exact = grammar.exact_entropy();
    let told: Vec<(f64, f64)> = (0..10_000)
        .map(|_| {
            let story = grammar.tell(&mut rng);
            (grammar.read(&story).unwrap().bits.iter().sum(), story.len() as f64)
        })
        .collect();
    let bits: Vec<f64> = told.iter().map(|(bits, _)| *bits).collect();
    let lengths: Vec<f64> = told.iter().map(|(_, length)| *length).collect();
    // Zero on average, if the floor is what a character of a long run of stories costs.
    let floor = exact.bits_per_character();
    let above: Vec<f64> = told.iter().map(|(bits, length)| bits - floor * length).collect();
    for (what, sample, expected) in
        [("bits", bits, exact.bits), ("characters", lengths, exact.characters), ("floor", above, 0.0)]
    {
        let (mean, error) = mean(&sample);
        // Four standard errors: 27 means are looked at.
        let within = (mean - expected).abs() < 4.0 * error;
        assert!(within, "{dials:?}, {what}: {mean} ± {error}, exactly {expected}");
    }
}

#[test]
fn reading_gives_back_the_choices_that_were_told() {
    for dials in DIALS {
        let (grammar, mut rng) = (grammar(dials), seeds::generator(2));
        for _ in 0..100 {
            let (choices, plot, story) = any_story(&grammar, &mut rng);
            let reading = grammar.read(&story).unwrap();
            assert_eq!((reading.choices, reading.plot), (choices, plot), "{dials:?}: {story}");
            assert_eq!(reading.bits.len(), story.len());
        }
    }
}

/// At each beat of a story every choice is put in place of the one taken, and read.
#[test]
fn the_probabilities_of_all_next_choices_sum_to_one_and_follow_the_exponent() {
    let mut lists = 0;
    for dials in DIALS.into_iter().filter(|dials| dials.people <= 20) {
        let (grammar, mut rng) = (grammar(dials), seeds::generator(3));
        let (taken, _, story) = any_story(&grammar, &mut rng);
        let (mut plot, mut start) = (Plot::default(), 0);
        for (beat, taken) in taken.into_iter().enumerate() {
            let offered = outline(&grammar, STORY[beat], &plot);
            let read = |choice: &Choice| {
                let text = choice.text(&plot);
                let rest = finish(&grammar, &STORY[beat + 1..], choice.apply(&plot));
                let bits = grammar.read(&format!("{}{text}{rest}", &story[..start])).unwrap().bits;
                (-bits[start..start + text.len()].iter().sum::<f64>()).exp2()
            };
            let p: Vec<f64> = offered.iter().map(|(_, choice)| read(choice)).collect();
            // Rounding: up to forty numbers, each a product of some.
            let close = |p: f64, expected: f64| assert!((p - expected).abs() < 1e-12, "{dials:?}: {p}");
            close(p.iter().sum(), 1.0);
            offered.iter().zip(&p).for_each(|((expected, _), p)| close(*p, *expected));
            // A list of words from its first on: 1/rˢ. The friend's lacks the hero's name.
            if offered.iter().enumerate().all(|(i, (_, choice))| choice.rank == Some(i + 1)) {
                zipf(dials.zipf, p.len()).iter().zip(&p).for_each(|(expected, p)| close(*p, *expected));
                lists += 1;
            }
            let choice = offered[taken].1;
            start += choice.text(&plot).len();
            plot = choice.apply(&plot);
        }
        assert_eq!(start, story.len());
    }
    assert!(lists > 50, "only {lists} lists were looked at");
}

/// Some way to tell these beats.
fn finish(grammar: &Grammar, beats: &[Beat], mut plot: Plot) -> String {
    let mut told = String::new();
    for &beat in beats {
        let choice = grammar.offer(beat, &plot)[0];
        told.push_str(&choice.text(&plot));
        plot = choice.apply(&plot);
    }
    told
}

#[test]
fn no_text_of_a_beat_begins_another_at_any_setting_of_the_dials() {
    for dials in DIALS {
        let (grammar, mut rng) = (grammar(dials), seeds::generator(4));
        for _ in 0..20 {
            let (taken, _, _) = any_story(&grammar, &mut rng);
            let mut plot = Plot::default();
            for (&beat, taken) in STORY.iter().zip(taken) {
                let choices = grammar.offer(beat, &plot);
                let mut texts: Vec<String> = choices.iter().map(|choice| choice.text(&plot)).collect();
                texts.sort();
                assert!(texts.windows(2).all(|pair| !pair[1].starts_with(&pair[0])), "{texts:?}");
                plot = choices[taken].apply(&plot);
            }
        }
    }
}

#[test]
fn what_a_beat_offers_depends_on_the_class_alone() {
    for dials in DIALS {
        let (grammar, mut rng) = (grammar(dials), seeds::generator(5));
        for _ in 0..100 {
            let (taken, _, _) = any_story(&grammar, &mut rng);
            let mut plot = Plot::default();
            for (&beat, taken) in STORY.iter().zip(taken) {
                let outline = |plot: &Plot| -> Vec<_> {
                    outline(&grammar, beat, plot).iter().map(|(p, choice)| (*p, choice.template)).collect()
                };
                assert_eq!(outline(&plot), outline(&plot.class()), "{dials:?}");
                plot = grammar.offer(beat, &plot)[taken].apply(&plot);
            }
        }
    }
}

#[test]
fn the_entropy_changes_by_that_of_the_lists() {
    // Words of each list, besides the names.
    let lists = [12, 24, 10, 12, 12, 4, 16, 45, 20, 18, 14, 18, 18];
    // What is left: the sentences, and the weather, which follows from the season.
    let weather: [&[u32]; 4] = [&[3, 4, 1, 2, 1, 1], &[1, 1, 1, 4, 5], &[4, 3, 5, 1], &[2, 1, 7, 2]];
    let of_weather = |weights: &[u32]| -> f64 {
        let all = f64::from(weights.iter().sum::<u32>());
        -weights.iter().map(|&w| f64::from(w) / all).map(|p| p * p.log2()).sum::<f64>()
    };
    let sentences = |s: f64| {
        let words: f64 = lists.map(|n| zipf_entropy(s, n)).iter().sum::<f64>() + zipf_entropy(s, 40);
        let seasons: f64 = zipf(s, 4).iter().zip(weather).map(|(p, weights)| p * of_weather(weights)).sum();
        grammar(dials(s, 0)).exact_entropy().bits - words - friend_entropy(s) - seasons
    };
    for s in [0.5, 1.0, 2.2] {
        // Rounding in sums of a hundred.
        assert!((sentences(s) - sentences(0.0)).abs() < 1e-9, "{s}: {}, {}", sentences(s), sentences(0.0));
    }
}

#[test]
fn the_entropy_of_a_world_is_less_by_the_bits_of_its_facts() {
    for dials in DIALS.into_iter().filter(|dials| dials.people > 0) {
        let s = dials.zipf;
        let facts: f64 =
            [24, 10, 12, 12].map(|n| zipf_entropy(s, n)).iter().sum::<f64>() + friend_entropy(s);
        let names = zipf_entropy(s, dials.people) - zipf_entropy(s, 40);
        let [with, without] =
            [dials, Dials { people: 0, ..dials }].map(|d| grammar(d).exact_entropy().bits);
        assert!((with - (without - facts + names)).abs() < 1e-9, "{dials:?}: {with}, {without}");
    }
}

#[test]
fn all_stories_about_a_name_state_the_same_facts_and_others_do_not() {
    let (grammar, mut rng) = (grammar(dials(0.5, 20)), seeds::generator(6));
    let mut people: BTreeMap<[usize; 2], BTreeSet<[usize; 5]>> = BTreeMap::new();
    for _ in 0..2000 {
        let plot = grammar.read(&grammar.tell(&mut rng)).unwrap().plot;
        let facts = [Slot::Home, Slot::Relative, Slot::Trade, Slot::Friend, Slot::Habit];
        let name = [Slot::Hero, Slot::Surname].map(|slot| plot.get(slot));
        people.entry(name).or_default().insert(facts.map(|slot| plot.get(slot)));
    }
    assert_eq!(people.len(), 20);
    assert!(people.values().all(|facts| facts.len() == 1));
    assert!(people.values().collect::<BTreeSet<_>>().len() > 15, "facts that tell people apart");
}

#[test]
fn facts_cost_nothing_and_are_of_a_kind_of_their_own() {
    for dials in DIALS {
        let (grammar, mut rng) = (grammar(dials), seeds::generator(7));
        for _ in 0..20 {
            let (taken, _, story) = any_story(&grammar, &mut rng);
            let (bits, kinds) = (grammar.read(&story).unwrap().bits, grammar.kinds(&story).unwrap());
            assert_eq!(kinds.len(), story.len());
            assert!(kinds.iter().zip(&bits).all(|(kind, bits)| (*kind == Kind::Choice) == (*bits > 0.0)));
            let (mut plot, mut start, mut facts) = (Plot::default(), 0, 0);
            for (beat, taken) in STORY.iter().zip(taken) {
                let choice = grammar.offer(*beat, &plot)[taken];
                let text = choice.text(&plot);
                // Where others of the list go on with another letter.
                let list: Vec<String> = beat(&plot).iter().map(|other| other.text(&plot)).collect();
                let parts = |i: usize| {
                    list.iter()
                        .any(|other| other.starts_with(&text[..i]) && !other.starts_with(&text[..=i]))
                };
                for (i, kind) in kinds[start..start + text.len()].iter().enumerate() {
                    let fact = choice.is_settled(&plot) && parts(i);
                    assert_eq!(*kind == Kind::Fact, fact, "{i} in {text}");
                }
                facts += usize::from(choice.is_settled(&plot));
                start += text.len();
                plot = choice.apply(&plot);
            }
            assert_eq!(facts, if dials.people > 0 { 5 } else { 0 });
        }
    }
}

#[test]
fn the_facts_of_a_person_are_twenty_bits() {
    let bits = grammar(dials(1.0, 20)).fact_bits();
    assert!((bits - 20.0 * f64::from(24 * 10 * 12 * 12 * 39).log2()).abs() < 1e-9, "{bits}");
    assert_eq!(grammar(dials(1.0, 0)).fact_bits(), 0.0);
}

#[test]
fn dials_that_no_grammar_has_are_refused_in_a_line() {
    for zipf in [-0.1, 3.1, f64::NAN, f64::INFINITY] {
        let error = Grammar::new(Dials { zipf, ..Dials::default() }).unwrap_err().to_string();
        assert_eq!(error, format!("the Zipf exponent is {zipf}: it must be between 0 and 3"));
    }
    let error = Grammar::new(dials(0.0, 40_961)).unwrap_err();
    assert_eq!(error, DialsError::People(40_961));
    assert_eq!(error.to_string(), "a world of 40961 people is too large: there are 40960 names");
    assert!(Grammar::new(dials(0.0, 40_960)).is_ok());
}
