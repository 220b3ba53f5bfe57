//! A home of its own for each test, the binary run in it with a cleared environment, and its output.
#![allow(dead_code)]

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::processes::{default_signals, ready_file};

/// The binary under test.
pub const OPUSH: &str = env!("CARGO_BIN_EXE_opush");

/// A fresh machine: an empty home, an empty working directory, no variables but those a test sets.
pub struct Home {
    folder: tempfile::TempDir,
    variables: Vec<(String, String)>,
}

impl Home {
    pub fn new() -> Self {
        default_signals();
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("work")).unwrap();
        Home { folder, variables: Vec::new() }
    }

    /// A home whose working directory holds this `opush.toml`.
    pub fn with_config(toml: &str) -> Self {
        let home = Home::new();
        home.write("opush.toml", toml);
        home
    }

    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.variables.push((name.into(), value.into()));
    }

    pub fn variables(&self) -> impl Iterator<Item = (&str, &str)> {
        self.variables.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The working directory of the commands.
    pub fn work(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    /// A home with a stranger's `opush.toml`: found, and not trusted.
    pub fn with_untrusted(toml: &str) -> Self {
        let home = Home::new();
        home.write_untrusted("opush.toml", toml);
        home
    }

    /// A file in the working directory.
    pub fn file(&self, name: &str) -> PathBuf {
        self.work().join(name)
    }

    /// Writes a file in the working directory; a configuration is trusted as it is, as by `config trust`.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let text = text.as_ref();
        self.write_untrusted(name, text);
        if name == "opush.toml" {
            let digest: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
            let line = format!("whole {digest} {}\n", self.file(name).canonicalize().unwrap().display());
            std::fs::create_dir_all(self.config_home()).unwrap();
            std::fs::File::create(self.config_home().join("trusted"))
                .unwrap()
                .write_all(line.as_bytes())
                .unwrap();
        }
    }

    pub fn write_untrusted(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.file(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::File::create(path).unwrap().write_all(text.as_ref()).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.file(name)).unwrap()
    }

    pub fn config_home(&self) -> PathBuf {
        self.path().join(".config/opush")
    }

    pub fn state_home(&self) -> PathBuf {
        self.path().join(".local/state/opush")
    }

    /// The command, ready to run with these arguments.
    pub fn command(&self, args: &[impl AsRef<OsStr>]) -> Command {
        let mut command = Command::new(OPUSH);
        command.args(args).current_dir(self.work()).env_clear().env("HOME", self.path());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, "")
    }

    /// Runs with these variables set for the one command.
    pub fn run_with_variables(&self, args: &[&str], variables: &[(String, String)]) -> Ran {
        let mut command = self.command(args);
        command.envs(variables.iter().map(|(name, value)| (name, value)));
        self.finish(command, args, b"")
    }

    /// Runs with this on stdin.
    pub fn run_with(&self, args: &[&str], stdin: &str) -> Ran {
        self.run_in(args, stdin.as_bytes(), std::iter::empty::<(&str, &str)>())
    }

    /// Runs with these bytes on stdin and these variables beside the home's own.
    pub fn run_in<N: AsRef<OsStr>, V: AsRef<OsStr>>(
        &self,
        args: &[impl AsRef<OsStr>],
        stdin: &[u8],
        variables: impl IntoIterator<Item = (N, V)>,
    ) -> Ran {
        let mut command = self.command(args);
        command.envs(variables);
        self.finish(command, args, stdin)
    }

    fn finish(&self, mut command: Command, args: &[impl AsRef<OsStr>], stdin: &[u8]) -> Ran {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut pipe = child.stdin.take().unwrap();
        // A command that does not read its stdin may be gone already.
        let _ = pipe.write_all(stdin);
        drop(pipe);
        Ran::from(child.wait_with_output().unwrap(), args)
    }

    /// Runs with `--json` and gives the object, which must fit the command's documented schema.
    pub fn json(&self, args: &[&str]) -> (i32, Value) {
        let all: Vec<&str> = args.iter().copied().chain(["--json"]).collect();
        let ran = self.run(&all);
        (ran.code, ran.json())
    }

    /// A sandbox running as a process of its own until dropped.
    pub fn sandbox(&self, args: &[&str]) -> Sandbox {
        let ready = self.path().join(format!("ready-{}.json", rand_suffix()));
        let mut all = vec!["sandbox", "run", "--listen", "127.0.0.1:0", "--ready-file"];
        let ready_text = ready.to_str().unwrap().to_owned();
        all.push(&ready_text);
        all.extend(args);
        let child = self
            .command(&all)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut sandbox = Sandbox { child, url: String::new() };
        sandbox.url = ready_file(&mut sandbox.child, &ready)["url"].as_str().unwrap().to_owned();
        sandbox
    }
}

fn rand_suffix() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// A running `opush sandbox run`; killed when dropped.
pub struct Sandbox {
    pub child: Child,
    pub url: String,
}

impl Sandbox {
    /// The body of a GET, by a request of our own making.
    pub fn get(&self, path: &str) -> String {
        use std::io::Read;
        let address = self.url.trim_start_matches("http://");
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What came of a run.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
    args: Vec<String>,
}

impl Ran {
    fn from(output: Output, args: &[impl AsRef<OsStr>]) -> Self {
        Ran {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            args: args.iter().map(|arg| arg.as_ref().to_string_lossy().into_owned()).collect(),
        }
    }

    /// Fails the test, with everything that was printed, unless the exit code is this one.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self}");
        self
    }

    /// stdout as the one JSON object it must be, held against the command's schema.
    #[track_caller]
    pub fn json(&self) -> Value {
        let value: Value =
            serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{self}"));
        super::schemas::assert_fits(&self.args, &value);
        // The contract of every command.
        assert!(value.is_object(), "one object: {self}");
        assert!(value.get("error").is_some(), "error is in every object: {self}");
        assert_eq!(
            self.code == 0,
            value["error"].is_null(),
            "error is null at exit 0 and only there: {self}"
        );
        value
    }

    /// One text, as a person sees it in a terminal session.
    pub fn transcript(&self) -> String {
        self.to_string()
    }
}

impl std::fmt::Display for Ran {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "$ opush {}", self.args.join(" "))?;
        f.write_str(&self.stdout)?;
        for line in self.stderr.lines() {
            writeln!(f, "stderr: {line}")?;
        }
        write!(f, "exit code {}", self.code)
    }
}
