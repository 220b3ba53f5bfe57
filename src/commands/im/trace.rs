//! `opush im trace`: the way of one chat push through the push service, link by link.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::ask::ask;
use crate::config::rules;
use crate::failure::{Failure, Kind, Problem};
use crate::im::trace::Instance;
use crate::output::{Page, Report, Tone};

/// Follow one chat push through the push service; kept there for 7 days
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// PushID, as the Push.OfflinePush webhook or the console names it
    #[arg(value_name = "PUSH-ID")]
    push_id: String,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Traced, Failure> {
    let profile = ctx.profile()?;
    rules::opaque(&args.push_id).map_err(|flaw| flaw.of_flag("PUSH-ID"))?;
    let instances = ask(ctx, &profile, async |client| client.trace(&args.push_id).await)?;
    let failure = instances.is_empty().then(|| {
        let message = format!("the push service has no trace of {:?}", args.push_id);
        Problem::new(Kind::NotFound, message, "traces are kept for 7 days; look at the PushID").at("PUSH-ID")
    });
    Ok(Traced { push_id: args.push_id, items: instances, failure })
}

/// What `im trace --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Traced {
    push_id: String,
    /// The devices that it went to.
    items: Vec<Instance>,
    #[serde(skip)]
    failure: Option<Problem>,
}

impl Report for Traced {
    fn text(&self, page: &mut Page) {
        for device in &self.items {
            let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
            page.line(format!(
                "{}   {}, certificate {}, pushed at {}, notification switch {}",
                if device.device.is_empty() { "a device" } else { &device.device },
                or_dash(&device.platform),
                or_dash(&device.certificate_id),
                or_dash(&device.push_time),
                device.notification_status.map_or_else(|| "unknown".to_owned(), |status| status.to_string()),
            ));
            let mut rows = Vec::new();
            let mut tones = Vec::new();
            for link in &device.links {
                let good = link.status == Some(1);
                let status = link.status.map_or_else(|| "-".to_owned(), |status| status.to_string());
                let words = match (good, &link.code, &link.info) {
                    (true, ..) => "ok".to_owned(),
                    (false, code, info) => {
                        [code.as_deref(), info.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
                    }
                };
                rows.push(vec![link.name.clone(), or_dash(&link.at), status, words]);
                tones.push(Some(if good { Tone::Ok } else { Tone::Warn }));
            }
            page.table(&["link", "at", "status", "answer"], &rows, &tones);
        }
    }

    fn failure(&self) -> Option<Failure> {
        self.failure.clone().map(Failure::from)
    }
}
