//! Times as they are read: on a terminal local, with their offset; elsewhere UTC, so that a script reads the same anywhere.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The zone of a person at a terminal, by `TZ` or the system's; none for a pipe.
#[derive(Clone, Debug)]
pub(super) struct Zone(Option<TimeZone>);

impl Zone {
    pub(super) fn of_person(terminal: bool) -> Zone {
        Zone(terminal.then(TimeZone::system))
    }

    /// A time of RFC 3339, whole.
    pub(super) fn time(&self, at: &str) -> String {
        self.local(at).map_or_else(|| at.to_owned(), |(time, offset)| format!("{time} {offset}"))
    }

    /// For a line among others: to the second.
    pub(super) fn to_the_second(&self, at: &str) -> String {
        self.local(at).map_or_else(|| utc(at), |(time, offset)| format!("{time} {offset}"))
    }

    /// A column of times: its title, with the offset where all have the same, and its cells.
    pub(super) fn column(&self, title: &str, times: &[Option<&str>]) -> (String, Vec<String>) {
        let local: Vec<Option<(String, String)>> = times.iter().map(|at| self.local(at.as_ref()?)).collect();
        let mut offsets: Vec<&str> = local.iter().flatten().map(|(_, offset)| offset.as_str()).collect();
        offsets.dedup();
        let cell = |(at, local): (&Option<&str>, &Option<(String, String)>)| match (at, local, offsets.len())
        {
            (None, ..) => String::new(),
            (_, Some((time, _)), 1) => time.clone(),
            (_, Some((time, offset)), _) => format!("{time} {offset}"),
            (Some(at), None, _) => utc(at),
        };
        let cells = times.iter().zip(&local).map(cell).collect();
        match (&self.0, offsets.as_slice()) {
            (None, _) => (format!("{title} (UTC)"), cells),
            (Some(_), [offset]) => (format!("{title} ({offset})"), cells),
            (Some(_), _) => (title.to_owned(), cells),
        }
    }

    fn local(&self, at: &str) -> Option<(String, String)> {
        let at = at.parse::<Timestamp>().ok()?.to_zoned_datetime(self.0.clone()?);
        Some((at.strftime("%Y-%m-%d %H:%M:%S").to_string(), at.strftime("%:z").to_string()))
    }
}

/// `2026-01-31 10:00:00`, from RFC 3339 UTC.
fn utc(at: &str) -> String {
    at.split('.').next().unwrap_or(at).trim_end_matches('Z').replace('T', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_local_times_and_a_pipe_utc() {
        let (summer, winter) = ("2026-07-01T10:00:00.5Z", "2026-01-31T10:00:00Z");
        let pipe = Zone(None);
        assert_eq!(
            (pipe.time(summer), pipe.to_the_second(summer)),
            (summer.into(), "2026-07-01 10:00:00".into())
        );
        assert_eq!(
            pipe.column("at", &[Some(winter), None]),
            ("at (UTC)".into(), vec!["2026-01-31 10:00:00".into(), "".into()])
        );
        let shanghai = Zone(TimeZone::posix("CST-8").ok());
        assert_eq!(shanghai.time(summer), "2026-07-01 18:00:00 +08:00");
        assert_eq!(
            shanghai.column("at", &[Some(winter)]),
            ("at (+08:00)".into(), vec!["2026-01-31 18:00:00".into()])
        );
        let berlin = Zone(TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").ok());
        let (title, cells) = berlin.column("at", &[Some(summer), Some(winter)]);
        assert_eq!(
            (title.as_str(), cells),
            ("at", vec!["2026-07-01 12:00:00 +02:00".into(), "2026-01-31 11:00:00 +01:00".into()])
        );
    }
}
