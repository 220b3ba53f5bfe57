//! `opush device` with a phone whose adb is a script; the real adb is in `external/adb.rs`.

mod check;
mod kill;
mod log;
pub mod phone;
mod tap;
mod trouble;

use crate::harness::Home;

/// A home with the app's profile, and a phone with this Android on the cable.
fn home(version: u32) -> Home {
    let mut home = Home::with_config(
        r#"
[profile.chat]
region = "sandbox"
package = "com.example.chat"
[[profile.chat.certificate]]
id = 7005
app_id = "30123456"
app_key = "demo-app-key"
master_secret = "demo-master-secret"
channel_id = "tuikit"
click = { action = "activity", activity = "com.example.chat.SplashActivity" }
"#,
    );
    phone::connect(&mut home, version);
    home
}
