//! The first scenario of a profile, as text with comments: what `opush smoke new` writes.
//! Where it is written to belongs to the command.

use crate::click;

/// What the file is made of.
#[derive(Clone, Debug)]
pub(crate) struct First<'a> {
    pub(crate) profile: &'a str,
    pub(crate) region: &'a str,
    /// The certificate's ID.
    pub(crate) certificate: i64,
    pub(crate) target: FirstTarget<'a>,
    /// The certificate's click target.
    pub(crate) click: &'a click::Target,
}

/// Whom the first push goes to.
#[derive(Clone, Debug)]
pub(crate) enum FirstTarget<'a> {
    /// A phone of the sandbox, by its name.
    Phone { name: &'a str },
    /// A regId from the environment.
    Variable(&'a str),
}

/// The whole file.
pub(crate) fn first(first: &First) -> String {
    let First { profile, region, certificate, .. } = first;
    let target = match &first.target {
        FirstTarget::Phone { name } => {
            format!(
                "# A phone of the sandbox by its name; see: opush sandbox phone list\n[target]\nphone = {}",
                text(name)
            )
        }
        FirstTarget::Variable(name) => format!(
            "# The regId of a test phone, from the environment. Instead: alias = \"…\" or user = \"…\"\n[target]\nreg_id = \"${{{name}}}\""
        ),
    };
    let click = match first.click {
        click::Target::OpenApp => "open-app".to_owned(),
        other => other.to_string(),
    };
    format!(
        r#"# Smoke test of profile {profile} ({region}). Run it: opush smoke run and this file's name.
# Nothing here is secret: opush gets MasterSecret from the profile. docs/commands/smoke.md describes every key.

# --profile and OPUSH_PROFILE go before it.
profile = {name}
certificate = {certificate}

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
        name = text(profile),
        click = text(&click),
        expect = expectation(first),
    )
}

/// In the sandbox a phone can be looked at.
fn expectation(first: &First) -> String {
    let FirstTarget::Phone { .. } = &first.target else {
        return "expect = { status = \"accepted\" }\n\n# A message class that the app was not granted is refused:\n# [[case]]\n# name = \"an order is not ours to send\"\n# notification = { category = \"ORDER\", notify_level = 16 }\n# expect = { code = 67 }".to_owned();
    };
    let shown = "[case.expect]\nshown = { title = \"Smoke test\", content = \"With an extra\" }";
    match first.click {
        click::Target::Activity(class) => {
            format!(
                "{shown}\nclick = {{ opened = {}, extras = {{ extKey = \"ext content\" }} }}",
                text(class)
            )
        }
        // The phone appends the custom content to the URL, which a person need not learn here.
        click::Target::Url(_) => shown.to_owned(),
        click::Target::OpenApp | click::Target::Intent(_) => {
            format!("{shown}\n# What a tap opens: click = {{ opened = \"com.example.chat.SplashActivity\" }}")
        }
    }
}

/// A TOML string.
fn text(value: &str) -> String {
    toml::Value::from(value).to_string()
}
