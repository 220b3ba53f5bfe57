//! The sound world that each fault breaks: a sandbox that knows the truth, and a home whose configuration should agree with it.
//! What is broken, and what a diagnosis must then say, stands in `faults.toml`.

use serde_json::Value;

use crate::device::phone;
use crate::harness::{Home, Ran, Sandbox};

const CONFIG: &str = r#"
default_profile = "chat"

[profile.chat]
region = "sandbox"
package = "com.example.chat"
ENDPOINT

[[profile.chat.certificate]]
id = 7005
name = "chat-oppo"
app_id = "30123456"
app_key = "8c1d4e5f6a7b8c9d0e1f2a3b4c5d6e7f"
app_secret = { file = "app-secret" }
master_secret = { file = "master-secret" }
channel_id = "tuikit"
click = { action = "activity", activity = "com.example.chat.SplashActivity" }
saved_at = 2026-01-01T00:00:00Z

[profile.chat.im]
sdk_app_id = 1400000005
admin = "administrator"
secret_key = { file = "im-key" }
"#;

pub const SECRETS: [(&str, &str); 3] = [
    ("master-secret", "3b6f9a2c5d8e1f4a7b0c3d6e9f2a5b8c"),
    ("app-secret", "5d8e1f4a7b0c3d6e9f2a5b8c3b6f9a2c"),
    ("im-key", "9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0"),
];

/// Alice's app was killed, she did not log out, and a push reached her phone.
pub struct World {
    pub home: Home,
    /// Held, so that it runs.
    sandbox: Sandbox,
    _truth: Option<Home>,
    pub reg_id: String,
}

impl World {
    pub fn sound() -> World {
        let truth = home("");
        let sandbox = truth.sandbox(&["--ephemeral"]);
        let home = home(&format!("endpoint = \"{}\"", sandbox.url));
        World { home, sandbox, _truth: Some(truth), reg_id: String::new() }.arranged()
    }

    /// The same, where the sandbox is found because it runs in that home, not by an endpoint.
    pub fn of_its_own() -> World {
        let home = home("");
        let sandbox = home.sandbox(&[]);
        World { home, sandbox, _truth: None, reg_id: String::new() }.arranged()
    }

    fn arranged(self) -> World {
        let mut world = self;
        phone::connect(&mut world.home, 14);
        world.must("sandbox phone add --name find-x --brand oppo");
        let (_, phone) = world.home.json(&["sandbox", "phone", "show", "find-x"]);
        world.reg_id = phone["reg_id"].as_str().expect("a phone has a regId").to_owned();
        world.must("sandbox phone login find-x --user alice --certificate 7005");
        world.must("sandbox phone kill find-x");
        world.must("token report --user alice --certificate 7005 --reg-id {reg} --brand oppo");
        world.must("send --reg-id {reg} --title Alice --content 'see you at eight' --ext k=v --wait 20s");
        world
    }

    pub fn url(&self) -> &str {
        &self.sandbox.url
    }

    /// What the sandbox knows, in its own words.
    pub fn truth(&self) -> Vec<String> {
        ["phones", "apps", "im/apps", "im/certificates", "messages", "pushes", "faults"]
            .map(|what| self.sandbox.get(&format!("/_sandbox/v1/{what}")))
            .to_vec()
    }

    /// A command line with `{reg}` and `{url}` filled in; single quotes hold words together.
    pub fn run(&self, line: &str) -> Ran {
        let args = words(&self.filled(line));
        self.home.run(&args.iter().map(String::as_str).collect::<Vec<_>>())
    }

    #[track_caller]
    pub fn must(&self, line: &str) {
        let ran = self.run(line);
        assert_eq!(ran.code, 0, "{ran}");
    }

    pub fn diagnose(&self, line: &str) -> (i32, Value) {
        let ran = self.run(&format!("{line} --json"));
        (ran.code, ran.json())
    }

    /// Edits the configuration as a person would, in the text.
    #[track_caller]
    pub fn edit(&self, from: &str, to: &str) {
        if let Err(why) = self.try_edit(from, to) {
            panic!("{why}");
        }
    }

    pub fn try_edit(&self, from: &str, to: &str) -> Result<(), String> {
        let text = self.home.read("opush.toml");
        if !text.contains(from) {
            return Err(format!("the configuration lacks {from:?}:\n{text}"));
        }
        self.home.write("opush.toml", text.replacen(from, to, 1));
        Ok(())
    }

    /// Changes what the phone on the cable answers; an empty text stands for all of it.
    pub fn edit_phone(&self, file: &str, from: &str, to: &str) -> Result<(), String> {
        phone::edit(&self.home, file, from, to)
    }

    /// Changes what is kept, for what only time or somebody else could have done.
    pub fn sql(&self, statement: &str) {
        let path = self.home.state_home().join("state.db");
        let statement = statement.replace("{reg}", &self.reg_id);
        rusqlite::Connection::open(path).unwrap().execute_batch(&statement).unwrap();
    }

    /// `{reg}`, `{url}`, and `{push}` for the PushID of the IM server's last push, filled in.
    pub fn filled(&self, text: &str) -> String {
        let text = text.replace("{reg}", &self.reg_id).replace("{url}", &self.sandbox.url);
        if text.contains("{push}") { text.replace("{push}", &self.last_push_id()) } else { text }
    }

    fn last_push_id(&self) -> String {
        let pushes: Value = serde_json::from_str(&self.sandbox.get("/_sandbox/v1/pushes")).unwrap();
        let last = pushes["items"].as_array().and_then(|items| items.last()).expect("a push was made");
        last["push_id"].as_str().expect("a push has an id").to_owned()
    }

    /// A file of the working directory, readable to its owner alone.
    pub fn write(&self, name: &str, content: &str) {
        write_private(&self.home, name, content);
    }
}

pub fn write_private(home: &Home, name: &str, content: &str) {
    home.write(name, content);
    private(&home.file(name));
}

fn home(endpoint: &str) -> Home {
    let home = Home::with_config(&CONFIG.replace("ENDPOINT", endpoint));
    for (name, secret) in SECRETS {
        write_private(&home, name, &format!("{secret}\n"));
    }
    home
}

fn private(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

/// Splits at spaces outside single quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().expect("there is always a word").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}
