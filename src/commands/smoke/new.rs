//! `opush smoke new`: a first scenario file of the current profile, with comments, that runs as it is.
//! What it contains belongs to `smoke`.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use crate::config::{Certificate, CertificateId, Profile, Region, files};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::output::{Page, Report};
use crate::services::{OppoService, Setup};
use crate::smoke::{REG_ID_VARIABLE, first};

/// Write a first scenario file of a profile
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush smoke new --profile sandbox
  opush smoke new --out smoke/first.toml --certificate 7005")]
pub(crate) struct Args {
    /// File to write
    #[arg(long, value_name = "FILE", default_value = "smoke.toml")]
    out: PathBuf,

    /// Certificate to push with [default: the profile's]
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,

    /// Replace a file that is there
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Written, Failure> {
    let profile = ctx.profile()?;
    let certificate = profile.certificate(args.certificate.and_then(CertificateId::new))?;
    let path = ctx.paths.absolute(&args.out);
    let shown = args.out.display().to_string();
    let exists = || {
        let message = format!("there is {shown} already");
        let hint = "give another name with --out, or replace it: --force";
        Problem::new(Kind::DuplicateId, message, hint).at("--out")
    };
    if !args.force && path.symlink_metadata().is_ok() {
        return Err(exists().into());
    }
    let phone = match profile.region.value {
        Region::Sandbox => Some(phone(ctx, &profile, certificate)?),
        _ => None,
    };
    let text = first(&profile, certificate, phone.as_deref());
    if args.force {
        files::replace(&path, text.as_bytes(), files::Mode::Shared)?;
    } else if !files::create(&path, text.as_bytes())? {
        return Err(exists().into());
    }
    Ok(Written {
        file: shown,
        profile: profile.name.clone(),
        region: profile.region.to_string(),
        certificate_id: certificate.id.get(),
        needs: phone.is_none().then(|| REG_ID_VARIABLE.to_owned()),
    })
}

/// The first phone of the sandbox that runs the certificate's app.
fn phone(ctx: &Ctx, profile: &Profile, certificate: &Certificate) -> Result<String, Failure> {
    let phones = ctx.block_on(async {
        let vendor = OppoService::open(ctx, profile, Setup::Register).await?;
        let phones = vendor.control(ctx, profile)?.phones().await;
        vendor.close().await;
        Ok(phones?)
    })?;
    let own = phones.into_iter().find(|phone| phone.app_id == certificate.app_id.value);
    own.map(|phone| phone.name).ok_or_else(|| {
        let message = format!("the sandbox has no phone for certificate {}", certificate.id);
        Problem::new(Kind::NotFound, message, Remedy::run("add one", "sandbox phone add"))
            .at("--certificate")
            .into()
    })
}

/// What `smoke new --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Written {
    file: String,
    profile: String,
    region: String,
    certificate_id: i64,
    /// The variable that must be set before it can be run; null where none is.
    needs: Option<String>,
}

impl Report for Written {
    fn text(&self, page: &mut Page) {
        let Written { file, profile, region, certificate_id, .. } = self;
        page.line(format!("Wrote {file} for profile {profile} ({region}), certificate {certificate_id}."));
        if let Some(name) = &self.needs {
            page.line(format!("It pushes to the regId in {name}: export {name}=CN_…"));
        }
        page.commands(&[Remedy::only("smoke run <FILE>").with("FILE", file)]);
    }
}
