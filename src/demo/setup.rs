//! What the demo works with: a sandbox, a phone, a user, a certificate, a store in memory; one of them broken on request.

use std::time::Duration;

use url::Url;

use super::link::DemoLink;
use crate::config::{Certificate, Profile, Region, sandbox_profile};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::im::{self, Server};
use crate::oppo::{Client, Credentials, Endpoints, Overrides};
use crate::sandbox::control::{Control, NewPhone};
use crate::sandbox::phone::{Activity, Phone};
use crate::services::sandbox::{SandboxServer, app_of, control as control_of, phone_for, update_im_apps};
use crate::services::{caller, credentials};
use crate::session::Session;
use crate::store::Store;

/// Longest time for one call: everything is on this machine.
pub(super) const CALL_TIMEOUT: Duration = Duration::from_secs(10);

/// The name of the demo's phone, with a number of its own where others may play on the same sandbox.
const PHONE: &str = "demo";

/// Who uses the phone.
const USER: &str = "alice";

pub(crate) struct DemoSetup {
    pub(crate) profile: Profile,
    pub(crate) url: String,
    pub(crate) control: Control,
    pub(crate) client: Client,
    pub(crate) im: im::Client,
    pub(crate) credentials: Credentials,
    pub(crate) store: Store,
    pub(crate) phone: Phone,
    /// Who logs in on it. On a sandbox that runs elsewhere the name is new: its users stay out of the story.
    pub(crate) user: String,
    /// What is broken on purpose; the story has to find out by itself.
    pub(crate) broken: Option<DemoLink>,
    embedded: Option<SandboxServer>,
}

impl DemoSetup {
    /// Starts a sandbox in memory, or uses the one at `url`; adds the phone.
    pub(crate) async fn start(
        session: &Session,
        broken: Option<DemoLink>,
        url: Option<&str>,
    ) -> Result<DemoSetup, Failure> {
        let profile = sandbox_profile();
        let certificate = profile.certificate(None)?;
        let app = app_of(session, &profile, certificate)?;
        let (url, embedded) = match url {
            Some(url) => (elsewhere(url)?, None),
            None => {
                let embedded = SandboxServer::in_memory(session, std::slice::from_ref(&app)).await?;
                (embedded.url().to_owned(), Some(embedded))
            }
        };
        let control = control_of(session, &profile, &url)?;
        control.put_app(&app).await?;
        update_im_apps(session, &control, &profile).await?;
        let overrides = Overrides { all: Url::parse(&url).ok(), ..Overrides::default() };
        let endpoints = Endpoints::resolve(Region::Sandbox, &overrides)?;
        let mut credentials = credentials(session, &profile, certificate)?;
        if broken == Some(DemoLink::Secret) {
            credentials.master_secret = wrong_secret(session, &profile, certificate)?;
        }
        let client = Client::new(endpoints, session.clock.clone(), CALL_TIMEOUT)?;
        let im = im_client(session, &profile, &url)?;
        let store = Store::in_memory(session.clock.clone())?;
        let own = format!("{:06x}", rand::random::<u32>() >> 8);
        let user = if embedded.is_some() { USER.to_owned() } else { format!("{USER}-{own}") };
        // Last, so that nothing can fail between it and `stop`.
        let phone = control.add_phone(&new_phone(certificate, &own, broken)).await?;
        Ok(DemoSetup { profile, url, control, client, im, credentials, store, phone, user, broken, embedded })
    }

    /// Takes the phone away again and stops the sandbox that was started here.
    pub(crate) async fn stop(self) {
        match self.embedded {
            Some(embedded) => embedded.close().await,
            // That it can't be removed is not important to somebody who has just watched the story.
            None => drop(self.control.remove_phone(&self.phone.name).await),
        }
    }
}

fn im_client(session: &Session, profile: &Profile, url: &str) -> Result<im::Client, Failure> {
    let server = Url::parse(url).expect("the address of a sandbox, or checked by `elsewhere`");
    let caller = caller(session, profile)?;
    Ok(im::Client::new(&Server::Endpoint(server), None, caller, session.clock.clone(), CALL_TIMEOUT)?)
}

/// The classic mistake: AppSecret in the place of MasterSecret.
fn wrong_secret(
    session: &Session,
    profile: &Profile,
    certificate: &Certificate,
) -> Result<crate::config::Secret, Failure> {
    match &certificate.app_secret {
        Some(app_secret) => session.secret(profile, app_secret),
        None => Ok(crate::config::Secret::new("not-the-master-secret")),
    }
}

fn new_phone(certificate: &Certificate, own: &str, broken: Option<DemoLink>) -> NewPhone {
    let mut phone = phone_for(certificate, Some(format!("{PHONE}-{own}")));
    match broken {
        Some(DemoLink::Channel) => phone.channels = Some(Vec::new()),
        Some(DemoLink::Notifications) => phone.notifications = Some(false),
        Some(DemoLink::Click) => {
            let class = certificate.click.value.value().unwrap_or_default();
            phone.activities = Some(vec![Activity::plain(class, false)]);
        }
        // The others are broken by what happens later.
        _ => {}
    }
    phone
}

fn elsewhere(url: &str) -> Result<String, Failure> {
    let parsed =
        Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    match parsed {
        Some(_) => Ok(url.trim_end_matches('/').to_owned()),
        None => {
            let message = format!("{} is not the URL of a sandbox", crate::click::quoted(url));
            let hint = "give the URL of a running sandbox, such as http://127.0.0.1:8765";
            let hint = Remedy::run(hint, "sandbox run");
            Err(Problem::new(Kind::BadUrl, message, hint).at("--sandbox").into())
        }
    }
}
