//! Clients, users, and another tenant.

use super::{Builder, Result};
use crate::target_file::entry::{ClientEntry, TenantEntry, UserEntry};
use signoff_engine::target::{OtherTenant, Target};
use signoff_oidc::{Client, ClientAuth, User};

impl Builder<'_> {
    pub(super) fn client(&self, key: &str, entry: &ClientEntry) -> Result<Client> {
        let secret = self.optional_text(&format!("{key}.secret"), entry.secret.as_deref())?;
        let auth = match (entry.auth, &secret) {
            (None | Some(ClientAuth::None), None) => ClientAuth::None,
            (Some(ClientAuth::None), Some(_)) => {
                return Err(self.wrong(
                    key,
                    "a client without authentication has a secret",
                    "remove `secret`, or set `auth`",
                ));
            }
            (Some(_), None) => {
                return Err(self.wrong(
                    key,
                    "a client that authenticates has no secret",
                    "add `secret = \"${VAR}\"`",
                ));
            }
            (auth, Some(_)) => auth.unwrap_or_default(),
        };
        if entry.redirect.is_empty() {
            return Err(self.wrong(
                &format!("{key}.redirect"),
                "the list is empty, so nobody can sign in",
                "add one of the client's registered redirect URIs",
            ));
        }
        Ok(Client {
            id: self.text(&format!("{key}.id"), &entry.id)?,
            secret,
            auth,
            redirect_uris: self.texts(&format!("{key}.redirect"), &entry.redirect)?,
            post_logout_redirect_uris: self
                .texts(&format!("{key}.post_logout"), &entry.post_logout)?,
            frontchannel_logout_uri: self.optional_text(
                &format!("{key}.front_channel_logout"),
                entry.front_channel_logout.as_deref(),
            )?,
            backchannel_logout_uri: self.optional_text(
                &format!("{key}.back_channel_logout"),
                entry.back_channel_logout.as_deref(),
            )?,
        })
    }

    pub(super) fn optional_client(
        &self,
        key: &str,
        entry: Option<&ClientEntry>,
    ) -> Result<Option<Client>> {
        entry.map(|entry| self.client(key, entry)).transpose()
    }

    pub(super) fn user(&self, key: &str, entry: &UserEntry) -> Result<User> {
        Ok(User {
            name: self.text(&format!("{key}.name"), &entry.name)?,
            password: self.text(&format!("{key}.password"), &entry.password)?,
        })
    }

    pub(super) fn tenant(&self, entry: &TenantEntry) -> Result<OtherTenant> {
        Ok(OtherTenant {
            issuer: self.issuer("other_tenant.issuer", &entry.issuer)?,
            client: self.client("other_tenant.client", &entry.client)?,
            user: self.user("other_tenant.user", &entry.user)?,
        })
    }

    /// Rules about two clients or two users would be judged on one, and kept for the wrong reason.
    pub(super) fn roles(&self, target: &Target) -> Result<()> {
        let clients = target.clients();
        for (at, client) in clients.iter().enumerate() {
            if clients[..at].iter().any(|other| other.id == client.id) {
                return Err(self.wrong(
                    "other_client",
                    "two roles are played by the same client",
                    "name another client, or remove the key",
                ));
            }
        }
        if target
            .other_user
            .as_ref()
            .is_some_and(|other| other.name == target.user.name)
        {
            return Err(self.wrong(
                "other_user",
                "it is the same person as `user`",
                "name another user, or remove the key",
            ));
        }
        Ok(())
    }
}
