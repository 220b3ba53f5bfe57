//! The vendor client: regions and hosts, regId forms, auth and its token cache, requests, retry, answers.
//! What may stand in a notification belongs to `notification`; what a code means, to `return_codes`.

/// Stand-in until the forms of a regId have their own file (OPPO reference, section 1).
pub mod reg_id {
    use crate::failure::{Explain, Kind, Problem};

    /// OPPO's address of one app on one phone.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct RegId(String);

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Home {
        China,
        Overseas,
    }

    #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
    #[error("{0:?} has none of OPPO's regId forms")]
    pub struct RegIdError(String);

    impl Explain for RegIdError {
        fn explain(self) -> Problem {
            Problem::new(Kind::BadRegId, self.to_string(), "take it from the app's onRegister")
        }
    }

    impl RegId {
        pub fn parse(text: &str) -> Result<RegId, RegIdError> {
            let hex = text.rsplit('_').next().unwrap_or(text);
            let right = matches!(hex.len(), 24 | 32) && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
            if right { Ok(RegId(text.into())) } else { Err(RegIdError(text.into())) }
        }

        pub fn home(&self) -> Home {
            let parts: Vec<&str> = self.0.split('_').collect();
            match parts[..] {
                [_] | ["CN", _] | [_, "CN", _] => Home::China,
                _ => Home::Overseas,
            }
        }

        pub fn as_str(&self) -> &str {
            &self.0
        }
    }
}
