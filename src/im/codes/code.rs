//! What the table says about one code or range of codes.

/// Where a code comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Area {
    /// Why a push was lost, as the push service counts it.
    Push,
    /// The client SDK in the app.
    Sdk,
    /// The gate in front of every REST call.
    Gate,
    /// The UserSig of a login or call.
    UserSig,
    /// Accounts.
    Account,
    /// Sending a message.
    Message,
    /// The token report.
    Report,
    /// The friend list.
    Friends,
    /// Presence, messages and pushes over REST.
    Service,
    /// The app's own webhook.
    Webhook,
    /// The push plugin in the app.
    Plugin,
}

impl Area {
    /// For tables and results.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Area::Push => "push service",
            Area::Sdk => "client SDK",
            Area::Gate => "REST gate",
            Area::UserSig => "UserSig",
            Area::Account => "account",
            Area::Message => "message",
            Area::Report => "token report",
            Area::Friends => "friend list",
            Area::Service => "REST service",
            Area::Webhook => "webhook",
            Area::Plugin => "push plugin",
        }
    }
}

/// One row: a code, or a range of codes that mean the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ImCode {
    pub(crate) first: i64,
    pub(crate) last: i64,
    pub(crate) area: Area,
    /// What it means, in a sentence.
    pub(crate) meaning: &'static str,
    /// What usually causes it.
    pub(crate) cause: &'static str,
    /// What to do about it; and the command that helps, or nothing.
    pub(crate) remedy: (&'static str, &'static str),
}

impl ImCode {
    /// `70001`, or `120001-130000`.
    #[cfg(test)]
    pub(crate) fn codes(&self) -> String {
        if self.first == self.last { self.first.to_string() } else { format!("{}-{}", self.first, self.last) }
    }
}
