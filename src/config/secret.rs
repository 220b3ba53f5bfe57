//! A secret in memory: shown by nothing, wiped on drop. Where one comes from is the business of its reference.

use crate::failure::{Kind, Problem};
use std::fmt;
use zeroize::Zeroizing;

/// More than this is not a secret but a mistake.
pub(super) const LARGEST: u64 = 64 * 1024;

/// MasterSecret, AppSecret, auth_token ...: `Debug` and `Display` print `(secret)`; the memory is wiped on drop.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Secret(Zeroizing::new(text.into()))
    }

    /// 32 hex digits that can't be guessed.
    pub(crate) fn random() -> Self {
        Secret::new(format!("{:032x}", rand::random::<u128>()))
    }

    /// The secret itself. Call it only where the bytes are needed: to sign, to send, to write a 0600 file.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// The secret in what a file or a command gave: UTF-8, without one final line end.
pub(super) fn of_output(bytes: &[u8], what: &str) -> Result<Secret, Problem> {
    let unusable = |message: String| {
        Problem::new(Kind::UnusableSecret, message, "it must hold the secret as its only line, as UTF-8 text")
    };
    if bytes.len() as u64 > LARGEST {
        return Err(unusable(format!("{what} gives more than {} KiB", LARGEST / 1024)));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| unusable(format!("{what} is not UTF-8 at byte {}", error.valid_up_to() + 1)))?;
    let text = text.strip_suffix('\n').map_or(text, |text| text.strip_suffix('\r').unwrap_or(text));
    Ok(Secret::new(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_prints_it() {
        let secret = Secret::new("hunter2");
        assert_eq!(format!("{secret} {secret:?}"), "(secret) (secret)");
        assert_eq!(secret.reveal(), "hunter2");
    }
}
