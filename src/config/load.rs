//! From the bytes of a file to a valid configuration, or to every problem in it at once.

use super::configuration::{Configuration, File, pointed};
use super::lock::digest;
use super::profile::APP_SECRET;
use super::text::Text;
use super::trust::{Trust, trust_of};
use super::{Environment, Found, How, Paths, SecretRef, read};
use crate::failure::{Failure, Kind, Problem};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use zeroize::Zeroizing;

/// A larger file is not a configuration.
const LARGEST: u64 = 1024 * 1024;
const BOM: &str = "\u{feff}";

/// What was read of a file, before anything is made of it.
pub(super) struct Raw {
    pub(crate) bytes: Zeroizing<Vec<u8>>,
    /// Whether other users can read it.
    pub(crate) exposed: bool,
    pub(crate) trust: Trust,
}

/// A file that changes again and again is taken as it is then.
const TRIES: usize = 50;

/// A file with the trust that it has. An opush that changes a trusted file records the new content before it is in the file,
/// so what is not recorded, and not in the file any more either, was trusted: then the file is read again.
pub(super) fn read_file(paths: &Paths, found: &Found) -> Result<Raw, Failure> {
    let mut raw = read_bytes(found)?;
    for _ in 0..TRIES {
        let trust = trust_of(paths, found, &raw.bytes);
        if trust != Trust::Withheld {
            return Ok(Raw { trust, ..raw });
        }
        let now = read_bytes(found)?;
        if now.bytes == raw.bytes {
            break;
        }
        raw = now;
    }
    Ok(raw)
}

/// How far a file is trusted as it is now; one that can't be read is not.
pub(crate) fn trust_now(paths: &Paths, found: &Found) -> Trust {
    read_file(paths, found).map_or(Trust::Withheld, |raw| raw.trust)
}

/// Reads and validates a file; `None` gives the configuration of the built-in profiles alone.
pub(crate) fn load(paths: &Paths, found: Option<&Found>) -> Result<Configuration, Failure> {
    match found {
        None => Ok(Configuration::default()),
        Some(found) => interpret(paths, found, &read_file(paths, found)?),
    }
}

/// The same, but a `default_profile` that names no profile, where it is the only mistake, is left out and given apart:
/// for commands that show or fix it.
pub(crate) fn load_despite_default(
    paths: &Paths,
    found: Option<&Found>,
) -> Result<(Configuration, Option<Problem>), Failure> {
    match found {
        None => Ok((Configuration::default(), None)),
        Some(found) => interpret_despite_default(paths, found, &read_file(paths, found)?),
    }
}

/// The text of another TOML file that a person names, such as a scenario; `shown` is what places call it.
pub(crate) fn text_of_file(path: &Path, shown: &str) -> Result<Text, Failure> {
    let found = Found { path: path.to_owned(), shown: shown.to_owned(), how: How::Flag };
    let raw = read_bytes(&found)?;
    text_of(&found, &raw.bytes)
}

/// Everything that is wrong with a file, secrets that cannot be got included, in the order of the file.
pub(crate) fn check(paths: &Paths, found: &Found, env: &Environment) -> Result<Configuration, Failure> {
    let raw = read_file(paths, found)?;
    let (mut configuration, mut problems) = read_all(paths, found, &raw)?;
    // opush never needs an AppSecret itself: one that cannot be got is worth a word, not a failure.
    let app_secrets = configuration.unresolved(env, |key| key == APP_SECRET);
    configuration.warnings.extend(app_secrets);
    // Where the syntax is broken, what could be made of the rest may not be what is meant.
    if !problems.iter().any(|problem| problem.kind == Kind::TomlSyntax) {
        problems.extend(configuration.unresolved(env, |key| key != APP_SECRET));
        let ca_files =
            configuration.profiles.iter().filter_map(|profile| configuration.ca_file(profile).err());
        problems.extend(ca_files);
    }
    problems.sort_by_key(position);
    if problems.is_empty() { Ok(configuration) } else { Err(in_file(problems, found)) }
}

/// Line and column of a problem's place.
fn position(problem: &Problem) -> (usize, usize) {
    let mut numbers = problem.place.rsplit(':').map_while(|part| part.parse().ok());
    let column = numbers.next().unwrap_or(0);
    (numbers.next().unwrap_or(0), column)
}

/// What every writer keeps to: a larger file would not be read again.
pub(super) fn fits(found: &Found, length: usize) -> Result<(), Failure> {
    if length as u64 <= LARGEST {
        return Ok(());
    }
    let message = format!("{} would be larger than 1 MiB, and opush would not read it again", found.shown);
    let hint = "split it into several files, each named by --config";
    Err(Problem::new(Kind::UnreadableFile, message, hint).at(&found.shown).into())
}

/// The bytes of a regular file of reasonable size; that it is trusted is not known here.
fn read_bytes(found: &Found) -> Result<Raw, Failure> {
    let problem = |message: String, hint: &'static str| {
        Failure::from(Problem::new(Kind::UnreadableFile, message, hint).at(&found.shown))
    };
    let shown = &found.shown;
    let unreadable = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            Problem::new(Kind::MissingFile, format!("there is no file {shown}"), "correct the path")
                .at(shown)
                .into()
        }
        _ => problem(format!("{shown} cannot be read: {error}"), "see that the file is yours and readable"),
    };
    let metadata = std::fs::metadata(&found.path).map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(problem(format!("{shown} is a folder"), "name the TOML file in it"));
    }
    if !metadata.is_file() {
        return Err(problem(format!("{shown} is not a regular file"), "name a TOML file"));
    }
    let mut bytes = Zeroizing::new(Vec::new());
    std::fs::File::open(&found.path)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(problem(format!("{shown} is larger than 1 MiB"), "name a TOML file with profiles"));
    }
    Ok(Raw { bytes, exposed: metadata.permissions().mode() & 0o077 != 0, trust: Trust::Withheld })
}

/// A file as it may be given to other people: its values without any secret, and without its comments, which may hold
/// anything. Of a file that is not TOML, only that.
pub(crate) fn masked_file(found: &Found) -> Result<String, Failure> {
    let raw = read_bytes(found)?;
    let text = String::from_utf8_lossy(&raw.bytes);
    let Ok(mut table) = text.trim_start_matches('\u{feff}').parse::<toml::Table>() else {
        return Ok(format!("# {} is not valid TOML, so nothing of it is shown\n", found.shown));
    };
    super::mask::values(&mut table);
    Ok(super::mask::masked(&toml::to_string_pretty(&table).unwrap_or_default()))
}

/// Makes a valid configuration of a file's bytes, or gives every problem in them.
pub(super) fn interpret(paths: &Paths, found: &Found, raw: &Raw) -> Result<Configuration, Failure> {
    let (configuration, problems) = read_all(paths, found, raw)?;
    if problems.is_empty() { Ok(configuration) } else { Err(in_file(problems, found)) }
}

/// [`interpret`] for [`load_despite_default`].
pub(super) fn interpret_despite_default(
    paths: &Paths,
    found: &Found,
    raw: &Raw,
) -> Result<(Configuration, Option<Problem>), Failure> {
    let (configuration, mut problems) = read_all(paths, found, raw)?;
    match problems.pop() {
        None => Ok((configuration, None)),
        // Within a file nothing but `default_profile` names a profile.
        Some(only) if problems.is_empty() && only.kind == Kind::UnknownProfile => {
            Ok((configuration, Some(only)))
        }
        Some(last) => Err(in_file(problems.into_iter().chain([last]).collect(), found)),
    }
}

fn in_file(problems: Vec<Problem>, found: &Found) -> Failure {
    let count = match problems.len() {
        1 => "1 problem".to_owned(),
        several => format!("{several} problems"),
    };
    Failure::all(problems).headed(format!("{count} in {}", found.shown))
}

/// What could be made of a file, and what is wrong with it.
fn read_all(paths: &Paths, found: &Found, raw: &Raw) -> Result<(Configuration, Vec<Problem>), Failure> {
    let text = text_of(found, &raw.bytes)?;
    let base = found.path.parent().unwrap_or(Path::new("/"));
    let (mut configuration, problems) = read::read(&text, base, paths.home.as_deref());
    if raw.exposed {
        configuration.warnings = exposed_secrets(&configuration, &text);
    }
    configuration.file =
        Some(File { trust: raw.trust, sha256: digest(&raw.bytes), found: found.clone(), text });
    Ok((configuration, problems))
}

fn text_of(found: &Found, bytes: &[u8]) -> Result<Text, Failure> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Text::new(&found.shown, text.strip_prefix(BOM).unwrap_or(text))),
        Err(error) => {
            let at = error.valid_up_to();
            // What is before the bad byte is text, so the position can be given in characters.
            let before = Text::new(&found.shown, String::from_utf8_lossy(&bytes[..at]));
            let (line, column) =
                (bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1, column(bytes, at));
            let message = format!("{} is not UTF-8 at byte {}", before.name(), at + 1);
            let place = format!("{}:{line}:{column}", before.name());
            Err(Problem::new(Kind::NotUtf8, message, "save it as UTF-8 text").at(place).into())
        }
    }
}

fn column(bytes: &[u8], at: usize) -> usize {
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    String::from_utf8_lossy(&bytes[start..at]).trim_start_matches(BOM).chars().count() + 1
}

fn exposed_secrets(configuration: &Configuration, text: &Text) -> Vec<Problem> {
    let plain =
        configuration.secrets().filter(|secret| matches!(secret.reference.value, SecretRef::Plain(_)));
    plain
        .map(|secret| {
            let key = secret.key;
            let hint = format!("chmod 600 {}, or refer to it: {key} = {{ env = \"…\" }}", text.name());
            let message = format!("{key} is in a file that other users can read");
            pointed(Problem::new(Kind::ExposedSecret, message, hint), &secret.reference.source, Some(text))
        })
        .collect()
}

#[cfg(test)]
mod tests;
