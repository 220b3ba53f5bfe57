//! Open questions about OPPO and the IM server, one named switch each: where the reference doubts, this says which reading is enforced.

mod rule;
mod set;
mod table;
mod values;

pub use rule::{Allowed, Rule};
pub use table::{Rules, TABLE};
pub(crate) use values::{
    AccountField, AllTagsAnswer, BatchAlias, BatchInvalidItem, BigPictureSize, CharacterCount, DefaultText,
    DefaultTitle, ExpiryFrom, ExtNotObject, ExtValues, InvalidListHolds, KickCallback, MediaText,
    MultiDevice, OnlineElsewhere, OverMax, PermitNames, PrivateTemplate, ReceiptAnswer, ReceiptBatching,
    ReceiptMethod, ReceiptSpace, RepeatAnswer, RestState, ShowTtl, Skew, SmallPictureSize, StatusField,
    TagList, TagOperators, TagsForm, TemplateForm, UnknownPicture, UserIds, WithoutChannel, YesNo,
};
