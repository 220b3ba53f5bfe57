//! What `adb devices -l` lists: each phone with its state, and which of them is used.

use super::error::DeviceError;
use super::state::AttachedState;

/// A phone that adb sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attached {
    pub(crate) serial: String,
    pub(crate) state: AttachedState,
    /// As its maker calls it, where adb knows.
    pub(crate) model: Option<String>,
}

pub(super) fn read(text: &str) -> Vec<Attached> {
    let lines = text.lines().filter(|line| !line.starts_with(['*', ' ']) && !line.starts_with("List of"));
    lines.filter_map(one).collect()
}

fn one(line: &str) -> Option<Attached> {
    let (serial, rest) = line.split_once([' ', '\t'])?;
    let rest = rest.trim_start();
    let state = match rest.split_whitespace().next()? {
        "device" => AttachedState::Device,
        "offline" => AttachedState::Offline,
        "unauthorized" => AttachedState::Unauthorized,
        "no" if rest.starts_with("no permissions") => AttachedState::NoPermissions,
        _ => AttachedState::Other,
    };
    let model = rest.split_whitespace().find_map(|word| word.strip_prefix("model:"));
    Some(Attached { serial: serial.to_owned(), state, model: model.map(|model| model.replace('_', " ")) })
}

pub(super) fn choose(attached: Vec<Attached>, asked: Option<&str>) -> Result<Attached, DeviceError> {
    let serials = |of: &[Attached]| of.iter().map(|one| one.serial.clone()).collect::<Vec<_>>();
    if let Some(wanted) = asked {
        let seen = serials(&attached);
        let found = attached.into_iter().find(|one| one.serial == wanted);
        return usable(found.ok_or(DeviceError::NotThere { wanted: wanted.to_owned(), seen })?);
    }
    let ready: Vec<Attached> =
        attached.iter().filter(|one| one.state == AttachedState::Device).cloned().collect();
    match (ready.len(), attached.into_iter().next()) {
        (0, None) => Err(DeviceError::NoPhone),
        (0, Some(first)) => usable(first),
        (1, _) => ready.into_iter().next().ok_or(DeviceError::NoPhone),
        _ => Err(DeviceError::Several(serials(&ready))),
    }
}

fn usable(one: Attached) -> Result<Attached, DeviceError> {
    match one.state {
        AttachedState::Device => Ok(one),
        state => Err(DeviceError::NotReady { serial: one.serial, state }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "* daemon started successfully *\nList of devices attached\n\
        0123456789ABCDEF       device usb:1-1 product:PHB110 model:PHB110 device:OP5564L1 transport_id:1\n\
        emulator-5554\tdevice product:sdk model:sdk_gphone64 device:emu64x transport_id:2\n\
        10.0.0.7:5555          offline transport_id:3\n\
        R5CT unauthorized usb:1-2 transport_id:4\n\
        ABCD no permissions (user in plugdev group; are your udev rules wrong?); see [http://x]\n\
        EFGH recovery transport_id:9\n\n";

    #[test]
    fn every_state_is_read() {
        let read = read(LIST);
        let states: Vec<(&str, &str)> =
            read.iter().map(|one| (one.serial.as_str(), one.state.into())).collect();
        assert_eq!(
            states,
            [
                ("0123456789ABCDEF", "device"),
                ("emulator-5554", "device"),
                ("10.0.0.7:5555", "offline"),
                ("R5CT", "unauthorized"),
                ("ABCD", "no-permissions"),
                ("EFGH", "other"),
            ]
        );
        assert_eq!(read[1].model.as_deref(), Some("sdk gphone64"));
    }

    #[test]
    fn the_only_usable_phone_is_taken_and_never_one_of_several() {
        let all = read(LIST);
        assert!(matches!(choose(all.clone(), None), Err(DeviceError::Several(two)) if two.len() == 2));
        assert_eq!(choose(all.clone(), Some("emulator-5554")).unwrap().serial, "emulator-5554");
        assert!(matches!(choose(all.clone(), Some("X")), Err(DeviceError::NotThere { .. })));
        let not_ready = choose(all.clone(), Some("R5CT"));
        assert!(matches!(not_ready, Err(DeviceError::NotReady { state: AttachedState::Unauthorized, .. })));
        assert_eq!(choose(all[1..].to_vec(), None).unwrap().serial, "emulator-5554");
        assert!(matches!(choose(all[2..].to_vec(), None), Err(DeviceError::NotReady { .. })));
        assert_eq!(choose(Vec::new(), None), Err(DeviceError::NoPhone));
    }
}
