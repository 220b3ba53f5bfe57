//! The code for a path that names no call (OPPO reference, sections 1 and 8).

/// Whether the path is one of OPPO's at all.
pub(super) fn is_oppos(path: &str) -> bool {
    path == "/server" || path.starts_with("/server/")
}

/// The return code and the reason.
pub(super) fn refusal(path: &str) -> (i32, String) {
    let Some(rest) = path.strip_prefix("/server").filter(|_| is_oppos(path)) else {
        return (20, "OPPO's paths begin with /server/v1".into());
    };
    let mut parts = rest.strip_prefix('/').unwrap_or(rest).splitn(2, '/');
    match parts.next().unwrap_or_default() {
        "v1" => {}
        "" | "auth" | "message" | "device" | "feedback" | "media" => {
            return (22, "the path has no version: /server/v1/…".into());
        }
        version if is_version(version) => return (24, format!("version {version} is not supported")),
        other => return (23, format!("`{other}` is not a version")),
    }
    match parts.next().unwrap_or_default() {
        "" => (21, "the path names no call".into()),
        other => (20, format!("no call `{other}` here")),
    }
}

fn is_version(text: &str) -> bool {
    text.strip_prefix('v')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_without_a_call_has_the_code_of_what_is_wrong_with_it() {
        for (path, expected) in [
            ("/", 20),
            ("/serverx/v1", 20),
            ("/server", 22),
            ("/server/auth", 22),
            ("/server/vX/auth", 23),
            ("/server/v2/auth", 24),
            ("/server/v1", 21),
            ("/server/v1/", 21),
            ("/server/v1/auth/", 20),
            ("/server/v1//auth", 20),
        ] {
            assert_eq!(refusal(path).0, expected, "{path}");
        }
    }
}
