//! Who takes part: relying parties and people.

use std::fmt;

use serde::Deserialize;

/// A relying party ("application" in PingOne's words).
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
            login_page_url: None,
            idp_signoff: false,
            front_channel_logout_uri: None,
            front_channel_logout_session_required: false,
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
    /// `none`: a public client.
    None,
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
