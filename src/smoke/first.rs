//! The first scenario of a profile, as text with comments: what `opush smoke new` writes.

use crate::click;
use crate::config::{Certificate, Profile};

/// Where a test phone's regId comes from, as with `send`.
pub(crate) const REG_ID_VARIABLE: &str = "OPUSH_REG_ID";

/// The whole file. The first push goes to a phone of the sandbox, or to the regId in `REG_ID_VARIABLE`.
pub(crate) fn first(profile: &Profile, certificate: &Certificate, phone: Option<&str>) -> String {
    let (region, id, click) = (profile.region.value, certificate.id.get(), &certificate.click.value);
    let target = match phone {
        Some(name) => format!(
            "# A phone of the sandbox by its name; see: opush sandbox phone list\n[target]\nphone = {}",
            text(name)
        ),
        None => format!(
            "# The regId of a test phone, from the environment. Instead: alias = \"…\" or user = \"…\"\n[target]\nreg_id = \"${{{REG_ID_VARIABLE}}}\""
        ),
    };
    format!(
        r#"# Smoke test of profile {} ({region}). Run it: opush smoke run and this file's name.
# Nothing here is secret: opush gets MasterSecret from the profile. docs/commands/smoke.md describes every key.

# --profile and OPUSH_PROFILE go before it.
profile = {name}
certificate = {id}

{target}

# What every case sends, unless it says otherwise. The keys are the flags of opush send, or OPPO's field names.
[notification]
title = "Smoke test"
content = "Sent by opush smoke"
click = {click}

[[case]]
name = "a plain text is accepted"
# Accepted is what is expected where nothing is said.

[[case]]
name = "custom content goes along"
notification = {{ content = "With an extra", extras = {{ extKey = "ext content" }} }}
{expect}
"#,
        profile.name,
        name = text(&profile.name),
        click = text(&click.to_string()),
        expect = expectation(click, phone.is_some()),
    )
}

/// In the sandbox a phone can be looked at.
fn expectation(click: &click::Target, in_sandbox: bool) -> String {
    if !in_sandbox {
        return "expect = { status = \"accepted\" }\n\n# A message class that the app was not granted is refused:\n# [[case]]\n# name = \"an order is not ours to send\"\n# notification = { category = \"ORDER\", notify_level = 16 }\n# expect = { code = 67 }".to_owned();
    }
    let shown = "[case.expect]\nshown = { title = \"Smoke test\", content = \"With an extra\" }";
    match click {
        click::Target::Activity(class) => {
            format!(
                "{shown}\nclick = {{ opened = {}, extras = {{ extKey = \"ext content\" }} }}",
                text(class)
            )
        }
        // The phone appends the custom content to the URL, which a person need not learn here.
        click::Target::Url(_) => shown.to_owned(),
        click::Target::OpenApp | click::Target::Intent(_) | click::Target::Scheme(_) => {
            format!("{shown}\n# What a tap opens: click = {{ opened = \"com.example.chat.SplashActivity\" }}")
        }
    }
}

/// A TOML string.
fn text(value: &str) -> String {
    toml::Value::from(value).to_string()
}
