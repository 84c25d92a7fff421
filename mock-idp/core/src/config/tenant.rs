//! One provider among several: its addresses, key, clients and users.

use std::fmt;

use serde::Deserialize;

use super::{DialectId, Edition};

/// One provider: a PingOne environment, or an issuer of the plain dialect.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tenant {
    /// PingOne: the environment id. Plain: the path segment of the issuer, or empty.
    pub id: String,
    /// Which product it behaves like.
    pub dialect: DialectId,
    /// Which state of that product's documentation.
    #[serde(default)]
    pub edition: Edition,
    /// The issuer identifier, for example `https://auth.pingone.com/{id}/as` or `http://127.0.0.1:8080/{id}/as`.
    pub issuer: String,
    /// PingOne: a host name under which the environment is reached without its id in the path.
    #[serde(default)]
    pub custom_domain: Option<String>,
    /// PingOne: the origin of the hosted pages. Derived from the issuer when absent: `https://apps.pingone.{tld}`
    /// for `https://auth.pingone.{tld}`, otherwise the issuer's own origin.
    #[serde(default)]
    pub ui_base: Option<String>,
    /// The relying parties.
    #[serde(default)]
    pub clients: Vec<Client>,
    /// The people.
    #[serde(default)]
    pub users: Vec<User>,
    /// The key that signs its tokens.
    #[serde(default)]
    pub signing_key: KeyChoice,
    /// How long things last.
    #[serde(default)]
    pub lifetimes: Lifetimes,
    /// PingOne: what the rule about the length of redirect URI and `state` counts.
    #[serde(default)]
    pub length_unit: LengthUnit,
}

impl Tenant {
    /// A PingOne environment on the given origin of the authorization server (`https://auth.pingone.com`).
    pub fn pingone(id: impl Into<String>, origin: &str) -> Self {
        let id = id.into();
        let issuer = format!("{origin}/{id}/as");
        Self::new(id, DialectId::PingOne, issuer)
    }

    /// A provider of the plain dialect. Its id is the last path segment of the issuer, if it has a path.
    pub fn oidc(id: impl Into<String>, issuer: impl Into<String>) -> Self {
        Self::new(id.into(), DialectId::Oidc, issuer.into())
    }

    fn new(id: String, dialect: DialectId, issuer: String) -> Self {
        Self {
            id,
            dialect,
            edition: Edition::Current,
            issuer,
            custom_domain: None,
            ui_base: None,
            clients: Vec::new(),
            users: Vec::new(),
            signing_key: KeyChoice::First,
            lifetimes: Lifetimes::default(),
            length_unit: LengthUnit::Decoded,
        }
    }

    pub(crate) fn client(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.id == id)
    }

    pub(crate) fn user(&self, id: &str) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }
}

/// A relying party ("application" in PingOne's words).
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Client {
    /// The client identifier.
    pub id: String,
    /// The name shown to people.
    #[serde(default)]
    pub name: String,
    /// Whether it may be used.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// The secret of a confidential client.
    #[serde(default)]
    pub secret: Option<String>,
    /// How it authenticates at the token endpoint.
    #[serde(default)]
    pub token_endpoint_auth: TokenEndpointAuth,
    /// Where authorization responses may go, compared byte for byte.
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    /// Where a browser may go after sign-off, compared byte for byte.
    #[serde(default)]
    pub post_logout_redirect_uris: Vec<String>,
    /// Whether it must use PKCE.
    #[serde(default)]
    pub pkce: Pkce,
    /// What it may ask the token endpoint for.
    #[serde(default = "default_grants")]
    pub grants: Vec<Grant>,
}

impl Client {
    /// A confidential client that authenticates with HTTP Basic and may use refresh tokens.
    pub fn confidential(id: impl Into<String>, secret: impl Into<String>) -> Self {
        let id = id.into();
        Self {
            name: id.clone(),
            id,
            enabled: true,
            secret: Some(secret.into()),
            token_endpoint_auth: TokenEndpointAuth::Basic,
            redirect_uris: Vec::new(),
            post_logout_redirect_uris: Vec::new(),
            pkce: Pkce::Optional,
            grants: vec![Grant::AuthorizationCode, Grant::RefreshToken],
        }
    }

    /// A public client, which must use PKCE with S256.
    pub fn public(id: impl Into<String>) -> Self {
        Self {
            secret: None,
            token_endpoint_auth: TokenEndpointAuth::None,
            pkce: Pkce::S256Required,
            grants: default_grants(),
            ..Self::confidential(id, "")
        }
    }

    /// The same client with one more redirect URI.
    pub fn with_redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.redirect_uris.push(uri.into());
        self
    }

    /// The same client with one more post-logout redirect URI.
    pub fn with_post_logout_redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.post_logout_redirect_uris.push(uri.into());
        self
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("id", &self.id)
            .field("enabled", &self.enabled)
            .field("token_endpoint_auth", &self.token_endpoint_auth)
            .field("redirect_uris", &self.redirect_uris)
            .field("post_logout_redirect_uris", &self.post_logout_redirect_uris)
            .finish_non_exhaustive()
    }
}

fn yes() -> bool {
    true
}

fn default_grants() -> Vec<Grant> {
    vec![Grant::AuthorizationCode]
}

/// How a client authenticates at the token endpoint (Core section 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TokenEndpointAuth {
    /// `client_secret_basic`.
    #[default]
    Basic,
    /// `client_secret_post`.
    Post,
    /// `none`: a public client.
    None,
}

/// Whether a client must use PKCE (RFC 7636).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pkce {
    /// It may.
    #[default]
    Optional,
    /// It must, with either method.
    Required,
    /// It must, with `S256`.
    S256Required,
}

/// What a client may ask the token endpoint for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grant {
    /// `authorization_code`.
    AuthorizationCode,
    /// `refresh_token`: every code brings a refresh token.
    RefreshToken,
}

/// A person.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// The subject identifier (`sub`).
    pub id: String,
    /// What they type to sign on.
    pub username: String,
    /// Their password.
    pub password: String,
    /// The given name.
    #[serde(default)]
    pub given_name: String,
    /// The family name.
    #[serde(default)]
    pub family_name: String,
    /// The mail address.
    #[serde(default)]
    pub email: String,
    /// Whether they may sign on.
    #[serde(default = "yes")]
    pub enabled: bool,
}

impl User {
    /// A person who may sign on, with a mail address made from the user name.
    pub fn new(
        id: impl Into<String>,
        username: impl Into<String>,
        password: impl Into<String>,
    ) -> Self {
        let username = username.into();
        Self {
            id: id.into(),
            email: format!("{username}@example.com"),
            given_name: username.clone(),
            family_name: "Example".into(),
            username,
            password: password.into(),
            enabled: true,
        }
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User")
            .field("id", &self.id)
            .field("username", &self.username)
            .field("enabled", &self.enabled)
            .finish_non_exhaustive()
    }
}

/// Which key signs a tenant's tokens.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyChoice {
    /// The first fixed test key ([`crate::test_keys::FIRST_PKCS8_PEM`]).
    #[default]
    First,
    /// The second fixed test key.
    Second,
    /// The third fixed test key.
    Third,
    /// An RSA key of one's own, PKCS#8 in PEM.
    Pkcs8Pem(String),
}

impl fmt::Debug for KeyChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::First => "First",
            Self::Second => "Second",
            Self::Third => "Third",
            Self::Pkcs8Pem(_) => "Pkcs8Pem(..)",
        })
    }
}

/// What a length rule counts; PingOne's documentation does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LengthUnit {
    /// Characters of the decoded values.
    #[default]
    Decoded,
    /// Characters of the values as a form encodes them.
    Encoded,
}

/// How long things last, in seconds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lifetimes {
    /// An authorization code.
    pub code: u32,
    /// An ID token.
    pub id_token: u32,
    /// An access token.
    pub access_token: u32,
    /// A refresh token.
    pub refresh_token: u32,
    /// A session nobody uses.
    pub session_idle: u32,
    /// A sign-on that nobody goes on with.
    pub flow: u32,
}

impl Default for Lifetimes {
    fn default() -> Self {
        const DAY: u32 = 24 * 60 * 60;
        Self {
            code: 60,
            id_token: 3_600,
            access_token: 3_600,
            refresh_token: 30 * DAY,
            session_idle: 30 * DAY,
            flow: 15 * 60,
        }
    }
}
