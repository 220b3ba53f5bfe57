//! Tests of opening a database: locks, permissions, migrations.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use super::*;

fn schema<'a>(migrations: &'a [&'a str]) -> Schema<'a> {
    Schema { application_id: 7, migrations }
}

const FIRST: Schema<'_> = Schema { application_id: 7, migrations: &["CREATE TABLE t (a TEXT)"] };

/// The POSIX locks that this process holds on the file, as the system tells.
fn locks_held(path: &Path) -> usize {
    let file = format!(":{} ", std::fs::metadata(path).unwrap().ino());
    let process = format!(" {} ", std::process::id());
    let locks = std::fs::read_to_string("/proc/locks").unwrap();
    locks
        .lines()
        .filter(|line| line.contains("POSIX") && line.contains(&file) && line.contains(&process))
        .count()
}

#[test]
fn opening_the_file_again_keeps_the_locks_of_a_connection_that_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("any.db");
    let connection = open(&path, FIRST).unwrap();
    connection.query_row("SELECT count(*) FROM t", [], |_| Ok(())).unwrap();
    let held = locks_held(&path);
    assert!(held > 0, "a connection in WAL mode holds a lock for as long as it is open");
    drop(open(&path, FIRST).unwrap());
    assert_eq!(locks_held(&path), held);
    is_writable(&path).unwrap();
    assert_eq!(locks_held(&path), held);
    drop(look(&path, FIRST).unwrap());
    assert_eq!(locks_held(&path), held);
}

#[test]
fn a_file_that_others_could_read_is_made_private_as_is_its_folder() {
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/any.db");
    drop(open(&path, FIRST).unwrap());
    assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    drop(open(&path, FIRST).unwrap());
    assert_eq!(mode(&path), 0o600);
}

#[test]
fn an_older_file_is_lifted_step_by_step_and_keeps_its_rows() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("any.db");
    let first = ["CREATE TABLE t (a TEXT)"];
    let later = [first[0], "ALTER TABLE t ADD COLUMN b TEXT", "UPDATE t SET b = a || '!'"];
    let connection = open(&path, schema(&first)).unwrap();
    connection.execute("INSERT INTO t (a) VALUES ('kept')", []).unwrap();
    drop(connection);
    for _ in 0..2 {
        let connection = open(&path, schema(&later)).unwrap();
        let b: String = connection.query_row("SELECT b FROM t", [], |row| row.get(0)).unwrap();
        assert_eq!(b, "kept!");
    }
}

#[test]
fn a_migration_that_fails_leaves_the_old_version() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("any.db");
    let first = ["CREATE TABLE t (a TEXT)"];
    drop(open(&path, schema(&first)).unwrap());
    let broken = [first[0], "CREATE TABLE u (a TEXT); no such statement"];
    assert!(matches!(open(&path, schema(&broken)), Err(OpenError::Sql(_))));
    let connection = open(&path, schema(&first)).unwrap();
    assert!(connection.query_row("SELECT a FROM u", [], |_| Ok(())).is_err());
}
