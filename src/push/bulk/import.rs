//! Token reports in bulk: every row is checked first, by the rules of a single report, then all are kept, or none.

use strum::{EnumMessage, EnumString, IntoStaticStr, VariantArray};

use super::super::reports::{ReportRequest, Reported, report, validate};
use super::column::{Column, ColumnMap, HeaderMeaning, Values};
use super::format::{Format, Source};
use super::place::{Fault, FileRow};
use super::{csv, jsonl};
use crate::config::Region;
use crate::failure::{Failure, Kind, Problem};
use crate::store::Store;
use crate::store::reports::{Counts, Import, NewReport};
use crate::store::source::FactSource;

/// What becomes of the good rows where others are bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumMessage, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum OnError {
    /// Nothing is kept.
    Abort,
    /// The good rows are kept.
    Skip,
}

/// What the rows are checked against.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'a> {
    pub(crate) profile: &'a str,
    pub(crate) region: Region,
    pub(crate) certificates: &'a [i64],
    /// For rows that name none.
    pub(crate) certificate: Option<i64>,
    /// Who says what the rows say.
    pub(crate) source: FactSource,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Imported {
    pub(crate) rows: u64,
    pub(crate) bad_rows: u64,
    /// What is wrong, in the order of the file; at most [`PROBLEMS`] are named.
    pub(crate) problems: Vec<Problem>,
    /// Whether rows were kept.
    pub(crate) kept: bool,
    pub(crate) counts: Counts,
    /// The last line has no line end, as when a file was cut off.
    pub(crate) cut_off: bool,
}

/// So many problems are remembered; the bad rows are counted all the same.
pub(crate) const PROBLEMS: usize = 10_000;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// Checks every row, and keeps all of them if all are good or `on_error` says to skip the others.
///
/// # Errors
/// If the file as a whole is not usable, or the state database fails. Bad rows are in the result.
pub(crate) fn import(
    store: &Store,
    source: &Source<'_>,
    target: &Target<'_>,
    on_error: OnError,
) -> Result<Imported, Failure> {
    let source = Source { bytes: text_of(source)?, ..*source };
    let unknown = unknown_columns(&source);
    // The rows are looked at all the same, as if the columns were mapped as it is suggested.
    let source = Source { map: unknown.as_ref().map_or(source.map, |(map, _)| map), ..source };
    let rows = Rows::new(&source).map_err(|failure| match &unknown {
        Some((_, problem)) => Failure::all([vec![problem.clone()], failure.into_problems()].concat()),
        None => failure,
    })?;
    let mut imported = Imported {
        rows: 0,
        bad_rows: 0,
        problems: Vec::new(),
        kept: false,
        counts: Counts::default(),
        cut_off: !source.bytes.is_empty() && !matches!(source.bytes.last(), Some(b'\n' | b'\r')),
    };
    let mut reports = Import::begin(store, target.profile);
    let mut failed = None;
    rows.each(&mut |given| {
        imported.rows += 1;
        match check(target, &source, &given) {
            Ok(_) if unknown.is_some() => {}
            Ok(new) if imported.bad_rows == 0 || on_error == OnError::Skip => {
                failed = reports.take(new).err();
            }
            Ok(_) => {}
            Err(problems) => {
                imported.bad_rows += 1;
                let room = PROBLEMS.saturating_sub(imported.problems.len());
                imported.problems.extend(problems.into_iter().take(room));
            }
        }
        failed.is_none()
    });
    if let Some(error) = failed {
        return Err(error.into());
    }
    if let Some((_, problem)) = unknown {
        if imported.bad_rows == 0 {
            return Err(problem.into());
        }
        imported.problems.insert(0, problem);
        return Ok(imported);
    }
    let wanted = imported.bad_rows == 0 || on_error == OnError::Skip && imported.bad_rows < imported.rows;
    if wanted && imported.rows > 0 {
        imported.counts = reports.keep()?;
        imported.kept = true;
    }
    Ok(imported)
}

/// Columns that are not known: a map that guesses what they hold, and the problem that suggests it.
fn unknown_columns(source: &Source<'_>) -> Option<(ColumnMap, Problem)> {
    let headers = match source.format {
        Format::Csv => csv::Table::headers(source),
        Format::Jsonl => jsonl::keys(source),
    };
    let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
    let (map, pairs) = source.map.guessed(&names)?;
    let unknown = || headers.iter().filter(|(name, _)| source.map.meaning(name) == HeaderMeaning::Unknown);
    let listed = unknown().map(|(name, _)| format!("{name:?}")).collect::<Vec<_>>().join(", ");
    let (what, is) = if unknown().count() == 1 { ("column", "is") } else { ("columns", "are") };
    let hint = format!("say what each holds, - for nothing: --map '{pairs}'");
    let problem = Problem::new(Kind::UnknownField, format!("the {what} {listed} {is} not known"), hint);
    Some((map, problem.at(unknown().next().map_or("", |(_, place)| place))))
}

/// One report as an app posts it, a JSON object; the same rules and names as a line of JSON in a file.
pub(crate) fn report_json(store: &Store, target: &Target<'_>, text: &str) -> Result<Reported, Failure> {
    let at_key = |(column, problem): Fault| problem.at(column.map_or("", Column::name));
    let values = jsonl::object(text, &ColumnMap::default())
        .map_err(|faults| Failure::all(faults.into_iter().map(at_key).collect()))?;
    // An app has no flags: what is wrong is reported at the key.
    let key = |mut problem: Problem| {
        if let Some(column) = Column::of_flag(&problem.place) {
            problem.place = column.name().into();
        }
        problem
    };
    request(target, &values).and_then(|request| report(store, &request)).map_err(|failure| failure.each(key))
}

/// The bytes after a byte order mark.
fn text_of<'a>(source: &Source<'a>) -> Result<&'a [u8], Failure> {
    let bytes = source.bytes;
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        let message = format!("{} is UTF-16, not UTF-8", source.name);
        let hint = "save it as UTF-8; in Excel: CSV UTF-8 (comma delimited)";
        return Err(Problem::new(Kind::NotUtf8, message, hint).at(source.name).into());
    }
    Ok(bytes.strip_prefix(BOM).unwrap_or(bytes))
}

enum Rows<'a> {
    Csv(csv::Table<'a>),
    Jsonl(jsonl::Lines<'a>),
}

impl<'a> Rows<'a> {
    fn new(source: &Source<'a>) -> Result<Self, Failure> {
        Ok(match source.format {
            Format::Csv => Rows::Csv(csv::Table::open(source)?),
            Format::Jsonl => Rows::Jsonl(jsonl::Lines { bytes: source.bytes, map: source.map }),
        })
    }

    /// Visits the rows in their order, until `visit` answers false.
    fn each(&self, visit: &mut dyn FnMut(FileRow<'_>) -> bool) {
        match self {
            Rows::Csv(table) => table.each(visit),
            Rows::Jsonl(lines) => lines.each(visit),
        }
    }
}

/// The report in a row, or everything that is wrong with it, each with its place.
fn check(target: &Target<'_>, source: &Source<'_>, given: &FileRow<'_>) -> Result<NewReport, Vec<Problem>> {
    let found = match &given.row {
        Err(faults) => {
            let placed =
                |(column, problem): &Fault| problem.clone().at((given.position)(*column).place(source.name));
            return Err(faults.iter().map(placed).collect());
        }
        Ok(values) => request(target, values).and_then(|request| validate(&request)),
    };
    found.map_err(|failure| {
        let placed = |mut problem: Problem| {
            let column = Column::of_flag(&problem.place);
            let position = (given.position)(column);
            if let Some(label) = position.label.as_ref().filter(|_| column.is_some()) {
                problem.message = format!("{label}: {}", problem.message);
            }
            problem.place = position.place(source.name);
            problem.excerpt.clear();
            problem
        };
        failure.into_problems().into_iter().map(placed).collect()
    })
}

fn request<'v>(target: &Target<'v>, values: &'v Values<'_>) -> Result<ReportRequest<'v>, Failure> {
    let certificate_id = match (values.get(Column::Certificate), target.certificate) {
        (Some(text), _) => match text.parse::<i64>().ok().filter(|id| *id > 0) {
            Some(id) => Ok(id),
            None => Err(Problem::new(
                Kind::WrongFieldType,
                format!("{text:?} is not a certificate ID"),
                "give the positive integer that the IM console shows",
            )),
        },
        (None, Some(id)) => Ok(id),
        (None, None) => Err(Problem::new(
            Kind::MissingField,
            "no certificate is named, and the profile has no default one",
            "add --certificate ID, or a column certificate_id",
        )),
    };
    let request = ReportRequest {
        profile: target.profile,
        region: target.region,
        certificates: target.certificates,
        user: values.get(Column::User).unwrap_or_default(),
        device: values.get(Column::Device),
        certificate_id: certificate_id.as_ref().copied().unwrap_or_default(),
        reg_id: values.get(Column::RegId).unwrap_or_default(),
        brand: values.get(Column::Brand),
        source: target.source,
    };
    match certificate_id {
        Ok(_) => Ok(request),
        Err(problem) => {
            // What else is wrong is reported too; that certificate 0 is not known would be noise.
            let mut problems = match validate(&request) {
                Ok(_) => Vec::new(),
                Err(failure) => failure.into_problems(),
            };
            problems.retain(|other| other.kind != Kind::UnknownCertificate);
            problems.push(problem.at("--certificate"));
            Err(Failure::all(problems))
        }
    }
}

#[cfg(test)]
mod tests;
