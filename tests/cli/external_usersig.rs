//! UserSigs of Tencent's own libraries, made where they are installed: opush accepts them, and signs the same for the same time.
#![cfg(feature = "external")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use opush::clock::Timestamp;
use opush::config::Secret;
use opush::im::user_sig::{Claims, Order, make, read};

use crate::harness::Home;

const KEY: &str = "opush-demo-secret-key-not-a-real-one-0000000000000000000000000000";

/// Names that a library might treat in its own way: the longest, one beyond ASCII, one with marks of the alphabet.
const USERS: [&str; 4] = ["administrator", "用户_1", "a*b-c_d=", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"];

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// A home whose profile has the key that the libraries are given.
fn home() -> Home {
    let config = "[profile.demo]\nregion = \"cn\"\n[profile.demo.im]\nsdk_app_id = 1400000001\n\
                  admin = \"administrator\"\nsecret_key = { env = \"IM_KEY\" }\n";
    Home::with_config(config).variable("IM_KEY", KEY)
}

/// What a program prints, without the line feed.
fn printed(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// opush accepts it as that user's, says the same of it, and its own for the same time has the same signature.
#[track_caller]
fn assert_same(user: &str, expire: u64, text: &str) {
    let home = home();
    home.run_with(&["im", "usersig", "--verify", "--user", user], text).expect(0);
    let other = Home::with_config(&home.read("opush.toml")).variable("IM_KEY", "another-key");
    other.run_with(&["im", "usersig", "--verify", "--user", user], text).expect(4);

    let (claims, flaws) = read(text);
    assert_eq!(flaws, []);
    let claims: Claims = claims.unwrap();
    assert_eq!((claims.identifier.as_deref(), claims.expire), (Some(user), Some(expire)));
    let order = Order {
        sdk_app_id: 1_400_000_001,
        user,
        issued_at: Timestamp::from_second(claims.time.unwrap()).unwrap(),
        expire: Duration::from_secs(expire),
    };
    let own = read(make(&Secret::new(KEY), &order).reveal()).0.unwrap();
    assert_eq!(own, claims, "TLS.sig and every other field");
}

mod python3 {
    use super::*;

    #[test]
    fn opush_accepts_what_tencents_python_library_makes() {
        let script = "import sys, TLSSigAPIv2\n\
                      print(TLSSigAPIv2.TLSSigAPIv2(1400000001, sys.argv[1]).gen_sig(sys.argv[2], int(sys.argv[3])))";
        for (user, expire) in USERS.into_iter().zip([86_400, 604_800, 60, 15_552_000]) {
            let python = tests().join(".venv/bin/python3");
            let made = printed(Command::new(python).args(["-c", script, KEY, user, &expire.to_string()]));
            assert_same(user, expire, &made);
        }
    }
}

mod node {
    use super::*;

    #[test]
    fn opush_accepts_what_tencents_node_library_makes() {
        let script = "const { Api } = require('tls-sig-api-v2');\n\
                      console.log(new Api(1400000001, process.argv[1]).genUserSig(process.argv[2], Number(process.argv[3])));";
        for (user, expire) in USERS.into_iter().zip([86_400, 604_800, 60, 15_552_000]) {
            let mut node = Command::new("node");
            node.current_dir(tests()).args(["-e", script, KEY, user, &expire.to_string()]);
            assert_same(user, expire, &printed(&mut node));
        }
    }
}
