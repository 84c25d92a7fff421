//! Back-channel logout: the clients of a session are told by the server itself (OpenID Connect Back-Channel Logout 1.0).
//! The page that signs off waits for their answers, and makes nothing of them.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde_json::json;

use super::Version;
use super::context::told;
use crate::call::{MOST_CALLS, Turn};
use crate::http::{Request, Response};
use crate::jwt;
use crate::parameters::encoded;
use crate::realm::{Realm, Site};
use crate::sessions::Session;

const PURPOSE: &str = "back-channel logout";

/// How long a logout token is good for, in seconds.
const LIFETIME: i64 = 300;

/// The calls that tell the clients of a session of its end.
pub(super) fn calls(realm: &mut Realm, session: &Session, now: Timestamp) -> VecDeque<Request> {
    let known = told(realm, session, realm.policy.telling.back_channel);
    let clients = known.iter().filter_map(|id| realm.tenant.client(id));
    let listening: Vec<_> = clients
        .filter(|client| client.enabled)
        .filter_map(|client| Some((client.id.clone(), client.back_channel_logout_uri.clone()?)))
        .collect();
    let mut calls = VecDeque::new();
    for (client, address) in listening {
        let Some(token) = logout_token(realm, &client, session, now) else {
            continue;
        };
        let form = format!("logout_token={}", encoded(token.as_bytes()));
        let request = Request::post_form(address, form);
        if calls.len() < MOST_CALLS {
            calls.push_back(request);
        } else {
            realm.notify(&client, PURPOSE, request);
        }
    }
    calls
}

/// Makes the calls one after the other, then answers. The product makes them side by side.
pub(super) fn told_before(mut calls: VecDeque<Request>, response: Response) -> Turn {
    match calls.pop_front() {
        None => response.into(),
        Some(call) => Turn::call(call, PURPOSE, |_, _, _| told_before(calls, response)),
    }
}

fn logout_token(
    realm: &mut Realm,
    client: &str,
    session: &Session,
    now: Timestamp,
) -> Option<String> {
    let version = Version::of(&realm.tenant);
    let now = now.as_second();
    let mut claims = json!({
        "iss": realm.issuer(Site::Default),
        "nbf": now,
        "iat": now,
        "exp": now.saturating_add(LIFETIME),
        "aud": client,
        "sub": session.user,
        "jti": realm.random.uuid().replace('-', "").to_uppercase(),
        "sid": session.id,
        "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
    });
    let typ = match version {
        Version::Four => "JWT",
        Version::Seven | Version::Eight => {
            claims["logout_reason"] = "user_logout".into();
            "logout+jwt"
        }
    };
    let header = json!({ "alg": "RS256", "kid": realm.key.kid(), "typ": typ });
    jwt::signed(&realm.key, &header, &claims)
}
