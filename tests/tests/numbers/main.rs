//! Every number in a sentence stands in a file, and the page says where.
//!
//! A sentence of a chapter in [`HELD`] that has a decimal number, a percentage, a number with a unit
//! of time or memory, or one from [`COUNTED`] on needs a remark beside it which names the file and the number as it is printed
//! there. CONTRIBUTING says how remarks are written. Code, formulas and references are not read,
//! nor are numbers written as words.

mod number;
mod remark;
mod sentence;

use checks::{chapters, is_page_of, pages, root};
use number::{Number, numbers};
use remark::{Item, Kind, Remark};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Chapters whose numbers all have their remarks. The list may only grow; chapters from
/// [`BORN_HELD`] on are in it from their first day.
const HELD: [&str; 5] = ["tokens", "positions", "scaling", "data-quality", "interpretability"];
const BORN_HELD: usize = 16;
/// Held as well: the answers to frequent questions, whose numbers are those of the chapters. Their
/// remarks name files from the root.
const ANSWERS: &str = "faq";
/// Smaller whole numbers count what the reader sees on the page.
const COUNTED: f64 = 10.0;

/// Where remarks lead: the text of a file, by the name that a page uses, and the bibliography's
/// entries.
struct Sources<'a> {
    file: &'a dyn Fn(&str) -> Option<String>,
    entries: &'a BTreeSet<String>,
}

/// What is wrong with the numbers of a page. Remarks are followed on every page; that none is
/// missing is asked where `held`.
fn complaints(page: &str, held: bool, sources: &Sources) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut settings: Vec<f64> = Vec::new();
    for sentence in sentence::sentences(page) {
        let said = numbers(&sentence.text);
        let mut covered: Vec<Number> = Vec::new();
        let mut wrong = Vec::new();
        for text in &sentence.remarks {
            let remark = match Remark::parse(text) {
                Ok(remark) => remark,
                Err(error) if held => {
                    wrong.push(error);
                    continue;
                }
                Err(_) => continue,
            };
            match follow(&remark, &said, sources) {
                Ok(numbers) => {
                    if remark.kind == Kind::Setting {
                        settings.extend(numbers.iter().map(|number| number.value));
                    }
                    covered.extend(numbers);
                }
                Err(error) => wrong.push(format!("<!-- {text} -->: {error}")),
            }
        }
        if held {
            let needs = |number: &&Number| {
                number.decimals() > 0 || number.percent || number.measure || number.value.abs() >= COUNTED
            };
            let is_held = |number: &Number| {
                covered.contains(number) || (!number.percent && settings.contains(&number.value.abs()))
            };
            let bare = said.iter().filter(needs).filter(|number| !is_held(number));
            wrong.extend(bare.map(|number| format!("{} has no remark", number.text)));
        }
        complaints.extend(wrong.iter().map(|wrong| format!("{wrong}\n    in: {}", sentence.text)));
    }
    complaints
}

/// Looks the numbers of a remark up, in its source and in the sentence; the sentence's numbers that
/// it holds, or what is wrong.
fn follow(remark: &Remark, said: &[Number], sources: &Sources) -> Result<Vec<Number>, String> {
    let source = remark.source.as_str();
    let whole = |item: &Item| item.said.is_none() && item.printed.decimals() == 0 && !item.printed.percent;
    if remark.kind == Kind::Given && !remark.items.iter().all(whole) {
        return Err("only whole numbers are given: others were computed somewhere".to_owned());
    }
    if matches!(remark.kind, Kind::Cited | Kind::Given) {
        if remark.kind == Kind::Cited
            && !source.starts_with("https://")
            && !sources.entries.contains(source)
        {
            return Err(format!("the bibliography has no entry {source}"));
        }
        return remark
            .items
            .iter()
            .map(|item| in_sentence(item, &item.printed, said))
            .collect::<Result<Vec<_>, _>>()
            .map(|all| all.concat());
    }
    let program = Path::new(source).extension().is_some_and(|end| end == "rs" || end == "toml");
    if remark.kind == Kind::Setting && !program {
        return Err("a setting stands in a program".to_owned());
    }
    let text = (sources.file)(source).ok_or_else(|| format!("there is no file {source}"))?;
    let mut held = Vec::new();
    for item in &remark.items {
        let printed = item.find(&text).map_err(|error| format!("{source} has {error}"))?;
        held.extend(in_sentence(item, &printed, said)?);
    }
    Ok(held)
}

/// The numbers of the sentence that are `item`, which is `printed` in its file.
fn in_sentence(item: &Item, printed: &Number, said: &[Number]) -> Result<Vec<Number>, String> {
    let wanted = item.said.as_ref().unwrap_or(printed);
    if !wanted.rounds(printed) {
        return Err(format!("{} is no rounding of {}", wanted.text, printed.text));
    }
    let same = |number: &&Number| number.value == wanted.value && number.percent == wanted.percent;
    let found: Vec<Number> = said.iter().filter(same).cloned().collect();
    if found.is_empty() {
        return Err(format!("the sentence does not have {}", wanted.text));
    }
    Ok(found)
}

#[test]
fn numbers_in_sentences_stand_where_their_remarks_say() {
    let bibliography = fs::read_to_string(root().join("book/src/bibliography.md")).unwrap();
    let entries: BTreeSet<String> = bibliography
        .split("<a id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect();
    let chapters = chapters();
    let programs = checks::sources(&root().join("chapters"));
    let mut wrong = Vec::new();
    for page in pages() {
        let chapter = chapters.iter().find(|chapter| is_page_of(&page.name, &chapter.name));
        let folder = chapter.map_or_else(root, |chapter| chapter.folder.clone());
        let read = |name: &str| match name.rsplit_once("::") {
            // `module::tests::name` is a test wherever it lies.
            Some((_, test)) => programs.contains(&format!("fn {test}()")).then(String::new),
            None => [&folder, &root()].iter().find_map(|place| fs::read_to_string(place.join(name)).ok()),
        };
        let sources = Sources { file: &read, entries: &entries };
        let held = page.name == ANSWERS || HELD.iter().any(|chapter| is_page_of(&page.name, chapter));
        let found = complaints(&page.text, held, &sources);
        wrong.extend(found.iter().map(|wrong| format!("{}.md: {wrong}", page.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn held_chapters_are_finished_and_new_ones_are_held() {
    let finished = checks::finished();
    for name in HELD {
        assert!(finished.iter().any(|chapter| chapter.name == name), "{name} is no finished chapter");
    }
    for chapter in finished.iter().filter(|chapter| chapter.number >= BORN_HELD) {
        assert!(HELD.contains(&chapter.name.as_str()), "{} belongs into HELD", chapter.name);
    }
}

/// What is wrong with a page of one paragraph, where `out.stdout` and `src/lib.rs` hold these
/// numbers.
#[cfg(test)]
fn judged(page: &str) -> String {
    let file = |name: &str| match name {
        "out.stdout" => {
            Some("loss of a: 0.9571\nloss of b: 0.2500\nshare: 0.65\npieces 21164\n".to_owned())
        }
        "src/lib.rs" => Some("const TRAINED: usize = 32;\n".to_owned()),
        _ => None,
    };
    let entries = BTreeSet::from(["radford2019".to_owned()]);
    complaints(page, true, &Sources { file: &file, entries: &entries }).join("\n")
}

#[test]
fn right_remarks_pass() {
    for page in [
        "The loss is 0.9571. <!-- numbers: out.stdout \"loss of a\" 0.9571 -->",
        "It is 0.96 and 0.25 <!-- numbers: out.stdout \"loss of a\" 0.9571 as 0.96, \"of b\" 0.2500 -->, in all.",
        "So 65 % of 21,164. <!-- numbers: out.stdout 0.65 as 65 %, 21164 -->",
        "We train on 32. <!-- setting: src/lib.rs \"TRAINED\" 32 --> And 32 is few.",
        "It has 50,257. <!-- cited: radford2019 50,257 -->",
        "Take position 40. <!-- given: 40 -->",
        "Seven, or 7 of `0.5`, $0.25$.",
    ] {
        assert_eq!(judged(page), "", "{page}");
    }
}

#[test]
fn every_planted_fault_is_found() {
    for (page, complaint) in [
        // In the sentence.
        ("The loss is 0.9581. <!-- numbers: out.stdout \"loss of a\" 0.9571 -->", "does not have 0.9571"),
        ("The loss is 0.95. <!-- numbers: out.stdout \"loss of a\" 0.9571 as 0.95 -->", "no rounding"),
        ("The loss is 1. <!-- numbers: out.stdout \"loss of a\" 0.9571 as 1 -->", "no rounding"),
        ("So 65. <!-- numbers: out.stdout 0.65 as 65 % -->", "does not have 65"),
        ("So 0.65 %. <!-- numbers: out.stdout 0.65 -->", "does not have 0.65"),
        // In the file.
        ("The loss is 0.9572. <!-- numbers: out.stdout \"loss of a\" 0.9572 -->", "no number 0.9572"),
        ("The loss is 0.9571. <!-- numbers: out.stdout \"loss of b\" 0.9571 -->", "no number 0.9571"),
        // A stale remark.
        ("The loss is 0.9571. <!-- numbers: out.stdout \"loss of c\" 0.9571 -->", "no line"),
        ("The loss is 0.9571. <!-- numbers: gone.stdout 0.9571 -->", "no file"),
        ("The loss fell. <!-- numbers: out.stdout \"loss of a\" 0.9571 -->", "does not have"),
        // No remark, or one that says nothing.
        ("The loss is 0.9571.", "0.9571 has no remark"),
        (
            "It is 0.96 or 0.97. <!-- numbers: out.stdout \"loss of a\" 0.9571 as 0.96 -->",
            "0.97 has no remark",
        ),
        ("A cat. It has 21164 hairs.", "21164 has no remark"),
        ("And 32 is few. We train on 32. <!-- setting: src/lib.rs \"TRAINED\" 32 -->", "32 has no remark"),
        (
            "We train on 32. <!-- setting: src/lib.rs \"TRAINED\" 32 --> And 32 % is few.",
            "32 has no remark",
        ),
        ("In 9 %.", "9 has no remark"),
        ("The loss is 0.9571. <!-- see out.stdout -->", "is no remark"),
        ("It has 50,257. <!-- cited: nobody1999 50,257 -->", "no entry"),
        ("It is 0.65. <!-- setting: out.stdout 0.65 -->", "stands in a program"),
        ("Say it is 0.65. <!-- given: 0.65 -->", "only whole numbers"),
        ("Say it is 64. <!-- given: 65 -->", "does not have 65"),
        ("It takes 4 s, or 5 minutes.", "5 has no remark"),
        ("It holds. <!-- pinned by tests/gone.rs -->", "no file"),
    ] {
        assert!(judged(page).contains(complaint), "{page}\n{}", judged(page));
    }
}
