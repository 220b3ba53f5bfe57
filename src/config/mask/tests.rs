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
        "[profile.x.certificate.master_secret]\nfile = \"hunter2\"",
        "[profile.x.certificate.master_secret]\ncommand = [\"echo\", \"hunter2\"]",
        "master_secret = { file = \"hunter2\" }",
        "master_secret = { file = 'hunter2', x = 1 }",
        "master_secret = { file = hunter2 }",
        "master_secret = { file = \"~/a\" } # hunter2",
        "master_secret = { file = \"keys/8c1d0e5ab37f42d6hunter2\" }",
        "master_secret = { env = \"A\" }# hunter2",
        "master_secret = \"x\" # was hunter2",
        "master_secret.file = \"hunter2\"",
        "master_secret.env = \"A\" # hunter2",
        "master_secret = { command = \"curl hunter2\" }",
        "master_secret = { command = [\"curl -u me:hunter2\"] }",
        "master_secret = { command = [\"curl\", \"-u\", \"hunter2\"] }",
        "master_secret = { command = [ # first\n\"curl\", # hunter2\n'hunter2',\nhunter2 ] } # hunter2",
        "master_secret = { command = [\"curl\", \"hunter2",
        "master_secret =\nhunter2==\n",
        "master_secret = \n\"hunter2\"\n",
        "master_secert = \"hunter2\"",
        "mastersecret = \"hunter2\"",
        "MasterSecret = \"hunter2\"",
        "master-sercet = \"hunter2\"",
        "master_sec\"ret = \"hunter2\"",
        "mas.ter_sec[ret = { command = [\"pass\", \"hunter2\"] }",
        "{ id = 1, mas.ter_secr'et = \"hunter2\" }",
        "master_s=ecret.file = \"hunter2\"",
        "master_secret = []\"hunter2\"]",
        "master_secret =\n { file = \"hunter2\" }",
        "master_secret = { e\nnv = \"A\", plain = \"hunter2\" }",
        "master_secret = \"'\"\"\nhunter2\n\"\"\"",
        "master#_s#ecret = \"hunter2\"",
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
        "master_secret = { file = \"~/.config/opush/secrets/demo-1\" }\nname = \"a\" # x\n",
        "master_secret = { command = [\"pass\"] }\nname = \"a\"\n",
        "master_secret = \nname = \"a\"\n[x]\nsecret =\n[y]\n",
        "[profile.x.certificate.master_secret]\nenv = \"NAME\"\n[other]\nname = \"x\"\n",
        "app_key = \"k\"\napp_id = \"1\"\n",
    ] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn the_rest_of_the_line_stays_and_its_comment_does_not() {
    assert_eq!(
        masked("{ master_secret = \"x\", name = 1 } # why\nname = 1 # why\n"),
        "{ master_secret = ********, name = 1 } ********\nname = 1 # why\n"
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
