//! The paths of the control API, and what answers at each.

use std::sync::Arc;

use hyper::Method;

use super::super::due;
use super::super::moment::Moment;
use super::super::state::State;
use super::ask::{Ask, path_names, query};
use super::operations::PREFIX;
use super::refusal::{Answered, Refusal};
use super::token::ControlToken;
use super::{admin, bulk, clock, events, faults, guard, im, log, made, messages, phones, pictures, setup};
use crate::listen::{Fault, Request, Response};

/// Bytes of a request's body.
const BODY_BYTES: usize = 1 << 20;

/// Bytes of the body of a request to this path.
pub(crate) fn body_bytes(path: &str) -> usize {
    if path.ends_with("/phones/bulk") { bulk::BODY_BYTES } else { BODY_BYTES }
}

struct Route {
    method: Method,
    /// Below the prefix. A part in braces matches any text.
    path: &'static str,
    /// The parameters that its query may have.
    parameters: &'static [&'static str],
    handler: Handler,
}

/// Answers in one transaction, which a refusal does not roll back.
type Now = fn(&Ask<'_>, Moment<'_>) -> Answered;

enum Handler {
    Now(Now),
    /// Answers when a message comes.
    Wait,
    /// Answers with what happens, for as long as it is read.
    Events,
    /// Answers with a cookie.
    Session,
    /// Adds phones in many transactions.
    Bulk,
}

const fn get(path: &'static str, parameters: &'static [&'static str], handler: Now) -> Route {
    Route { method: Method::GET, path, parameters, handler: Handler::Now(handler) }
}

const fn at(method: Method, path: &'static str, handler: Now) -> Route {
    Route { method, path, parameters: &[], handler: Handler::Now(handler) }
}

const fn post(path: &'static str, handler: Now) -> Route {
    at(Method::POST, path, handler)
}

const ROUTES: &[Route] = &[
    get("/info", &[], admin::info),
    get("/openapi.json", &[], admin::openapi),
    post("/setup", setup::set_up),
    get("/apps", &[], admin::apps),
    at(Method::PUT, "/apps", admin::put_app),
    get("/calls", log::PARAMETERS, log::list),
    at(Method::DELETE, "/calls", log::clear),
    get("/calls/{id}", &[], log::show),
    get("/receipts", &["after", "message_id", "limit"], admin::receipts),
    post("/reset", admin::reset),
    get("/clock", &[], clock::show),
    at(Method::PUT, "/clock", clock::set),
    at(Method::DELETE, "/clock", clock::follow),
    post("/clock/advance", clock::advance),
    get("/saved", &["after", "limit"], made::list_saved),
    get("/broadcasts", &["after", "limit"], made::list_broadcasts),
    get("/pictures", &["after", "limit"], made::list_pictures),
    get("/pictures/{id}", &[], pictures::show),
    get("/phones", phones::PARAMETERS, phones::list),
    post("/phones", phones::add),
    Route { method: Method::POST, path: "/phones/bulk", parameters: &[], handler: Handler::Bulk },
    get("/phones/{name}", &[], phones::show),
    at(Method::PATCH, "/phones/{name}", phones::change),
    at(Method::DELETE, "/phones/{name}", phones::remove),
    post("/phones/{name}/register", phones::register),
    post("/phones/{name}/tap", phones::tap),
    post("/phones/{name}/dismiss", phones::dismiss),
    post("/phones/{name}/login", im::login),
    post("/phones/{name}/logout", im::logout),
    post("/phones/{name}/open", im::open),
    post("/phones/{name}/background", im::background),
    post("/phones/{name}/kill", im::kill),
    post("/phones/{name}/report", im::report),
    post("/phones/{name}/elapse", im::elapse),
    get("/faults", &[], faults::list),
    get("/faults/known", &[], faults::known),
    post("/faults", faults::set),
    at(Method::DELETE, "/faults", faults::clear_all),
    at(Method::DELETE, "/faults/{id}", faults::clear),
    get("/im/apps", &[], im::apps),
    at(Method::PUT, "/im/apps", im::put_app),
    get("/im/certificates", &[], im::certificates),
    at(Method::PUT, "/im/certificates", im::put_certificate),
    at(Method::DELETE, "/im/certificates/{sdk_app_id}/{id}", im::delete_certificate),
    at(Method::PUT, "/im/mutes", im::mute),
    get("/im/webhook", &[], im::webhook),
    at(Method::PUT, "/im/webhook", im::put_webhook),
    get("/im/callbacks", &["after", "limit"], im::callbacks),
    get("/pushes", &["after", "limit", "user"], im::pushes),
    get("/messages", messages::PARAMETERS, messages::list),
    Route {
        method: Method::GET,
        path: "/messages/wait",
        parameters: messages::WAIT_PARAMETERS,
        handler: Handler::Wait,
    },
    Route { method: Method::GET, path: "/events", parameters: &["after"], handler: Handler::Events },
    Route { method: Method::POST, path: "/session", parameters: &[], handler: Handler::Session },
];

/// Answers a request with a path that begins with [`PREFIX`]; `fault`: why its body did not come whole.
pub(crate) async fn answer(
    state: &Arc<State>,
    request: &Request,
    fault: Option<Fault>,
    token: Option<&ControlToken>,
) -> Response {
    let found = guard::check(request, token).and_then(|()| find(state, request, fault));
    let answered = match found {
        Ok((Handler::Now(handler), ask)) => in_transaction(*handler, &ask),
        Ok((Handler::Wait, ask)) => messages::wait(&ask).await,
        Ok((Handler::Events, ask)) => {
            let seen = request.header("last-event-id").filter(|id| !id.is_empty());
            events::follow(state, seen.or(ask.text("after")))
        }
        Ok((Handler::Session, _)) => guard::open_session(request, token),
        Ok((Handler::Bulk, ask)) => bulk::add(&ask).await,
        Err(refusal) => Err(refusal),
    };
    answered.unwrap_or_else(Refusal::response)
}

fn in_transaction(handler: Now, ask: &Ask<'_>) -> Answered {
    ask.state.with(|tx| {
        let at = ask.state.moment(tx);
        due::bring_about(at)?;
        match handler(ask, at) {
            Err(Refusal::Database(error)) => Err(error),
            answered => Ok(answered),
        }
    })?
}

fn find<'a>(
    state: &'a State,
    request: &'a Request,
    fault: Option<Fault>,
) -> Result<(&'static Handler, Ask<'a>), Refusal> {
    let path = request.path().strip_prefix(PREFIX).unwrap_or_default();
    let method = if request.method == Method::HEAD { &Method::GET } else { &request.method };
    let here: Vec<&Route> = ROUTES.iter().filter(|route| fits(route.path, path)).collect();
    if here.is_empty() {
        return Err(Refusal::not_found("no-such-path", "the control API has no such path"));
    }
    let Some(route) = here.iter().find(|route| route.method == *method) else {
        let allow = here.iter().map(|route| route.method.as_str()).collect::<Vec<_>>().join(", ");
        return Err(Refusal::WrongMethod { allow });
    };
    if let Some(fault) = fault {
        return Err(Refusal::incomplete(fault));
    }
    let names = path_names(route.path, path)?;
    let query = query(request.query().unwrap_or_default(), route.parameters)?;
    let host =
        request.headers.get(hyper::header::HOST).and_then(|host| host.to_str().ok()).map(str::to_owned);
    Ok((&route.handler, Ask { state, names, query, body: &request.body, host }))
}

fn fits(pattern: &str, path: &str) -> bool {
    pattern.split('/').count() == path.split('/').count()
        && pattern
            .split('/')
            .zip(path.split('/'))
            .all(|(part, given)| if part.starts_with('{') { !given.is_empty() } else { part == given })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::operations::{COMMON, OPERATIONS, REFUSALS};
    use super::*;

    #[test]
    fn the_document_has_each_route_with_its_parameters_and_nothing_else() {
        let names = |names: Vec<&'static str>| names.into_iter().collect::<BTreeSet<_>>();
        let of_route =
            |route: &Route| (route.method.to_string(), route.path, names(route.parameters.to_vec()));
        let routes: BTreeSet<_> = ROUTES.iter().map(of_route).collect();
        let described: BTreeSet<_> = OPERATIONS
            .iter()
            .map(|row| {
                let parameters = row.query.iter().map(|parameter| parameter.name).collect();
                (row.method.to_owned(), row.path, names(parameters))
            })
            .collect();
        assert_eq!(described, routes, "left: operations.rs, right: the routes");
        let ids: BTreeSet<_> = OPERATIONS.iter().map(|row| row.id).collect();
        assert_eq!(ids.len(), OPERATIONS.len(), "an operationId is there once");
    }

    #[test]
    fn each_refusal_of_an_operation_is_in_the_table_once() {
        let known: BTreeSet<_> = REFUSALS.iter().map(|(id, ..)| *id).collect();
        assert_eq!(known.len(), REFUSALS.len());
        let used = OPERATIONS.iter().flat_map(|row| row.refusals).chain(COMMON);
        assert!(used.clone().all(|id| known.contains(id)), "{:?}", used.collect::<Vec<_>>());
    }
}
