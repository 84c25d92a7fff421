//! A sign-off, from request to answer: what is asked for, whether it may be, whether the person is asked, what ends, and
//! where the browser goes. The policy decides at each turn; every "no" is one [`Refusal`].

pub(crate) mod front_channel;
pub(crate) mod hint;
mod intake;
pub(crate) mod question;
pub(crate) mod target;

use crate::dialects;
use crate::http::Response;
use crate::journal::Event;
use crate::jwt::Parts;
use crate::page;
use crate::policy::{
    Asking, Carrier, Circumstances, Consequence, EndedBy, EndedSession, OwnPage, Policy, Revival,
    WithoutSession,
};
use crate::realm::{Incoming, Realm};
use crate::refusal::{HintRefusal, Refusal};
use crate::sessions::Session;
use crate::uri;

pub(crate) use question::POSTED_BACK;

use hint::Hint;
use intake::{Stopped, Wish};

/// What is left to do once the session has ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Farewell {
    /// Where the browser may go: registered, or let through by the policy.
    pub(crate) target: Option<Vec<u8>>,
    pub(crate) state: Option<Vec<u8>>,
    pub(crate) client: Option<String>,
    pub(crate) sid: Option<String>,
    pub(crate) by_post: bool,
    /// `ui_locales`, as sent.
    pub(crate) locales: String,
    /// Some check failed, and the question stands on a page that says so.
    pub(crate) failed: bool,
    /// The redirect URI that was refused, for the page to say so.
    pub(crate) refused_target: Option<Vec<u8>>,
}

/// A sign-off request that was looked at, before anything ends.
pub(crate) struct Considered {
    /// The session of the browser.
    pub(crate) session: Option<Session>,
    /// A hint was sent that may not be used.
    pub(crate) hint_failed: bool,
    /// The hint, if there is a good one.
    pub(crate) hint: Option<Hint>,
    /// What is left to do.
    pub(crate) farewell: Farewell,
    /// Some check failed.
    is_doubtful: bool,
}

/// Answers a request at the logout endpoint, by the policy as it is for this request.
pub(crate) fn sign_off(realm: &mut Realm, incoming: &Incoming) -> Response {
    let asked = realm.progress.asked;
    let response = answered(realm, incoming);
    if realm.progress.asked == asked {
        realm.progress.concluded += 1;
    }
    saved_where_overlapped(realm, incoming);
    response
}

/// What a careless provider does at the end of a request that was under way when its session ended: it saves the
/// session as it was loaded.
fn saved_where_overlapped(realm: &mut Realm, incoming: &Incoming) {
    if realm.policy.ending.revival == Revival::ByOverlap && realm.is_overlapped(incoming) {
        realm.write_back(incoming);
    }
}

fn answered(realm: &mut Realm, incoming: &Incoming) -> Response {
    let Some(adapted) = adapted(&realm.policy, incoming) else {
        return handled(realm, incoming);
    };
    let usual = std::mem::replace(&mut realm.policy, adapted);
    let response = handled(realm, incoming);
    realm.policy = usual;
    response
}

fn adapted(policy: &Policy, incoming: &Incoming) -> Option<Policy> {
    let adapts = policy.adapts?;
    let sent = incoming.parameters();
    let expires = sent
        .octets("id_token_hint")
        .and_then(Parts::of)
        .and_then(|parts| parts.claims.get("exp").and_then(serde_json::Value::as_i64));
    let circumstances = Circumstances {
        sent: &sent,
        by_post: incoming.is_post(),
        content_type: incoming.header_text("Content-Type").unwrap_or_default(),
        hint_is_expired: expires.is_some_and(|at| at <= incoming.now.as_second()),
    };
    let mut adapted = policy.clone();
    adapts(&circumstances, &mut adapted);
    Some(adapted)
}

fn handled(realm: &mut Realm, incoming: &Incoming) -> Response {
    match consider(realm, incoming) {
        Ok(considered) => act(realm, incoming, considered),
        Err(response) => response,
    }
}

/// Looks at a request at the logout endpoint; the error is the answer to one that goes no further.
pub(crate) fn consider(realm: &mut Realm, incoming: &Incoming) -> Result<Considered, Response> {
    let wish = intake::read(realm, incoming).map_err(|stopped| match stopped {
        Stopped::Answered(response) => response,
        Stopped::Refused(refusal) => refused(realm, incoming, &Wish::default(), refusal)
            .unwrap_or_else(|| dialects::sign_off_error(realm, incoming, refusal, None)),
    })?;
    let session = realm.session(incoming);
    if let Some(response) = without_session(realm, incoming, &wish, session.as_ref()) {
        return Err(response);
    }
    let Found {
        hint,
        farewell,
        is_doubtful,
    } = look(realm, incoming, &wish, session.as_ref())?;
    Ok(Considered {
        hint_failed: wish.hint.is_some() && hint.is_none(),
        session,
        hint,
        farewell,
        is_doubtful,
    })
}

/// What is known after everything was looked at.
struct Found {
    hint: Option<Hint>,
    farewell: Farewell,
    /// Some check failed.
    is_doubtful: bool,
}

fn look(
    realm: &mut Realm,
    incoming: &Incoming,
    wish: &Wish,
    session: Option<&Session>,
) -> Result<Found, Response> {
    let mut failures = Vec::new();
    let hint = examined(realm, incoming, wish, session);
    let hint = heeded(realm, incoming, wish, &mut failures, hint)?;
    let client = client_agrees(realm, wish, hint.as_ref()).map(Some);
    heeded(realm, incoming, wish, &mut failures, client)?;
    let target = if failures.contains(&Refusal::Hint(HintRefusal::SessionNotRecent)) {
        // What the hint would have vouched for is not looked at: that it is old is no fault of the rest.
        None
    } else {
        let target = target::resolve(realm, incoming, wish, hint.as_ref(), session.is_some());
        heeded(realm, incoming, wish, &mut failures, target)?
    };
    // After any failed check nothing redirects (RP-Initiated Logout section 4).
    let target = target.filter(|_| failures.is_empty());
    let errors = failures
        .iter()
        .any(|refusal| realm.policy.answer.consequence(*refusal) == Consequence::GoOnWithError);
    let asked_for = wish.target.as_ref().map(|target| target.used.clone());
    let farewell = Farewell {
        refused_target: if target.is_none() { asked_for } else { None },
        target,
        state: wish.state.clone(),
        client: hint.as_ref().and_then(|hint| hint.client.clone()),
        sid: hint.as_ref().and_then(|hint| hint.sid.clone()),
        locales: wish.locales.clone(),
        failed: errors,
        by_post: wish.by_post,
    };
    Ok(Found {
        hint,
        farewell,
        is_doubtful: !failures.is_empty(),
    })
}

/// What was found, or nothing where the rest goes on without it, or the answer that ends it all.
fn heeded<T>(
    realm: &mut Realm,
    incoming: &Incoming,
    wish: &Wish,
    failures: &mut Vec<Refusal>,
    found: Result<Option<T>, Refusal>,
) -> Result<Option<T>, Response> {
    found.or_else(|refusal| {
        failures.push(refusal);
        refused(realm, incoming, wish, refusal).map_or(Ok(None), Err)
    })
}

fn examined(
    realm: &Realm,
    incoming: &Incoming,
    wish: &Wish,
    session: Option<&Session>,
) -> Result<Option<Hint>, Refusal> {
    let Some(token) = &wish.hint else {
        return if realm.policy.hint.required {
            Err(Refusal::HintRequired)
        } else {
            Ok(None)
        };
    };
    hint::examine(
        realm,
        token,
        realm.issuer(incoming.site),
        session,
        incoming.now,
    )
    .map(Some)
    .map_err(Refusal::Hint)
}

fn client_agrees(realm: &Realm, wish: &Wish, hint: Option<&Hint>) -> Result<(), Refusal> {
    let Some(named) = wish
        .client_id
        .as_deref()
        .filter(|_| realm.policy.client_must_agree)
    else {
        return Ok(());
    };
    let known = std::str::from_utf8(named).is_ok_and(|id| realm.is_enabled_client(id));
    match hint {
        Some(hint) if hint.client.as_deref().map(str::as_bytes) != Some(named) => {
            Err(Refusal::ClientDisagrees)
        }
        None if !known => Err(Refusal::ClientUnknown),
        _ => Ok(()),
    }
}

fn without_session(
    realm: &mut Realm,
    incoming: &Incoming,
    wish: &Wish,
    session: Option<&Session>,
) -> Option<Response> {
    if session.is_some() {
        return None;
    }
    match realm.policy.without_session {
        WithoutSession::Proceed | WithoutSession::Ask => None,
        WithoutSession::AskToSignIn => Some(dialects::sign_on_page(realm, incoming)),
        WithoutSession::Refuse => refused(realm, incoming, wish, Refusal::SessionAbsent),
        WithoutSession::RefuseSecond => {
            let of_hint = examined(realm, incoming, wish, None)
                .ok()
                .flatten()
                .and_then(|hint| hint.sid);
            let ended = of_hint
                .and_then(|sid| realm.store.session(&sid))
                .is_some_and(|session| session.ended);
            let known = ended || realm.remembered_session(incoming).is_some();
            known
                .then(|| refused(realm, incoming, wish, Refusal::SessionAbsent))
                .flatten()
        }
    }
}

/// What a refusal leads to; none if the rest of the request goes on without what failed.
fn refused(
    realm: &mut Realm,
    incoming: &Incoming,
    wish: &Wish,
    refusal: Refusal,
) -> Option<Response> {
    realm.events.push(Event::SignOffRefused { reason: refusal });
    let shown = wish.target.as_ref().map(|target| target.used.as_slice());
    match realm.policy.answer.consequence(refusal) {
        Consequence::GoOnWithout | Consequence::GoOnWithError => None,
        Consequence::ErrorPage => Some(dialects::sign_off_error(realm, incoming, refusal, shown)),
        Consequence::Crash => Some(Response::text(500, "Internal server error.")),
        Consequence::RedirectWithError => Some(
            error_redirect(realm, wish)
                .unwrap_or_else(|| dialects::sign_off_error(realm, incoming, refusal, shown)),
        ),
    }
}

fn error_redirect(realm: &Realm, wish: &Wish) -> Option<Response> {
    let uris: Vec<_> = realm
        .tenant
        .clients
        .iter()
        .flat_map(|client| &client.post_logout_redirect_uris)
        .collect();
    let asked = wish.target.as_ref().map(|target| target.used.as_slice());
    let uri = uris
        .iter()
        .find(|uri| Some(uri.as_bytes()) == asked)
        .or(uris.first())?;
    let mut parameters = vec![("error", b"invalid_request".as_slice())];
    parameters.extend(wish.state.as_deref().map(|state| ("state", state)));
    Some(Response::redirect(
        302,
        &uri::with_parameters(uri.as_bytes(), &parameters),
    ))
}

fn act(realm: &mut Realm, incoming: &Incoming, considered: Considered) -> Response {
    let Considered {
        session,
        hint,
        farewell,
        is_doubtful,
        ..
    } = considered;
    let found = Found {
        hint,
        farewell,
        is_doubtful,
    };
    if realm.policy.ending.whose == EndedSession::HintToo {
        end_sessions_of_hint(realm, found.hint.as_ref());
    }
    let alive = |session: &Session| {
        realm
            .store
            .session(&session.id)
            .is_some_and(|known| !known.ended)
    };
    match session.filter(alive) {
        Some(session) if asks(realm.policy.asking, &found, &session) => {
            question::ask(realm, session.id, found.farewell)
        }
        None if realm.policy.without_session == WithoutSession::Ask => {
            question::ask(realm, String::new(), found.farewell)
        }
        session => leave(realm, incoming, session.as_ref(), &found.farewell),
    }
}

fn asks(asking: Asking, found: &Found, session: &Session) -> bool {
    let user_of_hint = found.hint.as_ref().and_then(|hint| hint.user.as_deref());
    let is_of_the_session = |hint: &Hint| {
        let client = hint.client.as_ref();
        hint.sid.as_ref() == Some(&session.id)
            && hint.user.as_ref() == Some(&session.user)
            && client.is_some_and(|client| session.clients.contains(client))
    };
    match asking {
        Asking::Always => true,
        Asking::Never => false,
        Asking::UnlessHintIsGood => found.hint.is_none(),
        Asking::UnlessHintIsAboutTheUser => user_of_hint != Some(session.user.as_str()),
        // What failed may be what would have shown that the request is not the session's.
        Asking::UnlessHintIsOfTheSession => {
            found.is_doubtful || !found.hint.as_ref().is_some_and(is_of_the_session)
        }
    }
}

/// Ends a session and answers the browser.
pub(crate) fn leave(
    realm: &mut Realm,
    incoming: &Incoming,
    session: Option<&Session>,
    farewell: &Farewell,
) -> Response {
    let frames = if front_channel::asks_others(realm) {
        front_channel::requests(realm, incoming, session, farewell.client.as_deref())
    } else {
        Vec::new()
    };
    if realm.policy.ending.by == EndedBy::FlowOrchestration {
        dialects::end_by_flow_orchestration(realm, incoming);
    }
    if let Some(session) = session.filter(|_| realm.policy.ending.session_ends) {
        realm.end_session(&session.id);
        if realm.policy.ending.whose == EndedSession::Everybody {
            for id in realm.store.live_sessions() {
                realm.end_session(&id);
            }
        }
    }
    front_channel::surrounding(answer(realm, incoming, farewell), &frames)
}

fn end_sessions_of_hint(realm: &mut Realm, hint: Option<&Hint>) {
    let user = hint.and_then(|hint| hint.user.as_deref());
    for id in user
        .map(|user| realm.store.sessions_of(user))
        .unwrap_or_default()
    {
        realm.end_session(&id);
    }
}

/// The answer once everything has ended.
fn answer(realm: &Realm, incoming: &Incoming, farewell: &Farewell) -> Response {
    let answer = &realm.policy.answer;
    let status = if incoming.is_post() {
        answer.redirect_after_post
    } else {
        answer.redirect_after_get
    };
    let issuer = realm.issuer(incoming.site);
    let response = if let Some(target) = &farewell.target {
        let with_state = target::address(realm, &issuer, farewell, target);
        match answer.carrier {
            Carrier::Location => Response::redirect(status, &with_state),
            Carrier::Script => page::script_redirect(&with_state),
            Carrier::Link => page::onward_link(&with_state),
            Carrier::Button => page::onward_button(&with_state),
            Carrier::Refresh => page::refreshing(&with_state),
        }
    } else if answer.own_page == OwnPage::Missing {
        Response::redirect(302, &format!("{}/missing", realm.base(incoming.site)))
    } else {
        let state = farewell
            .state
            .as_deref()
            .filter(|_| realm.policy.state.on_own_page);
        dialects::signed_off(realm, incoming, farewell, state)
    };
    if realm.policy.ending.cookie_expires {
        dialects::expire_cookies(realm, incoming, response)
    } else {
        response
    }
}
