//! One provider among several: its addresses, key, clients and users.

use std::fmt;

use serde::Deserialize;

use super::people::yes;
use super::{Client, DialectId, Edition, Freedom, SignOnSettings, User, WorkOs};

/// One provider: a PingOne environment, or an issuer of the plain dialect.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// Absent in a file, the server writes it from its own origin; the provider itself needs it.
    #[serde(default)]
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
    /// Whether there is a logout endpoint. Without one the discovery document lacks `end_session_endpoint`, and the
    /// path is not found: a provider that does not implement RP-Initiated Logout.
    #[serde(default = "yes")]
    pub end_session_endpoint: bool,
    /// Plain: whether there is a revocation endpoint (RFC 7009). Without one the discovery document lacks
    /// `revocation_endpoint`, and the path is not found.
    #[serde(default = "yes")]
    pub revocation_endpoint: bool,
    /// WorkOS: connections, profiles, sign-out redirects.
    #[serde(default)]
    pub workos: WorkOs,
    /// PingOne: how people sign on.
    #[serde(default)]
    pub sign_on: SignOnSettings,
    /// PingOne: what signing off means for the whole environment.
    #[serde(default)]
    pub logout_settings: LogoutSettings,
    /// Plain: who may register a client (Dynamic Client Registration 1.0 section 3).
    #[serde(default)]
    pub registration: Registration,
    /// Plain: what the specifications leave to the provider.
    #[serde(default)]
    pub freedom: Freedom,
    /// IdentityServer: how its host is set up.
    #[serde(default)]
    pub identity_server: IdentityServerSettings,
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

    /// A WorkOS environment at a base address. Its id is the last path segment of the address, if it has a path.
    pub fn workos(id: impl Into<String>, base: impl Into<String>) -> Self {
        Self::new(id.into(), DialectId::WorkOs, base.into())
    }

    /// An IdentityServer. Its id is the last path segment of the issuer, if it has a path.
    pub fn identity_server(id: impl Into<String>, issuer: impl Into<String>) -> Self {
        Self::new(id.into(), DialectId::IdentityServer, issuer.into())
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
            end_session_endpoint: true,
            revocation_endpoint: true,
            workos: WorkOs::default(),
            sign_on: SignOnSettings::default(),
            logout_settings: LogoutSettings::default(),
            registration: Registration::default(),
            freedom: Freedom::default(),
            identity_server: IdentityServerSettings::default(),
        }
    }

    pub(crate) fn client(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.id == id)
    }

    pub(crate) fn user(&self, id: &str) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }
}

/// Who may register a client.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Registration {
    /// Everybody.
    #[default]
    Open,
    /// Nobody: there is no such endpoint.
    Closed,
    /// Who has this initial access token.
    Token(String),
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open => "Open",
            Self::Closed => "Closed",
            Self::Token(_) => "Token(..)",
        })
    }
}

/// Which key signs a tenant's tokens.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// What signing off means for a whole PingOne environment (`logoutSettings` of its platform API).
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct LogoutSettings {
    /// A sign-off also starts the sign-off of the session's other applications.
    pub enable_cross_protocol_slo: bool,
    /// `/as/signoff` accepts the environment's own redirect URIs beside those of the applications. The public text on
    /// this member is cut off; this is what its name suggests.
    pub enable_alt_oidc_post_logout_uri_validation: bool,
    /// Where a browser may go after a sign-off of the whole environment, compared byte for byte.
    pub post_logout_redirect_uris: Vec<String>,
}

/// How the host of an IdentityServer is set up. The defaults are those of the product and of its sample pages.
#[expect(
    clippy::struct_excessive_bools,
    reason = "options of the product that do not depend on each other"
)]
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct IdentityServerSettings {
    /// `LogoutOptions.ShowLogoutPrompt` of the sample pages: whether they ever ask.
    pub show_logout_prompt: bool,
    /// `LogoutOptions.AutomaticRedirectAfterSignOut` of the sample pages: whether a script follows the link back to the
    /// client.
    pub automatic_redirect_after_sign_out: bool,
    /// `Authentication.RequireAuthenticatedUserForSignOutMessage`: whether the parameters of somebody who is not signed
    /// in are passed over.
    pub require_authenticated_user_for_sign_out_message: bool,
    /// Whether the server itself remembers sessions (server-side sessions, an option of Duende). Without it the session
    /// is in the cookie alone, and a copy of the cookie outlives the sign-off.
    pub server_side_sessions: bool,
}

impl Default for IdentityServerSettings {
    fn default() -> Self {
        Self {
            show_logout_prompt: true,
            automatic_redirect_after_sign_out: false,
            require_authenticated_user_for_sign_out_message: false,
            server_side_sessions: false,
        }
    }
}

/// What a length rule counts; PingOne's documentation does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
