//! Looks at a phone on a cable, and at the app file that it should hold.

use super::super::evidence::on_phone::{Built, OnPhone};
use crate::app::{self, AppFile};
use crate::click::Target;
use crate::device::{Adb, Shell, StartCommand, Wanted, fingerprint, look};
use crate::failure::Failure;
use crate::session::Session;

/// Which phone, and what should be on it.
#[derive(Clone, Debug, Default)]
pub(crate) struct PhoneAsked<'a> {
    pub(crate) serial: Option<&'a str>,
    pub(crate) package: String,
    pub(crate) channel: Option<String>,
    pub(crate) target: Option<Target>,
    pub(crate) app: Option<&'a AppFile>,
}

/// The shell of the phone that is meant.
pub(crate) fn shell(session: &Session, serial: Option<&str>) -> Result<Shell, Failure> {
    let variable = |name: &str| session.environment.get_os(name).map(ToOwned::to_owned);
    let adb = Adb::find(variable, session.timeout())?;
    let attached = adb.choose(serial)?;
    session.add_detail(format!(
        "phone {}{}",
        attached.serial,
        attached.model.map_or(String::new(), |model| format!(" ({model})"))
    ));
    Ok(Shell::new(adb, attached.serial))
}

/// # Errors
/// If the phone can't be asked.
pub(crate) fn phone(session: &Session, asked: PhoneAsked<'_>) -> Result<OnPhone, Failure> {
    let built = asked.app.map(built);
    let shell = shell(session, asked.serial)?;
    let target = asked
        .target
        .as_ref()
        .map(|target| StartCommand::new(target, &asked.package, &serde_json::Map::new()));
    let phone = look(&shell, &Wanted { package: asked.package, target })?;
    Ok(OnPhone { phone, channel: asked.channel, target: asked.target, built })
}

fn built(app: &AppFile) -> Built {
    // A file whose signature can't be read says nothing of its signer; the phone would not take it either.
    let certificates = app::certificates_of(app).unwrap_or_default();
    Built {
        file: app.file.clone(),
        version_code: app.version_code.clone(),
        version_name: app.version_name.clone(),
        signers: certificates.iter().map(|certificate| fingerprint(certificate)).collect(),
    }
}
