//! Edits of files in every layout TOML allows: what was asked for happens, and every other byte stays.
//! Single helpers are tested beside themselves.

mod trusted;
mod unset;

use super::*;
use crate::click::Target;
use crate::clock::Timestamp;
use crate::config::testing::{SAMPLE, World};
use crate::config::{CertificateId, Field, How, Region, Secret, SecretRef, Value, Values};
use proptest::prelude::*;

const INLINE: &str = "# all in one\nprofile = { demo = { region = \"cn\", default_certificate = 7005, certificate = [{ id = 7005, name = 'demo-oppo', app_id = \"30001\", app_key = \"k\", master_secret = { env = \"A\" }, saved_at = 2026-01-01T00:00:00Z }] } }   # end\n";
const DOTTED: &str = "profile.demo.region = \"cn\"\nprofile.demo.default_certificate = 7005 # dots\nprofile.demo.certificate = [\n  # the first\n  { id = 7005, name = \"demo-oppo\", app_id = \"30001\", app_key = \"k\", master_secret.env = \"A\", saved_at = 2026-01-01T00:00:00Z },\n]\n";
const MIXED: &str = "# head\n\n  # indented\n  [ profile . demo ]   # odd\n  region=\"cn\"\n\n\n\"default_certificate\"   =   7005\n[profile.demo.endpoints]\npush = 'https://push.example.com' # mine\n\n[[profile.demo.certificate]]\nid = 7005\nname = \"demo-oppo\" # name\napp_id = \"30001\"\napp_key = \"\"\"k\"\"\"\nsaved_at = 2026-01-01T00:00:00Z\n[profile.demo.certificate.master_secret]\nenv = \"A\"\n\n# about the other\n[profile.zother]\nregion = \"intl\"\n# the end\n";

/// Every layout, with Unix and Windows line ends, with and without a last line end, with and without a BOM.
fn layouts() -> Vec<String> {
    let mut all = Vec::new();
    for text in [SAMPLE, INLINE, DOTTED, MIXED] {
        for text in [text.to_owned(), text.trim_end().to_owned()] {
            all.extend([text.replace('\n', "\r\n"), format!("\u{feff}{text}"), text]);
        }
    }
    all
}

fn id(number: i64) -> CertificateId {
    CertificateId::new(number).unwrap()
}

fn now() -> Timestamp {
    "2026-05-01T12:00:00Z".parse().unwrap()
}

fn text_value(text: &str) -> Value<SecretRef> {
    Value::Text(text.into())
}

fn values<const N: usize>(values: [(Field, Value<SecretRef>); N]) -> Values<SecretRef> {
    values.into_iter().fold(Values::default(), |values, (field, value)| values.with(field, value))
}

fn new_certificate() -> Values<SecretRef> {
    values([
        (Field::Name, text_value("second")),
        (Field::AppId, text_value("30002")),
        (Field::AppKey, text_value("key \"2\"")),
        (Field::AppSecret, Value::Secret(SecretRef::Command(vec!["pass".into(), "show".into()]))),
        (Field::MasterSecret, Value::Secret(SecretRef::Env("B".into()))),
        (Field::Click, Value::Click(Target::Url("https://example.com/".into()))),
        (Field::SavedAt, Value::Time(now())),
    ])
}

fn apply(text: &str, change: impl FnOnce(&mut Draft) -> Result<(), Failure>) -> (String, Configuration) {
    let world = World::new();
    let found = world.opush_toml(text);
    let ((), edited) =
        edit(&world.paths, &found, change).unwrap_or_else(|failure| panic!("{text}\n{failure:?}"));
    let after = std::fs::read_to_string(&found.path).unwrap();
    assert_eq!(after, *edited.after);
    (after, edited.configuration)
}

fn refusal(text: &str, change: impl FnOnce(&mut Draft) -> Result<(), Failure>) -> Kind {
    let world = World::new();
    let found = world.opush_toml(text);
    let failure = edit(&world.paths, &found, change).unwrap_err();
    assert_eq!(std::fs::read_to_string(&found.path).unwrap(), text);
    failure.problems()[0].kind
}

/// Every line of `before` is in `after`, in order and to the byte; only the last one may have got a line end.
fn keeps_every_line(before: &str, after: &str) -> bool {
    let mut lines = after.split_inclusive('\n');
    before.split_inclusive('\n').all(|line| {
        lines.any(|other| {
            other == line || !line.ends_with('\n') && other.trim_end_matches(['\r', '\n']) == line
        })
    })
}

#[test]
fn nothing_changed_is_nothing_written() {
    for text in layouts() {
        assert_eq!(apply(&text, |_| Ok(())).0, text);
    }
}

#[test]
fn renumbering_changes_the_numbers_alone() {
    for text in layouts() {
        let (after, configuration) = apply(&text, |draft| draft.renumber("demo", id(7005), id(1)));
        assert_eq!(after, text.replace("7005", "1"));
        assert_eq!(configuration.profiles[0].certificate(None).unwrap().id.value, id(1));
    }
}

#[test]
fn an_edit_changes_its_value_alone() {
    for text in layouts() {
        let change = values([(Field::Name, text_value("new name"))]);
        let (after, _) = apply(&text, |draft| {
            assert!(!draft.edit_certificate("demo", id(7005), &change, &[], now())?);
            Ok(())
        });
        assert_eq!(
            after,
            text.replace("'demo-oppo'", "\"new name\"").replace("\"demo-oppo\"", "\"new name\"")
        );
    }
}

#[test]
fn a_change_of_what_the_im_server_holds_starts_the_ten_minutes_again() {
    for text in layouts() {
        let change = values([
            (Field::AppId, text_value("30009")),
            (Field::ChannelId, text_value("chat")),
            (Field::Click, Value::Click(Target::OpenApp)),
            (Field::AppSecret, Value::Secret(SecretRef::Plain(Secret::new("hunter2")))),
            (Field::MasterSecret, Value::Secret(SecretRef::Env("C".into()))),
        ]);
        let (after, configuration) = apply(&text, |draft| {
            assert!(draft.edit_certificate("demo", id(7005), &change, &[], now())?);
            Ok(())
        });
        let certificate = configuration.profiles[0].certificate(None).unwrap();
        assert_eq!(certificate.saved_at.as_ref().unwrap().value, now(), "{after}");
        assert_eq!(certificate.channel_id.as_ref().unwrap().as_str(), "chat");
        assert_eq!(certificate.click.value, Target::OpenApp);
        assert_eq!(certificate.master_secret.describe(), "set (env C)");
        assert!(after.contains("30009") && !after.contains(" ,"), "{after}");
    }
}

#[test]
fn the_same_values_change_nothing_but_a_new_secret_behind_the_same_reference_counts() {
    let same = values([
        (Field::AppId, text_value("30001")),
        (Field::ChannelId, text_value("tuikit")),
        (Field::Click, Value::Click(Target::Activity("com.example.demo.SplashActivity".into()))),
    ]);
    let (after, _) = apply(SAMPLE, |draft| {
        assert!(!draft.edit_certificate("demo", id(7005), &same, &[], now())?);
        Ok(())
    });
    assert_eq!(after, SAMPLE);
    let secret = Value::Secret(SecretRef::Env("OPUSH_DEMO_MASTER_SECRET".into()));
    let secret = values([(Field::MasterSecret, secret)]);
    let (after, _) = apply(SAMPLE, |draft| {
        assert!(draft.edit_certificate("demo", id(7005), &secret, &[], now())?);
        Ok(())
    });
    assert_eq!(after, SAMPLE.replace("2026-01-01T00:00:00Z", "2026-05-01T12:00:00Z"));
    let corrected = values([(Field::SavedAt, Value::Time(now()))]);
    let (again, _) =
        apply(SAMPLE, |draft| draft.edit_certificate("demo", id(7005), &corrected, &[], now()).map(|_| ()));
    assert_eq!(again, after);
}

#[test]
fn adding_keeps_every_line_and_removing_again_restores_the_file() {
    for text in layouts() {
        let (added, configuration) =
            apply(&text, |draft| draft.add_certificate("demo", id(7), &new_certificate()));
        let certificate = configuration.profiles[0].certificate(Some(id(7))).unwrap();
        assert_eq!(certificate.app_key.as_str(), "key \"2\"");
        if !text.contains("certificate = [{") {
            assert!(keeps_every_line(&text, &added), "{text}\n---\n{added}");
        }
        let (removed, _) = apply(&added, |draft| draft.remove_certificate("demo", id(7)));
        assert_eq!(removed.trim_end(), text.trim_end());
    }
}

#[test]
fn a_profile_comes_and_goes() {
    let new = values([
        (Field::Region, text_value("cn-legacy")),
        (Field::Package, text_value("com.example.chat")),
        (Field::Endpoint, text_value("https://push.example.com")),
        (Field::ImSdkAppId, Value::Number(1_400_000_001)),
        (Field::ImAdmin, text_value("administrator")),
        (Field::ImSecretKey, Value::Secret(SecretRef::Env("K".into()))),
    ]);
    for text in layouts() {
        let (added, configuration) = apply(&text, |draft| draft.add_profile("chat-prod", &new));
        let profile = configuration.find("chat-prod").unwrap();
        assert_eq!(profile.region.value, Region::CnLegacy);
        assert_eq!(profile.im.as_ref().unwrap().admin.value, "administrator", "{added}");
        let change =
            values([(Field::Package, text_value("com.example.other")), (Field::ImAdmin, text_value("root"))]);
        let (edited, _) = apply(&added, |draft| draft.edit_profile("chat-prod", &change, &[]));
        assert_eq!(
            edited,
            added.replace("com.example.chat", "com.example.other").replace("administrator", "root")
        );
        if !text.contains("profile = {") {
            assert!(keeps_every_line(&text, &added), "{text}\n---\n{added}");
        }
        let (with, _) = apply(&added, |draft| draft.add_certificate("chat-prod", id(1), &new_certificate()));
        let (removed, _) = apply(&with, |draft| draft.remove_profile("chat-prod"));
        assert_eq!(removed.trim_end(), text.trim_end());
    }
}

#[test]
fn the_default_profile_is_written_above_the_tables() {
    for text in layouts() {
        let (after, configuration) = apply(&text, |draft| draft.set_default_profile("demo"));
        assert_eq!(configuration.default_profile.unwrap().value, "demo");
        assert!(keeps_every_line(&text, &after), "{text}\n---\n{after}");
        let (twice, _) = apply(&after, |draft| draft.set_default_profile("sandbox"));
        assert_eq!(twice, after.replace("default_profile = \"demo\"", "default_profile = \"sandbox\""));
    }
    let (after, _) = apply("# head\n\n# demo\n[profile.demo]\nregion = \"cn\"\n", |draft| {
        draft.set_default_profile("demo")
    });
    assert_eq!(after, "# head\ndefault_profile = \"demo\"\n\n# demo\n[profile.demo]\nregion = \"cn\"\n");
}

#[test]
fn a_fresh_file_looks_like_the_sample() {
    let world = World::new();
    let found = Found { path: world.paths.config_file(), shown: "config.toml".into(), how: How::Home };
    let (number, edited) = edit(&world.paths, &found, |draft| {
        let package = (Field::Package, text_value("com.example.demo"));
        draft.add_profile("demo", &values([(Field::Region, text_value("cn")), package]))?;
        let id = draft.next_local_id("demo")?;
        draft.add_certificate("demo", id, &new_certificate())?;
        Ok(id)
    })
    .unwrap();
    assert!(number.is_local() && edited.configuration.find("demo").is_some());
    insta::assert_snapshot!(std::fs::read_to_string(&found.path).unwrap());
}

#[test]
fn comments_about_more_than_what_is_removed_stay() {
    let text = "# my file\n\n# about a\n[profile.a]\nregion = \"cn\"\n\n# section\n\n# about b\n[profile.b]\nregion = \"cn\"\n\n# end\n";
    let (after, _) = apply(text, |draft| draft.remove_profile("a"));
    assert_eq!(after, "# my file\n\n# section\n\n# about b\n[profile.b]\nregion = \"cn\"\n\n# end\n");
    let (after, _) = apply(text, |draft| draft.remove_profile("b"));
    assert_eq!(after, "# my file\n\n# about a\n[profile.a]\nregion = \"cn\"\n\n# section\n\n# end\n");
    let (after, _) =
        apply("# my file\n\n# mine\ndefault_profile = \"a\"\n[profile.a]\nregion = \"cn\"\n", |draft| {
            draft.remove_profile("a")
        });
    assert_eq!(after, "# my file\n");
}

#[test]
fn removing_the_default_certificate_removes_the_default() {
    for text in layouts() {
        let (after, configuration) = apply(&text, |draft| draft.remove_certificate("demo", id(7005)));
        assert_eq!(configuration.profiles[0].default_certificate, None);
        assert!(configuration.profiles[0].certificates.is_empty() && !after.contains("7005"), "{after}");
    }
}

#[test]
fn another_certificate_leaves_the_default_as_it_is() {
    for text in layouts() {
        let (bare, _) = apply(&text, |draft| {
            remove::key(&mut draft.document, Some("demo"), "default_certificate");
            Ok(())
        });
        let add = |draft: &mut Draft, number| draft.add_certificate("demo", id(number), &new_certificate());
        let (after, configuration) = apply(&bare, |draft| add(draft, 7009));
        let profile = &configuration.profiles[0];
        assert_eq!(profile.certificate(None).unwrap().id.value, id(7005), "{after}");
        let (after, configuration) = apply(&after, |draft| draft.set_default_certificate("demo", id(7009)));
        assert_eq!(configuration.profiles[0].certificate(None).unwrap().id.value, id(7009), "{after}");
        let (after, _) = apply(&after, |draft| add(draft, 7010));
        assert_eq!(after.matches("default_certificate").count(), 1, "{after}");
    }
    assert_eq!(
        refusal(SAMPLE, |draft| draft.set_default_certificate("demo", id(1))),
        Kind::UnknownCertificate
    );
}

#[test]
fn what_cannot_be_is_refused_and_nothing_is_written() {
    let demo = values([(Field::Region, text_value("cn"))]);
    assert_eq!(refusal(SAMPLE, |draft| draft.add_profile("demo", &demo)), Kind::DuplicateId);
    assert_eq!(refusal(SAMPLE, |draft| draft.add_profile("env", &demo)), Kind::BadName);
    assert_eq!(refusal(SAMPLE, |draft| draft.set_default_profile("no")), Kind::UnknownProfile);
    assert_eq!(refusal(SAMPLE, |draft| draft.remove_profile("sandbox")), Kind::UnknownProfile);
    assert_eq!(
        refusal(SAMPLE, |draft| draft.add_certificate("demo", id(7005), &new_certificate())),
        Kind::DuplicateId
    );
    assert_eq!(refusal(SAMPLE, |draft| draft.remove_certificate("demo", id(8))), Kind::UnknownCertificate);
    assert_eq!(refusal(SAMPLE, |draft| draft.renumber("demo", id(8), id(9))), Kind::UnknownCertificate);
    assert_eq!(
        refusal(SAMPLE, |draft| draft.renumber("demo", id(7005), id(7005)).and(Err(Problem::new(
            Kind::Declined,
            "no",
            "x"
        )
        .into()))),
        Kind::Declined
    );
    assert_eq!(refusal("colour = 1\n", |draft| draft.add_profile("demo", &demo)), Kind::UnknownKey);
    let empty = new_certificate().with(Field::AppKey, text_value(""));
    assert_eq!(refusal(SAMPLE, |draft| draft.add_certificate("demo", id(1), &empty)), Kind::BadValue);
}

#[test]
fn a_preview_shows_the_diff_and_writes_nothing() {
    let world = World::new();
    let found = world.opush_toml(SAMPLE);
    let (_, edited) =
        preview(&world.paths, &found, |draft| draft.renumber("demo", id(7005), id(7006))).unwrap();
    assert_eq!(edited.diff().matches("\n+").count(), 3, "{}", edited.diff());
    assert_eq!(std::fs::read_to_string(&found.path).unwrap(), SAMPLE);
    assert!(!format!("{edited:?}").contains("demo-app-key"));
}

#[test]
fn nothing_is_written_that_would_not_be_read_again() {
    let world = World::new();
    let long = format!("{SAMPLE}#{}\n", "x".repeat(1024 * 1024 - SAMPLE.len() - 2));
    let found = world.opush_toml(&long);
    let rename = |to: &str| {
        let change = values([(Field::Name, text_value(to))]);
        edit(&world.paths, &found, |draft| {
            draft.edit_certificate("demo", id(7005), &change, &[], Timestamp::UNIX_EPOCH)
        })
    };
    let problem = rename("a-longer-name-than-before").unwrap_err().into_problems().remove(0);
    assert_eq!(problem.kind, Kind::UnreadableFile);
    assert_eq!(std::fs::read_to_string(&found.path).unwrap(), long);
    rename("short").unwrap();
}

#[test]
fn twenty_at_once_lose_nothing() {
    let world = World::new();
    let found = world.opush_toml(SAMPLE);
    std::thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| {
                edit(&world.paths, &found, |draft| {
                    let id = draft.next_local_id("demo")?;
                    draft.add_certificate("demo", id, &new_certificate())
                })
                .unwrap();
            });
        }
    });
    let configuration = load::load(&world.paths, Some(&found)).unwrap();
    assert_eq!(configuration.profiles[0].certificates.len(), 21);
    assert!(keeps_every_line(SAMPLE, &std::fs::read_to_string(&found.path).unwrap()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn odd_spacing_and_comments_survive_a_round_of_edits(
        layout in 0usize..4,
        noise in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(vec!["\n", "# note\n", "   \n", "\t# 你好 = [\n", "\r\n"])), 0..6),
    ) {
        let base = [SAMPLE, INLINE, DOTTED, MIXED][layout];
        let mut lines: Vec<&str> = base.split_inclusive('\n').collect();
        for (at, line) in noise {
            lines.insert(at.index(lines.len() + 1), line);
        }
        let text = lines.concat();
        let (renumbered, _) = apply(&text, |draft| draft.renumber("demo", id(7005), id(3)));
        prop_assert_eq!(&renumbered, &text.replace("7005", "3"));
        let (added, _) = apply(&text, |draft| draft.add_certificate("demo", id(7), &new_certificate()));
        let (removed, _) = apply(&added, |draft| draft.remove_certificate("demo", id(7)));
        prop_assert_eq!(removed.trim_end(), text.trim_end());
    }
}
