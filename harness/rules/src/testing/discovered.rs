//! A discovery document and what stands beside it.

use super::{Case, json, world};
use crate::discovery_view::DiscoveryView;
use crate::record::SignedIn;
use crate::rule::{Judge, Rule};
use crate::ruling::Ruling;
use crate::world::World;
use signoff_oidc::{Metadata, Response};

/// A discovery document under construction.
#[derive(Debug, Clone)]
pub(crate) struct Discovered {
    pub(crate) world: World,
    pub(crate) sign_in: Option<SignedIn>,
}

super::assertions::assertions!(Discovered);

impl Discovered {
    /// The document of the target that every case starts from, and nobody signed in.
    pub(crate) fn new() -> Self {
        Discovered {
            world: world(),
            sign_in: None,
        }
    }

    /// With `member` set to this JSON text.
    pub(crate) fn with(self, member: &str, value: &str) -> Self {
        let value = serde_json::from_str(value).expect("JSON");
        self.changed(|members| {
            members.insert(member.to_owned(), value);
        })
    }

    /// Without `member`.
    pub(crate) fn without(self, member: &str) -> Self {
        self.changed(|members| {
            members.remove(member);
        })
    }

    fn changed(self, change: impl FnOnce(&mut serde_json::Map<String, serde_json::Value>)) -> Self {
        let mut members =
            serde_json::from_slice(&self.world.discovery.body).expect("a JSON object");
        change(&mut members);
        let text = serde_json::Value::Object(members).to_string();
        self.answered(json(200, &text))
    }

    /// With this answer to the discovery request.
    pub(crate) fn answered(mut self, response: Response) -> Self {
        self.world.metadata = Metadata::parse(&response.body);
        self.world.discovery = response;
        self
    }

    /// At another issuer, in configuration and document.
    pub(crate) fn at_issuer(mut self, issuer: &str) -> Self {
        issuer.clone_into(&mut self.world.issuer);
        self.with("issuer", &format!("{issuer:?}"))
    }

    /// With this answer at `jwks_uri`.
    pub(crate) fn with_keys(mut self, jwks: &str) -> Self {
        self.world.jwks = Some(json(200, jwks));
        self
    }

    /// With this answer at the RFC 8414 address.
    pub(crate) fn serving(mut self, response: Response) -> Self {
        self.world.rfc8414 = Some(response);
        self
    }

    /// With a sign-in whose ID token has these claims.
    pub(crate) fn with_token(mut self, claims: &str) -> Self {
        let part = |text: &str| signoff_oidc::token::base64url(text.as_bytes());
        let mut sign_in = Case::new().record.ledger.sign_ins.remove(0);
        sign_in.id_token = format!("{}.{}.c2ln", part(r#"{"alg":"RS256"}"#), part(claims));
        self.sign_in = Some(sign_in);
        self
    }

    /// With a sign-in that ended with this answer to the browser.
    pub(crate) fn signed_in_by(mut self, answer: Response) -> Self {
        let case = Case::new().signed_in_by(answer);
        let exchanges = case.record.ledger.sign_ins[0].exchanges.clone();
        let mut sign_in = self
            .sign_in
            .take()
            .unwrap_or_else(|| Case::new().record.ledger.sign_ins.remove(0));
        sign_in.exchanges = exchanges;
        self.sign_in = Some(sign_in);
        self
    }

    /// With this header in the ID token.
    pub(crate) fn with_token_header(mut self, header: &str) -> Self {
        if let Some(sign_in) = &mut self.sign_in {
            let (_, rest) = sign_in.id_token.split_once('.').expect("a token");
            let header = signoff_oidc::token::base64url(header.as_bytes());
            sign_in.id_token = format!("{header}.{rest}");
        }
        self
    }

    fn judge(&self, rule: &Rule) -> Ruling {
        let Judge::Discovery(judge) = rule.judge else {
            panic!("{} does not judge discovery", rule.id);
        };
        judge(&DiscoveryView {
            world: &self.world,
            sign_in: self.sign_in.as_ref(),
        })
    }
}
