//! The story, beat by beat.
//!
//! Each beat is a function from the plot so far to the choices it offers. A text in braces is
//! looked up in the plot. At every beat no text begins another one: that is what lets a reader tell
//! the choices apart, and a property test checks it.

use super::choice::{Choice, draw, evenly, sentence, weighted};
use super::lists::{KINDS, TRAITS, WEATHERS};
use super::plot::Plot;
use super::slot::Slot;

/// A step of a story: what can be said, given what was said.
pub type Beat = fn(&Plot) -> Vec<Choice>;

// ANCHOR: story
/// All beats of a story, in order.
pub const STORY: &[Beat] = &[
    // Who they are.
    opening,
    hero_trait,
    hero,
    lives,
    home,
    with_relative,
    trade,
    friend_intro,
    friend,
    habit,
    // A present.
    season,
    gift_intro,
    colour,
    object,
    first_words,
    set_out,
    place,
    on_the_way,
    // It is lost: the weather is the cause, and the season makes it likely.
    weather,
    loss,
    feeling,
    comfort,
    comforter,
    advice,
    animal,
    den,
    // Somebody knows.
    arrival,
    asking,
    condition,
    promise,
    acceptance,
    hint,
    hiding,
    // It is found, the promise is kept, and they go home.
    found,
    state,
    kept,
    moral,
    way_home,
    supper,
    friend_again,
    ending,
];
// ANCHOR_END: story

fn opening(_: &Plot) -> Vec<Choice> {
    weighted(&[
        (6, "Once upon a time there was "),
        (3, "Long ago there lived "),
        (2, "In the days of the old king there lived "),
        (2, "Far away from here there was "),
        (1, "When the hills were still young there lived "),
        (1, "Beyond the seven forests there was "),
        (1, "Nobody remembers the year, but there was "),
    ])
}

fn hero_trait(_: &Plot) -> Vec<Choice> {
    draw(Slot::Trait, "a {trait} ")
}

fn hero(_: &Plot) -> Vec<Choice> {
    draw(Slot::Hero, "{girl} called {hero}. ")
}

fn lives(_: &Plot) -> Vec<Choice> {
    weighted(&[(4, "{She} lived "), (2, "{Her} home was "), (1, "You could find {to her} ")])
}

fn home(_: &Plot) -> Vec<Choice> {
    draw(Slot::Home, "{home}")
}

fn with_relative(_: &Plot) -> Vec<Choice> {
    draw(Slot::Relative, ", with {her} {relative}, who ")
}

fn trade(_: &Plot) -> Vec<Choice> {
    draw(Slot::Trade, "{trade}. ")
}

fn friend_intro(_: &Plot) -> Vec<Choice> {
    weighted(&[(3, "{Her} best friend was "), (2, "Next door lived "), (2, "Every day {she} played with ")])
}

fn friend(plot: &Plot) -> Vec<Choice> {
    let hero = plot.get(Slot::Hero);
    let mut others = draw(Slot::Friend, "{friend}, who ");
    others.retain(|choice| choice.sets.get(Slot::Friend) != hero);
    others
}

fn habit(_: &Plot) -> Vec<Choice> {
    draw(Slot::Habit, "{habit}.\n")
}

fn season(_: &Plot) -> Vec<Choice> {
    draw(Slot::Season, "One {season} ")
}

fn gift_intro(_: &Plot) -> Vec<Choice> {
    evenly(&[
        "morning the {relative} gave {hero} a ",
        "day {hero} got from {her} {relative} a ",
        "evening {hero} found on {her} pillow a ",
        "afternoon the {relative} opened a chest and took out a ",
    ])
}

fn colour(_: &Plot) -> Vec<Choice> {
    draw(Slot::Colour, "{colour} ")
}

fn object(_: &Plot) -> Vec<Choice> {
    draw(Slot::Object, "{object}. ")
}

fn first_words(plot: &Plot) -> Vec<Choice> {
    match KINDS[plot.kind()] {
        "toy" => evenly(&[
            "\"Now we can play until dark!\" ",
            "\"Nobody has a finer toy!\" ",
            "\"I will never be bored again!\" ",
        ]),
        "tool" => evenly(&[
            "\"Now I can work like a grown woman or man!\" ",
            "\"This will be useful on a journey!\" ",
            "\"Let me try it at once!\" ",
        ]),
        "clothing" => evenly(&[
            "\"It fits as if made for me!\" ",
            "\"Now I shall look like a queen or a king!\" ",
            "\"How soft it feels!\" ",
        ]),
        "food" => evenly(&[
            "\"We shall share it at noon!\" ",
            "\"It smells of summer!\" ",
            "\"I could eat it all by myself!\" ",
        ]),
        _ => evenly(&[
            "\"Now we can have music!\" ",
            "\"I will play for the whole village!\" ",
            "\"What a lovely sound it makes!\" ",
        ]),
    }
}

fn set_out(_: &Plot) -> Vec<Choice> {
    evenly(&[
        "said {hero}, and ran with {friend} ",
        "cried {hero}. {She} called {friend}, and the two walked ",
        "thought {hero}. Together with {friend} {she} carried it ",
        "laughed {hero}, and {friend} came along ",
    ])
}

fn place(_: &Plot) -> Vec<Choice> {
    draw(Slot::Place, "{to place}")
}

fn on_the_way(_: &Plot) -> Vec<Choice> {
    evenly(&[
        ", singing all the way. ",
        ", hand in hand. ",
        " without a care. ",
        ", over stiles and puddles. ",
        " by the shortest path. ",
        ", slowly and happily. ",
        " while the larks were rising. ",
        ", counting their steps. ",
    ])
}

// ANCHOR: weather
/// The cause of the loss. In winter it snows, in summer it is hot: what was said about the season
/// makes the weather likely.
fn weather(plot: &Plot) -> Vec<Choice> {
    let likely: [u32; WEATHERS.len()] = match plot.get(Slot::Season) {
        0 => [3, 4, 1, 2, 1, 1], // spring: wind, rain, snow, fog, thunder, heat
        1 => [1, 1, 0, 1, 4, 5],
        2 => [4, 3, 0, 5, 1, 0],
        _ => [2, 1, 7, 2, 0, 0],
    };
    let signs = [
        "But a strong wind rose ",
        "But it began to rain ",
        "But snow fell thick and fast ",
        "But a grey fog came up ",
        "But thunder rolled over the land ",
        "But it grew terribly hot ",
    ];
    let choices = likely.iter().zip(signs).enumerate();
    choices
        .filter(|(_, (weight, _))| **weight > 0)
        .map(|(i, (&weight, template))| Choice {
            sets: Plot::default().with(Slot::Weather, i),
            ..sentence(weight, template)
        })
        .collect()
}

/// Its consequence: what the weather does to the thing.
fn loss(plot: &Plot) -> Vec<Choice> {
    match WEATHERS[plot.get(Slot::Weather)] {
        "wind" => evenly(&[
            "and tore the {object} out of {her} hands. ",
            "and blew the {object} over the trees. ",
            "and rolled the {object} away like a leaf. ",
        ]),
        "rain" => evenly(&[
            "and the flood washed the {object} away. ",
            "and in the mud the {object} slipped from {her} arm. ",
            "and while they looked for shelter the {object} was left behind. ",
        ]),
        "snow" => evenly(&[
            "and soon the {object} was buried somewhere. ",
            "and all was white, and the {object} was gone. ",
            "and {hero} fell into a drift and lost the {object}. ",
        ]),
        "fog" => evenly(&[
            "and nobody saw where the {object} fell. ",
            "and {hero} put down the {object} and could not find it again. ",
            "and a thief in the mist took the {object}. ",
        ]),
        "thunder" => evenly(&[
            "and in {her} fright {hero} dropped the {object}. ",
            "and they fled so fast that the {object} was forgotten. ",
            "and a startled horse ran off with the {object}. ",
        ]),
        _ => evenly(&[
            "and they fell asleep, and when they woke the {object} was gone. ",
            "and while they swam somebody took the {object}. ",
            "and a hungry goat dragged the {object} away. ",
        ]),
    }
}
// ANCHOR_END: weather

fn feeling(plot: &Plot) -> Vec<Choice> {
    match TRAITS[plot.get(Slot::Trait)] {
        "brave" => evenly(&["{hero} shed no tear. ", "{hero} clenched {her} fists. "]),
        "curious" => evenly(&["{hero} wondered where it could be. ", "{hero} studied every footprint. "]),
        "patient" => evenly(&["{hero} sat down and waited. ", "{hero} took a deep breath. "]),
        "careless" => evenly(&["{hero} only shrugged at first. ", "{hero} had not even noticed. "]),
        "clever" => evenly(&["{hero} made a plan at once. ", "{hero} drew a map in the dust. "]),
        "stubborn" => evenly(&["{hero} refused to go home without it. ", "{hero} stamped {her} foot. "]),
        "shy" => evenly(&["{hero} dared not ask anyone. ", "{hero} wept without a sound. "]),
        "cheerful" => evenly(&["{hero} tried to smile. ", "{hero} whistled to keep {her} courage up. "]),
        "gentle" => evenly(&["{hero} was angry with nobody. ", "{hero} hoped that it was not broken. "]),
        "proud" => {
            evenly(&["{hero} held {her} head high. ", "{hero} would not let anyone see {her} tears. "])
        }
        "lazy" => evenly(&["{hero} yawned and wept a little. ", "{hero} felt too tired to search. "]),
        _ => evenly(&["{hero} howled with rage. ", "{hero} wanted it back and ten more. "]),
    }
}

fn comfort(_: &Plot) -> Vec<Choice> {
    evenly(&[
        "\"Do not worry,\" ",
        "\"All is not lost,\" ",
        "\"We will find it,\" ",
        "\"Dry your eyes,\" ",
        "\"I have an idea,\" ",
        "\"Listen to me,\" ",
    ])
}

fn comforter(_: &Plot) -> Vec<Choice> {
    evenly(&[
        "said {friend}. ",
        "whispered {friend}. ",
        "answered {friend} gravely. ",
        "{friend} told {to her}. ",
    ])
}

fn advice(_: &Plot) -> Vec<Choice> {
    evenly(&[
        "\"We must ask the ",
        "\"Nobody knows more than the ",
        "\"Let us go and see the ",
        "\"My uncle trusts the ",
    ])
}

fn animal(_: &Plot) -> Vec<Choice> {
    draw(Slot::Animal, "{animal} ")
}

fn den(_: &Plot) -> Vec<Choice> {
    draw(Slot::Den, "{den}.\"\n")
}

fn arrival(_: &Plot) -> Vec<Choice> {
    evenly(&[
        "The {animal} was awake ",
        "They found the {animal} asleep ",
        "Sure enough, the {animal} was sitting ",
        "A light was burning where the {animal} lived, ",
    ])
}

fn asking(_: &Plot) -> Vec<Choice> {
    evenly(&[
        "{den}. \"Have you seen my {colour} {object}?\" asked {hero}. ",
        "{den}. \"Please, where is my {colour} {object}?\" {hero} began. ",
        "{den}. {hero} bowed and asked for the {colour} {object}. ",
        "{den}. \"{hero} has lost a {colour} {object},\" {friend} explained. ",
    ])
}

fn condition(_: &Plot) -> Vec<Choice> {
    evenly(&[
        "\"I may have,\" said the {animal}, \"but first promise to ",
        "\"Perhaps,\" said the {animal}, \"if you ",
        "The {animal} thought for a while. \"I will tell you if you ",
        "\"Everything has a price,\" said the {animal}. \"You will have to ",
    ])
}

fn promise(_: &Plot) -> Vec<Choice> {
    draw(Slot::Promise, "{promise}.\" ")
}

fn acceptance(plot: &Plot) -> Vec<Choice> {
    match TRAITS[plot.get(Slot::Trait)] {
        "brave" | "proud" | "stubborn" => {
            evenly(&["\"You have my word,\" said {hero} firmly. ", "\"I fear no work,\" said {hero}. "])
        }
        "greedy" | "lazy" | "careless" => {
            evenly(&["\"If I must,\" sighed {hero}. ", "\"Is that all?\" grumbled {hero}. "])
        }
        _ => evenly(&["\"I promise,\" said {hero}. ", "\"With pleasure,\" said {hero}. "]),
    }
}

fn hint(_: &Plot) -> Vec<Choice> {
    evenly(&[
        "\"Then look ",
        "\"Good. It lies ",
        "\"Well then, you will find it ",
        "\"This morning I saw it ",
    ])
}

fn hiding(_: &Plot) -> Vec<Choice> {
    draw(Slot::Hiding, "{hiding}.\"\n")
}

fn found(_: &Plot) -> Vec<Choice> {
    evenly(&[
        "They hurried off, and {hiding} lay the {colour} {object}, ",
        "And so it was: {hiding} they saw the {colour} {object}, ",
        "{friend} was the first to reach the spot. There, {hiding}, was the {colour} {object}, ",
    ])
}

fn state(plot: &Plot) -> Vec<Choice> {
    match WEATHERS[plot.get(Slot::Weather)] {
        "wind" => evenly(&["torn a little by the wind. ", "covered with leaves. "]),
        "rain" => evenly(&["dripping wet. ", "washed cleaner than ever. "]),
        "snow" => evenly(&["cold as ice. ", "with a cap of snow on it. "]),
        "fog" => evenly(&["pale with dew. ", "as if the fog had never touched it. "]),
        "thunder" => evenly(&["and it had not been struck. ", "a little singed by the lightning. "]),
        _ => evenly(&["warm from the sun. ", "dusty and bleached. "]),
    }
}

fn kept(_: &Plot) -> Vec<Choice> {
    evenly(&[
        "{hero} kept {her} word and {promised}. ",
        "Then {hero} went back and {promised}, as {she} had promised the {animal}. ",
        "The {animal} was content, for {hero} {promised} that very day. ",
    ])
}

fn moral(plot: &Plot) -> Vec<Choice> {
    match TRAITS[plot.get(Slot::Trait)] {
        "brave" => evenly(&["Brave people keep their promises. ", "It takes courage to ask for help. "]),
        "curious" => evenly(&["Whoever asks will learn. ", "{Her} curiosity had found the way. "]),
        "patient" => evenly(&["Patience finds what haste has lost. ", "Waiting had been worth it. "]),
        "careless" => evenly(&[
            "From then on {she} took better care. ",
            "{She} tied it to {her} wrist with a string. ",
        ]),
        "clever" => evenly(&["A good head is worth two strong arms. ", "{Her} plan had worked. "]),
        "stubborn" => {
            evenly(&["Sometimes it is good to be stubborn. ", "{She} had been right not to give up. "])
        }
        "shy" => evenly(&["{She} was not so shy any more. ", "Now {she} dared to speak to anyone. "]),
        "cheerful" => evenly(&["A smile opens every door. ", "{She} was merrier than ever. "]),
        "gentle" => evenly(&["Kind words had done it. ", "Nobody had been hurt. "]),
        "proud" => evenly(&["{She} had learned to say thank you. ", "{Her} pride had shrunk a little. "]),
        "lazy" => evenly(&["{She} had never worked so hard. ", "{She} slept for two days after that. "]),
        _ => evenly(&["One was enough for {to her} now. ", "{She} even shared it with {friend}. "]),
    }
}

fn way_home(_: &Plot) -> Vec<Choice> {
    evenly(&[
        "When they came home, {home}, ",
        "Late that night, back {home}, ",
        "{Her} {relative} was waiting {home}, and ",
    ])
}

fn supper(_: &Plot) -> Vec<Choice> {
    evenly(&["{supper}. ", "to their delight {supper}. "])
}

fn friend_again(_: &Plot) -> Vec<Choice> {
    weighted(&[
        (3, "And {friend}? {friend} still was the one who {habit}. "),
        (2, "{hero} and {friend} stayed friends for life. "),
        (1, "Only {friend} never spoke about it again. "),
    ])
}

fn ending(_: &Plot) -> Vec<Choice> {
    weighted(&[
        (4, "The end.\n\n"),
        (2, "That is all.\n\n"),
        (1, "And if you do not believe it, ask the {animal}.\n\n"),
        (1, "They may be telling it still.\n\n"),
        (1, "This happened one {season}, long ago.\n\n"),
    ])
}
