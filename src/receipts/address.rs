//! Where OPPO posts to: the path with its secret, under the address that others reach the listener by.
//! What comes in there belongs to `handler`.

use url::Url;

use crate::config::Secret;
use crate::failure::{Kind, Problem};

/// The path without a secret.
const PATH: &str = "/receipts";

/// Shorter secrets could be guessed, and longer ones leave a callback URL little room: OPPO takes 200 characters.
const SECRET: std::ops::RangeInclusive<usize> = 16..=100;

/// Longest `call_back_url` that OPPO takes, in characters.
const LONGEST: usize = 200;

/// How the listener is reached from outside, such as `https://push.example.com`, with or without a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicUrl(Url);

impl PublicUrl {
    /// Reads an http or https URL without user, query and fragment.
    pub(crate) fn parse(text: &str) -> Result<PublicUrl, Problem> {
        let problem = |message: String| {
            let hint = "give the address that leads to this listener, such as https://push.example.com";
            Problem::new(Kind::BadUrl, message, hint).at("--public-url")
        };
        let url = Url::parse(text).map_err(|error| problem(format!("{text} is not a URL: {error}")))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(problem(format!("{text} is neither http nor https")));
        }
        let has = [
            ("query", url.query().is_some()),
            ("fragment", url.fragment().is_some()),
            ("user or password", !url.username().is_empty() || url.password().is_some()),
        ];
        match has.into_iter().find(|(_, has)| *has) {
            Some((what, _)) => {
                Err(problem(format!("the URL has a {what}, which a callback URL cannot keep")))
            }
            None => Ok(PublicUrl(url)),
        }
    }

    /// Its name or address.
    pub(super) fn host(&self) -> Option<String> {
        self.0.host_str().map(str::to_owned)
    }
}

/// Whether the secret can be in a path as it is.
pub(crate) fn check_secret(secret: &str) -> Result<(), Problem> {
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-_~".contains(c);
    if SECRET.contains(&secret.len()) && secret.chars().all(plain) {
        return Ok(());
    }
    let (least, most) = (SECRET.start(), SECRET.end());
    let message = format!("a path secret has {least} to {most} characters out of A-Z a-z 0-9 . _ ~ -");
    Err(Problem::new(Kind::UnusableSecret, message, "make one: openssl rand -hex 16"))
}

/// The URL to configure. `Debug` shows it without its secret.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct CallbackUrl {
    front: String,
    secret: Option<Secret>,
}

impl CallbackUrl {
    pub(super) fn new(reached_at: &str, public: Option<&PublicUrl>, secret: Option<Secret>) -> Self {
        let front = public.map_or(reached_at, |public| public.0.as_str()).trim_end_matches('/');
        CallbackUrl { front: format!("{front}{PATH}"), secret }
    }

    /// The whole URL, its secret in it: for the person who configures it, and for OPPO.
    pub(crate) fn reveal(&self) -> String {
        match &self.secret {
            None => self.front.clone(),
            Some(secret) => format!("{}/{}", self.front, secret.reveal()),
        }
    }

    /// Its length in characters, if OPPO does not take so long a `call_back_url` (OPPO reference, section 5).
    pub(crate) fn too_long(&self) -> Option<usize> {
        let length = self.reveal().chars().count();
        (length > LONGEST).then_some(length)
    }

    /// The paths that lead to the listener: as it is in the URL, and without what a proxy may have taken off.
    pub(super) fn paths(&self) -> Vec<String> {
        let end = self.secret.as_ref().map(|secret| format!("/{}", secret.reveal())).unwrap_or_default();
        let short = format!("{PATH}{end}");
        let whole = Url::parse(&self.front).map(|url| format!("{}{end}", url.path()));
        let mut paths = vec![short];
        paths.extend(whole.ok().filter(|whole| *whole != paths[0]));
        paths
    }
}

impl std::fmt::Debug for CallbackUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let end = if self.secret.is_some() { "/(secret)" } else { "" };
        write!(f, "{}{end}", self.front)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(public: Option<&str>, secret: Option<&str>) -> CallbackUrl {
        let public = public.map(|text| PublicUrl::parse(text).unwrap());
        CallbackUrl::new("http://127.0.0.1:8765", public.as_ref(), secret.map(Secret::new))
    }

    #[test]
    fn the_url_ends_with_the_path_and_its_secret() {
        let (bare, secret) = (of(None, None), of(Some("https://a.example/oppo/"), Some("0123456789abcdef")));
        assert_eq!(bare.reveal(), "http://127.0.0.1:8765/receipts");
        assert_eq!(bare.paths(), ["/receipts"]);
        assert_eq!(secret.reveal(), "https://a.example/oppo/receipts/0123456789abcdef");
        assert_eq!(secret.paths(), ["/receipts/0123456789abcdef", "/oppo/receipts/0123456789abcdef"]);
        assert_eq!(format!("{secret:?}"), "https://a.example/oppo/receipts/(secret)");
        assert_eq!(of(Some("https://a.example"), None).reveal(), "https://a.example/receipts");
        assert_eq!(secret.too_long(), None);
        let long = of(Some(&format!("https://a.example/{}", "x".repeat(175))), None);
        assert_eq!(long.too_long(), Some(202));
    }

    #[test]
    fn what_cannot_be_the_front_of_a_url_is_refused() {
        for text in ["a.example", "ftp://a.example", "https://a.example/?a=1", "https://a.example/#f"] {
            assert!(PublicUrl::parse(text).is_err(), "{text}");
        }
        let with_user = PublicUrl::parse("https://me:hunter2@a.example/").unwrap_err();
        assert!(with_user.message.contains("user or password"), "{with_user}");
    }

    #[test]
    fn a_secret_is_long_and_plain() {
        assert!(check_secret("0123456789abcdef").is_ok());
        for bad in ["0123456789abcde", "0123456789abcdef/", "0123456789abcd f", &"x".repeat(101)] {
            assert!(check_secret(bad).is_err(), "{bad}");
        }
    }
}
