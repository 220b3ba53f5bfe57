//! What fish offers for a line, asked as fish itself lets scripts ask.

use super::shell::{home, prepared, script};

#[test]
fn fish_offers_commands_profiles_certificates_and_users() {
    let home = home();
    for (line, wanted) in [
        ("opush profile u", "use\tMake a profile the default: write default_profile into the file in use\n"),
        ("opush profile use sh", "shop\tregion intl\n"),
        ("opush send --profile=sh", "--profile=shop\tregion intl\n"),
        ("opush --profile shop cert show ", "8001\tcertificate 8001\n"),
        ("opush send --certificate ", "7005\tchat: main\n"),
        ("opush send --user ali", "alice\n"),
        ("opush send --title \"a b\" --user 'al:", "al:ex b\n"),
    ] {
        let ask = format!("source '{}'; complete -C {}", script("opush.fish").display(), quoted(line));
        let output = prepared(&home, "fish", &["--no-config", "-c", &ask]).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), wanted, "{line}: {output:?}");
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "\\'"))
}
