//! The members of an application: which mean something here, which are only kept.

use serde_json::{Map, Value, json};

use super::super::reader::Reader;
use crate::config::{ApplicationKind, Client, Grant, Pkce, TokenEndpointAuth, is_origin};
use crate::signing::rsa_keys;

const KINDS: [(&str, ApplicationKind); 6] = [
    ("WEB_APP", ApplicationKind::WebApp),
    ("NATIVE_APP", ApplicationKind::NativeApp),
    ("SINGLE_PAGE_APP", ApplicationKind::SinglePageApp),
    ("WORKER", ApplicationKind::Worker),
    ("SERVICE", ApplicationKind::Service),
    ("CUSTOM_APP", ApplicationKind::CustomApp),
];

/// Of the protocols of the product only this one is here.
const PROTOCOLS: [(&str, ()); 1] = [("OPENID_CONNECT", ())];

const METHODS: [(&str, TokenEndpointAuth); 5] = [
    ("NONE", TokenEndpointAuth::None),
    ("CLIENT_SECRET_BASIC", TokenEndpointAuth::Basic),
    ("CLIENT_SECRET_POST", TokenEndpointAuth::Post),
    ("CLIENT_SECRET_JWT", TokenEndpointAuth::SecretJwt),
    ("PRIVATE_KEY_JWT", TokenEndpointAuth::PrivateKeyJwt),
];

/// Those without a meaning here may be registered all the same.
const GRANTS: [(&str, Option<Grant>); 7] = [
    ("AUTHORIZATION_CODE", Some(Grant::AuthorizationCode)),
    ("REFRESH_TOKEN", Some(Grant::RefreshToken)),
    ("CLIENT_CREDENTIALS", Some(Grant::ClientCredentials)),
    ("IMPLICIT", None),
    ("DEVICE_CODE", None),
    ("TOKEN_EXCHANGE", None),
    ("CIBA", None),
];

const RESPONSE_TYPES: [&str; 3] = ["TOKEN", "ID_TOKEN", "CODE"];

const PKCE: [(&str, Pkce); 3] = [
    ("OPTIONAL", Pkce::Optional),
    ("REQUIRED", Pkce::Required),
    ("S256_REQUIRED", Pkce::S256Required),
];

const PUSHED: [(&str, bool); 2] = [("OPTIONAL", false), ("REQUIRED", true)];

/// Documented members without a meaning here.
const INERT: [&str; 26] = [
    "description",
    "homePageUrl",
    "initiateLoginUri",
    "targetLinkUri",
    "icon",
    "tags",
    "accessControl",
    "assignActorRoles",
    "hiddenFromAppPortal",
    "allowWildcardInRedirectUris",
    "includeX5t",
    "jwksUrl",
    "kerberos",
    "mobile",
    "parTimeout",
    "refreshTokenDuration",
    "refreshTokenRollingDuration",
    "refreshTokenRollingGracePeriodDuration",
    "additionalRefreshTokenReplayProtectionEnabled",
    "requestScopesForMultipleResourcesEnabled",
    "requireSignedRequestObject",
    "supportUnsignedRequestObject",
    "signing",
    "deviceCustomVerificationUri",
    "devicePathId",
    "deviceTimeout",
];

/// More are refused, as by the product.
const MOST_ORIGINS: usize = 20;

const READ_ONLY: [&str; 4] = ["id", "environment", "createdAt", "updatedAt"];

/// Reads an application in place of the one before. What was wrong stays with the reader.
pub(super) fn read(content: &mut Reader, before: Client) -> (Client, Map<String, Value>) {
    let name = content.required_text("name").unwrap_or_default();
    let enabled = content.required_flag("enabled").unwrap_or_default();
    let kind = content.required_word("type", &KINDS).unwrap_or_default();
    content.required_word("protocol", &PROTOCOLS);
    let method = content
        .required_word("tokenEndpointAuthMethod", &METHODS)
        .unwrap_or_default();
    let grants = words(content, "grantTypes", &GRANTS.map(|(name, _)| name), true);
    let response_types = words(content, "responseTypes", &RESPONSE_TYPES, false);
    let jwks = jwks(content, method);
    let mut inert = content.inert(&INERT);
    inert.insert("grantTypes".into(), grants.clone().into());
    inert.insert("responseTypes".into(), response_types.into());
    let (cors_origins, cors_settings) = cors(content);
    inert.extend(cors_settings.map(|settings| ("corsSettings".into(), settings)));
    let client = Client {
        name,
        enabled,
        kind,
        token_endpoint_auth: method,
        grants: grants_of(&grants),
        jwks,
        redirect_uris: content.uris("redirectUris").unwrap_or_default(),
        post_logout_redirect_uris: content.uris("postLogoutRedirectUris").unwrap_or_default(),
        pkce: content.word("pkceEnforcement", &PKCE).unwrap_or_default(),
        pushed_requests_required: content.word("parRequirement", &PUSHED).unwrap_or_default(),
        op_session_check_enabled: content.flag("opSessionCheckEnabled").unwrap_or_default(),
        idp_signoff: content.flag("idpSignoff").unwrap_or_default(),
        login_page_url: content.uri("loginPageUrl"),
        cors_origins,
        ..before
    };
    content.ignore(&READ_ONLY);
    (client, inert)
}

/// A list of known words.
fn words(content: &mut Reader, name: &str, known: &[&str], required: bool) -> Vec<String> {
    if required && !content.has(name) {
        // Reads nothing and says that there must be something.
        content.required_text(name);
        return Vec::new();
    }
    let given = content.texts(name).unwrap_or_default();
    if given.iter().any(|word| !known.contains(&word.as_str())) {
        content.refuse_word(name, known.iter().copied());
    }
    given
}

fn grants_of(names: &[String]) -> Vec<Grant> {
    let known = GRANTS
        .iter()
        .filter(|(name, _)| names.iter().any(|given| given == name));
    known.filter_map(|(_, grant)| *grant).collect()
}

const CORS: [(&str, bool); 2] = [
    ("ALLOW_SPECIFIC_ORIGINS", true),
    ("ALLOW_NO_ORIGINS", false),
];

/// The origins that are trusted where the session cookie is used, and the setting as it is shown again.
fn cors(content: &mut Reader) -> (Vec<String>, Option<Value>) {
    if !content.has("corsSettings") {
        return (Vec::new(), None);
    }
    let read = content.inside("corsSettings", |settings| {
        let specific = settings.required_word("behavior", &CORS);
        let origins = settings.texts("origins").unwrap_or_default();
        if let Some(bad) = origins.iter().position(|origin| !is_origin(origin)) {
            settings.refuse_value(&format!("origins[{bad}]"), "must be an http or https URL without a path");
        }
        if origins.len() > MOST_ORIGINS || specific == Some(origins.is_empty()) {
            settings.refuse_value(
                "origins",
                "must have 1 to 20 values for ALLOW_SPECIFIC_ORIGINS, and none for ALLOW_NO_ORIGINS",
            );
        }
        (specific, origins)
    });
    let Some((Some(specific), origins)) = read else {
        return (Vec::new(), None);
    };
    let shown = (!specific).then(|| json!({ "behavior": word_of(&CORS, false) }));
    (origins, shown)
}

/// The keys of a client that signs its assertions, as a text in the text.
fn jwks(content: &mut Reader, method: TokenEndpointAuth) -> Option<Value> {
    let needed = method == TokenEndpointAuth::PrivateKeyJwt;
    let text = if needed {
        content.required_text("jwks")?
    } else {
        content.text("jwks")?
    };
    let keys: Option<Value> = serde_json::from_str(&text).ok();
    let keys = keys.filter(|keys| !rsa_keys(keys).is_empty());
    if keys.is_none() {
        content.refuse_value("jwks", "must be a JSON Web Key Set with an RSA key");
    }
    keys.filter(|_| needed)
}

/// What the environment knows of an application. The members that are only kept are not among them.
pub(super) fn written(client: &Client) -> Value {
    let mut description = json!({
        "id": client.id,
        "name": client.name,
        "enabled": client.enabled,
        "type": word_of(&KINDS, client.kind),
        "protocol": "OPENID_CONNECT",
        "tokenEndpointAuthMethod": word_of(&METHODS, client.token_endpoint_auth),
        "redirectUris": client.redirect_uris,
        "postLogoutRedirectUris": client.post_logout_redirect_uris,
        "grantTypes": client.grants.iter().map(|grant| word_of(&GRANTS, Some(*grant))).collect::<Vec<_>>(),
        "responseTypes": response_types(client),
        "pkceEnforcement": word_of(&PKCE, client.pkce),
        "parRequirement": word_of(&PUSHED, client.pushed_requests_required),
        "idpSignoff": client.idp_signoff,
        "opSessionCheckEnabled": client.op_session_check_enabled,
    });
    if let Some(url) = &client.login_page_url {
        description["loginPageUrl"] = url.as_str().into();
    }
    if !client.cors_origins.is_empty() {
        description["corsSettings"] =
            json!({ "behavior": word_of(&CORS, true), "origins": client.cors_origins });
    }
    if let Some(keys) = &client.jwks {
        description["jwks"] = keys.to_string().into();
    }
    description
}

fn response_types(client: &Client) -> &'static [&'static str] {
    if client.grants.contains(&Grant::AuthorizationCode) {
        &["CODE"]
    } else {
        &[]
    }
}

fn word_of<T: PartialEq + Copy>(words: &[(&'static str, T)], value: T) -> &'static str {
    let known = words.iter().find(|(_, known)| *known == value);
    known.map_or("", |(word, _)| word)
}
