//! The declared differences of products that the mock does not play, against exchanges as their documentation has them:
//! each explains what it says and nothing else.

use signoff_engine::dialects;
use signoff_engine::judge::Subject;
use signoff_engine::target::FormFields;
use signoff_engine::{Outcome, SignInKind, Target};
use signoff_oidc::cookies::SameSite;
use signoff_oidc::{
    Client, ClientAuth, Metadata, Origin, Params, Request, Response, Timestamp, User,
};
use signoff_rules::record::{
    Attempt, CookiesSent, Exchange, Ledger, Life, Probe, SignedIn, Views, Witness,
};
use signoff_rules::{Control, Controls, Record, Twin, World, catalogue};

const END: &str = "https://id.example/logout";
const OUT: &str = "https://rp.example/out";
const LIFETIME: i64 = 3_600;

fn client() -> Client {
    Client {
        frontchannel_logout_uri: None,
        backchannel_logout_uri: None,
        id: "web".to_owned(),
        secret: None,
        auth: ClientAuth::None,
        redirect_uris: vec!["https://rp.example/cb".to_owned()],
        post_logout_redirect_uris: vec![OUT.to_owned()],
    }
}

fn response(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
    let headers = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()));
    Response {
        status,
        headers: headers.collect(),
        body: body.as_bytes().to_vec(),
    }
}

fn redirect() -> Response {
    response(302, &[("Location", OUT)], "")
}

fn error() -> Response {
    response(
        400,
        &[("Content-Type", "text/html")],
        "<h1>Bad request</h1>",
    )
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).expect("in range")
}

fn world(dialect: &str) -> World {
    let document = format!(r#"{{"issuer":"https://id.example","end_session_endpoint":"{END}"}}"#);
    World {
        listening: Vec::new(),
        doors: Vec::new(),
        dialect: dialect.to_owned(),
        edition: None,
        real: true,
        issuer: "https://id.example".to_owned(),
        own_origins: Origin::of(END).into_iter().collect(),
        clients: vec![client()],
        discovery: response(200, &[], &document),
        metadata: Metadata::parse(document.as_bytes()),
        rfc8414: None,
        jwks: None,
        behind: None,
        confirmation: None,
    }
}

fn target(dialect: &str) -> Target {
    Target {
        name: dialect.to_owned(),
        dialect: dialect.to_owned(),
        description: String::new(),
        edition: None,
        real: true,
        issuer: "https://id.example".to_owned(),
        own_origins: Vec::new(),
        client: client(),
        other_client: None,
        disposable_client: None,
        user: User {
            name: "alice".to_owned(),
            password: "p".to_owned(),
        },
        other_user: None,
        sign_in: SignInKind::Form,
        fields: FormFields::default(),
        confirmation: None,
        signing_key: None,
        other_tenant: None,
        custom_domain: None,
        behind: None,
        scope: "openid".to_owned(),
        deviations: Vec::new(),
        repeat_with: String::new(),
    }
}

/// One sign-off of Alice after one or more sign-ins in the same browser.
struct Told {
    method: &'static str,
    params: Params,
    seconds_later: i64,
    sessions: usize,
    answer: Response,
    ended: bool,
}

impl Told {
    fn new(params: &[(&str, &str)], answer: Response, ended: bool) -> Self {
        let params = params
            .iter()
            .fold(Params::new(), |all, (name, value)| all.with(*name, *value));
        Told {
            method: "GET",
            params,
            seconds_later: 1,
            sessions: 1,
            answer,
            ended,
        }
    }

    fn record(self) -> Record {
        let sign_ins = (0..self.sessions).map(|session| SignedIn {
            seq: u32::try_from(session).unwrap_or(0),
            browser: 0,
            session,
            client_id: "web".to_owned(),
            user: "alice".to_owned(),
            sub: Some("sub".to_owned()),
            sid: Some(format!("sid-{session}")),
            id_token: format!("id-token-{session}"),
            access_token: format!("access-token-{session}"),
            profile: None,
            refresh_token: None,
            offline: signoff_rules::record::Offline::No,
            at: at(0),
            expires: Some(at(LIFETIME)),
            exchanges: Vec::new(),
        });
        let probes = |life: &Life| {
            [Witness::Jar(0), Witness::SavedCookies(0)]
                .map(|witness| Probe {
                    witness,
                    life: life.clone(),
                })
                .to_vec()
        };
        let request = if self.method == "POST" {
            Request::post_form(END, &self.params)
        } else {
            Request::get(&format!("{END}?{}", self.params.encode()))
        };
        let after = if self.ended {
            Life::Ended
        } else {
            Life::Alive(None)
        };
        let attempt = Attempt {
            frames: Vec::new(),
            beside: Vec::new(),
            deleted: Vec::new(),
            settings: Vec::new(),
            seq: 100,
            browser: 0,
            cookies: CookiesSent::Current,
            calls: Vec::new(),
            chain: vec![Exchange {
                seq: 101,
                request: request.expect("an address"),
                answer: Ok(self.answer),
            }],
            before: probes(&Life::Alive(None)),
            at_rest: probes(&after),
            answers: Vec::new(),
            disabled: Vec::new(),
            at: at(self.seconds_later),
            same_site: Some(SameSite::Confined),
            views: Views::default(),
        };
        Record {
            arrivals: Vec::new(),
            ledger: Ledger {
                sign_ins: sign_ins.collect(),
                made: Vec::new(),
                logout_tokens: Vec::new(),
            },
            attempts: vec![attempt],
        }
    }
}

const OWN: [(&str, &str); 2] = [
    ("id_token_hint", "id-token-0"),
    ("post_logout_redirect_uri", OUT),
];

fn twin(told: Told) -> Twin {
    Twin {
        record: told.record(),
        index: 0,
    }
}

/// What `rule` says of it beside an orderly twin that worked, and beside the same by the other method.
fn judged(dialect: &str, rule: &str, told: Told) -> Outcome {
    let controls = Controls::from([
        (
            Control::Orderly,
            Some(twin(Told::new(&OWN, redirect(), true))),
        ),
        (
            Control::OtherMethod,
            Some(twin(Told::new(&OWN, redirect(), true))),
        ),
    ]);
    let (target, world, record) = (target(dialect), world(dialect), told.record());
    let deviations = dialects::find(dialect)
        .expect("a dialect")
        .deviations(None)
        .expect("parses");
    let subject = Subject {
        target: &target,
        world: &world,
        record: &record,
        index: 0,
        controls: &controls,
        deviations: &deviations,
    };
    let rule = catalogue::find(rule).expect("a rule");
    subject.judge(rule).expect("its controls are here").outcome
}

fn by_post(answer: Response) -> Told {
    Told {
        method: "POST",
        ..Told::new(&OWN, answer, false)
    }
}

fn expired() -> Told {
    Told {
        seconds_later: LIFETIME + 60,
        ..Told::new(&OWN, error(), false)
    }
}

#[test]
fn okta_signs_off_without_a_question() {
    let told = || Told::new(&OWN, redirect(), true);
    assert_eq!(judged("okta", "RPIL-2-26", told()), Outcome::Known);
    assert_eq!(judged("oidc", "RPIL-2-26", told()), Outcome::Violated);
}

#[test]
fn okta_takes_no_post() {
    let refused = || by_post(error());
    assert_eq!(judged("okta", "RPIL-2-18", refused()), Outcome::Known);
    assert_eq!(judged("oidc", "RPIL-2-18", refused()), Outcome::Violated);
    // An empty page is no refusal that anybody documents.
    let blank = by_post(response(200, &[], ""));
    assert_ne!(judged("okta", "RPIL-2-18", blank), Outcome::Known);
}

#[test]
fn okta_refuses_an_expired_hint() {
    let fresh = Told::new(&OWN, error(), false);
    assert_eq!(judged("okta", "RPIL-2-23", expired()), Outcome::Known);
    assert_eq!(
        judged("keycloak", "RPIL-2-23", expired()),
        Outcome::Violated
    );
    assert_eq!(judged("okta", "RPIL-2-23", fresh), Outcome::NotApplicable);
}

#[test]
fn okta_compares_the_subject_and_keycloak_the_session() {
    let of_earlier_session = || Told {
        sessions: 2,
        ..Told::new(&OWN, redirect(), true)
    };
    assert_eq!(
        judged("okta", "RPIL-2-28", of_earlier_session()),
        Outcome::Known
    );
    assert_eq!(
        judged("keycloak", "RPIL-2-28", of_earlier_session()),
        Outcome::Violated
    );
}

#[test]
fn keycloak_asks_only_without_a_good_hint() {
    let with_hint = Told::new(&OWN, redirect(), true);
    assert_eq!(judged("keycloak", "RPIL-2-26", with_hint), Outcome::Known);
    // By client_id alone it may redirect, but not sign off without asking.
    let params = [("client_id", "web"), ("post_logout_redirect_uri", OUT)];
    let told = || Told::new(&params, redirect(), true);
    assert_eq!(
        judged("keycloak", "RPIL-3-03", told()),
        Outcome::NotApplicable
    );
    assert_eq!(judged("keycloak", "RPIL-2-27", told()), Outcome::Violated);
}

#[test]
fn a_redirect_uri_that_nobody_registered_is_never_explained() {
    let params = [
        ("id_token_hint", "id-token-0"),
        ("post_logout_redirect_uri", "https://evil.test/"),
    ];
    for dialect in ["okta", "keycloak"] {
        let away = response(302, &[("Location", "https://evil.test/")], "");
        let told = Told::new(&params, away, true);
        assert_eq!(
            judged(dialect, "RPIL-3-04", told),
            Outcome::Violated,
            "{dialect}"
        );
    }
}
