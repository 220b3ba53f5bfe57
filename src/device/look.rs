//! Looks at a phone once: every question that a check asks, and nothing is changed there.

use super::app_on_phone::{self, process_of};
use super::error::DeviceError;
use super::intent::StartCommand;
use super::notifications;
use super::package;
use super::phone::{PUSH_SERVICES, Phone, SystemPackage};
use super::resolved;
use super::shell::Shell;
use super::system::{do_not_disturb, is_exempt, operation, property, rom};

/// What is looked for.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) package: String,
    /// What a tap opens.
    pub(crate) target: Option<StartCommand>,
}

/// Android 13 has a permission for notifications.
const WITH_PERMISSION: u32 = 33;

pub(crate) fn look(shell: &Shell, wanted: &Wanted) -> Result<Phone, DeviceError> {
    let properties = shell.ask(&["getprop"])?.unwrap_or_default();
    let first = |names: &[&str]| names.iter().find_map(|name| property(&properties, name));
    let mut phone = Phone {
        serial: shell.serial().to_owned(),
        brand: first(&["ro.product.brand", "ro.product.manufacturer"]),
        model: first(&["ro.product.model"]),
        version: first(&["ro.build.version.release"]),
        sdk: first(&["ro.build.version.sdk"]).and_then(|sdk| sdk.parse().ok()),
        rom: rom(&properties),
        push_services: push_services(shell)?,
        package: wanted.package.clone(),
        app: package_of(shell, &wanted.package)?,
        do_not_disturb: setting(shell, "zen_mode")?.as_deref().and_then(do_not_disturb),
        ..Phone::default()
    };
    if phone.app.is_some() {
        look_at_app(shell, wanted, &mut phone)?;
    }
    Ok(phone)
}

fn push_services(shell: &Shell) -> Result<Vec<SystemPackage>, DeviceError> {
    let mut found = Vec::new();
    for name in PUSH_SERVICES {
        if let Some(installed) = package_of(shell, name)? {
            found.push(SystemPackage { name, version: installed.version_name, enabled: installed.enabled });
        }
    }
    Ok(found)
}

fn package_of(shell: &Shell, name: &str) -> Result<Option<package::Installed>, DeviceError> {
    let dump = shell.ask(&["dumpsys", "package", name])?;
    Ok(dump.and_then(|dump| package::read(&dump, name)))
}

fn setting(shell: &Shell, name: &str) -> Result<Option<String>, DeviceError> {
    shell.ask(&["settings", "get", "global", name])
}

fn look_at_app(shell: &Shell, wanted: &Wanted, phone: &mut Phone) -> Result<(), DeviceError> {
    let package = wanted.package.as_str();
    phone.process = process_of(shell, package)?;
    let dump = shell.ask(&["dumpsys", "notification", "--noredact"])?.unwrap_or_default();
    phone.of_app = notifications::of_app(&dump, package);
    phone.shown = app_on_phone::of(&dump, package);
    let permitted = |name: &str| -> Result<Option<bool>, DeviceError> {
        let said = shell.ask(&["cmd", "appops", "get", package, name])?;
        Ok(said.and_then(|said| operation(&said, name)))
    };
    phone.notifications_on = notifications_on(phone, permitted("POST_NOTIFICATION")?);
    phone.background_allowed = permitted("RUN_ANY_IN_BACKGROUND")?;
    let exceptions = shell.ask(&["dumpsys", "deviceidle", "whitelist"])?;
    phone.battery_exempt = exceptions.map(|text| is_exempt(&text, package));
    if let Some(target) = &wanted.target {
        phone.target = shell.ask(&target.resolving())?.map(|text| resolved::read(&text));
    }
    Ok(())
}

/// Three places can switch them off; they are on where one says so and none says otherwise.
fn notifications_on(phone: &Phone, operation: Option<bool>) -> Option<bool> {
    let with_permission = phone.sdk.is_some_and(|sdk| sdk >= WITH_PERMISSION);
    let permission = phone.app.as_ref().and_then(|app| app.may_post).filter(|_| with_permission);
    let said = [phone.of_app.on, operation, permission];
    match said.contains(&Some(false)) {
        true => Some(false),
        false => said.contains(&Some(true)).then_some(true),
    }
}
