//! `opush im trace`: the way of one chat push through the push service, link by link.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::ask::ask;
use crate::config::rules;
use crate::failure::{Failure, Kind, Problem};
use crate::im::trace::{Instance, Link, TraceLink, moment};
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
    Ok(Traced {
        push_id: args.push_id,
        items: instances.into_iter().map(DeviceJson::from).collect(),
        failure,
    })
}

/// What `im trace --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Traced {
    push_id: String,
    /// The devices that it went to.
    items: Vec<DeviceJson>,
    #[serde(skip)]
    failure: Option<Problem>,
}

/// One device.
#[derive(Debug, Serialize, JsonSchema)]
struct DeviceJson {
    /// Model, system and its version, as far as known.
    device: String,
    /// The vendor's name, such as OPPO, or the number where it is not known.
    platform: Option<String>,
    certificate_id: Option<String>,
    /// The token it was pushed to; for OPPO the regId.
    token: Option<String>,
    /// RFC 3339 UTC. The server gives China's time.
    pushed_at: Option<String>,
    /// The server's own text, for one version.
    push_time: Option<String>,
    /// The phone's notification switch at that moment; 1 is on, other numbers are not documented.
    notification_status: Option<i64>,
    links: Vec<LinkJson>,
}

/// One link of the way.
#[derive(Debug, Serialize, JsonSchema)]
struct LinkJson {
    link: TraceLink,
    /// The server's names, such as OfflinePushStat.ChannelStat, for one version.
    name: String,
    /// 1 is good; the meaning of other numbers is not documented.
    status: Option<i64>,
    code: Option<String>,
    info: Option<String>,
    /// RFC 3339 UTC.
    at: Option<String>,
    #[serde(skip)]
    shown: String,
}

impl From<Instance> for DeviceJson {
    fn from(instance: Instance) -> Self {
        DeviceJson {
            device: instance.device,
            platform: instance.platform,
            certificate_id: instance.certificate_id,
            token: instance.token,
            pushed_at: at(instance.push_time.as_deref()),
            push_time: instance.push_time,
            notification_status: instance.notification_status,
            links: instance.links.into_iter().map(LinkJson::from).collect(),
        }
    }
}

impl From<Link> for LinkJson {
    fn from(link: Link) -> Self {
        LinkJson {
            shown: link.shown(),
            link: link.link,
            at: at(link.at.as_deref()),
            name: link.name,
            status: link.status,
            code: link.code,
            info: link.info,
        }
    }
}

fn at(text: Option<&str>) -> Option<String> {
    text.and_then(moment).map(|at| at.to_string())
}

impl Report for Traced {
    fn text(&self, page: &mut Page) {
        for device in &self.items {
            let or_dash = |text: Option<&String>| text.cloned().unwrap_or_else(|| "-".to_owned());
            let time = |at: &Option<String>| at.as_deref().map(|at| page.time(at));
            page.line(format!(
                "{}   {}, certificate {}, pushed at {}, notification switch {}",
                if device.device.is_empty() { "a device" } else { &device.device },
                or_dash(device.platform.as_ref()),
                or_dash(device.certificate_id.as_ref()),
                or_dash(time(&device.pushed_at).as_ref().or(device.push_time.as_ref())),
                device.notification_status.map_or_else(|| "unknown".to_owned(), |status| status.to_string()),
            ));
            let (at, times) = page.times("at", device.links.iter().map(|link| link.at.as_deref()));
            let mut rows = Vec::new();
            let mut tones = Vec::new();
            for (link, time) in device.links.iter().zip(times) {
                let good = link.status == Some(1);
                let status = link.status.map_or_else(|| "-".to_owned(), |status| status.to_string());
                let words = match (good, &link.code, &link.info) {
                    (true, ..) => "ok".to_owned(),
                    (false, code, info) => {
                        [code.as_deref(), info.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
                    }
                };
                rows.push(vec![link.shown.clone(), time, status, words]);
                tones.push(Some(if good { Tone::Ok } else { Tone::Warn }));
            }
            page.table(&["link", &at, "status", "answer"], &rows, &tones);
        }
    }

    fn failure(&self) -> Option<Failure> {
        self.failure.clone().map(Failure::from)
    }
}
