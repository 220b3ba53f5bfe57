//! What a reported token must be: there at all, short enough, of OPPO's form, of the profile's region.
//! The forms themselves belong to `oppo`.

use crate::config::Region;
use crate::failure::{Kind, Problem};
use crate::oppo::{Home, RegId};

/// The IM server refuses longer tokens with 22004 (IM reference, section 4.1).
const TOKEN_BYTES: usize = 256;

/// The regId in `text`, whatever its region.
pub(super) fn parse(text: &str) -> Result<RegId, Problem> {
    if text.trim().is_empty() {
        return Err(super::empty_token::problem());
    }
    if text.len() > TOKEN_BYTES {
        return Err(Problem::new(
            Kind::TooLong,
            format!(
                "the token has {} bytes; the IM server takes {TOKEN_BYTES} and answers 22004",
                text.len()
            ),
            "report the regId that OPPO's onRegister gave, and nothing around it",
        )
        .at("--reg-id"));
    }
    RegId::parse(text).map_err(|problem| problem.at("--reg-id"))
}

/// The regId in `text`, if a profile of that region may push to it.
pub(super) fn usable(text: &str, profile: &str, region: Region) -> Result<RegId, Problem> {
    let reg_id = parse(text)?;
    region_problem(&reg_id, profile, region).map_or(Ok(reg_id), Err)
}

/// What is wrong if the regId is of the other region.
pub(super) fn region_problem(reg_id: &RegId, profile: &str, region: Region) -> Option<Problem> {
    if reg_id.fits(region) {
        return None;
    }
    let (home, other) = match reg_id.home() {
        Home::China => ("of China", "region cn"),
        Home::Overseas => ("from overseas", "region intl"),
    };
    Some(
        Problem::new(
            Kind::WrongRegion,
            format!("regId {} is {home}; profile {profile} is of region {region}", reg_id.as_str()),
            format!(
                "use a profile of {other} for this phone; OPPO's two services do not know each other's regIds"
            ),
        )
        .at("--reg-id"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::VariantArray;

    const HEX: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn nothing_is_the_empty_token_case() {
        for text in ["", " ", "\t\n"] {
            assert_eq!(parse(text).unwrap_err().kind, Kind::EmptyToken, "{text:?}");
        }
    }

    #[test]
    fn what_is_not_a_reg_id_is_refused_by_length_or_form() {
        assert_eq!(parse(&"a".repeat(257)).unwrap_err().kind, Kind::TooLong);
        assert_eq!(parse(&"a".repeat(256)).unwrap_err().kind, Kind::BadRegId);
        let problem = parse("078a").unwrap_err();
        assert_eq!((problem.kind, problem.place.as_str()), (Kind::BadRegId, "--reg-id"));
    }

    #[test]
    fn each_region_takes_its_own() {
        let china = parse(&format!("CN_{HEX}")).unwrap();
        let overseas = parse(&format!("OPPO_IN_{HEX}")).unwrap();
        for &region in Region::VARIANTS {
            let other = region == Region::Intl;
            assert_eq!(region_problem(&china, "demo", region).is_some(), other, "{region}");
            assert_eq!(region_problem(&overseas, "demo", region).is_none(), other, "{region}");
        }
        let problem = region_problem(&overseas, "demo", Region::Cn).unwrap();
        assert_eq!(problem.kind.class().exit_code(), 4);
        assert!(problem.hint.sentence().contains("region intl"), "{}", problem.hint.sentence());
    }
}
