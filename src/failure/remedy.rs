//! What to do about a problem: a sentence, and where there is one, a command to paste.

use std::borrow::Cow;
use std::fmt;

/// A sentence that begins with a small letter, and at most one command of opush.
///
/// The command is a template, such as `cert edit <ID> --id <NEW-ID>`: words without the leading `opush`, with gaps that
/// have names. A gap without a value is printed as its name, so that a person sees what to put there.
/// The sentence itself never contains a command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remedy {
    sentence: Cow<'static, str>,
    /// Empty where there is no command.
    template: Cow<'static, str>,
    values: Vec<(&'static str, String)>,
    flags: Vec<(&'static str, String)>,
}

impl Remedy {
    /// A sentence alone.
    pub const fn say(sentence: &'static str) -> Remedy {
        Remedy::run(sentence, "")
    }

    /// A sentence and a command; an empty command is none.
    pub const fn run(sentence: &'static str, template: &'static str) -> Remedy {
        Remedy {
            sentence: Cow::Borrowed(sentence),
            template: Cow::Borrowed(template),
            values: Vec::new(),
            flags: Vec::new(),
        }
    }

    /// A command alone, as one of those to run next.
    pub(crate) const fn only(template: &'static str) -> Remedy {
        Remedy::run("", template)
    }

    /// The same sentence with this command, for a sentence that is made where it is needed.
    pub(crate) fn command(mut self, template: impl Into<Cow<'static, str>>) -> Remedy {
        self.template = template.into();
        self
    }

    /// The value of a gap.
    pub(crate) fn with(mut self, gap: &'static str, value: impl fmt::Display) -> Remedy {
        self.values.push((gap, value.to_string()));
        self
    }

    /// The value of a gap that the command may have and that has no value yet, where it is known.
    pub(crate) fn fill(self, gap: &'static str, value: Option<impl fmt::Display>) -> Remedy {
        let open =
            self.template.contains(&format!("<{gap}>")) && self.values.iter().all(|(name, _)| *name != gap);
        match value.filter(|_| open) {
            Some(value) => self.with(gap, value),
            None => self,
        }
    }

    /// A flag behind the command's other words, where it has a value.
    pub(crate) fn flag(mut self, flag: &'static str, value: Option<impl fmt::Display>) -> Remedy {
        self.flags.extend(value.map(|value| (flag, value.to_string())));
        self
    }

    /// The same remedy with its sentence changed.
    pub(crate) fn reworded(self, change: impl FnOnce(&str) -> String) -> Remedy {
        Remedy { sentence: change(&self.sentence).into(), ..self }
    }

    pub fn sentence(&self) -> &str {
        &self.sentence
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.sentence.is_empty() && self.template.is_empty()
    }

    /// The command without the leading `opush`, its values quoted for a shell.
    pub fn command_line(&self) -> Option<String> {
        if self.template.is_empty() {
            return None;
        }
        let mut line = String::new();
        for word in self.template.split(' ') {
            let (before, value, after) = self.filled(word);
            push_word(&mut line, before, &value, after);
        }
        for (flag, value) in &self.flags {
            push_word(&mut line, flag, "", "");
            push_word(&mut line, "", &shell_word(value), "");
        }
        Some(line)
    }

    /// A word of the template in three parts: what is before its gap, the gap's value, and what is behind it.
    fn filled<'a>(&self, word: &'a str) -> (&'a str, String, &'a str) {
        let gap = word.split_once('<').and_then(|(before, rest)| Some((before, rest.split_once('>')?)));
        let Some((before, (name, after))) = gap else { return (word, String::new(), "") };
        let value = self.values.iter().find(|(gap, _)| *gap == name);
        (before, value.map_or_else(|| name.to_owned(), |(_, value)| shell_word(value)), after)
    }
}

/// A value that begins with a hyphen is not a value to the flag before it, unless they are one word; a hyphen alone is one.
fn push_word(line: &mut String, before: &str, value: &str, after: &str) {
    if !line.is_empty() {
        let flag = line.rsplit(' ').next().filter(|last| last.starts_with("--"));
        let joined = before.is_empty() && value.starts_with('-') && value != "-" && flag.is_some();
        line.push(if joined { '=' } else { ' ' });
    }
    line.extend([before, value, after]);
}

/// As a shell reads it; a home folder's `~/` stays one.
pub(crate) fn shell_word(value: &str) -> String {
    let (home, rest) = value.split_at(if value.starts_with("~/") { 2 } else { 0 });
    // A NUL can't reach a command line at all.
    let rest = shlex::Quoter::new().allow_nul(true).quote(rest);
    format!("{home}{}", rest.unwrap_or_default())
}

impl From<&'static str> for Remedy {
    fn from(sentence: &'static str) -> Remedy {
        Remedy::say(sentence)
    }
}

impl From<Box<Remedy>> for Remedy {
    fn from(remedy: Box<Remedy>) -> Remedy {
        *remedy
    }
}

impl From<&Box<Remedy>> for Remedy {
    fn from(remedy: &Box<Remedy>) -> Remedy {
        Remedy::clone(remedy)
    }
}

impl From<&Remedy> for Remedy {
    fn from(remedy: &Remedy) -> Remedy {
        remedy.clone()
    }
}

/// A sentence and a command, as tables of plain data have them.
impl From<(&'static str, &'static str)> for Remedy {
    fn from((sentence, template): (&'static str, &'static str)) -> Remedy {
        Remedy::run(sentence, template)
    }
}

impl From<String> for Remedy {
    fn from(sentence: String) -> Remedy {
        Remedy { sentence: sentence.into(), ..Remedy::default() }
    }
}

/// Without the flags that were typed, which only `output` knows.
impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let colon = if self.sentence.is_empty() { "" } else { ": " };
        f.write_str(&self.sentence)?;
        self.command_line().map_or(Ok(()), |line| write!(f, "{colon}opush {line}"))
    }
}
