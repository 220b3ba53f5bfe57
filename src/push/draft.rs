//! What a certificate gives to a notification where nothing else says it: its channel and its click target.
//! Which of two values wins is a rule of `notification`.

use crate::config::Certificate;
use crate::notification::Draft;

/// The same draft with what the certificate gives where nothing else does.
pub(crate) fn with_certificate(draft: &Draft, certificate: &Certificate) -> Draft {
    let mut draft = draft.clone();
    let channel = certificate.channel_id.as_ref().map(|channel| channel.value.as_str());
    draft.certificate(channel, Some(&certificate.click.value));
    draft
}
