//! `opush oppo picture upload FILE`: a picture that a notification can name by its id.
//! What OPPO takes belongs to `oppo`, when an earlier upload is used to `push`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use schemars::JsonSchema;
use serde::Serialize;
use strum::VariantNames;

use super::super::super::context::Ctx;
use super::super::ask::{App, CertificateFlag};
use crate::config::files;
use crate::failure::{Failure, Kind, Problem, Warning};
use crate::flags::duration;
use crate::oppo::{Picture, PictureKind};
use crate::output::{Page, Report};
use crate::push::{UploadWish, ttl_problem, upload};
use crate::services::{OppoService, Setup, credentials, remark_exchanges};

/// Upload a picture for notifications, after a check of its format, size and pixels
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush oppo picture upload banner.png --kind big-picture
  opush oppo picture upload icon.png --kind small-picture --ttl 90d

The id of the same bytes is used again until its time is over: uploads per day are limited.")]
pub(crate) struct Args {
    /// PNG or JPEG
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// What it is for
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(PictureKind::VARIANTS))]
    kind: String,

    /// How long OPPO keeps it
    #[arg(long, value_name = "DURATION", default_value = "30d", value_parser = duration)]
    ttl: Duration,

    /// Upload it even where an earlier upload is still kept
    #[arg(long)]
    again: bool,

    #[command(flatten)]
    certificate: CertificateFlag,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<UploadedPicture, Failure> {
    let profile = ctx.profile()?;
    let certificate = profile.certificate(args.certificate.id())?;
    let kind: PictureKind = args.kind.parse().unwrap_or(PictureKind::BigPicture);
    let mut problems: Vec<Problem> = ttl_problem(args.ttl).map(|one| one.at("--ttl")).into_iter().collect();
    let picture = match read(&args.file, kind, "FILE", ctx) {
        Ok(picture) if problems.is_empty() => picture,
        found => {
            problems.extend(found.err().into_iter().flatten());
            return Err(Failure::all(problems));
        }
    };
    let credentials = credentials(ctx, &profile, certificate)?;
    let store = ctx.store()?;
    let wish = UploadWish { ttl: args.ttl, again: args.again };
    let done = ctx.block_on(async {
        let oppo = OppoService::open(ctx, &profile, Setup::Register).await?;
        let tokens = oppo.tokens(ctx, &store, &credentials);
        let done = upload(&store, &oppo.client, (&credentials, &tokens), &picture, wish).await;
        oppo.close().await;
        remark_exchanges(ctx, done.as_ref().map_or_else(|error| &error.exchanges, |done| &done.exchanges));
        done.map_err(|error| error.failure)
    })?;
    Ok(UploadedPicture {
        app: App {
            profile: profile.name.clone(),
            region: profile.region.value,
            certificate_id: certificate.id.get(),
        },
        kind,
        picture_id: done.picture_id,
        until: done.over_at.to_string(),
        cached: done.cached,
        format: picture.format,
        width: picture.width,
        height: picture.height,
        bytes: picture.bytes.len(),
        warnings: done.warnings,
    })
}

/// A picture from a file, or all that is wrong with it, at `place`.
pub(crate) fn read(
    path: &Path,
    kind: PictureKind,
    place: &'static str,
    ctx: &Ctx,
) -> Result<Picture, Vec<Problem>> {
    let shown = path.display();
    // One byte more, so that a file that is too large is seen as one; a far larger one is not read whole.
    let most = kind.most_bytes() as u64 + (1 << 20);
    let bytes = files::read(&ctx.paths.absolute(path), most).map_err(|error| {
        let problem = match error.kind() {
            std::io::ErrorKind::NotFound => {
                Problem::new(Kind::MissingFile, format!("there is no file {shown}"), "correct the path")
            }
            _ => Problem::new(
                Kind::UnreadableFile,
                format!("{shown} can't be read: {error}"),
                "name a readable file",
            ),
        };
        vec![problem.at(place)]
    })?;
    Picture::judge(kind, bytes).map_err(|all| all.into_iter().map(|problem| problem.at(place)).collect())
}

/// What `oppo picture upload --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct UploadedPicture {
    #[serde(flatten)]
    app: App,
    kind: PictureKind,
    /// For big_picture_id or small_picture_id of a notification.
    picture_id: String,
    /// Until when OPPO keeps it, RFC 3339 UTC.
    until: String,
    /// Of an earlier upload of the same bytes; nothing was sent.
    cached: bool,
    /// png or jpeg.
    format: &'static str,
    width: usize,
    height: usize,
    bytes: usize,
    warnings: Vec<Warning>,
}

impl Report for UploadedPicture {
    fn text(&self, page: &mut Page) {
        let how = if self.cached { "known" } else { "uploaded" };
        page.line(format!("{how}   {}   {}", self.picture_id, self.app.words()));
        let until = page.time(&self.until);
        page.line(format!(
            "  {}, {} {} × {}, {} bytes, kept until {until}",
            self.kind.as_str(),
            self.format,
            self.width,
            self.height,
            self.bytes
        ));
    }

    fn warnings(&self) -> Vec<Warning> {
        self.warnings.clone()
    }
}
