//! One fault with its value, read from and written as `KIND` or `KIND=VALUE`.

use super::table::{self, Effect, Kind, TABLE};

/// An answer may be this late, at most.
const LATEST_MS: i64 = 600_000;
const MOST_SHIFT_MS: i64 = 366 * 86_400_000;
const MOST_PUSHES: i64 = 1_000_000_000;

impl Effect {
    pub(crate) fn kind(self) -> Kind {
        self.into()
    }

    /// Reads `code=13`, `delay=2s`, `reset`, … The error names the faults, or the form of this one.
    pub(crate) fn parse(text: &str) -> Result<Effect, String> {
        let (word, value) = match text.split_once('=') {
            Some((word, value)) => (word.trim(), Some(value.trim())),
            None => (text.trim(), None),
        };
        let Ok(kind) = word.parse::<Kind>() else {
            let known: Vec<String> = TABLE.iter().map(table::Row::form).collect();
            return Err(format!("there is no fault {word:?}; the faults are: {}", known.join(", ")));
        };
        Effect::of(kind, value)
            .ok_or_else(|| format!("{text:?} is not of the form {}; {}", table::row(kind).form(), hint(kind)))
    }

    fn of(kind: Kind, value: Option<&str>) -> Option<Effect> {
        let bare = |effect| value.is_none().then_some(effect);
        let count = || match value {
            None => Some(0),
            Some(text) => text.parse().ok().filter(|count| (0..=MOST_PUSHES).contains(count)),
        };
        match kind {
            Kind::Code => value?.parse().ok().filter(|code| *code != 0).map(Effect::Code),
            Kind::Delay => duration(value?).filter(|ms| *ms <= LATEST_MS).map(Effect::Delay),
            Kind::Status => {
                value?.parse().ok().filter(|status| (400..600).contains(status)).map(Effect::Status)
            }
            Kind::Clock => shift(value?).map(Effect::Clock),
            Kind::Quota => count().map(Effect::Quota),
            Kind::DailyLimit => count().map(Effect::DailyLimit),
            Kind::Reset => bare(Effect::Reset),
            Kind::Drop => bare(Effect::Drop),
            Kind::Garbage => bare(Effect::Garbage),
            Kind::NightControl => bare(Effect::NightControl),
            Kind::StaleRegId => bare(Effect::StaleRegId),
            Kind::LostPush => bare(Effect::LostPush),
            Kind::LostReceipts => bare(Effect::LostReceipts),
            Kind::NotImported => bare(Effect::NotImported),
            Kind::OppoBrandOnly => bare(Effect::OppoBrandOnly),
            Kind::SecondProcess => bare(Effect::SecondProcess),
            Kind::Blocked => bare(Effect::Blocked),
            Kind::SystemMessage => bare(Effect::SystemMessage),
        }
    }
}

fn hint(kind: Kind) -> &'static str {
    match kind {
        Kind::Code => "N is a return code other than 0, such as code=13",
        Kind::Delay => "a duration is such as 250ms, 2s or 1m, at most 10m",
        Kind::Status => "N is 400 to 599, such as status=503",
        Kind::Clock => "the sign says whether the server is ahead, such as clock=+15m",
        Kind::Quota | Kind::DailyLimit => "N is a whole number of pushes",
        _ => "it takes no value",
    }
}

/// `250ms`, `90s`, `10m`, `24h`, `8d`, in milliseconds.
pub(super) fn duration(text: &str) -> Option<i64> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let unit = match &text[digits..] {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    text[..digits].parse::<i64>().ok()?.checked_mul(unit).filter(|ms| *ms > 0)
}

fn shift(text: &str) -> Option<i64> {
    let ahead = text.strip_prefix('+').map(|rest| (rest, 1));
    let (rest, sign) = ahead.or_else(|| text.strip_prefix('-').map(|rest| (rest, -1)))?;
    duration(rest).filter(|ms| *ms <= MOST_SHIFT_MS).map(|ms| ms * sign)
}
