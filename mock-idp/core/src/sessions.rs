//! What a provider remembers: sessions, codes, tokens, sign-ons under way. Everything is bounded.

use std::collections::{BTreeMap, VecDeque};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::accounts::Identified;
use crate::authorize::{Authorization, NamedClaims};
use crate::clock::after;
use crate::dialects::IdentityServerMemory;
use crate::parameters::Parameters;
use crate::policy::{EndedTokens, SessionIdentity};
use crate::random::Seeded;
use crate::shelf::{Kept, Shelf};

/// A signed-on browser.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// The `sid` of its ID tokens.
    pub(crate) id: String,
    /// The value of its cookie.
    pub(crate) cookie: String,
    pub(crate) user: String,
    pub(crate) auth_time: Timestamp,
    pub(crate) last_seen: Timestamp,
    pub(crate) ended: bool,
    pub(crate) created: Timestamp,
    /// What the browser called itself when it signed on.
    pub(crate) user_agent: String,
    /// The applications that were signed on to with it, in that order.
    pub(crate) clients: Vec<String>,
}

impl Session {
    /// Whether it is alive, or ended less than `recent` seconds ago. A sign-off is the last use of a session.
    pub(crate) fn is_recent(&self, now: Timestamp, idle: u32, recent: u32) -> bool {
        let end = if self.ended {
            self.last_seen
        } else {
            after(self.last_seen, idle)
        };
        after(end, recent) > now
    }
}

/// Somebody who signed on, as a code or token knows them.
#[derive(Debug, Clone)]
pub(crate) struct EndUser {
    pub(crate) user: String,
    pub(crate) session: String,
    pub(crate) auth_time: Timestamp,
    /// The name of the sign-on policy that was asked for.
    pub(crate) acr: String,
}

/// An authorization code that was handed out.
pub(crate) struct Code {
    pub(crate) authorization: Authorization,
    pub(crate) end_user: EndUser,
    pub(crate) expires: Timestamp,
}

/// What an access or refresh token stands for.
#[derive(Clone)]
pub(crate) struct Token {
    pub(crate) client: String,
    /// Nobody in a token for the client itself.
    pub(crate) end_user: Option<EndUser>,
    pub(crate) scope: String,
    pub(crate) issued: Timestamp,
    pub(crate) expires: Timestamp,
    /// A refresh token with `offline_access` (Core section 11).
    pub(crate) offline: bool,
    /// The code it goes back to; empty for a client's own.
    pub(crate) grant: String,
    /// What was asked for by name with that code.
    pub(crate) claims: NamedClaims,
}

impl Kept for Session {}
impl Kept for Flow {}
impl Kept for Question {}
impl Kept for Pushed {}
impl Kept for Registered {}

impl Kept for Code {
    fn owner(&self) -> Option<&str> {
        Some(&self.end_user.session)
    }
}

impl Kept for Token {
    fn owner(&self) -> Option<&str> {
        let end_user = self.end_user.as_ref()?;
        Some(&end_user.session)
    }
}

/// An authorization request that a client left for its browser.
pub(crate) struct Pushed {
    pub(crate) client: String,
    pub(crate) parameters: Parameters,
    pub(crate) expires: Timestamp,
}

/// A client that registered itself.
pub(crate) struct Registered {
    /// What the answer said.
    pub(crate) metadata: serde_json::Value,
    /// The registration access token.
    pub(crate) access: String,
}

/// A sign-on that somebody is in the middle of.
pub(crate) struct Flow {
    pub(crate) id: String,
    /// The cookie of the browser it belongs to.
    pub(crate) cookie: String,
    pub(crate) authorization: Authorization,
    /// Somebody who is known but must choose another password first.
    pub(crate) held_up: Option<Identified>,
    /// The session it ended in.
    pub(crate) completed: Option<String>,
    pub(crate) created: Timestamp,
    pub(crate) expires: Timestamp,
}

/// A question whether to sign off that waits for its answer.
#[derive(Clone)]
pub(crate) struct Question {
    pub(crate) session: String,
    pub(crate) farewell: crate::logout::Farewell,
}

/// How many sessions that are over are remembered, the oldest go first. Enough for a token to name a recent one, and few
/// enough for a provider to serve millions of them.
const ENDED: usize = 1_000;

#[derive(Default)]
pub(crate) struct Store {
    sessions: Shelf<Session>,
    /// The ids of those that ended, in that order. Some of them may live again.
    ended: VecDeque<String>,
    by_cookie: Shelf<String>,
    pub(crate) codes: Shelf<Code>,
    pub(crate) access: Shelf<Token>,
    pub(crate) refresh: Shelf<Token>,
    pub(crate) flows: Shelf<Flow>,
    pub(crate) questions: Shelf<Question>,
    pub(crate) pushed: Shelf<Pushed>,
    pub(crate) registered: Shelf<Registered>,
    pub(crate) identity_server: IdentityServerMemory,
    /// Client assertions that were used, and until when that is remembered.
    pub(crate) assertions: Shelf<Timestamp>,
    /// Sessions of ID tokens that do not name them, by the digest of the token.
    id_tokens: Shelf<String>,
    /// Where a user may only have so many: the ids of their sessions, the oldest first.
    by_user: BTreeMap<String, VecDeque<String>>,
}

impl Store {
    pub(crate) fn session(&self, id: &str) -> Option<&Session> {
        self.sessions.find(id)
    }

    /// Remembers in which session an ID token was issued.
    pub(crate) fn issued_in(&mut self, id_token: &str, session: &str) {
        self.id_tokens
            .put(digest(id_token.as_bytes()), session.to_owned());
    }

    /// The session an ID token was issued in, if that is remembered.
    pub(crate) fn session_of_id_token(&self, id_token: &[u8]) -> Option<&str> {
        self.id_tokens.find(&digest(id_token)).map(String::as_str)
    }

    pub(crate) fn by_cookie(&self, cookie: &str) -> Option<&Session> {
        self.by_cookie
            .find(cookie)
            .and_then(|id| self.sessions.find(id))
    }

    /// The live session that a cookie identifies; using it keeps it from going idle.
    pub(crate) fn live(&mut self, cookie: &str, now: Timestamp, idle: u32) -> Option<Session> {
        let id = self.by_cookie.find(cookie)?.clone();
        let session = self.sessions.find_mut(&id)?;
        if session.ended || after(session.last_seen, idle) <= now || session.cookie != cookie {
            return None;
        }
        session.last_seen = session.last_seen.max(now);
        Some(session.clone())
    }

    /// Writes an ended session back.
    pub(crate) fn revive(&mut self, cookie: &str) {
        let id = self.by_cookie.find(cookie).cloned();
        if let Some(session) = id.and_then(|id| self.sessions.find_mut(&id)) {
            session.ended = false;
        }
    }

    /// Ids of the sessions of a user that have not ended.
    /// The ids of all sessions that have not ended.
    pub(crate) fn live_sessions(&self) -> Vec<String> {
        let live = self.sessions.values().filter(|session| !session.ended);
        live.map(|session| session.id.clone()).collect()
    }

    pub(crate) fn sessions_of(&self, user: &str) -> Vec<String> {
        let of_user = self
            .sessions
            .values()
            .filter(|s| s.user == user && !s.ended);
        of_user.map(|s| s.id.clone()).collect()
    }

    /// Signs a user on. Signing on again as the same user keeps the session and gives it a new cookie.
    pub(crate) fn start(
        &mut self,
        user: &str,
        before: Option<&Session>,
        identity: SessionIdentity,
        now: Timestamp,
        random: &mut Seeded,
    ) -> Session {
        let kept = before
            .filter(|session| session.user == user || identity == SessionIdentity::KeptInBrowser);
        let reused = if identity == SessionIdentity::ReusedPerUser {
            let mut sessions = self.sessions.values();
            sessions.find(|session| session.user == user && session.ended)
        } else {
            None
        };
        let (id, cookie) = match (kept, reused) {
            (Some(kept), _) => (kept.id.clone(), random.uuid()),
            (None, Some(reused)) => (reused.id.clone(), reused.cookie.clone()),
            (None, None) if identity == SessionIdentity::FreshInHex => {
                (random.uuid().replace('-', ""), random.opaque())
            }
            (None, None) => (random.uuid(), random.uuid()),
        };
        let clients = kept.map(|kept| kept.clients.clone()).unwrap_or_default();
        let session = Session {
            id: id.clone(),
            cookie: cookie.clone(),
            user: user.to_owned(),
            auth_time: now,
            last_seen: now,
            ended: false,
            created: kept.map_or(now, |kept| kept.created),
            user_agent: String::new(),
            clients,
        };
        if let Some(before) = before {
            self.by_cookie.take(&before.cookie);
        }
        self.by_cookie.put(cookie, id.clone());
        self.sessions.put(id, session.clone());
        session
    }

    /// The sessions of a user, ended ones included, the oldest first. Only known where their number is limited.
    pub(crate) fn remembered(&self, user: &str) -> Vec<&Session> {
        let ids = self.by_user.get(user).into_iter().flatten();
        ids.filter_map(|id| self.sessions.find(id)).collect()
    }

    /// Counts a session among those of its user. Gives the ids of the oldest ones, which are too many now.
    pub(crate) fn counted(&mut self, session: &Session, limit: usize) -> Vec<String> {
        let ids = self.by_user.entry(session.user.clone()).or_default();
        ids.retain(|id| *id != session.id && self.sessions.find(id).is_some());
        ids.push_back(session.id.clone());
        let surplus = ids.len().saturating_sub(limit);
        ids.drain(..surplus).collect()
    }

    /// Forgets a session.
    pub(crate) fn forget(&mut self, id: &str) {
        if let Some(session) = self.sessions.take(id) {
            self.by_cookie.take(&session.cookie);
            if let Some(ids) = self.by_user.get_mut(&session.user) {
                ids.retain(|known| known != id);
            }
        }
    }

    pub(crate) fn described_as(&mut self, id: &str, user_agent: &str) {
        if let Some(session) = self.sessions.find_mut(id) {
            user_agent.clone_into(&mut session.user_agent);
        }
    }

    /// Gives a session another cookie. Not if it is empty, longer than any, or somebody else's.
    pub(crate) fn renamed(&mut self, id: &str, cookie: &str) -> bool {
        let in_a_cookie = |octet: u8| octet.is_ascii_alphanumeric() || b"-_.~+/=".contains(&octet);
        let usable = (1..=100).contains(&cookie.len())
            && cookie.bytes().all(in_a_cookie)
            && self.by_cookie.find(cookie).is_none();
        let Some(session) = self.sessions.find_mut(id).filter(|_| usable) else {
            return false;
        };
        self.by_cookie.take(&session.cookie);
        cookie.clone_into(&mut session.cookie);
        self.by_cookie.put(cookie.to_owned(), id.to_owned());
        true
    }

    pub(crate) fn last_used(&mut self, id: &str, at: Timestamp) {
        if let Some(session) = self.sessions.find_mut(id) {
            session.last_seen = at;
        }
    }

    /// Remembers that an application was signed on to with a session.
    pub(crate) fn joined(&mut self, id: &str, client: &str) {
        if let Some(session) = self.sessions.find_mut(id)
            && !session.clients.iter().any(|known| known == client)
        {
            session.clients.push(client.to_owned());
        }
    }

    /// The token with this value, of either type.
    pub(crate) fn token(&self, value: &str) -> Option<&Token> {
        self.refresh.find(value).or_else(|| self.access.find(value))
    }

    /// Takes back every token of a grant.
    pub(crate) fn revoke_grant(&mut self, grant: &str) {
        if !grant.is_empty() {
            self.access.forget_where(|token| token.grant == grant);
            self.refresh.forget_where(|token| token.grant == grant);
        }
    }

    /// Ends a session with what hangs on it. Gives the session if it was not ended before.
    pub(crate) fn end(&mut self, id: &str, tokens: EndedTokens) -> Option<Session> {
        let session = self
            .sessions
            .find_mut(id)
            .filter(|session| !session.ended)?;
        session.ended = true;
        let ended = session.clone();
        self.ended.push_back(id.to_owned());
        if self.ended.len() > ENDED
            && let Some(oldest) = self.ended.pop_front()
            && self.sessions.find(&oldest).is_some_and(|old| old.ended)
        {
            self.forget(&oldest);
        }
        self.codes.forget_of(id, |_| false);
        self.access.forget_of(id, |_| !tokens.access);
        self.refresh.forget_of(id, |token| {
            let ends = if token.offline {
                tokens.offline
            } else {
                tokens.refresh
            };
            !ends
        });
        Some(ended)
    }
}

fn digest(token: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token))
}
