//! Whether users are accounts of the app, and voiding a user's login (IM reference, section 8).
//! What a kick means for pushes belongs to `push`.

use serde_json::json;

use super::client::commands::{ACCOUNT_CHECK, KICK};
use super::envelope::{int, objects, text};
use super::{Client, ImError, Refusal};

/// Users in one request of `account_check`.
pub(crate) const BATCH: usize = 100;

/// What the server says of one user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AccountState {
    pub(crate) user: String,
    /// Whether the user is imported.
    pub(crate) imported: Result<bool, Refusal>,
}

impl Client {
    /// Whether each user is imported, in the order asked; in batches, paced.
    pub(crate) async fn accounts(&self, users: &[String]) -> Result<Vec<AccountState>, ImError> {
        let mut all = Vec::with_capacity(users.len());
        for (number, batch) in users.chunks(BATCH).enumerate() {
            if number > 0 {
                ACCOUNT_CHECK.pace().await;
            }
            let items: Vec<_> = batch.iter().map(|user| json!({ "UserID": user })).collect();
            let answer = self.call(ACCOUNT_CHECK, &json!({ "CheckItem": items })).await?;
            for user in batch {
                let found = objects(&answer.body, "ResultItem")
                    .find(|entry| text(entry.get("UserID")).as_ref() == Some(user))
                    .and_then(|entry| {
                        let code = int(entry.get("ResultCode")).unwrap_or(0);
                        if code != 0 {
                            let info = text(entry.get("ResultInfo")).unwrap_or_default();
                            return Some(Err(Refusal { path: ACCOUNT_CHECK.path, code, info }));
                        }
                        match text(entry.get("AccountStatus"))?.as_str() {
                            "Imported" => Some(Ok(true)),
                            "NotImported" => Some(Ok(false)),
                            _ => None,
                        }
                    });
                let imported =
                    found.ok_or_else(|| self.lacks(ACCOUNT_CHECK, &format!("the account of {user:?}")))?;
                all.push(AccountState { user: user.clone(), imported });
            }
        }
        Ok(all)
    }

    /// Ends the user's login everywhere and voids the UserSigs made before.
    pub(crate) async fn kick(&self, user: &str) -> Result<(), ImError> {
        self.call(KICK, &json!({ "UserID": user })).await.map(|_| ())
    }
}
