//! Secrets of `opush cert`: piped in, referred to, replaced, removed; private on disk, and in nothing that is printed.
//! Secrets typed at a terminal are in `prompts`.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use serde_json::Value;

use super::super::harness::Home;
use super::{ADD, kinds, with};

/// The private files that opush keeps.
pub fn files(home: &Home) -> Vec<PathBuf> {
    let folder = home.config_home().join("secrets");
    let entries =
        std::fs::read_dir(folder).map(|entries| entries.map(|entry| entry.unwrap().path()).collect());
    let mut files: Vec<PathBuf> = entries.unwrap_or_default();
    files.sort();
    files
}

#[test]
fn a_piped_secret_is_a_private_file_and_nothing_shows_it() {
    const SECRET: &str = "hunter2-master-secret";
    let home = Home::new();
    let args = with(&ADD[..14], &["--master-secret-stdin", "--name", "a"]);
    let ran = home.run_with(&args, &format!("{SECRET}\n")).expect(0);
    let mut seen = vec![ran.transcript()];
    let first = files(&home);
    assert_eq!(first, [home.config_home().join("secrets/chat-1")]);
    assert_eq!(std::fs::read_to_string(&first[0]).unwrap(), SECRET);
    assert_eq!(first[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
    for args in [&["cert", "show"][..], &["cert", "show", "--console"], &["cert", "list"]] {
        seen.push(home.run(args).expect(0).transcript());
        seen.push(home.run(&with(args, &["--json"])).expect(0).transcript());
    }
    // A new one takes the old one's place, and only then the old file goes.
    seen.push(
        home.run_with(&["cert", "edit", "1", "--master-secret-stdin", "--dry-run"], "hunter3")
            .expect(0)
            .transcript(),
    );
    assert_eq!(files(&home), first);
    seen.push(
        home.run_with(&["cert", "edit", "1", "--master-secret-stdin"], "hunter3\r\n").expect(0).transcript(),
    );
    assert_eq!(files(&home), [home.config_home().join("secrets/chat-1.2")]);
    assert_eq!(std::fs::read_to_string(&files(&home)[0]).unwrap(), "hunter3");
    seen.push(std::fs::read_to_string(home.config_home().join("config.toml")).unwrap());
    for text in seen {
        assert!(!text.contains("hunter"), "{text}");
    }
}

#[test]
fn a_piped_secret_that_is_no_secret_is_refused() {
    let home = Home::new();
    let args = with(&ADD[..14], &["--master-secret-stdin"]);
    for (stdin, kind) in
        [("", "empty"), ("\n", "empty"), (" a", "surrounding-space"), ("a\nb\n", "control-character")]
    {
        let ran = home.run_with(&with(&args, &["--json"]), stdin).expect(4);
        assert_eq!(kinds(&ran.json()), [(kind.to_owned(), "--master-secret-stdin".to_owned())]);
    }
    assert!(!home.config_home().join("config.toml").exists() && files(&home).is_empty());
    // Nor is a file left where saving fails afterwards.
    home.write("opush.toml", "[profile.chat]\nregion = \"mars\"\n");
    home.run_with(&args, "hunter2").expect(3);
    assert!(files(&home).is_empty());
    // The AppKey in the place of MasterSecret is taken, with a warning.
    let home = Home::new();
    let ran = home.run_with(&args, "chat-app-key").expect(0);
    assert!(ran.stderr.contains("MasterSecret equals AppKey"), "{ran}");
    home.run(&with(&args, &["--app-secret-stdin"])).expect(2);
}

#[test]
fn a_secret_file_is_referred_to_wherever_it_lies() {
    let home = Home::with_config("");
    home.write("keys/master", "hunter2");
    let args = with(&ADD[..14], &["--master-secret-file", "keys/master", "--app-secret-file", "missing"]);
    let ran = home.run(&args).expect(0);
    assert!(ran.stderr.contains("missing can't be read now"), "{ran}");
    let text = home.read("opush.toml");
    assert!(text.contains(r#"master_secret = { file = "keys/master" }"#), "{text}");
    // It is not opush's own, so it stays when the certificate goes.
    home.run(&["cert", "remove", "1", "--yes"]).expect(0);
    assert_eq!(home.read("keys/master"), "hunter2");
}

#[test]
fn a_secret_file_stays_while_another_certificate_uses_it() {
    let home = Home::with_config("");
    home.run_with(&with(&ADD[..14], &["--master-secret-stdin"]), "hunter2").expect(0);
    let second = home.read("opush.toml").replace("id = 1", "id = 2");
    let second = &second[second.find("[[").unwrap()..];
    home.write("opush.toml", format!("{}\n{second}", home.read("opush.toml")));
    let (_, removed) = home.json(&["cert", "remove", "1", "--yes"]);
    assert_eq!((files(&home).len(), &removed["removed_files"]), (1, &Value::Array(vec![])));
    let (_, removed) = home.json(&["cert", "remove", "2", "--yes"]);
    assert_eq!((files(&home).len(), removed["removed_files"].as_array().unwrap().len()), (0, 1));
}
