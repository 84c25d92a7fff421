//! Who takes part: relying parties and people.

use std::fmt;

use serde::Deserialize;

/// A relying party ("application" in PingOne's words).
#[expect(
    clippy::struct_excessive_bools,
    reason = "a registration has many settings that do not depend on each other"
)]
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// PingOne: which kind of application it is.
    #[serde(default)]
    pub kind: ApplicationKind,
    /// The keys of a client that authenticates with `private_key_jwt`: a JSON Web Key Set (RFC 7517 section 5).
    #[serde(default)]
    pub jwks: Option<serde_json::Value>,
    /// PingOne: whether authorization requests must be pushed first (RFC 9126 section 6).
    #[serde(default)]
    pub pushed_requests_required: bool,
    /// PingOne: whether it learns of the end of a session by a frame (OpenID Connect Session Management 1.0).
    #[serde(default)]
    pub op_session_check_enabled: bool,
    /// PingOne: the environments that a worker application may manage; every one when absent.
    #[serde(default)]
    pub manages: Option<Vec<String>>,
    /// PingOne: the origins whose pages may read what the endpoints that go by the session cookie answer: authorization,
    /// resumption, sign-off (`corsSettings`). No page elsewhere may when empty. One `*` stands for a part of the host.
    #[serde(default)]
    pub cors_origins: Vec<String>,
    /// PingOne: pages of its own in place of the hosted ones, which sign people on by the JSON of the flow.
    #[serde(default)]
    pub login_page_url: Option<String>,
    /// PingOne: whether a session may be ended at `/as/idpSignoff` by an ID token alone.
    #[serde(default)]
    pub idp_signoff: bool,
    /// Where it wants to hear of a sign-off in a frame (OpenID Connect Front-Channel Logout 1.0 section 2).
    #[serde(default)]
    pub front_channel_logout_uri: Option<String>,
    /// Whether that address is given `iss` and `sid`.
    #[serde(default)]
    pub front_channel_logout_session_required: bool,
    /// Where it wants to be told of a sign-off by the provider itself (OpenID Connect Back-Channel Logout 1.0
    /// section 2.2).
    #[serde(default)]
    pub back_channel_logout_uri: Option<String>,
    /// Whether the logout token must name the session.
    #[serde(default)]
    pub back_channel_logout_session_required: bool,
    /// IdentityServer: whether people are asked to consent when they first sign in to it.
    #[serde(default)]
    pub require_consent: bool,
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
            kind: ApplicationKind::WebApp,
            jwks: None,
            pushed_requests_required: false,
            op_session_check_enabled: false,
            manages: None,
            cors_origins: Vec::new(),
            login_page_url: None,
            idp_signoff: false,
            front_channel_logout_uri: None,
            front_channel_logout_session_required: false,
            back_channel_logout_uri: None,
            back_channel_logout_session_required: false,
            require_consent: false,
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

    /// A PingOne worker application: it acts for nobody and may use the platform API.
    pub fn worker(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self {
            kind: ApplicationKind::Worker,
            grants: vec![Grant::ClientCredentials],
            ..Self::confidential(id, secret)
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

pub(super) fn yes() -> bool {
    true
}

fn default_grants() -> Vec<Grant> {
    vec![Grant::AuthorizationCode]
}

/// How a client authenticates at the token endpoint (Core section 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TokenEndpointAuth {
    /// `client_secret_basic`.
    #[default]
    Basic,
    /// `client_secret_post`.
    Post,
    /// `client_secret_jwt`: an assertion under the secret.
    SecretJwt,
    /// `private_key_jwt`: an assertion under a key of the client's own.
    PrivateKeyJwt,
    /// `none`: a public client.
    None,
}

impl TokenEndpointAuth {
    /// Whether the client and the provider share a secret for it.
    pub(crate) fn has_secret(self) -> bool {
        matches!(self, Self::Basic | Self::Post | Self::SecretJwt)
    }
}

/// Which kind of application a client is in PingOne's eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ApplicationKind {
    /// Runs on a server and keeps a secret.
    #[default]
    WebApp,
    /// Runs on somebody's device.
    NativeApp,
    /// Runs in a browser.
    SinglePageApp,
    /// Acts for nobody but itself; the only kind that may use the platform API.
    Worker,
    /// A service without an interface.
    Service,
    /// None of these.
    CustomApp,
}

/// Whether a client must use PKCE (RFC 7636).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Grant {
    /// `authorization_code`.
    AuthorizationCode,
    /// `refresh_token`: every code brings a refresh token.
    RefreshToken,
    /// `client_credentials`: tokens of its own, with no user.
    ClientCredentials,
}

/// A person.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// PingOne: whether they are locked out until somebody unlocks them.
    #[serde(default)]
    pub locked: bool,
    /// PingOne: whether their password will do, or they choose another when they sign on.
    #[serde(default)]
    pub password_status: PasswordStatus,
}

/// Whether a password will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PasswordStatus {
    /// It will.
    #[default]
    Ok,
    /// It is too old.
    PasswordExpired,
    /// Somebody else chose it.
    MustChangePassword,
}

impl PasswordStatus {
    /// The product's word for it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::PasswordExpired => "PASSWORD_EXPIRED",
            Self::MustChangePassword => "MUST_CHANGE_PASSWORD",
        }
    }
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
            locked: false,
            password_status: PasswordStatus::Ok,
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
