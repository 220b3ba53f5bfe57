//! A team's own server before a sandbox that takes strangers: raw requests, with keys and regIds that nobody configured.

use serde_json::{Value, json};

use super::harness::{Home, Sandbox};
use super::raw::post_form;

pub const REG_IDS: [&str; 2] = ["CN_00000000000000000000000000000001", "CN_00000000000000000000000000000002"];

pub struct Team {
    pub sandbox: Sandbox,
    pub token: String,
}

impl Team {
    /// A sender other than opush goes by the machine's clock.
    #[allow(clippy::disallowed_methods)]
    pub fn start(home: &Home) -> Team {
        let sandbox = home.sandbox(&["--ephemeral", "--accept-any"]);
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
        let form = format!("app_key=team&timestamp={now}&sign={}", "0".repeat(64));
        let token = post(&sandbox, "auth", &form)["auth_token"].as_str().unwrap().to_owned();
        Team { sandbox, token }
    }

    /// The answer's data to a form beside the token.
    pub fn push(&self, call: &str, form: &str) -> Value {
        let form = format!("auth_token={}&{form}", self.token);
        post(&self.sandbox, &format!("message/notification/{call}"), &form)
    }
}

fn post(sandbox: &Sandbox, path: &str, form: &str) -> Value {
    let (status, answer) = post_form(&sandbox.url, &format!("/server/v1/{path}"), form);
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!((status, &answer["code"]), (200, &json!(0)), "{answer}");
    answer["data"].clone()
}

/// The text in an answer.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value}")).to_owned()
}
