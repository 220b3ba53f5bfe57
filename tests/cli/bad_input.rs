//! Bad input of every kind, a row each in bad_input.toml: its exit code, the problem it names, and that nothing else happens.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::net::TcpListener;
use std::os::unix::ffi::OsStringExt;

use clap::CommandFactory;
use opush::commands::Cli;
use serde::Deserialize;
use serde_json::Value;

use super::harness::{Home, Ran};
use super::remedy;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// The configuration of every row that brings none of its own.
    sound: String,
    row: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    /// Files in the working directory; `hex:…` for bytes, `folder` for a folder, `{endpoint}` for the listener.
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// The files are a stranger's.
    #[serde(default)]
    untrusted: bool,
    /// No opush.toml at all.
    #[serde(default)]
    no_config: bool,
    #[serde(default)]
    env: BTreeMap<String, String>,
    /// `{x*51}` stands for 51 times x.
    args: Vec<String>,
    #[serde(default)]
    stdin: String,
    exit: i32,
    kind: String,
    place: String,
    /// Every problem, as "kind place"; where the row is about more than one.
    #[serde(default)]
    all: Vec<String>,
    /// The verdict of a check is its result, so it is on stdout.
    #[serde(default)]
    verdict: bool,
}

/// What a command may make although it refuses its input: it opens its database, or takes the lock of a file.
const MAY_APPEAR: [&str; 3] = ["opush/state.db", "opush/sandbox.db", "opush/locks/"];

fn table() -> Table {
    toml::from_str(include_str!("bad_input.toml")).unwrap()
}

/// `{x*51}` as 51 times x, and `{endpoint}` as the listener's address.
fn expand(text: &str, endpoint: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let found = after.split_once('}').and_then(|(inside, rest)| match inside.split_once('*') {
            Some((word, count)) if !word.contains(['{', '"']) => {
                Some((word.repeat(count.parse().ok()?), rest))
            }
            Some(_) => None,
            None => (inside == "endpoint").then(|| (endpoint.to_owned(), rest)),
        });
        out.push_str(before);
        rest = match found {
            Some((meant, rest)) => {
                out.push_str(&meant);
                rest
            }
            None => {
                out.push('{');
                after
            }
        };
    }
    out + rest
}

fn bytes(text: &str, endpoint: &str) -> Vec<u8> {
    match text.strip_prefix("hex:") {
        Some(hex) => {
            (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
        }
        None => expand(text, endpoint).into_bytes(),
    }
}

/// A machine as the row has it, and the listener that nobody may connect to.
struct Set<'r> {
    row: &'r Row,
    home: Home,
    listener: TcpListener,
    endpoint: String,
}

impl<'r> Set<'r> {
    fn up(row: &'r Row, sound: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let home = Home::new();
        if !row.no_config && !row.files.contains_key("opush.toml") {
            home.write("opush.toml", expand(sound, &endpoint));
        }
        for (name, content) in &row.files {
            match content.as_str() {
                "folder" => std::fs::create_dir(home.file(name)).unwrap(),
                content if row.untrusted => home.write_untrusted(name, bytes(content, &endpoint)),
                content => home.write(name, bytes(content, &endpoint)),
            }
        }
        Set { row, home, listener, endpoint }
    }

    fn run(&self, more: &[&str]) -> Ran {
        let args = self.row.args.iter().map(|arg| OsString::from_vec(bytes(arg, &self.endpoint)));
        let args: Vec<OsString> = args.chain(more.iter().map(OsString::from)).collect();
        let variables = self.row.env.iter();
        let variables =
            variables.map(|(name, value)| (name, OsString::from_vec(bytes(value, &self.endpoint))));
        self.home.run_in(&args, &bytes(&self.row.stdin, ""), variables)
    }

    fn connections(&self) -> usize {
        std::iter::from_fn(|| self.listener.accept().ok()).count()
    }
}

/// Every path below the home with its content.
fn files(home: &Home) -> BTreeMap<String, Vec<u8>> {
    let paths = walkdir::WalkDir::new(home.path()).into_iter().map(|entry| entry.unwrap());
    paths
        .filter(|entry| entry.file_type().is_file())
        .filter(|entry| {
            let path = entry.path().display().to_string();
            !MAY_APPEAR.iter().any(|may| path.contains(&format!(".local/state/{may}")))
        })
        .map(|entry| (entry.path().display().to_string(), std::fs::read(entry.path()).unwrap()))
        .collect()
}

/// What is wrong with how the row's input was refused.
fn complaints(row: &Row, sound: &str, root: &clap::Command) -> Vec<String> {
    let set = Set::up(row, sound);
    let before = files(&set.home);
    let json = set.run(&["--json"]);
    let text = set.run(&[]);
    let mut wrong = Vec::new();
    let mut expect = |what: &str, holds: bool| {
        if !holds {
            wrong.push(format!("{}: {what}\n{json}\n{text}", row.name));
        }
    };
    expect("the exit code", json.code == row.exit && text.code == row.exit);
    expect("a panic", !format!("{json}{text}").contains("panicked"));
    expect("a request was sent", set.connections() == 0);
    expect("a file was written", files(&set.home) == before);
    let value: Value = serde_json::from_str(&json.stdout).unwrap_or_default();
    let error = &value["error"];
    let said = |problem: &Value| {
        let [kind, place] = ["kind", "place"].map(|key| problem[key].as_str().unwrap_or("?").to_owned());
        (kind, place)
    };
    let (kind, place) = said(error);
    let expected = (row.kind.clone(), expand(&row.place, &set.endpoint));
    let is = format!("kind and place are {kind:?} and {place:?}");
    expect(&is, (kind, place) == expected);
    let all: Vec<String> = match error["problems"].as_array() {
        Some(problems) => {
            problems.iter().map(|problem| format!("{} {}", said(problem).0, said(problem).1)).collect()
        }
        None => vec![format!("{} {}", expected.0, expected.1)],
    };
    let named =
        if row.all.is_empty() { vec![format!("{} {}", row.kind, expected.1)] } else { row.all.clone() };
    expect(&format!("the problems are {all:?}"), all == named);
    let shown = if row.verdict { &text.stdout } else { &text.stderr };
    expect("stdout is not empty", row.verdict || text.stdout.is_empty());
    let hint = error["hint"].as_str().unwrap_or_default().lines().next().unwrap_or_default();
    let hinted = !hint.is_empty() && shown.contains(hint);
    expect("no hint", hinted || row.exit == 2 && shown.contains("--help") && !hint.is_empty());
    for problem in std::iter::once(error).chain(error["problems"].as_array().into_iter().flatten()) {
        let flaw = remedy::flaw(problem["hint"].as_str().unwrap_or_default(), root);
        expect(&flaw.clone().unwrap_or_default(), flaw.is_none());
    }
    if json.code == row.exit {
        // The schema of the command.
        json.json();
    }
    wrong
}

#[test]
fn every_row_is_refused_as_the_table_says() {
    let table = table();
    let mut root = Cli::command();
    root.build();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let wrong = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some(row) = table.row.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    let found = complaints(row, &table.sound, &root);
                    wrong.lock().unwrap().extend(found);
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{} complaints:\n\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn the_table_is_wide_enough() {
    let table = table();
    let kinds: BTreeSet<&str> = table.row.iter().map(|row| row.kind.as_str()).collect();
    let names: BTreeSet<&str> = table.row.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names.len(), table.row.len(), "two rows have one name");
    assert!(table.row.len() >= 200, "{} rows", table.row.len());
    assert!(kinds.len() >= 50, "{} kinds: {kinds:?}", kinds.len());
    for flag in send_flags() {
        let named =
            |row: &Row| row.args.iter().any(|arg| *arg == flag || arg.starts_with(&format!("{flag}=")));
        assert!(table.row.iter().any(named), "no row gives {flag}");
    }
}

/// What the help of `send` names, so that a new flag asks for its row.
fn send_flags() -> Vec<String> {
    let help = Home::new().run(&["send", "--help"]).expect(0).stdout;
    let words = help.lines().map(str::trim_start).filter(|line| line.starts_with("--"));
    let flags = words.map(|line| line.split([' ', '\n']).next().unwrap_or_default().to_owned());
    // Switches that take nothing can't be wrong by themselves.
    flags.filter(|flag| !["--force", "--no-input", "--dry-run", "--json"].contains(&flag.as_str())).collect()
}
