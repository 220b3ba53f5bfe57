//! A regId: its forms, and which of the vendor's regions it belongs to (OPPO reference, section 1).
//! Who reported one, and whether it is still good, belongs to `store` and to the vendor.

use schemars::JsonSchema;
use serde::Serialize;

use crate::config::Region;
use crate::failure::{Kind, Problem};
use std::fmt;

/// The registration id that a phone's push SDK returns: OPPO's address of one app on one phone.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RegId(String);

/// The half of OPPO's world that a regId belongs to; tokens and regIds of one are nothing in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Home {
    /// The regId belongs to OPPO's China.
    China,
    /// The regId belongs to OPPO's world outside of China.
    Overseas,
}

impl RegId {
    /// Takes exactly the forms that OPPO's own server SDK takes:
    /// `((([0-9A-Za-z]{2,10})_)?([A-Z]{2}|EUEX)_)?[0-9a-fA-F]{32}` or `[0-9a-fA-F]{24}`.
    pub fn parse(text: &str) -> Result<RegId, Problem> {
        if text.trim().is_empty() {
            let hint = "pass what the phone's push SDK gave to onRegister; it stays empty while register has not called back";
            return Err(Problem::new(Kind::Empty, "the regId is empty", hint));
        }
        if text.trim() != text {
            let message = format!("{} has white space around it", shown(text));
            let hint = "remove the white space; the regId itself has none";
            return Err(Problem::new(Kind::BadRegId, message, hint));
        }
        let parts: Vec<&str> = text.split('_').collect();
        let well_formed = match parts[..] {
            [id] => is_hex(id, 32) || is_hex(id, 24),
            [region, id] => is_region(region) && is_hex(id, 32),
            [brand, region, id] => is_brand(brand) && is_region(region) && is_hex(id, 32),
            _ => false,
        };
        if well_formed {
            return Ok(RegId(text.to_owned()));
        }
        let forms = "32 or 24 hex digits, with a prefix such as CN_ or OPPO_CN_";
        let message = format!("{} has none of OPPO's regId forms: {forms}", shown(text));
        let hint = "copy the whole regId that the phone's push SDK gave to onRegister, such as CN_ and 32 hex digits";
        Err(Problem::new(Kind::BadRegId, message, hint))
    }

    /// The regId in a text, if a profile of this region may push to it.
    pub(crate) fn of_region(text: &str, region: Region) -> Result<RegId, Problem> {
        let reg_id = RegId::parse(text)?;
        if reg_id.fits(region) {
            return Ok(reg_id);
        }
        let home = reg_id.home();
        let message =
            format!("regId {} belongs to {home}, the profile's region is {region}", reg_id.masked());
        let hint = match home {
            Home::China => "use a profile with region cn, or a regId of a phone outside China",
            Home::Overseas => "use a profile with region intl, or a regId of a phone in China",
        };
        Err(Problem::new(Kind::WrongRegion, message, hint))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The vendor's split rule: without a prefix, or with the region part `CN`, it is China's.
    pub(crate) fn home(&self) -> Home {
        let parts: Vec<&str> = self.0.split('_').collect();
        match parts[..] {
            [_] | ["CN", _] | [_, "CN", _] => Home::China,
            _ => Home::Overseas,
        }
    }

    /// Whether a profile of this region may push to it.
    pub(crate) fn fits(&self, region: Region) -> bool {
        self.home() == Home::of(region)
    }

    /// For reports and logs: `CN_6f0c…91d2`.
    pub(crate) fn masked(&self) -> String {
        let (prefix, id) = match self.0.rfind('_') {
            Some(at) => self.0.split_at(at + 1),
            None => ("", self.0.as_str()),
        };
        format!("{prefix}{}…{}", &id[..4], &id[id.len() - 4..])
    }
}

impl Home {
    /// The sandbox counts as China.
    pub(crate) fn of(region: Region) -> Home {
        match region {
            Region::Cn | Region::CnLegacy | Region::Sandbox => Home::China,
            Region::Intl => Home::Overseas,
        }
    }
}

impl fmt::Display for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Home::China => "China",
            Home::Overseas => "the overseas region",
        })
    }
}

impl fmt::Debug for RegId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RegId({})", self.masked())
    }
}

fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_region(text: &str) -> bool {
    text == "EUEX" || (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase()))
}

fn is_brand(text: &str) -> bool {
    (2..=10).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The text in quotes, control characters escaped, cut where it gets long.
fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("{short:?}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use strum::VariantArray;

    const HEX: &str = "6f0c3a5e6f0c3a5e6f0c3a5e6f0c91d2";

    #[test]
    fn the_region_follows_the_vendors_split_rule() {
        for (text, home) in [
            (HEX.to_owned(), Home::China),
            (HEX[..24].to_owned(), Home::China),
            (HEX.to_uppercase(), Home::China),
            (format!("CN_{HEX}"), Home::China),
            (format!("OPPO_CN_{HEX}"), Home::China),
            (format!("realme2_CN_{HEX}"), Home::China),
            (format!("IN_{HEX}"), Home::Overseas),
            (format!("EUEX_{HEX}"), Home::Overseas),
            (format!("OPPO_IN_{HEX}"), Home::Overseas),
            (format!("CN_IN_{HEX}"), Home::Overseas),
            (format!("OPPO_EUEX_{HEX}"), Home::Overseas),
        ] {
            let reg_id = RegId::parse(&text).expect(&text);
            assert_eq!(reg_id.home(), home, "{text}");
            for &region in Region::VARIANTS {
                assert_eq!(
                    reg_id.fits(region),
                    (region == Region::Intl) == (home == Home::Overseas),
                    "{text} {region}"
                );
                assert_eq!(RegId::of_region(&text, region).is_ok(), reg_id.fits(region));
            }
        }
    }

    #[test]
    fn what_is_no_reg_id_is_refused() {
        for text in [
            "078a",
            &HEX[..31],
            &format!("{HEX}0"),
            &HEX[..23],
            &format!("CN_{}", &HEX[..24]),
            &format!("cn_{HEX}"),
            &format!("CHN_{HEX}"),
            &format!("_{HEX}"),
            &format!("O_CN_{HEX}"),
            &format!("ABCDEFGHIJK_CN_{HEX}"),
            &format!("A_OPPO_CN_{HEX}"),
            &format!("OPPO-X_CN_{HEX}"),
            &format!("CN_{}g", &HEX[..31]),
            &format!("CN_{HEX}\n"),
            "你好",
        ] {
            let error = RegId::parse(text).expect_err(text);
            assert_eq!(error.kind, Kind::BadRegId, "{text}");
        }
        assert_eq!(RegId::parse(" ").expect_err("empty").kind, Kind::Empty);
    }

    #[test]
    fn the_message_names_the_forms_and_stays_short() {
        let message = RegId::parse("078a").expect_err("too short").to_string();
        assert_eq!(
            message,
            "\"078a\" has none of OPPO's regId forms: 32 or 24 hex digits, with a prefix such as CN_ or OPPO_CN_"
        );
        let long = RegId::parse(&"z".repeat(100_000)).expect_err("too long").to_string();
        assert!(long.len() < 250);
    }

    #[test]
    fn masking_keeps_the_prefix_and_eight_digits() {
        assert_eq!(RegId::parse(&format!("CN_{HEX}")).expect("valid").masked(), "CN_6f0c…91d2");
        assert_eq!(RegId::parse(HEX).expect("valid").masked(), "6f0c…91d2");
    }

    proptest! {
        #[test]
        fn every_text_of_the_sdks_pattern_is_taken(
            text in "((([0-9A-Za-z]{2,10})_)?([A-Z]{2}|EUEX)_)?[0-9a-fA-F]{32}|[0-9a-fA-F]{24}"
        ) {
            let reg_id = RegId::parse(&text).expect("of the pattern");
            prop_assert_eq!(reg_id.as_str(), text.as_str());
            prop_assert!(reg_id.masked().len() < text.len());
        }

        #[test]
        fn one_digit_that_is_none_spoils_it(text in "(CN_|OPPO_CN_)?[0-9a-f]{32}", back in 1usize..=32, bad in "[g-z_ ./é]") {
            let at = text.len() - back;
            let spoiled = format!("{}{bad}{}", &text[..at], &text[at + 1..]);
            prop_assert!(RegId::parse(&spoiled).is_err());
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*") {
            if let Err(error) = RegId::parse(&text) {
                prop_assert!(!error.hint.is_empty());
            }
        }
    }
}
