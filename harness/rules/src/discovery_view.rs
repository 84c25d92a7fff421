//! The discovery document as rules see it, with an ID token to compare it with.

use crate::record::SignedIn;
use crate::ruling::{Finding, Kept, Ruling, Seen, Stop};
use crate::visit::{self, End, Vehicle};
use crate::world::World;
use serde_json::Value;
use signoff_oidc::token::claims;
use signoff_oidc::{Metadata, Params};

/// The target's metadata and one sign-in.
#[derive(Debug, Clone, Copy)]
pub struct DiscoveryView<'a> {
    /// The target.
    pub world: &'a World,
    /// Any sign-in of the run, if one succeeded.
    pub sign_in: Option<&'a SignedIn>,
}

impl<'a> DiscoveryView<'a> {
    /// The document, or an end as undecided: what is no document cannot be judged member by member.
    pub fn metadata(&self) -> Result<&'a Metadata, Stop> {
        self.world
            .metadata
            .as_ref()
            .ok_or_else(|| Stop::Undecided("the discovery document could not be read".to_owned()))
    }

    /// The RFC 8414 document, or an end as not this rule's business: an OP need not serve one, and a page
    /// that answers for every address is none.
    pub fn authorization_server_metadata(&self) -> Result<Metadata, Stop> {
        let served = self.world.rfc8414.as_ref();
        served
            .filter(|response| response.status == 200)
            .and_then(|response| Metadata::parse(&response.body))
            .ok_or_else(|| Stop::NotMine("no RFC 8414 document is served".to_owned()))
    }

    /// The answer with which the browser went back to the client: the parameters of its address, and how it was sent
    /// there. Nothing when nobody signed in or the answer went another way.
    pub fn authorization_response(&self) -> Option<(Params, Vehicle)> {
        let exchanges = &self.sign_in?.exchanges;
        let End::Left(departure) = visit::end(self.world, exchanges) else {
            return None;
        };
        let query = departure.to.split_once('?').map_or("", |(_, query)| query);
        let query = query.split('#').next().unwrap_or("");
        let params = Params::parse(query.as_bytes());
        let answered = !params.given("code").is_omitted();
        answered.then_some((params, departure.by))
    }

    /// The claims of the ID token of that sign-in, or an end as undecided.
    pub fn claims(&self) -> Result<Value, Stop> {
        self.sign_in
            .and_then(|sign_in| claims(&sign_in.id_token))
            .ok_or_else(|| Stop::Undecided("no ID token could be read".to_owned()))
    }

    /// Kept when `seen` is a yes. The document itself is the evidence: it is there or not.
    pub fn must(&self, seen: Seen, expected: &str) -> Ruling {
        match seen {
            Seen::Yes(_) => Ok(Kept::proven()),
            Seen::No(actual) => Err(Stop::Violated(Finding {
                expected: vec![expected.to_owned()],
                actual,
            })),
            Seen::Unknown(why) => Err(Stop::Undecided(why)),
        }
    }
}
