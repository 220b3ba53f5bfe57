//! Opens what a diagnosis asks, and lets `diagnose` gather. What can't be opened is evidence too, no failure.
//! Nothing is told to a sandbox, and no state database is made where there is none.

use super::super::context::{Ctx, block_on};
use super::super::im::Service;
use super::super::vendor::Vendor;
use crate::config::{Certificate, Origin, Profile};
use crate::diagnose::Evidence;
use crate::diagnose::evidence::Asked;
use crate::diagnose::gather::{self, Credentials};
use crate::failure::{Failure, Kind, Problem};
use crate::push::StoredTokens;
use crate::store::Store;

/// Everything that the checks look at.
pub fn evidence(ctx: &Ctx, asked: Asked) -> Result<Evidence, Failure> {
    let now = ctx.clock.now();
    let profile = match ctx.profile() {
        Ok(profile) => profile,
        // A name that nobody has is a mistake on the command line, not a broken link.
        Err(failure) if failure.problems().iter().any(|one| one.kind == Kind::UnknownProfile) => {
            return Err(failure);
        }
        Err(failure) => return Ok(gather::nothing(now, asked, String::new(), failure.into_problems())),
    };
    let store = store(ctx)?;
    let mut evidence = gather::kept(&store, now, asked, configured_by(ctx, &profile), &profile)?;
    let credentials = evidence.certificate_at_hand().ok().map(|certificate| credentials(ctx, certificate));
    block_on(async {
        if let Some(credentials) = &credentials {
            let vendor = Vendor::look(ctx, &profile).await;
            let client = vendor.as_ref().map(|vendor| &vendor.client).map_err(first);
            let tokens = |credentials: &crate::oppo::Credentials| {
                let client = &vendor.as_ref().expect("asked for only with a client").client;
                StoredTokens::new(&store, Some(&ctx.paths.state_home), client, credentials)
            };
            gather::oppo(&mut evidence, credentials, client, tokens).await;
            if let Ok(vendor) = vendor {
                vendor.close().await;
            }
        }
        if profile.im.is_none() {
            gather::im_server(&mut evidence, None).await;
            return Ok(());
        }
        let service = Service::look(ctx, &profile).await;
        let client = service.as_ref().map(|service| &service.client).map_err(first);
        gather::im_server(&mut evidence, Some(client)).await;
        if let Ok(service) = service {
            service.close().await;
        }
        Ok(())
    })?;
    Ok(evidence)
}

/// The state database; an empty one in memory where none was made yet.
fn store(ctx: &Ctx) -> Result<Store, Failure> {
    match ctx.paths.state_home.join("state.db").exists() {
        true => ctx.store(),
        false => Ok(Store::in_memory(ctx.clock.clone())?),
    }
}

fn credentials(ctx: &Ctx, certificate: &Certificate) -> Credentials {
    Credentials {
        master: ctx.secret(&certificate.master_secret).map_err(|failure| first(&failure)),
        app_secret: certificate.app_secret.as_ref().and_then(|secret| ctx.secret(secret).ok()),
    }
}

fn configured_by(ctx: &Ctx, profile: &Profile) -> String {
    match &profile.origin {
        Origin::File(file) => file.clone(),
        Origin::Environment => "environment variables".into(),
        Origin::BuiltIn => {
            ctx.detail("the sandbox profile is built in");
            "what is built in".into()
        }
    }
}

fn first(failure: &Failure) -> Problem {
    failure.problems().first().cloned().expect("a failure has at least one problem")
}
