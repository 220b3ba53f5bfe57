//! What a UserSig says of itself, read without believing it: alphabet, base64, zlib, JSON, fields.
//! Whether it is true belongs to `verify`.

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::read::ZlibDecoder;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::Flaw;
use crate::config::Secret;

/// A real one has about 200 bytes, packed or not; more than this is not a UserSig but an attempt to fill the memory.
const LONGEST: usize = 16 * 1024;

/// The fields of a UserSig. None of them has been checked against anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    pub(crate) version: Option<String>,
    pub identifier: Option<String>,
    pub(crate) sdk_app_id: Option<i64>,
    /// Seconds since 1970-01-01 UTC.
    pub time: Option<i64>,
    /// Seconds from `time` on.
    pub expire: Option<u64>,
    /// Standard base64; the IM server uses none.
    pub(crate) user_buffer: Option<String>,
    /// `TLS.sig`: standard base64 of the HMAC.
    pub(crate) signature: Option<Secret>,
}

/// Takes a UserSig apart as far as it goes. Everything met on the way is in the flaws, also what could be got over.
pub fn read(text: &str) -> (Option<Claims>, Vec<Flaw>) {
    let mut flaws = Vec::new();
    match unpack(text, &mut flaws) {
        Ok(object) => (fields(&object, &mut flaws), flaws),
        Err(flaw) => {
            flaws.push(flaw);
            (None, flaws)
        }
    }
}

/// `flaws` takes what could be got over, the error is what could not.
fn unpack(text: &str, flaws: &mut Vec<Flaw>) -> Result<Map<String, Value>, Flaw> {
    // A query may carry the alphabet's own marks escaped.
    let text = text.trim().replace("%2A", "*").replace("%2a", "*").replace("%2D", "-").replace("%2d", "-");
    let text = text.replace("%5F", "_").replace("%5f", "_");
    if text.is_empty() {
        return Err(Flaw::Empty);
    }
    if text.len() > LONGEST {
        return Err(Flaw::TooLong { bytes: text.len() });
    }
    let known = |c: char| c.is_ascii_alphanumeric() || "*-_+/=".contains(c);
    if let Some((at, character)) = text.chars().enumerate().find(|(_, c)| !known(*c)) {
        return Err(Flaw::ForeignCharacter { at: at + 1, character });
    }
    if text.contains(['+', '/', '=']) {
        flaws.push(Flaw::StandardBase64);
    }
    let standard = text.replace('*', "+").replace('-', "/").replace('_', "=");
    let packed = Zeroizing::new(STANDARD.decode(standard).map_err(|_| Flaw::NotBase64)?);

    let mut plain = Zeroizing::new(Vec::new());
    let mut decoder = ZlibDecoder::new(packed.as_slice());
    decoder.by_ref().take(LONGEST as u64 + 1).read_to_end(&mut plain).map_err(|_| Flaw::NotZlib)?;
    if plain.len() > LONGEST {
        return Err(Flaw::InflatesTooFar { limit: LONGEST });
    }
    let trailing = packed.len() as u64 - decoder.total_in();
    if trailing > 0 {
        flaws.push(Flaw::TrailingBytes { bytes: trailing });
    }
    match serde_json::from_slice(&plain) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Flaw::NotAnObject),
        Err(_) => Err(Flaw::NotJson),
    }
}

fn fields(object: &Map<String, Value>, flaws: &mut Vec<Flaw>) -> Option<Claims> {
    // Field names of the elliptic-curve scheme, which apps made before July 2019 may still use.
    let old = ["TLS.sdk_appid", "TLS.appid_at_3rd", "TLS.account_type", "TLS.expire_after", "TLS.version"];
    if old.iter().any(|name| object.contains_key(*name)) {
        flaws.push(Flaw::EllipticCurve);
        return None;
    }
    let mut field = |name: &'static str, wanted, fits: fn(&Value) -> bool| {
        let value = object.get(name);
        let flaw = match value {
            Some(value) if fits(value) => return Some(value),
            Some(_) => Flaw::WrongFieldType { name, wanted },
            None => Flaw::MissingField { name },
        };
        flaws.push(flaw);
        None
    };
    let mut text = |name| Some(field(name, "text", Value::is_string)?.as_str()?.to_owned());
    let version = text("TLS.ver");
    let identifier = text("TLS.identifier");
    let signature = text("TLS.sig").map(Secret::new);
    let user_buffer = object.contains_key("TLS.userbuf").then(|| text("TLS.userbuf")).flatten();
    let is_count = |value: &Value| value.as_i64().is_some_and(|number| number >= 0);
    let mut number = |name| field(name, "a whole number", is_count)?.as_i64();
    let sdk_app_id = number("TLS.sdkappid");
    let time = number("TLS.time");
    let expire = number("TLS.expire").and_then(|seconds| u64::try_from(seconds).ok());
    if version.as_deref().is_some_and(|version| version != "2.0") {
        flaws.push(Flaw::OtherVersion { found: version.clone().unwrap_or_default() });
    }
    Some(Claims { version, identifier, sdk_app_id, time, expire, user_buffer, signature })
}
