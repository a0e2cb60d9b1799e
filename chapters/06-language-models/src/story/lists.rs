//! The lists that the words of the stories are drawn from.

use super::slot::Slot;

pub(crate) const GIRLS: [&str; 20] = [
    "Anna", "Bella", "Clara", "Daisy", "Ella", "Flora", "Greta", "Hazel", "Ida", "Julia", "Kate", "Lucy",
    "Mary", "Nora", "Olive", "Polly", "Rosa", "Sally", "Tilda", "Vera",
];
pub(crate) const BOYS: [&str; 20] = [
    "Adam", "Ben", "Carl", "David", "Eric", "Frank", "George", "Henry", "Ivan", "Jack", "Karl", "Leo",
    "Max", "Ned", "Oscar", "Peter", "Robin", "Sam", "Tom", "Victor",
];
/// Surnames, which only a world has: one of these …
pub(crate) const STEMS: [&str; 32] = [
    "Ash", "Beech", "Birch", "Black", "Brad", "Clay", "Cold", "Dun", "East", "Elm", "Fair", "Fern", "Fox",
    "Glen", "Hart", "Haw", "Heath", "Holm", "King", "Lang", "Marsh", "Mill", "North", "Oak", "Rush",
    "Stan", "Thorn", "Wal", "West", "Whit", "Win", "Wool",
];
/// … and one of these.
pub(crate) const ENDINGS: [&str; 32] = [
    "bourne", "bridge", "brook", "burn", "bury", "by", "combe", "cote", "croft", "dale", "den", "field",
    "ford", "gate", "grove", "ham", "hurst", "land", "ley", "low", "man", "mere", "more", "ridge", "side",
    "stead", "stone", "thorpe", "ton", "well", "wick", "wood",
];
pub(crate) const TRAITS: [&str; 12] = [
    "brave", "curious", "patient", "careless", "clever", "stubborn", "shy", "cheerful", "gentle", "proud",
    "lazy", "greedy",
];
pub(crate) const HOMES: [&str; 24] = [
    "beside the mill",
    "by the old bridge",
    "at the edge of the forest",
    "near the harbour",
    "behind the church",
    "above the bakery",
    "on the village square",
    "under the castle wall",
    "by the frozen lake",
    "at the foot of the mountain",
    "near the windy cape",
    "in a crooked tower",
    "beside the well",
    "on a green hill",
    "in a house of stone",
    "by the sandy shore",
    "at the end of the lane",
    "between two rivers",
    "in a narrow valley",
    "across the meadow",
    "near the salt marsh",
    "in a cottage with a red roof",
    "next to the forge",
    "over the stable",
];
pub(crate) const RELATIVES: [&str; 10] = [
    "grandmother",
    "uncle",
    "aunt",
    "father",
    "mother",
    "older sister",
    "older brother",
    "cousin",
    "grandfather",
    "godmother",
];
/// What the relative does, and what that means for supper.
pub(crate) const TRADES: [(&str, &str); 12] = [
    ("baked bread for the whole village", "a warm loaf lay on the table"),
    ("caught fish in the bay", "a fat trout was frying in the pan"),
    ("kept a hundred bees", "there was honey for everyone"),
    ("grew apples and pears", "a fruit pie stood on the sill"),
    ("mended clocks", "all the clocks struck seven at once"),
    ("wove carpets", "a new carpet lay before the fire"),
    ("carved spoons out of birch", "each of them got a spoon of birch"),
    ("milked nine goats", "there was cheese and cold milk"),
    ("played the fiddle at weddings", "a merry fiddle tune was heard from afar"),
    ("drove the mail coach", "a letter with a golden seal was waiting"),
    ("dug wells", "the kettle was singing with clear water"),
    ("painted signs for shops", "a sign with their names hung over the door"),
];
pub(crate) const HABITS: [&str; 12] = [
    "was afraid of nothing",
    "sang from dawn to dusk",
    "could run like the wind",
    "never told a lie",
    "knew every bird by name",
    "was always hungry",
    "collected shiny pebbles",
    "asked a thousand questions",
    "could whistle with two fingers",
    "laughed at every joke",
    "wore a coat with twelve pockets",
    "counted everything twice",
];
pub(crate) const SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];
pub(crate) const COLOURS: [&str; 16] = [
    "red", "blue", "green", "yellow", "silver", "golden", "striped", "wooden", "tiny", "huge", "round",
    "shining", "painted", "white", "black", "purple",
];
/// Kinds of objects, in the order in which [`OBJECTS`] lists them.
pub(crate) const KINDS: [&str; 5] = ["toy", "tool", "clothing", "food", "music"];
pub(crate) const OBJECTS_A_KIND: usize = 9;
pub(crate) const OBJECTS: [&str; KINDS.len() * OBJECTS_A_KIND] = [
    "ball", "kite", "doll", "puppet", "boat", "marble", "hoop", "sledge", "top", //
    "lantern", "key", "compass", "hammer", "rope", "bucket", "spade", "basket", "map", //
    "scarf", "hat", "coat", "glove", "ribbon", "cloak", "boot", "belt", "shawl", //
    "pie", "cake", "pumpkin", "melon", "cabbage", "pear", "turnip", "pretzel", "bun", //
    "drum", "flute", "fiddle", "trumpet", "bell", "harp", "whistle", "horn", "banjo",
];
pub(crate) const PLACES: [&str; 20] = [
    "to the market",
    "to the riverbank",
    "to the top of the hill",
    "to the ruined abbey",
    "to the pine wood",
    "to the stone circle",
    "to the watermill",
    "to the orchard",
    "to the cliffs",
    "to the old quarry",
    "to the lighthouse",
    "to the wide heath",
    "to the vineyard",
    "to the crossroads",
    "to the duck pond",
    "to the sand dunes",
    "to the shepherd's hut",
    "to the waterfall",
    "to the windmill",
    "to the beech grove",
];
pub(crate) const WEATHERS: [&str; 6] = ["wind", "rain", "snow", "fog", "thunder", "heat"];
pub(crate) const ANIMALS: [&str; 18] = [
    "fox", "owl", "badger", "hedgehog", "raven", "toad", "squirrel", "heron", "otter", "tortoise",
    "magpie", "donkey", "beaver", "swan", "mole", "rabbit", "wolf", "bear",
];
pub(crate) const DENS: [&str; 14] = [
    "in the hollow oak",
    "under the roots of the willow",
    "behind the waterwheel",
    "in the tall reeds",
    "among the ferns",
    "at the bottom of the ditch",
    "in the empty barn",
    "under the wooden footbridge",
    "in the thorn hedge",
    "on the mossy rock",
    "in the deep cave",
    "beside the anthill",
    "in the ivy on the wall",
    "under the fallen pine",
];
/// What must be promised, and how it is told when it is done.
pub(crate) const PROMISES: [(&str, &str); 18] = [
    ("sing me a song", "sang a long song"),
    ("bring me seven walnuts", "brought seven walnuts"),
    ("comb my tail", "combed that tangled tail"),
    ("tell me a riddle", "told a very old riddle"),
    ("sweep my doorstep", "swept the doorstep clean"),
    ("teach me to dance", "taught the steps of a dance"),
    ("build me a bed of straw", "built a soft bed of straw"),
    ("fetch me a bowl of cream", "fetched a bowl of cream"),
    ("plant a rose at my door", "planted a rose at the door"),
    ("scare off the hunters", "scared off the hunters"),
    ("draw my portrait", "drew a fine portrait"),
    ("read me a chapter", "read a chapter aloud"),
    ("count the stars with me", "counted the stars until ten"),
    ("knit me a pair of socks", "knitted a pair of socks"),
    ("pull out my thorn", "pulled out the thorn"),
    ("guard my eggs for an hour", "guarded the eggs for an hour"),
    ("gather dry leaves for me", "gathered a heap of dry leaves"),
    ("say good morning every day", "said good morning every day"),
];
pub(crate) const HIDINGS: [&str; 18] = [
    "under the upturned cart",
    "in the raspberry bushes",
    "behind the third milestone",
    "on the roof of the chapel",
    "in the stork's nest",
    "between the beehives",
    "at the bend of the brook",
    "in the scarecrow's arms",
    "beneath the garden gate",
    "in the miller's chimney",
    "among the tulips",
    "inside the broken barrel",
    "on the lowest branch of the elm",
    "in the mud by the ferry",
    "behind the stack of firewood",
    "next to the signpost",
    "in the shade of the great boulder",
    "on the steps of the school",
];

/// How many words `slot` can choose from.
pub(crate) fn count(slot: Slot) -> usize {
    match slot {
        Slot::Hero | Slot::Friend => GIRLS.len() + BOYS.len(),
        Slot::Surname => STEMS.len() * ENDINGS.len(),
        Slot::Trait => TRAITS.len(),
        Slot::Home => HOMES.len(),
        Slot::Relative => RELATIVES.len(),
        Slot::Trade => TRADES.len(),
        Slot::Habit => HABITS.len(),
        Slot::Season => SEASONS.len(),
        Slot::Colour => COLOURS.len(),
        Slot::Object => OBJECTS.len(),
        Slot::Place => PLACES.len(),
        Slot::Weather => WEATHERS.len(),
        Slot::Animal => ANIMALS.len(),
        Slot::Den => DENS.len(),
        Slot::Promise => PROMISES.len(),
        Slot::Hiding => HIDINGS.len(),
    }
}
