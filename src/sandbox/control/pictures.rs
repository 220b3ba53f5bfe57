//! The control API's pictures: the bytes that a sender uploaded, for a phone to show.

use super::super::moment::Moment;
use super::super::pictures;
use super::ask::Ask;
use super::refusal::{Answered, Refusal};
use crate::listen::Response;

pub(super) fn show(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    match pictures::find(at.tx, ask.name())? {
        Some(picture) => Ok(Response::text(200, &format!("image/{}", picture.format), picture.bytes)),
        None => Err(Refusal::not_found("no-such-picture", "no picture has this id, or it was forgotten")),
    }
}
