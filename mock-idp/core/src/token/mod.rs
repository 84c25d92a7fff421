//! The token endpoint (RFC 6749 sections 4.1.3, 4.4 and 6, RFC 7636 section 4.6, Core section 3.1.3).

mod assertion;
pub(crate) mod client;
pub(crate) mod introspection;
pub(crate) mod pushed;
pub(crate) mod revocation;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::authorize::{Challenge, NamedClaims};
use crate::clock::after;
use crate::config::{AccessTokens, Client, DialectId, Grant, RefreshTokens, TokenEndpointAuth};
use crate::dialects;
use crate::http::Response;
use crate::jwt;
use crate::parameters::{Given, Parameters, media_type};
use crate::realm::{Incoming, Realm};
use crate::sessions::{EndUser, Token};
use crate::userinfo::add_named;

/// An error of RFC 6749 section 5.2.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Refused {
    pub(crate) status: u16,
    pub(crate) error: &'static str,
    pub(crate) description: &'static str,
}

impl Refused {
    pub(crate) fn answer(self) -> Response {
        let body = json!({ "error": self.error, "error_description": self.description });
        let response = Response::json(self.status, &body);
        if self.status == 401 {
            response.with("WWW-Authenticate", "Basic realm=\"token\"")
        } else {
            response
        }
    }
}

pub(crate) const fn refused(error: &'static str, description: &'static str) -> Refused {
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
    pub(crate) end_user: &'a EndUser,
    pub(crate) scope: &'a str,
    pub(crate) nonce: Option<&'a str>,
    /// The code all goes back to.
    pub(crate) grant: &'a str,
    pub(crate) claims: &'a NamedClaims,
}

pub(crate) fn respond(realm: &mut Realm, incoming: &Incoming) -> Response {
    if !incoming.is_post() {
        return Response::not_allowed("POST");
    }
    match exchange(realm, incoming) {
        Ok(tokens) => Response::json(200, &tokens).with("Pragma", "no-cache"),
        Err(refused) => refused.answer(),
    }
}

/// The form that a client sent, and the client once it has authenticated itself.
pub(crate) fn form_of_client(
    realm: &mut Realm,
    incoming: &Incoming,
    once: &[&str],
) -> Result<(Parameters, Client), Refused> {
    if media_type(incoming.request).as_deref() != Some("application/x-www-form-urlencoded") {
        return Err(refused(
            "invalid_request",
            "The content must be application/x-www-form-urlencoded.",
        ));
    }
    let form = incoming.parameters();
    let mut once = client::ONCE.iter().chain(once);
    if once.any(|name| form.given(name) == Given::Repeated) {
        return Err(refused(
            "invalid_request",
            "A parameter was sent more than once.",
        ));
    }
    let client = client::authenticated(realm, incoming, &form)?;
    Ok((form, client))
}

const ONCE: [&str; 6] = [
    "grant_type",
    "code",
    "redirect_uri",
    "code_verifier",
    "refresh_token",
    "scope",
];

fn exchange(realm: &mut Realm, incoming: &Incoming) -> Result<Value, Refused> {
    let (form, client) = form_of_client(realm, incoming, &ONCE)?;
    let may = |grant| client.grants.contains(&grant);
    match form.text("grant_type") {
        Some("authorization_code") if may(Grant::AuthorizationCode) => {
            redeem_code(realm, incoming, &form, &client)
        }
        Some("client_credentials") if may(Grant::ClientCredentials) => {
            own_token(realm, incoming, &form, &client)
        }
        Some("refresh_token") => refresh(realm, incoming, &form, &client),
        Some("authorization_code" | "client_credentials") => Err(refused(
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

/// A token for the client itself (RFC 6749 section 4.4), which nobody signed on for.
fn own_token(
    realm: &mut Realm,
    incoming: &Incoming,
    form: &Parameters,
    client: &Client,
) -> Result<Value, Refused> {
    if client.token_endpoint_auth == TokenEndpointAuth::None {
        return Err(refused(
            "unauthorized_client",
            "Only a client that authenticates itself may use this grant.",
        ));
    }
    let scope = form.text("scope").unwrap_or_default();
    if has_scope(scope, "openid") {
        return Err(refused("invalid_scope", "Nobody signs on with this grant."));
    }
    let (access, lifetime) = access(realm, incoming, &client.id, scope, None)?;
    let mut answer = json!({
        "access_token": access,
        "token_type": "Bearer",
        "expires_in": lifetime,
    });
    if !scope.is_empty() {
        answer["scope"] = scope.into();
    }
    Ok(answer)
}

fn redeem_code(
    realm: &mut Realm,
    incoming: &Incoming,
    form: &Parameters,
    client: &Client,
) -> Result<Value, Refused> {
    let grant = form
        .text("code")
        .ok_or(refused("invalid_request", "code is missing."))?;
    // Taken whatever follows: a code is good for one attempt (RFC 6749 section 4.1.2).
    let Some(code) = realm.store.codes.take(grant) else {
        if realm.tenant.dialect == DialectId::Oidc {
            // Who redeems it again may have stolen it, and so may who redeemed it first.
            realm.store.revoke_grant(grant);
        }
        return Err(INVALID_GRANT);
    };
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
        end_user: &code.end_user,
        scope: &authorization.scope,
        nonce: authorization.nonce.as_deref(),
        grant,
        claims: &authorization.wanted.claims,
    };
    let with_every_code = client.grants.contains(&Grant::RefreshToken)
        && realm.tenant.dialect != DialectId::IdentityServer
        && realm.tenant.freedom.refresh_tokens == RefreshTokens::WithEveryCode;
    let wants_refresh = with_every_code || has_scope(&authorization.scope, "offline_access");
    issue(realm, incoming, &subject, wants_refresh)
}

/// Whether a PKCE verifier fits the challenge of the authorization request (RFC 7636 section 4.6).
pub(crate) fn verifies(challenge: Option<&Challenge>, verifier: Option<&str>) -> bool {
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

fn has_scope(scope: &str, wanted: &str) -> bool {
    scope.split(' ').any(|scope| scope == wanted)
}

/// Unless it is configured so, refresh tokens are not rotated: a token can be tried before and after a sign-off.
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
    let Some(end_user) = &known.end_user else {
        return Err(INVALID_GRANT);
    };
    let subject = Subject {
        client: &known.client,
        end_user,
        scope: &known.scope,
        nonce: None,
        grant: &known.grant,
        claims: &known.claims,
    };
    let rotates = realm.tenant.freedom.refresh_rotation;
    if rotates {
        realm.store.refresh.take(token);
    }
    issue(realm, incoming, &subject, rotates)
}

const UNSIGNED: Refused = Refused {
    status: 500,
    ..refused("server_error", "The token could not be signed.")
};

/// Signs an access token and remembers it.
fn access(
    realm: &mut Realm,
    incoming: &Incoming,
    client: &str,
    scope: &str,
    subject: Option<&Subject>,
) -> Result<(String, u32), Refused> {
    let end_user = subject.map(|subject| subject.end_user);
    let access = match realm.tenant.freedom.access_tokens {
        AccessTokens::Opaque => realm.random.opaque(),
        AccessTokens::Jwt => {
            let (header, claims) = dialects::access_token(realm, incoming, client, scope, end_user);
            jwt::signed(&realm.key, &header, &claims).ok_or(UNSIGNED)?
        }
    };
    let lifetime = realm.tenant.lifetimes.access_token;
    let token = Token {
        client: client.to_owned(),
        end_user: end_user.cloned(),
        scope: scope.to_owned(),
        issued: incoming.now,
        expires: after(incoming.now, lifetime),
        offline: false,
        grant: subject.map_or_else(String::new, |subject| subject.grant.to_owned()),
        claims: subject
            .map(|subject| subject.claims.clone())
            .unwrap_or_default(),
    };
    realm.store.access.put(access.clone(), token);
    Ok((access, lifetime))
}

fn issue(
    realm: &mut Realm,
    incoming: &Incoming,
    subject: &Subject,
    with_refresh: bool,
) -> Result<Value, Refused> {
    let (client, scope) = (subject.client, subject.scope);
    let (access, lifetime) = access(realm, incoming, client, scope, Some(subject))?;
    let (header, mut claims) = dialects::id_token(realm, incoming, subject);
    if let Some(user) = realm.tenant.user(&subject.end_user.user) {
        add_named(&mut claims, user, &subject.claims.id_token);
    }
    claims["at_hash"] = URL_SAFE_NO_PAD
        .encode(&Sha256::digest(&access)[..16])
        .into();
    let id = jwt::signed(&realm.key, &header, &claims).ok_or(UNSIGNED)?;
    if claims.get("sid").is_none() {
        realm.store.issued_in(&id, &subject.end_user.session);
    }
    let mut answer = json!({
        "access_token": access,
        "token_type": "Bearer",
        "expires_in": lifetime,
        "scope": subject.scope,
        "id_token": id,
    });
    if with_refresh {
        let refresh = realm.random.opaque();
        let offline = has_scope(subject.scope, "offline_access");
        let token = Token {
            client: subject.client.to_owned(),
            end_user: Some(subject.end_user.clone()),
            scope: subject.scope.to_owned(),
            issued: incoming.now,
            expires: after(incoming.now, realm.tenant.lifetimes.refresh_token),
            offline,
            grant: subject.grant.to_owned(),
            claims: subject.claims.clone(),
        };
        realm.store.refresh.put(refresh.clone(), token);
        answer["refresh_token"] = refresh.into();
    }
    Ok(answer)
}
