//! Everything that is wrong with a UserSig, at once: form, app, user, time, signature (IM reference, section 6).
//! What a person does about each flaw belongs to `flaw`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::Mac;

use super::make::{base_string, mac};
use super::{Claims, Flaw, read};
use crate::clock::Timestamp;
use crate::config::Secret;

/// What a UserSig should be.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    pub sdk_app_id: u32,
    /// `None` if any user will do.
    pub user: Option<&'a str>,
    pub key: &'a Secret,
    pub now: Timestamp,
}

/// What was found. It is valid if there is no flaw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// As far as it could be read.
    pub(crate) claims: Option<Claims>,
    pub flaws: Vec<Flaw>,
}

/// A UserSig from a machine with a clock ahead by less than this is not called one from the future.
const CLOCKS_APART: i64 = 60;

/// Takes the text apart and checks all that can be checked.
pub fn verify(text: &str, expected: &Expected<'_>) -> Verdict {
    let (claims, mut flaws) = read(text);
    if let Some(claims) = &claims {
        flaws.extend(against(claims, expected));
    }
    Verdict { claims, flaws }
}

fn against(claims: &Claims, expected: &Expected<'_>) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    if let Some(found) = claims.sdk_app_id
        && found != i64::from(expected.sdk_app_id)
    {
        flaws.push(Flaw::OtherApp { found, expected: expected.sdk_app_id });
    }
    if let (Some(found), Some(user)) = (&claims.identifier, expected.user)
        && found != user
    {
        flaws.push(Flaw::OtherUser { found: found.clone(), expected: user.to_owned() });
    }
    if let (Some(time), Some(expire)) = (claims.time, claims.expire) {
        let now = expected.now.as_second();
        let end = time.saturating_add(i64::try_from(expire).unwrap_or(i64::MAX));
        if now > end {
            flaws.push(Flaw::Expired { seconds: now - end });
        }
        if time > now + CLOCKS_APART {
            flaws.push(Flaw::FromTheFuture { seconds: time - now });
        }
    }
    if claims.user_buffer.is_some() {
        flaws.push(Flaw::UserBuffer);
    }
    flaws.extend(signature(claims, expected.key));
    flaws
}

/// Compared in constant time, over what the UserSig itself claims.
fn signature(claims: &Claims, key: &Secret) -> Option<Flaw> {
    let Claims { identifier, sdk_app_id, time, expire, user_buffer, signature, .. } = claims;
    let Ok(signature) = STANDARD.decode(signature.as_ref()?.reveal()) else {
        return Some(Flaw::SignatureNotBase64);
    };
    let base =
        base_string(identifier.as_deref()?, (*sdk_app_id)?, (*time)?, (*expire)?, user_buffer.as_deref());
    mac(key, &base).verify_slice(&signature).is_err().then_some(Flaw::WrongSignature)
}
