//! The token endpoint (RFC 6749 sections 4.1.3 and 6, RFC 7636 section 4.6, Core section 3.1.3).

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::authorize::Challenge;
use crate::clock::after;
use crate::config::{Client, Grant, TokenEndpointAuth};
use crate::dialects;
use crate::http::Response;
use crate::jwt;
use crate::parameters::{Given, Parameters, media_type};
use crate::realm::{Incoming, Realm};
use crate::sessions::Token;

/// An error of RFC 6749 section 5.2.
#[derive(Debug, Clone, Copy)]
struct Refused {
    status: u16,
    error: &'static str,
    description: &'static str,
}

const fn refused(error: &'static str, description: &'static str) -> Refused {
    Refused {
        status: 400,
        error,
        description,
    }
}

const INVALID_GRANT: Refused = refused(
    "invalid_grant",
    "The grant is unknown, used, expired or another client's.",
);

/// What an ID token is made of.
pub(crate) struct Subject<'a> {
    pub(crate) client: &'a str,
    pub(crate) user: &'a str,
    pub(crate) session: &'a str,
    pub(crate) scope: &'a str,
    pub(crate) nonce: Option<&'a str>,
    pub(crate) auth_time: Timestamp,
}

pub(crate) fn respond(realm: &mut Realm, incoming: &Incoming) -> Response {
    if !incoming.is_post() {
        return Response::not_allowed("POST");
    }
    match exchange(realm, incoming) {
        Ok(tokens) => Response::json(200, &tokens).with("Pragma", "no-cache"),
        Err(refused) => {
            let body = json!({ "error": refused.error, "error_description": refused.description });
            let response = Response::json(refused.status, &body);
            if refused.status == 401 {
                response.with("WWW-Authenticate", "Basic realm=\"token\"")
            } else {
                response
            }
        }
    }
}

fn exchange(realm: &mut Realm, incoming: &Incoming) -> Result<Value, Refused> {
    if media_type(incoming.request).as_deref() != Some("application/x-www-form-urlencoded") {
        return Err(refused(
            "invalid_request",
            "The content must be application/x-www-form-urlencoded.",
        ));
    }
    let form = incoming.parameters();
    let once = [
        "grant_type",
        "code",
        "redirect_uri",
        "code_verifier",
        "refresh_token",
        "client_id",
        "client_secret",
    ];
    if once.iter().any(|name| form.given(name) == Given::Repeated) {
        return Err(refused(
            "invalid_request",
            "A parameter was sent more than once.",
        ));
    }
    let client = authenticated(realm, incoming, &form)?.clone();
    match form.text("grant_type") {
        Some("authorization_code") if client.grants.contains(&Grant::AuthorizationCode) => {
            redeem_code(realm, incoming, &form, &client)
        }
        Some("refresh_token") => refresh(realm, incoming, &form, &client),
        Some("authorization_code") => Err(refused(
            "unauthorized_client",
            "The application may not use this grant.",
        )),
        Some(_) => Err(refused(
            "unsupported_grant_type",
            "The grant type is not supported.",
        )),
        None => Err(refused("invalid_request", "grant_type is missing.")),
    }
}

fn authenticated<'a>(
    realm: &'a Realm,
    incoming: &Incoming,
    form: &Parameters,
) -> Result<&'a Client, Refused> {
    let invalid = Refused {
        status: 401,
        ..refused("invalid_client", "The client could not be authenticated.")
    };
    let header = incoming
        .header_text("Authorization")
        .and_then(basic_credentials);
    let (method, id, secret) = match (&header, form.text("client_secret")) {
        (Some((id, secret)), _) => (TokenEndpointAuth::Basic, id.as_str(), Some(secret.as_str())),
        (None, Some(secret)) => (
            TokenEndpointAuth::Post,
            form.text("client_id").unwrap_or_default(),
            Some(secret),
        ),
        (None, None) => (
            TokenEndpointAuth::None,
            form.text("client_id").unwrap_or_default(),
            None,
        ),
    };
    let client = realm
        .tenant
        .client(id)
        .filter(|client| client.enabled)
        .ok_or(invalid)?;
    let known = client
        .secret
        .as_deref()
        .filter(|_| client.token_endpoint_auth != TokenEndpointAuth::None);
    if client.token_endpoint_auth == method && known == secret {
        Ok(client)
    } else {
        Err(invalid)
    }
}

/// RFC 6749 section 2.3.1: both halves are form-encoded before they are joined.
fn basic_credentials(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("Basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decoded = |half: &str| {
        let pairs = Parameters::parse(format!("v={half}").as_bytes());
        pairs.text("v").unwrap_or_default().to_owned()
    };
    Some((decoded(id), decoded(secret)))
}

fn redeem_code(
    realm: &mut Realm,
    incoming: &Incoming,
    form: &Parameters,
    client: &Client,
) -> Result<Value, Refused> {
    let code = form
        .text("code")
        .ok_or(refused("invalid_request", "code is missing."))?;
    // Taken whatever follows: a code is good for one attempt (RFC 6749 section 4.1.2).
    let code = realm.store.codes.take(code).ok_or(INVALID_GRANT)?;
    let authorization = &code.authorization;
    let fits = authorization.client == client.id
        && code.expires > incoming.now
        && form.text("redirect_uri") == Some(authorization.reply.redirect_uri.as_str())
        && verifies(authorization.challenge.as_ref(), form.text("code_verifier"));
    if !fits {
        return Err(INVALID_GRANT);
    }
    let subject = Subject {
        client: &client.id,
        user: &code.user,
        session: &code.session,
        scope: &authorization.scope,
        nonce: authorization.nonce.as_deref(),
        auth_time: code.auth_time,
    };
    let wants_refresh =
        client.grants.contains(&Grant::RefreshToken) || has_offline(&authorization.scope);
    issue(realm, incoming, &subject, wants_refresh)
}

fn verifies(challenge: Option<&Challenge>, verifier: Option<&str>) -> bool {
    match (challenge, verifier) {
        (None, None) => true,
        (Some(challenge), Some(verifier)) if challenge.hashed => {
            URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == challenge.value
        }
        (Some(challenge), Some(verifier)) => challenge.value == verifier,
        // A verifier for a code that had no challenge is a sign of mischief (RFC 9700 section 4.8.2).
        (None, Some(_)) | (Some(_), None) => false,
    }
}

fn has_offline(scope: &str) -> bool {
    scope.split(' ').any(|scope| scope == "offline_access")
}

/// Refresh tokens are not rotated: a token can be tried before and after a sign-off.
fn refresh(
    realm: &mut Realm,
    incoming: &Incoming,
    form: &Parameters,
    client: &Client,
) -> Result<Value, Refused> {
    let token = form
        .text("refresh_token")
        .ok_or(refused("invalid_request", "refresh_token is missing."))?;
    let known = realm
        .store
        .refresh
        .find(token)
        .filter(|token| token.expires > incoming.now);
    let known = known
        .filter(|token| token.client == client.id)
        .ok_or(INVALID_GRANT)?
        .clone();
    let subject = Subject {
        client: &known.client,
        user: &known.user,
        session: &known.session,
        scope: &known.scope,
        nonce: None,
        auth_time: known.auth_time,
    };
    issue(realm, incoming, &subject, false)
}

fn issue(
    realm: &mut Realm,
    incoming: &Incoming,
    subject: &Subject,
    with_refresh: bool,
) -> Result<Value, Refused> {
    let failed = Refused {
        status: 500,
        ..refused("server_error", "The token could not be signed.")
    };
    let lifetimes = realm.tenant.lifetimes.clone();
    let (header, claims) = dialects::access_token(realm, incoming, subject);
    let access = jwt::signed(&realm.key, &header, &claims).ok_or(failed)?;
    let (header, mut claims) = dialects::id_token(realm, incoming, subject);
    claims["at_hash"] = URL_SAFE_NO_PAD
        .encode(&Sha256::digest(&access)[..16])
        .into();
    let id = jwt::signed(&realm.key, &header, &claims).ok_or(failed)?;
    let token = |lifetime, offline| Token {
        client: subject.client.to_owned(),
        user: subject.user.to_owned(),
        session: subject.session.to_owned(),
        scope: subject.scope.to_owned(),
        auth_time: subject.auth_time,
        expires: after(incoming.now, lifetime),
        offline,
    };
    realm
        .store
        .access
        .put(access.clone(), token(lifetimes.access_token, false));
    let mut answer = json!({
        "access_token": access,
        "token_type": "Bearer",
        "expires_in": lifetimes.access_token,
        "scope": subject.scope,
        "id_token": id,
    });
    if with_refresh {
        let refresh = realm.random.opaque();
        let offline = dialects::keeps_offline_tokens(realm) && has_offline(subject.scope);
        realm
            .store
            .refresh
            .put(refresh.clone(), token(lifetimes.refresh_token, offline));
        answer["refresh_token"] = refresh.into();
    }
    Ok(answer)
}
