//! Cases at this product's addresses, for the rules' tests.

use crate::record::Provenance;
use crate::sign_off::Control;
use crate::testing::{Case, HINT, OUT, Session, TARGET, page, redirect, signed_off};
use signoff_oidc::token::base64url;
use signoff_oidc::{Metadata, Origin, Params, Request, Response};

/// The issuer: an environment in North America.
pub(in crate::pingone) const ISSUER: &str =
    "https://auth.pingone.com/3a1e0c52-7f6b-4a55-9f0e-4d1d0c7f2b11/as";
/// The hosted signed-off page.
pub(in crate::pingone) const SIGNED_OFF: &str =
    "https://apps.pingone.com/3a1e0c52-7f6b-4a55-9f0e-4d1d0c7f2b11/signon/#signedOff";
/// The hosted error page, with an error that has all its members.
pub(in crate::pingone) const ERROR: &str = "https://apps.pingone.com/3a1e0c52-7f6b-4a55-9f0e-4d1d0c7f2b11/signon/?error=%7B%22id%22%3A%2211%22%2C%22code%22%3A%22INVALID_DATA%22%2C%22details%22%3A%5B%7B%22code%22%3A%22INVALID_VALUE%22%7D%5D%7D";
/// The `Set-Cookie` that expires the session cookie.
pub(in crate::pingone) const EXPIRED: &str = "ST=; Path=/3a1e0c52-7f6b-4a55-9f0e-4d1d0c7f2b11; Secure; HttpOnly; expires=Thu, 01 Jan 1970 00:00:00 GMT";
/// The hint of the session, as a parameter.
pub(in crate::pingone) const OWN_HINT: (&str, &str) = ("id_token_hint", HINT);

/// Alice has signed on at application `a`.
pub(in crate::pingone) fn alice() -> Case {
    at(ISSUER)
}

/// The same at the environment's custom domain.
pub(in crate::pingone) fn alice_at_custom_domain() -> Case {
    at("https://login.example.com/as")
}

fn at(issuer: &str) -> Case {
    let mut case = Case::new().of_product("pingone", Some("current"));
    let document = format!(r#"{{"issuer":"{issuer}","end_session_endpoint":"{issuer}/signoff"}}"#);
    issuer.clone_into(&mut case.world.issuer);
    case.world.metadata = Metadata::parse(document.as_bytes());
    case.world.own_origins = [issuer, "https://apps.pingone.com"]
        .iter()
        .filter_map(|url| Origin::of(url))
        .collect();
    case
}

/// A signed JWT with these claims; the signature is only a text.
pub(in crate::pingone) fn token(claims: &str) -> String {
    let part = |json: &str| base64url(json.as_bytes());
    format!("{}.{}.c2ln", part(r#"{"alg":"RS256"}"#), part(claims))
}

/// A redirect that expires the session cookie.
pub(in crate::pingone) fn done(location: &str) -> Response {
    let mut response = redirect(302, location);
    response
        .headers
        .push(("Set-Cookie".to_owned(), EXPIRED.into()));
    response
}

/// Steps of a case in this product's words.
pub(in crate::pingone) trait AtPingOne: Sized {
    /// A sign-off by GET.
    fn signs_off(self, params: &[(&str, &str)]) -> Self;
    /// A sign-off by POST.
    fn signs_off_by_post(self, params: &[(&str, &str)]) -> Self;
    /// A sign-off by GET with a token of this origin as its hint, and the registered URI.
    fn signs_off_with(self, text: &str, provenance: Provenance) -> Self;
    /// It ends the session and sends the browser there.
    fn ends_at(self, location: &str) -> Self;
    /// It ends the session and lands on the signed-off page.
    fn lands(self) -> Self;
    /// It is refused with the hosted error page.
    fn gets_refused(self) -> Self;
    /// Beside an orderly twin that worked.
    fn beside_success(self) -> Self;
    /// Beside an orderly twin that was refused.
    fn beside_refusal(self) -> Self;
}

impl AtPingOne for Case {
    fn signs_off(self, params: &[(&str, &str)]) -> Self {
        let query = spelled(params).encode();
        let url = format!("{}/signoff?{query}", self.world.issuer);
        self.sends(Request::get(&url).expect("an address"))
    }

    fn signs_off_by_post(self, params: &[(&str, &str)]) -> Self {
        let url = format!("{}/signoff", self.world.issuer);
        self.sends(Request::post_form(&url, &spelled(params)).expect("an address"))
    }

    fn signs_off_with(self, text: &str, provenance: Provenance) -> Self {
        self.made(text, provenance)
            .signs_off(&[("id_token_hint", text), TARGET])
    }

    fn ends_at(self, location: &str) -> Self {
        self.gets(done(location)).at_rest(Session::Ended)
    }

    fn lands(self) -> Self {
        self.ends_at(SIGNED_OFF).then(SIGNED_OFF, signed_off())
    }

    fn gets_refused(self) -> Self {
        self.gets(redirect(302, ERROR))
            .then(ERROR, page(200, "<h1>Error</h1>"))
    }

    fn beside_success(self) -> Self {
        let twin = alice().signs_off(&[OWN_HINT, TARGET]).ends_at(OUT);
        self.control(Control::Orderly, twin)
    }

    fn beside_refusal(self) -> Self {
        let twin = alice().signs_off(&[OWN_HINT, TARGET]).gets_refused();
        self.control(Control::Orderly, twin)
    }
}

fn spelled(params: &[(&str, &str)]) -> Params {
    params
        .iter()
        .fold(Params::new(), |all, (name, value)| all.with(*name, *value))
}
