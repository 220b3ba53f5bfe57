//! Snippets as files in a folder: all of them, or none where one would overwrite somebody's work.
//! How a single file is replaced belongs to `config::files`.

use std::path::{Path, PathBuf};

use crate::config::files::{self, Mode};
use crate::failure::{Failure, Kind, Problem};
use crate::snippet::Made;

/// Where a file went, and whether it was there already.
pub(super) struct Place {
    pub(crate) path: PathBuf,
    pub(crate) unchanged: bool,
}

/// Writes all files, or none where one of them would overwrite another's work.
pub(super) fn write(folder: &Path, made: &[Made], force: bool) -> Result<Vec<Place>, Failure> {
    let mut places = Vec::new();
    let mut problems = Vec::new();
    for made in made {
        let path = folder.join(&made.file);
        let unchanged = match files::read(&path, u64::MAX) {
            Ok(found) if found == made.text.as_bytes() => true,
            Ok(_) if !force => {
                let message = format!("{} exists and differs", path.display());
                let hint = "choose another folder, or overwrite it with --force";
                problems.push(Problem::new(Kind::Disk, message, hint).at(path.display().to_string()));
                false
            }
            Ok(_) => false,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
            Err(error) => {
                problems.push(files::disk("read", &path, &error));
                false
            }
        };
        places.push(Place { path, unchanged });
    }
    if !problems.is_empty() {
        return Err(Failure::all(problems).headed("nothing was written"));
    }
    for (made, place) in made.iter().zip(&places) {
        if !place.unchanged {
            files::replace(&place.path, made.text.as_bytes(), Mode::Shared)?;
        }
    }
    Ok(places)
}
