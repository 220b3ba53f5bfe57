//! `opush broadcast save`: a message that OPPO keeps for broadcasts, its pictures uploaded first.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::super::oppo::picture::upload::read as read_picture;
use super::super::send::{MessageFlags, RequestJson, message_in_app, refused};
use crate::clock::Timestamp;
use crate::config::{Certificate, CertificateId, Profile, Region};
use crate::failure::{Explain, Failure, Kind, Problem, Remedy, Warning};
use crate::flags::time;
use crate::notification::{Checked, Draft, Field, Origin, TargetKind};
use crate::oppo::{Picture, PictureKind, Question};
use crate::output::{Page, Report};
use crate::push::{self, UploadWish, app_message_id};
use crate::services::{OppoService, Setup, credentials, endpoints_without_network, remark_exchanges};

/// Let OPPO save a message, to be sent to many
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush broadcast save --title Hello --content \"news for many\"
  opush broadcast save --title Hello --content \"with a picture\" --big-picture banner.png
  opush broadcast save --message-file news.toml --at 2026-12-24T18:00:00Z
  opush broadcast save --title Hello --content x --speed 2000 --dry-run --curl

Saving sends nothing to any phone. How long OPPO keeps a saved message is not confirmed.")]
pub(crate) struct Args {
    #[command(flatten)]
    message: MessageFlags,

    /// Below the text: PNG or JPEG, at most 1 MiB, 876 × 324 pixels; uploaded first
    #[arg(long, value_name = "FILE")]
    big_picture: Option<PathBuf>,

    /// Beside the text: PNG or JPEG, at most 50 KiB, 144 × 144 pixels; uploaded first
    #[arg(long, value_name = "FILE")]
    small_picture: Option<PathBuf>,

    /// When it is sent, for a broadcast to all users
    #[arg(long, value_name = "TIME", value_parser = time)]
    at: Option<Timestamp>,

    /// So many pushes a second, 1000 to 10000
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    speed: Option<i64>,

    /// Validate and print the exact request, secrets masked, without any network
    #[arg(long)]
    dry_run: bool,

    /// With --dry-run: print a curl command that could be run
    #[arg(long, requires = "dry_run")]
    curl: bool,
}

/// Long enough for a message that is kept ten days for a phone that is offline.
const PICTURE_TTL: std::time::Duration = std::time::Duration::from_secs(30 * 24 * 60 * 60);

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<SavedView, Failure> {
    let profile = ctx.profile()?;
    let certificate = profile.certificate(args.message.certificate.and_then(CertificateId::new))?;
    let (mut notification, pictures) = validate(&args, ctx, &profile, certificate)?;
    app_message_id::ensure(&mut notification.wire, ctx.clock.now());
    let mut view = SavedView::new(&profile, certificate, &notification, args.at);
    if args.dry_run {
        let name = &profile.name;
        ctx.note(&format!("dry run with profile {name} ({}): nothing is sent", profile.region));
        let endpoints = endpoints_without_network(ctx, &profile)?;
        let planned = Question::save(notification.wire()).planned(&endpoints);
        view.request = Some(RequestJson::of(planned, args.curl));
        return Ok(view);
    }
    let credentials = credentials(ctx, &profile, certificate)?;
    let store = ctx.store()?;
    let message_id = ctx.block_on(async {
        let oppo = OppoService::open(ctx, &profile, Setup::Register).await?;
        let tokens = oppo.tokens(ctx, &store, &credentials);
        let saved = async {
            for picture in &pictures {
                let wish = UploadWish { ttl: PICTURE_TTL, again: false };
                let done = push::upload(&store, &oppo.client, (&credentials, &tokens), picture, wish).await;
                let seen = done.as_ref().map_or_else(|error| &error.exchanges, |done| &done.exchanges);
                remark_exchanges(ctx, seen);
                let done = done.map_err(|error| error.failure)?;
                view.warnings.extend(done.warnings);
                notification.wire.insert(picture.kind.id_name().to_owned(), done.picture_id.into());
            }
            let question = Question::save(notification.wire());
            let answer = oppo.client.ask(&credentials, &tokens, &question).await;
            remark_exchanges(
                ctx,
                answer.as_ref().map_or_else(|error| &error.exchanges, |one| &one.exchanges),
            );
            let answer = answer?;
            view.elapsed_ms = answer.elapsed_ms();
            answer.message_id().ok_or_else(no_message_id)
        }
        .await;
        oppo.close().await;
        saved
    })?;
    let owner = (certificate.id.get(), certificate.app_id.value.as_str());
    match push::keep_saved(&store, &profile.name, owner, &message_id, notification.wire()) {
        Ok(number) => view.number = Some(number),
        Err(error) => {
            let message = format!("the saved message could not be recorded: {error}");
            view.warnings.push(Warning::new(message, error.explain().hint).with_id("not-recorded"));
        }
    }
    view.pictures(&notification);
    view.message_id = Some(message_id);
    Ok(view)
}

fn no_message_id() -> Failure {
    let message = "OPPO answered success, but without a message id";
    let hint = "save it again with the same --app-message-id, with which OPPO saves once; --verbose shows the answer";
    Problem::new(Kind::BadAnswer, message, hint).into()
}

/// The notification with its pictures judged; their ids are put in place of their digests when they are uploaded.
fn validate(
    args: &Args,
    ctx: &Ctx,
    profile: &Profile,
    certificate: &Certificate,
) -> Result<(Checked, Vec<Picture>), Failure> {
    let (mut draft, mut problems) = args.message.draft(Draft::for_broadcast(), ctx, profile);
    let mut pictures = Vec::new();
    let files = [
        (&args.big_picture, PictureKind::BigPicture, Field::BigPictureId, "--big-picture"),
        (&args.small_picture, PictureKind::SmallPicture, Field::SmallPictureId, "--small-picture"),
    ];
    for (file, kind, field, flag) in files {
        let Some(file) = file else { continue };
        if kind == PictureKind::BigPicture && draft.lacks(Field::Style) {
            draft.put(Field::Style, 3, Origin::Flag(flag));
        }
        match read_picture(file, kind, flag, ctx) {
            Ok(picture) => {
                draft.put(field, format!("sha256:{}", picture.digest), Origin::Flag(flag));
                pictures.push(picture);
            }
            Err(found) => {
                draft.nothing_of_field(field.name());
                problems.extend(found);
            }
        }
    }
    if let Some(at) = args.at {
        draft.put(Field::PushTimeType, 1, Origin::Flag("--at"));
        draft.put(Field::PushStartTime, at.as_millisecond(), Origin::Flag("--at"));
    }
    if let Some(speed) = args.speed {
        draft.put(Field::FixSpeed, true, Origin::Flag("--speed"));
        draft.put(Field::FixSpeedRate, speed, Origin::Flag("--speed"));
    }
    match push::with_certificate(&draft, certificate).check(ctx.clock.now(), TargetKind::RegId) {
        Ok(checked) if problems.is_empty() => {
            problems.extend(message_in_app(&args.message, ctx, profile, [&checked])?);
            if problems.is_empty() { Ok((checked, pictures)) } else { Err(refused(problems)) }
        }
        checked => {
            problems.extend(checked.err().into_iter().flatten());
            Err(refused(problems))
        }
    }
}

/// What `broadcast save --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SavedView {
    profile: String,
    region: Region,
    certificate_id: i64,
    /// OPPO's id of the saved message; null for a dry run.
    message_id: Option<String>,
    /// Its number here, which `broadcast send` takes as well.
    number: Option<i64>,
    app_message_id: Option<String>,
    big_picture_id: Option<String>,
    small_picture_id: Option<String>,
    /// When it is sent, RFC 3339 UTC; null for at once.
    scheduled_at: Option<String>,
    elapsed_ms: u64,
    warnings: Vec<Warning>,
    /// With --dry-run: the request as it would go out. A picture that is not uploaded yet has its digest in place of its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<RequestJson>,
}

impl SavedView {
    fn new(
        profile: &Profile,
        certificate: &Certificate,
        checked: &Checked,
        at: Option<Timestamp>,
    ) -> SavedView {
        SavedView {
            profile: profile.name.clone(),
            region: profile.region.value,
            certificate_id: certificate.id.get(),
            message_id: None,
            number: None,
            app_message_id: checked.app_message_id().map(str::to_owned),
            big_picture_id: None,
            small_picture_id: None,
            scheduled_at: at.map(|at| at.to_string()),
            elapsed_ms: 0,
            warnings: checked.warnings().to_vec(),
            request: None,
        }
    }

    fn pictures(&mut self, checked: &Checked) {
        let id = |kind: PictureKind| Some(checked.wire().get(kind.id_name())?.as_str()?.to_owned());
        self.big_picture_id = id(PictureKind::BigPicture);
        self.small_picture_id = id(PictureKind::SmallPicture);
    }
}

impl Report for SavedView {
    fn text(&self, page: &mut Page) {
        if let Some(request) = &self.request {
            return request.lines(page);
        }
        let message = self.message_id.as_deref().unwrap_or_default();
        page.line(format!(
            "saved   {message}   {} ({}), certificate {}, {} ms",
            self.profile, self.region, self.certificate_id, self.elapsed_ms
        ));
        if let Some(at) = &self.scheduled_at {
            page.line(format!("  to be sent at {}", page.time(at)));
        }
        page.line("No phone gets it yet. Send it:");
        let which = self.number.map_or_else(|| message.to_owned(), |number| number.to_string());
        let next = if self.scheduled_at.is_some() {
            Remedy::only("broadcast send <MESSAGE> --all")
        } else {
            Remedy::only("broadcast send <MESSAGE> --reg-ids <FILE>")
        };
        page.commands(&[next.with("MESSAGE", which)]);
    }

    fn warnings(&self) -> Vec<Warning> {
        self.warnings.clone()
    }
}
