//! Which call a path names, and the code for one that names none (OPPO reference, sections 1 and 8).
//! What a call does belongs to the call.

/// The calls served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    Auth,
    Unicast,
    SetAlias,
    DeleteAlias,
    InvalidRegIds,
}

impl Route {
    /// The HTTP method that the call takes.
    pub(crate) fn method(self) -> &'static str {
        match self {
            Route::InvalidRegIds => "GET",
            Route::Auth | Route::Unicast | Route::SetAlias | Route::DeleteAlias => "POST",
        }
    }
}

/// Whether the path is one of the vendor's at all.
pub(crate) fn is_oppos(path: &str) -> bool {
    path == "/server" || path.starts_with("/server/")
}

/// The call, or the return code and the reason.
pub(crate) fn find(path: &str) -> Result<Route, (i32, String)> {
    let Some(rest) = path.strip_prefix("/server").filter(|_| is_oppos(path)) else {
        return Err((20, "OPPO's paths begin with /server/v1".into()));
    };
    let mut parts = rest.strip_prefix('/').unwrap_or(rest).splitn(2, '/');
    match parts.next().unwrap_or_default() {
        "v1" => {}
        "" | "auth" | "message" | "device" | "feedback" | "media" => {
            return Err((22, "the path has no version: /server/v1/…".into()));
        }
        version if is_version(version) => return Err((24, format!("version {version} is not supported"))),
        other => return Err((23, format!("`{other}` is not a version"))),
    }
    match parts.next().unwrap_or_default() {
        "" => Err((21, "the path names no call".into())),
        "auth" => Ok(Route::Auth),
        "message/notification/unicast" => Ok(Route::Unicast),
        "device/set_alias" => Ok(Route::SetAlias),
        "device/delete_alias" => Ok(Route::DeleteAlias),
        "feedback/fetch_invalid_regidList" => Ok(Route::InvalidRegIds),
        other => Err((20, format!("no call `{other}` here"))),
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
    fn paths_and_their_codes() {
        let code = |path: &str| find(path).map_err(|(code, _)| code);
        assert_eq!(code("/server/v1/auth"), Ok(Route::Auth));
        assert_eq!(code("/server/v1/message/notification/unicast"), Ok(Route::Unicast));
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
            ("/server/v1/message/notification/unicast_batch", 20),
            // What it answers is not known (OPPO reference, section 4.5).
            ("/server/v1/feedback/fetch_push_permit", 20),
        ] {
            assert_eq!(code(path), Err(expected), "{path}");
        }
    }
}
