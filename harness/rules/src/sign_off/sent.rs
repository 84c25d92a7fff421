//! What was sent: parameters, places, where they are registered, and what is known of the hint.

use super::SignOff;
use crate::record::{Ledger, Made, Provenance, SignedIn, TokenKind};
use crate::world::World;
use signoff_oidc::{Door, Given, Params, Request};
use std::net::IpAddr;

/// Where a URI is registered for post-logout redirects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Registration {
    /// For the client that the request is known to come from; nothing when it names none.
    pub for_client: Option<bool>,
    /// For any known client.
    pub anywhere: bool,
    /// For any known client that is enabled.
    pub for_enabled: bool,
}

/// What is known of the hint.
#[derive(Debug, Clone)]
pub struct HintFacts<'a> {
    /// Where the text comes from.
    pub provenance: Provenance,
    /// What kind of token it is.
    pub kind: TokenKind,
    /// The sign-in that produced it, when it is genuine.
    pub sign_in: Option<&'a SignedIn>,
    /// The note of the ledger when it was made.
    pub made: Option<&'a Made>,
}

/// The parameters that specifications give to the logout endpoint (RP-Initiated Logout 1.0 section 2).
pub const KNOWN: &[&str] = &[
    "id_token_hint",
    "logout_hint",
    "client_id",
    "post_logout_redirect_uri",
    "state",
    "ui_locales",
];

impl<'a> SignOff<'a> {
    /// To which address of the IdP it went, by the bytes of the request. What is at no known address counts as
    /// sent to the `end_session_endpoint`.
    pub fn door(&self) -> Door {
        let attempt = self.attempt();
        *attempt.views.door.get_or_init(|| self.door_read())
    }

    fn door_read(&self) -> Door {
        let request = &self.attempt().chain[0].request;
        let is_at = |url: &str| {
            Request::get(url).is_some_and(|known| {
                known.origin == request.origin && known.path() == request.path()
            })
        };
        if self.world.address_of(Door::EndSession).is_some_and(is_at) {
            return Door::EndSession;
        }
        let known = self.world.doors.iter().find(|(_, url)| is_at(url));
        known.map_or(Door::EndSession, |(door, _)| *door)
    }

    /// `GET`, `POST` ...
    pub fn method(&self) -> &'a str {
        &self.attempt().chain[0].request.method
    }

    /// The parameters of the query.
    pub fn query(&self) -> Params {
        let attempt = self.attempt();
        let query = || attempt.chain[0].request.query();
        attempt.views.query.get_or_init(query).clone()
    }

    /// The parameters of the body.
    pub fn form(&self) -> Params {
        let attempt = self.attempt();
        let form = || attempt.chain[0].request.form();
        attempt.views.form.get_or_init(form).clone()
    }

    /// The parameters where the method wants them: GET in the query, POST in the body (section 2).
    pub fn params(&self) -> Params {
        if self.method() == "POST" {
            self.form()
        } else {
            self.query()
        }
    }

    /// True when a parameter stands where the method does not want it, so that it is open what counts.
    pub fn is_mixed(&self) -> bool {
        let own = own_parameters(self.world);
        let query = self.query();
        let strays = query
            .iter()
            .filter(|(name, value)| !own.contains(&(name.to_vec(), value.to_vec())))
            .count();
        match self.method() {
            // A body that does not say that it is a form has no parameters for sure.
            "POST" => {
                let body = &self.attempt().chain[0].request.body;
                strays > 0 || (!body.is_empty() && self.form().iter().next().is_none())
            }
            _ => !self.attempt().chain[0].request.body.is_empty(),
        }
    }

    /// True when every percent sign of query and body begins an escape: what else one stands for is open.
    pub fn is_well_escaped(&self) -> bool {
        let request = &self.attempt().chain[0].request;
        let whole = |text: &[u8]| {
            let mut behind = text.split(|octet| *octet == b'%').skip(1);
            behind.all(|rest| rest.len() >= 2 && rest[..2].iter().all(u8::is_ascii_hexdigit))
        };
        whole(&request.target) && whole(&request.body)
    }

    /// True when target and body are made of nothing but the characters of URIs (RFC 3986 section 2), and the target has
    /// no fragment (RFC 9112 section 3.2). What is asked for otherwise depends on who reads it.
    pub fn is_readable(&self) -> bool {
        let request = &self.attempt().chain[0].request;
        let visible = |text: &[u8]| text.iter().all(u8::is_ascii_graphic);
        visible(&request.target) && visible(&request.body) && !request.target.contains(&b'#')
    }

    /// The `id_token_hint`.
    pub fn hint(&self) -> Given {
        self.params().given("id_token_hint")
    }

    /// The `post_logout_redirect_uri`.
    pub fn target(&self) -> Given {
        self.params().given("post_logout_redirect_uri")
    }

    /// The `state`.
    pub fn state(&self) -> Given {
        self.params().given("state")
    }

    /// The `client_id`.
    pub fn client_id(&self) -> Given {
        self.params().given("client_id")
    }

    /// True when some parameter of the specification is given more than once.
    pub fn repeats(&self) -> bool {
        let params = self.params();
        KNOWN
            .iter()
            .any(|name| matches!(params.given(name), Given::Repeated(_)))
    }

    /// The names that no specification gives to this endpoint, in the order sent.
    pub fn unknown_parameters(&self) -> Vec<String> {
        let own = own_parameters(self.world);
        let params = self.params();
        let unknown = params.iter().filter(|(name, value)| {
            !KNOWN.iter().any(|known| known.as_bytes() == *name)
                && !own.contains(&(name.to_vec(), value.to_vec()))
        });
        unknown
            .map(|(name, _)| String::from_utf8_lossy(name).into_owned())
            .collect()
    }

    /// What is known of the one hint that was sent; nothing when there is none or several.
    pub fn hint_facts(&self) -> Option<HintFacts<'a>> {
        let text = self.hint().once().cloned()?;
        Some(facts_of(self.ledger(), &text))
    }

    /// The sign-in of a genuine ID token sent as the one hint.
    pub fn genuine_hint(&self) -> Option<&'a SignedIn> {
        let facts = self.hint_facts()?;
        facts.sign_in.filter(|_| facts.kind == TokenKind::Id)
    }

    /// The client that the request comes from: by a genuine hint, else by a known `client_id`; nothing when
    /// it names none or when the two disagree.
    pub fn client(&self) -> Option<&'a str> {
        let by_hint = self
            .genuine_hint()
            .map(|sign_in| sign_in.client_id.as_str());
        let by_id = self.client_id().once().and_then(|id| {
            self.world
                .clients
                .iter()
                .map(|client| client.id.as_str())
                .find(|known| known.as_bytes() == id.as_slice())
        });
        match (by_hint, by_id, self.client_id()) {
            (Some(a), Some(b), _) if a != b => None,
            (Some(a), _, Given::Absent | Given::Empty) | (Some(a), Some(_), _) => Some(a),
            (None, found, _) if self.hint().is_omitted() => found,
            _ => None,
        }
    }

    /// True when `uri` is an http address on loopback that differs in nothing but its port from one that is
    /// registered (RFC 8252 section 7.3): for the client that makes the request, or for any when none is known.
    pub fn is_loopback_port_of_registered(&self, uri: &[u8]) -> bool {
        let asking = self.client();
        let clients = self.world.clients.iter();
        let mut registered = clients
            .filter(|client| asking.is_none_or(|id| client.id == id))
            .flat_map(|client| &client.post_logout_redirect_uris);
        without_loopback_port(uri).is_some_and(|bare| {
            registered.any(|known| without_loopback_port(known.as_bytes()) == Some(bare))
        })
    }

    /// Where `uri` is registered, byte for byte (Discovery 1.0 section 5: no normalisation).
    pub fn registered(&self, uri: &[u8]) -> Registration {
        let has = |list: &[String]| list.iter().any(|registered| registered.as_bytes() == uri);
        let disabled = &self.attempt().disabled;
        let clients = &self.world.clients;
        Registration {
            for_client: self
                .client()
                .and_then(|id| self.world.client(id))
                .map(|client| has(&client.post_logout_redirect_uris)),
            anywhere: clients
                .iter()
                .any(|client| has(&client.post_logout_redirect_uris)),
            for_enabled: clients.iter().any(|client| {
                !disabled.contains(&client.id) && has(&client.post_logout_redirect_uris)
            }),
        }
    }
}

/// An http address on loopback without its port; nothing for any other. As text, so that nothing is normalised.
fn without_loopback_port(uri: &[u8]) -> Option<(&str, &str)> {
    let text = std::str::from_utf8(uri).ok()?;
    let rest = text.strip_prefix("http://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let address = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    let is_loopback = address
        .parse()
        .is_ok_and(|address: IpAddr| address.is_loopback());
    (is_loopback || host == "localhost").then_some((host, tail))
}

/// The query that the `end_session_endpoint` itself carries (section 2.1 allows one).
fn own_parameters(world: &World) -> Vec<(Vec<u8>, Vec<u8>)> {
    let endpoint = world
        .metadata
        .as_ref()
        .and_then(|m| m.text("end_session_endpoint"))
        .unwrap_or("");
    let query = endpoint.split_once('?').map_or("", |(_, query)| query);
    Params::parse(query.as_bytes())
        .iter()
        .map(|(name, value)| (name.to_vec(), value.to_vec()))
        .collect()
}

fn facts_of<'a>(ledger: &'a Ledger, text: &[u8]) -> HintFacts<'a> {
    let issued = |kind: TokenKind, sign_in: &'a SignedIn| HintFacts {
        provenance: Provenance::Issued,
        kind,
        sign_in: Some(sign_in),
        made: None,
    };
    if let Some(sign_in) = ledger
        .sign_ins
        .iter()
        .find(|s| s.id_token.as_bytes() == text)
    {
        return issued(TokenKind::Id, sign_in);
    }
    if let Some(sign_in) = ledger
        .sign_ins
        .iter()
        .find(|s| s.access_token.as_bytes() == text)
    {
        return issued(TokenKind::Access, sign_in);
    }
    let made = ledger.made.iter().find(|made| made.text.as_bytes() == text);
    HintFacts {
        provenance: made.map_or(Provenance::Forged, |m| m.provenance),
        kind: TokenKind::Made,
        sign_in: None,
        made,
    }
}
