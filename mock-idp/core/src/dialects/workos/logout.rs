//! Single Logout: a token for the application's server, a redirect for the browser, and the way back from an identity
//! provider where somebody signed off.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::json;

use super::desk::{self, LogoutToken, UpstreamTokens};
use super::{api, only, upstream};
use crate::call::Turn;
use crate::clock::after;
use crate::config::{Connection, ConnectionKind, Upstream};
use crate::http::Response;
use crate::jwt::Parts;
use crate::parameters::Given;
use crate::realm::{Incoming, Realm, Site};
use crate::uri;

const UNSUPPORTED_KIND: &str = "Single Logout is only supported for GenericOIDC connections.";
const UNSUPPORTED_PROVIDER: &str = "Single Logout needs a revocation_endpoint and an \
     end_session_endpoint in the discovery document of the identity provider.";

/// `POST /sso/logout/authorize`.
pub(super) fn authorize(realm: &mut Realm, incoming: &Incoming) -> Turn {
    if let Some(refusal) = only("POST", incoming) {
        return refusal.into();
    }
    if let Some(refusal) = api::unauthorized(realm, incoming) {
        return refusal.into();
    }
    let members = match api::content(incoming) {
        Ok(members) => members,
        Err(refusal) => return refusal.into(),
    };
    let Some(profile) = api::text(&members, "profile_id").map(str::to_owned) else {
        return api::missing("profile_id").into();
    };
    let known = realm.desk.profile(&profile);
    let connection = known
        .and_then(|known| desk::connection(&realm.tenant, &known.profile.connection))
        .cloned();
    let Some(connection) = connection else {
        return if realm.policy.brokering.profile_must_exist {
            api::not_found("Profile not found").into()
        } else {
            handed_out(realm, &profile, incoming.now).into()
        };
    };
    match refusal(realm, &connection) {
        Some(refusal) => refusal.into(),
        None => with_provider(realm, connection, profile, incoming.now),
    }
}

/// What keeps a connection from Single Logout.
fn refusal(realm: &Realm, connection: &Connection) -> Option<Response> {
    let checks = &realm.policy.brokering;
    if checks.kind_checked && connection.kind != ConnectionKind::GenericOidc {
        return Some(api::oauth_error("connection_invalid", UNSUPPORTED_KIND));
    }
    let off = checks.feature_checked && !connection.single_logout;
    off.then(|| api::oauth_error("unauthorized_client", "Unauthorized"))
}

/// The identity provider must be able to revoke and to end a session.
fn with_provider(
    realm: &mut Realm,
    connection: Connection,
    profile: String,
    now: Timestamp,
) -> Turn {
    let Some(upstream) = connection
        .upstream
        .filter(|_| realm.policy.brokering.provider_checked)
    else {
        return handed_out(realm, &profile, now).into();
    };
    upstream::discovered(&upstream, move |realm, found, now| match found {
        Ok(found)
            if found.endpoint("revocation_endpoint").is_some()
                && found.endpoint("end_session_endpoint").is_some() =>
        {
            handed_out(realm, &profile, now).into()
        }
        Ok(_) => api::oauth_error("connection_invalid", UNSUPPORTED_PROVIDER).into(),
        Err(why) => {
            let why = format!("The identity provider cannot be asked: {why}.");
            api::oauth_error("connection_invalid", &why).into()
        }
    })
}

fn handed_out(realm: &mut Realm, profile: &str, now: Timestamp) -> Response {
    let expires = after(now, realm.tenant.workos.logout_token);
    let token = signed(realm, profile, expires);
    let entry = LogoutToken {
        profile: profile.to_owned(),
        expires,
        used: false,
    };
    realm.desk.logout_tokens.put(token.clone(), entry);
    let body = json!({
        "logout_url": format!("{}/sso/logout?token={token}", realm.base(Site::Default)),
        "logout_token": token,
    });
    Response::json(200, &body)
}

/// The documentation's sample is such a token; whoever gets one may not rely on it.
fn signed(realm: &mut Realm, profile: &str, expires: Timestamp) -> String {
    let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let header = part(json!({ "alg": "HS256", "typ": "JWT" }));
    let claims = part(json!({
        "profile_id": profile,
        "exp": expires.as_second(),
        "jti": realm.random.uuid(),
    }));
    let key = hmac::Key::new(hmac::HMAC_SHA256, realm.random.opaque().as_bytes());
    let text = format!("{header}.{claims}");
    let tag = hmac::sign(&key, text.as_bytes());
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(tag.as_ref()))
}

/// `GET /sso/logout?token=…`
pub(super) fn redirect(realm: &mut Realm, incoming: &Incoming) -> Turn {
    if let Some(refusal) = only("GET", incoming) {
        return refusal.into();
    }
    let sent = match incoming.query.given("token") {
        Given::Once(token) => String::from_utf8_lossy(token).into_owned(),
        Given::Absent => return api::missing("token").into(),
        Given::Repeated => return unknown_token(),
    };
    let Some(profile) = redeemed(realm, &sent, incoming.now) else {
        return unknown_token();
    };
    let known = realm.desk.profile(&profile).cloned();
    let connection = match &known {
        Some(known) => desk::connection(&realm.tenant, &known.profile.connection),
        None if realm.policy.brokering.token_of_known_profile => None,
        None => realm.tenant.workos.connections.first(),
    };
    let upstream = connection.and_then(|connection| connection.upstream.clone());
    let Some(upstream) = upstream else {
        return signed_off();
    };
    if !realm.policy.brokering.provider_signs_off {
        return signed_off();
    }
    at_provider(upstream, profile, known.and_then(|known| known.tokens))
}

fn unknown_token() -> Turn {
    api::not_found("The logout token is unknown, used or expired.").into()
}

fn signed_off() -> Turn {
    crate::page::page(200, "Signed out", "<p>You are signed out.</p>").into()
}

/// The profile that a token is good for. It is good once.
fn redeemed(realm: &mut Realm, sent: &str, now: Timestamp) -> Option<String> {
    let checks = &realm.policy.brokering;
    match realm.desk.logout_tokens.find_mut(sent) {
        Some(token) => {
            let good = (token.expires > now || !checks.token_expires)
                && (!token.used || !checks.token_good_once);
            token.used = true;
            good.then(|| token.profile.clone())
        }
        None if checks.token_verified => None,
        None => {
            let claims = Parts::of(sent.as_bytes())?.claims;
            Some(claims.get("profile_id")?.as_str()?.to_owned())
        }
    }
}

/// What the identity provider gave is given back, and then the browser ends its session there.
fn at_provider(upstream: Upstream, profile: String, tokens: Option<UpstreamTokens>) -> Turn {
    upstream::discovered(&upstream.clone(), move |_, found, _| {
        let endpoints = found.ok().and_then(|found| {
            let end_session = found.endpoint("end_session_endpoint")?.to_owned();
            Some((
                end_session,
                found.endpoint("revocation_endpoint").map(str::to_owned),
            ))
        });
        let Some((end_session, revocation)) = endpoints else {
            let why = "The identity provider has no end_session_endpoint.";
            return api::error(502, "bad_gateway", why).into();
        };
        let hint = tokens.as_ref().map(|tokens| tokens.id.clone());
        let there = match &hint {
            Some(hint) => uri::with_parameters(
                end_session.as_bytes(),
                &[("id_token_hint", hint.as_bytes())],
            ),
            None => end_session,
        };
        let revoked = tokens.map(|tokens| tokens.refresh.unwrap_or(tokens.access));
        match (revocation, revoked) {
            (Some(endpoint), Some(token)) => {
                let request = upstream::form(&upstream, &endpoint, &[("token", &token)]);
                // The browser is to end the session whatever became of the tokens.
                Turn::call(
                    request,
                    "revocation at the identity provider",
                    move |realm, _, _| {
                        realm.desk.forget_tokens(&profile);
                        Response::redirect(302, &there).into()
                    },
                )
            }
            _ => Response::redirect(302, &there).into(),
        }
    })
}

/// `GET /sso/oidc/idp-logout/:external_key`: somebody signed off at the identity provider.
pub(super) fn from_the_idp(realm: &mut Realm, incoming: &Incoming, key: &str) -> Response {
    if let Some(refusal) = only("GET", incoming) {
        return refusal;
    }
    if realm.policy.brokering.notice_obeys_the_request
        && let Some(uri) = incoming.query.octets("post_logout_redirect_uri")
    {
        return Response::redirect(302, &uri::location(uri));
    }
    let connections = &realm.tenant.workos.connections;
    let found = desk::by_key(&realm.tenant, key).or_else(|| {
        let any = !realm.policy.brokering.notice_key_checked;
        connections.first().filter(|_| any)
    });
    match found.and_then(|connection| connection.application_logout.as_ref()) {
        Some(endpoint) => Response::redirect(302, endpoint),
        None => api::not_found("Not Found"),
    }
}
