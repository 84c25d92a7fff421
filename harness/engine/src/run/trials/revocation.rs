//! Tokens that are revoked (RFC 7009 section 2), by their client and by others. Each has a grant of its own, and it is
//! tried right before and right after.

use super::{Case, Halt};
use crate::sign_in::{Ask, client_request};
use crate::wire::Wire;
use signoff_oidc::{Client, Params, Response};
use signoff_rules::trials::{Lives, Revocation, RevocationKind};

/// What is revoked of a grant.
#[derive(Clone, Copy)]
enum Which {
    Refresh,
    Access,
}

impl<W: Wire> Case<'_, W> {
    pub(super) async fn try_revocation(&mut self) -> Result<Vec<Revocation>, Halt> {
        self.endpoint("revocation_endpoint")?;
        self.wire.begin(self.seed).await?;
        let own = self.target.client.clone();
        let mut made = Vec::new();
        let hinted = Some("access_token");
        made.push(
            self.revoke(RevocationKind::Refresh, &own, Which::Refresh, None)
                .await?,
        );
        made.push(
            self.revoke(
                RevocationKind::RefreshHintedAccess,
                &own,
                Which::Refresh,
                hinted,
            )
            .await?,
        );
        made.push(
            self.revoke(RevocationKind::Access, &own, Which::Access, None)
                .await?,
        );
        if let Some(other) = self.target.other_client.clone() {
            let kind = RevocationKind::ByOtherClient;
            made.push(self.revoke(kind, &other, Which::Refresh, None).await?);
        }
        if own.secret.is_some() {
            let stranger = Client {
                secret: Some(self.random()),
                ..own.clone()
            };
            let kind = RevocationKind::WithWrongSecret;
            made.push(self.revoke(kind, &stranger, Which::Refresh, None).await?);
        }
        let unknown = Params::new().with("token", self.random().as_str());
        for (kind, params) in [
            (RevocationKind::Unknown, unknown),
            (RevocationKind::WithoutToken, Params::new()),
        ] {
            made.push(Revocation {
                kind,
                answer: self.ask_to_revoke(&own, params).await,
                before: None,
                after: None,
            });
        }
        Ok(made)
    }

    async fn revoke(
        &mut self,
        kind: RevocationKind,
        client: &Client,
        which: Which,
        type_hint: Option<&str>,
    ) -> Result<Revocation, Halt> {
        let at = self.new_grant().await?;
        let before = self.lives(at).await;
        let token = match which {
            Which::Refresh => self.watched[at].refresh.clone(),
            Which::Access => self.watched[at].access.clone(),
        };
        let mut params = Params::new().with("token", token.as_str());
        if let Some(type_hint) = type_hint {
            params.push("token_type_hint", type_hint);
        }
        let answer = self.ask_to_revoke(client, params).await;
        let after = self.lives(at).await;
        Ok(Revocation {
            kind,
            answer,
            before: Some(before),
            after: Some(after),
        })
    }

    /// Signs in for tokens of their own; with `offline_access` where there is no refresh token without it.
    async fn new_grant(&mut self) -> Result<usize, Halt> {
        let (client, user) = (self.target.client.clone(), self.target.user.clone());
        let offline = self.watched.last().is_some_and(|watched| watched.offline);
        let ask = Ask {
            offline,
            ..Ask::default()
        };
        let mut signed_in = self
            .signed_in(0, &client, &user, ask)
            .await
            .map_err(|error| Halt::of_sign_in(error, ask))?;
        let mut with_offline = offline;
        if signed_in.refresh_token.is_none() && !offline {
            with_offline = true;
            let ask = Ask {
                offline: true,
                ..Ask::default()
            };
            signed_in = self
                .signed_in(0, &client, &user, ask)
                .await
                .map_err(|error| Halt::of_sign_in(error, ask))?;
        }
        self.watch(&signed_in)?;
        let at = self.watched.len() - 1;
        self.watched[at].offline = with_offline;
        Ok(at)
    }

    /// The access token first: using the refresh token may replace it.
    async fn lives(&mut self, at: usize) -> Lives {
        let access = self.watched[at].access.clone();
        let user_info = self.ask_user_info(&access).await;
        let refresh = self.refresh(at).await;
        Lives { refresh, user_info }
    }

    async fn ask_to_revoke(&mut self, client: &Client, params: Params) -> Result<Response, String> {
        client_request(self, "revocation_endpoint", client, params)
            .await
            .map_err(|error| error.what)
    }
}
