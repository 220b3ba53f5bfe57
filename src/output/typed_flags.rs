//! A remedy as it is printed: its command carries the `--profile`, `--config` and `--ca-file` that were typed.

use crate::failure::Remedy;

/// The flags that a command to paste repeats: those typed, not those from the environment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TypedFlags {
    pub(crate) profile: Option<String>,
    pub(crate) config: Option<String>,
    pub(crate) ca_file: Option<String>,
}

/// Commands that do the same whatever the profile.
const WITHOUT_PROFILE: [&str; 7] = ["completions", "config", "demo", "explain", "man", "profile", "receipt"];

/// Commands that do the same whatever the configuration file.
const WITHOUT_CONFIG: [&str; 4] = ["completions", "demo", "explain", "man"];

/// Commands that connect to nothing outside this machine.
const WITHOUT_CA_FILE: [&str; 10] =
    ["click", "completions", "config", "demo", "explain", "man", "profile", "receipt", "snippet", "token"];

impl TypedFlags {
    /// `sentence: opush --profile P cert edit 7005`, or the sentence alone.
    pub(crate) fn text(&self, remedy: &Remedy) -> String {
        let Some(line) = remedy.command_line() else { return remedy.to_string() };
        let noun = line.split(' ').next().unwrap_or("");
        let flags = [
            ("--profile", self.profile.as_deref(), &WITHOUT_PROFILE[..]),
            ("--config", self.config.as_deref(), &WITHOUT_CONFIG[..]),
            ("--ca-file", self.ca_file.as_deref(), &WITHOUT_CA_FILE[..]),
        ];
        let mut command = "opush".to_owned();
        for (flag, value, without) in flags {
            let said = line.split([' ', '=']).any(|word| word == flag || word == "--help");
            if let Some(value) = value.filter(|_| !said && !without.contains(&noun)) {
                command.push_str(&format!(" {flag} {}", crate::failure::shell_word(value)));
            }
        }
        match remedy.sentence() {
            "" => format!("{command} {line}"),
            sentence => format!("{sentence}: {command} {line}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_repeats_what_was_typed_where_it_matters() {
        let typed =
            TypedFlags { profile: Some("my app".into()), config: Some("o.toml".into()), ca_file: None };
        for (command, expected) in [
            ("cert edit 7005", "x: opush --profile 'my app' --config o.toml cert edit 7005"),
            ("profile use demo", "x: opush --config o.toml profile use demo"),
            ("send --profile q", "x: opush --config o.toml send --profile q"),
            ("explain 16", "x: opush explain 16"),
            ("sandbox phone tap --help", "x: opush sandbox phone tap --help"),
            ("", "x"),
        ] {
            assert_eq!(typed.text(&Remedy::run("x", command)), expected);
        }
        let ca_file = TypedFlags { ca_file: Some("ca.pem".into()), ..TypedFlags::default() };
        assert_eq!(ca_file.text(&Remedy::run("x", "doctor")), "x: opush --ca-file ca.pem doctor");
        assert_eq!(ca_file.text(&Remedy::run("x", "profile show")), "x: opush profile show");
        assert_eq!(TypedFlags::default().text(&Remedy::run("x", "doctor")), "x: opush doctor");
    }
}
