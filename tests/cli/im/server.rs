//! An IM server of raw sockets with a profile that leads to it, and the secrets that no output may show.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::harness::{Home, Ran};
pub use crate::vendor::{Received, Reply, Vendor, answer, json};

/// Stands in no output, whatever happens.
pub const KEY: &str = "canary-im-secret-key-0123456789";

/// A server that answers every request with this JSON.
pub fn answers(body: &str) -> Vendor {
    let body = body.to_owned();
    Vendor::start(move |_, _| Reply::Keep(json(&body)))
}

/// A home whose profile has its IM server at this URL.
pub fn home(url: &str) -> Home {
    let config = format!(
        "[profile.demo]\nregion = \"cn\"\n[profile.demo.im]\nsdk_app_id = 1400000001\nadmin = \"administrator\"\n\
         secret_key = {{ env = \"IM_KEY\" }}\nendpoint = \"{url}\"\n"
    );
    Home::with_config(&config).variable("IM_KEY", KEY)
}

/// The path and the decoded query of a request.
pub fn target(request: &Received) -> (String, BTreeMap<String, String>) {
    let line = request.head.lines().next().unwrap();
    let target = line.strip_prefix("POST ").and_then(|line| line.strip_suffix(" HTTP/1.1")).expect("a POST");
    let (path, query) = target.split_once('?').expect("a query");
    let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    (path.to_owned(), pairs)
}

pub fn body(request: &Received) -> Value {
    serde_json::from_str(&request.body).expect("a JSON body")
}

/// Fails the test if the key or a UserSig that was sent stands in the output.
#[track_caller]
pub fn assert_silent(ran: &Ran, server: &Vendor) {
    let shown = format!("{}{}", ran.stdout, ran.stderr);
    assert!(!shown.contains(KEY), "the key is shown: {shown}");
    for request in server.received() {
        let user_sig = &target(&request).1["usersig"];
        assert!(!shown.contains(user_sig.as_str()), "a UserSig is shown: {shown}");
    }
}
