//! Tests of opening the state database: permissions, versions, damage, many at once.
//! Tests of a table are beside that table.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::sync::Barrier;

use super::schema::SCHEMA;
use super::*;
use crate::clock::{Clock, Timestamp};
use crate::failure::Explain;
use crate::sqlite;
use reports::{NewReport, ReportFilter};
use rusqlite::Connection;
use source::FactSource;

fn clock() -> Clock {
    Clock::fixed(Timestamp::from_millisecond(1_700_000_000_000).unwrap())
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn report(user: &str, reg_id: &str) -> NewReport {
    NewReport {
        profile: "demo".into(),
        region: "cn".into(),
        user: user.into(),
        device: "default".into(),
        certificate_id: 7005,
        reg_id: reg_id.into(),
        brand: None,
        source: FactSource::ByHand,
    }
}

fn everything() -> ReportFilter<'static> {
    ReportFilter { history: true, ..ReportFilter::default() }
}

#[test]
fn the_file_its_companions_and_its_folder_are_private() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("opush/state.db");
    let store = Store::open(&path, clock()).unwrap();
    reports::record(&store, &report("alice", "r1")).unwrap();
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    for name in ["state.db", "state.db-wal", "state.db-shm"] {
        assert_eq!(mode(&path.with_file_name(name)), 0o600, "{name}");
    }
}

#[test]
fn a_file_that_others_could_read_is_made_private() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.db");
    drop(Store::open(&path, clock()).unwrap());
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    drop(Store::open(&path, clock()).unwrap());
    assert_eq!(mode(&path), 0o600);
}

#[test]
fn what_was_written_is_there_when_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.db");
    reports::record(&Store::open(&path, clock()).unwrap(), &report("alice", "r1")).unwrap();
    let store = Store::open(&path, clock()).unwrap();
    assert_eq!(reports::list(&store, &everything()).unwrap().len(), 1);
    let (journal, synchronous, keys): (String, i64, i64) = store
        .read(|connection| {
            connection.query_row(
                "SELECT j.journal_mode, s.synchronous, f.foreign_keys
                 FROM pragma_journal_mode j, pragma_synchronous s, pragma_foreign_keys f",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
        })
        .unwrap();
    assert_eq!((journal.as_str(), synchronous, keys), ("wal", 1, 1));
}

#[test]
fn a_newer_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.db");
    let later = [SCHEMA.migrations, &["CREATE TABLE later (a TEXT)"]].concat();
    drop(sqlite::open(&path, sqlite::Schema { migrations: &later, ..SCHEMA }).unwrap());
    let error = Store::open(&path, clock()).unwrap_err();
    let known = SCHEMA.version();
    assert!(matches!(error, StoreError::Newer { found, .. } if found == known + 1), "{error:?}");
    assert!(error.explain().hint.sentence().contains("newer opush"));
}

#[test]
fn a_damaged_file_says_so_and_how_to_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.db");
    std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), &[b'x'; 8192]).unwrap();
    let problem = Store::open(&path, clock()).unwrap_err().explain();
    assert!(problem.message.ends_with("is damaged"), "{}", problem.message);
    assert!(problem.hint.sentence().contains("mv '"), "{}", problem.hint.sentence());
    assert_eq!(problem.kind.as_str(), "state-database");
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    for (name, sql) in [
        ("tables.db", "CREATE TABLE theirs (a TEXT)"),
        ("named.db", "PRAGMA application_id = 7"),
        ("versioned.db", "PRAGMA user_version = 1"),
    ] {
        let path = folder.path().join(name);
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let error = Store::open(&path, clock()).unwrap_err();
        assert!(matches!(error, StoreError::Foreign { .. }), "{name}: {error:?}");
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("file");
    std::fs::File::create(&blocked).unwrap();
    let problem = Store::open(&blocked.join("opush/state.db"), clock()).unwrap_err().explain();
    assert!(problem.message.contains(&*blocked.to_string_lossy()), "{}", problem.message);
    assert!(problem.hint.sentence().contains("XDG_STATE_HOME"), "{}", problem.hint.sentence());
}

/// A file of each earlier schema version, as the opush of that time wrote it.
#[test]
fn a_database_of_every_earlier_version_keeps_its_data() {
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    for version in 1..SCHEMA.migrations.len() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.db");
        std::fs::copy(files.join(format!("state-v{version}.db")), &path).unwrap();
        let store = Store::open(&path, clock()).unwrap();
        let seen: Vec<_> = reports::list(&store, &everything())
            .unwrap()
            .into_iter()
            .map(|report| (report.user, report.device, report.state.to_string(), report.brand))
            .collect();
        let row = |user: &str, device: &str, state: &str, brand: Option<&str>| {
            (user.to_owned(), device.to_owned(), String::from(state), brand.map(str::to_owned))
        };
        assert_eq!(
            seen,
            [
                row("alice", "pad", "removed", None),
                row("alice", "phone", "unbound", None),
                row("alice", "phone", "superseded", Some("oppo")),
                row("bob", "default", "current", None),
                row("carol", "default", "current", Some("realme")),
            ],
            "version {version}"
        );
        let deliveries = deliveries::list(&store, &deliveries::Filter::default()).unwrap();
        assert_eq!(deliveries.len(), 1);
        assert_eq!(deliveries[0].decision, "no-report");
        assert!(presence::list(&store, "sandbox", None).unwrap().is_empty());
        assert_eq!(presence::list(&store, "demo", None).unwrap().len(), if version < 4 { 0 } else { 5 });
        let events = im_events::list(&store, &im_events::ImEventFilter::default()).unwrap();
        assert_eq!(events.len(), usize::from(version >= 3), "version {version}");
        assert!(receipts::list(&store, &receipts::ReceiptFilter::default()).unwrap().is_empty());
        reports::record(&store, &report("dave", "r9")).unwrap();
    }
}

/// What the IM server was asked about began at an unknown time, and its Offline was kept as a logout.
#[test]
fn what_version_4_kept_of_presence_is_corrected() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.db");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/state-v4.db");
    std::fs::copy(file, &path).unwrap();
    let store = Store::open(&path, clock()).unwrap();
    let (at, login) = (clock().now(), Timestamp::from_millisecond(1_699_000_000_000).unwrap());
    use presence::PresenceState::{Killed, LoggedOut, NotLoggedIn, Online};
    let rows: Vec<_> = presence::list(&store, "demo", None)
        .unwrap()
        .into_iter()
        .map(|one| {
            assert_eq!(one.seen_at, at);
            (one.user, one.state, one.since, one.last_login_at, one.disconnected_at)
        })
        .collect();
    let row =
        |user: &str, state, since, last_login_at, end| (user.to_owned(), state, since, last_login_at, end);
    assert_eq!(
        rows,
        [
            row("alice", NotLoggedIn, None, Some(login), None),
            row("bob", Killed, None, None, None),
            row("bob", Online, None, None, Some(login)),
            row("carol", LoggedOut, Some(at), Some(login), Some(at)),
            row("dora", Killed, Some(at), Some(login), Some(at)),
        ]
    );
    assert!(reports::list(&store, &everything()).unwrap().iter().all(|report| report.source.is_none()));
}

#[test]
fn twenty_threads_find_no_file_and_report_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/state.db");
    let start = Barrier::new(20);
    std::thread::scope(|scope| {
        for thread in 0..20 {
            let (path, start) = (&path, &start);
            scope.spawn(move || {
                start.wait();
                let store = Store::open(path, clock()).unwrap();
                for turn in 0..5 {
                    let user = format!("user-{thread}-{turn}");
                    reports::record(&store, &report(&user, &format!("reg-{thread}-{turn}"))).unwrap();
                    reports::record(&store, &report("shared", &format!("shared-{thread}-{turn}"))).unwrap();
                }
            });
        }
    });
    let store = Store::open(&path, clock()).unwrap();
    let all = reports::list(&store, &everything()).unwrap();
    assert_eq!(all.len(), 200);
    assert_eq!(reports::list(&store, &ReportFilter::default()).unwrap().len(), 101);
}

const PATH: &str = "OPUSH_TEST_STATE_FILE";

/// What each process of the test below does; does nothing when run by hand without the variable.
#[test]
#[ignore = "a part of the test below"]
fn one_process_reports() {
    let Some(path) = std::env::var_os(PATH) else { return };
    let store = Store::open(Path::new(&path), clock()).unwrap();
    let name = std::process::id().to_string();
    reports::record(&store, &report(&name, &name)).unwrap();
}

#[test]
fn fifty_processes_find_no_file_and_report_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.db");
    let mut children: Vec<_> = (0..50)
        .map(|_| {
            Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "store::tests::one_process_reports", "--ignored", "--quiet"])
                .env(PATH, &path)
                .stdout(std::process::Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    assert!(children.iter_mut().all(|child| child.wait().unwrap().success()));
    let store = Store::open(&path, clock()).unwrap();
    assert_eq!(reports::list(&store, &ReportFilter::default()).unwrap().len(), 50);
}
