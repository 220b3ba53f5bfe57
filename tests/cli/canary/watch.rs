//! Runs commands in a home full of canaries, notes all they say, and looks for a secret in all of it at the end.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use super::super::processes::{ended, free_address, signal, until};
use super::places::{columns_with_secrets, leaks_in_files};
use super::scan::Scanner;
use super::world::{ALL, BEARER, CONTROL, Kept, PATH, PIPED, Server, World, arguments};

/// How loud a command is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For a person, with every variable set that makes a program say more.
    Verbose,
    Json,
}

pub struct Watch {
    pub world: World,
    kept: Kept,
    form: Form,
    printed: Vec<Printed>,
    /// What ended otherwise than it should.
    failures: Vec<String>,
    /// UserSigs that `im usersig` printed.
    user_sigs: Vec<String>,
    /// Set for every command that follows.
    pub variables: Vec<(String, String)>,
    poll: Option<(Arc<AtomicBool>, JoinHandle<BTreeSet<String>>)>,
}

struct Printed {
    line: String,
    code: i32,
    stdout: String,
    stderr: String,
}

impl Watch {
    pub fn new(kept: Kept, form: Form, server: Server) -> Watch {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let poll = std::thread::spawn(move || {
            let mut seen = BTreeSet::new();
            while !stopped.load(Ordering::Relaxed) {
                seen.extend(arguments());
                std::thread::sleep(Duration::from_millis(100));
            }
            seen
        });
        let world = World::new(kept, server);
        let (printed, failures, user_sigs, variables) = Default::default();
        Watch { world, kept, form, printed, failures, user_sigs, variables, poll: Some((stop, poll)) }
    }

    fn words(&self, line: &str, free: &str) -> Vec<String> {
        let given = line.split_once(" => ").map_or(line, |(line, _)| line);
        let given = given.split_once(" < ").map_or(given, |(line, _)| line);
        let given = given.replace("{reg}", &self.world.reg_id).replace("{free}", free);
        let given = given.replace("{everywhere}", &free.replace("127.0.0.1", "0.0.0.0"));
        let given = match given.contains("{message}") {
            true => given.replace("{message}", &self.message()),
            false => given,
        };
        // A space at the end is an empty word: what stands under the cursor at Tab.
        let empty = line.starts_with("__complete") && line.ends_with(' ');
        let words = given.split(' ').filter(|word| !word.is_empty()).map(str::to_owned);
        let form: &[&str] = match self.form {
            _ if line.starts_with("__complete") => &[],
            Form::Verbose => &["--verbose"],
            Form::Json => &["--json", "--verbose"],
        };
        words.chain(empty.then(String::new)).chain(form.iter().map(|word| word.to_string())).collect()
    }

    /// The id of a message that the phone p shows, if it can be asked.
    fn message(&self) -> String {
        let shown = self.world.home.run(&["sandbox", "phone", "show", "p", "--profile", "box", "--json"]);
        let shown: serde_json::Value = serde_json::from_str(&shown.stdout).unwrap_or_default();
        shown["notifications"][0]["message_id"].as_str().unwrap_or("nothing").to_owned()
    }

    fn command(&self, line: &str, free: &str) -> std::process::Command {
        let mut command = self.world.home.command(&self.words(line, free));
        if self.form == Form::Verbose {
            command.env("RUST_LOG", "trace").env("RUST_BACKTRACE", "full").env("RUST_LIB_BACKTRACE", "1");
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    fn stdin(line: &str) -> &'static str {
        let line = line.split_once(" => ").map_or(line, |(line, _)| line);
        match line.split_once(" < ").map(|(_, what)| what) {
            None => "",
            Some("piped") => PIPED,
            Some("path") => PATH,
            Some(other) => panic!("{other} is nothing for stdin"),
        }
    }

    /// Runs it to its end; gives the exit code.
    pub fn run(&mut self, line: &str) -> i32 {
        let mut command = self.command(line, "127.0.0.1:0");
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // One that does not read its stdin may be gone already.
        let _ = child.stdin.take().unwrap().write_all(Self::stdin(line).as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        self.note(line, output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
    }

    fn note(&mut self, line: &str, code: i32, mut stdout: String, mut stderr: String) -> i32 {
        let about_itself = ["__complete", "--help", "--version"].iter().any(|word| line.contains(word));
        let are_rows = line.starts_with("history export") && code == 0 && !line.contains("--out");
        if self.form == Form::Json && !about_itself && !are_rows {
            self.assert_contract(line, code, &stdout);
        }
        if line.starts_with("im usersig --user") && code == 0 {
            // The one result that is a secret; all else that it says is looked at.
            let sig = match self.form {
                Form::Json => serde_json::from_str::<serde_json::Value>(&stdout).unwrap()["user_sig"]
                    .as_str()
                    .unwrap()
                    .to_owned(),
                Form::Verbose => stdout.trim_end().to_owned(),
            };
            assert!(sig.len() > 100 && !sig.contains(char::is_whitespace), "the UserSig alone: {stdout}");
            stdout = stdout.replacen(&sig, "", 1);
            self.user_sigs.push(sig);
        }
        if line.starts_with("oppo token") && !line.contains("--help") && code == 0 {
            // It prints the one secret that it was asked for.
            let token = match self.form {
                Form::Json => serde_json::from_str::<serde_json::Value>(&stdout).unwrap()["auth_token"]
                    .as_str()
                    .unwrap()
                    .to_owned(),
                Form::Verbose => stdout.trim_end().to_owned(),
            };
            assert!(!token.contains(char::is_whitespace), "the token alone: {stdout}");
            stdout = stdout.replacen(&token, "", 1);
        }
        if line.starts_with("receipt listen --listen") && code == 0 {
            // Whoever serves the callback URL must be told it, once.
            let url = stderr.lines().find(|line| line.starts_with("Callback URL: ")).unwrap().to_owned();
            stderr = stderr.replacen(&url, "", 1);
        }
        self.printed.push(Printed { line: line.to_owned(), code, stdout, stderr });
        code
    }

    /// Something that was said elsewhere, at a terminal.
    pub fn add_output(&mut self, line: &str, seen: &str) {
        self.printed.push(Printed {
            line: line.to_owned(),
            code: 0,
            stdout: seen.to_owned(),
            stderr: String::new(),
        });
    }

    pub fn succeed(&mut self, command: &str, line: &str) {
        let whole = format!("{command} {line}");
        let code = self.run(&whole);
        let codes = line.split_once(" => ").map_or("0", |(_, codes)| codes);
        if !codes.split(' ').any(|wanted| wanted == code.to_string()) {
            self.failures.push(format!("not {codes}: {}", self.last()));
        }
    }

    pub fn fail(&mut self, command: &str, line: &str) {
        let code = self.run(&format!("{command} {line}"));
        if !(1..=9).contains(&code) {
            self.failures.push(format!("it should fail: {}", self.last()));
        }
    }

    /// Every command prints one object that fits its schema, with an `error` that is null at exit 0 and only there.
    fn assert_contract(&self, line: &str, code: i32, stdout: &str) {
        let value: serde_json::Value =
            serde_json::from_str(stdout).unwrap_or_else(|error| panic!("{line}: {error}: {stdout}"));
        super::super::schemas::assert_fits(&self.words(line, ""), &value);
        let error = value.get("error").unwrap_or_else(|| panic!("{line}: no error in {value}"));
        assert_eq!(code == 0, error.is_null(), "{line} ended with {code}: {value:#}");
    }

    /// All that was printed, with the command before each.
    pub fn said(&self) -> impl Iterator<Item = String> {
        self.printed.iter().map(|said| format!("{:?}\n{}\n{}", said.line, said.stdout, said.stderr))
    }

    pub fn last(&self) -> String {
        self.printed.last().map(Printed::whole).unwrap_or_default()
    }

    /// Starts it, asks it this and that once it answers, and stops it.
    pub fn serve(&mut self, command: &str, line: &str) {
        let line = format!("{command} {line}");
        let free = free_address();
        let running = self.start(&line, &free);
        until("it answers", || TcpStream::connect(&free).is_ok());
        let reg_id = &self.world.reg_id;
        let report = format!("{{\"user\":\"dora\",\"reg_id\":\"{reg_id}\"}}");
        let receipt = format!(
            "[{{\"messageId\":\"m1\",\"appId\":\"30001\",\"taskId\":\"m1\",\"registrationIds\":\"{reg_id}\",\"eventTime\":\"1700000000000\",\"param\":\"\",\"eventType\":\"push_arrive\"}}]"
        );
        let callback = "{\"CallbackCommand\":\"State.StateChange\",\"Info\":{\"Action\":\"Logout\",\"To_Account\":\"bob\",\"Reason\":\"Unregister\"}}";
        for (target, bearer, body) in [
            ("/report", BEARER, report.as_str()),
            ("/report", "wrong", &report),
            ("/report", BEARER, "{\"user\":\"dora\",\"reg_id\":\"x\"}"),
            (&format!("/receipts/{PATH}"), "", &receipt),
            (&format!("/receipts/{PATH}"), "", "[{}]"),
            (&format!("/receipts/{PATH}x"), "", &receipt),
            ("/?SdkAppid=1400000001&CallbackCommand=State.StateChange", "", callback),
            ("/_sandbox/v1/reset", CONTROL, "{}"),
            ("/_sandbox/v1/reset", "wrong", "{}"),
            ("/server/v1/auth", "", "app_key=demo-app-key&timestamp=1&sign=x"),
        ] {
            post(&free, target, bearer, body);
        }
        if self.stop(&line, running) != 0 {
            self.failures.push(format!("not 0: {}", self.last()));
        }
    }

    /// Starts it with its output in files.
    fn start(&self, line: &str, free: &str) -> (Child, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| Stdio::from(File::create(folder.path().join(name)).unwrap());
        let mut command = self.command(line, free);
        let mut child =
            command.stdin(Stdio::piped()).stdout(file("out")).stderr(file("err")).spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(Self::stdin(line).as_bytes());
        (child, folder)
    }

    fn stop(&mut self, line: &str, (mut child, folder): (Child, tempfile::TempDir)) -> i32 {
        signal(&child, "INT");
        let code = ended(&mut child).code().unwrap_or(-1);
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
        self.note(line, code, read("out"), read("err"))
    }

    /// Runs what `within` does while a follower prints the history.
    pub fn followed(&mut self, within: impl FnOnce(&mut Watch)) {
        let line = "history list --follow";
        let follower = self.start(line, "");
        let open = format!("/proc/{}/fd", follower.0.id());
        let of_state = |file: std::fs::DirEntry| {
            std::fs::read_link(file.path()).is_ok_and(|file| file.ends_with("state.db"))
        };
        until("it follows", || std::fs::read_dir(&open).is_ok_and(|files| files.flatten().any(of_state)));
        within(self);
        let code = self.stop(line, follower);
        assert_eq!(code, 0, "{}", self.last());
    }

    /// Nothing that was said holds a secret, nor does any file but its own place, nor the arguments of any process.
    #[track_caller]
    pub fn assert_no_leaks(mut self) {
        let leaks = self.leaks();
        assert!(
            self.failures.is_empty(),
            "{} ended otherwise\n{}",
            self.failures.len(),
            self.failures.join("\n\n")
        );
        assert!(leaks.is_empty(), "{} leaks\n{}", leaks.len(), leaks.join("\n\n"));
    }

    /// Every secret that is where it should not be, in words.
    pub fn leaks(&mut self) -> Vec<String> {
        let learned: BTreeSet<String> = self.world.learned().into_iter().collect();
        let secrets = ALL.into_iter().chain(learned.iter().chain(&self.user_sigs).map(String::as_str));
        let scanner = Scanner::new(secrets);
        let mut leaks = Vec::new();
        for said in &self.printed {
            let found =
                [&said.stdout, &said.stderr].into_iter().flat_map(|text| scanner.scan(text.as_bytes()));
            leaks.extend(found.map(|leak| format!("{leak:?} was said: {}", said.whole())));
        }
        let arguments = self.arguments();
        assert!(arguments.iter().any(|line| line.contains("sandbox run")), "arguments are seen at all");
        let held = arguments.iter().filter(|line| !scanner.scan(line.as_bytes()).is_empty());
        leaks.extend(held.map(|line| format!("in the arguments of a process: {line}")));
        let home = &self.world.home;
        leaks.extend(leaks_in_files(home.path(), &scanner, self.kept, &learned));
        let columns = columns_with_secrets(&home.state_home().join("state.db"), &scanner);
        let strange = columns.iter().filter(|column| *column != "auth_token.token");
        leaks.extend(strange.map(|column| format!("in a column of state.db: {column}")));
        leaks
    }

    /// Of every process that was seen while this one watched.
    fn arguments(&mut self) -> BTreeSet<String> {
        let mut arguments: BTreeSet<String> = self.world.arguments().into_iter().collect();
        if let Some((stop, poll)) = self.poll.take() {
            stop.store(true, Ordering::Relaxed);
            arguments.extend(poll.join().unwrap());
        }
        arguments.extend(super::world::arguments());
        arguments
    }
}

impl Printed {
    fn whole(&self) -> String {
        format!("$ opush {}\n{}\nstderr: {}\nexit code {}", self.line, self.stdout, self.stderr, self.code)
    }
}

fn post(address: &str, target: &str, bearer: &str, body: &str) {
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    let head = format!(
        "POST {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {bearer}\r\nContent-Length: {length}\r\n"
    );
    let _ = write!(stream, "{head}\r\n{body}");
    let _ = stream.read_to_end(&mut Vec::new());
}
