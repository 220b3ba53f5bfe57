//! Tab in zsh, with the script where compinit finds it and with the script sourced.

use super::shell::{CLEAR, Shell, script};

fn zsh(load: String) -> Shell {
    let lines = [
        load,
        "got() { print -n got:; printf '<%s>' \"$@\"; print }".to_owned(),
        "echo ready 'to' go".to_owned(),
    ];
    Shell::start("zsh", &["-f", "-i"], &lines)
}

/// As the page says: a folder of fpath, then compinit.
fn installed() -> Shell {
    let folder = script("_opush").parent().unwrap().display().to_string();
    zsh(format!("fpath=('{folder}' $fpath); autoload -U compinit; compinit -u -D"))
}

#[test]
fn tab_completes_commands_profiles_certificates_and_users() {
    installed()
        .completes("opush prof\tuse sh\t", &["opush", "profile", "use", "shop"])
        .completes(
            "opush send --profile=sh\t--certificate \t",
            &["opush", "send", "--profile=shop", "--certificate", "8001"],
        )
        .completes("opush send --user ali\t", &["opush", "send", "--user", "alice"])
        .completes("opush send --user al:\t", &["opush", "send", "--user", "al:ex b"]);
}

#[test]
fn values_are_listed_with_what_they_are() {
    installed()
        .press("opush profile show s\t")
        .see("region intl")
        .see("built in: the simulator")
        .press(CLEAR);
}

#[test]
fn the_script_can_be_sourced_after_compinit() {
    zsh(format!("autoload -U compinit; compinit -u -D; source '{}'", script("_opush").display()))
        .completes("opush cert show 7\t", &["opush", "cert", "show", "7005"]);
}
