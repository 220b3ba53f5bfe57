//! No text of other people reaches a terminal as it is: every command runs with control and direction characters in its
//! arguments, its variables, its files and its state, and where servers answer with them.

use super::super::vendor::{Reply, answer};
use super::rows::ROWS;
use super::watch::{Form, Watch};
use super::world::{Kept, Server};

/// What a command line can hold: an escape sequence, C1 alone, a change of direction, a line that is made up.
const HOSTILE: [&str; 5] = [
    "x\u{1b}]0;owned\u{7}\u{1b}[2J",
    "\u{9b}31m",
    "a\u{202e}b\u{2066}",
    "x\nerror:\u{a0}made\u{a0}up",
    "\u{7f}\u{8}\r\u{85}",
];

/// Moves the cursor, colours, or turns the text.
fn is_active(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The line with one of its values, or with something behind it, in hostile words.
fn spoilt(line: &str, number: usize) -> String {
    let given = line.split_once(" => ").map_or(line, |(given, _)| given);
    let mut words: Vec<&str> = given.split(' ').filter(|word| !word.is_empty()).collect();
    let values: Vec<usize> = (0..words.len())
        .filter(|at| !words[*at].starts_with("--") && !["<", "piped", "path"].contains(&words[*at]))
        .collect();
    let hostile = HOSTILE[number % HOSTILE.len()];
    match values.get(number % (values.len() + 1)) {
        Some(at) => words[*at] = hostile,
        None => words.insert(0, hostile),
    }
    words.join(" ")
}

fn every_command_with_hostile_words(form: Form) {
    let mut watch = Watch::new(Kept::Variable, form, Server::Sandbox);
    let reg_id = watch.world.reg_id.clone();
    // What the rules allow in names, and no rule looks at in files.
    let user = "alice\u{202e}";
    watch.world.home.run(&["token", "report", "--user", user, "--reg-id", &reg_id, "--device", "d\u{2066}"]);
    watch.world.home.run(&["presence", "set", "--user", user, "killed"]);
    watch.world.home.run(&["send", "--reg-id", &reg_id, "--title", "t\u{202e}", "--content", "c\u{2067}"]);
    for hostile in HOSTILE {
        let name = format!("{hostile}.csv");
        watch.world.home.write(&name, format!("user,{hostile}\ncarol,{hostile}\n"));
        watch.world.home.run(&["token", "import", &name]);
    }
    let mut number = 0;
    for row in ROWS.iter().filter(|row| !row.serves && row.command != "demo") {
        for line in row.good.iter().chain(row.bad) {
            number += 1;
            watch.run(&format!("{} {}", row.command, spoilt(line, number)));
        }
    }
    // What was kept of it.
    for list in ["token list", "presence show", "history list", "receipt list", "sandbox calls --profile box"]
    {
        watch.run(list);
    }
    for name in [
        "OPUSH_PROFILE",
        "OPUSH_CONFIG",
        "OPUSH_CA_FILE",
        "OPUSH_TIMEOUT",
        "OPUSH_COLOR",
        "OPUSH_REG_ID",
        "GITHUB_WORKSPACE",
    ] {
        watch.variables =
            vec![(name.to_owned(), HOSTILE[0].to_owned()), ("GITHUB_ACTIONS".into(), "true".into())];
        for line in
            ["profile list", "send --title x --content y", "smoke run red.toml --profile box", "doctor"]
        {
            watch.run(line);
        }
    }
    assert_nothing_active(&watch);
}

#[track_caller]
fn assert_nothing_active(watch: &Watch) {
    // CSV for another program holds every value to the letter.
    let said: Vec<String> = watch
        .said()
        .filter(|said| !said.contains("--format csv") && !said.starts_with("\"token export"))
        .collect();
    assert!(
        said.iter().any(|said| said.contains("u{202e}") || said.contains("u202e")),
        "it is shown, as its escape"
    );
    let active: Vec<&String> =
        said.iter().filter(|said| said.contains(|c| is_active(c) && c != '\n')).collect();
    let first = || active.first().map(|said| said.chars().take(3000).collect::<String>());
    assert!(active.is_empty(), "{} outputs are active, such as {:?}", active.len(), first());
    let made_up: Vec<&String> = said.iter().filter(|said| said.contains("\nerror:\u{a0}made")).collect();
    assert!(made_up.is_empty(), "a line is made up: {:?}", made_up.first());
}

#[test]
fn hostile_words_move_no_terminal() {
    every_command_with_hostile_words(Form::Verbose);
}

#[test]
fn hostile_words_are_escaped_in_json() {
    every_command_with_hostile_words(Form::Json);
}

/// Both vendors refuse in hostile words, with every name of theirs hostile too.
#[test]
fn hostile_answers_move_no_terminal() {
    for form in [Form::Verbose, Form::Json] {
        let mut watch = Watch::new(Kept::Variable, form, Server::Says(says));
        for row in ROWS.iter().filter(|row| !row.serves && row.command != "demo") {
            for line in row.good.iter().filter(|line| !line.contains("--wait")) {
                watch.run(&format!("{} {line}", row.command));
            }
        }
        watch.run("history list --status refused");
        assert_nothing_active(&watch);
    }
}

fn says(is_im: bool) -> Reply {
    let words = HOSTILE.join(" ");
    let body = if is_im {
        serde_json::json!({ "ActionStatus": "FAIL", "ErrorCode": 20003, "ErrorInfo": words, words.clone(): words })
    } else {
        serde_json::json!({ "code": 67, "message": words, "data": { words.clone(): words } })
    };
    Reply::Close(answer("200 OK", "application/json", body.to_string().as_bytes()))
}
