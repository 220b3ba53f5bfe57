//! Tab in bash: interactive at a terminal, and the completion function called as bash calls it.

use super::shell::{CLEAR, Shell, home, prepared, script};

fn bash() -> Shell {
    let lines = [
        format!("source '{}'", script("opush.bash").display()),
        "got() { printf 'got:'; printf '<%s>' \"$@\"; printf '\\n'; }".to_owned(),
        "echo ready 'to' go".to_owned(),
    ];
    Shell::start("bash", &["--norc", "--noprofile", "-i"], &lines)
}

#[test]
fn tab_completes_commands_profiles_certificates_and_users() {
    bash()
        .completes("opush prof\tuse sh\t", &["opush", "profile", "use", "shop"])
        .completes(
            "opush send --profile=sh\t--certificate \t",
            &["opush", "send", "--profile=shop", "--certificate", "8001"],
        )
        .completes("opush send --user ali\t", &["opush", "send", "--user", "alice"])
        // Its separators and spaces come out as one word.
        .completes("opush send --user al:\t", &["opush", "send", "--user", "al:ex b"])
        .completes("opush send --user 'al:e\t", &["opush", "send", "--user", "al:ex b"]);
}

#[test]
fn two_tabs_list_what_there_is() {
    bash().press("opush profile show \t\t").see("chat").see("shop").see("sandbox").see("env").press(CLEAR);
}

#[test]
fn a_folder_is_not_the_end_of_a_word() {
    bash().press("mkdir folder\r").completes("opush --config fold\tx", &["opush", "--config", "folder/x"]);
}

#[test]
fn the_function_answers_for_a_line_with_quoted_words() {
    let home = home();
    let call = format!(
        "source '{}'\nCOMP_LINE='opush send --title \"a b\" --user ali' COMP_POINT=${{#COMP_LINE}}\n\
         COMP_WORDS=(opush send --title '\"a b\"' --user ali) COMP_CWORD=5\n\
         _opush opush ali --user && printf '%s\\n' \"${{COMPREPLY[@]}}\"\n",
        script("opush.bash").display()
    );
    let output = prepared(&home, "bash", &["-c", &call]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "alice\n", "{output:?}");
}
