//! The sender that really sends: the OPPO client with one certificate's credentials and the tokens of the state database.
//! How a request is made and repeated belongs to `oppo`.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::deliver::Sender;
use crate::config::Secret;
use crate::failure::{Explain, Kind, Problem};
use crate::oppo::lock::{self, Guard};
use crate::oppo::{
    CachedToken, CallError, Client, Credentials, Exchange, Push, Request, Sent, Target, TokenCache, TokenKey,
};
use crate::store::Store;
use crate::store::auth_tokens::{self, AuthToken, TokenOwner};

/// Auth tokens in the state database.
pub(crate) struct StoredTokens<'a> {
    store: &'a Store,
    /// Where the lock files lie; none for a store in memory, which no other process sees.
    folder: Option<PathBuf>,
    endpoint: String,
    app_key: String,
}

impl<'a> StoredTokens<'a> {
    /// `folder` is the state folder, where the lock files lie.
    pub(crate) fn new(
        store: &'a Store,
        folder: Option<&Path>,
        client: &Client,
        credentials: &Credentials,
    ) -> Self {
        StoredTokens {
            store,
            folder: folder.map(Path::to_owned),
            endpoint: client.endpoints().push.to_string(),
            app_key: credentials.app_key.clone(),
        }
    }
}

impl TokenCache for StoredTokens<'_> {
    fn get(&self, key: &TokenKey) -> Result<Option<CachedToken>, Problem> {
        let found = auth_tokens::auth_token(self.store, key.digest()).map_err(Explain::explain)?;
        Ok(found.map(|found| CachedToken { token: found.token, obtained_at: found.obtained_at }))
    }

    fn put(&self, key: &TokenKey, token: &CachedToken) -> Result<(), Problem> {
        let owner = TokenOwner { key_digest: key.digest(), endpoint: &self.endpoint, app_key: &self.app_key };
        let token = AuthToken { token: token.token.clone(), obtained_at: token.obtained_at };
        auth_tokens::put_auth_token(self.store, owner, &token).map_err(Explain::explain)
    }

    fn forget(&self, key: &TokenKey, token: &Secret) -> Result<(), Problem> {
        auth_tokens::forget_auth_token(self.store, key.digest(), token).map(|_| ()).map_err(Explain::explain)
    }

    fn try_lock(&self, key: &TokenKey) -> Result<Option<Guard>, Problem> {
        let Some(folder) = &self.folder else { return Ok(Some(Guard::unshared())) };
        lock::try_lock(folder, key).map_err(|error| {
            let message = format!("the lock for authenticating can't be taken: {error}");
            Problem::new(Kind::StateDatabase, message, "see that the state folder is yours and writable")
                .at(folder.display().to_string())
        })
    }
}

/// One certificate's way to OPPO.
pub(crate) struct OppoSender<'a> {
    client: &'a Client,
    credentials: Credentials,
    tokens: StoredTokens<'a>,
}

impl<'a> OppoSender<'a> {
    /// `folder` is the state folder, where the lock files lie; none for a store in memory.
    pub(crate) fn new(
        client: &'a Client,
        credentials: Credentials,
        store: &'a Store,
        folder: Option<&Path>,
    ) -> Self {
        let tokens = StoredTokens::new(store, folder, client, &credentials);
        OppoSender { client, credentials, tokens }
    }

    /// A token for a call of many, in the place of one that was refused.
    pub(crate) async fn token(&self, refused: Option<&Secret>) -> Result<Secret, CallError> {
        self.client.token_for_batch(&self.credentials, &self.tokens, refused).await
    }

    /// Forgets a token that was refused as soon as it was granted.
    pub(crate) fn forget(&self, token: &Secret) {
        self.client.forget_token(&self.credentials, &self.tokens, token);
    }

    pub(crate) fn client(&self) -> &Client {
        self.client
    }

    /// The request as it would go out, without its token; nothing is sent.
    pub(crate) fn planned(&self, target: &Target, notification: &Map<String, Value>) -> Exchange {
        let request =
            Request::unicast(self.client.endpoints(), &Secret::new(""), &push(target, notification));
        Exchange::planned(&request)
    }
}

fn push<'a>(target: &'a Target, notification: &'a Map<String, Value>) -> Push<'a> {
    Push { target, notification, verify_registration_id: false }
}

impl Sender for OppoSender<'_> {
    fn masked_request(&self, target: &Target, notification: &Map<String, Value>) -> String {
        describe(&self.planned(target, notification))
    }

    async fn unicast(&self, target: &Target, notification: &Map<String, Value>) -> Result<Sent, CallError> {
        self.client.unicast(&self.credentials, &self.tokens, &push(target, notification)).await
    }
}

/// A request as the history keeps it: the request line, the headers, and the form's fields as they are before encoding.
pub(super) fn describe(exchange: &Exchange) -> String {
    let mut lines = vec![format!("{} {}", exchange.method, exchange.url)];
    lines.extend(exchange.headers.iter().map(|(name, value)| format!("{name}: {value}")));
    lines.push(String::new());
    lines.extend(exchange.form.iter().map(|(name, value)| format!("{name}={value}")));
    lines.join("\n")
}
