//! `opush completions` and `opush man`: what is checked in under completions/ and docs/man/ is what they print.
//! `UPDATE_DOCS=1 cargo test` writes both anew.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::harness::Home;

const SHELLS: &[(&str, &str)] = &[
    ("bash", "opush.bash"),
    ("zsh", "_opush"),
    ("fish", "opush.fish"),
    ("powershell", "_opush.ps1"),
    ("elvish", "opush.elv"),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Compares a folder with what should be in it, to the file and byte.
fn compare(folder: &str, wanted: &BTreeMap<String, String>) {
    let folder = root().join(folder);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        for name in files(&folder).keys().filter(|name| !wanted.contains_key(*name)) {
            std::fs::remove_file(folder.join(name)).unwrap();
        }
        for (name, text) in wanted {
            #[allow(clippy::disallowed_methods)]
            std::fs::write(folder.join(name), text).unwrap();
        }
    }
    let found = files(&folder);
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&found), names(wanted), "{}: UPDATE_DOCS=1 cargo test", folder.display());
    for (name, text) in wanted {
        assert!(
            found[name] == *text,
            "{} is not current: UPDATE_DOCS=1 cargo test",
            folder.join(name).display()
        );
    }
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap());
    entries
        .map(|entry| {
            (entry.file_name().into_string().unwrap(), std::fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn the_scripts_in_completions_are_current() {
    let home = Home::new();
    let script = |shell: &str| home.run(&["completions", shell]).expect(0).stdout;
    let wanted = SHELLS.iter().map(|(shell, file)| (file.to_string(), script(shell))).collect();
    compare("completions", &wanted);
}

#[test]
fn every_script_knows_the_commands_and_no_variable_s_value() {
    let home = Home::new().variable("OPUSH_PROFILE", "nobody-else-s-business");
    for (shell, _) in SHELLS {
        let script = home.run(&["completions", shell]).expect(0).stdout;
        assert!(script.contains("profile") && script.contains("region"), "{shell}");
        assert!(!script.contains("nobody-else-s-business"), "{shell}");
    }
}

#[test]
fn completions_as_json_and_for_an_unknown_shell() {
    let home = Home::new();
    let (code, value) = home.json(&["completions", "fish"]);
    assert_eq!((code, value["shell"].as_str()), (0, Some("fish")));
    assert_eq!(value["script"].as_str(), Some(home.run(&["completions", "fish"]).stdout.as_str()));
    let (code, value) = home.json(&["completions", "tcsh"]);
    assert_eq!((code, value["error"]["kind"].as_str()), (2, Some("malformed-flag")));
    let (code, value) = home.json(&["completions"]);
    assert_eq!((code, value["error"]["kind"].as_str()), (2, Some("missing-flag")));
}

#[test]
fn the_pages_in_docs_man_are_current() {
    let home = Home::new();
    let ran = home.run(&["man", "--dir", "pages"]).expect(0);
    let wanted = files(&home.file("pages"));
    assert_eq!(ran.stdout, format!("Wrote {} pages to pages.\n", wanted.len()));
    compare("docs/man", &wanted);
}

#[test]
fn a_page_is_that_of_the_command_named() {
    let home = Home::new();
    assert!(home.run(&["man"]).expect(0).stdout.contains(".TH opush 1"));
    let page = home.run(&["man", "profile", "add"]).expect(0).stdout;
    assert!(page.contains(".TH opush-profile-add 1"), "{page}");
    for part in [
        "SH NAME",
        "SH SYNOPSIS",
        "\\fBopush profile add\\fR [OPTIONS] [NAME]",
        "SH EXAMPLES",
        "OPUSH_PROFILE",
    ] {
        assert!(page.contains(part), "{part} is missing in\n{page}");
    }
    let (code, value) = home.json(&["man", "profile", "add"]);
    assert_eq!((code, value["page"].as_str()), (0, Some("opush-profile-add")));
    assert_eq!(value["roff"].as_str().map(str::trim_end), Some(page.trim_end()));
}

#[test]
fn an_unknown_page_suggests_one() {
    let (code, value) = Home::new().json(&["man", "profile", "ad"]);
    assert_eq!((code, value["error"]["hint"].as_str()), (2, Some("did you mean \"add\"?")));
    let ran = Home::new().run(&["man", "explain", "16"]).expect(2);
    assert!(ran.stderr.contains("opush explain has no subcommands"), "{ran}");
    Home::new().run(&["man", "explain", "--dir", "pages"]).expect(2);
}

#[cfg(feature = "external")]
mod external {
    mod bash {
        use super::super::root;
        use std::process::Command;

        /// bash itself loads the script and completes with it.
        #[test]
        fn completes_the_words_of_a_command() {
            let complete = "source completions/opush.bash\n\
                            COMP_WORDS=(opush profile ad) COMP_CWORD=2\n\
                            _opush opush ad profile && printf '%s\\n' \"${COMPREPLY[@]}\"\n";
            let output = Command::new("bash").args(["-c", complete]).current_dir(root()).output().unwrap();
            assert_eq!(String::from_utf8_lossy(&output.stdout), "add\n", "{output:?}");
        }
    }
}
