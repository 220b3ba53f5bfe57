//! The way to a profile's OPPO PUSH: the real service, one at an endpoint, or the sandbox.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::sandbox::{DOCUMENTED_URL, SandboxServer, Setup, control, running};
use crate::config::{Certificate, Field, Profile, Region, Sourced, credentials};
use crate::failure::{Failure, Remedy, Warning};
use crate::oppo::{Client, Credentials, Endpoints, Exchange, Overrides};
use crate::push::{OppoSender, StoredTokens};
use crate::sandbox::control::Control;
use crate::session::Session;
use crate::store::Store;

/// A client for one profile, and the sandbox that was started for it, if one was.
pub(crate) struct OppoService {
    pub(crate) client: Client,
    sandbox: Option<SandboxServer>,
}

impl OppoService {
    /// For region `sandbox` without an endpoint: the sandbox that runs, else one in this process until `close`.
    pub(crate) async fn open(session: &Session, profile: &Profile, setup: Setup) -> Result<Self, Failure> {
        let ca_file = session.ca_file(session.configuration()?, profile)?;
        let mut overrides = Overrides { ca_file, ..overrides(profile) };
        let mut sandbox = None;
        if profile.region.value == Region::Sandbox && overrides.push.is_none() {
            let server = SandboxServer::find(session, profile, setup).await?;
            overrides.all = Url::parse(server.url()).ok();
            sandbox = Some(server);
        }
        let endpoints = Endpoints::resolve(profile.region.value, &overrides)?;
        let client = Client::new(endpoints, session.clock.clone(), session.timeout())?;
        Ok(OppoService { client, sandbox })
    }

    pub(crate) fn sender<'a>(
        &'a self,
        session: &Session,
        store: &'a Store,
        credentials: Credentials,
    ) -> OppoSender<'a> {
        OppoSender::new(&self.client, credentials, store, Some(&session.paths.state_home))
    }

    /// Its auth tokens in the state database.
    pub(crate) fn tokens<'s>(
        &self,
        session: &Session,
        store: &'s Store,
        credentials: &Credentials,
    ) -> StoredTokens<'s> {
        StoredTokens::new(store, Some(&session.paths.state_home), &self.client, credentials)
    }

    /// The control API of the sandbox that it leads to; there is no answer if it is not a sandbox.
    pub(crate) fn control(&self, session: &Session, profile: &Profile) -> Result<Control, Failure> {
        control(session, profile, self.client.endpoints().push.as_str().trim_end_matches('/'))
    }

    /// Stops the sandbox if it was started here.
    pub(crate) async fn close(self) {
        if let Some(sandbox) = self.sandbox {
            sandbox.close().await;
        }
    }
}

/// The credentials of each of these certificates that the profile has.
pub(crate) fn credentials_by_id(
    session: &Session,
    profile: &Profile,
    ids: BTreeSet<i64>,
) -> Result<BTreeMap<i64, Credentials>, Failure> {
    let known = ids.into_iter().filter_map(|id| Some((id, profile.find_id(id)?)));
    known.map(|(id, certificate)| Ok((id, credentials(session, profile, certificate)?))).collect()
}

/// The credentials of a certificate; its secret is got here, because it is used now.
pub(crate) fn credentials(
    session: &Session,
    profile: &Profile,
    certificate: &Certificate,
) -> Result<Credentials, Failure> {
    let credentials = Credentials {
        app_id: certificate.app_id.value.clone(),
        app_key: certificate.app_key.value.clone(),
        master_secret: session.secret(profile, &certificate.master_secret)?,
    };
    warn_of_oddities(session, certificate, &credentials);
    Ok(credentials)
}

/// The check that `cert add` makes of what is typed, for what a file, a variable or a command gave.
fn warn_of_oddities(session: &Session, certificate: &Certificate, credentials: &Credentials) {
    let values = [
        (Field::MasterSecret, credentials.master_secret.reveal(), &certificate.master_secret.source),
        (Field::AppKey, &credentials.app_key, &certificate.app_key.source),
        (Field::AppId, &credentials.app_id, &certificate.app_id.source),
    ];
    for (field, value, source) in values {
        let other = |other| {
            (field == Field::MasterSecret && other == Field::AppKey).then_some(credentials.app_key.as_str())
        };
        if let Some(oddity) = credentials::oddity(field, value, other) {
            let hint =
                Remedy::run("compare it with OPPO's console", "cert show <ID>").with("ID", &certificate.id);
            session.add_warning(Warning::new(oddity, hint).at(source.to_string()));
        }
    }
}

/// Remarks every request that was made and how it was answered, secrets masked.
pub(crate) fn remark_exchanges(session: &Session, exchanges: &[Exchange]) {
    for exchange in exchanges {
        let number = if exchange.number > 1 { format!(" (try {})", exchange.number) } else { String::new() };
        session.add_detail(format!("{} {}{number}", exchange.method, exchange.url));
        let took = exchange.elapsed.as_millis();
        match (&exchange.failure, exchange.status) {
            (Some(why), _) => session.add_detail(format!("  {why}, {took} ms")),
            (None, Some(status)) => session.add_detail(format!("  HTTP {status}, {took} ms")),
            (None, None) => {}
        }
        if let Some(answer) = &exchange.answer {
            session.add_detail(format!("  {answer}"));
        }
    }
}

/// Where a request would go, without starting or asking anything: for a sandbox that does not run, the address that
/// its documents use.
pub(crate) fn endpoints_without_network(session: &Session, profile: &Profile) -> Result<Endpoints, Failure> {
    let mut overrides = overrides(profile);
    if profile.region.value == Region::Sandbox && overrides.push.is_none() {
        let url = running(session).unwrap_or_else(|| DOCUMENTED_URL.into());
        overrides.all = Url::parse(&url).ok();
    }
    Ok(Endpoints::resolve(profile.region.value, &overrides)?)
}

fn overrides(profile: &Profile) -> Overrides {
    // The configuration has validated them; each is a URL.
    let url = |endpoint: &Option<Sourced<String>>| {
        endpoint.as_ref().and_then(|endpoint| Url::parse(&endpoint.value).ok())
    };
    let endpoints = &profile.endpoints;
    Overrides {
        all: None,
        ca_file: None,
        push: url(&endpoints.push),
        device: url(&endpoints.device),
        media: url(&endpoints.media),
        feedback: url(&endpoints.feedback),
    }
}
