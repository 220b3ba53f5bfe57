//! Makes a UserSig: the text that is signed, the signature, and the packing.

use std::io::Write;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::clock::Timestamp;
use crate::config::Secret;

/// What a UserSig is made for.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    pub sdk_app_id: u32,
    pub user: &'a str,
    pub issued_at: Timestamp,
    /// How long it holds, in whole seconds; a length, not a date.
    pub expire: Duration,
}

/// Makes a UserSig. The key is used as the text that the console shows, not decoded.
pub fn make(key: &Secret, order: &Order<'_>) -> Secret {
    let time = order.issued_at.as_second();
    let expire = order.expire.as_secs();
    let base = base_string(order.user, i64::from(order.sdk_app_id), time, expire, None);
    let signature = STANDARD.encode(mac(key, &base).finalize().into_bytes());
    let object = json!({
        "TLS.ver": "2.0",
        "TLS.identifier": order.user,
        "TLS.sdkappid": order.sdk_app_id,
        "TLS.expire": expire,
        "TLS.time": time,
        "TLS.sig": signature,
    });
    let text = Zeroizing::new(object.to_string());
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    let packed = encoder
        .write_all(text.as_bytes())
        .and_then(|()| encoder.finish())
        .expect("writing to memory does not fail");
    Secret::new(to_alphabet(&STANDARD.encode(Zeroizing::new(packed).as_slice())))
}

/// What is signed: each line ended by a line feed, the last one too, time before expire.
pub(super) fn base_string(
    user: &str,
    sdk_app_id: i64,
    time: i64,
    expire: u64,
    user_buffer: Option<&str>,
) -> String {
    let mut base =
        format!("TLS.identifier:{user}\nTLS.sdkappid:{sdk_app_id}\nTLS.time:{time}\nTLS.expire:{expire}\n");
    if let Some(buffer) = user_buffer {
        base.push_str(&format!("TLS.userbuf:{buffer}\n"));
    }
    base
}

pub(super) fn mac(key: &Secret, base: &str) -> Hmac<Sha256> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key.reveal().as_bytes()).expect("HMAC takes a key of any length");
    mac.update(base.as_bytes());
    mac
}

/// Standard base64 in Tencent's alphabet, which is safe in a query.
pub(super) fn to_alphabet(standard: &str) -> String {
    standard.replace('+', "*").replace('/', "-").replace('=', "_")
}
