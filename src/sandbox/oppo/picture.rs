//! Pictures: uploaded, judged by their bytes, kept as long as they are asked for (OPPO reference, section 7).

use imagesize::ImageType;
use rusqlite::{OptionalExtension, params};
use serde_json::{Map, Value, json};

use super::super::draw;
use super::super::hex::hex;
use super::super::http::context::Context;
use super::super::http::notes::Stop;
use super::super::pictures::{Picture, PictureKind};
use super::super::rules::{BigPictureSize, SmallPictureSize, UnknownPicture};
use super::multipart::Part;
use super::{envelope, quota};

/// A body of this size is still read, so that a picture that is too large is refused as one.
pub(super) const BODY_BYTES: usize = 8 << 20;

/// Ten years.
const TTL_MOST: i64 = 315_360_000;

pub(super) fn big(context: &mut Context<'_>, app_id: &str, parts: &[Part<'_>]) -> Result<Value, Stop> {
    upload(context, app_id, PictureKind::Big, parts)
}

pub(super) fn small(context: &mut Context<'_>, app_id: &str, parts: &[Part<'_>]) -> Result<Value, Stop> {
    upload(context, app_id, PictureKind::Small, parts)
}

/// What is missing first, then the picture, then what the app has left.
fn upload(
    context: &mut Context<'_>,
    app_id: &str,
    kind: PictureKind,
    parts: &[Part<'_>],
) -> Result<Value, Stop> {
    let named = |name: &str| parts.iter().find(|part| part.name == name && !part.bytes.is_empty());
    let ttl = named("picture_ttl").ok_or_else(|| context.notes.refuse("picture_ttl", 40, "missing"))?;
    let file = named("file").or_else(|| parts.iter().find(|part| part.is_file && !part.bytes.is_empty()));
    let file = file.ok_or_else(|| context.notes.refuse("file", 40, "missing"))?;
    if file.name != "file" {
        context.notes.dialect("file-under-another-name");
    }
    let seconds = std::str::from_utf8(ttl.bytes).ok().and_then(|text| text.trim().parse::<i64>().ok());
    let Some(seconds) = seconds.filter(|seconds| *seconds > 0) else {
        return Err(context.notes.refuse("picture_ttl", 41, "not a positive number of seconds"));
    };
    let (format, width, height) = match judge(context, kind, file.bytes) {
        Ok(judged) => judged,
        Err(why) => return Err(context.notes.refuse("file", 51, why)),
    };
    context.notes.pass("file", format!("{format}, {width} x {height}, {} bytes", file.bytes.len()));
    quota::count_picture(context, app_id)?;
    let picture = Picture {
        id: hex(&draw::one::<[u8; 12]>(context.tx)?),
        app_id: app_id.to_owned(),
        kind,
        format: format.to_owned(),
        bytes: file.bytes.to_owned(),
        at_ms: context.now,
        over_ms: context.now + seconds.min(TTL_MOST) * 1000,
    };
    picture.keep(context.tx)?;
    let name = match kind {
        PictureKind::Big => "big_picture_id",
        PictureKind::Small => "small_picture_id",
    };
    Ok(envelope::success("success", Some(json!({ name: picture.id }))))
}

/// Format and size of a picture that is in order, or why it is none; its name and type say nothing.
fn judge(
    context: &Context<'_>,
    kind: PictureKind,
    bytes: &[u8],
) -> Result<(&'static str, usize, usize), String> {
    let format = match imagesize::image_type(bytes) {
        Ok(ImageType::Png) => "png",
        Ok(ImageType::Jpeg) => "jpeg",
        _ => return Err("neither a PNG nor a JPEG".into()),
    };
    let most = match kind {
        PictureKind::Big => 1 << 20,
        PictureKind::Small => 50 << 10,
    };
    if bytes.len() > most {
        return Err(format!("{} bytes, at most {most}", bytes.len()));
    }
    let size = imagesize::blob_size(bytes).map_err(|error| format!("its size can't be read: {error}"))?;
    let found = (size.width, size.height);
    let sizes: &[(usize, usize)] =
        match (kind, context.rules.big_picture_size, context.rules.small_picture_size) {
            (PictureKind::Big, BigPictureSize::Either, _) => &[(876, 324), (984, 369)],
            (PictureKind::Big, BigPictureSize::Older, _) => &[(876, 324)],
            (PictureKind::Big, BigPictureSize::Newer, _) => &[(984, 369)],
            (PictureKind::Small, _, SmallPictureSize::Exact) => &[(144, 144)],
            (PictureKind::Big, BigPictureSize::Any, _) | (PictureKind::Small, _, SmallPictureSize::Any) => {
                &[]
            }
        };
    if !sizes.is_empty() && !sizes.contains(&found) {
        let wanted: Vec<String> = sizes.iter().map(|(width, height)| format!("{width} x {height}")).collect();
        return Err(format!("{} x {} pixels, not {}", found.0, found.1, wanted.join(" or ")));
    }
    Ok((format, found.0, found.1))
}

/// Whether the app has the pictures that a notification names, of their kind and not over.
pub(super) fn examine(
    context: &mut Context<'_>,
    app_id: &str,
    notification: &Map<String, Value>,
) -> Result<(), Stop> {
    let big = notification.get("style").and_then(Value::as_i64) == Some(3);
    for (name, kind, used) in
        [("big_picture_id", PictureKind::Big, big), ("small_picture_id", PictureKind::Small, true)]
    {
        let id = notification.get(name).and_then(Value::as_str).filter(|_| used);
        let Some(id) = id else { continue };
        let found: Option<()> = context
            .tx
            .prepare_cached(
                "SELECT 1 FROM picture WHERE id = ?1 AND app_id = ?2 AND kind = ?3 AND over_ms > ?4",
            )?
            .query_row(params![id, app_id, kind, context.now], |_| Ok(()))
            .optional()?;
        let code = match context.rules.unknown_picture {
            _ if found.is_some() => {
                context.notes.pass(name, "");
                continue;
            }
            UnknownPicture::Accept => continue,
            UnknownPicture::NotExist => 31,
            UnknownPicture::Invalid => 41,
            UnknownPicture::Picture => 51,
        };
        return Err(context.notes.refuse(name, code, "the app has no such picture, or not any more"));
    }
    Ok(())
}
