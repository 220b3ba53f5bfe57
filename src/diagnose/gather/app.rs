//! The app file, read once: what it holds of OPPO push, and whether its code knows the channel in question.

use crate::app::AppFile;
use crate::diagnose::evidence::{AppSeen, Evidence, LiveAnswer};
use crate::diagnose::sent;
use crate::failure::{Explain, Problem};
use crate::snippet;

/// `given` is none where neither a flag nor the profile names an app file.
pub(crate) fn app(given: Option<Result<AppFile, Problem>>, evidence: &mut Evidence) {
    let read = match given {
        None => return,
        Some(read) => read.and_then(|app| look(app, channel(evidence)).map_err(Explain::explain)),
    };
    evidence.app = match read {
        Ok(seen) => LiveAnswer::Answered(seen),
        Err(problem) => LiveAnswer::Failed(problem),
    };
}

fn look(app: AppFile, channel: Option<String>) -> Result<AppSeen, snippet::Unreadable> {
    let push = snippet::examine(&app)?;
    let channel = match channel {
        Some(channel) => Some((snippet::channel_in(&app, &channel)?, channel)),
        None => None,
    };
    Ok(AppSeen { push, channel: channel.map(|(known, channel)| (channel, known)), app })
}

/// The one that the newest push named, else the certificate's.
fn channel(evidence: &Evidence) -> Option<String> {
    let sent = evidence.last_by_certificate().ok().and_then(sent::notification);
    let named = sent.as_ref().and_then(|sent| sent::text(sent, "channel_id")).map(str::to_owned);
    let own = || evidence.certificate().ok()?.channel_id.as_ref().map(|channel| channel.value.clone());
    named.or_else(own)
}
