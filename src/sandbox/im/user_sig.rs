//! A UserSig taken apart and verified, as the one public verifier does it (IM reference, section 6).

use std::io::{Read, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Map, Value, json};
use sha2::Sha256;

use super::app::ImApp;

/// A UserSig in its text form is a few hundred characters; far longer ones are not looked into.
const LONGEST: usize = 8 * 1024;
/// Bytes of the JSON inside: an inflated bomb stops here.
const MOST: u64 = 16 * 1024;

/// What a UserSig says. Nothing in it is believed before [`Claims::is_signed_with`].
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Claims {
    pub identifier: String,
    pub(crate) sdk_app_id: i64,
    /// Unix seconds.
    pub time: i64,
    /// A length in seconds, not a date.
    pub expire: i64,
    /// Standard base64, undecoded.
    pub(crate) user_buf: Option<String>,
    sig: String,
}

impl std::fmt::Debug for Claims {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Claims").field("identifier", &self.identifier).finish_non_exhaustive()
    }
}

impl Claims {
    /// Takes the text apart; the error says at which layer it breaks.
    pub(crate) fn decode(text: &str) -> Result<Claims, String> {
        if text.len() > LONGEST {
            return Err(format!("longer than {LONGEST} characters"));
        }
        let packed = STANDARD.decode(standard(text)?).map_err(|error| format!("not base64: {error}"))?;
        let mut json = Vec::new();
        ZlibDecoder::new(packed.as_slice())
            .take(MOST + 1)
            .read_to_end(&mut json)
            .map_err(|error| format!("not zlib: {error}"))?;
        if json.len() as u64 > MOST {
            return Err(format!("more than {MOST} bytes when inflated"));
        }
        let object: Map<String, Value> =
            serde_json::from_slice(&json).map_err(|error| format!("not a JSON object: {error}"))?;
        Claims::read(&object)
    }

    fn read(object: &Map<String, Value>) -> Result<Claims, String> {
        let text = |name: &str| match object.get(name) {
            Some(Value::String(text)) => Ok(text.clone()),
            _ => Err(format!("{name} is not a string")),
        };
        let number = |name: &str| {
            object.get(name).and_then(Value::as_i64).ok_or_else(|| format!("{name} is not a whole number"))
        };
        if text("TLS.ver")? != "2.0" {
            return Err("TLS.ver is not \"2.0\"".into());
        }
        Ok(Claims {
            identifier: text("TLS.identifier")?,
            sdk_app_id: number("TLS.sdkappid")?,
            time: number("TLS.time")?,
            expire: number("TLS.expire")?,
            user_buf: object.get("TLS.userbuf").map(|_| text("TLS.userbuf")).transpose()?,
            sig: text("TLS.sig")?,
        })
    }

    /// Whether `TLS.sig` is the HMAC of the other members under this key.
    pub(crate) fn is_signed_with(&self, key: &str) -> bool {
        let Some(mac) = self.mac(key) else { return false };
        STANDARD.decode(&self.sig).is_ok_and(|given| mac.verify_slice(&given).is_ok())
    }

    fn mac(&self, key: &str) -> Option<Hmac<Sha256>> {
        let mut base = format!(
            "TLS.identifier:{}\nTLS.sdkappid:{}\nTLS.time:{}\nTLS.expire:{}\n",
            self.identifier, self.sdk_app_id, self.time, self.expire
        );
        if let Some(user_buf) = &self.user_buf {
            base.push_str(&format!("TLS.userbuf:{user_buf}\n"));
        }
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
        mac.update(base.as_bytes());
        Some(mac)
    }
}

/// How long one that the sandbox makes is valid, in seconds.
const EXPIRE: i64 = 180 * 86_400;

/// A UserSig of this user from this millisecond on, for those who test without a library that makes one.
pub(crate) fn user_sig(app: &ImApp, user: &str, now: i64) -> String {
    let claims = Claims {
        identifier: user.to_owned(),
        sdk_app_id: app.sdk_app_id,
        time: now.div_euclid(1000),
        expire: EXPIRE,
        user_buf: None,
        sig: String::new(),
    };
    let sig = claims.mac(&app.secret_key).map(|mac| STANDARD.encode(mac.finalize().into_bytes()));
    let json = json!({
        "TLS.ver": "2.0", "TLS.identifier": claims.identifier, "TLS.sdkappid": claims.sdk_app_id,
        "TLS.expire": claims.expire, "TLS.time": claims.time, "TLS.sig": sig,
    });
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail.
    let packed =
        packed.write_all(json.to_string().as_bytes()).and_then(|()| packed.finish()).unwrap_or_default();
    STANDARD.encode(packed).replace('+', "*").replace('/', "-").replace('=', "_")
}

/// Tencent's alphabet in the standard one's letters: `*` is `+`, `-` is `/`, `_` is `=`.
fn standard(text: &str) -> Result<String, String> {
    text.chars()
        .map(|c| match c {
            '*' => Ok('+'),
            '-' => Ok('/'),
            '_' => Ok('='),
            'a'..='z' | 'A'..='Z' | '0'..='9' => Ok(c),
            other => Err(format!("{other:?} is not in a UserSig's alphabet (* - _ in place of + / =)")),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "opush-demo-secret-key-not-a-real-one-0000000000000000000000000000";
    const PYTHON: &str = "eJyrVgrxCdYrSy1SslJQMtIzUNJRAItkpqTmlWSmZUIkElNyM-Myi0uKEkvyi2BKilOyEwsKMlOACgxNDCDAECqXWlGQWZQKlLEwA0pBBUsyc0FChuZQxTDx4sx0kCUmhuZeRmVOzkE5hhHuntkmhaZ5JS5BfrlGnjleHuYpIa6ZpgHJFgYlBqXltkq1ACECNHA_";
    const NODE: &str = "eJw1yssKwjAUBNB-uWspSUhNCbjxgbaISO3CbTFRLm1iTGIVxH8Xmjq7OTMfaPanbNAeJLCMwGzsqLSNeMWRW2XQYoi*jXc-HYLqWudQgaScpNC0RDQaJBWTkqT67dBrkMWc-yngDSRwKio2LFd1T8-bsuOP3MZ1fTCs7KudUM0G8*OlIJE8Xwv4-gCP-zMQ";

    #[test]
    fn the_libraries_user_sigs_are_understood_and_signed() {
        for text in [PYTHON, NODE] {
            let claims = Claims::decode(text).unwrap();
            assert_eq!((claims.identifier.as_str(), claims.sdk_app_id), ("administrator", 1_400_000_001));
            assert_eq!((claims.time, claims.expire, &claims.user_buf), (1_700_000_000, 86_400, &None));
            assert!(claims.is_signed_with(KEY));
            assert!(!claims.is_signed_with(&KEY.to_uppercase()));
        }
    }

    #[test]
    fn the_vectors_of_the_reference_are_signed() {
        for (identifier, expire, user_buf, sig) in [
            ("administrator", 86_400, None, "417J2vBCRl1XGIk4q5ntDRNm2IlJH7dTEi5Pc80t0uw="),
            ("用户_1", 604_800, None, "GwWlu6WYxw2ILV0JdZrAYQUDGx4A+9K6UO0MS4GpzDA="),
            ("administrator", 86_400, Some("YWJj"), "/dzcMCgfT61eUZOJjr7ENA40kR72HzJt+CoZTWTl8P0="),
        ] {
            let claims = Claims {
                identifier: identifier.into(),
                sdk_app_id: 1_400_000_001,
                time: 1_700_000_000,
                expire,
                user_buf: user_buf.map(Into::into),
                sig: sig.into(),
            };
            assert!(claims.is_signed_with(KEY), "{identifier}");
            assert!(!Claims { expire: expire + 1, ..claims }.is_signed_with(KEY), "{identifier}");
        }
    }

    #[test]
    fn what_is_no_user_sig_says_at_which_layer() {
        let bomb = {
            use std::io::Write;
            let mut made = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
            made.write_all(&vec![b' '; 2_000_000]).unwrap();
            STANDARD.encode(made.finish().unwrap()).replace('+', "*").replace('/', "-").replace('=', "_")
        };
        for (text, says) in [
            ("", "not zlib"),
            ("abc+", "alphabet"),
            ("abcde", "not base64"),
            (&PYTHON[..40], "not zlib"),
            (&"a".repeat(9000), "longer"),
            (&bomb, "more than 16384"),
        ] {
            let error = Claims::decode(text).unwrap_err();
            assert!(error.contains(says), "{error}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_answered(text in ".{0,200}") {
            let _ = Claims::decode(&text);
        }
    }
}
