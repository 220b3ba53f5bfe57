//! What the commands of `opush oppo` share: the certificate they ask for, the way to its app, and the answer as it is printed.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::super::context::Ctx;
use crate::config::{CertificateId, Profile, Region};
use crate::failure::{Failure, Problem};
use crate::oppo::{Answered, Question, RegId};
use crate::output::Page;
use crate::services::{OppoService, Setup, credentials, remark_exchanges};

#[derive(clap::Args, Debug)]
pub(crate) struct CertificateFlag {
    /// Certificate of the app [default: the profile's]
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    pub(crate) certificate: Option<i64>,
}

impl CertificateFlag {
    pub(crate) fn id(&self) -> Option<CertificateId> {
        self.certificate.and_then(CertificateId::new)
    }
}

/// Whose app was asked about.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct App {
    pub(crate) profile: String,
    pub(crate) region: Region,
    pub(crate) certificate_id: i64,
}

impl App {
    pub(crate) fn words(&self) -> String {
        format!("{} ({}), certificate {}", self.profile, self.region, self.certificate_id)
    }
}

/// Makes the call with the certificate's credentials.
pub(crate) fn ask(
    ctx: &Ctx,
    profile: &Profile,
    flag: &CertificateFlag,
    question: &Question,
) -> Result<(App, Answered), Failure> {
    let certificate = profile.certificate(flag.id())?;
    let credentials = credentials(ctx, profile, certificate)?;
    let store = ctx.store()?;
    let answered = ctx.block_on(async {
        let oppo = OppoService::open(ctx, profile, Setup::Register).await?;
        let tokens = oppo.tokens(ctx, &store, &credentials);
        let answer = oppo.client.ask(&credentials, &tokens, question).await;
        oppo.close().await;
        remark_exchanges(ctx, answer.as_ref().map_or_else(|error| &error.exchanges, |one| &one.exchanges));
        Ok(answer?)
    })?;
    let app = App {
        profile: profile.name.clone(),
        region: profile.region.value,
        certificate_id: certificate.id.get(),
    };
    Ok((app, answered))
}

/// A regId of the profile's region.
pub(crate) fn reg_id(text: &str, profile: &Profile) -> Result<RegId, Problem> {
    RegId::of_region(text, profile.region.value).map_err(|problem| problem.at("--reg-id"))
}

/// What came, as it came: an object, or the list that was there in its place.
pub(crate) fn as_it_came(mut data: Map<String, Value>) -> Value {
    match data.remove("") {
        Some(list) => list,
        None => Value::Object(data),
    }
}

/// The answer's names and values, where their meaning is not confirmed.
pub(crate) fn lines(answer: &Value, page: &mut Page) {
    match answer {
        Value::Object(object) if object.is_empty() => page.line("  OPPO's answer has no data."),
        Value::Object(object) => {
            let pairs: Vec<(&String, String)> =
                object.iter().map(|(key, value)| (key, plain(value))).collect();
            page.pairs(&pairs);
        }
        other => page.line(format!("  {}", plain(other))),
    }
}

pub(crate) fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
