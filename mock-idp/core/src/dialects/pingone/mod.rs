//! PingOne, as its public documentation has it. Where that is silent: the redirect of an error carries the error in the
//! query of the hosted page (inferred), a sign-off without session is answered as any other, `auth_time` is in seconds
//! (a capture shows it a thousand times smaller, which no verifier would accept).

pub(crate) mod cookies;
mod cross_protocol;
mod errors;
pub(crate) use errors::INVALID as P1_INVALID;
mod flows;
pub(crate) mod hosted;
mod idp_signoff;
pub(crate) mod orchestration;
mod session_check;
mod sign_on;
pub(crate) mod tokens;

use serde_json::json;

use crate::config::Edition;
use crate::http::Response;
use crate::logout::hint::HintStep;
use crate::logout::{sign_off, target};
use crate::policy::{
    Algorithms, AnswerPolicy, Asking, Bound, Carrier, ClientFrom, Confirmation, Consequence,
    EndedBy, EndedSession, Ending, HintPolicy, Intake, Otherwise, Outcome, Policy, PostParameters,
    RegisteredList, Repeats, Returned, SessionIdentity, Spelled, StatePolicy, TargetPolicy,
    Unchecked, Whose, WithoutSession,
};
use crate::realm::{Incoming, Realm, Site};
use crate::refusal::Refusal;
use crate::token::{introspection, pushed, revocation};
use crate::{token, uri, userinfo};

use super::{ASSERTION_ALGORITHMS, TOKEN_ENDPOINT_AUTH};

/// What PingOne documents about signing off.
pub(crate) fn policy(edition: Edition) -> Policy {
    let mut policy = Policy {
        intake: Intake {
            get: true,
            post: true,
            post_parameters: PostParameters::Body,
            repeated: Repeats::Refused,
            bounds: None,
            refuses_unsupported_locales: false,
        },
        hint: HintPolicy {
            required: false,
            steps: vec![
                HintStep::Algorithm,
                HintStep::Signature,
                HintStep::Kind,
                HintStep::Issuer,
                HintStep::Audience,
                HintStep::ApplicationExists,
                HintStep::ApplicationEnabled,
                HintStep::UserKnown,
                HintStep::SessionUser,
            ],
            algorithms: Algorithms::Rs256,
            client_from: ClientFrom::Audience,
        },
        // Not among the documented parameters: tolerated, without effect.
        client_must_agree: false,
        target: TargetPolicy {
            required: false,
            whose: Whose::HintClientElseAnyEnabled,
            narrowed_by_hint: true,
            list: RegisteredList::PostLogout,
            admits: target::exactly,
            unchecked: Unchecked::Never,
            fewer_characters_than: Some(8_192),
            otherwise: Otherwise::OwnPage,
        },
        state: StatePolicy {
            returned: Returned::Always,
            spelled: Spelled::FormEncoded,
            added_when_absent: false,
            on_own_page: false,
            extra: &[],
        },
        asking: Asking::Never,
        confirmation: Confirmation {
            bound: Bound::OneAnswer,
            outcome: Outcome::AsAskedFor,
            frames_forbidden: true,
        },
        without_session: WithoutSession::Proceed,
        ending: Ending {
            whose: EndedSession::OfTheCookie,
            by: EndedBy::ItsEndpoint,
            session_ends: true,
            cookie_expires: true,
            refresh_tokens_end: true,
        },
        answer: AnswerPolicy {
            refused: |_| Consequence::ErrorPage,
            crashes_on: |_| false,
            shows_error_on: |_| false,
            redirect_after_get: 302,
            redirect_after_post: 302,
            carrier: Carrier::Location,
            values_escaped: true,
        },
        session_identity: SessionIdentity::Fresh,
        end_session_endpoint_published: true,
    };
    match edition {
        Edition::Current => {}
        Edition::Year2023 => policy.hint.take(HintStep::Expiry),
        Edition::Legacy => {
            policy.hint.required = true;
            policy.target.whose = Whose::AnyClient;
            policy.ending.by = EndedBy::FlowOrchestration;
        }
    }
    policy
}

/// Answers a request below `/{environment}`, or at the root of a custom domain.
pub(crate) fn respond(realm: &mut Realm, incoming: &Incoming) -> (&'static str, Response) {
    match incoming.path {
        "/as/.well-known/openid-configuration" => (
            "/as/.well-known/openid-configuration",
            incoming.document(discovery(realm, incoming)),
        ),
        "/as/jwks" => ("/as/jwks", incoming.document(realm.jwks())),
        "/as/authorize" => ("/as/authorize", sign_on::authorize(realm, incoming)),
        "/as/resume" => ("/as/resume", sign_on::resume(realm, incoming)),
        "/as/token" => ("/as/token", token::respond(realm, incoming)),
        "/as/par" => ("/as/par", pushed::respond(realm, incoming, sign_on::MODES)),
        "/as/introspect" => ("/as/introspect", introspection::respond(realm, incoming)),
        "/as/revoke" => ("/as/revoke", revocation::respond(realm, incoming)),
        "/as/checksession" => (
            "/as/checksession",
            incoming.document(session_check::frame()),
        ),
        "/as/userinfo" => ("/as/userinfo", userinfo::respond(realm, incoming)),
        "/as/signoff" if realm.tenant.end_session_endpoint => {
            ("/as/signoff", sign_off(realm, incoming))
        }
        "/as/idpSignoff" if has_newer_sign_offs(realm) => {
            ("/as/idpSignoff", idp_signoff::respond(realm, incoming))
        }
        "/xp/signoff" if has_newer_sign_offs(realm) => {
            ("/xp/signoff", cross_protocol::respond(realm, incoming))
        }
        "/session" if realm.tenant.edition == Edition::Legacy => {
            ("/session", orchestration::respond(realm, incoming))
        }
        "/signon" | "/signon/" | "/as/signon" => ("/signon/", hosted::respond(realm, incoming)),
        other => match other.strip_prefix("/flows/") {
            Some(id) => ("/flows/{id}", flows::respond(realm, incoming, id)),
            None => ("(unknown)", errors::not_found(realm)),
        },
    }
}

/// Both came later than the older editions, and go with the logout endpoint.
fn has_newer_sign_offs(realm: &Realm) -> bool {
    realm.tenant.end_session_endpoint && realm.tenant.edition == Edition::Current
}

fn discovery(realm: &Realm, incoming: &Incoming) -> Response {
    let issuer = realm.issuer(incoming.site);
    let at = |path: &str| format!("{issuer}/{path}");
    let mut document = json!({
        "issuer": issuer,
        "authorization_endpoint": at("authorize"),
        "pushed_authorization_request_endpoint": at("par"),
        "token_endpoint": at("token"),
        "userinfo_endpoint": at("userinfo"),
        "jwks_uri": at("jwks"),
        "end_session_endpoint": at("signoff"),
        "check_session_iframe": at("checksession"),
        "introspection_endpoint": at("introspect"),
        "revocation_endpoint": at("revoke"),
        "claims_parameter_supported": false,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "require_pushed_authorization_requests": false,
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["pi.flow", "query", "fragment", "form_post"],
        "grant_types_supported": ["authorization_code", "client_credentials", "refresh_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "userinfo_signing_alg_values_supported": ["none"],
        "token_endpoint_auth_methods_supported": TOKEN_ENDPOINT_AUTH,
        "token_endpoint_auth_signing_alg_values_supported": ASSERTION_ALGORITHMS,
        "claim_types_supported": ["normal"],
        "claims_supported": [
            "sub", "iss", "auth_time", "acr", "given_name", "family_name", "preferred_username", "updated_at", "email"
        ],
        "code_challenge_methods_supported": ["plain", "S256"],
    });
    if has_newer_sign_offs(realm) {
        document["ping_end_idp_session_endpoint"] = at("idpSignoff").into();
    }
    if !realm.policy.end_session_endpoint_published
        && let Some(members) = document.as_object_mut()
    {
        members.remove("end_session_endpoint");
    }
    Response::json(200, &document)
}

/// Sends the browser to the hosted error page.
pub(crate) fn sign_off_error(
    realm: &mut Realm,
    site: Site,
    refusal: Refusal,
    target: Option<&[u8]>,
) -> Response {
    let mut message = refusal.message().to_owned();
    if let (false, Some(target)) = (realm.policy.answer.values_escaped, target) {
        message = format!("{message} ({})", String::from_utf8_lossy(target));
    }
    errors::invalid_value(realm, refusal.parameter(), &message).shown(realm, site)
}

/// Where a sign-off leads that names no redirect URI: to the hosted page, or (older guide) to the application's own pages.
pub(crate) fn signed_off(
    realm: &Realm,
    site: Site,
    client: Option<&str>,
    state: Option<&[u8]>,
) -> Response {
    let state: Vec<_> = state.map(|state| ("state", state)).into_iter().collect();
    let legacy = realm.tenant.edition == Edition::Legacy;
    let own_pages = client
        .filter(|_| legacy)
        .and_then(|id| realm.tenant.client(id)?.login_page_url.as_deref());
    if let Some(pages) = own_pages {
        let mut parameters = vec![("environmentId", realm.tenant.id.as_bytes())];
        parameters.extend(state);
        return Response::redirect(302, &uri::with_parameters(pages.as_bytes(), &parameters));
    }
    let part = if legacy { "signedOut" } else { "signedOff" };
    let page = format!("{}/signon/#{part}", realm.ui(site));
    Response::redirect(302, &uri::with_parameters(page.as_bytes(), &state))
}
