//! The report as a person reads it, as Markdown and as JSON, and what is no diagnosis at all.
//! Which link is named is the table's business.

use serde_json::Value;

use super::world::World;
use crate::harness::{Home, Ran};
use crate::masks::plain;

fn shown(world: &World, ran: &Ran) -> String {
    // Markdown has the underscore escaped.
    let reg_id = world.reg_id.replace('_', "\\_");
    unpadded(&plain(&world.home, ran)).replace(&reg_id, "CN\\_<32 hex>")
}

/// With two spaces between columns: their width follows from what differs from run to run.
fn unpadded(text: &str) -> String {
    let line = |line: &str| {
        let indent = line.len() - line.trim_start().len();
        let columns = line.trim_start().split("  ").map(str::trim).filter(|column| !column.is_empty());
        format!("{}{}", &line[..indent], columns.collect::<Vec<_>>().join("  "))
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_broken_link_in_one_sentence_with_its_remedy() {
    let world = World::sound();
    world.write("master-secret", "5d8e1f4a7b0c3d6e9f2a5b8c3b6f9a2c");
    let ran = world.run("diagnose --user alice").expect(8);
    insta::assert_snapshot!(shown(&world, &ran), @r"
    $ opush diagnose --user alice
    The first broken link: OPPO refused the signature of certificate 7005 just now: 16 Invalid Signature.

      configuration  profile chat (sandbox) with 1 certificate, from opush.toml  ok
      certificate  certificate 7005, active  ok
      credentials  OPPO refused the signature of certificate 7005 just now: 16 Invalid Signature  broken
      message  certificate 7005 has ChannelID tuikit  ok
      report  certificate 7005, regId CN_<32 hex>, <time>  ok
      IM server  the IM server answers  ok
      account  alice is an account of the IM app  ok
      presence  the IM server says that alice is not connected now, and still logged in (REST: PushOnline, SDK: OFFLINE)  ok
      push service  the push service counts no loss in the last 24 h  ok
      deliveries  one push, of <time>  ok
      receipts  the newest receipt says push_arrive  ok
      phone  it reached OPPO's client on the phone; whether it was shown only the phone can tell  not known

    Most likely: the AppSecret is in the place of the MasterSecret.
    To fix it: copy MasterSecret, the third of the three, from OPPO's console: opush cert edit 7005 --master-secret-stdin
      opush explain master-secret-wrong
    exit code 8
    ");
}

#[test]
fn what_only_the_phone_shows_is_named_as_such() {
    let world = World::sound();
    let ran = world.run("diagnose --user alice").expect(8);
    insta::assert_snapshot!(shown(&world, &ran), @r"
    $ opush diagnose --user alice
    No link is seen to be broken, and not every link can be seen from here.

      configuration  profile chat (sandbox) with 1 certificate, from opush.toml  ok
      certificate  certificate 7005, active  ok
      credentials  OPPO accepted AppKey and MasterSecret of 7005 just now, in <n> ms (clock less than 1 s apart)  ok
      message  certificate 7005 has ChannelID tuikit  ok
      report  certificate 7005, regId CN_<32 hex>, <time>  ok
      IM server  the IM server answers  ok
      account  alice is an account of the IM app  ok
      presence  the IM server says that alice is not connected now, and still logged in (REST: PushOnline, SDK: OFFLINE)  ok
      push service  the push service counts no loss in the last 24 h  ok
      deliveries  one push, of <time>  ok
      receipts  the newest receipt says push_arrive  ok
      phone  it reached OPPO's client on the phone; whether it was shown only the phone can tell  not known

    What would settle it:
      look at the phone: is the app's notification switch on, does the channel tuikit exist and is it on, is Do Not Disturb off? If it was shown, run this again with --seen; if it was and the app's own messages are not, send one plain text and compare: opush im send --to alice --text 'see you at eight'
    exit code 8
    ");
}

#[test]
fn the_chain_is_sound_where_the_phone_was_looked_at() {
    let world = World::sound();
    let ran = world.run("diagnose --user alice --seen").expect(0);
    insta::assert_snapshot!(shown(&world, &ran), @r"
    $ opush diagnose --user alice --seen
    Every link holds.

      configuration  profile chat (sandbox) with 1 certificate, from opush.toml  ok
      certificate  certificate 7005, active  ok
      credentials  OPPO accepted AppKey and MasterSecret of 7005 just now, in <n> ms (clock less than 1 s apart)  ok
      message  certificate 7005 has ChannelID tuikit  ok
      report  certificate 7005, regId CN_<32 hex>, <time>  ok
      IM server  the IM server answers  ok
      account  alice is an account of the IM app  ok
      presence  the IM server says that alice is not connected now, and still logged in (REST: PushOnline, SDK: OFFLINE)  ok
      push service  the push service counts no loss in the last 24 h  ok
      deliveries  one push, of <time>  ok
      receipts  the newest receipt says push_arrive  ok
      phone  somebody saw the last notification on the phone  ok
    exit code 0
    ");
}

#[test]
fn a_warning_is_worth_a_look() {
    let world = World::sound();
    world.must("send --reg-id {reg} --title Alice --content 1 --wait 20s");
    let ran = world.run("diagnose --user alice --seen").expect(0);
    let text = shown(&world, &ran);
    let (_, warned) = text.split_once("\n\nWorth a look:").expect("a warning");
    insta::assert_snapshot!(warned, @r#"
      the newest delivery says only "1"
        opush explain content-too-plain
    exit code 0
    "#);
}

#[test]
fn verbose_lists_every_check() {
    let world = World::sound();
    let ran = world.run("diagnose --user alice --seen --verbose").expect(0);
    let ids: Vec<&str> = opush::diagnose::checks::CHAIN.iter().map(|check| check.id).collect();
    let rows = ran.stdout.lines().filter_map(|line| line.strip_prefix("  "));
    let named: Vec<&str> = rows.filter_map(|row| row.split("  ").next()).collect();
    assert_eq!(named, ids, "{ran}");
}

#[test]
fn markdown_is_for_a_ticket() {
    let world = World::sound();
    world.write("master-secret", "5d8e1f4a7b0c3d6e9f2a5b8c3b6f9a2c");
    let ran = world.run("diagnose --user alice --markdown").expect(8);
    let text = shown(&world, &ran);
    let (head, table) = text.split_once("| check |").expect("a table");
    insta::assert_snapshot!(head.trim_end(), @r"
    $ opush diagnose --user alice --markdown
    ## opush diagnosis: broken

    The first broken link: OPPO refused the signature of certificate 7005 just now: 16 Invalid Signature.

    - profile: chat
    - region: sandbox
    - user: alice
    - device: default
    - regId: CN\_<32 hex>
    - certificate: 7005
    - made at: <time>
    ");
    assert_eq!(
        table.lines().filter(|line| line.starts_with("| ")).count(),
        1 + opush::diagnose::checks::CHAIN.len()
    );
}

/// The cells of a row, where `\|` is text.
fn cells(row: &str) -> Vec<String> {
    let row = row.replace("\\\\", "").replace("\\|", "");
    row.split('|').map(|cell| cell.trim().to_owned()).collect()
}

#[test]
fn names_that_are_markup_stay_one_cell() {
    let world = World::sound();
    let user = "a|b `c` \\| <b>*x* [l](u) ~~d~~";
    let ran = world.home.run(&["diagnose", "--user", user, "--markdown"]).expect(8);
    let rows: Vec<&str> = ran.stdout.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(rows.len(), 2 + opush::diagnose::checks::CHAIN.len(), "{ran}");
    let mut named = 0;
    for row in rows {
        assert_eq!(cells(row).len(), 6, "{row}");
        let plain = row.replace("\\\\", "");
        let marks = |mark: char| plain.matches(mark).count() - plain.matches(&format!("\\{mark}")).count();
        for mark in ['`', '<', '>', '*', '[', ']'] {
            assert_eq!(marks(mark), 0, "{mark} is markup in {row}");
        }
        named += usize::from(row.contains("a\\|b"));
    }
    assert!(named > 0, "{ran}");
}

#[test]
fn json_has_the_same_content_and_an_error_unless_sound() {
    let world = World::sound();
    let (code, sound) = world.diagnose("diagnose --user alice --seen");
    assert_eq!((code, &sound["verdict"], &sound["error"]), (0, &"sound".into(), &Value::Null));
    assert_eq!((&sound["first_broken"], &sound["would_settle"]), (&Value::Null, &Value::Array(Vec::new())));
    let about = &sound["about"];
    assert_eq!((&about["profile"], &about["region"]), (&"chat".into(), &"sandbox".into()));
    assert_eq!((&about["user"], &about["device"]), (&"alice".into(), &"default".into()));
    assert_eq!((&about["reg_id"], &about["certificate_id"]), (&world.reg_id.as_str().into(), &7005.into()));
    let (code, doubt) = world.diagnose("diagnose --user alice");
    assert_eq!((code, &doubt["error"]["kind"]), (8, &"inconclusive".into()));
    assert_eq!(doubt["error"]["hint"], doubt["would_settle"][0]);
    world.must("token remove --user alice");
    let (code, broken) = world.diagnose("diagnose --user alice");
    assert_eq!(
        (code, &broken["error"]["kind"], &broken["error"]["place"]),
        (8, &"broken-link".into(), &"no-report".into())
    );
    assert_eq!(broken["first_broken"], "no-report");
    let check = broken["checks"].as_array().unwrap().iter().find(|check| check["id"] == "no-report").unwrap();
    assert_eq!(broken["error"]["message"], check["evidence"]);
    assert_eq!(broken["error"]["hint"], check["remedy"]);
}

#[test]
fn an_unknown_profile_message_or_target_is_an_error() {
    let world = World::sound();
    let kind = |line: &str, code: i32| {
        let ran = world.run(&format!("{line} --json")).expect(code);
        ran.json()["error"]["kind"].as_str().unwrap().to_owned()
    };
    assert_eq!(kind("diagnose --user alice --profile nope", 3), "unknown-profile");
    assert_eq!(kind("diagnose --message-id 30123456-1-1-000000000000000000000000", 4), "not-found");
    world.run("diagnose").expect(2);
    world.run("diagnose --user alice --reg-id {reg}").expect(2);
    world.edit("region = \"sandbox\"", "region = \"atlantis\"");
    let (code, report) = world.diagnose("diagnose --user alice");
    assert_eq!((code, report["first_broken"].as_str()), (8, Some("configuration-invalid")), "{report:#}");
    assert!(report["checks"].as_array().unwrap().iter().skip(1).all(|check| check["status"] == "skipped"));
}

/// A real profile, a user ID and nothing else: what can be said is said, and the one next thing to get is named.
#[test]
fn with_a_user_alone_the_next_step_is_named() {
    let world = World::sound();
    let config = world.home.read("opush.toml").replace("region = \"sandbox\"", "region = \"cn\"");
    let (config, _) = config.split_once("[profile.chat.im]").unwrap();
    let home = Home::with_config(config);
    for name in ["master-secret", "app-secret"] {
        super::world::write_private(&home, name, &world.home.read(name));
    }
    let ran = home.run(&["diagnose", "--user", "alice"]).expect(8);
    insta::assert_snapshot!(unpadded(&plain(&home, &ran)), @r"
    $ opush diagnose --user alice
    No link is seen to be broken, and not every link can be seen from here.

      configuration  profile chat (cn) with 1 certificate, from opush.toml  ok
      certificate  certificate 7005, active  ok
      credentials  OPPO accepted AppKey and MasterSecret of 7005 just now, in <n> ms (clock less than 1 s apart)  ok
      message  certificate 7005 has ChannelID tuikit  ok
      report  alice has no token report in profile chat, and no other user has one here  not known
      IM server  the profile has no settings of an IM server  skipped
      account  the profile has no settings of an IM server  skipped
      presence  the state of alice's app is not known here  not known
      push service  the profile has no settings of an IM server  skipped
      deliveries  nothing can be sent: no regId is known  skipped
      receipts  no receipt came  skipped
      phone  nothing was sent to it from here  skipped

    What would settle it, the first thing to get first:
      the token report of alice's app: copy it from the app's log, or let the token listener receive it: opush token report --user alice --certificate ID --reg-id REGID
      the state of alice's app: add [profile.chat.im] so that the IM server can be asked
    exit code 8
    ");
    let (_, report) = home.json(&["diagnose", "--user", "alice"]);
    assert_eq!(report["verdict"], "inconclusive");
    let statuses = report["checks"].as_array().unwrap().iter().map(|check| check["status"].as_str().unwrap());
    assert!(statuses.filter(|status| *status == "pass").count() >= 10, "{report:#}");
    let first = report["would_settle"][0].as_str().unwrap();
    assert!(first.contains("opush token report --user alice"), "{first}");
}
