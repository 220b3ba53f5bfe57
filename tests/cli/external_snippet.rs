//! The app-side code before the compilers of Java and Kotlin, against stubs of Android, OPPO's SDK and both IM SDKs.
//! The stubs (tests/snippet) hold the few methods that the code uses, with the signatures of the real ones.
#![cfg(feature = "external")]

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::harness::Home;

/// Values that a compiler would trip over if they were not escaped; one profile for each IM SDK, in packages of their own.
const CONFIG: &str = r#"
[profile.v2tim]
region = "cn"
package = "com.example.in.v2tim"
default_certificate = 7005

[[profile.v2tim.certificate]]
id = 7005
app_id = "30123456"
app_key = 'key "with" \ $quotes ${and} \u000a'
app_secret = "a"
master_secret = "b"
channel_id = 'tui"kit \ $id ${id} \u0022 频道 😀'
click = { action = "activity", activity = "com.example.in.v2tim.Start$Page" }

[[profile.v2tim.certificate]]
id = 7006
app_id = "30123456"
app_key = "key"
app_secret = "a"
master_secret = "b"

[profile.legacy]
region = "cn"
package = "com.example.in.legacy"

[[profile.legacy.certificate]]
id = 7007
app_id = "30123456"
app_key = "key"
app_secret = "a"
master_secret = "b"
channel_id = "tuikit"
click = { action = "intent", intent = "com.example.OPEN" }
"#;

const SDKS: [&str; 2] = ["v2tim", "legacy"];

fn stubs(name: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snippet").join(name);
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap().into_path());
    let files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|end| end == "java")).collect();
    assert!(!files.is_empty());
    files
}

/// Runs a compiler; its words if it refuses.
fn compile(command: &mut Command) -> Result<(), String> {
    let output = command.output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(()) } else { Err(words) }
}

fn javac(home: &Home, classpath: &str, files: &[PathBuf], out: &str) -> Result<(), String> {
    let mut command = Command::new("javac");
    command.current_dir(home.work()).args(["-encoding", "UTF-8", "-cp", classpath, "-d", out]);
    compile(command.args(files))
}

/// A home in which the stubs are compiled into `stubs`, and the build's own class for both profiles.
fn prepared() -> Home {
    let home = Home::with_config(CONFIG);
    javac(&home, ".", &stubs("stubs"), "stubs").unwrap();
    let mut files = Vec::new();
    for sdk in SDKS {
        let name = format!("build/{sdk}/BuildConfig.java");
        home.write(
            &name,
            format!(
                "package com.example.in.{sdk};\npublic final class BuildConfig {{\n    \
                 public static final String OPPO_PUSH_APPSECRET = \"x\";\n}}\n"
            ),
        );
        files.push(home.file(&name));
    }
    javac(&home, "stubs", &files, "stubs").unwrap();
    home
}

/// The code files that `snippet all` writes for an SDK.
fn written(home: &Home, sdk: &str, lang: &str, more: &[&str]) -> Vec<PathBuf> {
    let out = format!("{lang}-{sdk}{}", more.join("-"));
    let mut args =
        vec!["snippet", "all", "--profile", sdk, "--sdk", sdk, "--lang", lang, "--out", &out, "--quiet"];
    args.extend(more);
    home.run(&args).expect(0);
    let entries = std::fs::read_dir(home.file(&out)).unwrap().map(|entry| entry.unwrap().path());
    let ends = if lang == "java" { "java" } else { "kt" };
    entries.filter(|path| path.extension().is_some_and(|end| end == ends)).collect()
}

/// One wrong argument type in each piece that calls something of an SDK: what is there, and what it becomes.
const MUTATIONS: [(&str, &str, &str, &str); 9] = [
    (
        "v2tim",
        "PushRegistration",
        "V2TIMOfflinePushConfig(PushConstants.OPPO_PUSH_BUZID,",
        "V2TIMOfflinePushConfig(\"7005\",",
    ),
    (
        "v2tim",
        "PushRegistration",
        "HeytapPushManager.init(app, false)",
        "HeytapPushManager.init(app, \"false\")",
    ),
    ("v2tim", "PushSender", "info.setExt(extContent.", "info.setExt(extContent + extContent."),
    ("v2tim", "PushSender", "info.setAndroidOPPOChannelID(CHANNEL_ID)", "info.setAndroidOPPOChannelID(7)"),
    ("v2tim", "PushChannels", "NotificationManager.IMPORTANCE_DEFAULT)", "\"default\")"),
    ("v2tim", "Start$Page", "optString(\"sender\")", "optString(1)"),
    (
        "legacy",
        "PushRegistration",
        "TIMOfflinePushToken(PushConstants.OPPO_PUSH_BUZID,",
        "TIMOfflinePushToken(\"7007\",",
    ),
    ("legacy", "PushSender", "settings.setExt(extContent.", "settings.setExt(extContent + extContent."),
    (
        "legacy",
        "PushSender",
        "message.setOfflinePushSettings(pushSettings(senderName, text, ext))",
        "message.setOfflinePushSettings(text)",
    ),
];

/// The text with one mutation, which must apply exactly once.
fn mutated(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from} is not there exactly once");
    text.replace(from, to)
}

mod javac {
    use super::*;

    #[test]
    fn java_takes_every_piece_with_either_sdk() {
        let home = prepared();
        super::javac(&home, ".", &stubs("stubs-newer"), "newer").unwrap();
        for sdk in SDKS {
            let files = written(&home, sdk, "java", &[]);
            assert_eq!(files.len(), 5);
            for classpath in ["stubs", "newer:stubs"] {
                super::javac(&home, classpath, &files, &format!("out-{sdk}-{}", classpath.len()))
                    .unwrap_or_else(|words| panic!("{words}"));
            }
        }
        let bare = written(&home, "v2tim", "java", &["--certificate", "7006"]);
        super::javac(&home, "stubs", &bare, "out-bare").unwrap_or_else(|words| panic!("{words}"));
    }

    #[test]
    fn one_wrong_argument_type_is_refused() {
        let home = prepared();
        for sdk in SDKS {
            let files = written(&home, sdk, "java", &[]);
            for (_, class, from, to) in MUTATIONS.iter().filter(|(of, ..)| *of == sdk) {
                let file = files.iter().find(|path| path.file_stem().unwrap() == *class).unwrap();
                let text = std::fs::read_to_string(file).unwrap();
                home.write(file.to_str().unwrap(), mutated(&text, from, to));
                let words = super::javac(&home, "stubs", &files, "out").expect_err(to);
                assert!(words.contains("incompatible types") || words.contains("no suitable"), "{words}");
                home.write(file.to_str().unwrap(), text);
            }
            super::javac(&home, "stubs", &files, "out").unwrap();
        }
    }

    /// What an app that uses the code makes of one story (tests/snippet/Story.java.in): the calls and the log.
    fn told(home: &Home, sdk: &str, story: &str) -> Vec<String> {
        let mut java = Command::new("java");
        java.current_dir(home.work()).args(["-cp", &format!("stubs:app-{sdk}"), "-Dfile.encoding=UTF-8"]);
        java.args(["-Dsun.stdout.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-XX:TieredStopAtLevel=1"]);
        let output = java.args([&format!("com.example.in.{sdk}.Story"), story]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().lines().map(String::from).collect()
    }

    #[test]
    fn an_app_with_the_code_behaves_as_documented() {
        let home = prepared();
        let channel = r#"tui"kit \ $id ${id} \u0022 频道 😀"#;
        let key = r#"key "with" \ $quotes ${and} \u000a"#;
        for (sdk, receiver, id, channel, key) in [
            ("v2tim", "Start$Page", 7005, channel, key),
            ("legacy", "PushReceiverActivity", 7007, "tuikit", "key"),
        ] {
            let mut files = written(&home, sdk, "java", &[]);
            let story = include_str!("../snippet/Story.java.in");
            home.write("Story.java", story.replace("SDK;", &format!("{sdk};")).replace("RECEIVER", receiver));
            files.push(home.file("Story.java"));
            super::javac(&home, "stubs", &files, &format!("app-{sdk}")).unwrap();
            let expect = |story: &str, lines: &[&str]| {
                let found = told(&home, sdk, story);
                let wanted: Vec<String> = lines
                    .iter()
                    .map(|line| {
                        line.replace(" ID ", &format!(" {id} "))
                            .replace("KEY", key)
                            .replace("CHANNEL", channel)
                    })
                    .collect();
                assert_eq!(found, wanted, "{sdk}, {story}");
            };
            let begin = ["init", "isSupportPush", "register KEY x"];
            let after = |lines: &[&'static str]| [&begin, lines].concat();
            let waits = "log w logged in, but there is no regId yet; it is reported when OPPO gives one";
            let login_first = "log i the regId is reported after the login";
            expect("late", &after(&["report ID CN_1", waits]));
            expect("early", &after(&["report ID CN_1", "report ID CN_1", login_first]));
            let refused = "log e OPPO gave no regId: onRegister 14 (14 and 16: wrong AppKey or AppSecret)";
            expect("refused", &after(&[refused, waits]));
            expect("never-called-back", &after(&["report ID CN_2"]));
            expect("logged-out", &after(&[waits, login_first]));
            let own =
                "log i not an OPPO phone: report its own vendor's token with that vendor's certificate ID";
            expect(
                "brands",
                &[
                    &begin[..],
                    &begin,
                    &begin,
                    &[
                        "log i null by null is not reached through OPPO",
                        "log i Xiaomi by xiaomi is not reached through OPPO",
                        own,
                    ],
                ]
                .concat(),
            );
            expect(
                "channel",
                &["channel CHANNEL", "requestPermissions android.permission.POST_NOTIFICATIONS 5"],
            );
            expect(
                "sender",
                &["send bob false {channel=CHANNEL, desc=hi, ext={extKey=ext content}, title=Alice}"],
            );
            expect(
                "receiver",
                &[
                    "{}",
                    "{}",
                    "{}",
                    "{extKey=ext content}",
                    "{extKey=ext content, count=7, entity={\"sender\":\"alice\"}}",
                    "{\"sender\":\"alice\"}",
                    "null",
                    "null",
                    "log w extKey is not a JSON object: ext content",
                ],
            );
        }
    }
}

mod kotlinc {
    use super::*;

    /// The compiler of the npm package kotlin-compiler, as tests/run installs it.
    fn kotlinc(home: &Home, files: &[PathBuf]) -> Result<(), String> {
        let compiler =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node_modules/kotlin-compiler/bin/kotlinc");
        let mut command = Command::new("bash");
        command.current_dir(home.work()).arg(compiler).args(["-Werror", "-cp", "stubs", "-d", "kotlin-out"]);
        compile(command.args(files))
    }

    #[test]
    fn kotlin_takes_every_piece_with_either_sdk() {
        let home = prepared();
        let files: Vec<PathBuf> = SDKS.iter().flat_map(|sdk| written(&home, sdk, "kotlin", &[])).collect();
        assert_eq!(files.len(), 10);
        kotlinc(&home, &files).unwrap_or_else(|words| panic!("{words}"));
    }

    #[test]
    fn one_wrong_argument_type_is_refused() {
        let home = prepared();
        let mut files = Vec::new();
        let mut wrong = Vec::new();
        for sdk in SDKS {
            for file in written(&home, sdk, "kotlin", &[]) {
                let class = file.file_stem().unwrap().to_str().unwrap().to_owned();
                let mut text = std::fs::read_to_string(&file).unwrap();
                for (_, _, from, to) in MUTATIONS.iter().filter(|(of, name, ..)| *of == sdk && *name == class)
                {
                    text = mutated(&text, from, to);
                    let line = text[..text.find(to).unwrap()].lines().count();
                    wrong.push(format!("{sdk}/{class}.kt:{line}:"));
                }
                home.write(file.to_str().unwrap(), text);
                files.push(file);
            }
        }
        assert_eq!(wrong.len(), MUTATIONS.len());
        let words = kotlinc(&home, &files).unwrap_err();
        for place in wrong {
            let place = format!("kotlin-{place}");
            assert!(words.contains(&place), "{place} was not refused: {words}");
        }
    }
}
