//! The alias calls of the device API (OPPO reference, section 7): one alias for one regId, the newest setting counts.

use super::ask::Question;
use super::{Alias, Call, RegId};

impl Question {
    pub(crate) fn set_alias(reg_id: &RegId, alias: &Alias) -> Question {
        Question::new(Call::SetAlias).with("registration_id", reg_id.as_str()).with("alias", alias.as_str())
    }

    pub(crate) fn delete_alias(alias: &Alias) -> Question {
        Question::new(Call::DeleteAlias).with("alias", alias.as_str())
    }
}
