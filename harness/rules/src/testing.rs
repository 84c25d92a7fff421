//! A case from raw exchanges in a few lines, for the rules' tests.
//!
//! [`Case::new`] is a target with two clients where Alice has signed in at client `a` in the first browser.
//! `get` or `post` adds a sign-off; what follows describes that one: how it was answered, what became of
//! the session, what the person said. `control` sets a run beside it, and `judge` lets a rule speak.

use crate::discovery_view::DiscoveryView;
use crate::record::{
    Answer, Answered, Attempt, CookiesSent, Exchange, Life, Made, Probe, Provenance, Record,
    SignedIn, Views, Witness,
};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Stop};
use crate::sign_off::{Control, Controls, SignOff, Twin};
use crate::world::World;
use signoff_oidc::cookies::SameSite;
use signoff_oidc::{Client, ClientAuth, Metadata, Origin, Params, Request, Response, Timestamp};

/// The issuer of the target.
pub(crate) const ISSUER: &str = "https://op.example";
/// Its logout endpoint.
pub(crate) const END: &str = "https://op.example/end";
/// Client `a`'s first post-logout redirect URI.
pub(crate) const OUT: &str = "https://rp.example/out";
/// Client `a`'s second one, with a query.
pub(crate) const OUT_QUERY: &str = "https://rp.example/out?x=1";
/// Client `b`'s post-logout redirect URI.
pub(crate) const BYE: &str = "https://other.example/bye";
/// Registered nowhere.
pub(crate) const EVIL: &str = "https://evil.test/";
/// The ID token of Alice's first sign-in, at client `a`.
pub(crate) const HINT: &str = "id-token-0";
/// The access token of that sign-in.
pub(crate) const ACCESS_TOKEN: &str = "access-token-0";
/// How long an ID token lasts here, in seconds.
pub(crate) const LIFETIME: i64 = 3600;

/// A page that asks whether to sign off.
pub(crate) fn asks() -> Response {
    page(
        200,
        r#"<form method="post" action="/end/confirm"><input type="hidden" name="xsrf" value="x1"><button name="logout" value="yes">Yes, sign me out</button></form>"#,
    )
}

/// A page that says that something is wrong.
pub(crate) fn error() -> Response {
    page(400, "<h1>Something is wrong</h1>")
}

/// A page that says that the person is signed off.
pub(crate) fn signed_off() -> Response {
    page(200, "<h1>You are signed out</h1>")
}

/// An empty page, as a target gives that answers everything so.
pub(crate) fn blank() -> Response {
    page(200, "")
}

/// Any HTML page.
pub(crate) fn page(status: u16, html: &str) -> Response {
    Response {
        status,
        headers: vec![("Content-Type".to_owned(), b"text/html".to_vec())],
        body: html.as_bytes().to_vec(),
    }
}

/// A redirect.
pub(crate) fn redirect(status: u16, location: &str) -> Response {
    Response {
        status,
        headers: vec![("Location".to_owned(), location.as_bytes().to_vec())],
        body: Vec::new(),
    }
}

/// A JSON document.
pub(crate) fn json(status: u16, text: &str) -> Response {
    Response {
        status,
        headers: vec![("Content-Type".to_owned(), b"application/json".to_vec())],
        body: text.as_bytes().to_vec(),
    }
}

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
        };
        case.sign_in("alice", "a", 0, 0)
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
            refresh_token: None,
            at: self.now,
            expires: Timestamp::from_second(self.now.as_second() + LIFETIME).ok(),
        });
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
            chain,
            before: Session::Lives.probes(0),
            at_rest: Session::Lives.probes(0),
            answers: Vec::new(),
            disabled: self.disabled.clone(),
            at: self.now,
            same_site: Some(SameSite::Everywhere),
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
            after: after.probes(0),
            views: Views::default(),
        });
        self
    }

    /// A control: the last sign-off of another case.
    pub(crate) fn control(mut self, control: Control, run: Case) -> Self {
        let index = run.record.attempts.len() - 1;
        let record = run.record;
        self.controls.insert(control, Some(Twin { record, index }));
        self
    }

    /// A control that cannot be run on this target.
    pub(crate) fn without_control(mut self, control: Control) -> Self {
        self.controls.insert(control, None);
        self
    }

    /// Beside an orderly twin that was honoured and ended its session.
    pub(crate) fn orderly_worked(self) -> Self {
        let twin = Case::new().get(&[("id_token_hint", HINT), TARGET]);
        self.control(
            Control::Orderly,
            twin.gets(redirect(303, OUT)).at_rest(Session::Ended),
        )
    }

    /// Beside an orderly twin that was refused, as by a target that is dead or refuses everything.
    pub(crate) fn orderly_refused(self) -> Self {
        let twin = Case::new().get(&[("id_token_hint", HINT), TARGET]);
        self.control(Control::Orderly, twin.gets(error()))
    }

    /// Beside an orderly twin that got an empty page and kept its session.
    pub(crate) fn orderly_ignored(self) -> Self {
        let twin = Case::new().get(&[("id_token_hint", HINT), TARGET]);
        self.control(Control::Orderly, twin)
    }

    /// What `rule` says of the last sign-off.
    pub(crate) fn judge(&self, rule: &Rule) -> Ruling {
        let Judge::SignOff(judge) = rule.judge else {
            panic!("{} does not judge sign-offs", rule.id);
        };
        let ruling = judge(&self.sign_off());
        if let Err(Stop::Wants(control)) = &ruling {
            assert!(
                rule.needs.contains(control),
                "{} asks for {control:?} without needing it",
                rule.id
            );
        }
        ruling
    }

    /// The last sign-off.
    pub(crate) fn sign_off(&self) -> SignOff<'_> {
        SignOff {
            world: &self.world,
            record: &self.record,
            index: self.record.attempts.len() - 1,
            controls: &self.controls,
        }
    }

    #[track_caller]
    pub(crate) fn assert_kept(&self, rule: &Rule) {
        let ruling = self.judge(rule);
        assert!(ruling.is_ok(), "{}: {ruling:?}", rule.id);
    }

    #[track_caller]
    pub(crate) fn assert_violated(&self, rule: &Rule) {
        let ruling = self.judge(rule);
        let violated = matches!(ruling, Err(Stop::Violated(_)));
        assert!(violated, "{}: {ruling:?}", rule.id);
    }

    #[track_caller]
    pub(crate) fn assert_not_mine(&self, rule: &Rule) {
        let ruling = self.judge(rule);
        let not_mine = matches!(ruling, Err(Stop::NotMine(_)));
        assert!(not_mine, "{}: {ruling:?}", rule.id);
    }

    #[track_caller]
    pub(crate) fn assert_undecided(&self, rule: &Rule) {
        let ruling = self.judge(rule);
        let undecided = matches!(ruling, Err(Stop::Undecided(_)));
        assert!(undecided, "{}: {ruling:?}", rule.id);
    }

    #[track_caller]
    pub(crate) fn assert_wants(&self, rule: &Rule, control: Control) {
        assert_eq!(self.judge(rule), Err(Stop::Wants(control)), "{}", rule.id);
    }
}

/// A discovery document under construction.
#[derive(Debug, Clone)]
pub(crate) struct Discovered {
    pub(crate) world: World,
    pub(crate) sign_in: Option<SignedIn>,
}

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

    fn judge(&self, rule: &Rule) -> Ruling {
        let Judge::Discovery(judge) = rule.judge else {
            panic!("{} does not judge discovery", rule.id);
        };
        judge(&DiscoveryView {
            world: &self.world,
            sign_in: self.sign_in.as_ref(),
        })
    }

    #[track_caller]
    pub(crate) fn assert_kept(&self, rule: &Rule) {
        let ruling = self.judge(rule);
        assert!(ruling.is_ok(), "{}: {ruling:?}", rule.id);
    }

    #[track_caller]
    pub(crate) fn assert_violated(&self, rule: &Rule) {
        let ruling = self.judge(rule);
        let violated = matches!(ruling, Err(Stop::Violated(_)));
        assert!(violated, "{}: {ruling:?}", rule.id);
    }

    #[track_caller]
    pub(crate) fn assert_not_mine(&self, rule: &Rule) {
        let ruling = self.judge(rule);
        let not_mine = matches!(ruling, Err(Stop::NotMine(_)));
        assert!(not_mine, "{}: {ruling:?}", rule.id);
    }

    #[track_caller]
    pub(crate) fn assert_undecided(&self, rule: &Rule) {
        let ruling = self.judge(rule);
        let undecided = matches!(ruling, Err(Stop::Undecided(_)));
        assert!(undecided, "{}: {ruling:?}", rule.id);
    }
}

/// The hint of Alice's first sign-in.
pub(crate) const OWN: (&str, &str) = ("id_token_hint", HINT);
/// Client `a`'s registered URI as the target.
pub(crate) const TARGET: (&str, &str) = ("post_logout_redirect_uri", OUT);

fn spelled(params: &[(&str, &str)]) -> Params {
    params
        .iter()
        .fold(Params::new(), |all, (name, value)| all.with(*name, *value))
}

fn client(id: &str, host: &str, post_logout_redirect_uris: &[&str]) -> Client {
    Client {
        id: id.to_owned(),
        secret: Some(format!("secret-of-{id}")),
        auth: ClientAuth::default(),
        redirect_uris: vec![format!("https://{host}/callback")],
        post_logout_redirect_uris: post_logout_redirect_uris
            .iter()
            .map(|uri| (*uri).to_owned())
            .collect(),
    }
}

/// The target that every case starts from.
pub(crate) fn world() -> World {
    let discovery = json(
        200,
        r#"{"issuer":"https://op.example","end_session_endpoint":"https://op.example/end","jwks_uri":"https://op.example/jwks"}"#,
    );
    World {
        dialect: "oidc".to_owned(),
        edition: None,
        real: false,
        issuer: ISSUER.to_owned(),
        own_origins: Origin::of(ISSUER).into_iter().collect(),
        clients: vec![
            client("a", "rp.example", &[OUT, OUT_QUERY]),
            client("b", "other.example", &[BYE]),
        ],
        metadata: Metadata::parse(&discovery.body),
        discovery,
        rfc8414: None,
        jwks: None,
    }
}

mod tests {
    use super::*;
    use crate::rp_initiated::RULES;

    #[test]
    fn a_case_judges_its_last_sign_off() {
        let exact = RULES
            .iter()
            .find(|rule| rule.id == "RPIL-3-04")
            .expect("a rule");
        let case =
            || Case::new().get(&[("id_token_hint", HINT), ("post_logout_redirect_uri", EVIL)]);
        case().assert_wants(exact, Control::Orderly);
        case().orderly_worked().assert_kept(exact);
        case().orderly_refused().assert_undecided(exact);
        case().gets(redirect(302, EVIL)).assert_violated(exact);
        Case::new().get(&[TARGET]).assert_not_mine(exact);
    }
}
