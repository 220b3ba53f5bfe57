//! A picture at OPPO: the id that is kept of an earlier upload of the same bytes, else a new upload.

use std::time::Duration;

use crate::clock::Timestamp;
use crate::failure::{Explain, Failure, Kind, Problem, Warning};
use crate::oppo::{CallError, Client, Credentials, Exchange, Picture, Question, TokenCache};
use crate::store::Store;
use crate::store::pictures::{self as table, KeptPicture, PictureKey};

/// Longer than any notification needs.
const LONGEST_TTL: Duration = Duration::from_secs(3650 * 24 * 60 * 60);

/// A picture that OPPO has.
#[derive(Debug)]
pub(crate) struct Uploaded {
    pub(crate) picture_id: String,
    /// Until when OPPO keeps it, as it was asked to.
    pub(crate) over_at: Timestamp,
    /// An earlier upload of the same bytes; nothing was sent.
    pub(crate) cached: bool,
    pub(crate) exchanges: Vec<Exchange>,
    pub(crate) warnings: Vec<Warning>,
}

/// How an upload is wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UploadWish {
    /// Whole seconds, see [`ttl_problem`].
    pub(crate) ttl: Duration,
    /// Also where an earlier upload is still kept.
    pub(crate) again: bool,
}

/// What is wrong with a time to keep a picture.
pub(crate) fn ttl_problem(ttl: Duration) -> Option<Problem> {
    let hint = "give whole seconds, such as 30d";
    if ttl.is_zero() || ttl > LONGEST_TTL || ttl.subsec_nanos() != 0 {
        let message = "the time to keep a picture is from 1s to 3650d, in whole seconds";
        return Some(Problem::new(Kind::OutOfRange, message, hint));
    }
    None
}

/// Why there is no picture: the call failed with these requests made, or something of this machine.
#[derive(Debug)]
pub(crate) struct NotUploaded {
    pub(crate) failure: Failure,
    pub(crate) exchanges: Vec<Exchange>,
}

/// The id of the picture for the app of these credentials.
pub(crate) async fn upload(
    store: &Store,
    client: &Client,
    (credentials, tokens): (&Credentials, &dyn TokenCache),
    picture: &Picture,
    wish: UploadWish,
) -> Result<Uploaded, NotUploaded> {
    let here = |failure: Failure| NotUploaded { failure, exchanges: Vec::new() };
    let endpoint = client.endpoints().push.to_string();
    let key = PictureKey {
        endpoint: &endpoint,
        app_id: &credentials.app_id,
        kind: picture.kind.as_str(),
        digest: &picture.digest,
    };
    let kept = table::find(store, key).map_err(|error| here(error.into()))?;
    if let Some(KeptPicture { picture_id, over_at }) = kept.filter(|_| !wish.again) {
        return Ok(Uploaded {
            picture_id,
            over_at,
            cached: true,
            exchanges: Vec::new(),
            warnings: picture.warnings.clone(),
        });
    }
    let begun_at = store.now();
    let question = Question::upload(picture, wish.ttl);
    let answered = client.ask(credentials, tokens, &question).await.map_err(|error| {
        let CallError { cause, exchanges } = error;
        NotUploaded { failure: cause.explain().into(), exchanges }
    })?;
    let Some(picture_id) = answered.picture_id(picture.kind) else {
        let message = "OPPO answered success to the upload, but without an id of the picture";
        let hint = "upload it again; the answer is shown with --verbose";
        let failure = Problem::new(Kind::BadAnswer, message, hint).into();
        return Err(NotUploaded { failure, exchanges: answered.exchanges });
    };
    let over_at = begun_at.checked_add(wish.ttl).unwrap_or(Timestamp::MAX);
    let mut warnings = picture.warnings.clone();
    let kept = KeptPicture { picture_id: picture_id.clone(), over_at };
    if let Err(error) = table::put(store, key, &kept) {
        let message = format!("the id of the picture could not be kept: {error}");
        warnings.push(Warning::new(message, error.explain().hint).with_id("not-recorded"));
    }
    Ok(Uploaded { picture_id, over_at, cached: false, exchanges: answered.exchanges, warnings })
}
