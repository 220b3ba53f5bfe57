//! A push result as it is printed: the contract of `--json`, and the lines for a person.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::im_presence::ImPresenceView;
use crate::config::{Profile, Region};
use crate::failure::{Failure, Problem, Warning};
use crate::oppo::{Exchange, Outcome, Target};
use crate::output::{ErrorJson, Page, Report, Tone};
use crate::push::{Decision, DecisionKind, Delivered};
use crate::receipts::AwaitedReceipt;

/// What became of a push, as it is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, strum::Display)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub(crate) enum PushStatus {
    /// OPPO took the push and gave a message_id; it says nothing of display.
    Accepted,
    /// OPPO answered with a code other than 0.
    Refused,
    /// The request went out, and what became of it is not known.
    Unknown,
    /// Nothing reached OPPO.
    NotSent,
    /// Nothing was sent, as `--dry-run` asks.
    #[default]
    DryRun,
}

/// One push: to whom, what became of it, and why.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct PushJson {
    pub(crate) status: PushStatus,
    pub(crate) profile: String,
    #[schemars(with = "Region")]
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
    pub(crate) decision: DecisionKind,
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
    pub(crate) code: i64,
    pub(crate) message: String,
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

impl RequestJson {
    pub(crate) fn of(planned: Exchange, curl: bool) -> RequestJson {
        let curl = curl.then(|| planned.to_curl());
        let Exchange { method, url, headers, form, .. } = planned;
        RequestJson { method: method.to_owned(), url, headers, form, curl }
    }

    pub(crate) fn lines(&self, page: &mut Page) {
        if let Some(curl) = &self.curl {
            page.lines(curl);
            return;
        }
        page.line(format!("{} {}", self.method, self.url));
        self.headers.iter().for_each(|(name, value)| page.line(format!("{name}: {value}")));
        page.blank();
        self.form.iter().for_each(|(name, value)| page.line(format!("{name}={value}")));
    }
}

impl PushJson {
    /// The frame of a result for this target, nothing sent yet.
    pub(crate) fn frame(profile: &Profile, target: Option<&Target>) -> Self {
        let value = target.map(|target| target.value().to_owned());
        let is_alias = matches!(target, Some(Target::Alias(_)));
        PushJson {
            profile: profile.name.clone(),
            region: profile.region.to_string(),
            reg_id: value.clone().filter(|_| !is_alias),
            alias: value.filter(|_| is_alias),
            ..PushJson::default()
        }
    }

    /// With what the rule decided.
    pub(super) fn decided(self, decision: &Decision) -> Self {
        PushJson {
            decision: decision.kind,
            ground: Some(decision.ground().to_owned()).filter(|ground| !ground.is_empty()),
            presence_unknown: decision.presence_unknown,
            ..self
        }
    }

    pub(crate) fn of(delivered: &Delivered, profile: &Profile, warnings: &[Warning]) -> Self {
        let answer = |code, message: &str| Some(VendorJson { code, message: message.to_owned() });
        let (status, vendor) = match &delivered.outcome {
            Ok(Outcome::Accepted { .. }) => (PushStatus::Accepted, answer(0, "Success")),
            Ok(Outcome::Refused(error)) => (PushStatus::Refused, answer(error.code, error.words())),
            Ok(Outcome::Unknown(_)) => (PushStatus::Unknown, None),
            Err(_) => (PushStatus::NotSent, None),
        };
        PushJson {
            status,
            certificate_id: delivered.certificate_id,
            user: delivered.user.clone(),
            device: delivered.device.clone(),
            message_id: delivered.message_id().map(Into::into),
            app_message_id: delivered.app_message_id.clone(),
            vendor,
            elapsed_ms: delivered.elapsed_ms,
            history_id: delivered.id.map(|id| id.0),
            warnings: warnings.iter().chain(&delivered.warnings).cloned().collect(),
            error: delivered.problem().as_ref().map(ErrorJson::from),
            ..PushJson::frame(profile, delivered.target.as_ref()).decided(&delivered.decision)
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
        PushJson { status: PushStatus::NotSent, error: Some(problem.into()), ..self }
    }

    fn line(&self, page: &mut Page) {
        let tone = match self.status {
            PushStatus::Accepted => Tone::Ok,
            PushStatus::Unknown => Tone::Warn,
            PushStatus::Refused | PushStatus::NotSent => Tone::Broken,
            PushStatus::DryRun => Tone::Faint,
        };
        let status = page.tone(tone, &self.status.to_string());
        let pushed = self.decision == DecisionKind::Push;
        let what = self.message_id.clone().unwrap_or_else(|| match &self.vendor {
            Some(vendor) => format!("{} {}", vendor.code, vendor.message),
            None if pushed => String::new(),
            None => self.decision.to_string(),
        });
        let whom = match (&self.user, &self.device) {
            (Some(user), Some(device)) => format!("{user} (device {device}), "),
            (Some(user), None) => format!("{user}, "),
            _ => String::new(),
        };
        let certificate = self.certificate_id.map(|id| format!(", certificate {id}")).unwrap_or_default();
        // What the rule held back took no time.
        let took = if pushed { format!(", {} ms", self.elapsed_ms) } else { String::new() };
        let gap = if what.is_empty() { "" } else { "   " };
        page.line(format!(
            "{status}   {what}{gap}{whom}{} ({}){certificate}{took}",
            self.profile, self.region
        ));
    }

    /// What the rule decided and why, where it was asked.
    fn decision_words(&self) -> Option<String> {
        let unknown = if self.presence_unknown { " (presence unknown)" } else { "" };
        Some(format!("{}{unknown}: {}", self.decision, self.ground.as_ref()?))
    }

    /// In a dry run, the target of the request that follows, and why it would be sent.
    fn decision_line(&self, page: &mut Page) {
        if let (Some(words), Some(user), Some(device)) = (self.decision_words(), &self.user, &self.device) {
            page.line(format!("{user} (device {device}), {words}"));
        }
    }

    fn request_lines(&self, page: &mut Page) {
        self.request.iter().for_each(|request| request.lines(page));
    }
}

/// What OPPO posted about a push that it had accepted.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ReceiptJson {
    /// push_arrive, regid_invalid or user_daily_limit.
    pub(crate) event: String,
    /// When it happened by OPPO's clock; null if it gave no time that can be read.
    event_at: Option<String>,
    reg_id: String,
    /// From the push being accepted to the receipt being there.
    after_ms: i64,
}

impl ReceiptJson {
    fn of(awaited: &AwaitedReceipt) -> Option<ReceiptJson> {
        let (receipt, after) = awaited.receipt.as_ref()?;
        Some(ReceiptJson {
            event: receipt.receipt.event.clone(),
            event_at: receipt.receipt.event_at.map(|at| at.to_string()),
            reg_id: receipt.receipt.reg_id.clone(),
            after_ms: i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
        })
    }
}

/// What OPPO reported afterwards, and how little that says.
fn receipt_line(receipt: Option<&ReceiptJson>, arrived: bool, page: &mut Page) {
    let Some(ReceiptJson { event, after_ms, .. }) = receipt else {
        let words = page.tone(Tone::Warn, "no receipt");
        page.line(words);
        return;
    };
    let after = format!("{event} after {:.1} s", *after_ms as f64 / 1000.0);
    if arrived {
        let word = page.tone(Tone::Ok, "arrived");
        page.line(format!("{word}    {after}: it reached OPPO's client on the phone"));
        page.line("           that says nothing of whether it was shown");
    } else {
        let words = page.tone(Tone::Broken, "not delivered");
        page.line(format!("{words}   {after}"));
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
    User { items: Vec<PushJson> },
}

impl Serialize for Pushed {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.items.as_slice() {
            [one] if !self.to_user => one.serialize(to),
            items => serde_json::json!({ "items": items }).serialize(to),
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
                    if let Some(words) = item.decision_words() {
                        page.line(format!("  {words}"));
                    }
                    if let Some(receipt) = &item.receipt {
                        receipt_line(receipt.as_ref(), item.error.is_none(), page);
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

    fn warnings(&self) -> Vec<Warning> {
        self.warnings.clone()
    }

    fn failure(&self) -> Option<Failure> {
        self.failure.clone()
    }

    fn spoken(&self) -> Option<Failure> {
        self.spoken.clone().or_else(|| self.failure.clone())
    }
}
