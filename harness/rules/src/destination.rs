//! Where the browser was sent: to the target that was asked for, to a relying party, or to some third
//! place that may well be the IdP's own.

use crate::ruling::Seen;
use crate::sign_off::{SignOff, leads_to};
use crate::visit::Departure;
use signoff_oidc::Origin;
use signoff_oidc::uri::resolve;
use url::Url;

impl SignOff<'_> {
    /// Every value of `post_logout_redirect_uri`, in the query and in the body, empty ones left out.
    pub fn all_targets(&self) -> Vec<Vec<u8>> {
        let sent = self.query().followed_by(self.form());
        sent.iter()
            .filter(|(name, value)| *name == b"post_logout_redirect_uri" && !value.is_empty())
            .map(|(_, value)| value.to_vec())
            .collect()
    }

    /// Those of them that no client registered, in no spelling that a browser reads alike and with no other port on
    /// loopback.
    pub fn unregistered_targets(&self) -> Vec<Vec<u8>> {
        let mut targets = self.all_targets();
        targets.retain(|uri| {
            !self.registered(uri).anywhere
                && !self.is_loopback_port_of_registered(uri)
                && !self.reads_as_registered(&String::from_utf8_lossy(uri))
        });
        targets
    }

    /// Whether the browser was sent to one of these.
    pub fn sent_to_any(&self, targets: &[Vec<u8>]) -> Seen {
        targets
            .iter()
            .map(|uri| self.sent_to(uri))
            .fold(Seen::No("no redirect there".to_owned()), Seen::or)
    }

    /// Whether the browser was sent to `target`: the same text, what a browser reads as the same address,
    /// or another page of the same stranger.
    pub fn sent_to(&self, target: &[u8]) -> Seen {
        let departures = self.departures();
        match departures.iter().find(|to| self.reaches(to, target)) {
            Some(departure) => Seen::Yes(departure.describe()),
            None => match self.left() {
                Seen::Yes(elsewhere) => Seen::No(elsewhere),
                seen => seen,
            },
        }
    }

    /// Whether the browser was sent to a relying party: to a target that was asked for, or to an address
    /// of a registered client. A third place is unknown, because it may belong to the IdP.
    pub fn left_for_rp(&self) -> Seen {
        let targets = self.all_targets();
        let departures = self.departures();
        let to_rp = departures.iter().find(|departure| {
            self.is_clients(&departure.to) || targets.iter().any(|to| self.reaches(departure, to))
        });
        match (to_rp, departures.first()) {
            (Some(departure), _) => Seen::Yes(departure.describe()),
            (None, Some(third)) => Seen::Unknown(format!(
                "{}: neither the target nor an address of a known client",
                third.describe()
            )),
            (None, None) => self.left(),
        }
    }

    /// Whether the browser was sent to a relying party as one whose request was granted. A redirect that
    /// reports an error is unknown here: the request was looked at and refused, in the wrong way, of which
    /// RPIL-4-04 speaks.
    pub fn left_as_granted(&self) -> Seen {
        match self.left_for_rp() {
            Seen::Yes(what) if self.reports_error() => {
                Seen::Unknown(format!("{what}, which reports an error"))
            }
            seen => seen,
        }
    }

    /// True when every redirect carries the `error` parameter of OAuth (RFC 6749 section 4.1.2.1).
    pub fn reports_error(&self) -> bool {
        let departures = self.departures();
        let has_error = |departure: &Departure| {
            let parts = departure.to.split(['?', '#']).skip(1);
            parts
                .flat_map(|part| part.split('&'))
                .any(|pair| pair.split('=').next() == Some("error"))
        };
        !departures.is_empty() && departures.iter().all(has_error)
    }

    /// Whether the browser that was sent to a relying party, or offered a link there, was sent exactly to
    /// the target; unknown when it was sent nowhere.
    pub fn arrived_exactly(&self) -> Seen {
        match (self.honoured(), self.left_for_rp()) {
            (honoured @ Seen::Yes(_), _) => honoured,
            (_, Seen::Yes(elsewhere)) => Seen::No(elsewhere),
            (_, Seen::No(what) | Seen::Unknown(what)) => Seen::Unknown(what),
        }
    }

    /// Where a browser at the logout endpoint would go for this reference.
    pub fn as_browsers_read(&self, reference: &str) -> Option<Url> {
        resolve(&self.attempt().chain[0].request.url(), reference)
    }

    /// True when a browser reads `reference` as an address at which some client is registered.
    pub fn reads_as_registered(&self, reference: &str) -> bool {
        let Some(url) = self.as_browsers_read(reference) else {
            return false;
        };
        let mut registered = self
            .world
            .clients
            .iter()
            .flat_map(|client| &client.post_logout_redirect_uris);
        registered.any(|uri| Url::parse(uri).is_ok_and(|uri| uri == url))
    }

    fn reaches(&self, departure: &Departure, target: &[u8]) -> bool {
        if leads_to(departure.to.as_bytes(), target) {
            return true;
        }
        let target = String::from_utf8_lossy(target);
        let urls = (
            self.as_browsers_read(&departure.to),
            self.as_browsers_read(&target),
        );
        let (Some(to), Some(target)) = urls else {
            return false;
        };
        let same_stranger = Origin::of_url(&to).is_some()
            && to.origin() == target.origin()
            && !self.is_clients(to.as_str());
        same_stranger || leads_to(to.as_str().as_bytes(), target.as_str().as_bytes())
    }

    /// True when a browser reads `reference` as an address of a registered client: by origin, or by scheme
    /// where it is not http(s).
    fn is_clients(&self, reference: &str) -> bool {
        let Some(url) = self.as_browsers_read(reference) else {
            return false;
        };
        let mut registered = self.world.clients.iter().flat_map(|client| {
            client
                .post_logout_redirect_uris
                .iter()
                .chain(&client.redirect_uris)
        });
        registered.any(|uri| match Url::parse(uri) {
            Ok(uri) if Origin::of_url(&uri).is_some() => uri.origin() == url.origin(),
            Ok(uri) => uri.scheme() == url.scheme(),
            Err(_) => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{BYE, Case, EVIL, OUT, asks, redirect};

    fn sent(target: &str, location: &str) -> (Seen, Seen) {
        let case = Case::new()
            .registers("com.example.app:/out")
            .get(&[("post_logout_redirect_uri", target)])
            .gets(redirect(302, location));
        let sign_off = case.sign_off();
        (sign_off.sent_to(target.as_bytes()), sign_off.left_for_rp())
    }

    #[test]
    fn a_target_is_reached_in_any_spelling_a_browser_reads_alike() {
        for (target, location) in [
            (EVIL, EVIL),
            (EVIL, "https://evil.test/?state=1"),
            (EVIL, "https://evil.test/other"),
            ("/\\evil.test", "//evil.test/"),
            ("https://RP.example/out", OUT),
            ("com.example.app:/out", "com.example.app:/out?state=1"),
            ("javascript:alert(1)", "javascript:alert(1)"),
        ] {
            let (target_reached, rp_reached) = sent(target, location);
            assert!(target_reached.is_yes(), "{target} {location}");
            assert!(rp_reached.is_yes(), "{target} {location}");
        }
    }

    #[test]
    fn a_registered_address_is_a_relying_partys_and_a_third_place_is_not() {
        let (target, rp) = sent(EVIL, BYE);
        assert!(target.is_no() && rp.is_yes());
        let (target, rp) = sent(EVIL, "https://www.company.example/");
        assert!(target.is_no() && matches!(rp, Seen::Unknown(_)));
        let stays = Case::new().get(&[]).gets(asks());
        assert!(stays.sign_off().left_for_rp().is_no());
    }

    #[test]
    fn a_redirect_that_reports_an_error_grants_nothing() {
        for (location, granted) in [
            (OUT, true),
            ("https://rp.example/out?state=error", true),
            (
                "https://rp.example/out?error=invalid_request&state=1",
                false,
            ),
            ("https://rp.example/out#error=invalid_request", false),
        ] {
            let case = Case::new()
                .get(&[("post_logout_redirect_uri", OUT)])
                .gets(redirect(302, location));
            let sign_off = case.sign_off();
            assert!(sign_off.left_for_rp().is_yes(), "{location}");
            assert_eq!(sign_off.left_as_granted().is_yes(), granted, "{location}");
        }
    }

    #[test]
    fn another_port_on_loopback_may_be_registered() {
        let unregistered = |uri: &str| {
            let case = Case::new()
                .registers("http://127.0.0.1:9999/out")
                .get(&[("post_logout_redirect_uri", uri)]);
            case.sign_off().unregistered_targets().len()
        };
        assert_eq!(unregistered("http://127.0.0.1:4711/out"), 0);
        assert_eq!(unregistered("http://127.0.0.1/out"), 0);
        assert_eq!(unregistered("http://127.0.0.1:4711/other"), 1);
        assert_eq!(unregistered("http://127.0.0.1.evil.test/out"), 1);
    }

    #[test]
    fn another_path_of_a_client_is_not_the_target() {
        let (target, rp) = sent("https://rp.example/elsewhere", OUT);
        assert!(target.is_no() && rp.is_yes());
    }

    #[test]
    fn the_targets_are_the_values_of_one_parameter_that_are_not_empty() {
        let case = Case::new().get(&[
            ("state", EVIL),
            ("post_logout_redirect_uri", ""),
            ("post_logout_redirect_uri", OUT),
        ]);
        assert_eq!(case.sign_off().all_targets(), [OUT.as_bytes()]);
    }

    #[test]
    fn another_spelling_of_a_registered_address_is_no_strangers() {
        let unregistered = |uri: &str| {
            let case = Case::new().get(&[("post_logout_redirect_uri", uri)]);
            case.sign_off().unregistered_targets().len()
        };
        assert_eq!(unregistered("https://RP.example:443/out"), 0);
        assert_eq!(unregistered("https://RP.example/other"), 1);
    }

    #[test]
    fn every_address_of_a_clients_own_scheme_is_the_clients() {
        let (_, rp) = sent(EVIL, "com.example.app:/other");
        assert!(rp.is_yes());
        let (_, rp) = sent(EVIL, "com.example.apple:/out");
        assert!(matches!(rp, Seen::Unknown(_)));
    }
}
