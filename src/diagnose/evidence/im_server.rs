//! Finds in the evidence what the questions to the IM server came to: silence, refused credentials, a trace.
//! How they were asked belongs to `gather`.

use super::{Evidence, LiveAnswer};
use crate::diagnose::finding::Skipped;
use crate::failure::{Kind, Problem};

impl Evidence {
    fn im_failures(&self) -> impl Iterator<Item = &Problem> {
        let failed =
            [self.account.failed(), self.im_state.failed(), self.losses.failed(), self.trace.failed()];
        failed.into_iter().flatten()
    }

    /// A question that the IM server could be asked and did not answer as one.
    pub(crate) fn im_silence(&self) -> Option<&Problem> {
        self.im_failures().find(|one| one.kind != Kind::ImRefused && !is_about_credentials(one.kind))
    }

    /// A question that failed for the sake of SDKAppID, administrator or secret key.
    pub(crate) fn im_credentials(&self) -> Option<&Problem> {
        self.im_failures().find(|one| is_about_credentials(one.kind))
    }

    /// Skipped unless the IM server answered something, be it a refusal: an app without the push service has no losses.
    pub(crate) fn im_answered(&self) -> Result<(), Skipped> {
        let by_it = |one: &Problem| matches!(one.kind, Kind::ImRefused | Kind::ImCredentialsRefused);
        let refused = self.im_failures().any(by_it);
        if refused || self.account.answered().is_ok() || self.im_state.answered().is_ok() {
            return Ok(());
        }
        self.losses.answered().map(drop)
    }

    /// Whether a link of the trace is bad for one of these reasons.
    pub(crate) fn lost_in_trace(&self, reasons: &[&str]) -> bool {
        let LiveAnswer::Answered(instances) = &self.trace else { return false };
        let is = |text: &Option<String>| text.as_deref().is_some_and(|text| reasons.contains(&text));
        let mut links = instances.iter().flat_map(|one| &one.links);
        links.any(|link| link.status != Some(1) && (is(&link.code) || is(&link.info)))
    }

    /// Whether the trace has a good link at the phone, or at the click.
    pub(crate) fn shown_by_trace(&self) -> bool {
        let LiveAnswer::Answered(instances) = &self.trace else { return false };
        instances.iter().flat_map(|one| &one.links).any(|link| link.is_on_phone() && link.status == Some(1))
    }
}

fn is_about_credentials(kind: Kind) -> bool {
    use Kind::{ImCredentialsRefused, MissingSecret, SecretCommandFailed, UnusableSecret};
    use Kind::{UntrustedCommand, UntrustedConfiguration};
    matches!(kind, ImCredentialsRefused | MissingSecret | SecretCommandFailed | UnusableSecret)
        || matches!(kind, UntrustedCommand | UntrustedConfiguration)
}
