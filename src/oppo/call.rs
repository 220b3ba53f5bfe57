//! The vendor's calls as a table: where each goes, how it carries its fields, and what is said of it when it fails.

/// The calls that the client makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    Auth,
    Unicast,
    UnicastBatch,
    Statistics,
    InvalidRegIds,
    PushPermit,
    SetAlias,
    DeleteAlias,
    AddTag,
    SubscribeTags,
    UnsubscribeTags,
    AllTags,
    BigPicture,
    SmallPicture,
    SaveMessage,
    Broadcast,
}

/// The hosts that a region has (OPPO reference, section 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Host {
    Push,
    Device,
    Media,
    Feedback,
}

/// Where a request has its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Carries {
    /// In a form in the body, the token among them.
    Form,
    /// In the query of a GET, the token among them.
    Query,
    /// In a JSON object in the body; the token is a header, as in the one client of these calls that is known.
    Json,
    /// In parts of a multipart body, the token and a file among them.
    Upload,
}

struct Row {
    host: Host,
    carries: Carries,
    /// Continues "OPPO refused ".
    refused: &'static str,
    /// Continues "waiting for HOST's ".
    awaited: &'static str,
    /// Asking again after a lost answer changes nothing that the first one did not.
    repeatable: bool,
}

const fn row(
    host: Host,
    carries: Carries,
    refused: &'static str,
    awaited: &'static str,
    repeatable: bool,
) -> Row {
    Row { host, carries, refused, awaited, repeatable }
}

impl Call {
    pub(crate) fn path(self) -> &'static str {
        match self {
            Call::Auth => "/server/v1/auth",
            Call::Unicast => "/server/v1/message/notification/unicast",
            Call::UnicastBatch => "/server/v1/message/notification/unicast_batch",
            Call::Statistics => "/server/v1/message/statistics",
            Call::InvalidRegIds => "/server/v1/feedback/fetch_invalid_regidList",
            Call::PushPermit => "/server/v1/feedback/fetch_push_permit",
            Call::SetAlias => "/server/v1/device/set_alias",
            Call::DeleteAlias => "/server/v1/device/delete_alias",
            Call::AddTag => "/server/v1/device/add_tags",
            Call::SubscribeTags => "/server/v1/device/subscribe_tags",
            Call::UnsubscribeTags => "/server/v1/device/unsubscribe_tags",
            Call::BigPicture => "/server/v1/media/upload/big_picture",
            Call::SmallPicture => "/server/v1/media/upload/small_picture",
            Call::SaveMessage => "/server/v1/message/notification/save_message_content",
            Call::Broadcast => "/server/v1/message/notification/broadcast",
            Call::AllTags => "/server/v1/device/get_all_tags",
        }
    }

    fn row(self) -> Row {
        use Carries::{Form, Json, Query, Upload};
        use Host::{Device, Feedback, Media, Push};
        const AUTH: &str = "answer to the auth call";
        const CHANGE: &str = "answer";
        match self {
            Call::Auth => row(Push, Form, "the credentials' auth call", AUTH, true),
            Call::Unicast => row(Push, Form, "the push", AUTH, true),
            Call::UnicastBatch => row(Push, Form, "the call", AUTH, true),
            Call::Statistics => row(Push, Form, "the statistics", "statistics", true),
            // Should reading clear the list, a second answer would lack what the first one had.
            Call::InvalidRegIds => {
                row(Feedback, Query, "to list the invalid regIds", "list of invalid regIds", false)
            }
            Call::PushPermit => row(Feedback, Query, "to say the quota", "quota", true),
            Call::SetAlias => row(Device, Json, "to set the alias", CHANGE, true),
            // After a lost answer the alias may be gone, and a repeat would be refused for that.
            Call::DeleteAlias => row(Device, Json, "to delete the alias", CHANGE, false),
            Call::AddTag => row(Device, Json, "to make the tag", CHANGE, false),
            Call::SubscribeTags => row(Device, Json, "to give the tags", CHANGE, true),
            Call::UnsubscribeTags => row(Device, Json, "to take the tags away", CHANGE, true),
            // Uploads per day are limited.
            Call::BigPicture => row(Media, Upload, "the picture", CHANGE, false),
            Call::SmallPicture => row(Media, Upload, "the picture", CHANGE, false),
            // It always has an app_message_id, with which OPPO saves once.
            Call::SaveMessage => row(Push, Form, "to save the message", CHANGE, true),
            // A second one would notify twice.
            Call::Broadcast => row(Push, Form, "the broadcast", "answer to the broadcast", false),
            Call::AllTags => row(Device, Json, "to list the tags", "list of tags", true),
        }
    }

    /// The word in results: the last part of the path.
    pub(crate) fn as_str(self) -> &'static str {
        self.path().rsplit('/').next().unwrap_or_default()
    }

    /// The HTTP method; a GET has its fields in the query.
    pub(super) fn method(self) -> &'static str {
        if self.carries() == Carries::Query { "GET" } else { "POST" }
    }

    pub(crate) fn host(self) -> Host {
        self.row().host
    }

    pub(super) fn carries(self) -> Carries {
        self.row().carries
    }

    /// Continues "OPPO refused ".
    pub(super) fn refused(self) -> &'static str {
        self.row().refused
    }

    /// Continues "waiting for HOST's ".
    pub(super) fn awaited(self) -> &'static str {
        self.row().awaited
    }

    pub(super) fn is_repeatable(self) -> bool {
        self.row().repeatable
    }
}

impl Host {
    /// Its key in the profile's endpoint table.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Host::Push => "push",
            Host::Device => "device",
            Host::Media => "media",
            Host::Feedback => "feedback",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_of_a_call_is_the_end_of_its_path() {
        assert_eq!(Call::Auth.as_str(), "auth");
        assert_eq!(Call::InvalidRegIds.as_str(), "fetch_invalid_regidList");
        assert_eq!((Call::InvalidRegIds.method(), Call::SetAlias.method()), ("GET", "POST"));
    }
}
