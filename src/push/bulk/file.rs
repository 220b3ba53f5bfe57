//! The file that rows come from, and what is said of it once they are imported.

use std::path::Path;

use super::{Format, Imported};
use crate::config::{Paths, files};
use crate::failure::{Failure, Kind, Problem};

impl Format {
    /// By the ending of a file's name, which for stdin says nothing.
    pub(crate) fn of_file(file: &str) -> Result<Format, Problem> {
        Format::of_name(file).ok_or_else(|| {
            let message = match file {
                "-" => "--format is required for stdin".to_owned(),
                file => format!("the ending of {file} does not tell its format"),
            };
            Problem::new(Kind::MissingFlag, message, "add --format csv or --format jsonl").at("--format")
        })
    }
}

/// All of a file, or of stdin for `-`.
pub(crate) fn read(file: &str, paths: &Paths) -> Result<Vec<u8>, Failure> {
    let result = match file {
        "-" => files::read_stdin(u64::MAX),
        file => files::read(&paths.absolute(Path::new(file)), u64::MAX),
    };
    result.map_err(|error| {
        let problem = match error.kind() {
            std::io::ErrorKind::NotFound => {
                Problem::new(Kind::MissingFile, format!("there is no file {file}"), "correct the path")
            }
            _ => {
                let message = format!("{file} can't be read: {error}");
                Problem::new(Kind::UnreadableFile, message, "name a readable file")
            }
        };
        problem.at(file).into()
    })
}

impl Imported {
    /// The sum first, for it gives the exit code; then each problem with its place.
    pub(crate) fn failure(&self) -> Option<Failure> {
        if self.bad_rows == 0 {
            return None;
        }
        let bad = match self.bad_rows {
            1 => format!("1 of {} rows is not usable", self.rows),
            bad => format!("{bad} of {} rows are not usable", self.rows),
        };
        let sum = if self.kept {
            let hint = "correct them and import the file again; rows that were kept do no harm there";
            Problem::new(Kind::PartlyDone, format!("{bad}; {} were kept", self.counts.all()), hint)
        } else {
            let hint = "correct them, or keep the others with --on-error skip";
            Problem::new(Kind::BadRow, format!("{bad}; nothing was kept"), hint)
        };
        Some(Failure::all([vec![sum], self.problems.clone()].concat()))
    }
}
