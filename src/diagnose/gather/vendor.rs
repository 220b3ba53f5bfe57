//! What OPPO says now: whether it accepts the credentials, and whether the regId is on its list of invalid ones.
//! Both only read: nothing is pushed.

use crate::config::{Certificate, Secret};
use crate::failure::{Explain, Problem};
use crate::oppo::{self, Client, TokenCache};

use super::super::evidence::{AcceptedCredentials, Evidence, LiveAnswer, SecretLooks};

/// The certificate's secrets, as far as they could be got.
pub(crate) struct Credentials {
    pub(crate) master: Result<Secret, Problem>,
    /// Only to see whether the two were mixed up; many profiles do not keep it.
    pub(crate) app_secret: Option<Secret>,
}

/// Asks OPPO about the certificate in question. `client` is a problem where not even an address was found.
pub(crate) async fn oppo<C: TokenCache>(
    evidence: &mut Evidence,
    credentials: &Credentials,
    client: Result<&Client, Problem>,
    tokens: impl Fn(&oppo::Credentials) -> C,
) {
    let Ok(certificate) = evidence.certificate_at_hand().cloned() else { return };
    let master = match &credentials.master {
        Ok(master) => master,
        Err(problem) => {
            let why = format!("the MasterSecret can't be got: {}", problem.message);
            evidence.secret = LiveAnswer::Failed(problem.clone());
            evidence.credentials = LiveAnswer::NotAsked(why.clone());
            evidence.on_invalid_list = LiveAnswer::NotAsked(why);
            return;
        }
    };
    evidence.secret = LiveAnswer::Answered(looks(&certificate, master, credentials.app_secret.as_ref()));
    let client = match client {
        Ok(client) => client,
        Err(problem) => {
            evidence.on_invalid_list = LiveAnswer::NotAsked("OPPO could not be asked".into());
            evidence.credentials = LiveAnswer::Failed(problem);
            return;
        }
    };
    let credentials = oppo::Credentials {
        app_id: certificate.app_id.value.clone(),
        app_key: certificate.app_key.value.clone(),
        master_secret: master.clone(),
    };
    let cache = tokens(&credentials);
    evidence.credentials = match client.verify(&credentials, &cache).await {
        Ok(verified) => {
            LiveAnswer::Answered(AcceptedCredentials { clock: verified.clock, took: verified.elapsed })
        }
        Err(error) => LiveAnswer::Failed(error.explain()),
    };
    evidence.on_invalid_list = match (&evidence.credentials, evidence.reg_id()) {
        (LiveAnswer::Answered(_), Ok(reg_id)) => {
            let reg_id = reg_id.to_owned();
            match client.invalid_reg_ids(&credentials, &cache).await {
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
