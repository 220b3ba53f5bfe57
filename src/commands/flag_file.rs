//! The text of a file that a flag names, or of stdin for `-`: bounded, UTF-8, each failure with the flag as its place.
//! What the text means belongs to the command.

use std::path::Path;

use super::context::Ctx;
use crate::config::files;
use crate::failure::{Kind, Problem};

/// More than this is not a message but a mistake.
const LARGEST: u64 = 1024 * 1024;

/// Reads it. `far_smaller` says how large what belongs there is.
pub(crate) fn read(
    path: &Path,
    ctx: &Ctx,
    flag: &'static str,
    far_smaller: &'static str,
) -> Result<String, Problem> {
    let problem = |kind, message: String, hint: &'static str| Problem::new(kind, message, hint).at(flag);
    let shown = path.display();
    let read = if path == Path::new("-") {
        files::read_stdin(LARGEST)
    } else {
        files::read(&ctx.paths.absolute(path), LARGEST)
    };
    let bytes = read.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            problem(Kind::MissingFile, format!("there is no file {shown}"), "correct the path")
        }
        _ => problem(Kind::UnreadableFile, format!("{shown} can't be read: {error}"), "name a readable file"),
    })?;
    if bytes.len() as u64 > LARGEST {
        return Err(problem(Kind::TooLong, format!("{shown} is larger than 1 MiB"), far_smaller));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to() + 1;
        problem(Kind::NotUtf8, format!("{shown} is not UTF-8 at byte {at}"), "save it as UTF-8 text")
    })
}
