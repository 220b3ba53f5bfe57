//! What OPPO says now: whether it accepts the credentials, and whether the regId is on its list of invalid ones.
//! Both only read: nothing is pushed.

use crate::config::{Certificate, Profile, Secret};
use crate::failure::Explain;
use crate::oppo::Credentials;
use crate::push::StoredTokens;
use crate::services::{OppoService, Setup};
use crate::session::Session;
use crate::store::Store;

use super::super::evidence::{AcceptedCredentials, Evidence, LiveAnswer, SecretLooks};

/// Asks OPPO about the certificate in question, if its secret can be got.
pub(crate) async fn oppo(session: &Session, store: &Store, profile: &Profile, evidence: &mut Evidence) {
    let Ok(certificate) = evidence.certificate_at_hand().cloned() else { return };
    let master = match session.secret(profile, &certificate.master_secret) {
        Ok(master) => master,
        Err(failure) => {
            let why = failure.problems().first().map_or("", |problem| problem.message.as_str());
            let why = format!("the MasterSecret can't be got: {why}");
            evidence.secret = failure.into();
            evidence.credentials = LiveAnswer::NotAsked(why.clone());
            evidence.on_invalid_list = LiveAnswer::NotAsked(why);
            return;
        }
    };
    // Only to see whether the two were mixed up; many profiles do not keep it.
    let app_secret = certificate.app_secret.as_ref().and_then(|secret| session.secret(profile, secret).ok());
    evidence.secret = LiveAnswer::Answered(looks(&certificate, &master, app_secret.as_ref()));
    let service = match OppoService::open(session, profile, Setup::LookOnly).await {
        Ok(service) => service,
        Err(failure) => {
            evidence.on_invalid_list = LiveAnswer::NotAsked("OPPO could not be asked".into());
            evidence.credentials = failure.into();
            return;
        }
    };
    let credentials = Credentials {
        app_id: certificate.app_id.value.clone(),
        app_key: certificate.app_key.value.clone(),
        master_secret: master,
    };
    ask(session, store, &service, &credentials, evidence).await;
    service.close().await;
}

async fn ask(
    session: &Session,
    store: &Store,
    service: &OppoService,
    credentials: &Credentials,
    evidence: &mut Evidence,
) {
    let client = &service.client;
    let cache = StoredTokens::new(store, Some(&session.paths.state_home), client, credentials);
    evidence.credentials = match client.verify(credentials, &cache).await {
        Ok(verified) => {
            LiveAnswer::Answered(AcceptedCredentials { clock: verified.clock, took: verified.elapsed })
        }
        Err(error) => LiveAnswer::Failed(error.explain()),
    };
    evidence.on_invalid_list = match (&evidence.credentials, evidence.reg_id()) {
        (LiveAnswer::Answered(_), Ok(reg_id)) => {
            let reg_id = reg_id.to_owned();
            match client.invalid_reg_ids(credentials, &cache).await {
                Ok(list) => LiveAnswer::Answered(list.reg_ids.contains(&reg_id)),
                Err(error) => LiveAnswer::Failed(error.explain()),
            }
        }
        (LiveAnswer::Answered(_), Err(_)) => LiveAnswer::NotAsked("no regId is known".into()),
        _ => LiveAnswer::NotAsked("OPPO did not accept the credentials".into()),
    };
}

fn looks(certificate: &Certificate, master: &Secret, app_secret: Option<&Secret>) -> SecretLooks {
    SecretLooks {
        equals_app_key: master.reveal() == certificate.app_key.value,
        equals_app_secret: app_secret.is_some_and(|app_secret| app_secret == master),
    }
}
