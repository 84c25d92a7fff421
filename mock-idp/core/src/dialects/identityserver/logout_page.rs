//! The logout page of the host, as the samples have it: it asks where it must, signs off, and says so.

use std::collections::VecDeque;

use super::antiforgery;
use super::back_channel;
use super::context::{LogoutContext, Notice};
use super::pages::{self, LoggedOut};
use super::{LOGGED_OUT_PAGE, Version, at, cookies};
use crate::call::Turn;
use crate::http::Response;
use crate::journal::Event;
use crate::policy::{Asking, Outcome};
use crate::realm::{Incoming, Realm};
use crate::sessions::Session;
use crate::uri;

/// Answers a request for the logout page.
pub(super) fn respond(realm: &mut Realm, incoming: &Incoming) -> Turn {
    match incoming.request.method.as_str() {
        "GET" => arrive(realm, incoming),
        "POST" => confirm(realm, incoming),
        _ => Response::empty(405).into(),
    }
}

/// What a sign-off is about to do.
struct Leaving {
    /// The `logoutId`, if it stands for something.
    id: Option<String>,
    context: Option<LogoutContext>,
    session: Option<Session>,
}

impl Leaving {
    fn of(realm: &mut Realm, incoming: &Incoming, id: Option<&str>) -> Self {
        let contexts = &realm.store.identity_server.contexts;
        let context = id.and_then(|id| contexts.find(id)).cloned();
        Self {
            id: id.filter(|_| context.is_some()).map(str::to_owned),
            context,
            session: realm.session(incoming),
        }
    }
}

fn arrive(realm: &mut Realm, incoming: &Incoming) -> Turn {
    let leaving = Leaving::of(realm, incoming, incoming.query.text("logoutId"));
    let asks = leaving.session.is_some()
        && realm.tenant.identity_server.show_logout_prompt
        && wants_question(realm.policy.asking, leaving.context.as_ref());
    if !asks {
        return sign_out(realm, incoming, leaving);
    }
    let token = antiforgery::issue(realm, incoming);
    let page = pages::question(realm, &token, leaving.id.as_deref());
    token.on(realm, page).into()
}

/// `ShowSignoutPrompt`: only a good hint, whose client the context then has, makes the question needless.
fn wants_question(asking: Asking, context: Option<&LogoutContext>) -> bool {
    match asking {
        Asking::Always => true,
        Asking::Never => false,
        Asking::UnlessHintIsGood
        | Asking::UnlessHintIsAboutTheUser
        | Asking::UnlessHintIsOfTheSession => {
            context.is_none_or(|context| context.client.is_none())
        }
    }
}

/// The answer to the question.
fn confirm(realm: &mut Realm, incoming: &Incoming) -> Turn {
    let form = incoming.parameters();
    let confirmation = realm.policy.confirmation.clone();
    if !antiforgery::is_genuine(realm, incoming, &form, confirmation.bound) {
        return Response::empty(400).into();
    }
    let id = form.text("LogoutId").or(form.text("logoutId"));
    let mut leaving = Leaving::of(realm, incoming, id);
    match confirmation.outcome {
        Outcome::AsAskedFor | Outcome::AsAskedLast | Outcome::AsPostedBack => {}
        Outcome::ContextForgotten => {
            leaving.id = None;
            leaving.context = None;
        }
        Outcome::ErrorWithoutTarget => {
            let target = leaving
                .context
                .as_ref()
                .and_then(|context| context.target.as_ref());
            if target.is_none() {
                return Response::empty(400).into();
            }
        }
    }
    sign_out(realm, incoming, leaving)
}

/// Ends the session, and shows that it has ended.
fn sign_out(realm: &mut Realm, incoming: &Incoming, leaving: Leaving) -> Turn {
    let Leaving {
        mut id,
        context,
        session,
    } = leaving;
    // Before the cookie is gone: afterwards nobody knows whom to tell.
    let notice = Notice::of(realm, context.as_ref(), session.as_ref());
    let mut calls = VecDeque::new();
    if let Some(session) = &session {
        if id.is_none() {
            id = remembered(realm, session);
        }
        calls = back_channel::calls(realm, session, incoming.now);
        end(realm, session);
    }
    let response = match Version::of(&realm.tenant) {
        Version::Four => show(realm, context.as_ref(), notice),
        Version::Seven | Version::Eight => {
            Response::redirect(302, &logged_out_address(realm, id, context))
        }
    };
    let response = if session.is_some() && realm.policy.ending.cookie_expires {
        cookies::expire(realm, response)
    } else {
        response
    };
    back_channel::told_before(calls, response)
}

/// A context of the session alone, for the page that follows.
fn remembered(realm: &mut Realm, session: &Session) -> Option<String> {
    let context = LogoutContext::of_session(realm, session);
    if !context.has_payload() {
        return None;
    }
    let id = realm.random.opaque();
    realm
        .store
        .identity_server
        .contexts
        .put(id.clone(), context);
    Some(id)
}

/// A session that is in its cookie alone ends with the cookie.
fn end(realm: &mut Realm, session: &Session) {
    if realm.policy.ending.session_ends {
        realm.end_session(&session.id);
    } else {
        realm.events.push(Event::SessionEnded {
            session: session.id.clone(),
            user: session.user.clone(),
        });
    }
}

fn logged_out_address(realm: &Realm, id: Option<String>, context: Option<LogoutContext>) -> String {
    let state = context.and_then(|context| context.state_of_own_page);
    let id = id.map(String::into_bytes);
    let named = [("logoutId", id), ("state", state)];
    let parameters: Vec<_> = named
        .iter()
        .filter_map(|(name, value)| Some((*name, value.as_deref()?)))
        .collect();
    uri::with_parameters(at(realm, LOGGED_OUT_PAGE).as_bytes(), &parameters)
}

/// The page that Duende's samples go on to.
pub(super) fn logged_out(realm: &mut Realm, incoming: &Incoming) -> Response {
    let Leaving {
        context, session, ..
    } = Leaving::of(realm, incoming, incoming.query.text("logoutId"));
    let notice = Notice::of(realm, context.as_ref(), session.as_ref());
    incoming.document(show(realm, context.as_ref(), notice))
}

fn show(realm: &mut Realm, context: Option<&LogoutContext>, notice: Option<Notice>) -> Response {
    let frame = notice.map(|notice| {
        let id = realm.random.opaque();
        let address = at(realm, "/connect/endsession/callback");
        let address = uri::with_parameters(address.as_bytes(), &[("endSessionId", id.as_bytes())]);
        realm.store.identity_server.notices.put(id, notice);
        address
    });
    let shown = LoggedOut {
        frame,
        back: context.and_then(|context| context.target.clone()),
        client: context.and_then(|context| context.client.clone()),
    };
    pages::logged_out(realm, &shown)
}
