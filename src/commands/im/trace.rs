//! `opush im trace`: the way of one chat push through the push service, link by link.
//! opush's own diagnosis is `diagnose`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::ask::ask;
use crate::config::rules;
use crate::failure::{Failure, Kind, Problem};
use crate::im::trace::{Instance, Link};
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
    let error = instances.is_empty().then(|| {
        let message = format!("the push service has no trace of {:?}", args.push_id);
        Problem::new(Kind::NotFound, message, "traces are kept for 7 days; look at the PushID").at("PUSH-ID")
    });
    let items = instances.into_iter().map(Device::from).collect();
    Ok(Traced { push_id: args.push_id, items, error })
}

/// What `im trace --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Traced {
    push_id: String,
    /// The devices that it went to.
    items: Vec<Device>,
    error: Option<Problem>,
}

/// One device.
#[derive(Debug, Serialize, JsonSchema)]
struct Device {
    device: String,
    /// The vendor's name, such as OPPO.
    platform: Option<String>,
    certificate_id: Option<String>,
    /// The token it was pushed to; for OPPO the regId.
    token: Option<String>,
    /// As the server gives it, in its own time zone.
    push_time: Option<String>,
    /// The phone's notification switch at that moment; 1 is on, other numbers are not documented.
    notification_status: Option<i64>,
    links: Vec<LinkItem>,
}

/// One link of the way.
#[derive(Debug, Serialize, JsonSchema)]
struct LinkItem {
    /// The server's names, such as OfflinePushStat.ChannelStat.
    name: String,
    /// 1 is good; other numbers are not documented.
    status: Option<i64>,
    code: Option<String>,
    info: Option<String>,
    at: Option<String>,
}

impl From<Instance> for Device {
    fn from(instance: Instance) -> Self {
        let link = |link: Link| LinkItem {
            name: link.name,
            status: link.status,
            code: link.code,
            info: link.info,
            at: link.at,
        };
        Device {
            device: instance.device,
            platform: instance.platform,
            certificate_id: instance.certificate_id,
            token: instance.token,
            push_time: instance.push_time,
            notification_status: instance.notification_status,
            links: instance.links.into_iter().map(link).collect(),
        }
    }
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
        self.error.clone().map(Failure::from)
    }
}
