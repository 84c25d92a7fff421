//! WorkOS: the connections of an environment, and what is known of people before they sign on.

use std::fmt;

use serde::Deserialize;

use super::people::yes;

/// What a WorkOS environment has beside its client. The client's secret is the API key, as in the product.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct WorkOs {
    /// The ways to sign on through a customer's identity provider.
    pub connections: Vec<Connection>,
    /// Profiles that exist before anybody signs on.
    pub profiles: Vec<Profile>,
    /// How long a logout token lasts, in seconds. The product says "short-lived".
    pub logout_token: u32,
    /// `AuthKit`: where a browser may go after sign-off. One `*` may stand in the leftmost label of the host, or for the
    /// port of a loopback address.
    pub sign_out_redirects: Vec<String>,
    /// `AuthKit`: where it goes when nothing else was asked for.
    pub default_sign_out_redirect: Option<String>,
    /// `AuthKit`: where it goes when there is no such default either.
    pub app_homepage_url: Option<String>,
}

impl Default for WorkOs {
    fn default() -> Self {
        Self {
            connections: Vec::new(),
            profiles: Vec::new(),
            logout_token: 600,
            sign_out_redirects: Vec::new(),
            default_sign_out_redirect: None,
            app_homepage_url: None,
        }
    }
}

/// A way to sign on through a customer's identity provider.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Connection {
    /// `conn_…`
    pub id: String,
    /// The customer: `org_…`
    pub organization: String,
    /// Which protocol and vendor it is for.
    #[serde(default)]
    pub kind: ConnectionKind,
    /// Whether Single Logout was enabled for it. The product's support does that.
    #[serde(default = "yes")]
    pub single_logout: bool,
    /// The identity provider behind it; none for one that does not speak OpenID Connect.
    #[serde(default)]
    pub upstream: Option<Upstream>,
    /// The key in its own addresses: where the identity provider sends people back, and where it says that they signed
    /// off.
    pub external_key: String,
    /// The application's own logout endpoint, where a sign-off that began at the identity provider is sent on to.
    #[serde(default)]
    pub application_logout: Option<String>,
}

/// Which protocol and vendor a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ConnectionKind {
    /// Any OpenID Connect provider: the only kind with Single Logout.
    #[default]
    #[serde(rename = "GenericOIDC")]
    GenericOidc,
    /// Okta by OpenID Connect.
    #[serde(rename = "OktaOIDC")]
    OktaOidc,
    /// Entra ID by OpenID Connect.
    #[serde(rename = "EntraIdOIDC")]
    EntraIdOidc,
    /// Any SAML provider.
    #[serde(rename = "GenericSAML")]
    GenericSaml,
}

impl ConnectionKind {
    /// The product's word for it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::GenericOidc => "GenericOIDC",
            Self::OktaOidc => "OktaOIDC",
            Self::EntraIdOidc => "EntraIdOIDC",
            Self::GenericSaml => "GenericSAML",
        }
    }
}

/// An identity provider, and who WorkOS is to it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Upstream {
    /// Its issuer identifier.
    pub issuer: String,
    /// The client that WorkOS is there.
    pub client_id: String,
    /// Its secret, sent with HTTP Basic.
    pub client_secret: String,
}

impl fmt::Debug for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upstream")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// A person as one connection knows them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// `prof_…`
    pub id: String,
    /// The connection's id.
    pub connection: String,
    /// What the identity provider calls them.
    pub idp_id: String,
    /// The mail address.
    #[serde(default)]
    pub email: String,
}
