//! Files that cannot be read, secrets of a loaded file, and warnings.

use super::*;
use crate::config::How;
use crate::config::testing::{SAMPLE, World};

fn problem(world: &World, found: &Found) -> Problem {
    let failure = load(&world.paths, Some(found)).unwrap_err();
    assert_eq!(failure.class().exit_code(), 3);
    failure.problems()[0].clone()
}

#[test]
fn what_is_not_a_readable_text_file_is_refused() {
    let world = World::new();
    let mut found = world.opush_toml(b"a = \"\xe4\xbd\xa0\"\nb = \"\xff\"\n");
    let not_utf8 = problem(&world, &found);
    assert_eq!((not_utf8.kind, not_utf8.place.as_str()), (Kind::NotUtf8, "opush.toml:2:6"));
    assert_eq!(not_utf8.message, "opush.toml is not UTF-8 at byte 16");

    world.file("work/opush.toml", "#".repeat(1024 * 1024 + 1));
    assert!(problem(&world, &found).message.contains("larger than 1 MiB"));

    found.path = world.paths.cwd.clone();
    assert!(problem(&world, &found).message.contains("is a folder"));

    found.path = world.folder.path().join("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&found.path).status().unwrap().success());
    assert!(problem(&world, &found).message.contains("not a regular file"));

    found.path = world.folder.path().join("missing");
    assert_eq!(problem(&world, &found).kind, Kind::MissingFile);
}

#[test]
fn the_headline_counts() {
    let world = World::new();
    let found = world.opush_toml("a = 1\nb = 2\n");
    assert_eq!(load(&world.paths, Some(&found)).unwrap_err().headline.unwrap(), "2 problems in opush.toml");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_fine() {
    let world = World::new();
    let found = world.opush_toml(format!("\u{feff}{}", SAMPLE.replace('\n', "\r\n")));
    let configuration = load(&world.paths, Some(&found)).unwrap();
    let source = configuration.default_profile.unwrap().source;
    assert_eq!(source.to_string(), "opush.toml:1:19");
    assert_eq!(configuration.profiles[0].region.source.to_string(), "opush.toml:4:10");
}

#[test]
fn a_missing_secret_is_shown_in_its_line() {
    let world = World::new();
    let found = world.opush_toml(SAMPLE);
    let configuration = load(&world.paths, Some(&found)).unwrap();
    let profile = &configuration.profiles[0];
    let secret = &profile.certificates[0].master_secret;
    let problem = configuration.resolve(profile, secret, &world.env).unwrap_err();
    assert_eq!(problem.kind, Kind::MissingSecret);
    insta::assert_snapshot!(problem.excerpt, @r#"
      --> opush.toml:14:17
       |
    14 | master_secret = { env = "OPUSH_DEMO_MASTER_SECRET" }
       |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ export OPUSH_DEMO_MASTER_SECRET with the secret
    "#);
    // The AppSecret is for the app alone: that it cannot be got fails nothing.
    assert_eq!(configuration.unresolved(&world.env, |key| key != "app_secret").len(), 1);
    let env = Environment::from_pairs([("OPUSH_DEMO_MASTER_SECRET", "hunter2")]);
    assert_eq!(configuration.resolve(profile, secret, &env).unwrap().secret.reveal(), "hunter2");
}

#[test]
fn a_plain_secret_that_others_can_read_is_warned_about() {
    let world = World::new();
    let plain = SAMPLE.replace("{ env = \"OPUSH_DEMO_MASTER_SECRET\" }", "\"hunter2\"");
    let found = world.opush_toml(&plain);
    let set_mode =
        |mode| std::fs::set_permissions(&found.path, std::fs::Permissions::from_mode(mode)).unwrap();
    set_mode(0o600);
    assert!(load(&world.paths, Some(&found)).unwrap().warnings.is_empty());
    set_mode(0o644);
    let configuration = load(&world.paths, Some(&found)).unwrap();
    let [warning] = configuration.warnings.as_slice() else { panic!("{:?}", configuration.warnings) };
    assert_eq!((warning.kind, warning.place.as_str()), (Kind::ExposedSecret, "opush.toml:14:17"));
    assert!(!format!("{configuration:?}").contains("hunter2"));
}

#[test]
fn commands_run_only_where_the_file_is_trusted() {
    let world = World::new();
    let text =
        SAMPLE.replace("{ env = \"OPUSH_DEMO_MASTER_SECRET\" }", "{ command = [\"echo\", \"hunter2\"] }");
    let mut found = world.opush_toml(&text);
    let resolve = |found: &Found| {
        let configuration = load(&world.paths, Some(found)).unwrap();
        let profile = &configuration.profiles[0];
        configuration.resolve(profile, &profile.certificates[0].master_secret, &world.env)
    };
    assert_eq!(resolve(&found).unwrap_err().kind, Kind::UntrustedCommand);
    load(&world.paths, Some(&found)).unwrap().file.unwrap().trust(&world.paths).unwrap();
    assert_eq!(resolve(&found).unwrap().secret.reveal(), "hunter2");
    world.opush_toml(text.replace("echo", "printf"));
    assert_eq!(resolve(&found).unwrap_err().kind, Kind::UntrustedCommand);
    found.how = How::Flag;
    assert_eq!(resolve(&found).unwrap().secret.reveal(), "hunter2");
}

#[test]
fn a_file_that_is_not_trusted_leads_no_value_from_outside_it_elsewhere() {
    const SECRET: &str = "{ env = \"OPUSH_DEMO_MASTER_SECRET\" }";
    let env = Environment::from_pairs([("OPUSH_DEMO_MASTER_SECRET", "hunter2")]);
    let of_im = |more: &str| {
        format!("{SAMPLE}[profile.demo.im]\nsdk_app_id = 1\nadmin = \"a\"\nsecret_key = \"k\"\n{more}\n")
    };
    let with = |key: &str| SAMPLE.replace("region = \"cn\"", &format!("region = \"cn\"\n{key}"));
    for (text, key) in [
        (with("endpoint = \"https://evil.example\""), "profile.demo.endpoint"),
        (with("endpoint = \"http://127.0.0.1:1\""), "profile.demo.endpoint"),
        (with("endpoints.feedback = \"https://evil.example\""), "profile.demo.endpoints.feedback"),
        (of_im("endpoint = \"https://evil.example\""), "profile.demo.im.endpoint"),
        (of_im("region = \"seoul\""), ""),
        (SAMPLE.to_owned(), ""),
    ] {
        let world = World::new();
        for (secret, kind) in [
            (SECRET, Kind::UntrustedConfiguration),
            ("{ file = \"secret\" }", Kind::UntrustedConfiguration),
            ("{ command = [\"echo\", \"hunter2\"] }", Kind::UntrustedConfiguration),
            ("\"hunter2\"", Kind::Disk),
        ] {
            world.file("work/secret", "hunter2");
            let mut found = world.opush_toml(text.replace(SECRET, secret));
            let resolve = |found: &Found| {
                let configuration = load(&world.paths, Some(found)).unwrap();
                let profile = &configuration.profiles[0];
                configuration.resolve(profile, &profile.certificates[0].master_secret, &env)
            };
            let expected = match (kind, secret.contains("command"), key) {
                (Kind::Disk, ..) | (_, false, "") => None,
                (_, true, "") => Some(Kind::UntrustedCommand),
                (kind, ..) => Some(kind),
            };
            let got = resolve(&found);
            assert_eq!(got.as_ref().err().map(|problem| problem.kind), expected, "{key} {secret}");
            if let Err(problem) = got {
                assert!(
                    problem.message.contains(key) && problem.place.starts_with("opush.toml:"),
                    "{problem:?}"
                );
                assert_eq!(problem.hint.command_line().as_deref(), Some("config trust"));
            }
            found.how = How::Flag;
            assert_eq!(resolve(&found).unwrap().secret.reveal(), "hunter2");
            found.how = How::Upward;
            load(&world.paths, Some(&found)).unwrap().file.unwrap().trust(&world.paths).unwrap();
            assert_eq!(resolve(&found).unwrap().secret.reveal(), "hunter2");
        }
    }
}

#[test]
fn the_sample_of_the_documentation_is_valid() {
    let docs = include_str!("../../../docs/configuration.md");
    let sample = docs.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let world = World::new();
    let configuration = load(&world.paths, Some(&world.opush_toml(sample))).unwrap();
    let env = Environment::from_pairs([("OPUSH_DEMO_MASTER_SECRET", "s"), ("OPUSH_DEMO_APP_SECRET", "s")]);
    assert!(configuration.unresolved(&env, |key| key != "app_secret").is_empty());
    assert_eq!(configuration.current(None, &env).unwrap().certificate(None).unwrap().id.get(), 7005);
}

#[test]
fn an_app_secret_that_cannot_be_got_is_only_warned_about() {
    let world = World::new();
    let placeholder = SAMPLE.replace("{ env = \"OPUSH_DEMO_APP_SECRET\" }", "{ env = \"…\" }");
    assert_ne!(placeholder, SAMPLE);
    let env = Environment::from_pairs([("OPUSH_DEMO_MASTER_SECRET", "s")]);
    let checked = check(&world.paths, &world.opush_toml(&placeholder), &env).unwrap();
    let kinds: Vec<Kind> = checked.warnings.iter().map(|warning| warning.kind).collect();
    assert_eq!(kinds, [Kind::MissingSecret]);
}

mod excerpts;
mod size;
