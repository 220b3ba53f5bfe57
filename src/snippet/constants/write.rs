//! The values of a certificate in the forms that apps and pipelines take. No secret is in them.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::super::{Language, Sdk, Snippet, Values, make};

/// How the values are written.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum ConstantsForm {
    /// The JSON of the push plugin: timpush-configs.json.
    Timpush,
    /// A class of constants in Java or Kotlin.
    Constants,
    /// Variables of the environment.
    Env,
}

/// The variables of the built-in profile env that a certificate gives, in their order; MasterSecret's is left to the person.
const ENVIRONMENT: [&str; 6] =
    ["OPUSH_APP_ID", "OPUSH_APP_KEY", "OPUSH_CHANNEL_ID", "OPUSH_REGION", "OPUSH_PACKAGE", "OPUSH_CLICK"];

/// The text in this form. `app_id` and `region` are for variables, `quote` makes a word for a shell.
pub(crate) fn export(
    form: ConstantsForm,
    language: Language,
    values: &Values,
    (app_id, region): (&str, &str),
    quote: impl Fn(&str) -> String,
) -> String {
    match form {
        ConstantsForm::Timpush => timpush(values),
        ConstantsForm::Constants => {
            make(Snippet::Constants, language, Sdk::V2tim, values).map(|made| made.text).unwrap_or_default()
        }
        ConstantsForm::Env => {
            let click = values.click.to_string();
            let held = [
                Some(app_id),
                Some(values.app_key.as_str()),
                values.channel_id.as_deref(),
                Some(region),
                values.package.as_deref(),
                Some(click.as_str()),
            ];
            let line = |(name, value): (&str, Option<&str>)| Some(format!("{name}={}\n", quote(value?)));
            let lines: String = ENVIRONMENT.into_iter().zip(held).filter_map(line).collect();
            format!("{lines}# OPUSH_MASTER_SECRET is not written here: set it from where you keep secrets\n")
        }
    }
}

/// As the IM console gives it out, OPPO's part alone. AppSecret is for the app's build to fill in.
fn timpush(values: &Values) -> String {
    let oppo = json!({
        "oppoPushBussinessId": values.certificate_id.to_string(),
        "oppoPushAppKey": values.app_key,
        "oppoPushAppSecret": "",
    });
    let text = serde_json::to_string_pretty(&json!({ "version": "1.0.1", "": oppo })).unwrap_or_default();
    format!("{text}\n")
}
