//! `opush snippet check`: whether an app has what the profile needs, and the snippet that adds what is missing.
//! What is needed belongs to `snippet`.

use schemars::JsonSchema;
use serde::Serialize;

use super::app_file::{self, AppFlag};
use super::context::Ctx;
use super::profile_values::values;
use crate::app::Form;
use crate::config::CertificateId;
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::output::{Page, Report, Tone};
use crate::snippet::{self, Language, Need, NeedKind, NeedStatus, Sdk, Snippet, Values};

pub(super) fn run(
    flag: &AppFlag,
    asked: Option<CertificateId>,
    code: (Language, Sdk),
    ctx: &Ctx,
) -> Result<Checked, Failure> {
    let profile = ctx.profile()?;
    let certificate = profile.certificate(asked)?;
    let app = flag.required(ctx)?;
    let values = values(&profile, certificate);
    let needs = snippet::needs(&app, &values).map_err(|error| app_file::failure(error, &app.file))?;
    let items: Vec<Item> = needs.into_iter().map(|need| Item::of(need, &values, code)).collect();
    Ok(Checked {
        profile: profile.name.clone(),
        certificate_id: values.certificate_id,
        file: app.file,
        form: app.form,
        error: error(&items),
        items,
    })
}

/// What `snippet check --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Checked {
    profile: String,
    certificate_id: i64,
    /// The file that holds the manifest.
    file: String,
    form: Form,
    items: Vec<Item>,
    /// The first that is missing, else the first that is not known; null where all is there.
    error: Option<Problem>,
}

/// One thing that the profile needs of the app.
#[derive(Debug, Serialize, JsonSchema)]
struct Item {
    need: NeedKind,
    status: NeedStatus,
    evidence: String,
    /// Where in the app.
    place: Option<String>,
    remedy: Option<String>,
    /// What to paste into the manifest.
    xml: Option<String>,
    /// The piece of code that adds it.
    snippet: Option<Piece>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Piece {
    name: Snippet,
    /// The file's name, without a folder.
    file: String,
    text: String,
}

impl Item {
    fn of(need: Need, values: &Values, (language, sdk): (Language, Sdk)) -> Item {
        let made = need.snippet.and_then(|piece| snippet::make(piece, language, sdk, values));
        Item {
            need: need.kind,
            status: need.status,
            evidence: need.evidence,
            place: need.place,
            remedy: need.remedy,
            xml: need.xml,
            snippet: made.map(|made| Piece { name: made.snippet, file: made.file, text: made.text }),
        }
    }

    fn lines(&self, page: &mut Page) {
        let (tone, word) = match self.status {
            NeedStatus::There => (Tone::Ok, "there"),
            NeedStatus::Missing => (Tone::Broken, "missing"),
            NeedStatus::NotKnown => (Tone::Warn, "not known"),
        };
        let word = page.tone(tone, word);
        page.line(format!("{}  {word}  {}", <&str>::from(self.need), self.evidence));
        if self.status == NeedStatus::There {
            return;
        }
        for line in self.place.iter().chain(&self.remedy) {
            page.line(format!("  {line}"));
        }
        for line in self.xml.iter().flat_map(|xml| xml.lines()) {
            page.line(format!("    {line}"));
        }
        if let Some(piece) = &self.snippet {
            let adds = Remedy::only("snippet <PIECE>").with("PIECE", piece.name.as_str());
            page.commands(&[adds]);
        }
    }
}

/// A check that can't tell does not pass either.
fn error(items: &[Item]) -> Option<Problem> {
    let first = |status| items.iter().find(move |item| item.status == status);
    let (kind, item) = match (first(NeedStatus::Missing), first(NeedStatus::NotKnown)) {
        (Some(missing), _) => (Kind::BrokenLink, missing),
        (None, Some(open)) => (Kind::Inconclusive, open),
        (None, None) => return None,
    };
    let hint = match (&item.remedy, &item.snippet) {
        (Some(remedy), _) => Remedy::from(remedy.clone()),
        (None, Some(piece)) => {
            Remedy::run("the code that adds it", "snippet <PIECE>").with("PIECE", piece.name.as_str())
        }
        (None, None) => {
            Remedy::run("give the certificate a ChannelID", "cert edit <ID> --channel-id <CHANNEL-ID>")
        }
    };
    Some(Problem::new(kind, item.evidence.clone(), hint).at(<&str>::from(item.need)))
}

impl Report for Checked {
    fn text(&self, page: &mut Page) {
        page.line(format!("profile {}, certificate {}, {}", self.profile, self.certificate_id, self.file));
        self.items.iter().for_each(|item| item.lines(page));
    }

    fn failure(&self) -> Option<Failure> {
        self.error.clone().map(Failure::from)
    }

    fn spoken(&self) -> Option<Failure> {
        None
    }
}
