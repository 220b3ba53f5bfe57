//! The way to a profile's IM server: its region's host, an endpoint, or the sandbox.
//! How the sandbox is found or started belongs to `commands/sandbox`; requests belong to `im`.

use url::Url;

use super::super::context::Ctx;
use super::super::sandbox::Embedded;
use crate::config::{ImSettings, Profile, Region};
use crate::failure::{Failure, Kind, Problem};
use crate::im::{Caller, Client, Server};

/// Where the documents' sandbox is, for requests that are only shown.
const DOCUMENTED: &str = "http://127.0.0.1:8765";

/// A client for one profile, and the sandbox that was started for it, if one was.
pub(crate) struct Service {
    pub(crate) client: Client,
    sandbox: Option<Embedded>,
}

impl Service {
    pub(crate) async fn open(ctx: &Ctx, profile: &Profile) -> Result<Service, Failure> {
        Self::reach(ctx, profile, true).await
    }

    /// The same, but a sandbox that runs is not told of the profile's IM app: for whoever looks at what it knows.
    pub(crate) async fn look(ctx: &Ctx, profile: &Profile) -> Result<Service, Failure> {
        Self::reach(ctx, profile, false).await
    }

    async fn reach(ctx: &Ctx, profile: &Profile, tell: bool) -> Result<Service, Failure> {
        let im = profile.im()?;
        let caller = caller(ctx, im)?;
        let mut sandbox = None;
        let server = match written(profile, im) {
            Some(server) => server,
            None if profile.region.value == Region::Sandbox => {
                let embedded = Embedded::find(ctx, profile, tell).await?;
                let server = endpoint(embedded.url());
                sandbox = Some(embedded);
                server
            }
            None => return Err(nowhere(profile)),
        };
        let client = Client::new(&server, caller, ctx.clock.clone(), ctx.timeout())?;
        Ok(Service { client, sandbox })
    }

    /// Where its calls go, without any.
    pub(crate) fn place(ctx: &Ctx, profile: &Profile) -> Result<Url, Failure> {
        Self::server(ctx, profile).map(|server| server.url())
    }

    fn server(ctx: &Ctx, profile: &Profile) -> Result<Server, Failure> {
        match written(profile, profile.im()?) {
            Some(server) => Ok(server),
            None if profile.region.value == Region::Sandbox => {
                Ok(endpoint(Embedded::registered(ctx).as_deref().unwrap_or(DOCUMENTED)))
            }
            None => Err(nowhere(profile)),
        }
    }

    /// The same for a request that is only shown: nothing is started, and nothing asked.
    pub(crate) fn without_network(ctx: &Ctx, profile: &Profile) -> Result<Client, Failure> {
        let im = profile.im()?;
        let server = Self::server(ctx, profile)?;
        let secret_key = crate::config::Secret::new("");
        let caller = Caller { sdk_app_id: im.sdk_app_id.value, admin: im.admin.value.clone(), secret_key };
        Ok(Client::new(&server, caller, ctx.clock.clone(), ctx.timeout())?)
    }

    /// Stops the sandbox if it was started here.
    pub(crate) async fn close(self) {
        if let Some(sandbox) = self.sandbox {
            sandbox.close().await;
        }
    }
}

/// The caller; the secret key is got here, because it is used now.
pub(crate) fn caller(ctx: &Ctx, im: &ImSettings) -> Result<Caller, Failure> {
    Ok(Caller {
        sdk_app_id: im.sdk_app_id.value,
        admin: im.admin.value.clone(),
        secret_key: ctx.secret(&im.secret_key)?,
    })
}

/// What the configuration says of the server. In region `sandbox` the profile's own endpoint is the sandbox.
fn written(profile: &Profile, im: &ImSettings) -> Option<Server> {
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

fn nowhere(profile: &Profile) -> Failure {
    let table = format!("[profile.{}.im]", profile.name);
    let message = format!("{table} does not say where the IM server is");
    let hint = "add region = \"singapore\" or another: china, seoul, frankfurt, silicon-valley, jakarta";
    Problem::new(Kind::MissingKey, message, hint).at(table).into()
}
