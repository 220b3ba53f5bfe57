//! The questions of `opush cert`, asked of a person at a pseudo-terminal: answers, refusals, Ctrl-C, a narrow window.

use std::process::Command;

use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;
use expectrl::{Eof, Expect, Session};

use super::harness::{Home, OPUSH};
use super::processes::HANG;

const SECRET: &str = "hunter2-master-secret";
const DOWN: &str = "\u{1b}[B";
const CTRL_C: &str = "\u{3}";

/// A person's terminal with the command running in it.
pub struct Prompted {
    session: OsSession,
    seen: String,
}

impl Prompted {
    pub fn start(home: &Home, columns: usize, args: &[&str]) -> Prompted {
        Prompted::in_shell(home, columns, "exec \"$0\" \"$@\"", args)
    }

    fn in_shell(home: &Home, columns: usize, run: &str, args: &[&str]) -> Prompted {
        let mut command = Command::new("sh");
        // Echo is on, as in a person's shell; the size is set before the command looks at it.
        command.args(["-c", &format!("stty echo cols {columns} rows 40 && {run}"), OPUSH]).args(args);
        command.current_dir(home.work()).env_clear().env("HOME", home.path()).env("TERM", "xterm");
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).envs(home.variables());
        let mut session = Session::spawn(command).unwrap();
        // Spawning sets a size of its own, perhaps after the shell has set this one.
        let size = (u16::try_from(columns).unwrap(), 40);
        session.get_process_mut().set_window_size(size.0, size.1).unwrap();
        session.set_expect_timeout(Some(HANG));
        Prompted { session, seen: String::new() }
    }

    /// Waits until this is on the screen.
    #[track_caller]
    pub fn see(&mut self, text: &str) -> &mut Self {
        let found = self.session.expect(text);
        let found =
            found.unwrap_or_else(|error| panic!("waiting for {text:?}: {error}\nafter {}", self.seen));
        self.seen.push_str(&String::from_utf8_lossy(found.before()));
        self.seen.push_str(text);
        self
    }

    /// Waits until this is on the screen; how many lines below the last that was waited for.
    #[track_caller]
    pub fn lines_to(&mut self, text: &str) -> usize {
        let before = self.seen.len();
        self.see(text);
        self.seen[before..].matches('\n').count()
    }

    pub fn press(&mut self, keys: &str) -> &mut Self {
        self.session.send(keys).unwrap();
        self
    }

    /// Waits for the question, then answers it.
    #[track_caller]
    pub fn answer(&mut self, question: &str, answer: &str) -> &mut Self {
        self.see(question).press(&format!("{answer}\r"))
    }

    /// Waits for the end; gives the exit code and all that was on the screen.
    #[track_caller]
    pub fn leave(mut self) -> (i32, String) {
        let rest = self.session.expect(Eof).unwrap();
        self.seen.push_str(&String::from_utf8_lossy(rest.as_bytes()));
        match self.session.get_process().wait().unwrap() {
            WaitStatus::Exited(_, code) => (code, self.seen),
            other => panic!("{other:?} after {}", self.seen),
        }
    }

    /// Sends the command in the terminal a signal.
    fn signal(&mut self, name: &str) {
        let shell = self.session.get_process().pid().as_raw();
        let children = std::fs::read_to_string(format!("/proc/{shell}/task/{shell}/children")).unwrap();
        let child = children.split_whitespace().next().expect("it runs");
        assert!(Command::new("kill").args(["-s", name, child]).status().unwrap().success());
    }

    /// All questions but the last on a fresh machine, answered well.
    #[track_caller]
    fn answer_all(&mut self) -> &mut Self {
        self.answer("Profile name", "").answer("Region", "").answer("App package", "com.example.chat");
        self.answer("AppId", "30123456").answer("AppKey", "chat-app-key").answer("MasterSecret", SECRET);
        self.answer("ChannelID", "chat");
        self.answer("Click event", &DOWN.repeat(2)).answer("Activity", ".SplashActivity");
        self.answer("Certificate ID", "").see("Save it?")
    }
}

fn nothing_is_written(home: &Home) {
    let left: Vec<_> = std::fs::read_dir(home.config_home()).into_iter().flatten().collect();
    assert!(left.is_empty(), "{left:?}");
}

fn file(home: &Home) -> String {
    std::fs::read_to_string(home.config_home().join("config.toml")).unwrap()
}

#[test]
fn the_prompts_ask_for_each_value() {
    let home = Home::new();
    let mut terminal = Prompted::start(&home, 100, &["cert", "add"]);
    terminal.see("No configuration yet. It will be written to ~/.config/opush/config.toml.");
    terminal.answer_all().see("(Y/n)").press("y");
    terminal
        .see("Saved certificate 1 of profile demo (not known to the IM server yet) in")
        .see("~/.config/opush/config.toml.");
    terminal
        .see("In the IM console")
        .see("in ~/.config/opush/secrets/demo-1")
        .see("opush cert edit 1 --id ID");
    let (code, seen) = terminal.leave();
    assert_eq!(code, 0, "{seen}");
    assert!(!seen.contains("hunter"), "a secret is never echoed: {seen}");
    insta::assert_snapshot!("guided_file", file(&home));
    let secret = std::fs::read_to_string(home.config_home().join("secrets/demo-1")).unwrap();
    assert_eq!(secret, SECRET);
}

#[test]
fn only_what_flags_did_not_give_is_asked_for() {
    let home = Home::new();
    let args = [
        "cert",
        "add",
        "--profile",
        "chat",
        "--region",
        "intl",
        "--package",
        "a.b",
        "--app-id",
        "1",
        "--app-key",
    ];
    let args =
        [&args[..], &["k", "--click", "open-app", "--id", "7005", "--master-secret-env", "X"]].concat();
    let mut terminal = Prompted::start(&home, 100, &args);
    terminal
        .answer("ChannelID", "chat")
        .see("Profile chat (new)")
        .see("intl")
        .see("a.b")
        .see("7005")
        .answer("Save it?", "");
    let (code, seen) = terminal.leave();
    assert_eq!(code, 0, "{seen}");
    assert!(!seen.contains("Region (") && !seen.contains("AppKey  ›"), "{seen}");
    // A bad flag is told before anything is asked.
    let terminal = Prompted::start(&home, 100, &["cert", "add", "--profile", "x", "--region", "mars"]);
    let (code, seen) = terminal.leave();
    assert_eq!(code, 4, "{seen}");
    // With everything given nothing is asked, on a terminal either.
    let all = [&args[..], &["--channel-id", "c"]].concat();
    let all: Vec<&str> = all.into_iter().map(|arg| if arg == "7005" { "7006" } else { arg }).collect();
    let (code, seen) = Prompted::start(&home, 100, &all).leave();
    assert_eq!(code, 0, "{seen}");
    // Nor with --no-input.
    let (code, seen) = Prompted::start(&home, 100, &["cert", "add", "--no-input"]).leave();
    assert_eq!(code, 2, "{seen}");
}

#[test]
fn a_wrong_answer_is_asked_again_with_the_reason() {
    let home = Home::new();
    let mut terminal = Prompted::start(&home, 100, &["cert", "add"]);
    terminal.answer("Profile name", "sandbox").see("is the name of the built-in profile");
    terminal.answer("Profile name", "demo").answer("Region", "");
    terminal.answer("App package", "chat").see("\"chat\" is not a package name");
    terminal.answer("App package", "com.example.chat");
    terminal.answer("AppId", "").see("AppId is empty").answer("AppId", "1");
    terminal.answer("AppKey", " k").see("The white space around it is left out.");
    terminal.answer("MasterSecret", "").see("MasterSecret is empty");
    // Backspace and Ctrl-U take back what is wrong.
    terminal.answer("MasterSecret", "wrong\u{15}hunter2x\u{7f}").answer("ChannelID", "chat");
    terminal
        .answer("Click event", DOWN)
        .answer("URL", "htp://x")
        .see("must begin with")
        .answer("URL", "https://x.example/");
    terminal
        .answer("Certificate ID", "seven")
        .see("is not a certificate ID")
        .answer("Certificate ID", "7005");
    terminal.answer("Save it?", "");
    let (code, seen) = terminal.leave();
    assert_eq!(code, 0, "{seen}");
    assert!(!seen.contains("hunter"), "{seen}");
    assert_eq!(std::fs::read_to_string(home.config_home().join("secrets/demo-7005")).unwrap(), "hunter2");
    assert!(file(&home).contains("id = 7005"));
}

#[test]
fn an_app_key_given_as_master_secret_is_a_warning() {
    const KEY: &str = "0123456789abcdef0123456789abcdef";
    let home = Home::new();
    let given = [
        "cert",
        "add",
        "--profile",
        "p",
        "--region",
        "cn",
        "--package",
        "a.b",
        "--app-id",
        "1",
        "--channel-id",
    ];
    let given = [&given[..], &["c", "--click", "open-app", "--id", "7005", "--app-key", KEY]].concat();
    let mut terminal = Prompted::start(&home, 100, &given);
    terminal.answer("MasterSecret", KEY).see("MasterSecret equals AppKey;");
    terminal.see("Use it all the same? (y/N)").press("\r");
    terminal.answer("MasterSecret", KEY).see("Use it all the same?").press("y");
    terminal.answer("Save it?", "");
    let (code, seen) = terminal.leave();
    assert_eq!(code, 0, "{seen}");
    assert_eq!(std::fs::read_to_string(home.config_home().join("secrets/p-7005")).unwrap(), KEY);
}

#[test]
fn ctrl_c_stops_at_any_question_and_nothing_is_written() {
    let steps: [(&str, &str); 10] = [
        ("Profile name", "\r"),
        ("Region", "\r"),
        ("App package", "a.b\r"),
        ("AppId", "1\r"),
        ("AppKey", "k\r"),
        ("MasterSecret", "hunter2\r"),
        ("ChannelID", "c\r"),
        ("Click event", "\r"),
        ("Certificate ID", "\r"),
        ("Save it?", ""),
    ];
    for stop in 0..steps.len() {
        let home = Home::new();
        let mut terminal = Prompted::start(&home, 100, &["cert", "add"]);
        for (question, keys) in &steps[..stop] {
            terminal.see(question).press(keys);
        }
        terminal.see(steps[stop].0).see(if steps[stop].0 == "Region" || steps[stop].0 == "Click event" {
            ">"
        } else {
            " "
        });
        terminal.press("x").press(CTRL_C).see("stopped; nothing was changed");
        let (code, seen) = terminal.leave();
        assert_eq!(code, 130, "at {}: {seen}", steps[stop].0);
        assert!(!seen.contains("hunter"), "{seen}");
        nothing_is_written(&home);
    }
}

#[test]
fn a_declined_summary_writes_nothing() {
    let home = Home::new();
    let mut terminal = Prompted::start(&home, 100, &["cert", "add"]);
    terminal.answer_all().press("n").see("What is to be changed?").see("Stop, and save nothing");
    terminal.press("\u{1b}[A").press("\r");
    let (code, seen) = terminal.leave();
    assert_eq!(code, 1, "{seen}");
    assert!(seen.contains("not saved"), "{seen}");
    nothing_is_written(&home);
}

#[test]
fn a_narrow_terminal_is_enough() {
    let home = Home::new();
    let mut terminal = Prompted::start(&home, 20, &["cert", "add"]);
    terminal.answer("Profile name", "").answer("China (api-push", "");
    terminal
        .answer("App package", "c")
        .see("is not a")
        .see("com.example.chat")
        .answer("› ", "com.example.a.rather.long.name");
    terminal.answer("AppId", "30123456").answer("AppKey", "0123456789abcdef0123456789abcdef");
    terminal.answer("MasterSecret", "0123456789abcdef-0123456789abcdef").answer("ChannelID", "chat");
    terminal.answer("Click event", "").answer("Certificate ID", "").answer("Save it?", "");
    let (code, seen) = terminal.leave();
    assert_eq!(code, 0, "{seen}");
    assert!(!seen.contains("def-012"), "{seen}");
    assert!(file(&home).contains(r#"package = "com.example.a.rather.long.name""#), "{}", file(&home));
}

#[test]
fn the_terminal_is_restored() {
    let home = Home::new();
    let script = format!("stty echo && {OPUSH} cert add; stty -a");
    let mut command = Command::new("sh");
    command
        .args(["-c", &script])
        .current_dir(home.work())
        .env_clear()
        .env("HOME", home.path())
        .env("TERM", "xterm");
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let session = Session::spawn(command).unwrap();
    let mut terminal = Prompted { session, seen: String::new() };
    terminal.session.set_expect_timeout(Some(HANG));
    terminal.answer("Profile name", "").answer("Region", "").see("App package").press(CTRL_C).see("stopped");
    let (_, seen) = terminal.leave();
    for mode in [" echo ", " icanon ", "isig "] {
        assert!(seen.contains(mode), "{mode}: {seen}");
    }
}

#[test]
fn removing_asks_first() {
    let home = Home::with_config(
        "[profile.p]\nregion = \"cn\"\n\n[[profile.p.certificate]]\nid = 7\napp_id = \"1\"\napp_key = \"k\"\n\
         master_secret = { env = \"X\" }\n",
    );
    for (key, code) in [("n", 1), ("\r", 1), (CTRL_C, 130), ("y", 0)] {
        let mut terminal = Prompted::start(&home, 100, &["cert", "remove", "7"]);
        terminal.see("Remove certificate 7 of profile p? (y/N)").press(key);
        let (got, seen) = terminal.leave();
        assert_eq!(got, code, "{seen}");
        assert_eq!(home.read("opush.toml").contains("id = 7"), code != 0);
    }
}

#[test]
fn a_secret_from_stdin_is_asked_for_where_stdin_is_a_terminal() {
    let home = Home::with_config(
        "[profile.p]\nregion = \"cn\"\n\n[[profile.p.certificate]]\nid = 7\napp_id = \"1\"\napp_key = \"k\"\n\
         master_secret = { env = \"X\" }\n",
    );
    let mut terminal = Prompted::start(&home, 100, &["cert", "edit", "7", "--master-secret-stdin"]);
    terminal.answer("MasterSecret (not shown)", SECRET);
    let (code, seen) = terminal.leave();
    assert_eq!(code, 0, "{seen}");
    assert!(!seen.contains("hunter"), "{seen}");
    assert!(home.read("opush.toml").contains("secrets/p-7"));
}

/// As Ctrl-C does: the shell that goes on has its echo and its lines again.
#[test]
fn a_signal_at_a_prompt_gives_the_terminal_back() {
    for name in ["TERM", "HUP", "QUIT"] {
        let home = Home::new();
        let run = "{ ulimit -c 0; \"$0\" \"$@\"; echo \"ended with $?\"; stty -a; }";
        let mut prompted = Prompted::in_shell(&home, 80, run, &["cert", "add"]);
        prompted.see("Profile name");
        prompted.signal(name);
        prompted.see("ended with 1");
        let (_, seen) = prompted.leave();
        let modes: Vec<&str> = seen.split([' ', ';', '\n', '\r']).collect();
        for mode in ["echo", "icanon", "isig"] {
            assert!(modes.contains(&mode), "{name}: {mode}\n{seen}");
        }
    }
}

/// `<` goes back, Esc in a list; what was answered before is there.
#[test]
fn a_question_can_be_asked_again_by_going_back() {
    let home = Home::new();
    let mut terminal = Prompted::start(&home, 100, &["cert", "add"]);
    terminal.see("To go back a question, answer <");
    terminal.answer("Profile name", "chta").see("Region").see("Sandbox").press("\u{1b}");
    terminal.see("[chta]").press("chat\r").answer("Region", "").answer("App package", "com.example.chat");
    terminal.answer("AppId", "3012345").answer("AppKey", "<").see("[3012345]").press("30123456\r");
    terminal.answer("AppKey", "chat-app-key").answer("MasterSecret", "<").see("[chat-app-key]").press("\r");
    terminal.answer("MasterSecret", SECRET).see("NotificationChannel").answer("ChannelID", "chat");
    // From the text of a click target the way back is the list of kinds.
    terminal.answer("Click event", DOWN).answer("URL", "<").see("then Enter").press("\r");
    terminal.answer("Certificate ID", "").see("Save it?").press("y");
    let (code, seen) = terminal.leave();
    assert_eq!(code, 0, "{seen}");
    assert!(!seen.contains("hunter"), "{seen}");
    let file = file(&home);
    assert!(
        file.contains("[profile.chat]") && file.contains("30123456") && file.contains("open-app"),
        "{file}"
    );
}

#[test]
fn a_correction_before_saving_keeps_the_other_answers() {
    let home = Home::new();
    let mut terminal = Prompted::start(&home, 100, &["cert", "add"]);
    terminal
        .answer_all()
        .press("n")
        .see("What is to be changed?")
        .see("Stop")
        .press(&DOWN.repeat(3))
        .press("\r");
    terminal.see("[30123456]").press("30123457\r").see("chat-app-key").see("Save it?").press("y");
    let (code, seen) = terminal.leave();
    assert_eq!(code, 0, "{seen}");
    assert!(file(&home).contains("30123457") && file(&home).contains("chat-app-key"));
}

const CERTIFICATE: &str = "[profile.p]\nregion = \"cn\"\npackage = \"a.b\"\n\n[[profile.p.certificate]]\nid = 7\napp_id = \"1\"\n\
     app_key = \"k\" # mine\nmaster_secret = { env = \"X\" }\nsaved_at = 2020-01-01T00:00:00Z\n";

/// Enter keeps each value; what is kept is not written again.
#[test]
fn edit_asks_as_add_does_and_keeps_what_is_there() {
    let home = Home::with_config(CERTIFICATE);
    let mut terminal = Prompted::start(&home, 100, &["cert", "edit", "7"]);
    terminal
        .see("Enter keeps what is there")
        .answer("Name", "")
        .answer("AppId", "")
        .see("[k]")
        .press("key\r");
    terminal
        .answer("MasterSecret (not shown; empty keeps it)", "key")
        .see("equals AppKey")
        .see("(y/N)")
        .press("n");
    terminal
        .answer("MasterSecret", "")
        .answer("ChannelID", "chat")
        .answer("Click event", "")
        .see("[7]")
        .press("\r");
    terminal.see("key, k before").see("Save it?").press("y");
    let (code, seen) = terminal.leave();
    assert_eq!(code, 0, "{seen}");
    let file = home.read("opush.toml");
    let expected = CERTIFICATE.replace("\"k\"", "\"key\"");
    assert!(file.starts_with(&expected[..expected.find("saved_at").unwrap()]), "{file}");
    assert!(
        file.contains("channel_id = \"chat\"") && !file.contains("click") && !file.contains("name ="),
        "{file}"
    );
    // Nothing to change leaves the file to the letter.
    let mut terminal = Prompted::start(&home, 100, &["cert", "edit", "7"]);
    let questions = ["Name", "AppId", "AppKey", "MasterSecret", "ChannelID", "Click event", "Certificate ID"];
    for question in questions {
        terminal.answer(question, "");
    }
    terminal.see("Save it?").press("y");
    let (code, seen) = terminal.leave();
    assert_eq!(code, 0, "{seen}");
    assert!(seen.contains("nothing changed"), "{seen}");
    assert_eq!(home.read("opush.toml"), file);
}

#[test]
fn a_profile_is_edited_by_answers_too() {
    let home = Home::with_config(CERTIFICATE);
    let mut terminal = Prompted::start(&home, 100, &["profile", "edit"]);
    terminal.see("Enter keeps what is there").answer("Region", "").see("[a.b]").press("com.example.chat\r");
    terminal.answer("Endpoint", "").answer("Devices of one user", &DOWN.repeat(2)).see("Save it?").press("y");
    let (code, seen) = terminal.leave();
    assert_eq!(code, 0, "{seen}");
    let expected = CERTIFICATE.replace("\"a.b\"", "\"com.example.chat\"\nmulti_device = \"several\"");
    assert_eq!(home.read("opush.toml"), expected);
}

/// A URL that is no web page is taken for what it is, and said.
#[test]
fn a_url_of_another_scheme_becomes_the_right_kind_of_target() {
    let home = Home::with_config(CERTIFICATE);
    let given =
        ["cert", "add", "--app-id", "2", "--app-key", "k2", "--channel-id", "c", "--master-secret-env"];
    let mut terminal = Prompted::start(&home, 100, &[&given[..8], &["--id", "8"]].concat());
    terminal
        .answer("MasterSecret", SECRET)
        .answer("Click event", DOWN)
        .answer("URL", "command://test?key1=val1");
    terminal.see("it is taken as scheme:command://test?key1=val1").see("Save it?").press("y");
    let (code, seen) = terminal.leave();
    assert_eq!(code, 0, "{seen}");
    assert!(home.read("opush.toml").contains("scheme = \"command://test?key1=val1\""));
}

/// At 60 columns a long answer is there once, and no word is cut.
#[test]
fn sixty_columns_show_everything_once() {
    const KEY: &str = "0123456789abcdef0123456789abcde";
    let home = Home::new();
    let mut terminal = Prompted::start(&home, 60, &["cert", "add"]);
    terminal.answer("Profile name", "").answer("Region", "").answer("App package", "com.example.chat");
    terminal
        .answer("AppId", "30123456")
        .answer("AppKey", KEY)
        .see("has 31 hex digits")
        .see("(y/N)")
        .press("y");
    terminal.answer("MasterSecret", SECRET).answer("ChannelID", "chat").answer("Click event", "");
    terminal.answer("Certificate ID", "").see("Save it?").press("y");
    let (code, seen) = terminal.leave();
    assert_eq!(code, 0, "{seen}");
    for word in
        ["api-intl.push.oppomobile.com", "api.push.oppomobile.com", "on this machine)", "configuration"]
    {
        assert!(seen.contains(word), "{word}: {seen}");
    }
    assert!(!seen.contains('…'), "{seen}");
    // As typed, as answered, in the summary and in the console's form.
    assert!(seen.matches(KEY).count() <= 4, "{seen}");
}
