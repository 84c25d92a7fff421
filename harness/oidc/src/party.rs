//! Relying parties and End-Users, as they are registered at the IdP.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How a client authenticates at the token endpoint (OpenID Connect Core 1.0 section 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientAuth {
    /// HTTP Basic with the client secret.
    #[default]
    ClientSecretBasic,
    /// The client secret in the form body.
    ClientSecretPost,
    /// A public client; PKCE takes the secret's place (RFC 7636).
    None,
}

/// A registered client.
#[derive(Clone, PartialEq, Eq)]
pub struct Client {
    /// `client_id`.
    pub id: String,
    /// `client_secret`, if the client is confidential.
    pub secret: Option<String>,
    /// How it authenticates at the token endpoint.
    pub auth: ClientAuth,
    /// `redirect_uris`, as registered.
    pub redirect_uris: Vec<String>,
    /// `post_logout_redirect_uris`, as registered.
    pub post_logout_redirect_uris: Vec<String>,
    /// `frontchannel_logout_uri`, as registered (OpenID Connect Front-Channel Logout 1.0 section 2).
    pub frontchannel_logout_uri: Option<String>,
    /// `backchannel_logout_uri`, as registered (OpenID Connect Back-Channel Logout 1.0 section 2.2).
    pub backchannel_logout_uri: Option<String>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("id", &self.id)
            .field("secret", &self.secret.as_ref().map(|_| "<masked>"))
            .field("redirect_uris", &self.redirect_uris)
            .field("post_logout_redirect_uris", &self.post_logout_redirect_uris)
            .finish_non_exhaustive()
    }
}

/// An End-User who can sign in with a password.
#[derive(Clone, PartialEq, Eq)]
pub struct User {
    /// What is typed as the user name.
    pub name: String,
    /// The password.
    pub password: String,
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User")
            .field("name", &self.name)
            .field("password", &"<masked>")
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_do_not_show_in_debug_output() {
        let user = User {
            name: "alice".to_owned(),
            password: "hunter2".to_owned(),
        };
        let client = Client {
            id: "a".to_owned(),
            secret: Some("s3cret".to_owned()),
            auth: ClientAuth::default(),
            redirect_uris: Vec::new(),
            post_logout_redirect_uris: Vec::new(),
            frontchannel_logout_uri: None,
            backchannel_logout_uri: None,
        };
        let text = format!("{user:?} {client:?}");
        assert!(
            !text.contains("hunter2") && !text.contains("s3cret"),
            "{text}"
        );
    }
}
