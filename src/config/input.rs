//! A value as a person gives it, by flag or answer: read and checked by the rule of its field.

use super::rules::{self, Flaw};
use super::{Field, NewSecret, Paths, Secret, Value};
use crate::click::Target;
use crate::clock::Timestamp;
use crate::failure::Problem;
use Field::*;
use std::path::Path;

/// What reading a value depends on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input<'a> {
    /// Of the profile: a short class name is completed with it.
    pub(crate) package: Option<&'a str>,
    pub(crate) now: Timestamp,
    /// What a relative path is relative to.
    pub(crate) paths: &'a Paths,
}

impl Field {
    /// The value that a text gives, or everything that is wrong with it.
    pub(crate) fn read(self, text: &str, input: &Input) -> Result<Value<NewSecret>, Vec<Problem>> {
        let text_of = |rule: Result<(), Flaw>| rule.map(|()| Value::Text(text.to_owned()));
        let value = match self {
            Click => {
                let at = |problem: Problem| problem.at(self.place());
                return Target::parse(text, input.package)
                    .map(Value::Click)
                    .map_err(|problems| problems.into_iter().map(at).collect());
            }
            Id => rules::certificate_id(text).map(|id| Value::Number(id.get())),
            SavedAt => rules::saved_at(text, input.now).map(Value::Time),
            ImSdkAppId => rules::sdk_app_id(text).map(Value::Number),
            Endpoint | ImEndpoint => rules::endpoint(text).map(Value::Text),
            CaFile | App => rules::opaque(text)
                .map(|()| Value::Text(input.paths.absolute(Path::new(text)).display().to_string())),
            ProfileName => text_of(rules::profile_name(text)),
            Package => text_of(rules::package(text)),
            Region => text_of(rules::region(text).map(drop)),
            MultiDevice | ImRegion => text_of(rules::one_of(text, &self.words())),
            ReportsComplete => rules::one_of(text, &self.words()).map(|()| Value::Bool(text == "true")),
            AppSecret | MasterSecret | ImSecretKey => {
                rules::opaque(text).map(|()| Value::Secret(NewSecret::Typed(Secret::new(text))))
            }
            Name | AppId | AppKey | ChannelId | ImAdmin => text_of(rules::opaque(text)),
        };
        value.map_err(|flaw| {
            // Of opaque text only its name can be said.
            let named = self.is_secret() || matches!(self, Name | AppId | AppKey | ChannelId | ImAdmin);
            let place = self.place();
            vec![if named { flaw.named(self.row().word, &place) } else { flaw.at(&place) }]
        })
    }
}
