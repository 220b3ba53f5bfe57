//! The values that a certificate is to have, judged by the app file.

use super::super::app_file::AppFlag;
use super::super::context::Ctx;
use super::super::field_flags::sound;
use super::super::judged::{Named, judge};
use crate::app::AppFile;
use crate::config::{Field, Profile, Value, Values};
use crate::failure::Failure;

/// Refuses a click target that opens nothing in the app; `known` is the profile, where there is one already.
pub(super) fn in_app<S>(
    flag: &AppFlag,
    ctx: &Ctx,
    known: Option<&Profile>,
    values: &Values<S>,
) -> Result<(), Failure> {
    if !values.has(Field::Click) && !values.has(Field::ChannelId) {
        return Ok(());
    }
    let app: Option<AppFile> = match known {
        Some(profile) => flag.beside(ctx, profile)?,
        None => flag.given()?,
    };
    let Some(app) = app else { return Ok(()) };
    let own = known.and_then(|profile| profile.package.as_ref()).map(|package| package.value.as_str());
    let click = match values.get(Field::Click) {
        Some(Value::Click(target)) => Some(target),
        _ => None,
    };
    let package = values.text(Field::Package).or(own);
    let problems = judge(ctx, &app, &Named { package, click, channel: values.text(Field::ChannelId) })?;
    sound(problems)
}
