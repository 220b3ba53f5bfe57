//! That a diagnosis only reads: what it asks of the sandbox, and what it leaves of the state, with every way to ask.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use super::recorded::Recorded;
use super::world::World;
use crate::harness::Home;

/// All that a diagnosis may ask. Each of these reads: the IM server's are queries that are made by POST.
const READS: [&str; 7] = [
    "POST /server/v1/auth",
    "GET /server/v1/feedback/fetch_invalid_regidList",
    "POST /v4/im_open_login_svc/account_check",
    "POST /v4/openim/query_online_status",
    "POST /v4/timpush/normal_push_loss",
    "POST /v4/timpush/normal_push_trace",
    "POST /v4/timpush/query",
];

/// Every way to ask; `{message}` and `{push}` stand for the last ones.
const ASKS: [&str; 9] = [
    "diagnose --user alice",
    "diagnose --user alice --seen --verbose",
    "diagnose --user alice --device default",
    "diagnose --user nobody",
    "diagnose --reg-id {reg}",
    "diagnose --reg-id CN_00000000000000000000000000000009",
    "diagnose --message-id 1",
    "diagnose --push-id {push}",
    "diagnose --certificate 7005 --markdown",
];

/// Every row of every table but the kept auth tokens, as text.
fn rows(state: &Path) -> BTreeMap<String, Vec<String>> {
    let database = rusqlite::Connection::open(state).unwrap();
    let mut tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").unwrap();
    let names: Vec<String> =
        tables.query_map([], |row| row.get(0)).unwrap().map(|name| name.unwrap()).collect();
    let mut all = BTreeMap::new();
    for name in names.into_iter().filter(|name| name != "auth_token") {
        let mut rows = database.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let columns = rows.column_count();
        let read = rows.query_map([], |row| {
            (0..columns).map(|at| row.get::<_, rusqlite::types::Value>(at)).collect::<Result<Vec<_>, _>>()
        });
        let read = read.unwrap().map(|row| format!("{:?}", row.unwrap())).collect();
        all.insert(name, read);
    }
    all
}

#[track_caller]
fn assert_only_reads(recorded: &Recorded) {
    let asked = recorded.asked();
    let other: Vec<&String> = asked.iter().filter(|asked| !READS.contains(&asked.as_str())).collect();
    assert!(other.is_empty(), "more than reads: {other:?}");
    for read in &READS[..4] {
        assert!(asked.iter().any(|asked| asked == read), "{read} was not asked: {asked:?}");
    }
}

#[test]
fn diagnose_only_reads_and_keeps_only_a_token() {
    let world = World::sound();
    world.must("im send --to alice --text 'see you at nine'");
    let recorded = Recorded::before(world.url());
    world.edit(world.url(), &recorded.url());
    let state = world.home.state_home().join("state.db");
    let (before, truth) = (rows(&state), world.truth());
    assert!(before["delivery"].len() == 1 && before["token_report"].len() == 1, "{before:?}");
    for ask in ASKS {
        let ran = world.run(ask);
        assert!(matches!(ran.code, 0 | 8), "{ran}");
    }
    assert_only_reads(&recorded);
    assert_eq!(rows(&state), before);
    assert_eq!(world.truth(), truth);
    assert!(recorded.asked().contains(&"POST /v4/timpush/normal_push_trace".to_owned()));
}

/// Of a sandbox that is found because it runs, commands that act tell it the profile's apps; a diagnosis does not.
#[test]
fn diagnose_changes_nothing_in_a_running_sandbox() {
    let world = World::of_its_own();
    let entry = world.home.state_home().join("sandbox.json");
    let registered = std::fs::read_to_string(&entry).unwrap();
    let recorded = Recorded::before(world.url());
    let registered = registered.replace(world.url(), &recorded.url());
    std::fs::File::create(&entry).unwrap().write_all(registered.as_bytes()).unwrap();
    // What the profile says of the app is no longer what the sandbox knows.
    world.edit("8c1d4e5f6a7b8c9d0e1f2a3b4c5d6e7f", "00000000000000000000000000000000");
    let truth = world.truth();
    let (code, report) = world.diagnose("diagnose --user alice");
    assert_eq!((code, report["first_broken"].as_str()), (8, Some("app-key-unknown")), "{report:#}");
    world.edit("00000000000000000000000000000000", "8c1d4e5f6a7b8c9d0e1f2a3b4c5d6e7f");
    for ask in ASKS.iter().filter(|ask| !ask.contains("{push}")) {
        let ran = world.run(ask);
        assert!(matches!(ran.code, 0 | 8), "{ran}");
    }
    assert_only_reads(&recorded);
    assert_eq!(world.truth(), truth);
}

/// Every file under a home, with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => drop(all.insert(path.display().to_string(), std::fs::read(&path).unwrap())),
            }
        }
    }
    all
}

/// Where none runs, the file on disk is looked at, and it stays as it is to the byte.
#[test]
fn diagnose_changes_nothing_in_the_file_of_a_sandbox_that_does_not_run() {
    let config = World::sound().home.read("opush.toml");
    let home = Home::with_config(&config);
    let world = World::sound();
    for name in ["master-secret", "app-secret", "im-key"] {
        super::world::write_private(&home, name, &world.home.read(name));
    }
    home.run(&["sandbox", "phone", "add", "--name", "p", "--profile", "sandbox"]).expect(0);
    home.run(&["sandbox", "phone", "login", "p", "--user", "alice", "--profile", "sandbox"]).expect(0);
    let sandbox = || {
        let mut files = files(&home.state_home());
        // The index of the log is no content.
        files.retain(|name, _| name.contains("sandbox.db") && !name.ends_with("-shm"));
        files
    };
    let before = sandbox();
    assert!(!before.is_empty());
    for profile in ["sandbox", "chat"] {
        for ask in [["--user", "alice"], ["--reg-id", world.reg_id.as_str()], ["--certificate", "7005"]] {
            let args = [&["diagnose", "--profile", profile], ask.as_slice()].concat();
            let ran = home.run(&args);
            assert!(matches!(ran.code, 0 | 8), "{ran}");
            assert!(sandbox() == before, "{ran}");
        }
    }
    // It is this file that answers: its IM server knows alice.
    let (_, report) = home.json(&["diagnose", "--profile", "sandbox", "--user", "alice"]);
    assert!(report.to_string().contains("alice"), "{report}");
    let known = report["checks"]
        .as_array()
        .unwrap()
        .iter()
        .any(|check| check["id"] == "account-unknown" && check["status"] == "pass");
    assert!(known, "{report:#}");
}

#[test]
fn diagnose_makes_no_file_where_none_was() {
    let world = World::sound();
    let config = world.home.read("opush.toml");
    for profile in ["sandbox", "chat"] {
        let fresh = Home::with_config(&config);
        for name in ["master-secret", "app-secret", "im-key"] {
            super::world::write_private(&fresh, name, &world.home.read(name));
        }
        let before = files(fresh.path());
        for ask in [["--user", "alice"], ["--reg-id", world.reg_id.as_str()], ["--certificate", "7005"]] {
            let args = [&["diagnose", "--profile", profile], ask.as_slice()].concat();
            let ran = fresh.run(&args);
            assert!(matches!(ran.code, 0 | 8), "{ran}");
            assert_eq!(files(fresh.path()).keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
        }
        assert_eq!(files(fresh.path()), before);
    }
}
