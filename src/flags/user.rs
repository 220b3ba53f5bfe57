//! The user that a command is about: `alice`, or `--user alice`.

use clap::Args;

/// At most one of the two. A command that needs a user demands the group `user_named`.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct UserArg {
    /// The user; the same as --user
    #[arg(value_name = "USER", conflicts_with = "user")]
    about_user: Option<String>,

    /// The user
    #[arg(long, value_name = "USER")]
    user: Option<String>,
}

impl UserArg {
    pub(crate) fn name(&self) -> Option<&str> {
        self.about_user.as_deref().or(self.user.as_deref())
    }
}

/// Demands that one of the two is given.
pub(crate) fn user_named() -> clap::ArgGroup {
    clap::ArgGroup::new("user_named").args(["about_user", "user"]).required(true)
}
