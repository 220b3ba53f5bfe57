//! What app-side code is made from: the values of a profile and one of its certificates.

use crate::config::{Certificate, Profile};
use crate::snippet::Values;

pub(crate) fn values(profile: &Profile, certificate: &Certificate) -> Values {
    Values {
        profile: profile.name.clone(),
        package: profile.package.as_ref().map(|package| package.value.clone()),
        certificate_id: certificate.id.value.get(),
        certificate_is_local: certificate.id.value.is_local(),
        app_key: certificate.app_key.value.clone(),
        channel_id: certificate.channel_id.as_ref().map(|id| id.value.clone()),
        click: certificate.click.value.clone(),
    }
}
