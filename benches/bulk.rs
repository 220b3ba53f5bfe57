//! A million token reports, held against the sqlite3 shell on the same data: raw figures, ratios. Fails when one is missed.
//! Run it with `benches/run`; it needs a quiet machine and the sqlite3 shell, so no test depends on it.
#![allow(clippy::disallowed_macros)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

const OPUSH: &str = env!("CARGO_BIN_EXE_opush");

/// What opush may take, as a multiple of the shell.
const LIMIT: f64 = 2.0;

/// Imports are repeated this often, queries this often; the median counts.
const IMPORTS: usize = 3;
const QUERIES: usize = 60;

fn main() -> ExitCode {
    let rows: u32 =
        std::env::var("OPUSH_BENCH_ROWS").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let home = folder.path();
    write_rows(home, rows);
    opush(home, &["token", "list"]);
    let state = home.join(".local/state/opush/state.db");
    let schema = schema(home, &state);

    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    for _ in 0..IMPORTS {
        remove(&state);
        ours.push(opush(home, &["token", "import", "tokens.csv"]));
        let base = home.join("base.db");
        remove(&base);
        sqlite(home, &base, &[&format!("PRAGMA journal_mode = WAL; {schema}")]);
        let arguments = ["PRAGMA synchronous = NORMAL", ".mode csv", ".import rows.csv token_report"];
        theirs.push(sqlite(home, &base, &arguments));
        let count = answer(home, &base, "SELECT count(*) FROM token_report");
        assert_eq!(count, answer(home, &state, "SELECT count(*) FROM token_report WHERE state = 'current'"));
        assert_eq!(count.parse(), Ok(rows));
    }
    let mut missed = compare(&format!("import of {rows} rows"), &mut ours, &mut theirs);

    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..=QUERIES {
        let user = user(rows / 2 + round as u32);
        let query = format!(
            "SELECT * FROM token_report WHERE profile = 'sandbox' AND user_id = '{user}' AND state = 'current' \
             ORDER BY profile, user_id, device, id DESC"
        );
        let (mine, other) =
            (opush(home, &["token", "list", "--user", &user]), sqlite(home, &state, &[&query]));
        // The first is not counted: it warms the caches.
        if round > 0 {
            ours.push(mine);
            theirs.push(other);
        }
    }
    missed |= compare(&format!("token list --user of {rows}"), &mut ours, &mut theirs);
    ExitCode::from(u8::from(missed))
}

/// Prints both figures and the ratio; whether it is missed.
fn compare(name: &str, ours: &mut [Duration], theirs: &mut [Duration]) -> bool {
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    let verdict = if ratio <= LIMIT { "ok" } else { "MISSED" };
    println!(
        "{name:<30} opush {:>10.2} ms  sqlite3 {:>10.2} ms  {ratio:>5.2}x  limit {LIMIT:.1}x  {verdict}",
        millis(ours),
        millis(theirs)
    );
    ratio > LIMIT
}

fn user(number: u32) -> String {
    format!("user{number:08}")
}

/// The file that opush imports, and the same rows as the shell needs them: one value for each column of the table.
fn write_rows(home: &Path, rows: u32) {
    let (mut tokens, mut whole) = (String::from("user,reg_id,certificate_id,brand\n"), String::new());
    // Tokens in no order, as in life; a small generator suffices.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for number in 0..rows {
        let (user, reg_id) = (user(number), format!("CN_{:016x}{:016x}", next(), next()));
        let _ = writeln!(tokens, "{user},{reg_id},1,oppo");
        let _ = writeln!(
            whole,
            "{},sandbox,sandbox,{user},default,1,{reg_id},oppo,current,1700000000000,1700000000000",
            number + 1
        );
    }
    for (name, text) in [("tokens.csv", tokens), ("rows.csv", whole)] {
        let mut file = std::fs::File::create(home.join(name)).expect("a file in the temporary folder");
        file.write_all(text.as_bytes()).expect("room on the disk");
    }
}

/// The table with all its indexes, as opush makes it. The shell can't import NULL, so the two columns that are NULL for
/// every current report, and the rules about them, are left out: that makes the shell a little faster, never slower.
fn schema(home: &Path, state: &Path) -> String {
    let found = answer(
        home,
        state,
        "SELECT sql || ';' FROM sqlite_master WHERE tbl_name = 'token_report' AND sql <> ''",
    );
    let table = found.replacen("ended_at         BIGINT,", "", 1).replacen("ended_reason     TEXT,", "", 1);
    let from = table.find("CHECK ((state = 'current') = (ended_at").expect("the rules of the table");
    let to = from + table[from..].find(");").expect("the end of the table");
    let head = table[..from].trim_end().trim_end_matches(',');
    let schema = format!("{head}\n{}", &table[to..]);
    assert!(!schema.contains("ended") && schema.matches("INDEX").count() == 4, "{schema}");
    schema
}

fn remove(database: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let mut name = database.as_os_str().to_owned();
        name.push(ending);
        let _ = std::fs::remove_file(name);
    }
}

fn opush(home: &Path, args: &[&str]) -> Duration {
    let mut command = Command::new(OPUSH);
    command.args(args).env_clear().env("HOME", home).env("OPUSH_PROFILE", "sandbox");
    time(command, home)
}

fn sqlite(home: &Path, database: &Path, args: &[&str]) -> Duration {
    let mut command = Command::new("sqlite3");
    command.arg(database).args(args);
    time(command, home)
}

fn time(mut command: Command, home: &Path) -> Duration {
    command.current_dir(home).stdin(Stdio::null()).stdout(Stdio::null());
    let start = Instant::now();
    let status = command.status().expect("the command starts; sqlite3 is Debian's package of that name");
    let took = start.elapsed();
    assert!(status.success(), "{command:?} failed");
    took
}

fn answer(home: &Path, database: &Path, query: &str) -> String {
    let mut command = Command::new("sqlite3");
    let output = command.arg(database).arg(query).current_dir(home).output().expect("sqlite3 starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8").trim_end().to_owned()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
