//! What a profile needs of an app, and whether an app file has it. What the file can't tell is unknown, never missing.

use schemars::JsonSchema;
use serde::Serialize;
use strum::{IntoStaticStr, VariantArray};

use super::channel::channel_in;
use crate::app::{self, AppFile, Unreadable};
use crate::click::{self, Finding, Severity};
use crate::snippet::constants::{Constants, Meaning};
use crate::snippet::in_app::examine;
use crate::snippet::{Snippet, Values};

/// What is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, IntoStaticStr, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum NeedKind {
    /// The NotificationChannel of the certificate.
    Channel,
    /// The certificate ID that the app reports.
    CertificateId,
    /// AppKey, with which the app registers at OPPO.
    AppKey,
    /// OPPO's permissions and services, and one generation of its SDK.
    Push,
    /// What a tap on a notification opens, with its filter.
    ClickTarget,
}

/// Whether it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, IntoStaticStr, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum NeedStatus {
    /// The app file has it.
    There,
    /// The app file shows that the app lacks it.
    Missing,
    /// The app file can't tell.
    NotKnown,
}

/// One thing that is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Need {
    pub(crate) kind: NeedKind,
    pub(crate) status: NeedStatus,
    pub(crate) evidence: String,
    pub(crate) place: Option<String>,
    /// What to do.
    pub(crate) remedy: Option<String>,
    /// What to paste into the manifest.
    pub(crate) xml: Option<String>,
    /// The piece of code that adds it.
    pub(crate) snippet: Option<Snippet>,
}

impl Need {
    fn new(kind: NeedKind, status: NeedStatus, evidence: String) -> Need {
        Need { kind, status, evidence, place: None, remedy: None, xml: None, snippet: None }
    }

    fn of(kind: NeedKind, finding: Finding) -> Need {
        let status = if finding.is_error() { NeedStatus::Missing } else { NeedStatus::NotKnown };
        let Finding { evidence, place, xml, remedy, .. } = finding;
        let snippet = xml.is_none().then_some(Snippet::Manifest);
        Need { place, remedy: Some(remedy), xml, snippet, ..Need::new(kind, status, evidence) }
    }

    fn added_by(mut self, snippet: Snippet) -> Need {
        self.snippet = Some(snippet);
        self
    }
}

/// The configuration of the push plugin in an app.
const PLUGIN: &str = "timpush-configs.json";

/// Everything that the profile needs, in the order of a push.
///
/// # Errors
/// If the code in the file can't be read.
pub(crate) fn needs(app: &AppFile, values: &Values) -> Result<Vec<Need>, Unreadable> {
    let plugin = app::asset(app, PLUGIN)?.map(|bytes| {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Constants::read(&text, PLUGIN)
    });
    let mut needs = vec![channel(app, values)?];
    needs.push(constant(app, plugin.as_ref(), NeedKind::CertificateId, &values.certificate_id.to_string())?);
    needs.push(constant(app, plugin.as_ref(), NeedKind::AppKey, &values.app_key)?);
    let push = examine(app)?.findings;
    needs.extend(all(NeedKind::Push, push, || format!("{} has OPPO's permissions and services", app.file)));
    let tap = click::findings_in(app, values.package.as_deref(), &values.click);
    needs.extend(all(NeedKind::ClickTarget, tap, || format!("{} has what {} opens", app.file, values.click)));
    Ok(needs)
}

/// One for each finding; without any, that all is there.
fn all(kind: NeedKind, found: Vec<Finding>, there: impl Fn() -> String) -> Vec<Need> {
    let found = found.into_iter().filter(|finding| finding.severity != Severity::Note);
    let needs: Vec<Need> = found.map(|finding| Need::of(kind, finding)).collect();
    if needs.is_empty() { vec![Need::new(kind, NeedStatus::There, there())] } else { needs }
}

fn channel(app: &AppFile, values: &Values) -> Result<Need, Unreadable> {
    let need = |status, evidence| Need::new(NeedKind::Channel, status, evidence);
    let Some(channel) = &values.channel_id else {
        let evidence = format!("certificate {} has no ChannelID", values.certificate_id);
        return Ok(need(NeedStatus::NotKnown, evidence));
    };
    let file = &app.file;
    Ok(match channel_in(app, channel)? {
        Some(true) => need(NeedStatus::There, format!("the code of {file} holds the text \"{channel}\"")),
        Some(false) => {
            let evidence =
                format!("the code of {file} holds no text \"{channel}\"; the app may get the id elsewhere");
            need(NeedStatus::NotKnown, evidence).added_by(Snippet::Channel)
        }
        None => need(NeedStatus::NotKnown, format!("{file} comes without code")).added_by(Snippet::Channel),
    })
}

/// A value of the certificate: in the plugin's configuration, which decides where it is there, else in the code.
fn constant(
    app: &AppFile,
    plugin: Option<&Constants>,
    kind: NeedKind,
    wanted: &str,
) -> Result<Need, Unreadable> {
    let (meaning, word) = match kind {
        NeedKind::CertificateId => (Meaning::CertificateId, "certificate ID"),
        _ => (Meaning::AppKey, "AppKey"),
    };
    let need = |status, evidence| Need::new(kind, status, evidence);
    if let Some(pair) = plugin.and_then(|plugin| plugin.value(meaning)) {
        return Ok(match pair.value == wanted {
            true => need(NeedStatus::There, format!("{PLUGIN} of {} has the {word}", app.file)),
            false => {
                let evidence = format!(
                    "{PLUGIN} of {} has the {word} {}, and the certificate {wanted}",
                    app.file, pair.value
                );
                let remedy = "put the file of this certificate into the app: opush cert export --to timpush"
                    .to_owned();
                Need { remedy: Some(remedy), ..need(NeedStatus::Missing, evidence) }
            }
        });
    }
    let known = match kind {
        // As a text too: the JSON of the plugin and others hold it so.
        NeedKind::CertificateId => match app::number_in(app, wanted.parse().unwrap_or_default())? {
            Some(known) => Some(known),
            None => app::texts_in(app, &[wanted])?.and_then(|found| found.first().copied()),
        },
        _ => app::texts_in(app, &[wanted])?.and_then(|found| found.first().copied()),
    };
    let file = &app.file;
    Ok(match known {
        Some(true) => need(NeedStatus::There, format!("the code of {file} holds the {word} {wanted}")),
        Some(false) => {
            let evidence =
                format!("the code of {file} does not show the {word} {wanted}; it may be made elsewhere");
            need(NeedStatus::NotKnown, evidence).added_by(Snippet::Constants)
        }
        None => need(NeedStatus::NotKnown, format!("{file} comes without code")).added_by(Snippet::Constants),
    })
}
