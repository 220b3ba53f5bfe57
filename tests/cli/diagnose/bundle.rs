//! `opush diagnose --bundle`: what is in the zip file, that no secret is, and that it is written whole or not at all.

use std::collections::BTreeMap;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use super::world::{SECRETS, World};
use crate::secrets::mode;

const ENTRIES: [&str; 6] =
    ["configuration.toml", "deliveries.jsonl", "receipts.jsonl", "report.json", "report.md", "versions.json"];

/// Every entry by its name.
fn entries(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = BTreeMap::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).unwrap();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        all.insert(entry.name().unwrap().to_string(), text);
    }
    all
}

fn bundle(world: &World, name: &str) -> BTreeMap<String, String> {
    let ran = world.run(&format!("diagnose --user alice --bundle {name}")).expect(8);
    assert!(ran.stderr.contains(&format!("wrote {name}: secrets are masked in it")), "{ran}");
    entries(&std::fs::read(world.home.file(name)).unwrap())
}

#[test]
fn the_bundle_has_six_entries_and_no_secret() {
    let world = World::sound();
    // A secret in the file itself, and a push that was refused.
    world.edit("{ file = \"app-secret\" }", &format!("{:?}", SECRETS[1].1));
    world.run("config trust");
    let all = bundle(&world, "alice.zip");
    assert_eq!(all.keys().map(String::as_str).collect::<Vec<_>>(), ENTRIES);
    assert_eq!(mode(&world.home.file("alice.zip")), 0o600);
    let (_, said) = world.diagnose("diagnose --user alice");
    let mut report: Value = serde_json::from_str(&all["report.json"]).unwrap();
    report["about"]["at"] = said["about"]["at"].clone();
    // How long an answer took differs.
    for (kept, said) in
        report["checks"].as_array_mut().unwrap().iter_mut().zip(said["checks"].as_array().unwrap())
    {
        assert_eq!((&kept["id"], &kept["status"]), (&said["id"], &said["status"]));
    }
    assert!(all["report.md"].starts_with("## opush diagnosis: inconclusive\n"), "{}", all["report.md"]);
    assert!(all["configuration.toml"].contains("app_key = \"8c1d4e5f6a7b8c9d0e1f2a3b4c5d6e7f\""));
    let delivery: Value = serde_json::from_str(all["deliveries.jsonl"].trim()).unwrap();
    assert_eq!(
        (&delivery["target"], &delivery["status"]),
        (&world.reg_id.as_str().into(), &"accepted".into())
    );
    assert!(delivery["request"].as_str().unwrap().contains("auth_token=***"), "{delivery}");
    let receipt: Value = serde_json::from_str(all["receipts.jsonl"].trim()).unwrap();
    assert_eq!(receipt["message_id"], delivery["message_id"]);
    let versions: Value = serde_json::from_str(&all["versions.json"]).unwrap();
    assert_eq!(versions["opush"], env!("CARGO_PKG_VERSION"));
    let token: String = rusqlite::Connection::open(world.home.state_home().join("state.db"))
        .unwrap()
        .query_row("SELECT token FROM auth_token", [], |row| row.get(0))
        .unwrap();
    for (name, text) in &all {
        for secret in SECRETS.iter().map(|(_, secret)| *secret).chain([token.as_str()]) {
            assert!(!text.contains(secret), "{name} holds a secret:\n{text}");
        }
    }
}

/// Comments may hold what somebody tried before, a broken file what nobody can recognise.
#[test]
fn no_secret_is_left_in_text_that_is_not_a_value() {
    let world = World::sound();
    let [(_, master), (_, other), _] = SECRETS;
    let sound = world.home.read("opush.toml");
    let commented = format!("# {master}\n{sound}# master_secret was {other}\n")
        .replace("{ file = \"app-secret\" }", &format!("{{ command = [\"echo\", \"{other}\"] }} # {other}"));
    world.home.write("opush.toml", &commented);
    world.run("config trust");
    let masked = &bundle(&world, "commented.zip")["configuration.toml"];
    assert!(!masked.contains(master) && !masked.contains(other) && masked.contains("echo"), "{masked}");
    world.home.write("opush.toml", format!("bad = [\"{master}\"\n{sound}"));
    let broken = &bundle(&world, "broken.zip")["configuration.toml"];
    assert!(!broken.contains(master) && broken.contains("not valid TOML"), "{broken}");
}

#[test]
fn an_existing_file_is_replaced_whole_and_made_private() {
    let world = World::sound();
    world.home.write("b.zip", "something else");
    std::fs::set_permissions(world.home.file("b.zip"), std::fs::Permissions::from_mode(0o644)).unwrap();
    // Whoever still has the old file open keeps it as it was: the new one takes its place.
    let mut old = std::fs::File::open(world.home.file("b.zip")).unwrap();
    assert_eq!(bundle(&world, "b.zip").len(), ENTRIES.len());
    assert_eq!(mode(&world.home.file("b.zip")), 0o600);
    let mut text = String::new();
    old.read_to_string(&mut text).unwrap();
    assert_eq!(text, "something else");
}

#[test]
fn a_failed_write_leaves_no_partial_file() {
    let world = World::sound();
    // A file stands where the folder should be: nobody may write there, whoever runs the test.
    world.home.write("taken", "a file");
    let ran = world.run("diagnose --user alice --bundle taken/b.zip --json").expect(1);
    let value = ran.json();
    assert_eq!(value["error"]["kind"], "disk", "{value:#}");
    world.home.write("folder/kept", "");
    world.run("diagnose --user alice --bundle folder").expect(1);
    let left: Vec<_> = std::fs::read_dir(world.home.file("folder")).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(world.home.read("taken"), "a file");
}

#[test]
fn the_bundle_contains_a_configuration_that_cannot_be_used() {
    let world = World::sound();
    world.edit("channel_id =", "chanel_id =");
    let all = bundle(&world, "b.zip");
    assert_eq!(all.len(), ENTRIES.len());
    assert!(all["report.json"].contains("configuration-invalid"));
    for (_, secret) in SECRETS {
        assert!(all.values().all(|text| !text.contains(secret)));
    }
}
