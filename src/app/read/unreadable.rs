//! Why an app file can't be used.

use std::borrow::Cow;
use std::io;

use crate::failure::{Explain, Kind, Problem};

#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    #[error("there is no such file or folder")]
    Missing,
    #[error("it can't be read: {0}")]
    Io(#[from] io::Error),
    /// Neither XML, nor binary XML, nor an archive with a manifest in it.
    #[error("{0}")]
    NoApp(Cow<'static, str>),
    #[error("{0}")]
    Damaged(Cow<'static, str>),
    /// More than any real app has; such a file is made to use up memory or time.
    #[error("it has more than {limit} {what}")]
    Beyond { what: &'static str, limit: usize },
    #[error("{what} is larger than {limit} MiB")]
    TooLarge { what: String, limit: u64 },
}

impl Unreadable {
    pub(super) fn beyond(what: &'static str, limit: usize) -> Unreadable {
        Unreadable::Beyond { what, limit }
    }

    pub(super) fn damaged(why: impl Into<Cow<'static, str>>) -> Unreadable {
        Unreadable::Damaged(why.into())
    }

    pub(super) fn no_app(why: impl Into<Cow<'static, str>>) -> Unreadable {
        Unreadable::NoApp(why.into())
    }

    pub(super) fn truncated(what: &str) -> Unreadable {
        Unreadable::damaged(format!("{what} is cut short"))
    }
}

impl Explain for Unreadable {
    fn explain(self) -> Problem {
        let (kind, hint) = match &self {
            Unreadable::Missing => (
                Kind::MissingFile,
                "name a manifest, an APK, an AAB, or the folder of a Gradle project that has been built",
            ),
            Unreadable::Io(_) => (Kind::UnreadableFile, "check the file's permissions"),
            Unreadable::NoApp(_) => (
                Kind::BadAppFile,
                "an app file is AndroidManifest.xml, an .apk, .apks, .xapk or .aab, or the folder of a Gradle project",
            ),
            Unreadable::Damaged(_) => (Kind::BadAppFile, "build or download the file again"),
            Unreadable::Beyond { .. } | Unreadable::TooLarge { .. } => {
                (Kind::BadAppFile, "no real app is like this; look at where the file comes from")
            }
        };
        Problem::new(kind, self.to_string(), hint)
    }
}
