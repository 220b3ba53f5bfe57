//! Many processes that add certificates at once, and ones that are killed while they write.
//! Nothing is lost, and whatever the moment, the file can be read.

use std::collections::BTreeSet;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::super::harness::Home;
use super::super::processes::all;
use super::{ADD, with};

const MANY: usize = 50;

fn rounds() -> usize {
    if all() { 100 } else { 16 }
}

#[test]
fn fifty_certificates_added_at_once_are_all_kept() {
    // A fresh machine: the first one makes the file and the profile, whichever that is.
    let home = Home::new();
    let names: Vec<String> = (0..MANY).map(|number| format!("n{number}")).collect();
    let children: Vec<_> = names
        .iter()
        .map(|name| {
            let mut command = home.command(&with(&ADD, &["--name", name, "--json"]));
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    let (_, list) = home.json(&["cert", "list"]);
    let items = list["items"].as_array().unwrap();
    let ids: BTreeSet<i64> = items.iter().map(|item| item["id"].as_i64().unwrap()).collect();
    let kept: BTreeSet<String> = items.iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, (1..=MANY as i64).collect());
    assert_eq!(kept, names.into_iter().collect());
}

#[test]
fn a_killed_process_leaves_a_file_that_can_be_read() {
    let home = Home::with_config("# kept\n");
    let started = Instant::now();
    home.run(&ADD).expect(0);
    let whole = started.elapsed();
    let add = with(&ADD[..2], &ADD[8..]);
    for round in 0..rounds() {
        let mut child = home
            .command(&add)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // From the very start to about the end of an undisturbed run.
        std::thread::sleep(whole.mul_f64(round as f64 / rounds() as f64).min(Duration::from_secs(1)));
        let _ = child.kill();
        child.wait().unwrap();
        let text = home.read("opush.toml");
        assert!(text.starts_with("# kept\n"), "{text}");
        let file: toml::Table = text.parse().expect("whole TOML after every kill");
        let certificates = file["profile"]["chat"]["certificate"].as_array().unwrap();
        for certificate in certificates {
            assert!(certificate.get("click").is_some(), "half a certificate: {certificate}");
        }
    }
    // Nobody's death keeps the lock.
    home.run(&add).expect(0);
    home.run(&["config", "path"]).expect(0);
    home.run(&["cert", "list"]).expect(0);
}
