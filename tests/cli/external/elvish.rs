//! Tab in elvish.

use super::shell::{Shell, script};

#[test]
fn tab_completes_profiles_certificates_and_users() {
    let lines = [
        format!("eval (slurp < '{}')", script("opush.elv").display()),
        "fn got {|@words| print got:; each {|word| print '<'$word'>'} $words; print \"\\n\" }".to_owned(),
        "echo ready 'to' go".to_owned(),
    ];
    Shell::start("elvish", &["-norc"], &lines)
        .completes("opush profile use sh\t", &["opush", "profile", "use", "shop"])
        .completes(
            "opush --profile shop cert show 8\t",
            &["opush", "--profile", "shop", "cert", "show", "8001"],
        );
}
