//! What stands behind the name of a secret in a text that others wrote, such as a line of a phone's log.

use super::hide::MASK;

/// Behind these a text may print a secret. In small letters.
const NAMES: [&str; 7] =
    ["appsecret", "app_secret", "mastersecret", "master_secret", "usersig", "auth_token", "authorization"];

/// The line with everything masked that stands behind the name of a secret.
pub(crate) fn behind_names(line: &str) -> String {
    let lower = line.to_ascii_lowercase();
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    loop {
        let rest = lower.get(at..).unwrap_or_default();
        let named = NAMES.iter().filter_map(|name| Some(at + rest.find(name)? + name.len())).min();
        let Some(behind) = named else { break };
        let after = line.get(behind..).unwrap_or_default();
        let value = behind + after.find(|c: char| c.is_alphanumeric()).unwrap_or(after.len());
        let tail = line.get(value..).unwrap_or_default();
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | ';' | '}' | ')' | ']');
        let end = value + tail.find(ends).unwrap_or(tail.len());
        out.push_str(line.get(at..value).unwrap_or_default());
        if end > value {
            out.push_str(MASK);
        }
        at = end;
    }
    out.push_str(line.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_the_name_of_a_secret_is_masked() {
        for (line, shown) in [
            ("register(key, appSecret=abcdef0123, x)", "register(key, appSecret=********, x)"),
            ("{\"masterSecret\":\"s3cr&t\"}", "{\"masterSecret\":\"********\"}"),
            ("UserSig: eJx-a*b_ next", "UserSig: ******** next"),
            ("appSecret a appSecret b", "appSecret ******** appSecret ********"),
            ("appSecret=", "appSecret="),
            ("nothing é here", "nothing é here"),
        ] {
            assert_eq!(behind_names(line), shown);
        }
    }
}
