//! What the IM server said of a user, as `send` and `presence explain` print it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::im::{State, Terminal};
use crate::output::Page;
use crate::push::presence::Overruled;
use crate::services::ImPresence;

/// What the IM server said of the user.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ImPresenceView {
    /// Online, PushOnline or Offline, as the REST API says; null if it knows no such user.
    rest: Option<String>,
    /// ONLINE, OFFLINE or UNLOGINED, as the client SDK says.
    sdk: Option<String>,
    /// Each kind of terminal that it named. The server tells kinds apart, not devices.
    terminals: Vec<TerminalView>,
    /// What was made of it.
    used: Used,
    /// Devices of which something else was set by hand; the server's answer counts.
    by_hand: Vec<String>,
    #[serde(skip)]
    overruled: Vec<Overruled>,
}

/// What was made of the server's answer.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Used {
    /// It is the presence of at least one device.
    Counts,
    /// It is about no device that is known.
    Unknown,
}

/// One kind of terminal of the user, with both words.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct TerminalView {
    /// Android, iPhone, iPad, PC, Mac, Web, or as the server gave it.
    pub(crate) platform: String,
    pub(crate) rest: String,
    pub(crate) sdk: String,
}

impl From<&Terminal> for TerminalView {
    fn from(terminal: &Terminal) -> Self {
        let Terminal { platform, state, .. } = terminal;
        TerminalView { platform: platform.clone(), rest: state.rest().into(), sdk: state.sdk().into() }
    }
}

impl From<&ImPresence> for ImPresenceView {
    fn from(presence: &ImPresence) -> Self {
        let (state, terminals, kept): (Option<&State>, &[Terminal], _) = match presence {
            ImPresence::NoSuchUser => (None, &[], None),
            ImPresence::Known { state, terminals, kept } => (Some(state), terminals, Some(kept)),
        };
        let overruled = kept.map(|kept| kept.overruled.clone()).unwrap_or_default();
        ImPresenceView {
            rest: state.map(|state| state.rest().to_owned()),
            sdk: state.map(|state| state.sdk().to_owned()),
            terminals: terminals.iter().map(TerminalView::from).collect(),
            used: match kept {
                Some(kept) if !kept.follow.is_empty() => Used::Counts,
                _ => Used::Unknown,
            },
            by_hand: overruled.iter().map(|one| one.device.clone()).collect(),
            overruled,
        }
    }
}

impl ImPresenceView {
    pub(crate) fn line(&self, user: &str, page: &mut Page) {
        let (Some(rest), Some(sdk)) = (&self.rest, &self.sdk) else {
            page.line(format!("IM server  knows no user {user}"));
            return;
        };
        match self.terminals.as_slice() {
            [only] if only.rest == *rest => {
                page.line(format!("IM server  {user} is {rest} (REST) / {sdk} (SDK) on {}", only.platform));
            }
            terminals => {
                page.line(format!("IM server  {user} is {rest} (REST) / {sdk} (SDK)"));
                for TerminalView { platform, rest, sdk } in terminals {
                    page.line(format!("           on {platform} {rest} (REST) / {sdk} (SDK)"));
                }
            }
        }
        for Overruled { device, told } in &self.overruled {
            let told = told.as_str();
            page.line(format!(
                "           device {device}: {told} was set by hand; the IM server's answer counts"
            ));
        }
    }
}
