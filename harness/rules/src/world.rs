//! What is known of the target: its metadata, its registrations, its addresses.

use signoff_oidc::{Client, Door, Metadata, Origin, Response};

/// The target, as far as rules may know it.
#[derive(Debug, Clone)]
pub struct World {
    /// The dialect's id: `pingone`, `oidc` ...
    pub dialect: String,
    /// The edition, where the dialect has several.
    pub edition: Option<String>,
    /// True for an IdP that is not our own mock.
    pub real: bool,
    /// The issuer as configured.
    pub issuer: String,
    /// Where browsers are still at the IdP.
    pub own_origins: Vec<Origin>,
    /// The registered clients that are known.
    pub clients: Vec<Client>,
    /// The ids of the clients whose back-channel address somebody listens at for this run.
    pub listening: Vec<String>,
    /// The answer to the discovery request.
    pub discovery: Response,
    /// The discovery document, if it was one.
    pub metadata: Option<Metadata>,
    /// The addresses, besides that of the metadata, at which this product signs people off.
    pub doors: Vec<(Door, String)>,
    /// The answer at the RFC 8414 address, if it was asked for.
    pub rfc8414: Option<Response>,
    /// The answer at `jwks_uri`.
    pub jwks: Option<Response>,
    /// The identity provider behind the product, where it signs people on and off at one.
    pub behind: Option<Behind>,
    /// How the page that asks is known, where it was declared.
    pub confirmation: Option<Confirmation>,
}

/// The page that asks whether to sign off, where it is not known by its words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Confirmation {
    /// Stands in the form's action, id or text, or in the name, value or text of one of its fields; in any case of
    /// letters.
    pub form: String,
    /// The name, value or text of the button that says yes.
    pub yes: Option<String>,
    /// The same of the one that says no.
    pub no: Option<String>,
}

/// An identity provider behind a product, and what the product is set up for.
#[derive(Debug, Clone)]
pub struct Behind {
    /// Its metadata. Its sessions are what signing off ends.
    pub metadata: Metadata,
    /// Profiles whose connection cannot sign anybody off, and why.
    pub unable: Vec<(String, Unable)>,
    /// Where it tells the product that somebody signed off there.
    pub notice: Option<String>,
    /// The application's own logout endpoint, where the browser is then sent on to.
    pub application_logout: Option<String>,
}

/// Why a connection cannot sign anybody off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unable {
    /// It speaks another protocol, or its identity provider lacks an endpoint.
    Unsupported(&'static str),
    /// The feature was not enabled for it.
    NotEnabled,
}

impl World {
    /// The registered client with this id.
    pub fn client(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.id == id)
    }

    /// Where this kind of sign-off goes, if the target has an address for it.
    pub fn address_of(&self, door: Door) -> Option<&str> {
        if door == Door::EndSession {
            return self.metadata.as_ref()?.text("end_session_endpoint");
        }
        let known = self.doors.iter().find(|(known, _)| *known == door)?;
        Some(known.1.as_str())
    }

    /// True when the issuer is plain http on loopback, where the https sentences do not apply.
    pub fn is_loopback_http(&self) -> bool {
        Origin::of(&self.issuer).is_some_and(|origin| origin.is_loopback() && !origin.is_https())
    }

    /// True when a browser at this URL is still at the IdP. An RP's registered address is not the IdP's,
    /// even on the same origin.
    pub fn is_own(&self, url: &str) -> bool {
        let own = Origin::of(url).is_some_and(|origin| self.own_origins.contains(&origin));
        let before_query = url.split(['?', '#']).next().unwrap_or(url);
        let rp = || {
            let registered = self.clients.iter().flat_map(|c| {
                let redirects = c.post_logout_redirect_uris.iter().chain(&c.redirect_uris);
                redirects.chain(&c.frontchannel_logout_uri)
            });
            registered
                .into_iter()
                .any(|uri| uri.split(['?', '#']).next() == Some(before_query))
        };
        own && !rp()
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{END, ISSUER, OUT, world};
    use signoff_oidc::{Door, Origin};

    #[test]
    fn a_registered_address_is_not_the_idps_even_on_its_own_origin() {
        let mut world = world();
        world.clients[0].post_logout_redirect_uris = vec![format!("{ISSUER}/app?x=1")];
        assert!(world.is_own(END));
        assert!(world.is_own("https://op.example/apple"));
        assert!(!world.is_own("https://op.example/app"));
        assert!(!world.is_own("https://op.example/app?state=1#x"));
        assert!(!world.is_own(OUT));
        assert!(!world.is_own("https://op.example.evil.test/"));
        world.clients[0].frontchannel_logout_uri = Some(format!("{ISSUER}/told"));
        assert!(!world.is_own("https://op.example/told"));
    }

    #[test]
    fn the_end_session_endpoint_is_that_of_the_metadata_and_other_doors_are_the_products() {
        let mut world = world();
        let url = "https://op.example/elsewhere".to_owned();
        world.doors.push((Door::OtherAddress, url.clone()));
        assert_eq!(world.address_of(Door::EndSession), Some(END));
        assert_eq!(world.address_of(Door::OtherAddress), Some(url.as_str()));
        assert_eq!(world.address_of(Door::HintAlone), None);
        world.metadata = None;
        assert_eq!(world.address_of(Door::EndSession), None);
    }

    #[test]
    fn only_plain_http_on_loopback_is_excused_from_https() {
        let excused = |issuer: &str| {
            let mut world = world();
            issuer.clone_into(&mut world.issuer);
            world.is_loopback_http()
        };
        assert!(excused("http://127.0.0.1:8080"));
        assert!(!excused("https://127.0.0.1:8080"));
        assert!(!excused("http://op.example"));
        assert!(!excused(ISSUER) && Origin::of(ISSUER).is_some());
    }

    #[test]
    fn a_client_is_found_by_its_whole_id() {
        let world = world();
        assert_eq!(
            world.client("b").map(|client| client.id.as_str()),
            Some("b")
        );
        assert!(world.client("").is_none());
    }
}
