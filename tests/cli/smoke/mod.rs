//! `opush smoke`: scenarios against the sandbox and against a vendor of raw sockets, what they print and write.

mod bad_input;
mod expectations;
mod first;
mod order;
mod reports;
mod retries;
mod secrets;

use serde_json::Value;

use crate::harness::Home;

/// A regId of the right form that no phone has.
const NOBODY: &str = "CN_00000000000000000000000000000001";

/// A home that means the sandbox.
fn home() -> Home {
    Home::new().variable("OPUSH_PROFILE", "sandbox")
}

/// What every scenario here has in common: a push to the sandbox's first phone.
const PHONE: &str = "[target]\nphone = \"demo\"\n[notification]\ntitle = \"Hello\"\ncontent = \"see you\"\n";

/// Runs a scenario; exit code and result.
fn run(home: &Home, scenario: &str, more: &[&str]) -> (i32, Value) {
    home.write("s.toml", scenario);
    let args: Vec<&str> = ["smoke", "run", "s.toml"].iter().chain(more).copied().collect();
    home.json(&args)
}

/// The verdicts in order.
fn verdicts(ran: &Value) -> Vec<&str> {
    ran["items"].as_array().unwrap().iter().map(|item| item["verdict"].as_str().unwrap()).collect()
}

/// A profile of OPPO's that leads to this endpoint.
fn profile(endpoint: &str) -> String {
    format!(
        "[profile.staging]\nregion = \"cn\"\nendpoint = \"{endpoint}\"\npackage = \"com.example.chat\"\n\
         [[profile.staging.certificate]]\nid = 7005\napp_id = \"30001\"\napp_key = \"key\"\n\
         master_secret = {{ env = \"MASTER\" }}\nchannel_id = \"tuikit\"\n"
    )
}

/// What no output may hold.
const MASTER: &str = "canary-smoke-master-secret";

/// A home with that profile.
fn home_at(endpoint: &str) -> Home {
    Home::with_config(&profile(endpoint)).variable("MASTER", MASTER)
}

/// A push to a regId.
const TO_REG_ID: &str = "[target]\nreg_id = \"CN_0123456789abcdef0123456789abcdef\"\n[notification]\ntitle = \"Hello\"\ncontent = \"see you\"\n";
