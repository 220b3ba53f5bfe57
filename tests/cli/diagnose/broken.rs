//! The table of faults: the first broken link is named rightly, and nothing sound is blamed.
//! Pairs are chosen so that each fault meets several others; `tests/run --all` takes every pair.

use std::collections::BTreeSet;

use opush::diagnose::checks::CHAIN;
use opush::diagnose::machine::CHAIN as MACHINE;
use serde::Deserialize;
use serde_json::Value;

use super::world::World;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    id: String,
    #[serde(default)]
    files: Vec<(String, String)>,
    #[serde(default)]
    run: Vec<String>,
    #[serde(default)]
    edit: Vec<(String, String)>,
    #[serde(default)]
    write: Vec<(String, String)>,
    #[serde(default)]
    then: Vec<String>,
    #[serde(default)]
    phone: Vec<(String, String, String)>,
    #[serde(default)]
    sql: Vec<String>,
    ask: Option<String>,
    #[serde(default = "fail")]
    status: String,
    settle: Option<String>,
    #[serde(default)]
    groups: Vec<String>,
    #[serde(default)]
    follows: Vec<String>,
    #[serde(default)]
    silences: Vec<String>,
}

fn fail() -> String {
    "fail".into()
}

#[derive(Deserialize)]
struct Table {
    fault: Vec<Fault>,
}

fn table() -> Vec<Fault> {
    toml::from_str::<Table>(include_str!("faults.toml")).unwrap().fault
}

fn place(id: &str) -> usize {
    CHAIN.iter().position(|check| check.id == id).unwrap_or_else(|| panic!("{id} is in the chain"))
}

impl Fault {
    /// What happens at the phone, over the network and by commands.
    fn happen(&self, world: &World) -> Result<(), String> {
        for (name, content) in &self.files {
            world.write(name, content);
        }
        for line in &self.run {
            match line.strip_prefix('?') {
                Some(line) => drop(world.run(line)),
                None => {
                    let ran = world.run(line);
                    if ran.code != 0 {
                        return Err(format!("{}: {ran}", self.id));
                    }
                }
            }
        }
        Ok(())
    }

    /// What is changed by hand, after which commands may fail.
    fn change(&self, world: &World) -> Result<(), String> {
        for (from, to) in &self.edit {
            world.try_edit(&world.filled(from), &world.filled(to))?;
        }
        for (name, content) in &self.write {
            world.write(name, content);
        }
        for line in &self.then {
            world.run(line);
        }
        for (file, from, to) in &self.phone {
            world.edit_phone(file, from, to)?;
        }
        for statement in &self.sql {
            world.sql(statement);
        }
        Ok(())
    }

    fn ask(&self) -> &str {
        self.ask.as_deref().unwrap_or("diagnose --user alice")
    }

    /// Whether this check may be the one that fails.
    fn may_fail(&self, id: &str) -> bool {
        self.status == "fail" && self.id == id || self.follows.iter().any(|other| other == id)
    }
}

fn failing(report: &Value) -> BTreeSet<String> {
    let checks = report["checks"].as_array().unwrap().iter();
    checks
        .filter(|check| check["status"] == "fail")
        .map(|check| check["id"].as_str().unwrap().into())
        .collect()
}

fn status<'a>(report: &'a Value, id: &str) -> &'a str {
    let mut checks = report["checks"].as_array().unwrap().iter();
    checks.find(|check| check["id"] == id).unwrap()["status"].as_str().unwrap()
}

/// What a diagnosis must say where all of these are broken, in the order of the chain.
fn judge(world: &World, faults: &[&Fault], problems: &mut Vec<String>) {
    let ask = faults.iter().find_map(|fault| fault.ask.as_deref()).unwrap_or(faults[0].ask());
    let (code, report) = world.diagnose(ask);
    let names: Vec<&str> = faults.iter().map(|fault| fault.id.as_str()).collect();
    let mut wrong = |what: String| problems.push(format!("{}: {what}\n{report:#}", names.join(" + ")));
    let silenced = |fault: &&&Fault| {
        let by = |other: &&Fault| other.silences.iter().any(|group| fault.groups.contains(group));
        faults.iter().any(by)
    };
    let first = faults
        .iter()
        .filter(|fault| fault.status == "fail" && !silenced(fault))
        .min_by_key(|fault| place(&fault.id));
    let doubt = faults.iter().filter(|fault| fault.status == "unknown").min_by_key(|fault| place(&fault.id));
    let Some(verdict) = report["verdict"].as_str() else { return wrong("no diagnosis was made".into()) };
    match (first, doubt) {
        (Some(first), _) => {
            if (verdict, report["first_broken"].as_str()) != ("broken", Some(&first.id)) {
                return wrong(format!("first broken is {}, not {}", report["first_broken"], first.id));
            }
        }
        (None, Some(doubt)) => {
            let settle = doubt.settle.as_deref().expect("a row of doubt says what would settle it");
            let first = report["would_settle"][0].as_str().unwrap_or_default();
            if verdict != "inconclusive" || !report["first_broken"].is_null() || !first.contains(settle) {
                return wrong(format!("{verdict}, and would be settled by {first:?}, not by {settle:?}"));
            }
        }
        // Only warnings: whether the phone shows it remains, as in the sound world, where no phone on the cable settles it.
        (None, None) => {
            let settled = ask.contains("--adb") && verdict == "sound";
            if !settled && verdict != "inconclusive" || !report["first_broken"].is_null() {
                return wrong(format!("{verdict}, though nothing is broken"));
            }
        }
    }
    if code != if verdict == "sound" { 0 } else { 8 } {
        return wrong(format!("exit code {code}"));
    }
    let blamed: Vec<String> =
        failing(&report).into_iter().filter(|id| !faults.iter().any(|fault| fault.may_fail(id))).collect();
    if !blamed.is_empty() {
        return wrong(format!("{} blamed, and sound", blamed.join(", ")));
    }
    if let [only] = faults
        && status(&report, &only.id) != only.status
    {
        wrong(format!("is {}, not {}", status(&report, &only.id), only.status));
    }
}

fn all_well(problems: Vec<String>) {
    assert!(problems.is_empty(), "{} diagnoses are wrong:\n{}", problems.len(), problems.join("\n\n"));
}

#[test]
fn nothing_is_broken_without_a_fault() {
    let world = World::sound();
    let (code, report) = world.diagnose("diagnose --user alice");
    assert_eq!((code, failing(&report)), (8, BTreeSet::new()), "{report:#}");
    assert_eq!(report["verdict"], "inconclusive", "the phone's screen can't be seen from here: {report:#}");
    let (code, report) = world.diagnose("diagnose --user alice --seen");
    assert_eq!((code, report["verdict"].as_str()), (0, Some("sound")), "{report:#}");
    let warned: Vec<&Value> =
        report["checks"].as_array().unwrap().iter().filter(|check| check["status"] == "warn").collect();
    assert!(warned.is_empty(), "{warned:#?}");
}

/// The faults whose place in the table is `shard` modulo `of`, each by itself.
fn one_at_a_time(shard: usize, of: usize) {
    let mut problems = Vec::new();
    for fault in table().iter().skip(shard).step_by(of) {
        let world = World::sound();
        match fault.happen(&world).and_then(|()| fault.change(&world)) {
            Ok(()) => judge(&world, &[fault], &mut problems),
            Err(why) => problems.push(why),
        }
    }
    all_well(problems);
}

#[test]
fn each_fault_alone_is_named_1_of_4() {
    one_at_a_time(0, 4);
}

#[test]
fn each_fault_alone_is_named_2_of_4() {
    one_at_a_time(1, 4);
}

#[test]
fn each_fault_alone_is_named_3_of_4() {
    one_at_a_time(2, 4);
}

#[test]
fn each_fault_alone_is_named_4_of_4() {
    one_at_a_time(3, 4);
}

/// Pairs that can both be there; unless all are wanted, one in five, spread so that each fault meets others of every part.
/// A phone on the cable is looked at by itself, so that one in fifteen is enough for it.
fn pairs() -> Vec<(Fault, Fault)> {
    let table = table();
    let all = super::super::processes::all();
    let mut pairs = Vec::new();
    for (at, one) in table.iter().enumerate() {
        for (further, other) in table.iter().enumerate().skip(at + 1) {
            let both_can_be = !one.groups.iter().any(|group| other.groups.contains(group));
            let on_cable = !one.phone.is_empty() || !other.phone.is_empty();
            let every = if on_cable { 15 } else { 5 };
            if both_can_be && (all || (7 * at + 3 * further).is_multiple_of(every)) {
                pairs.push((one.clone(), other.clone()));
            }
        }
    }
    pairs
}

#[test]
fn the_pairs_are_many_and_leave_no_fault_out() {
    let pairs = pairs();
    assert!(pairs.len() >= 150, "{}", pairs.len());
    for fault in table() {
        assert!(pairs.iter().any(|(one, other)| one.id == fault.id || other.id == fault.id), "{}", fault.id);
    }
}

fn two_at_a_time(shard: usize, of: usize) {
    let mut problems = Vec::new();
    for (one, other) in pairs().iter().skip(shard).step_by(of) {
        let world = World::sound();
        // The later link first, so that the newest message is the one that the earlier link is about.
        let broken = || {
            other.happen(&world)?;
            one.happen(&world)?;
            other.change(&world)?;
            one.change(&world)
        };
        match broken() {
            Ok(()) => judge(&world, &[one, other], &mut problems),
            Err(why) => problems.push(format!("{} + {} can't be: {why}", one.id, other.id)),
        }
    }
    all_well(problems);
}

#[test]
fn two_faults_at_once_name_the_first_1_of_4() {
    two_at_a_time(0, 4);
}

#[test]
fn two_faults_at_once_name_the_first_2_of_4() {
    two_at_a_time(1, 4);
}

#[test]
fn two_faults_at_once_name_the_first_3_of_4() {
    two_at_a_time(2, 4);
}

#[test]
fn two_faults_at_once_name_the_first_4_of_4() {
    two_at_a_time(3, 4);
}

/// Checks whose doubt has no fault of its own kind would be a hole in the proof.
#[test]
fn files_chain_pages_and_faults_are_the_same_set() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = |folder: &str, ending: &str, not: &[&str]| -> BTreeSet<String> {
        let entries = std::fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
        let files = entries.filter(|path| path.extension().is_some_and(|found| found == ending));
        let stems = files.map(|path| path.file_stem().unwrap().to_string_lossy().replace('_', "-"));
        stems.filter(|stem| !not.contains(&stem.as_str())).collect()
    };
    let chain: BTreeSet<String> = CHAIN.iter().map(|check| check.id.to_owned()).collect();
    assert_eq!(chain.len(), CHAIN.len(), "an id stands twice in the chain");
    let faults: BTreeSet<String> = table().into_iter().map(|fault| fault.id).collect();
    // A file holds the check of its name, or a table of checks that differ only in a row.
    let tables = ["mod", "presence", "refused", "testing", "tests"];
    let files = names("src/diagnose/checks", "rs", &tables);
    assert!(files.is_subset(&chain), "files that are not in the chain: {:?}", files.difference(&chain));
    let in_tables: BTreeSet<&str> = chain.difference(&files).map(String::as_str).collect();
    let rows = [
        include_str!("../../../src/diagnose/checks/refused.rs"),
        include_str!("../../../src/diagnose/checks/presence.rs"),
    ];
    let row =
        |id: &&str| rows.iter().filter(|table| table.contains(&format!("    \"{id}\",\n"))).count() == 1;
    assert!(in_tables.iter().all(row), "not in a table: {in_tables:?}");
    let rows = rows.iter().map(|table| table.matches(" = check!(").count()).sum::<usize>();
    assert_eq!(rows, in_tables.len(), "rows of the tables");
    assert_eq!(faults, chain, "left: the table of faults, right: the chain");
    // Those of doctor are broken one by one in its own tests.
    let machine: BTreeSet<String> = MACHINE.iter().map(|check| check.id.to_owned()).collect();
    let pages = names("docs/checks", "md", &["README"]);
    assert_eq!(pages, chain.union(&machine).cloned().collect(), "left: pages, right: both chains");
    let failing = table().iter().filter(|fault| fault.status == "fail").count();
    assert!(failing >= 30 && faults.len() >= 35, "{failing} breaks in {} rows", faults.len());
}

/// docs/causes.md has the forty causes of the reference and four of OPPO's side, each with a check of the chain.
#[test]
fn every_known_cause_has_a_check() {
    let page = include_str!("../../../docs/causes.md");
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("| ") && line.as_bytes()[2].is_ascii_digit())
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    for (number, row) in rows.iter().enumerate() {
        assert_eq!(row[0], (number + 1).to_string(), "{row:?}");
        let checks: Vec<&str> = row[2].split(", ").map(|id| id.trim_matches('`')).collect();
        for id in &checks {
            assert!(CHAIN.iter().any(|check| check.id == *id), "cause {}: there is no check {id}", row[0]);
        }
        // What only the phone can tell is no answer by itself.
        assert!(checks != ["phone-display"] || !row[3].is_empty(), "cause {} is left open", row[0]);
    }
    assert_eq!(rows.len(), 44);
}
