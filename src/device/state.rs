//! The state in which adb sees a phone.

use strum::IntoStaticStr;

/// Whether adb may use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum AttachedState {
    /// It can be used.
    Device,
    /// It was seen, and does not answer.
    Offline,
    /// Nobody allowed this computer on the phone's screen.
    Unauthorized,
    /// This user may not open the USB device.
    NoPermissions,
    /// It is not running Android: recovery, bootloader, sideload, or still connecting.
    Other,
}

impl AttachedState {
    pub(super) fn because(self) -> &'static str {
        match self {
            AttachedState::Device => "can be used",
            AttachedState::Offline => "is offline: it does not answer",
            AttachedState::Unauthorized => "does not allow this computer to debug it",
            AttachedState::NoPermissions => "can't be opened: this user may not use the USB device",
            AttachedState::Other => {
                "does not run Android now: it is in recovery, in the bootloader, or still connecting"
            }
        }
    }

    pub(super) fn remedy(self) -> &'static str {
        match self {
            AttachedState::Unauthorized => {
                "unlock the phone and allow USB debugging for this computer; if it does not ask, revoke the authorisations in its developer options and connect it again"
            }
            AttachedState::NoPermissions => {
                "add udev rules for the phone (Debian: apt install android-sdk-platform-tools-common) and your user to plugdev, then connect it again"
            }
            AttachedState::Offline => "connect the phone again, or restart adb: adb kill-server",
            AttachedState::Device | AttachedState::Other => "start Android on the phone, then try again",
        }
    }
}
