//! `opush cert export`: a certificate in the form that an app or a pipeline takes, without any secret.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use schemars::JsonSchema;
use serde::Serialize;
use strum::VariantArray;

use super::super::context::Ctx;
use super::super::profile_values::values;
use super::named::certificate;
use crate::failure::{Failure, shell_word};
use crate::flags::words;
use crate::output::{Page, Report};
use crate::snippet::Language;
use crate::snippet::constants::{ConstantsForm, export};

/// Print a certificate for an app or a pipeline: the push plugin's JSON, constants, variables; no secret
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush cert export --to timpush > app/src/main/assets/timpush-configs.json
  opush cert export 7005 --to constants --lang kotlin
  opush cert export --to env > staging.env")]
pub(crate) struct Args {
    /// The certificate [default: the profile's default one]
    #[arg(value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,

    /// timpush, constants or env
    #[arg(long, value_name = "FORM", value_parser = form_parser())]
    to: ConstantsForm,

    /// Language of the constants
    #[arg(long, value_name = "LANGUAGE", default_value = "java", value_parser = words::<Language>(&["java", "kotlin"]))]
    lang: Language,
}

fn form_parser() -> impl TypedValueParser<Value = ConstantsForm> {
    let words = ConstantsForm::VARIANTS.iter().map(|form| <&str>::from(*form));
    PossibleValuesParser::new(words).map(|word| word.parse().unwrap_or(ConstantsForm::Timpush))
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Exported, Failure> {
    let profile = ctx.profile()?;
    let certificate = certificate(&profile, args.certificate)?;
    let values = values(&profile, certificate);
    let of_variables = (certificate.app_id.value.as_str(), <&str>::from(profile.region.value));
    let text = export(args.to, args.lang, &values, of_variables, shell_word);
    Ok(Exported { profile: profile.name.clone(), certificate_id: values.certificate_id, to: args.to, text })
}

/// What `cert export --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Exported {
    profile: String,
    certificate_id: i64,
    to: ConstantsForm,
    text: String,
}

impl Report for Exported {
    fn text(&self, page: &mut Page) {
        page.lines(&self.text);
    }
}
