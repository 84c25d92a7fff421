//! The discovery document as rules see it, with an ID token to compare it with.

use crate::record::SignedIn;
use crate::ruling::{Finding, Kept, Ruling, Seen, Stop};
use crate::world::World;
use signoff_oidc::Metadata;

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
