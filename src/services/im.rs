//! The way to a profile's IM server: its region's host, an endpoint, or the sandbox.

use url::Url;

use super::sandbox::{DOCUMENTED_URL, SandboxServer, Setup, running};
use crate::config::{ImSettings, Profile, Region};
use crate::failure::{Failure, Kind, Problem};
use crate::im::{Caller, Client, Server};
use crate::session::Session;

/// A client for one profile, and the sandbox that was started for it, if one was.
pub(crate) struct ImService {
    pub(crate) client: Client,
    sandbox: Option<SandboxServer>,
}

impl ImService {
    /// In region `sandbox` without an endpoint: the sandbox that runs, else one in this process until `close`.
    pub(crate) async fn open(session: &Session, profile: &Profile, setup: Setup) -> Result<Self, Failure> {
        let im = profile.im()?;
        let caller = caller(session, profile)?;
        let mut sandbox = None;
        let server = match configured(profile, im) {
            Some(server) => server,
            None if profile.region.value == Region::Sandbox => {
                let found = SandboxServer::find(session, profile, setup).await?;
                let server = endpoint(found.url());
                sandbox = Some(found);
                server
            }
            None => return Err(no_server(profile)),
        };
        let ca_file = session.ca_file(session.configuration()?, profile)?;
        let client =
            Client::new(&server, ca_file.as_ref(), caller, session.clock.clone(), session.timeout())?;
        Ok(ImService { client, sandbox })
    }

    /// Where its calls go, without any.
    pub(crate) fn url(session: &Session, profile: &Profile) -> Result<Url, Failure> {
        Self::server(session, profile).map(|server| server.url())
    }

    fn server(session: &Session, profile: &Profile) -> Result<Server, Failure> {
        match configured(profile, profile.im()?) {
            Some(server) => Ok(server),
            None if profile.region.value == Region::Sandbox => {
                Ok(endpoint(running(session).as_deref().unwrap_or(DOCUMENTED_URL)))
            }
            None => Err(no_server(profile)),
        }
    }

    /// The same for a request that is only shown: nothing is started, and nothing asked.
    pub(crate) fn without_network(session: &Session, profile: &Profile) -> Result<Client, Failure> {
        let im = profile.im()?;
        let server = Self::server(session, profile)?;
        let secret_key = crate::config::Secret::new("");
        let caller = Caller { sdk_app_id: im.sdk_app_id.value, admin: im.admin.value.clone(), secret_key };
        Ok(Client::new(&server, None, caller, session.clock.clone(), session.timeout())?)
    }

    /// Stops the sandbox if it was started here.
    pub(crate) async fn close(self) {
        if let Some(sandbox) = self.sandbox {
            sandbox.close().await;
        }
    }
}

/// The caller; the secret key is got here, because it is used now.
pub(crate) fn caller(session: &Session, profile: &Profile) -> Result<Caller, Failure> {
    let im = profile.im()?;
    Ok(Caller {
        sdk_app_id: im.sdk_app_id.value,
        admin: im.admin.value.clone(),
        secret_key: session.secret(profile, &im.secret_key)?,
    })
}

/// What the configuration says of the server. In region `sandbox` the profile's own endpoint is the sandbox.
fn configured(profile: &Profile, im: &ImSettings) -> Option<Server> {
    let sandbox = profile.region.value == Region::Sandbox;
    let of_profile = profile.endpoints.push.as_ref().filter(|_| sandbox);
    match (im.endpoint.as_ref().or(of_profile), &im.region) {
        (Some(url), _) => Some(endpoint(&url.value)),
        (None, region) => region.as_ref().map(|region| Server::Region(region.value)),
    }
}

fn endpoint(url: &str) -> Server {
    // The configuration has validated it; a sandbox's own address is one too.
    Server::Endpoint(Url::parse(url).expect("a validated URL"))
}

fn no_server(profile: &Profile) -> Failure {
    let table = format!("[profile.{}.im]", profile.name);
    let message = format!("{table} does not say where the IM server is");
    let hint = "add region = \"singapore\" or another: china, seoul, frankfurt, silicon-valley, jakarta";
    Problem::new(Kind::MissingKey, message, hint).at(table).into()
}
