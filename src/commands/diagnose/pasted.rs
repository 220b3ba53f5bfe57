//! Commands in remedies carry the `--profile` that was given, so that they do what is meant when they are pasted.
//! What a remedy says belongs to the checks, which know no command line.

use super::super::tree;
use crate::diagnose::Diagnosis;

/// Commands that mean the same whatever the profile.
const WITHOUT: [&str; 5] = ["completions", "demo", "explain", "man", "receipt"];

/// The same diagnosis for somebody who gave `--profile`.
pub(crate) fn for_profile(mut diagnosis: Diagnosis, profile: &str) -> Diagnosis {
    for checked in &mut diagnosis.checks {
        let texts = [&mut checked.remedy, &mut checked.finding.remedy, &mut checked.finding.settle];
        for text in texts.into_iter().flatten() {
            *text = filled(text, profile);
        }
    }
    diagnosis
}

/// Puts `--profile` behind the words of each command in the text.
fn filled(text: &str, profile: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("opush ") {
        let (before, command) = rest.split_at(at);
        let words = &command["opush ".len()..];
        out.push_str(before);
        let end = command_words(words);
        let (said, after) = command.split_at("opush ".len() + end.unwrap_or(0));
        out.push_str(said);
        let own = after.split(['\n', ';']).next().is_some_and(|line| line.contains("--profile"));
        if end.is_some() && !own {
            out.push_str(" --profile ");
            out.push_str(profile);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Where the words that name a whole command end; none if the text only begins like one.
fn command_words(text: &str) -> Option<usize> {
    let root = tree();
    let (mut command, mut end) = (&root, 0);
    while command.has_subcommands() {
        let rest = &text[end..];
        let word = if end == 0 { rest } else { rest.strip_prefix(' ')? };
        let length = word.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(word.len());
        let found = command.find_subcommand(&word[..length])?;
        if end == 0 && WITHOUT.contains(&found.get_name()) {
            return None;
        }
        command = found;
        end += rest.len() - word.len() + length;
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn a_command_carries_the_profile_and_prose_does_not() {
        for (text, expected) in [
            (
                "drop it: opush token remove --user alice",
                "drop it: opush token remove --profile p --user alice",
            ),
            (
                "opush diagnose --probe; opush doctor",
                "opush diagnose --profile p --probe; opush doctor --profile p",
            ),
            ("opush cert edit 7005 --id 2", "opush cert edit --profile p 7005 --id 2"),
            ("opush sandbox phone show NAME", "opush sandbox phone show --profile p NAME"),
            ("opush im trace PUSH-ID", "opush im trace --profile p PUSH-ID"),
            ("opush send --profile q --user u", "opush send --profile q --user u"),
            ("opush presence explain --user u", "opush presence explain --profile p --user u"),
            ("opush sandbox", "opush sandbox"),
            ("opush explain 16", "opush explain 16"),
            ("opush is new here", "opush is new here"),
            (
                "opush receipt listen, then opush send with",
                "opush receipt listen, then opush send --profile p with",
            ),
            ("no command", "no command"),
        ] {
            assert_eq!(filled(text, "p"), expected);
        }
    }
}
