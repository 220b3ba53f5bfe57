//! The phone on a cable, for the checks that look at it.

use super::super::finding::Skipped;
use super::Evidence;
use super::on_phone::OnPhone;
use crate::device::Installed;

impl Evidence {
    /// The phone, where one was looked at.
    pub(crate) fn on_phone(&self) -> Result<&OnPhone, Skipped> {
        self.device.answered()
    }

    /// The app on it, for checks that have nothing to say without one.
    pub(crate) fn app_on_phone(&self) -> Result<(&OnPhone, &Installed), Skipped> {
        let on_phone = self.on_phone()?;
        let app = on_phone.phone.app.as_ref();
        app.map(|app| (on_phone, app)).ok_or_else(|| Skipped::because("the app is not on the phone"))
    }
}
