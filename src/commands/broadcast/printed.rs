//! A broadcast as it is printed: its calls, and what became of their targets.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::send::{RequestJson, VendorJson};
use crate::config::Region;
use crate::failure::{Failure, Warning};
use crate::output::{ErrorJson, Page, Report, Tone};
use crate::push::{CallResult, CallStatus};

/// What `broadcast send --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Broadcasts {
    pub(super) profile: String,
    pub(super) region: Region,
    pub(super) certificate_id: i64,
    pub(super) message_id: String,
    /// all, reg-ids, aliases or tags.
    pub(super) audience: String,
    /// How many targets were given; null where OPPO alone knows.
    pub(super) targets: Option<usize>,
    /// How many of them OPPO refused, by code.
    pub(super) refused_targets: BTreeMap<String, usize>,
    /// When OPPO sends it, RFC 3339 UTC; null for at once.
    pub(super) scheduled_at: Option<String>,
    /// One for each call.
    pub(super) items: Vec<CallJson>,
    pub(super) warnings: Vec<Warning>,
    #[serde(skip)]
    pub(super) failure: Option<Failure>,
}

/// One call: at most a thousand targets.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CallJson {
    pub(super) status: CallStatus,
    pub(super) targets: Option<usize>,
    /// OPPO's id of the sending.
    pub(super) task_id: Option<String>,
    pub(super) vendor: Option<VendorJson>,
    /// Targets that OPPO refused inside the accepted call, by code.
    pub(super) refused_targets: BTreeMap<String, Vec<String>>,
    /// Its number in `opush history`.
    pub(super) history_id: Option<i64>,
    /// With --dry-run: the request as it would go out; of the first calls only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) request: Option<RequestJson>,
    pub(super) error: Option<ErrorJson>,
}

impl From<&CallResult> for CallJson {
    fn from(result: &CallResult) -> Self {
        let vendor = match (result.status, &result.refusal) {
            (CallStatus::Accepted, _) => Some(VendorJson { code: 0, message: "Success".into() }),
            (_, Some(error)) => Some(VendorJson { code: error.code, message: error.words().to_owned() }),
            _ => None,
        };
        CallJson {
            status: result.status,
            targets: result.targets,
            task_id: result.task_id.clone(),
            vendor,
            refused_targets: result
                .failed
                .iter()
                .map(|(code, targets)| (code.to_string(), targets.clone()))
                .collect(),
            history_id: result.history.map(|id| id.0),
            request: None,
            error: result.problem.as_ref().map(ErrorJson::from),
        }
    }
}

impl CallJson {
    pub(super) fn planned(targets: Option<usize>, request: Option<RequestJson>) -> CallJson {
        CallJson {
            status: CallStatus::DryRun,
            targets,
            task_id: None,
            vendor: None,
            refused_targets: BTreeMap::new(),
            history_id: None,
            request,
            error: None,
        }
    }

    fn line(&self, page: &mut Page) {
        let tone = match self.status {
            CallStatus::Accepted | CallStatus::AlreadySent => Tone::Ok,
            CallStatus::Unknown => Tone::Warn,
            CallStatus::Refused | CallStatus::NotSent => Tone::Broken,
            CallStatus::DryRun => Tone::Faint,
        };
        let status = page.tone(tone, &self.status.to_string());
        let targets = match self.targets {
            Some(1) => "   1 target".to_owned(),
            Some(targets) => format!("   {targets} targets"),
            None => String::new(),
        };
        let task = self.task_id.as_ref().map(|id| format!("   task {id}")).unwrap_or_default();
        let push = self.history_id.map(|id| format!("   push {id}")).unwrap_or_default();
        page.line(format!("{status}{targets}{task}{push}"));
        for (code, targets) in &self.refused_targets {
            page.line(format!("  {} refused with {code}, the first {}", targets.len(), targets[0]));
        }
    }
}

impl Report for Broadcasts {
    fn text(&self, page: &mut Page) {
        let head = format!(
            "{} to {}   {} ({}), certificate {}",
            self.message_id, self.audience, self.profile, self.region, self.certificate_id
        );
        page.line(head);
        if let Some(at) = &self.scheduled_at {
            page.line(format!("  OPPO sends it at {}", page.time(at)));
        }
        for item in &self.items {
            item.line(page);
            if let Some(request) = &item.request {
                request.lines(page);
                page.blank();
            }
        }
    }

    fn warnings(&self) -> Vec<Warning> {
        self.warnings.clone()
    }

    fn failure(&self) -> Option<Failure> {
        self.failure.clone()
    }
}
