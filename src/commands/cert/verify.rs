//! `opush cert verify`: does OPPO accept AppKey and MasterSecret, asked afresh; what that proves, and what it does not.
//! The call itself belongs to `oppo`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use crate::config::Region;
use crate::failure::{Failure, Kind, Problem};
use crate::oppo::ClockDifference;
use crate::output::{Page, Report};
use crate::services::{OppoService, Setup, credentials};

/// Ask OPPO whether it accepts AppKey and MasterSecret
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The certificate [default: the profile's default one, or its only one]
    #[arg(value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    id: Option<i64>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Verified, Failure> {
    let profile = ctx.profile()?;
    let certificate = super::named::certificate(&profile, args.id)?;
    let credentials = credentials(ctx, &profile, certificate)?;
    let store = ctx.store()?;
    let (answer, host) = ctx.block_on(async {
        let vendor = OppoService::open(ctx, &profile, Setup::Register).await?;
        let tokens = vendor.tokens(ctx, &store, &credentials);
        let answer = vendor.client.verify(&credentials, &tokens).await;
        let exchanges = answer.as_ref().map_or_else(|error| &error.exchanges, |answer| &answer.exchanges);
        exchanges.iter().for_each(|exchange| ctx.detail(&format!("{} {}", exchange.method, exchange.url)));
        let push = &vendor.client.endpoints().push;
        let host = push.as_str().trim_end_matches('/').to_owned();
        vendor.close().await;
        Ok((answer?, host))
    })?;
    let clock = answer.clock;
    let worry = clock.and_then(worry);
    worry.iter().for_each(|problem| ctx.warn(problem));
    Ok(Verified {
        profile: profile.name.clone(),
        region: profile.region.value,
        certificate_id: certificate.id.get(),
        endpoint: host,
        accepted: true,
        proves: PROVES.map(String::from).to_vec(),
        does_not_prove: UNPROVEN.map(String::from).to_vec(),
        vendor_ahead_seconds: clock.map(|clock| clock.vendor_ahead_seconds),
        elapsed_ms: u64::try_from(answer.elapsed.as_millis()).unwrap_or(u64::MAX),
        warnings: worry.into_iter().collect(),
        clock,
    })
}

/// What the signature is made of.
const PROVES: [&str; 2] = ["AppKey", "MasterSecret"];
/// What the auth call does not carry.
const UNPROVEN: [&str; 3] = ["AppID", "ChannelID", "click target"];

fn worry(clock: ClockDifference) -> Option<Problem> {
    let hint = "set this machine's clock, best by NTP; beyond ten minutes OPPO refuses with code 19";
    clock.is_worrying().then(|| Problem::new(Kind::BadTime, clock.to_string(), hint).at("clock"))
}

/// What `cert verify --json` prints when OPPO accepts the credentials.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Verified {
    profile: String,
    region: Region,
    certificate_id: i64,
    /// Where the call went.
    endpoint: String,
    accepted: bool,
    /// What the answer proves to be right.
    proves: Vec<String>,
    /// What it says nothing about.
    does_not_prove: Vec<String>,
    /// How far OPPO's clock is ahead of this machine's; null if the answer had no date.
    vendor_ahead_seconds: Option<i64>,
    elapsed_ms: u64,
    warnings: Vec<Problem>,
    #[serde(skip)]
    clock: Option<ClockDifference>,
}

impl Report for Verified {
    fn text(&self, page: &mut Page) {
        page.line(format!(
            "OPPO accepted AppKey and MasterSecret of certificate {}   {} ({}), {} ms",
            self.certificate_id, self.profile, self.region, self.elapsed_ms
        ));
        let clock = self
            .clock
            .map_or_else(|| "not known: the answer had no date".to_owned(), |clock| clock.to_string());
        page.pairs(&[
            ("proves", self.proves.join(", ")),
            ("says nothing of", self.does_not_prove.join(", ")),
            ("clock", clock),
        ]);
    }
}
