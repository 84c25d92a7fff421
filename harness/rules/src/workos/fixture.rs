//! Cases at a product that signs off by logout tokens, for the tests of its rules.

use crate::record::{Exchange, HandedOut};
use crate::sign_off::Control;
use crate::testing::{Case, Session, asks, json, page, redirect};
use crate::world::{Behind, Unable};
use signoff_oidc::{Metadata, Origin, Request, Response};

/// The token that is handed out.
pub(super) const GOOD: &str = "logout-token-0";
/// A profile of a connection that does not speak OpenID Connect.
pub(super) const SAML: &str = "prof_saml";
/// A profile of a connection for which Single Logout was not enabled.
pub(super) const OFF: &str = "prof_off";
/// Where the identity provider tells of a sign-off.
pub(super) const NOTICE: &str = "https://op.example/workos/sso/oidc/idp-logout/key1";
/// The application's own logout endpoint.
pub(super) const APPLICATION: &str = "https://rp.example/logged-out";

const PROFILE: &str = "prof_alice";
const LOGOUT: &str = "https://op.example/workos/sso/logout";
const PROVIDER: &str = "https://idp.example/end-session";
const TWO_DAYS: i64 = 2 * 24 * 60 * 60;

fn signed_in() -> Case {
    let mut case = Case::new().of_product("workos", None);
    case.record.ledger.sign_ins[0].profile = Some(PROFILE.to_owned());
    case.world
        .own_origins
        .extend(Origin::of("https://idp.example"));
    let document = format!(r#"{{"end_session_endpoint":"{PROVIDER}"}}"#);
    case.world.behind = Some(Behind {
        metadata: Metadata::parse(document.as_bytes()).expect("a document"),
        unable: vec![
            (SAML.to_owned(), Unable::Unsupported("it speaks SAML")),
            (OFF.to_owned(), Unable::NotEnabled),
        ],
        notice: Some(NOTICE.to_owned()),
        application_logout: Some(APPLICATION.to_owned()),
    });
    case
}

fn visiting(case: Case, token: &str) -> Case {
    let url = format!("{LOGOUT}?token={token}");
    case.sends(Request::get(&url).expect("an address"))
}

/// A call with this key for this profile, answered with a token that the browser takes along.
fn calling(key: Option<&str>, profile: Option<&str>) -> Case {
    let mut case = signed_in();
    hand_out(&mut case);
    let mut case = visiting(case, GOOD);
    let url = format!("{LOGOUT}/authorize");
    let mut request = Request::get(&url).expect("an address");
    "POST".clone_into(&mut request.method);
    if let Some(profile) = profile {
        request.body = format!(r#"{{"profile_id":"{profile}"}}"#).into_bytes();
    }
    if let Some(key) = key {
        request = request.with_header("Authorization", format!("Bearer {key}"));
    }
    let attempt = case.record.attempts.last_mut().expect("a sign-off");
    attempt.calls = vec![Exchange {
        seq: attempt.seq,
        request,
        answer: Ok(handing_out()),
    }];
    case
}

fn handing_out() -> Response {
    json(200, &format!(r#"{{"logout_token":"{GOOD}"}}"#))
}

fn hand_out(case: &mut Case) {
    let at = case.record.ledger.sign_ins[0].at;
    let (seq, text) = (1, GOOD.to_owned());
    let own = true;
    let token = HandedOut { seq, text, at, own };
    case.record.ledger.logout_tokens.push(token);
}

/// A token that another environment handed out.
pub(super) fn foreign() -> Case {
    let mut case = orderly_call();
    for token in &mut case.record.ledger.logout_tokens {
        token.own = false;
    }
    let call = &mut case.record.attempts[0].calls[0].request;
    let url = "https://op.example/elsewhere/sso/logout/authorize";
    let mut request = Request::get(url).expect("an address");
    "POST".clone_into(&mut request.method);
    request.body.clone_from(&call.body);
    *call = request;
    case
}

/// Alice's own profile and the application's own key.
pub(super) fn orderly_call() -> Case {
    calling(Some("secret-of-a"), Some(PROFILE))
}

/// An orderly call, and the browser takes this token along.
pub(super) fn by_token(token: &str) -> Case {
    let mut case = orderly_call();
    let visit = &mut case.record.attempts[0].chain[0].request;
    *visit = Request::get(&format!("{LOGOUT}?token={token}")).expect("an address");
    case
}

/// No call, and the browser takes this token along.
pub(super) fn without_call(token: &str) -> Case {
    visiting(signed_in(), token)
}

/// Everything in order: the session at the identity provider ends.
pub(super) fn signed_off() -> Case {
    by_token(GOOD).goes_to_provider()
}

/// A call without a key.
pub(super) fn keyless() -> Case {
    calling(None, Some(PROFILE))
}

/// A call with this key.
pub(super) fn with_key(key: &str) -> Case {
    calling(Some(key), Some(PROFILE))
}

/// A call for this profile.
pub(super) fn for_profile(profile: &str) -> Case {
    calling(Some("secret-of-a"), Some(profile))
}

/// A call that names no profile.
pub(super) fn for_nobody() -> Case {
    calling(Some("secret-of-a"), None)
}

/// An orderly call that was refused.
pub(super) fn refused_call() -> Case {
    orderly_call().refused(404)
}

/// A token that was used before; somebody has signed in since.
pub(super) fn used() -> Case {
    visiting(signed_off(), GOOD)
}

/// A token that was handed out two days before.
pub(super) fn old() -> Case {
    let mut case = signed_in();
    hand_out(&mut case);
    visiting(case.later(TWO_DAYS), GOOD)
}

/// A notice at this address.
pub(super) fn notice(url: &str) -> Case {
    signed_in().sends(Request::get(url).expect("an address"))
}

/// What becomes of such a case.
pub(super) trait AtWorkOs {
    /// The call was refused with this status, so the browser is sent nowhere.
    fn refused(self, status: u16) -> Self;
    /// The call was answered with a token.
    fn answered(self) -> Self;
    /// The browser comes to the identity provider, and the session ends.
    fn goes_to_provider(self) -> Self;
    /// The browser comes to the identity provider, which asks.
    fn provider_asks(self) -> Self;
    /// One more notice, at this address.
    fn then_notice(self, url: &str) -> Self;
    /// Beside an orderly twin that worked.
    fn beside_signed_off(self) -> Self;
    /// Beside an orderly twin that was refused.
    fn beside_refusal(self) -> Self;
}

impl AtWorkOs for Case {
    fn refused(mut self, status: u16) -> Self {
        let attempt = self.record.attempts.last_mut().expect("a sign-off");
        attempt.calls[0].answer = Ok(json(status, r#"{"message":"no"}"#));
        attempt.chain = attempt.calls.clone();
        self.record.ledger.logout_tokens.clear();
        self
    }

    fn answered(self) -> Self {
        self.gets(page(200, ""))
    }

    fn goes_to_provider(self) -> Self {
        self.gets(redirect(302, PROVIDER))
            .then(PROVIDER, page(200, "<h1>You are signed out</h1>"))
            .at_rest(Session::Ended)
    }

    fn provider_asks(self) -> Self {
        self.gets(redirect(302, PROVIDER)).then(PROVIDER, asks())
    }

    fn then_notice(self, url: &str) -> Self {
        self.sends(Request::get(url).expect("an address"))
    }

    fn beside_signed_off(self) -> Self {
        self.control(Control::Orderly, signed_off())
    }

    fn beside_refusal(self) -> Self {
        self.control(Control::Orderly, orderly_call().refused(500))
    }
}
