//! What a support person asks about one user, on a state of 1,000 and on one of 1,000,000 reports and 5,000,000 deliveries:
//! raw figures, ratios. Fails when one is missed. Run it with `benches/run`; it needs a quiet machine and 6 GB of disk.
#![allow(clippy::disallowed_macros)]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

const OPUSH: &str = env!("CARGO_BIN_EXE_opush");

/// What the large state may take, as a multiple of the small one.
const LIMIT: f64 = 2.0;

/// Each command is run this often on each state; the median counts.
const ROUNDS: usize = 40;

/// The user asked about, who has one report and five deliveries in both states.
const USER: &str = "user00000100";

/// What is asked. A command that this opush does not have is left out, and said to be.
const COMMANDS: &[&[&str]] = &[
    &["history", "list", "--user", USER, "--limit", "20"],
    &[
        "history",
        "list",
        "--user",
        USER,
        "--status",
        "accepted",
        "--certificate",
        "7005",
        "--since",
        "36500d",
    ],
    &["diagnose", "--user", USER],
    &["diagnose", "--reg-id", "CN_00000000000000000000000000000064"],
    // Nobody has it, so everybody who ever had it is looked for.
    &["diagnose", "--reg-id", "CN_ffffffffffffffffffffffffffffffff"],
    &["diagnose", "--message-id", "30001-1-1-000000000000000000000064"],
];

/// The MasterSecret can't be got and nobody listens at the endpoint: no network is measured, nor the pauses between tries.
const CONFIGURATION: &str = r#"
[profile.demo]
region = "cn"
endpoint = "http://127.0.0.1:9"
package = "com.example.demo"
[[profile.demo.certificate]]
id = 7005
app_id = "30001"
app_key = "demo-app-key"
master_secret = { env = "OPUSH_BENCH_NO_SECRET" }
channel_id = "tuikit"
"#;

fn main() -> ExitCode {
    let reports: i64 =
        std::env::var("OPUSH_BENCH_ROWS").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let small = State::of(1_000, 1_000, 200);
    let large = State::of(reports, reports * 5, reports);
    let mut missed = false;
    for args in COMMANDS {
        if !small.knows(args[0]) {
            println!("{:<44} left out: this opush has no command {}", args.join(" "), args[0]);
            continue;
        }
        let (mut few, mut many) = (Vec::new(), Vec::new());
        for round in 0..=ROUNDS {
            let (one, other) = (small.time(args), large.time(args));
            // The first is not counted: it warms the caches.
            if round > 0 {
                few.push(one);
                many.push(other);
            }
        }
        missed |= compare(&args.join(" "), &mut few, &mut many);
    }
    ExitCode::from(u8::from(missed))
}

/// Prints both figures and the ratio; whether it is missed.
fn compare(name: &str, few: &mut [Duration], many: &mut [Duration]) -> bool {
    let (few, many) = (median(few), median(many));
    let ratio = many.as_secs_f64() / few.as_secs_f64();
    let verdict = if ratio < LIMIT { "ok" } else { "MISSED" };
    println!(
        "{name:<44} small {:>8.2} ms  large {:>8.2} ms  {ratio:>5.2}x  limit {LIMIT:.1}x  {verdict}",
        millis(few),
        millis(many)
    );
    ratio >= LIMIT
}

/// A home with a state database of so many rows.
struct State {
    home: tempfile::TempDir,
}

impl State {
    fn of(reports: i64, deliveries: i64, users: i64) -> State {
        let home = tempfile::tempdir().expect("a temporary folder");
        let state = State { home };
        let mut file = std::fs::File::create(state.home.path().join("opush.toml")).expect("a file in it");
        std::io::Write::write_all(&mut file, CONFIGURATION.as_bytes()).expect("room on the disk");
        // Makes the database with the schema of this opush.
        state.time(&["history", "list"]);
        let start = Instant::now();
        fill(&state.database(), reports, deliveries, users);
        println!(
            "{reports} reports and {deliveries} deliveries made in {:.1} s",
            start.elapsed().as_secs_f64()
        );
        // What was asked about is there.
        let output = state.command(COMMANDS[0]).output().expect("the command starts");
        let text = String::from_utf8_lossy(&output.stdout);
        assert_eq!(text.lines().count(), 6, "a header and five deliveries: {text}");
        state
    }

    fn database(&self) -> PathBuf {
        self.home.path().join(".local/state/opush/state.db")
    }

    fn command(&self, args: &[&str]) -> Command {
        let home: &Path = self.home.path();
        let mut command = Command::new(OPUSH);
        command.args(args).current_dir(home).env_clear().env("HOME", home).stdin(Stdio::null());
        command
    }

    fn knows(&self, command: &str) -> bool {
        let mut help = self.command(&[command, "--help"]);
        help.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("the command starts").success()
    }

    fn time(&self, args: &[&str]) -> Duration {
        let mut command = self.command(args);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let start = Instant::now();
        let status = command.status().expect("the command starts");
        let took = start.elapsed();
        // A diagnosis that could not tell ends with 8; without a network it can't.
        assert!(matches!(status.code(), Some(0 | 8)), "{command:?} failed: {status}");
        took
    }
}

/// Writes the rows by one statement each, without the indexes, which are made anew over the whole.
fn fill(path: &Path, reports: i64, deliveries: i64, users: i64) {
    let database = Connection::open(path).expect("the state database");
    // Nothing is at stake: the file is thrown away.
    let fast = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;";
    database.execute_batch(fast).expect("pragmas that exist");
    let indexes: Vec<(String, String)> = {
        let sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> ''
                   AND tbl_name IN ('delivery', 'token_report')";
        let mut statement = database.prepare(sql).expect("a query");
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
        rows.map(|row| row.expect("a name and its text")).collect()
    };
    indexes.iter().for_each(|(name, _)| {
        database.execute(&format!("DROP INDEX {name}"), []).expect("an index of ours");
    });
    let until = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)";
    let sql = format!(
        "{until} INSERT INTO token_report (profile, region, user_id, device, certificate_id, reg_id, brand, state,
                                           reported_at, last_reported_at)
         SELECT 'demo', 'cn', printf('user%08d', i), 'default', 7005, printf('CN_%032x', i), 'oppo', 'current',
                1700000000000 + i, 1700000000000 + i FROM n"
    );
    database.execute(&sql, [reports]).expect("room on the disk");
    // One in fifty is refused; the rest are what most rows are: accepted, under the one certificate.
    let sql = format!(
        "{until} INSERT INTO delivery (begun_at, due_at, process, profile, region, certificate_id, app_id, user_id, device,
             target_kind, target, app_message_id, decision, request, status, message_id, code, answer, tries,
             completed_at, elapsed_ms)
         SELECT 1700000000000 + i, 1700000030000 + i, '', 'demo', 'cn', 7005, '30001', printf('user%08d', i % ?2),
                'default', 'reg_id', printf('CN_%032x', i % ?2), printf('opush-%026d', i), 'push',
                'POST /server/v1/message/notification/unicast', iif(i % 50 = 7, 'refused', 'accepted'),
                iif(i % 50 = 7, NULL, printf('30001-1-1-%024x', i)), iif(i % 50 = 7, 67, NULL), '{{\"code\":0}}', 1,
                1700000000200 + i, 200 FROM n"
    );
    database.execute(&sql, params![deliveries, users]).expect("room on the disk");
    for (name, sql) in &indexes {
        database.execute(sql, []).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let mode = database.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0));
    assert_eq!(mode.as_deref(), Ok("wal"));
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
