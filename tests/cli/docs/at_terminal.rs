//! A command of a document that asks questions: run at a pseudo-terminal, and answered as the document shows it.

use crate::harness::Home;
use crate::prompts::Prompted;

/// What the document cannot show.
const SECRET: &str = "e27b40f9c6184ad5b3f0a9178d42c6ee";
const DOWN: &str = "\u{1b}[B";

/// Questions with a list to choose from.
const CHOSEN: [&str; 2] = ["Region", "Click event"];

/// Runs the command and gives the answers of the transcript; then every line of it must have been on the screen, in order.
///
/// `Question  › answer` is a question; stars stand for a secret, which is the AppKey by mistake where a `no` follows.
/// `Question? yes` or `no` is answered by one key.
pub fn fault(home: &Home, args: &[&str], shown: &[&str], code: i32) -> Option<String> {
    let mut terminal = Prompted::start(home, 110, args);
    let mut app_key = String::new();
    for (number, line) in shown.iter().enumerate() {
        if let Some(question) = line.strip_suffix(" yes").or(line.strip_suffix(" no")) {
            terminal.see(question.trim()).press(if line.ends_with("yes") { "y" } else { "n" });
        } else if let Some((question, answer)) = line.split_once('›').filter(|_| !line.starts_with("  ")) {
            let (question, answer) = (question.trim(), answer.trim());
            terminal.see(question);
            if CHOSEN.contains(&question) {
                let above = terminal.see("then Enter)").lines_to(answer) - 1;
                terminal.press(&format!("{}\r", DOWN.repeat(above)));
                continue;
            }
            let stars = answer.starts_with("***");
            let mistaken = shown[number + 1..].iter().take(3).any(|line| line.ends_with("? no"));
            let typed = if !stars {
                answer
            } else if mistaken {
                &app_key
            } else {
                SECRET
            };
            terminal.see("›").press(&format!("{typed}\r"));
            if question == "AppKey" {
                app_key = answer.to_owned();
            }
        }
    }
    let (ended, seen) = terminal.leave();
    let screen = words(&seen.replace(home.path().to_str()?, "/home/me"));
    let mut rest = screen.as_str();
    for line in shown.iter().map(|line| words(line)).filter(|line| !line.is_empty() && line != "…") {
        match rest.find(&line) {
            Some(at) => rest = &rest[at + line.len()..],
            None => return Some(format!("not on the screen, at least not there: {line}\n{screen}")),
        }
    }
    (ended != code).then(|| format!("exit code {code} was expected, not {ended}\n{screen}"))
}

/// The words on a screen, without what moves the cursor and colours it.
fn words(seen: &str) -> String {
    let mut plain = String::new();
    let mut characters = seen.chars();
    while let Some(c) = characters.next() {
        if c == '\u{1b}' {
            // A control sequence ends with its first letter.
            characters.by_ref().skip_while(|c| *c == '[').find(|c| c.is_ascii_alphabetic());
        } else {
            plain.push(c);
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_screen_s_words_are_without_its_colours() {
    assert_eq!(words("\u{1b}[32mProfile name\u{1b}[0m  \u{1b}[2K› demo\r\nok"), "Profile name › demo ok");
}
