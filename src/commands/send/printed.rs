//! A push result as it is printed: the contract of `--json`, and the lines for a person.
//! What the statuses mean belongs to `push`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::im_presence::ImPresenceView;
use super::received::{self, ReceiptJson};
use crate::config::Profile;
use crate::failure::{Class, Failure, Problem, Warning};
use crate::oppo::{Outcome, Target};
use crate::output::{ErrorJson, Page, Report, Tone};
use crate::push::Delivered;
use crate::receipts::AwaitedReceipt;
use crate::store::deliveries::Status;

/// One push: to whom, what became of it, and why.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PushJson {
    /// accepted, refused, unknown, not_sent or dry_run.
    pub(crate) status: String,
    pub(crate) profile: String,
    pub(crate) region: String,
    pub(crate) certificate_id: Option<i64>,
    pub(crate) reg_id: Option<String>,
    pub(crate) alias: Option<String>,
    pub(crate) user: Option<String>,
    pub(crate) device: Option<String>,
    /// OPPO's id of the accepted push.
    pub(crate) message_id: Option<String>,
    /// The de-duplication id that was sent.
    pub(crate) app_message_id: Option<String>,
    /// What OPPO answered, if it did.
    pub(crate) vendor: Option<VendorJson>,
    /// push, or the offline-push rule's name for why not.
    pub(crate) decision: String,
    /// Why the rule decided so; null where it was not asked.
    pub(crate) ground: Option<String>,
    /// It pushes although the app's state is unknown.
    #[serde(skip)]
    pub(crate) presence_unknown: bool,
    pub(crate) elapsed_ms: i64,
    /// Its number in `opush history`.
    pub(crate) history_id: Option<i64>,
    pub(crate) warnings: Vec<Warning>,
    /// With --user, what the IM server said of the user; only where the profile has IM settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) im: Option<ImPresenceView>,
    /// With --dry-run: the request as it would go out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) request: Option<RequestJson>,
    /// With --wait: the receipt that came for it; null if none did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) receipt: Option<Option<ReceiptJson>>,
    /// Null only where OPPO accepted the push and, with --wait, reported that it arrived; or for a dry run.
    pub(crate) error: Option<ErrorJson>,
}

/// OPPO's answer.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct VendorJson {
    code: i64,
    message: String,
}

/// A request that was not sent; secrets are masked.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct RequestJson {
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    /// The form's fields before encoding.
    pub(crate) form: Vec<(String, String)>,
    /// With --curl: a command that sends it, the token as $OPUSH_AUTH_TOKEN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) curl: Option<String>,
}

impl PushJson {
    /// The frame of a result for this target, nothing sent yet.
    pub(crate) fn frame(profile: &Profile, target: Option<&Target>) -> Self {
        let value = target.map(|target| target.value().to_owned());
        let is_alias = matches!(target, Some(Target::Alias(_)));
        PushJson {
            status: "dry_run".into(),
            profile: profile.name.clone(),
            region: profile.region.to_string(),
            certificate_id: None,
            reg_id: value.clone().filter(|_| !is_alias),
            alias: value.filter(|_| is_alias),
            user: None,
            device: None,
            message_id: None,
            app_message_id: None,
            vendor: None,
            decision: "push".into(),
            ground: None,
            presence_unknown: false,
            elapsed_ms: 0,
            history_id: None,
            warnings: Vec::new(),
            im: None,
            request: None,
            receipt: None,
            error: None,
        }
    }

    pub(crate) fn of(delivered: &Delivered, profile: &Profile, warnings: &[Warning]) -> Self {
        let vendor = match &delivered.outcome {
            Ok(Outcome::Accepted { .. }) => Some(VendorJson { code: 0, message: "Success".into() }),
            Ok(Outcome::Refused(error)) => {
                Some(VendorJson { code: error.code, message: error.words().to_owned() })
            }
            Ok(Outcome::Unknown(_)) | Err(_) => None,
        };
        let target = delivered.target.as_ref();
        PushJson {
            status: delivered.status().as_str().into(),
            certificate_id: delivered.certificate_id,
            user: delivered.user.clone(),
            device: delivered.device.clone(),
            message_id: delivered.message_id().map(Into::into),
            app_message_id: delivered.app_message_id.clone(),
            vendor,
            decision: delivered.decision.name().into(),
            ground: Some(delivered.decision.ground().to_owned()).filter(|ground| !ground.is_empty()),
            presence_unknown: delivered.decision.presence_unknown,
            elapsed_ms: delivered.elapsed_ms,
            history_id: delivered.id.map(|id| id.0),
            warnings: warnings.iter().chain(&delivered.warnings).cloned().collect(),
            error: delivered.problem().as_ref().map(ErrorJson::from),
            ..PushJson::frame(profile, target)
        }
    }

    /// With what came of the wait for its receipt, where there was one.
    pub(super) fn awaited(self, awaited: Option<&AwaitedReceipt>) -> Self {
        let Some(awaited) = awaited else { return self };
        let error = self.error.or(awaited.problem.as_ref().map(ErrorJson::from));
        PushJson { receipt: Some(ReceiptJson::of(awaited)), error, ..self }
    }

    /// Held back for this reason, in a dry run.
    pub(crate) fn held_back(self, problem: &Problem) -> Self {
        let error = Some(ErrorJson::from(problem));
        PushJson { status: Status::NotSent.as_str().into(), error, ..self }
    }

    fn line(&self, page: &mut Page) {
        let tone = match self.status.parse() {
            Ok(Status::Accepted) => Tone::Ok,
            Ok(Status::Unknown | Status::Pending) => Tone::Warn,
            Ok(Status::Refused | Status::NotSent) => Tone::Broken,
            Err(_) => Tone::Faint,
        };
        let status = page.tone(tone, &self.status);
        let what = self.message_id.clone().unwrap_or_else(|| match &self.vendor {
            Some(vendor) => format!("{} {}", vendor.code, vendor.message),
            None if self.decision != "push" => self.decision.clone(),
            None => String::new(),
        });
        let whom = match (&self.user, &self.device) {
            (Some(user), Some(device)) => format!("{user} (device {device}), "),
            (Some(user), None) => format!("{user}, "),
            _ => String::new(),
        };
        let certificate = self.certificate_id.map(|id| format!(", certificate {id}")).unwrap_or_default();
        // What the rule held back took no time.
        let took = if self.decision == "push" { format!(", {} ms", self.elapsed_ms) } else { String::new() };
        let gap = if what.is_empty() { "" } else { "   " };
        page.line(format!(
            "{status}   {what}{gap}{whom}{} ({}){certificate}{took}",
            self.profile, self.region
        ));
    }

    /// What the rule said, where it was asked.
    fn ground_line(&self, page: &mut Page) {
        let Some(ground) = &self.ground else { return };
        let unknown = if self.presence_unknown { " (presence unknown)" } else { "" };
        page.line(format!("  {}{unknown}: {ground}", self.decision));
    }

    /// In a dry run, the target of the request that follows, and why it would be sent.
    fn decision_line(&self, page: &mut Page) {
        let (Some(ground), Some(user), Some(device)) = (&self.ground, &self.user, &self.device) else {
            return;
        };
        let unknown = if self.presence_unknown { " (presence unknown)" } else { "" };
        page.line(format!("{user} (device {device}), {}{unknown}: {ground}", self.decision));
    }

    fn request_lines(&self, page: &mut Page) {
        let Some(request) = &self.request else { return };
        if let Some(curl) = &request.curl {
            page.line(curl);
            return;
        }
        page.line(format!("{} {}", request.method, request.url));
        request.headers.iter().for_each(|(name, value)| page.line(format!("{name}: {value}")));
        page.blank();
        request.form.iter().for_each(|(name, value)| page.line(format!("{name}={value}")));
    }
}

/// The outcome of `opush send`.
#[derive(Debug, Default)]
pub(crate) struct Pushed {
    /// To a user there is always a list.
    pub(crate) to_user: bool,
    pub(crate) items: Vec<PushJson>,
    /// What decides the exit code, and the `error` of a list.
    pub(crate) failure: Option<Failure>,
    /// What a person reads instead, where that says more.
    pub(crate) spoken: Option<Failure>,
    /// The user, and what the IM server said of them, where the profile has one.
    pub(crate) im: Option<(String, ImPresenceView)>,
    pub(crate) warnings: Vec<Warning>,
}

/// What `send --json` prints: one result, or for `--user` one for each device.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "its schema is wanted; the values are printed from `Pushed`")]
pub(crate) enum SendJson {
    One(Box<PushJson>),
    User { items: Vec<PushJson>, error: Option<ErrorJson> },
}

impl Serialize for Pushed {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.items.as_slice() {
            [one] if !self.to_user => one.serialize(to),
            items => {
                let error = self.failure.as_ref().map(ErrorJson::from);
                serde_json::json!({ "items": items, "error": error }).serialize(to)
            }
        }
    }
}

impl Report for Pushed {
    fn text(&self, page: &mut Page) {
        if let Some((user, im)) = &self.im {
            im.line(user, page);
        }
        for (number, item) in self.items.iter().enumerate() {
            match &item.request {
                None => {
                    item.line(page);
                    item.ground_line(page);
                    if let Some(receipt) = &item.receipt {
                        received::line(receipt.as_ref(), item.error.is_none(), page);
                    }
                }
                Some(request) => {
                    if number > 0 {
                        page.blank();
                    }
                    // A command to paste is alone on its lines.
                    if request.curl.is_none() {
                        item.decision_line(page);
                    }
                    item.request_lines(page);
                }
            }
        }
    }

    fn class(&self) -> Option<Class> {
        self.failure.as_ref().map(Failure::class)
    }

    fn warnings(&self) -> Vec<Warning> {
        self.warnings.clone()
    }

    fn failure(&self) -> Option<Failure> {
        self.spoken.clone().or_else(|| self.failure.clone())
    }
}
