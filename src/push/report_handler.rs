//! Token reports that an app posts over HTTP: who may post them, where, and which are taken.

use super::bulk::{Target, report_json};
use super::reports::Reported;
use crate::config::{Profile, Secret};
use crate::failure::Failure;
use crate::listen::{Request, Response};
use crate::store::Store;
use crate::store::source::FactSource;
use serde_json::json;

/// The one path that takes reports.
pub(crate) const REPORT_PATH: &str = "/report";

pub(crate) struct ReportHandler {
    pub(crate) store: Store,
    pub(crate) profile: Profile,
    /// For reports that name no certificate.
    pub(crate) certificate: Option<i64>,
    pub(crate) token: Secret,
}

/// Why a request left no report.
pub(crate) enum NotTaken {
    /// It is not a report of a known app; with the answer.
    Request(Response),
    /// The report is not valid, or could not be stored.
    Report(Failure),
}

impl ReportHandler {
    pub(crate) fn take(&self, request: &Request) -> Result<Reported, NotTaken> {
        let text = self.body(request).map_err(NotTaken::Request)?;
        let certificates: Vec<i64> = self.profile.certificates.iter().map(|one| one.id.get()).collect();
        let target = Target {
            profile: &self.profile.name,
            region: self.profile.region.value,
            certificates: &certificates,
            certificate: self.certificate,
            source: FactSource::App,
        };
        report_json(&self.store, &target, text).map_err(NotTaken::Report)
    }

    fn body<'r>(&self, request: &'r Request) -> Result<&'r str, Response> {
        let refuse = |status, message: &str| Response::new(status, json!({ "error": message }));
        if !request.bears(self.token.reveal()) {
            return Err(
                refuse(401, "the bearer token is missing or wrong").with("www-authenticate", "Bearer")
            );
        }
        if request.path() != REPORT_PATH {
            return Err(refuse(404, "reports go to /report"));
        }
        if request.method != "POST" {
            return Err(refuse(405, "reports are posted").with("allow", "POST"));
        }
        std::str::from_utf8(&request.body).map_err(|_| refuse(400, "the body is not UTF-8"))
    }
}
