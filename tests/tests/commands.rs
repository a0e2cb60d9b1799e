//! Every command that the reader is given to type can be typed: packages, programs, examples, tests,
//! benchmarks and features are there. What a program is given behind its name, its own tests ask
//! its own parser: those of xtask, mini-gpt and gpt2.

use checks::commands::{Workspace, all, fault, in_markdown};
use checks::metadata;
use clap::{Arg, ArgAction, Command, value_parser};

#[test]
fn every_command_on_a_page_names_what_is_there() {
    let workspace = Workspace(metadata());
    let commands = all();
    let complaint = |command: &checks::commands::Command| {
        let fault = workspace.fault(&command.words)?;
        Some(format!("{}: {}\n    {fault}", command.place, command.words.join(" ")))
    };
    let wrong: Vec<String> = commands.iter().filter_map(complaint).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for place in [".md", ".rs", ".txt"] {
        let count = commands.iter().filter(|command| command.place.ends_with(place)).count();
        assert!(count >= 3, "only {count} commands in files {place}: are they still written like this?");
    }
}

/// What is wrong with the only command of a text.
fn judged(text: &str) -> Option<String> {
    let commands = in_markdown(text);
    let [words] = &commands[..] else { panic!("{text:?} has the commands {commands:?}") };
    Workspace(metadata()).fault(words)
}

#[test]
fn commands_are_found_in_blocks_and_in_spans() {
    let page = "Run `cargo test` or `a cargo` or\n`cargo`, then `cargo run\n-p neurons`.\n\n```console\n$ X=1 cargo \
                x quick  # soon\ncargo run -p gpt2 -- loss \\\n  --prompt \"one # two\" && cargo doc\n```\n- `cargo x ci`";
    let found: Vec<String> = in_markdown(page).iter().map(|words| words.join("|")).collect();
    let expected = [
        "cargo|test",
        "cargo|run|-p|neurons",
        "cargo|x|quick",
        "cargo|run|-p|gpt2|--|loss|--prompt|one # two",
        "cargo|doc",
        "cargo|x|ci",
    ];
    assert_eq!(found, expected);
}

#[test]
fn right_commands_pass() {
    for text in [
        "`cargo run --release -p mini-gpt`",
        "`cargo run -p gpt --example gpt`",
        "`cargo run --package X --example Y`",
        "`cargo run -p gpt2 -- generate --top-p 0.9 -p nothing`",
        "`cargo run -p kernels -- measure DATE`",
        "`cargo test --workspace --test outputs some_name -- --ignored`",
        "`cargo run --features cuda --package=mini-gpt`",
        "`cargo bench -p backprop`",
        "`cargo x …`",
        "`cargo fuzz tmin`",
    ] {
        assert_eq!(judged(text), None, "{text}");
    }
}

#[test]
fn every_planted_fault_is_found() {
    for (text, complaint) in [
        ("`cargo run -p nuerons`", "no package nuerons"),
        ("`cargo run --release -p neurons --example gpt`", "no example gpt"),
        ("`cargo run --example gtp`", "no example gtp"),
        ("`cargo run -p gpt --bin mini-gpt`", "no program mini-gpt"),
        ("`cargo test -p tensors --test outputs`", "no test outputs"),
        ("`cargo bench -p backprop --bench step`", "no benchmark step"),
        ("`cargo bench -p neurons`", "neurons has no benchmark"),
        ("`cargo run --features gpu -p mini-gpt`", "no feature gpu"),
        ("`cargo run --realease -p mini-gpt`", "--realease"),
        ("`cargo run --release`", "needs its package"),
        ("`cargo run -p figures`", "figures has 0 programs"),
        ("`cargo run -p kernels -- measur DATE`", "the word measur"),
        ("`cargo rum -p neurons`", "no `cargo rum`"),
    ] {
        let said = judged(text).unwrap_or_default();
        assert!(said.contains(complaint), "{text}: {said:?}");
    }
}

/// A program with one command, `write`.
fn program() -> Command {
    let steps = Arg::new("steps").long("steps").value_parser(value_parser!(u32));
    let json = Arg::new("json").long("json").action(ArgAction::SetTrue);
    let model = Arg::new("model").long("model").required(true);
    Command::new("program")
        .subcommand_required(true)
        .subcommand(Command::new("write").args([steps, json, model]))
}

#[test]
fn a_program_is_given_what_it_understands() {
    let judged = |words: &str| {
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        fault(&words, &program()).unwrap_or_default()
    };
    for right in
        ["write --model a --steps 3", "write --model=a --json", "…", "write …", "--help", "write --help"]
    {
        assert_eq!(judged(right), "", "{right}");
    }
    for right in ["write --model NAME --steps N", "write --model a --steps <n>"] {
        assert_eq!(judged(right), "", "{right}");
    }
    for (wrong, complaint) in [
        ("wirte --model a", "wirte"),
        ("CHORE", "CHORE"),
        ("write --model a --step 3", "--step"),
        ("write --model a --steps three", "three"),
        ("write --steps 3", "--model"),
        ("write --model a --steps", "--steps"),
        ("write --model a b", "'b'"),
    ] {
        assert!(judged(wrong).contains(complaint), "{wrong}: {:?}", judged(wrong));
    }
}
