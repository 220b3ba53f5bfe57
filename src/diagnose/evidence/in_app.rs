//! The app file among the evidence: what was looked up in it once.

use crate::app::AppFile;
use crate::snippet::PushInApp;

/// An app file with what its code told.
#[derive(Clone, Debug)]
pub(crate) struct AppSeen {
    pub(crate) app: AppFile,
    /// What it holds of OPPO push.
    pub(crate) push: PushInApp,
    /// The channel in question, and whether the code holds its id; none where the file comes without code.
    pub(crate) channel: Option<(String, Option<bool>)>,
}
