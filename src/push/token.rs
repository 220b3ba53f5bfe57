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
        return Err(empty_token());
    }
    if text.len() > TOKEN_BYTES {
        let length = text.len();
        let message =
            format!("the token has {length} bytes; the IM server takes {TOKEN_BYTES} and answers 22004");
        let hint = "report the regId that OPPO's onRegister gave, and nothing around it";
        return Err(Problem::new(Kind::TooLong, message, hint).at("--reg-id"));
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
    let message = format!("regId {} is {home}; profile {profile} is of region {region}", reg_id.as_str());
    let hint = format!(
        "use a profile of {other} for this phone; OPPO's two services do not know each other's regIds"
    );
    Some(Problem::new(Kind::WrongRegion, message, hint).at("--reg-id"))
}

/// Causes and what tells them apart (IM reference, sections 4.1 and 13; OPPO reference, section 10).
const CAUSES: [&str; 6] = [
    "register was not called, or its onRegister has not come yet: report inside onRegister as well as after login",
    "onRegister came with a code other than 0: log it; 14 is a wrong AppKey, 16 a wrong AppSecret, -1 a service that is away",
    "the manifest lacks OPPO's two services or its permissions: then register never answers",
    "register or isSupportPush was called before init",
    "the app is not approved for PUSH in OPPO's console, or the phone has no ColorOS 3.1 or later",
    "the app reported before its login had succeeded: the IM server answers that with 21005",
];

/// The message for an empty regId.
fn empty_token() -> Problem {
    let causes: Vec<String> = CAUSES.iter().map(|cause| format!("- {cause}")).collect();
    let next =
        "log code and regId in the app's onRegister, and report once the regId is there; usual causes:";
    let message = "the regId is empty: at that moment the app had no token to report";
    Problem::new(Kind::EmptyToken, message, format!("{next}\n{}", causes.join("\n"))).at("--reg-id")
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

    #[test]
    fn every_cause_is_named() {
        let problem = empty_token();
        for word in ["onRegister", "manifest", "init", "console", "login", "21005"] {
            assert!(problem.hint.sentence().contains(word), "{word}");
        }
    }
}
