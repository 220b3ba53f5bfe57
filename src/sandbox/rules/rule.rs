//! One open question, as the documentation lists it, and the values that its rule takes.

/// One open question, as the documentation lists it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The name used in `--rule ID=VALUE`.
    pub id: &'static str,
    /// What could not be confirmed.
    pub question: &'static str,
    pub default: &'static str,
    pub allowed: Allowed,
    /// The section of the OPPO reference that raises the doubt; of the IM reference where the id begins with `im-`.
    pub section: &'static str,
}

/// The values a rule can take.
#[derive(Clone, Copy, Debug)]
pub enum Allowed {
    Words(&'static [&'static str]),
    /// A whole number from 1 to the limit, or `off`.
    NumberOrOff(u32),
    /// A duration such as `90s`, `10m`, `24h`, `10d`, or one of the words.
    Duration(&'static [&'static str]),
}

impl std::fmt::Display for Allowed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Allowed::Words(words) => f.write_str(&words.join(" | ")),
            Allowed::NumberOrOff(most) => write!(f, "off | a whole number from 1 to {most}"),
            Allowed::Duration(words) => {
                for word in *words {
                    write!(f, "{word} | ")?;
                }
                f.write_str("a duration such as 90s, 10m, 24h or 10d")
            }
        }
    }
}
