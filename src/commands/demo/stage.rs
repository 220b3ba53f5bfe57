//! What the demo plays with: a sandbox, a phone, a user, a certificate, a store in memory; one of them broken on request.
//! What happens on it belongs to `story`.

use url::Url;

use super::super::context::Ctx;
use super::{Link, PATIENCE};
use crate::config::{Certificate, Profile, Region, sandbox_profile};
use crate::failure::{Failure, Kind, Problem};
use crate::im::{self, Server};
use crate::oppo::{Client, Credentials, Endpoints, Overrides};
use crate::sandbox::control::{Control, NewPhone};
use crate::sandbox::phone::{Activity, Phone};
use crate::services::sandbox::{SandboxServer, app_of, entry, phone_for, update_im_apps};
use crate::services::{caller, credentials};
use crate::store::Store;

/// The name of the demo's phone, with a number of its own where others may play on the same sandbox.
const PHONE: &str = "demo";

/// Who uses the phone.
const USER: &str = "alice";

pub(crate) struct Stage {
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
    /// What is broken by intent; the story has to find out by itself.
    pub(crate) broken: Option<Link>,
    embedded: Option<SandboxServer>,
}

impl Stage {
    /// Starts a sandbox in memory, or uses the one at `url`; adds the phone.
    pub(crate) async fn set(ctx: &Ctx, broken: Option<Link>, url: Option<&str>) -> Result<Stage, Failure> {
        let profile = sandbox_profile();
        let certificate = profile.certificate(None)?;
        let app = app_of(ctx, &profile, certificate)?;
        let (url, embedded) = match url {
            Some(url) => (elsewhere(url)?, None),
            None => {
                let embedded = SandboxServer::in_memory(ctx, std::slice::from_ref(&app)).await?;
                (embedded.url().to_owned(), Some(embedded))
            }
        };
        let control = Control::new(&url);
        control.put_app(&entry(&app)).await?;
        update_im_apps(ctx, &control, &profile).await?;
        let overrides = Overrides { all: Url::parse(&url).ok(), ..Overrides::default() };
        let endpoints = Endpoints::resolve(Region::Sandbox, &overrides)?;
        let mut credentials = credentials(ctx, certificate)?;
        if broken == Some(Link::Secret) {
            credentials.master_secret = wrong_secret(ctx, certificate)?;
        }
        let client = Client::new(endpoints, ctx.clock.clone(), PATIENCE)?;
        let im = im_client(ctx, &profile, &url)?;
        let store = Store::in_memory(ctx.clock.clone())?;
        let own = format!("{:06x}", rand::random::<u32>() >> 8);
        let user = if embedded.is_some() { USER.to_owned() } else { format!("{USER}-{own}") };
        // Last, so that nothing can fail between it and `clear`.
        let phone = control.add_phone(&new_phone(certificate, &own, broken)).await?;
        Ok(Stage { profile, url, control, client, im, credentials, store, phone, user, broken, embedded })
    }

    /// Takes the phone away again and stops the sandbox that was started here.
    pub(crate) async fn clear(self) {
        match self.embedded {
            Some(embedded) => embedded.close().await,
            // That it can't be removed is no news to somebody who has just watched the story.
            None => drop(self.control.remove_phone(&self.phone.name).await),
        }
    }
}

fn im_client(ctx: &Ctx, profile: &Profile, url: &str) -> Result<im::Client, Failure> {
    let server = Url::parse(url).expect("the address of a sandbox, or checked by `elsewhere`");
    let caller = caller(ctx, profile.im()?)?;
    Ok(im::Client::new(&Server::Endpoint(server), caller, ctx.clock.clone(), PATIENCE)?)
}

/// The classic mistake: AppSecret in the place of MasterSecret.
fn wrong_secret(ctx: &Ctx, certificate: &Certificate) -> Result<crate::config::Secret, Failure> {
    match &certificate.app_secret {
        Some(app_secret) => ctx.secret(app_secret),
        None => Ok(crate::config::Secret::new("not-the-master-secret")),
    }
}

fn new_phone(certificate: &Certificate, own: &str, broken: Option<Link>) -> NewPhone {
    let mut phone = phone_for(certificate, Some(format!("{PHONE}-{own}")));
    match broken {
        Some(Link::Channel) => phone.channels = Some(Vec::new()),
        Some(Link::Notifications) => phone.notifications = Some(false),
        Some(Link::Click) => {
            let class = certificate.click.value.value().unwrap_or_default();
            phone.activities = Some(vec![Activity::plain(class, false)]);
        }
        // These are broken by what happens on the phone, or do not happen.
        Some(Link::RegId | Link::Report | Link::CertificateId | Link::Logout | Link::Presence)
        | Some(Link::Secret)
        | None => {}
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
            let hint = "give what opush sandbox run prints, such as http://127.0.0.1:8765";
            Err(Problem::new(Kind::BadUrl, message, hint).at("--sandbox").into())
        }
    }
}

impl std::fmt::Debug for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stage").field("url", &self.url).field("broken", &self.broken).finish_non_exhaustive()
    }
}
