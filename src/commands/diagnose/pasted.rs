//! Commands in remedies carry the `--profile` that was given, so that they do what is meant when they are pasted.
//! What a remedy says belongs to the checks, which know no command line.

use crate::diagnose::Diagnosis;

/// Commands whose result depends on the profile, each with how many words name it.
const COMMANDS: [(&str, usize); 16] = [
    ("sandbox phone", 3),
    ("sandbox fault", 3),
    ("im webhook", 3),
    ("sandbox", 2),
    ("cert", 2),
    ("click", 2),
    ("config", 2),
    ("history", 2),
    ("im", 2),
    ("presence", 2),
    ("snippet", 2),
    ("smoke", 2),
    ("token", 2),
    ("diagnose", 1),
    ("doctor", 1),
    ("send", 1),
];

/// The same diagnosis for somebody who gave `--profile`.
pub fn for_profile(mut diagnosis: Diagnosis, profile: &str) -> Diagnosis {
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
        let end = COMMANDS.iter().find_map(|(name, count)| words_of(words, name, *count));
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

/// Where the `count` words of a command that begins with `name` end; none if it is another, or a word is missing.
fn words_of(text: &str, name: &str, count: usize) -> Option<usize> {
    let ends = |rest: &str| rest.chars().next().is_none_or(|c| !c.is_ascii_alphanumeric() && c != '-');
    text.strip_prefix(name).filter(|rest| ends(rest))?;
    let mut end = 0;
    for number in 0..count {
        let word = &text[end..];
        let word = if number == 0 { word } else { word.strip_prefix(' ')? };
        let length = word.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(word.len());
        if length == 0 {
            return None;
        }
        end += length + usize::from(number > 0);
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
