//! Where a secret may be: what each file and each output is held against, with the exceptions that there are.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::scan::Scanner;
use super::world::{APP, BEARER, CONTROL, IM_KEY, Kept, MASTER, PATH, PIPED, TYPED};

/// Whether this file below the home is the place of this secret. Such a file must be 0600.
fn is_its_place(name: &str, secret: &str, kept: Kept, tokens: &BTreeSet<String>) -> bool {
    let of_sandbox = name.starts_with(".local/state/opush/sandbox.db");
    let sources: &[&str] = match secret {
        MASTER if of_sandbox => return true,
        IM_KEY if of_sandbox => return true,
        // A push with it as call_back_url, which the sandbox posts to.
        PATH if of_sandbox => return true,
        MASTER => &["work/master.secret", "work/broken.toml"],
        APP => &["work/app.secret"],
        IM_KEY => &["work/key.secret"],
        PATH => {
            &["work/path.secret", "work/callback.secret", "work/callback.toml", "work/receipt-ready.json"]
        }
        BEARER => &["work/bearer.secret"],
        CONTROL => &[".local/state/opush/sandbox.json"],
        PIPED | TYPED => return name.starts_with(".config/opush/secrets/"),
        // An auth token; its column is looked at by itself.
        token if tokens.contains(token) => {
            return of_sandbox || name.starts_with(".local/state/opush/state.db");
        }
        _ => &[],
    };
    let in_the_toml =
        kept == Kept::Plain && name == "work/opush.toml" && [MASTER, APP, IM_KEY].contains(&secret);
    in_the_toml || sources.contains(&name)
}

/// Every leak in the files below this folder, in words.
pub fn leaks_in_files(home: &Path, scanner: &Scanner, kept: Kept, tokens: &BTreeSet<String>) -> Vec<String> {
    let mut leaks = Vec::new();
    for entry in walkdir::WalkDir::new(home) {
        let entry = entry.unwrap();
        let name = entry.path().strip_prefix(home).unwrap().display().to_string();
        for leak in scanner.scan(name.as_bytes()) {
            leaks.push(format!("{leak:?} in the name {name}"));
        }
        if !entry.file_type().is_file() {
            continue;
        }
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        for leak in scanner.scan(&std::fs::read(entry.path()).unwrap()) {
            if !is_its_place(&name, &leak.secret, kept, tokens) {
                leaks.push(format!("{leak:?} in the file {name}"));
            } else if mode != 0o600 {
                leaks.push(format!("{leak:?} in the file {name}, which has mode {mode:o}"));
            }
        }
    }
    leaks
}

/// Every column of the state database in which a secret stands.
pub fn columns_with_secrets(state: &Path, scanner: &Scanner) -> BTreeSet<String> {
    let db = rusqlite::Connection::open(state).unwrap();
    let texts = |sql: &str| -> Vec<Vec<u8>> {
        let mut query = db.prepare(sql).unwrap();
        query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let words =
        |sql: &str| texts(sql).into_iter().map(|text| String::from_utf8(text).unwrap()).collect::<Vec<_>>();
    let mut found = BTreeSet::new();
    let tables =
        "SELECT CAST(name AS BLOB) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
    for table in words(tables) {
        for column in words(&format!("SELECT CAST(name AS BLOB) FROM pragma_table_info('{table}')")) {
            let sql = format!("SELECT CAST({column} AS BLOB) FROM {table} WHERE {column} IS NOT NULL");
            if texts(&sql).iter().any(|text| !scanner.scan(text).is_empty()) {
                found.insert(format!("{table}.{column}"));
            }
        }
    }
    found
}
