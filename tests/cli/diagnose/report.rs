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
    The first broken link: OPPO does not accept the MasterSecret of certificate 7005.

      configuration  profile chat (sandbox) with 1 certificate, from opush.toml  ok
      certificate  certificate 7005, active  ok
      credentials  OPPO refused the signature of certificate 7005 just now: 16 Invalid Signature  broken
      message  push 1 of <time> named channel tuikit  ok
      report  certificate 7005, regId CN_<32 hex>, <time>, set by hand  ok
      IM server  the IM server answers  ok
      account  alice is an account of the IM app  ok
      presence  the IM server says that alice is not connected now, and still logged in (REST: PushOnline, SDK: OFFLINE)  ok
      push service  the push service counts no loss of the whole app in the last 24 h  ok
      deliveries  one push, of <time>  ok
      receipts  the newest receipt says push_arrive  ok
      phone  it reached OPPO's client on the phone; whether it was shown only the phone can tell  not known

    Most likely: the AppSecret is in the place of the MasterSecret.
    To fix it: copy MasterSecret, by its name, from OPPO's console: opush cert edit 7005 --master-secret-stdin
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
    Can't tell: the last push reached the phone, and only the phone can tell whether it was shown.

      configuration  profile chat (sandbox) with 1 certificate, from opush.toml  ok
      certificate  certificate 7005, active  ok
      credentials  OPPO accepted AppKey and MasterSecret of 7005 just now, in <n> ms (clock less than 1 s apart)  ok
      message  push 1 of <time> named channel tuikit  ok
      report  certificate 7005, regId CN_<32 hex>, <time>, set by hand  ok
      IM server  the IM server answers  ok
      account  alice is an account of the IM app  ok
      presence  the IM server says that alice is not connected now, and still logged in (REST: PushOnline, SDK: OFFLINE)  ok
      push service  the push service counts no loss of the whole app in the last 24 h  ok
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
      message  push 1 of <time> named channel tuikit  ok
      report  certificate 7005, regId CN_<32 hex>, <time>, set by hand  ok
      IM server  the IM server answers  ok
      account  alice is an account of the IM app  ok
      presence  the IM server says that alice is not connected now, and still logged in (REST: PushOnline, SDK: OFFLINE)  ok
      push service  the push service counts no loss of the whole app in the last 24 h  ok
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
    let (head, table) = text.split_once("| link |").expect("a table");
    insta::assert_snapshot!(head.trim_end(), @r"
    $ opush diagnose --user alice --markdown
    ## opush diagnosis: broken

    The first broken link: OPPO does not accept the MasterSecret of certificate 7005.

    - cause: the AppSecret is in the place of the MasterSecret
    - remedy: copy MasterSecret, by its name, from OPPO's console: opush cert edit 7005 --master-secret-stdin

    - profile: chat
    - region: sandbox
    - user: alice
    - device: default
    - regId: CN\_<32 hex>
    - certificate: 7005
    - made at: <time>
    ");
    let (links, failed) = table.split_once("Checks that failed:").expect("one failed");
    let rows =
        |text: &str| text.lines().filter(|line| line.starts_with("| ") && !line.contains("---")).count();
    assert_eq!((rows(links), rows(failed)), (12, 2), "{text}");
    assert!(failed.contains("| master-secret-wrong | fail |"), "{failed}");
    let ran = world.run("diagnose --user alice --markdown --verbose").expect(8);
    assert_eq!(rows(&ran.stdout), 1 + opush::diagnose::checks::CHAIN.len(), "{ran}");
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
    let ran = world.home.run(&["diagnose", "--user", user, "--markdown", "--verbose"]).expect(8);
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
    world.edit("package =", "reports_complete = true\npackage =");
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
    world.run("diagnose alice --user alice").expect(2);
    assert_eq!(world.diagnose("diagnose alice").1["about"]["user"], "alice");
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
    Can't tell: opush did not see which phone the app of alice reported to the IM server.

      configuration  profile chat (cn) with 1 certificate, from opush.toml  ok
      certificate  certificate 7005, active  ok
      credentials  OPPO accepted AppKey and MasterSecret of 7005 just now, in <n> ms (clock less than 1 s apart)  ok
      message  certificate 7005 has ChannelID tuikit  ok
      report  opush has no token report of alice in profile chat; the IM server may have one  not known
      IM server  the profile has no settings of an IM server  skipped
      account  the profile has no settings of an IM server  skipped
      presence  the state of alice's app is not known here  not known
      push service  the profile has no settings of an IM server  skipped
      deliveries  nothing can be sent: no regId is known  skipped
      receipts  no receipt came  skipped
      phone  nothing was sent to it from here  skipped

    What would settle it, the first thing to get first:
      the token report of alice's app: from the app's log, the IM console's self-check or the token listener. Where every report reaches opush, reports_complete = true in the profile says so: opush token listen
      the state of alice's app: add [profile.chat.im] so that the IM server can be asked
    exit code 8
    ");
    let (_, report) = home.json(&["diagnose", "--user", "alice"]);
    assert_eq!(report["verdict"], "inconclusive");
    let statuses = report["checks"].as_array().unwrap().iter().map(|check| check["status"].as_str().unwrap());
    assert!(statuses.filter(|status| *status == "pass").count() >= 10, "{report:#}");
    let first = report["would_settle"][0].as_str().unwrap();
    assert!(first.contains("opush token listen"), "{first}");
}

/// Her app reported to the IM server, as apps do, and not to opush: the phone shows the message, so nothing is broken.
#[test]
fn a_report_that_only_the_im_server_has_is_not_called_missing() {
    let home = Home::new();
    home.run(&["sandbox", "phone", "add", "--name", "p"]).expect(0);
    home.run(&["sandbox", "phone", "login", "p", "--user", "carol"]).expect(0);
    home.run(&["sandbox", "phone", "kill", "p"]).expect(0);
    home.run(&["im", "send", "--profile", "sandbox", "--to", "carol", "--text", "see you at eight?"])
        .expect(0);
    let (_, phone) = home.json(&["sandbox", "phone", "show", "p"]);
    assert!(phone.to_string().contains("see you at eight?"), "{phone:#}");
    let ran = home.run(&["diagnose", "--profile", "sandbox", "--user", "carol"]).expect(8);
    assert!(
        ran.stdout.starts_with("Can't tell: opush did not see which phone the app of carol reported"),
        "{ran}"
    );
    assert!(!ran.stdout.contains("broken") && ran.stdout.contains("reports_complete = true"), "{ran}");
    let (_, report) = home.json(&["diagnose", "--profile", "sandbox", "carol"]);
    assert_eq!((&report["verdict"], &report["first_broken"]), (&"inconclusive".into(), &Value::Null));
}

/// Where every report reaches opush, one that is not here was never made.
#[test]
fn a_missing_report_is_broken_where_all_reports_are_seen() {
    let world = World::sound();
    world.must("token remove --user alice");
    let (_, report) = world.diagnose("diagnose alice");
    assert_eq!(report["verdict"], "inconclusive", "{report:#}");
    world.edit("package =", "reports_complete = true\npackage =");
    let (_, report) = world.diagnose("diagnose alice");
    assert_eq!(report["first_broken"], "no-report", "{report:#}");
    assert_eq!(report["headline"], "The first broken link: the app of alice did not report its phone.");
}

#[test]
fn a_reported_certificate_that_the_profile_lacks_comes_first_by_name() {
    let world = World::sound();
    world.sql("UPDATE token_report SET certificate_id = 7004 WHERE state = 'current'");
    world.write("master-secret", "5d8e1f4a7b0c3d6e9f2a5b8c3b6f9a2c");
    let (_, report) = world.diagnose("diagnose alice");
    assert_eq!(report["first_broken"], "certificate-missing", "{report:#}");
    let said =
        "The first broken link: alice's app reported certificate 7004, which profile chat does not have.";
    assert_eq!(report["headline"], said);
}

#[test]
fn a_daily_limit_of_a_direct_push_is_not_outranked_by_a_session() {
    let world = World::sound();
    world.must("sandbox fault set daily-limit");
    world.run("send --reg-id {reg} --title Alice --content 'see you at eight' --wait 20s").expect(8);
    world.must("sandbox phone open find-x");
    let (_, report) = world.diagnose("diagnose alice");
    assert_eq!(report["first_broken"], "daily-limit", "{report:#}");
}

/// Codes in their context, as the person who sent it sees it.
#[test]
fn a_repeated_app_message_id_is_warned_of_and_found() {
    let world = World::sound();
    let send = "send --reg-id {reg} --title Alice --content 'see you at eight' --app-message-id m1 --json";
    assert_eq!(world.run(send).expect(0).json()["warnings"], Value::Array(Vec::new()));
    let second = world.run(send).expect(0).json();
    let warning = second["warnings"][0]["message"].as_str().unwrap();
    assert!(warning.contains("app_message_id m1") && warning.contains("shows the first only"), "{warning}");
    let (_, report) = world.diagnose("diagnose alice");
    assert_eq!(report["first_broken"], "app-message-id-repeated", "{report:#}");
    // To another phone it is no repeat.
    let other = send.replace("{reg}", "CN_00000000000000000000000000000009");
    let other = world.run(&other).json();
    assert!(other["warnings"].as_array().is_none_or(Vec::is_empty), "{other}");
}
