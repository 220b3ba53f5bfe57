//! A sandbox with TLS in a network of its own that has nothing but loopback, and programs of other languages beside it:
//! what reaches the sandbox can have come no other way, and nothing else can be reached.

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use crate::harness::{Home, OPUSH};
use crate::processes::ready_file;

/// Killed when dropped.
pub struct AloneSandbox {
    child: Child,
    told: Value,
    pub home: Home,
    isolated: bool,
}

impl AloneSandbox {
    pub fn start() -> AloneSandbox {
        let home = Home::new();
        let isolated = can_be_alone();
        let words = [OPUSH, "sandbox", "run", "--tls", "--ready-file", "ready.json"];
        let mut command = match isolated {
            true => {
                let mut command = Command::new("unshare");
                command.args(["-rn", "sh", "-c", "ip link set lo up && exec \"$@\"", "sh"]).args(words);
                command
            }
            false => {
                let mut command = Command::new(OPUSH);
                command.args(&words[1..]);
                command
            }
        };
        command.current_dir(home.work()).env_clear().env("HOME", home.path());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command.stderr(std::fs::File::create(home.file("stderr")).unwrap());
        let mut child = command.spawn().unwrap();
        let told = ready_file(&mut child, &home.file("ready.json"));
        AloneSandbox { child, told, home, isolated }
    }

    /// Runs a program in the same network, with the environment that the sandbox gives for its language.
    pub fn run(&self, language: &str, words: &[&str]) -> Output {
        let mut command = self.inside(words[0]);
        command.args(&words[1..]).current_dir(self.home.work());
        command.env_clear().env("HOME", self.home.path());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        let programs = self.told["tls"]["programs"].as_array().unwrap();
        let found = programs.iter().find(|one| one["program"] == language).unwrap();
        for (name, value) in found["variables"].as_object().unwrap() {
            command.env(name, value.as_str().unwrap());
        }
        command.output().unwrap()
    }

    /// Its stdout, where it succeeds.
    #[track_caller]
    pub fn succeed(&self, language: &str, words: &[&str]) -> String {
        let output = self.run(language, words);
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{words:?}\n{out}\n{err}\n{}", self.home.read("stderr"));
        out.into_owned()
    }

    /// Writes a source file with this app's credentials and phone in it.
    pub fn source(&self, name: &str, text: &str) {
        self.home.write(name, text.replace("REG_ID", self.phone()["reg_id"].as_str().unwrap()));
    }

    fn phone(&self) -> Value {
        let phone = self.succeed("opush", &[OPUSH, "sandbox", "phone", "show", "demo", "--json"]);
        serde_json::from_str(&phone).unwrap()
    }

    /// The push of a program has reached the phone, under the name of the real host, and the IM server was asked too.
    #[track_caller]
    pub fn has_received(&self, title: &str) {
        assert_eq!(self.phone()["notifications"][0]["title"], title);
        let calls = self.succeed("opush", &[OPUSH, "sandbox", "calls", "--json"]).to_lowercase();
        for host in ["api.push.oppomobile.com", "console.tim.qq.com"] {
            assert!(calls.contains(&format!("host: {host}")), "{host}: {calls}");
        }
    }

    fn inside(&self, program: &str) -> Command {
        if !self.isolated {
            return Command::new(program);
        }
        let mut command = Command::new("nsenter");
        command.args(["-t", &self.child.id().to_string(), "-U", "-n", "--preserve-credentials"]);
        command.arg(program);
        command
    }
}

impl Drop for AloneSandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether this user may make a network of its own here. Where not, the log of calls is the proof.
fn can_be_alone() -> bool {
    let there = |program: &str| {
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())
            .any(|folder| Path::new(&folder).join(program).exists())
    };
    let tried = Command::new("unshare").args(["-rn", "ip", "link", "set", "lo", "up"]).output();
    there("nsenter") && tried.is_ok_and(|output| output.status.success())
}
