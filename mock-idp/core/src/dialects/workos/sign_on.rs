//! Single sign-on: the browser goes to the identity provider and comes back, the application gets a profile.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::desk::{self, Away, Known, SsoAccess, SsoCode, UpstreamTokens};
use super::{api, only, upstream};
use crate::authorize::Challenge;
use crate::call::{CallAnswer, Turn};
use crate::clock::after;
use crate::config::{Client, Connection, Profile, Tenant, Upstream};
use crate::http::{Request, Response};
use crate::jwt::Parts;
use crate::page;
use crate::parameters::Parameters;
use crate::realm::{Incoming, Realm, Site};
use crate::token;
use crate::uri;

/// How long an access token lasts, in seconds.
const ACCESS_TOKEN: u32 = 600;

/// `GET /sso/authorize`.
pub(super) fn authorize(realm: &mut Realm, incoming: &Incoming) -> Turn {
    if let Some(refusal) = only("GET", incoming) {
        return refusal.into();
    }
    let sent = &incoming.query;
    let client = sent
        .text("client_id")
        .and_then(|id| realm.tenant.client(id));
    let Some(client) = client.filter(|client| client.enabled) else {
        return shown("client_id", "There is no such client.").into();
    };
    let redirect_uri = sent
        .text("redirect_uri")
        .filter(|uri| client.redirect_uris.iter().any(|known| known == uri));
    let Some(redirect_uri) = redirect_uri else {
        return shown(
            "redirect_uri",
            "It is not one of the client's redirect URIs.",
        )
        .into();
    };
    let back = Back {
        redirect_uri: redirect_uri.to_owned(),
        state: sent.octets("state").map(<[u8]>::to_vec),
    };
    if sent.text("response_type") != Some("code") {
        return back
            .error("invalid_request", "response_type has to be code.")
            .into();
    }
    let (connection, upstream) = match selected(realm, sent) {
        Ok(connection) => connection,
        Err((error, description)) => return back.error(error, description).into(),
    };
    let away = Away {
        connection: connection.id,
        client: client.id.clone(),
        redirect_uri: back.redirect_uri.clone(),
        state: back.state.clone(),
        challenge: sent.text("code_challenge").map(|value| Challenge {
            value: value.to_owned(),
            hashed: sent.text("code_challenge_method") == Some("S256"),
        }),
        nonce: realm.random.opaque(),
        verifier: realm.random.opaque(),
        expires: after(incoming.now, realm.tenant.lifetimes.flow),
    };
    let state = realm.random.opaque();
    let passed_on: Vec<(&str, Vec<u8>)> = ["prompt", "login_hint"]
        .into_iter()
        .filter_map(|name| Some((name, sent.octets(name)?.to_vec())))
        .collect();
    let callback = callback(realm, &connection.external_key);
    upstream::discovered(&upstream.clone(), move |realm, found, _| {
        let endpoint = found.map(|found| {
            let endpoint = found.endpoint("authorization_endpoint");
            endpoint.map(str::to_owned)
        });
        let Ok(Some(endpoint)) = endpoint else {
            return back
                .error("server_error", "The identity provider cannot be asked.")
                .into();
        };
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&away.verifier));
        let mut query: Vec<(&str, &[u8])> = vec![
            ("response_type", b"code"),
            ("client_id", upstream.client_id.as_bytes()),
            ("redirect_uri", callback.as_bytes()),
            ("scope", b"openid profile email"),
            ("state", state.as_bytes()),
            ("nonce", away.nonce.as_bytes()),
            ("code_challenge", challenge.as_bytes()),
            ("code_challenge_method", b"S256"),
        ];
        query.extend(
            passed_on
                .iter()
                .map(|(name, value)| (*name, value.as_slice())),
        );
        let there = uri::with_parameters(endpoint.as_bytes(), &query);
        realm.desk.away.put(state, away);
        Response::redirect(302, &there).into()
    })
}

/// Where the application wants its people back.
#[derive(Clone)]
struct Back {
    redirect_uri: String,
    state: Option<Vec<u8>>,
}

impl Back {
    fn with(&self, pairs: &[(&str, &[u8])]) -> Response {
        let mut pairs = pairs.to_vec();
        if let Some(state) = &self.state {
            pairs.push(("state", state));
        }
        Response::redirect(
            302,
            &uri::with_parameters(self.redirect_uri.as_bytes(), &pairs),
        )
    }

    fn error(&self, error: &str, description: &str) -> Response {
        self.with(&[
            ("error", error.as_bytes()),
            ("error_description", description.as_bytes()),
        ])
    }
}

fn shown(parameter: &str, message: &str) -> Response {
    let content = format!("<p>{message} (<code>{parameter}</code>)</p>");
    page::page(400, "Sign in", &content)
}

/// The one connection that the request names.
fn selected(
    realm: &Realm,
    sent: &Parameters,
) -> Result<(Connection, Upstream), (&'static str, &'static str)> {
    let connections = &realm.tenant.workos.connections;
    let found = match (sent.text("connection"), sent.text("organization")) {
        (Some(_), Some(_)) => {
            let why = "Name a connection or an organization.";
            return Err(("ambiguous_connection_selector", why));
        }
        (Some(id), None) => connections
            .iter()
            .find(|connection| connection.id == id)
            .ok_or(("connection_invalid", "There is no such connection."))?,
        (None, Some(id)) => connections
            .iter()
            .find(|connection| connection.organization == id)
            .ok_or(("organization_invalid", "It has no connection."))?,
        (None, None) => {
            let why = "Name a connection or an organization.";
            return Err(("invalid_connection_selector", why));
        }
    };
    let upstream = found.upstream.clone().ok_or((
        "connection_strategy_invalid",
        "The mock signs on by OpenID Connect alone.",
    ))?;
    Ok((found.clone(), upstream))
}

fn callback(realm: &Realm, key: &str) -> String {
    format!("{}/sso/oidc/{key}/callback", realm.base(Site::Default))
}

/// `GET /sso/oidc/:external_key/callback`: the identity provider sends the browser back.
pub(super) fn called_back(realm: &mut Realm, incoming: &Incoming, key: &str) -> Turn {
    if let Some(refusal) = only("GET", incoming) {
        return refusal.into();
    }
    let sent = &incoming.query;
    let away = sent
        .text("state")
        .and_then(|state| realm.desk.away.take(state))
        .filter(|away| away.expires > incoming.now);
    let connection = desk::by_key(&realm.tenant, key).cloned();
    let (Some(away), Some(connection)) = (away, connection) else {
        return shown("state", "This sign-in has expired or was not begun here.").into();
    };
    let back = Back {
        redirect_uri: away.redirect_uri.clone(),
        state: away.state.clone(),
    };
    if connection.id != away.connection {
        return back
            .error("connection_invalid", "It is another connection's.")
            .into();
    }
    let (Some(code), Some(upstream)) = (sent.text("code"), connection.upstream.clone()) else {
        return back
            .error("access_denied", "The identity provider refused.")
            .into();
    };
    let code = code.to_owned();
    let callback = callback(realm, key);
    upstream::discovered(&upstream.clone(), move |_, found, _| {
        let endpoints = found.ok().and_then(|found| {
            let token = found.endpoint("token_endpoint")?.to_owned();
            Some((
                token,
                found.endpoint("userinfo_endpoint").map(str::to_owned),
            ))
        });
        let Some((token, userinfo)) = endpoints else {
            return back
                .error("oauth_failed", "The identity provider cannot be asked.")
                .into();
        };
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", callback.as_str()),
            ("code_verifier", away.verifier.as_str()),
        ];
        let request = upstream::form(&upstream, &token, &fields);
        Turn::call(
            request,
            "tokens of the identity provider",
            move |realm, answer, now| match signed_on(&upstream, &away, answer) {
                Ok((tokens, claims)) => {
                    let arrival = Arrival {
                        back,
                        away,
                        connection,
                        tokens,
                        claims,
                    };
                    arrival.with_userinfo(realm, userinfo.as_deref(), now)
                }
                Err(why) => back.error("oauth_failed", why).into(),
            },
        )
    })
}

/// The tokens and the claims of the ID token. Its signature need not be checked, since it came from the issuer itself
/// (Core section 3.1.3.7).
fn signed_on(
    upstream: &Upstream,
    away: &Away,
    answer: CallAnswer,
) -> Result<(UpstreamTokens, Map<String, Value>), &'static str> {
    let answer = upstream::json(answer).map_err(|_| "The code was not taken.")?;
    let text = |name: &str| answer[name].as_str().map(str::to_owned);
    let id = text("id_token").ok_or("There is no ID token.")?;
    let claims = Parts::of(id.as_bytes())
        .ok_or("The ID token is none.")?
        .claims;
    let is = |name: &str, value: &str| claims.get(name).and_then(Value::as_str) == Some(value);
    let audience = match claims.get("aud") {
        Some(Value::Array(list)) => list.iter().any(|one| one == upstream.client_id.as_str()),
        _ => is("aud", &upstream.client_id),
    };
    if !(is("iss", &upstream.issuer) && audience && is("nonce", &away.nonce)) {
        return Err("The ID token is for somebody else.");
    }
    let tokens = UpstreamTokens {
        id,
        access: text("access_token").unwrap_or_default(),
        refresh: text("refresh_token"),
    };
    Ok((tokens, claims))
}

/// Somebody who has come back from the identity provider.
struct Arrival {
    back: Back,
    away: Away,
    connection: Connection,
    tokens: UpstreamTokens,
    claims: Map<String, Value>,
}

impl Arrival {
    /// What the ID token lacks is asked for (Core section 5.3).
    fn with_userinfo(mut self, realm: &mut Realm, endpoint: Option<&str>, now: Timestamp) -> Turn {
        let lacks = !self.claims.contains_key("email");
        let Some(endpoint) = endpoint.filter(|_| lacks) else {
            return self.finished(realm, now).into();
        };
        let request = Request::get(endpoint)
            .with_header("Authorization", format!("Bearer {}", self.tokens.access));
        Turn::call(
            request,
            "claims of the identity provider",
            move |realm, answer, now| {
                // Without it the profile has less in it; the sign-on is good all the same.
                if let Ok(Value::Object(more)) = upstream::json(answer)
                    && more.get("sub") == self.claims.get("sub")
                {
                    self.claims.extend(more);
                }
                self.finished(realm, now).into()
            },
        )
    }

    fn finished(self, realm: &mut Realm, now: Timestamp) -> Response {
        let text = |name: &str| {
            let value = self.claims.get(name).and_then(Value::as_str);
            value.unwrap_or_default().to_owned()
        };
        let idp_id = text("sub");
        let profile = Profile {
            id: profile_id(&realm.tenant, &self.connection.id, &idp_id),
            connection: self.connection.id.clone(),
            idp_id,
            email: text("email"),
        };
        let code = realm.random.opaque();
        let entry = SsoCode {
            client: self.away.client.clone(),
            profile: profile.id.clone(),
            challenge: self.away.challenge.clone(),
            expires: after(now, realm.tenant.lifetimes.code),
        };
        realm.desk.remember(Known {
            profile,
            first_name: text("given_name"),
            last_name: text("family_name"),
            tokens: Some(self.tokens),
        });
        let response = self.back.with(&[("code", code.as_bytes())]);
        realm.desk.codes.put(code, entry);
        response
    }
}

/// One profile for each person, connection and environment, the same whenever they sign on: the configured one, or one
/// made of the three.
fn profile_id(environment: &Tenant, connection: &str, idp_id: &str) -> String {
    let mut configured = environment.workos.profiles.iter();
    if let Some(known) =
        configured.find(|known| known.connection == connection && known.idp_id == idp_id)
    {
        return known.id.clone();
    }
    let digest = Sha256::digest(format!("{}\n{connection}\n{idp_id}", environment.id));
    let (high, _) = digest.split_at(16);
    let number = high
        .iter()
        .fold(0_u128, |number, octet| number << 8 | u128::from(*octet));
    let digits = format!("{number:032X}");
    format!("prof_01{}", &digits[..24])
}

/// `POST /sso/token`.
pub(super) fn token(realm: &mut Realm, incoming: &Incoming) -> Response {
    if let Some(refusal) = only("POST", incoming) {
        return refusal;
    }
    let members = match api::content(incoming) {
        Ok(members) => members,
        Err(refusal) => return refusal,
    };
    let text = |name| api::text(&members, name);
    let Some(client) = client(realm, text("client_id"), text("client_secret")) else {
        return api::oauth_error("invalid_client", "Invalid client ID or secret.");
    };
    if text("grant_type") != Some("authorization_code") {
        let why = "The grant type has to be authorization_code.";
        return api::oauth_error("unsupported_grant_type", why);
    }
    let id = client.id.clone();
    let code = text("code").and_then(|code| realm.desk.codes.take(code));
    let good = code.filter(|code| {
        code.client == id
            && code.expires > incoming.now
            && token::verifies(code.challenge.as_ref(), text("code_verifier"))
    });
    let Some(code) = good else {
        let why = "The code is unknown, used, expired or another client's.";
        return api::oauth_error("invalid_grant", why);
    };
    let access = realm.random.opaque();
    let stands_for = SsoAccess {
        profile: code.profile.clone(),
        expires: after(incoming.now, ACCESS_TOKEN),
    };
    realm.desk.access.put(access.clone(), stands_for);
    let body = json!({
        "token_type": "Bearer",
        "access_token": access,
        "expires_in": ACCESS_TOKEN,
        "profile": described(realm, &code.profile),
    });
    Response::json(200, &body)
}

/// The client with this id and secret, which is an API key.
pub(super) fn client<'a>(
    realm: &'a Realm,
    id: Option<&str>,
    secret: Option<&str>,
) -> Option<&'a Client> {
    let client = realm.tenant.client(id?)?;
    (client.enabled && secret.is_some() && client.secret.as_deref() == secret).then_some(client)
}

/// `GET /sso/profile`.
pub(super) fn profile(realm: &mut Realm, incoming: &Incoming) -> Response {
    if let Some(refusal) = only("GET", incoming) {
        return refusal;
    }
    let sent = incoming.header_text("Authorization").unwrap_or_default();
    let token = sent.strip_prefix("Bearer ").unwrap_or_default();
    let found = realm.desk.access.find(token);
    match found.filter(|access| access.expires > incoming.now) {
        Some(access) => Response::json(200, &described(realm, &access.profile)),
        None => Response::json(401, &json!({ "error": "Unauthorized" })),
    }
}

fn described(realm: &Realm, id: &str) -> Value {
    let Some(known) = realm.desk.profile(id) else {
        return Value::Null;
    };
    let profile = &known.profile;
    let connection = desk::connection(&realm.tenant, &profile.connection);
    let told = if realm.policy.brokering.profile_ids_agree {
        profile.id.clone()
    } else {
        format!("{}X", profile.id)
    };
    json!({
        "object": "profile",
        "id": told,
        "organization_id": connection.map(|connection| connection.organization.as_str()),
        "connection_id": profile.connection,
        "connection_type": connection.map(|connection| connection.kind.name()),
        "idp_id": profile.idp_id,
        "email": profile.email,
        "first_name": known.first_name,
        "last_name": known.last_name,
        "name": format!("{} {}", known.first_name, known.last_name).trim(),
        "raw_attributes": { "sub": profile.idp_id, "email": profile.email },
    })
}
