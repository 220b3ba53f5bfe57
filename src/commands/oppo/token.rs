//! `opush oppo token`: an auth token that is good now, for a request that somebody sends by hand.
//! When one is used again and when a new one is made belongs to `oppo`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use crate::config::{CertificateId, Region};
use crate::failure::Failure;
use crate::output::{Page, Report};
use crate::services::{OppoService, Setup, credentials, remark_exchanges};

/// Print an auth_token of OPPO that is good now, and nothing else on stdout: a secret for up to 24 hours
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  export OPUSH_AUTH_TOKEN=\"$(opush oppo token)\"
  opush send --alias alice --title Hello --content x --dry-run --curl | sh

Whoever has the token can push to every phone of the app until OPPO lets it expire.")]
pub(crate) struct Args {
    /// Certificate that it is for [default: the profile's]
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Granted, Failure> {
    let profile = ctx.profile()?;
    let certificate = profile.certificate(args.certificate.and_then(CertificateId::new))?;
    let credentials = credentials(ctx, &profile, certificate)?;
    let store = ctx.store()?;
    let (token, endpoint) = ctx.block_on(async {
        let oppo = OppoService::open(ctx, &profile, Setup::Register).await?;
        let tokens = oppo.tokens(ctx, &store, &credentials);
        let answer = oppo.client.auth_token(&credentials, &tokens).await;
        let endpoint = oppo.client.endpoints().push.as_str().trim_end_matches('/').to_owned();
        oppo.close().await;
        let exchanges = answer.as_ref().map_or_else(|error| &error.exchanges, |(_, exchanges)| exchanges);
        remark_exchanges(ctx, exchanges);
        Ok((answer?.0, endpoint))
    })?;
    Ok(Granted {
        auth_token: token.reveal().to_owned(),
        profile: profile.name.clone(),
        region: profile.region.value,
        certificate_id: certificate.id.get(),
        endpoint,
    })
}

/// What `oppo token --json` prints: a secret on stdout, as it was asked for.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Granted {
    /// Whoever has it can push to every phone of the app until it expires, at most 24 hours after it was made.
    auth_token: String,
    profile: String,
    region: Region,
    certificate_id: i64,
    /// Where it is good.
    endpoint: String,
}

impl Report for Granted {
    fn text(&self, page: &mut Page) {
        page.line(&self.auth_token);
    }
}
