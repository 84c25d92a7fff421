//! Authorization requests with `prompt=none` (Core 1.0 section 3.1.2.1), with what else is to be heeded beside it.

use super::super::HOPS;
use super::{Case, Halt};
use crate::sign_in::{self, Answered, Ask, Authorization};
use crate::wire::{Fidelity, Wire};
use signoff_oidc::params::encode;
use signoff_oidc::token::claims;
use signoff_oidc::{Client, Request};
use signoff_rules::page::Page;
use signoff_rules::trials::{Silent, SilentEnd, SilentKind};
use signoff_rules::visit::{self, Hop};

/// Tags that are well-formed and that nobody speaks.
const LOCALES: &str = "zz-ZZ qaa-x-signoff";

impl<W: Wire> Case<'_, W> {
    pub(super) async fn try_silent_requests(&mut self) -> Result<Vec<Silent>, Halt> {
        self.endpoint("authorization_endpoint")?;
        self.wire.begin(self.seed).await?;
        let client = self.target.client.clone();
        let mut made = Vec::new();
        let nobody = self.silent(SilentKind::WithoutSession, 0, &client, None);
        made.push(nobody.await?);
        let first = self.target.user.clone();
        let alice = self.signed_in(0, &client, &first, Ask::default()).await?;
        made.push(
            self.silent(SilentKind::WithSession, 0, &client, None)
                .await?,
        );
        let locales = Some(("ui_locales", LOCALES));
        made.push(
            self.silent(SilentKind::UnknownLocales, 0, &client, locales)
                .await?,
        );
        let Some(second) = self.target.other_user.clone() else {
            return Ok(made);
        };
        let bob = self.signed_in(1, &client, &second, Ask::default()).await?;
        let own = Some(("id_token_hint", bob.id_token.as_str()));
        made.push(
            self.silent(SilentKind::HintOfTheUser, 1, &client, own)
                .await?,
        );
        let others = Some(("id_token_hint", alice.id_token.as_str()));
        made.push(
            self.silent(SilentKind::HintOfAnother, 1, &client, others)
                .await?,
        );
        Ok(made)
    }

    async fn silent(
        &mut self,
        kind: SilentKind,
        browser: usize,
        client: &Client,
        extra: Option<(&str, &str)>,
    ) -> Result<Silent, Halt> {
        let ask = Ask {
            silent: true,
            ..Ask::default()
        };
        let mut authorization = sign_in::authorization(self, client, ask)?;
        if let Some((name, value)) = extra {
            let value = encode(value.as_bytes());
            for part in ["&", name, "=", value.as_ref()] {
                authorization.url.push_str(part);
            }
        }
        let end = self.silent_end(browser, &authorization).await?;
        let end = match end {
            Ended::Code(code) => {
                self.names.add(&code, "code");
                let tokens = sign_in::redeem(self, client, &authorization, &code).await;
                let token = tokens
                    .ok()
                    .and_then(|tokens| tokens["id_token"].as_str().map(str::to_owned));
                if let Some(token) = &token {
                    self.names.add(token, "id token of a silent request");
                }
                SilentEnd::Code(token.and_then(|token| subject(&token)))
            }
            Ended::Otherwise(end) => end,
        };
        let hint = extra.filter(|(name, _)| *name == "id_token_hint");
        Ok(Silent {
            kind,
            hinted: hint.and_then(|(_, token)| subject(token)),
            end,
        })
    }

    async fn silent_end(
        &mut self,
        browser: usize,
        authorization: &Authorization,
    ) -> Result<Ended, Halt> {
        let unknown = |why: &str| Ok(Ended::Otherwise(SilentEnd::Unknown(why.to_owned())));
        let Some(mut request) = Request::get(&authorization.url) else {
            return unknown("the authorization_endpoint is no http(s) URL");
        };
        for _ in 0..HOPS {
            let response = match self.browse(browser, &request, Fidelity::Ordinary).await {
                Ok(response) => response,
                Err(failure) => return unknown(&format!("no answer: {failure}")),
            };
            match visit::hop(self.world, &request, &response) {
                Hop::Follow(next) => request = next,
                Hop::Leaves(departure) => {
                    return match authorization.answered(&departure.to) {
                        Some(Answered::Code(code)) => Ok(Ended::Code(code)),
                        Some(Answered::Error(error)) => {
                            Ok(Ended::Otherwise(SilentEnd::Error(error)))
                        }
                        None => unknown("it led to an address that is not the client's"),
                    };
                }
                Hop::Rests | Hop::Unclear => {
                    let asks = response.is_html() && !Page::read(&response).forms.is_empty();
                    if asks {
                        return Ok(Ended::Otherwise(SilentEnd::Form(response.status)));
                    }
                    return unknown(&format!(
                        "a page without a form (status {})",
                        response.status
                    ));
                }
            }
        }
        unknown("it was sent around too often")
    }
}

/// What came of a request, before a code is redeemed.
enum Ended {
    Code(String),
    Otherwise(SilentEnd),
}

fn subject(id_token: &str) -> Option<String> {
    claims(id_token)?["sub"].as_str().map(str::to_owned)
}
