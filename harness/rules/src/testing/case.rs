//! A case under construction: sign-ins, sign-offs and what came of them.

use super::{END, LIFETIME, blank, world};
use crate::record::{
    Answer, Answered, Attempt, CookiesSent, Exchange, Life, Made, Offline, Probe, Provenance,
    Record, SignedIn, Views, Witness,
};
use crate::setting::Setting;
use crate::sign_off::Controls;
use crate::world::World;
use signoff_oidc::cookies::SameSite;
use signoff_oidc::{Door, Params, Request, Response, Timestamp};

/// What a look at the session of a browser tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Session {
    /// Alive, for the jar and for the saved cookies.
    Lives,
    /// Over, for both.
    Ended,
    /// The browser has lost its cookie, the server still knows the session.
    CookieDropped,
    /// It cannot be told.
    Unclear,
}

impl Session {
    fn probes(self, browser: usize) -> Vec<Probe> {
        let alive = || Life::Alive(Some("sub-of-alice".to_owned()));
        let unclear = || Life::Unknown("the answer to prompt=none was not understood".to_owned());
        let (jar, saved) = match self {
            Session::Lives => (alive(), alive()),
            Session::Ended => (Life::Ended, Life::Ended),
            Session::CookieDropped => (Life::Ended, alive()),
            Session::Unclear => (unclear(), unclear()),
        };
        vec![
            Probe {
                witness: Witness::Jar(browser),
                life: jar,
            },
            Probe {
                witness: Witness::SavedCookies(browser),
                life: saved,
            },
        ]
    }
}

/// A case under construction.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) world: World,
    pub(crate) record: Record,
    pub(crate) controls: Controls,
    seq: u32,
    now: Timestamp,
    disabled: Vec<String>,
    deleted: Vec<String>,
    settings: Vec<Setting>,
}

impl Case {
    /// Two clients; Alice has signed in at client `a`.
    pub(crate) fn new() -> Self {
        let case = Case {
            world: world(),
            record: Record::default(),
            controls: Controls::new(),
            seq: 0,
            now: Timestamp::from_second(1_700_000_000).expect("in range"),
            disabled: Vec::new(),
            deleted: Vec::new(),
            settings: Vec::new(),
        };
        case.sign_in("alice", "a", 0, 0)
    }

    /// The same, and nobody has signed in yet.
    pub(crate) fn nobody() -> Self {
        let mut case = Case::new();
        case.record.ledger.sign_ins.clear();
        case
    }

    /// The same target as seen by a dialect and edition.
    pub(crate) fn of_product(mut self, dialect: &str, edition: Option<&str>) -> Self {
        dialect.clone_into(&mut self.world.dialect);
        self.world.edition = edition.map(str::to_owned);
        self
    }

    /// Registers a further post-logout redirect URI for client `a`.
    pub(crate) fn registers(mut self, uri: &str) -> Self {
        self.world.clients[0]
            .post_logout_redirect_uris
            .push(uri.to_owned());
        self
    }

    fn tick(&mut self) -> u32 {
        self.seq += 1;
        self.seq
    }

    /// A sign-in; its ID token is `id-token-N`, counted from 0.
    pub(crate) fn sign_in(
        mut self,
        user: &str,
        client: &str,
        browser: usize,
        session: usize,
    ) -> Self {
        let number = self.record.ledger.sign_ins.len();
        let seq = self.tick();
        self.record.ledger.sign_ins.push(SignedIn {
            seq,
            browser,
            session,
            client_id: client.to_owned(),
            user: user.to_owned(),
            sub: Some(format!("sub-of-{user}")),
            sid: Some(format!("sid-{session}")),
            id_token: format!("id-token-{number}"),
            access_token: format!("access-token-{number}"),
            profile: None,
            refresh_token: None,
            offline: Offline::No,
            at: self.now,
            expires: Timestamp::from_second(self.now.as_second() + LIFETIME).ok(),
            exchanges: Vec::new(),
        });
        self
    }

    /// The last sign-in ended in this answer of the IdP.
    pub(crate) fn signed_in_by(mut self, answer: Response) -> Self {
        let seq = self.tick();
        let sign_in = self.record.ledger.sign_ins.last_mut().expect("a sign-in");
        sign_in.exchanges.push(Exchange {
            seq,
            request: Request::get("https://op.example/sign-in").expect("an address"),
            answer: Ok(answer),
        });
        self
    }

    /// The last sign-in brought a refresh token.
    pub(crate) fn with_refresh_token(mut self, offline: Offline) -> Self {
        let number = self.record.ledger.sign_ins.len() - 1;
        let last = &mut self.record.ledger.sign_ins[number];
        last.refresh_token = Some(format!("refresh-token-{number}"));
        last.offline = offline;
        self
    }

    /// A look at a token, before the sign-off and when all was over.
    pub(crate) fn token(mut self, witness: Witness, before: Life, after: Life) -> Self {
        let probe = |life| Probe { witness, life };
        let attempt = self.last();
        attempt.before.push(probe(before));
        attempt.at_rest.push(probe(after.clone()));
        if let Some(answer) = attempt.answers.last_mut() {
            answer.after.push(probe(after));
        }
        self
    }

    /// A token that no sign-in produced.
    pub(crate) fn made(mut self, text: &str, provenance: Provenance) -> Self {
        self.record.ledger.made.push(Made {
            text: text.to_owned(),
            provenance,
            description: "a token made for this test".to_owned(),
        });
        self
    }

    /// Time passes.
    pub(crate) fn later(mut self, seconds: i64) -> Self {
        self.now = Timestamp::from_second(self.now.as_second() + seconds).expect("in range");
        self
    }

    /// An administrator disables a client.
    pub(crate) fn disable(mut self, client: &str) -> Self {
        self.disabled.push(client.to_owned());
        self
    }

    /// An administrator deletes a client.
    pub(crate) fn delete(mut self, client: &str) -> Self {
        self.deleted.push(client.to_owned());
        self.disable(client)
    }

    /// An operator set this.
    pub(crate) fn with_setting(mut self, setting: Setting) -> Self {
        self.settings.push(setting);
        self
    }

    /// The browser signs off by GET at another address of the target's.
    pub(crate) fn get_at(mut self, door: Door, url: &str, params: &[(&str, &str)]) -> Self {
        if !self.world.doors.iter().any(|(known, _)| *known == door) {
            self.world.doors.push((door, url.to_owned()));
        }
        let url = if params.is_empty() {
            url.to_owned()
        } else {
            format!("{url}?{}", spelled(params).encode())
        };
        self.sends(Request::get(&url).expect("an address"))
    }

    /// A sign-off by GET. Until said otherwise the session was alive, the answer is an empty page and
    /// nothing ends.
    pub(crate) fn get(self, params: &[(&str, &str)]) -> Self {
        let url = if params.is_empty() {
            END.to_owned()
        } else {
            format!("{END}?{}", spelled(params).encode())
        };
        self.sends(Request::get(&url).expect("an address"))
    }

    /// A sign-off by POST.
    pub(crate) fn post(self, params: &[(&str, &str)]) -> Self {
        self.sends(Request::post_form(END, &spelled(params)).expect("an address"))
    }

    /// A sign-off by exactly this request.
    pub(crate) fn sends(mut self, request: Request) -> Self {
        let seq = self.tick();
        let chain = vec![Exchange {
            seq: self.tick(),
            request,
            answer: Ok(blank()),
        }];
        self.record.attempts.push(Attempt {
            seq,
            browser: 0,
            cookies: CookiesSent::Current,
            calls: Vec::new(),
            chain,
            beside: Vec::new(),
            before: Session::Lives.probes(0),
            at_rest: Session::Lives.probes(0),
            answers: Vec::new(),
            disabled: self.disabled.clone(),
            deleted: self.deleted.clone(),
            settings: self.settings.clone(),
            at: self.now,
            same_site: Some(SameSite::Everywhere),
            frames: Vec::new(),
            views: Views::default(),
        });
        self
    }

    fn last(&mut self) -> &mut Attempt {
        self.record.attempts.last_mut().expect("a sign-off")
    }

    /// One more header field of the request.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        let request = &mut self.last().chain[0].request;
        request
            .headers
            .push((name.to_owned(), value.as_bytes().to_vec()));
        self
    }

    /// The answer to it.
    pub(crate) fn gets(mut self, response: Response) -> Self {
        self.last().chain[0].answer = Ok(response);
        self
    }

    /// No answer came.
    pub(crate) fn gets_nothing(mut self) -> Self {
        self.last().chain[0].answer = Err("the connection was closed".to_owned());
        self
    }

    /// The same request went out at the same moment, and got this.
    pub(crate) fn and_at_once(mut self, response: Response) -> Self {
        let seq = self.tick();
        let attempt = self.last();
        let exchange = Exchange {
            seq,
            request: attempt.chain[0].request.clone(),
            answer: Ok(response),
        };
        match attempt.answers.last_mut() {
            Some(answer) => answer.beside.push(Exchange {
                request: answer.chain[0].request.clone(),
                ..exchange
            }),
            None => attempt.beside.push(exchange),
        }
        self
    }

    /// The browser follows to `url` of the IdP and gets this.
    pub(crate) fn then(mut self, url: &str, response: Response) -> Self {
        let seq = self.tick();
        self.last().chain.push(Exchange {
            seq,
            request: Request::get(url).expect("an address"),
            answer: Ok(response),
        });
        self
    }

    /// With cookies that go this far.
    pub(crate) fn same_site(mut self, mode: SameSite) -> Self {
        self.last().same_site = Some(mode);
        self
    }

    /// With these cookies.
    pub(crate) fn with_cookies(mut self, cookies: CookiesSent) -> Self {
        self.last().cookies = cookies;
        self
    }

    /// The session right before.
    pub(crate) fn before(mut self, session: Session) -> Self {
        self.last().before = session.probes(0);
        self.last().at_rest = session.probes(0);
        self
    }

    /// The session at the first rest.
    pub(crate) fn at_rest(mut self, session: Session) -> Self {
        self.last().at_rest = session.probes(0);
        self
    }

    /// The session of a second browser: alive before, and this at rest.
    pub(crate) fn other_browser(mut self, at_rest: Session) -> Self {
        self.last().before.extend(Session::Lives.probes(1));
        self.last().at_rest.extend(at_rest.probes(1));
        self
    }

    /// The person answers the question; where that leads, and the session afterwards.
    pub(crate) fn says(mut self, answered: Answered, led_to: Response, after: Session) -> Self {
        let seq = self.tick();
        let form = Params::new().with("xsrf", "x1").with("logout", "yes");
        let chain = vec![Exchange {
            seq,
            request: Request::post_form("https://op.example/end/confirm", &form)
                .expect("an address"),
            answer: Ok(led_to),
        }];
        self.last().answers.push(Answer {
            answered,
            chain,
            beside: Vec::new(),
            after: after.probes(0),
            views: Views::default(),
        });
        self
    }

    /// What the last answer posted.
    pub(crate) fn posting(mut self, form: &[(&str, &str)]) -> Self {
        let answer = self.last().answers.last_mut().expect("an answer");
        answer.chain[0].request =
            Request::post_form("https://op.example/end/confirm", &spelled(form))
                .expect("an address");
        self
    }
}

fn spelled(params: &[(&str, &str)]) -> Params {
    params
        .iter()
        .fold(Params::new(), |all, (name, value)| all.with(*name, *value))
}
