//! The metadata of a client that registers itself (Dynamic Client Registration 1.0 section 2, RP-Initiated Logout 1.0
//! section 3.1): what is understood, what is refused, and what it becomes where nothing was asked for.

use serde_json::{Map, Value, json};
use url::{Host, Url};

use crate::config::{ApplicationKind, Client, Grant, Pkce, TokenEndpointAuth, can_be_registered};
use crate::signing::rsa_keys;
use crate::token::{Refused, refused};

/// What a client is registered with.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// The metadata as the answer gives them back.
    pub(super) known: Value,
    pub(super) auth: TokenEndpointAuth,
    name: String,
    kind: ApplicationKind,
    grants: Vec<Grant>,
    redirect_uris: Vec<String>,
    post_logout_redirect_uris: Vec<String>,
    jwks: Option<Value>,
}

impl Wanted {
    /// The client it becomes.
    pub(super) fn client(self, id: String, secret: Option<String>) -> Client {
        let is_public = self.auth == TokenEndpointAuth::None;
        Client {
            name: self.name,
            token_endpoint_auth: self.auth,
            redirect_uris: self.redirect_uris,
            post_logout_redirect_uris: self.post_logout_redirect_uris,
            pkce: if is_public {
                Pkce::S256Required
            } else {
                Pkce::Optional
            },
            grants: self.grants,
            kind: self.kind,
            jwks: self
                .jwks
                .filter(|_| self.auth == TokenEndpointAuth::PrivateKeyJwt),
            secret,
            ..Client::confidential(id, "")
        }
    }
}

pub(super) const fn invalid(description: &'static str) -> Refused {
    refused("invalid_client_metadata", description)
}

const fn invalid_uri(description: &'static str) -> Refused {
    refused("invalid_redirect_uri", description)
}

/// Members that are text or an address and that nothing here depends on.
const KEPT: [&str; 9] = [
    "client_name",
    "logo_uri",
    "client_uri",
    "policy_uri",
    "tos_uri",
    "initiate_login_uri",
    "default_acr_values",
    "contacts",
    "software_id",
];

/// Members that only a provider can honour that fetches, encrypts or keeps pairwise identifiers.
const REFUSED: [&str; 10] = [
    "jwks_uri",
    "sector_identifier_uri",
    "request_uris",
    "id_token_encrypted_response_alg",
    "id_token_encrypted_response_enc",
    "userinfo_signed_response_alg",
    "userinfo_encrypted_response_alg",
    "userinfo_encrypted_response_enc",
    "request_object_encryption_alg",
    "request_object_encryption_enc",
];

/// Reads the metadata of a request. What is not understood is ignored (section 3.1).
pub(super) fn read(asked: &Value, uris_checked: bool) -> Result<Wanted, Refused> {
    let empty = Map::new();
    let asked = asked.as_object().unwrap_or(&empty);
    if REFUSED.iter().any(|name| asked.contains_key(*name)) {
        return Err(invalid("A member asks for what this provider does not do."));
    }
    let one_of =
        |name: &str, usual: &'static str, all: &[&'static str]| chosen(asked, name, usual, all);
    let kind = one_of("application_type", "web", &["web", "native"])?;
    let auth_name = one_of("token_endpoint_auth_method", "client_secret_basic", &AUTH)?;
    one_of("subject_type", "public", &["public"])?;
    one_of("id_token_signed_response_alg", "RS256", &["RS256"])?;
    let auth = auth_of(auth_name);
    let grants = subset(asked, "grant_types", &["authorization_code"], &GRANTS)?;
    let responses = subset(asked, "response_types", &["code"], &["code"])?;
    if !grants.iter().any(|grant| grant == "authorization_code") {
        return Err(invalid(
            "The response type code goes with the grant authorization_code.",
        ));
    }
    if auth == TokenEndpointAuth::None && grants.iter().any(|grant| grant == "client_credentials") {
        return Err(invalid("A public client has no credentials of its own."));
    }
    let redirect_uris = uris(asked, "redirect_uris")?;
    if redirect_uris.is_empty() {
        return Err(invalid_uri("redirect_uris is missing or empty."));
    }
    for uri in redirect_uris.iter().filter(|_| uris_checked) {
        sign_in_uri(uri, kind == "native")?;
    }
    let post_logout_redirect_uris = uris(asked, "post_logout_redirect_uris")?;
    for uri in post_logout_redirect_uris.iter().filter(|_| uris_checked) {
        sign_off_uri(uri, auth != TokenEndpointAuth::None)?;
    }
    let jwks = keys(asked, auth)?;
    let mut known = json!({
        "redirect_uris": redirect_uris,
        "response_types": responses,
        "grant_types": grants,
        "application_type": kind,
        "token_endpoint_auth_method": auth_name,
        "subject_type": "public",
        "id_token_signed_response_alg": "RS256",
    });
    if asked.contains_key("post_logout_redirect_uris") {
        known["post_logout_redirect_uris"] = post_logout_redirect_uris.clone().into();
    }
    for (name, value) in asked {
        let bare = name.split('#').next().unwrap_or_default();
        if KEPT.contains(&bare) {
            known[name.as_str()] = kept(bare, value)?;
        }
    }
    if let Some(jwks) = &jwks {
        known["jwks"] = jwks.clone();
    }
    Ok(Wanted {
        known,
        auth,
        name: asked
            .get("client_name")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        kind: if kind == "native" {
            ApplicationKind::NativeApp
        } else {
            ApplicationKind::WebApp
        },
        grants: grants.iter().filter_map(|grant| grant_of(grant)).collect(),
        redirect_uris,
        post_logout_redirect_uris,
        jwks,
    })
}

const AUTH: [&str; 5] = [
    "client_secret_basic",
    "client_secret_post",
    "client_secret_jwt",
    "private_key_jwt",
    "none",
];

fn auth_of(name: &str) -> TokenEndpointAuth {
    match name {
        "client_secret_post" => TokenEndpointAuth::Post,
        "client_secret_jwt" => TokenEndpointAuth::SecretJwt,
        "private_key_jwt" => TokenEndpointAuth::PrivateKeyJwt,
        "none" => TokenEndpointAuth::None,
        _ => TokenEndpointAuth::Basic,
    }
}

const GRANTS: [&str; 3] = ["authorization_code", "refresh_token", "client_credentials"];

fn grant_of(name: &str) -> Option<Grant> {
    match name {
        "authorization_code" => Some(Grant::AuthorizationCode),
        "refresh_token" => Some(Grant::RefreshToken),
        "client_credentials" => Some(Grant::ClientCredentials),
        _ => None,
    }
}

/// A member that is one of several words.
fn chosen(
    asked: &Map<String, Value>,
    name: &str,
    usual: &'static str,
    all: &[&'static str],
) -> Result<&'static str, Refused> {
    match asked.get(name) {
        None => Ok(usual),
        Some(value) => all
            .iter()
            .find(|word| value == **word)
            .copied()
            .ok_or(invalid(
                "A member has a value that this provider does not have.",
            )),
    }
}

/// A member that lists some of several words.
fn subset(
    asked: &Map<String, Value>,
    name: &str,
    usual: &[&'static str],
    all: &[&'static str],
) -> Result<Vec<String>, Refused> {
    let words = match asked.get(name) {
        None => usual.iter().map(|word| (*word).to_owned()).collect(),
        Some(_) => texts(asked, name).ok_or(invalid("A member is no list of texts."))?,
    };
    if words.is_empty() || !words.iter().all(|word| all.contains(&word.as_str())) {
        return Err(invalid(
            "A list has a value that this provider does not have.",
        ));
    }
    Ok(words)
}

fn texts(asked: &Map<String, Value>, name: &str) -> Option<Vec<String>> {
    let list = asked.get(name)?.as_array()?;
    list.iter()
        .map(|value| value.as_str().map(str::to_owned))
        .collect()
}

fn uris(asked: &Map<String, Value>, name: &str) -> Result<Vec<String>, Refused> {
    match asked.get(name) {
        None => Ok(Vec::new()),
        Some(_) => texts(asked, name).ok_or(invalid_uri("A list of URIs is none.")),
    }
}

fn kept(name: &str, value: &Value) -> Result<Value, Refused> {
    let good = match name {
        "contacts" | "default_acr_values" => value
            .as_array()
            .is_some_and(|list| list.iter().all(Value::is_string)),
        "client_name" | "software_id" => value.is_string(),
        _ => value
            .as_str()
            .and_then(|text| Url::parse(text).ok())
            .is_some_and(|url| matches!(url.scheme(), "http" | "https")),
    };
    good.then(|| value.clone())
        .ok_or(invalid("A member is of the wrong kind."))
}

/// Schemes that run or show something in the browser instead of calling an application.
const NEVER: [&str; 7] = [
    "javascript",
    "data",
    "vbscript",
    "blob",
    "file",
    "about",
    "view-source",
];

/// What holds for every address that a browser is sent to (RFC 6749 section 3.1.2, RFC 9700 section 4.1).
fn address(uri: &str) -> Result<Url, Refused> {
    let url = Some(uri)
        .filter(|uri| can_be_registered(uri) && !uri.contains('#'))
        .and_then(|uri| Url::parse(uri).ok());
    url.filter(|url| {
        let bare = url.username().is_empty() && url.password().is_none();
        !NEVER.contains(&url.scheme()) && bare
    })
    .ok_or(invalid_uri(
        "A URI is not absolute, has a fragment or a user name, or a scheme that leads to no application.",
    ))
}

/// Section 2, `application_type`: web clients use http and https, native ones schemes of their own and loopback.
fn sign_in_uri(uri: &str, native: bool) -> Result<(), Refused> {
    let url = address(uri)?;
    let fits = match url.scheme() {
        "https" => true,
        // RFC 9700 section 2.6: http to this machine only.
        "http" => is_loopback(&url),
        _ => native,
    };
    if fits {
        Ok(())
    } else {
        Err(invalid_uri("A redirect URI does not fit application_type."))
    }
}

/// RP-Initiated Logout section 3.1: http only for confidential clients.
fn sign_off_uri(uri: &str, confidential: bool) -> Result<(), Refused> {
    let url = address(uri).map_err(|refusal| invalid(refusal.description))?;
    if url.scheme() == "http" && !confidential {
        return Err(invalid("A public client signs off to no http address."));
    }
    Ok(())
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// `jwks`, which `private_key_jwt` needs. Beside another method it is kept, and nothing uses it.
fn keys(asked: &Map<String, Value>, auth: TokenEndpointAuth) -> Result<Option<Value>, Refused> {
    let jwks = asked.get("jwks");
    let usable = jwks.is_some_and(|jwks| !rsa_keys(jwks).is_empty());
    if auth == TokenEndpointAuth::PrivateKeyJwt && !usable {
        return Err(invalid(
            "private_key_jwt needs jwks with an RSA key of 2048 bits or more.",
        ));
    }
    if jwks.is_some_and(|jwks| !jwks["keys"].is_array()) {
        return Err(invalid("jwks is no set of keys."));
    }
    Ok(jwks.cloned())
}
