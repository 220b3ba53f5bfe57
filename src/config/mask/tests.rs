//! What is masked and what is not.
//! Excerpts and diffs have tests of their own.

use super::*;
use proptest::prelude::*;

#[test]
fn every_way_to_write_a_plain_secret_is_masked() {
    for text in [
        "master_secret = \"hunter2\"",
        "master_secret=\"hunter2\"# x",
        "master_secret = 'hunter2'",
        "\"master_secret\" = \"hunter2\"",
        "master_secret = \"\"\"\nhunter2\n\"\"\"\nname = 1",
        "master_secret = '''\nhunter2",
        "master_secret = \"hunter2",
        "master_secret = hunter2",
        "master_secret hunter2",
        "master_secret \"hunter2\"",
        "master_secret: hunter2",
        "master_secret = [\"hunter2\"]",
        "master_secret = [\n\"hunter2\"\n]",
        "master_secret = \"a\\\"hunter2\"",
        "master_secret = \"a\"hunter2\"",
        "master_secret = { plain = \"hunter2\" }",
        "master_secret = { env = \"hunter2!\" }",
        "master_secret = { env = \"A\", value = \"hunter2\" }",
        "master_secret = { \"hunter2\" }",
        "master_secret = { hunter2 }",
        "master_secret.value = \"hunter2\"",
        "[profile.x.certificate.master_secret]\nvalue = \"hunter2\"",
        "master_secert = \"hunter2\"",
        "mastersecret = \"hunter2\"",
        "MasterSecret = \"hunter2\"",
        "master-sercet = \"hunter2\"",
        "app_secret = \"hunter2\"",
        "secret_key = \"hunter2\"",
        "secret = \"hunter2\"",
        "endpoint = \"https://me:hunter2@host/path\"",
        "# master_secret = \"hunter2\"",
        "certificate = [{ id = 1, master_secret = \"hunter2\", name = \"x\" }]",
    ] {
        assert!(!masked(text).contains("hunter2"), "{text} became {}", masked(text));
    }
}

#[test]
fn what_is_no_secret_stays() {
    for text in [
        super::super::testing::SAMPLE,
        "# the master_secret comes from OPPO's console\n",
        "master_secret = { file = \"~/.config/opush/secrets/demo-1\" } # x\nname = \"a\"\n",
        "master_secret = { command = [\"pass\", \"show\", \"x\"] }\nname = \"a\"\n",
        "[profile.x.certificate.master_secret]\nenv = \"NAME\"\n[other]\nname = \"x\"\n",
        "app_key = \"k\"\napp_id = \"1\"\n",
    ] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn the_rest_of_the_line_stays() {
    assert_eq!(
        masked("master_secret = \"x\" # why\nname = 1\n"),
        "master_secret = ******** # why\nname = 1\n"
    );
}

proptest! {
    #[test]
    fn any_text_is_masked_without_panic_and_keeps_its_lines(
        text in "([a-z \"'={}\\[\\].,#\\\\\n\r你]|master_secret|env|\"\"\"){0,60}"
    ) {
        prop_assert_eq!(masked(&text).matches('\n').count(), text.matches('\n').count());
        let mut end = 0;
        for secret in secrets(&text) {
            prop_assert!(secret.start >= end && secret.end <= text.len());
            end = secret.end;
        }
    }
}
