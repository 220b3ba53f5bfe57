//! `opush sandbox calls ID`: one call whole: what was checked, what it made, what became of that on each phone.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::phone::{message, picture};
use super::profile_view::ProfileView;
use super::times::{WithTimes, rfc3339};
use crate::failure::Failure;
use crate::output::{Page, Tone};
use crate::sandbox::control::CallShown;
use crate::sandbox::oppo::{Broadcast, Saved};
use crate::services::sandbox::SandboxTarget;

pub(crate) fn run(id: i64, ctx: &Ctx) -> Result<OneCall, Failure> {
    ctx.block_on(async {
        let target = SandboxTarget::find(ctx).await?;
        let call = target.control.call(id).await?;
        Ok(OneCall { call: WithTimes(call), of: ProfileView::from(&target.profile) })
    })
}

/// What `sandbox calls ID --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OneCall {
    #[serde(flatten)]
    call: WithTimes<CallShown>,
    #[serde(flatten)]
    of: ProfileView,
}

impl OneCall {
    pub(super) fn text(&self, page: &mut Page) {
        let CallShown { call, code_name, messages, made } = &*self.call;
        let path = call.path.split('?').next().unwrap_or_default();
        page.line(format!("Call {}: {} {path}", call.id, call.method));
        let none = || "none".to_owned();
        page.pairs(&[
            ("at", page.time(&rfc3339(call.at_ms))),
            ("app", call.app_id.clone().unwrap_or_else(none)),
            ("code", format!("{} {code_name}", call.code)),
            ("sent like", call.sent_like.map_or_else(none, |dialect| dialect.as_str().to_owned())),
        ]);
        if !call.dialects.is_empty() {
            page.pairs(&[("taken all the same", call.dialects.join(", "))]);
        }
        for check in &call.checks {
            let word =
                if check.ok { page.tone(Tone::Ok, "ok    ") } else { page.tone(Tone::Broken, "failed") };
            let detail = if check.detail.is_empty() { String::new() } else { format!(": {}", check.detail) };
            page.line(format!("  {word}  {}{detail}", check.name));
        }
        made.saved.iter().for_each(|saved| self::saved(saved, page));
        made.broadcast.iter().for_each(|task| broadcast(task, page));
        made.picture.iter().for_each(|found| page.line(format!("Picture {}", picture(found, page))));
        for one in messages {
            page.line(format!("{} on {}", one.stage.as_str(), one.phone));
            message(one, &[], page);
        }
        page.line("Request:");
        page.lines(&call.request.replace("\r\n", "\n"));
        page.line("Answer:");
        page.lines(&call.answer);
    }
}

fn saved(saved: &Saved, page: &mut Page) {
    page.line(format!("Saved message {}", saved.message_id));
    let field = |(name, value): (&String, &serde_json::Value)| {
        (name.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    };
    page.pairs(&saved.notification.iter().map(field).collect::<Vec<_>>());
}

fn broadcast(task: &Broadcast, page: &mut Page) {
    page.line(format!("Broadcast {} of message {}", task.task_id, task.message_id));
    let to = match task.target_type {
        1 => "all users of the app".to_owned(),
        2 => "regIds".to_owned(),
        3 | 5 => "aliases".to_owned(),
        _ => format!("tags {}", task.target_value),
    };
    let state =
        task.due_at.map_or_else(|| "done".to_owned(), |at| format!("goes on at {}", page.time(&rfc3339(at))));
    page.pairs(&[
        ("to", to),
        ("state", state),
        ("targets", format!("{}, of them valid {}, sent {}", task.targets, task.valid, task.sent)),
        ("arrived", format!("{}, shown {}, opened {}", task.arrived, task.shown, task.opened)),
    ]);
}
