//! One tenant at work: its configuration, addresses, policy, key and memory.

use std::collections::VecDeque;

use jiff::Timestamp;

use crate::accounts::Accounts;
use crate::call::{MOST_NOTIFICATIONS, Notification};
use crate::clock::Clock;
use crate::config::{DialectId, Tenant, origin_of};
use crate::dialects::{self, Desk};
use crate::faults::Fault;
use crate::http::{Request, Response};
use crate::journal::Event;
use crate::parameters::Parameters;
use crate::platform::Directory;
use crate::policy::{Policy, Revival};
use crate::random::Seeded;
use crate::sessions::{Session, Store};
use crate::signing::{Keyring, NotAnRsaKey, SigningKey};

/// More of it is not kept.
const LONGEST_USER_AGENT: usize = 300;

pub(crate) struct Realm {
    pub(crate) tenant: Tenant,
    pub(crate) policy: Policy,
    pub(crate) key: SigningKey,
    pub(crate) random: Seeded,
    pub(crate) store: Store,
    pub(crate) accounts: Accounts,
    pub(crate) directory: Directory,
    /// What a WorkOS environment remembers.
    pub(crate) desk: Desk,
    pub(crate) events: Vec<Event>,
    pub(crate) progress: Progress,
    /// A clock of its own, where the control surface gave it one.
    pub(crate) clock: Option<Clock>,
    /// The path below which it lies on its default address.
    pub(crate) prefix: String,
    /// What is to be told to applications, oldest first.
    pub(crate) outbox: VecDeque<Notification>,
}

/// How many sign-offs came how far; for faults that are good for so many of them.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    /// Those that ended in a question.
    pub(crate) asked: u64,
    /// Those that are over, refused ones and answered questions included.
    pub(crate) concluded: u64,
    /// The session that was ended by the request before this one. Requests are taken one at a time here; those on which
    /// another provider would be at work at the same moment are known by nothing having come between them.
    pub(crate) just_ended: Option<String>,
    /// The session that this request has ended so far.
    pub(crate) ended: Option<String>,
}

impl Progress {
    /// The next request is taken up.
    pub(crate) fn next_request(&mut self) {
        self.just_ended = self.ended.take();
    }
}

/// Under which of its addresses a tenant was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Site {
    Default,
    CustomDomain,
}

/// A request that has found its tenant.
pub(crate) struct Incoming<'a> {
    pub(crate) request: &'a Request,
    /// The path below the tenant's own; begins with `/` or is empty.
    pub(crate) path: &'a str,
    pub(crate) query: Parameters,
    pub(crate) site: Site,
    pub(crate) now: Timestamp,
}

impl Incoming<'_> {
    /// Whether it is a sign-off, or the answer to the question whether to.
    pub(crate) fn is_about_signing_off(&self) -> bool {
        matches!(
            self.path,
            "/end-session" | "/end-session/confirm" | "/as/signoff"
        )
    }

    pub(crate) fn is_post(&self) -> bool {
        self.request.method == "POST"
    }

    /// A document that is only ever read.
    pub(crate) fn document(&self, response: Response) -> Response {
        match self.request.method.as_str() {
            "GET" | "HEAD" => response,
            _ => Response::not_allowed("GET, HEAD"),
        }
    }

    /// The parameters of the place where the method has them (RFC 6749 section 3.1).
    pub(crate) fn parameters(&self) -> Parameters {
        if self.is_post() {
            Parameters::of_form(self.request)
        } else {
            self.query.clone()
        }
    }

    pub(crate) fn header_text(&self, name: &str) -> Option<&str> {
        self.request
            .header(name)
            .and_then(|value| std::str::from_utf8(value).ok())
    }

    /// The values of the cookies with this name, in order (RFC 6265 section 5.4).
    pub(crate) fn cookies(&self, name: &str) -> Vec<String> {
        let fields = self
            .request
            .headers
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case("Cookie"));
        let texts = fields.filter_map(|(_, value)| std::str::from_utf8(value).ok());
        let pairs = texts
            .flat_map(|text| text.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        pairs
            .filter(|(known, _)| *known == name)
            .map(|(_, value)| value.to_owned())
            .collect()
    }
}

impl Realm {
    pub(crate) fn new(
        tenant: &Tenant,
        seed: u64,
        faults: &[&Fault],
        keyring: &Keyring,
    ) -> Result<Self, NotAnRsaKey> {
        let mut realm = Self {
            policy: dialects::policy(tenant),
            key: SigningKey::chosen(&tenant.signing_key)?.on(keyring),
            random: Seeded::new(seed, &tenant.id),
            store: Store::default(),
            accounts: Accounts::default(),
            directory: Directory::of(tenant),
            desk: Desk::of(tenant),
            events: Vec::new(),
            progress: Progress::default(),
            clock: None,
            prefix: String::new(),
            outbox: VecDeque::new(),
            tenant: tenant.clone(),
        };
        let base = realm.base(Site::Default);
        if !realm.tenant.id.is_empty() {
            let path = base[origin_of(&base).len()..].trim_start_matches('/');
            realm.prefix = format!("/{path}");
        }
        realm.inject(faults);
        Ok(realm)
    }

    /// Makes the policy anew with exactly these faults in it.
    pub(crate) fn inject(&mut self, faults: &[&Fault]) {
        self.policy = dialects::policy(&self.tenant);
        for fault in faults
            .iter()
            .filter(|fault| fault.fits(self.tenant.dialect))
        {
            (fault.inject)(&mut self.policy);
        }
    }

    /// Whether a fault shows in the metadata and nowhere else.
    pub(crate) fn has_in_metadata(&self, fault: &str) -> bool {
        let plain = dialects::policy(&self.tenant);
        let mut changed = plain.clone();
        if let Some(fault) = crate::faults::fault(fault) {
            (fault.inject)(&mut changed);
        }
        changed.end_session_endpoint_published != plain.end_session_endpoint_published
    }

    /// Origin and path below which everything of the tenant lies, without a final slash.
    pub(crate) fn base(&self, site: Site) -> String {
        match (&self.tenant.custom_domain, site, self.tenant.dialect) {
            (Some(domain), Site::CustomDomain, _) => format!("https://{domain}"),
            (_, _, DialectId::PingOne) => self
                .tenant
                .issuer
                .strip_suffix("/as")
                .unwrap_or(&self.tenant.issuer)
                .to_owned(),
            (_, _, DialectId::Oidc | DialectId::IdentityServer | DialectId::WorkOs) => {
                self.tenant.issuer.clone()
            }
        }
    }

    pub(crate) fn issuer(&self, site: Site) -> String {
        match self.tenant.dialect {
            DialectId::PingOne => format!("{}/as", self.base(site)),
            DialectId::Oidc | DialectId::IdentityServer | DialectId::WorkOs => {
                self.tenant.issuer.clone()
            }
        }
    }

    /// The base of the hosted pages (`…/signon/`).
    pub(crate) fn ui(&self, site: Site) -> String {
        if site == Site::CustomDomain {
            return self.base(site);
        }
        let origin = origin_of(&self.tenant.issuer);
        let hosted = self.tenant.ui_base.clone().unwrap_or_else(|| {
            match origin.split_once("://auth.pingone.") {
                Some((scheme, region)) => format!("{scheme}://apps.pingone.{region}"),
                None => origin.to_owned(),
            }
        });
        format!("{hosted}/{}", self.tenant.id)
    }

    /// The path below which the tenant lies on its default address.
    pub(crate) fn path_prefix(&self) -> String {
        self.prefix.clone()
    }

    pub(crate) fn is_https(&self, site: Site) -> bool {
        self.base(site).starts_with("https:")
    }

    /// The live session of the browser that sent a request.
    pub(crate) fn session(&mut self, incoming: &Incoming) -> Option<Session> {
        let idle = self.tenant.lifetimes.session_idle;
        let cookies = dialects::session_cookies(self, incoming);
        if self.policy.ending.revival == Revival::ByItsCookie && !incoming.is_about_signing_off() {
            self.write_back(incoming);
        }
        cookies
            .iter()
            .find_map(|cookie| self.store.live(cookie, incoming.now, idle))
    }

    /// The session that the browser knows of, live or not.
    pub(crate) fn remembered_session(&self, incoming: &Incoming) -> Option<&Session> {
        dialects::session_cookies(self, incoming)
            .iter()
            .find_map(|cookie| self.store.by_cookie(cookie))
    }

    /// Whether the request comes with a session that the request right before it has ended: it was under way when that
    /// happened.
    pub(crate) fn is_overlapped(&self, incoming: &Incoming) -> bool {
        let session = self.remembered_session(incoming);
        session.is_some_and(|session| self.progress.just_ended.as_ref() == Some(&session.id))
    }

    /// Writes an ended session back that came with a request.
    pub(crate) fn write_back(&mut self, incoming: &Incoming) {
        for cookie in dialects::session_cookies(self, incoming) {
            self.store.revive(&cookie);
        }
    }

    /// The user whose name and password these are, if they may sign on.
    pub(crate) fn authenticate(&self, username: &str, password: &str) -> Option<String> {
        let user = self
            .tenant
            .users
            .iter()
            .find(|user| user.username == username)?;
        (user.password == password && user.enabled).then(|| user.id.clone())
    }

    pub(crate) fn start_session(
        &mut self,
        user: &str,
        before: Option<&Session>,
        incoming: &Incoming,
    ) -> Session {
        let identity = self.policy.session_identity;
        let now = incoming.now;
        let session = self
            .store
            .start(user, before, identity, now, &mut self.random);
        let agent: String = incoming
            .header_text("User-Agent")
            .unwrap_or_default()
            .chars()
            .take(LONGEST_USER_AGENT)
            .collect();
        self.store.described_as(&session.id, &agent);
        self.accounts
            .entry(user.to_owned())
            .or_default()
            .last_sign_on = Some(now);
        self.events.push(Event::SessionStarted {
            session: session.id.clone(),
            user: user.to_owned(),
        });
        if self.tenant.dialect == DialectId::PingOne {
            let limit = self.tenant.sign_on.sessions_per_user;
            for surplus in self.store.counted(&session, limit) {
                self.end_session(&surplus);
                self.store.forget(&surplus);
            }
        }
        session
    }

    pub(crate) fn end_session(&mut self, id: &str) {
        if let Some(ended) = self.store.end(id, self.policy.ending.tokens) {
            self.progress.ended = Some(ended.id.clone());
            self.events.push(Event::SessionEnded {
                session: ended.id,
                user: ended.user,
            });
        }
    }

    /// Tells an application something, without waiting for what it says. The oldest unsent notification goes when there
    /// are too many.
    pub(crate) fn notify(&mut self, client: &str, purpose: &'static str, request: Request) {
        self.outbox.push_back(Notification {
            request,
            purpose,
            client: client.to_owned(),
            tenant: self.tenant.id.clone(),
        });
        while self.outbox.len() > MOST_NOTIFICATIONS {
            self.outbox.pop_front();
        }
    }

    pub(crate) fn is_enabled_client(&self, id: &str) -> bool {
        self.tenant.client(id).is_some_and(|client| client.enabled)
    }

    pub(crate) fn jwks(&self) -> Response {
        Response::json(200, &serde_json::json!({ "keys": [self.key.public_jwk()] }))
    }
}
