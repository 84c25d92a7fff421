//! Every fault can be seen from outside, and vanishes when it is switched off.

use mock_idp_core::{
    Config, Control, DialectId, Edition, KeyChoice, Op, Request, Response, faults,
};

use super::browser::{
    ALICE, BOB, Browser, ENV, OP, OTHER_OUT, OUT, Tokens, form, oidc, p1, pingone, refresh, start,
    userinfo,
};
use super::fault_effects_around::around;
use super::tokens::{Forge, forged};

/// One dialect, as the script needs it.
struct Place {
    base: String,
    endpoint: &'static str,
    metadata: Vec<String>,
    op: fn() -> Op,
}

fn place(dialect: DialectId) -> Place {
    match dialect {
        DialectId::PingOne => Place {
            base: p1(),
            endpoint: "signoff",
            metadata: vec![format!("{}/.well-known/openid-configuration", p1())],
            op: || Op::new(pingone()).unwrap(),
        },
        DialectId::Oidc => Place {
            base: OP.to_owned(),
            endpoint: "end-session",
            metadata: [
                ".well-known/openid-configuration",
                ".well-known/oauth-authorization-server",
                "jwks",
            ]
            .map(|path| format!("{OP}/{path}"))
            .to_vec(),
            op: || Op::new(oidc()).unwrap(),
        },
        DialectId::WorkOs => unreachable!("its faults are seen by the rules of the harness alone"),
        DialectId::IdentityServer => panic!("it has pages and a test of its own"),
    }
}

pub(crate) fn noted(response: &Response) -> String {
    format!(
        "{} {:?} {}",
        response.status,
        response.headers,
        String::from_utf8_lossy(&response.body)
    )
}

/// A way to ask for a sign-off.
pub(crate) type Ask = fn(&Tokens, &Tokens) -> Vec<(&'static str, String)>;

fn hint(tokens: &Tokens) -> (&'static str, String) {
    ("id_token_hint", tokens.id.clone())
}

fn to(uri: &str) -> (&'static str, String) {
    ("post_logout_redirect_uri", uri.to_owned())
}

const EVIL: &str = "https://evil.example/";

pub(crate) fn requests() -> Vec<Ask> {
    vec![
        |_, _| vec![],
        |own, _| vec![hint(own), to(OUT), ("state", "a b;+&".into())],
        |own, _| vec![hint(own), to(OUT)],
        |own, _| vec![hint(own)],
        |own, _| vec![hint(own), ("state", "lonely".into())],
        |own, _| vec![hint(own), to(EVIL)],
        |own, _| vec![hint(own), to("\"><b>x")],
        |own, _| vec![hint(own), to("javascript:alert(1)")],
        |_, _| vec![("state", "lonely".into())],
        |_, _| vec![to(EVIL)],
        |_, _| vec![to(EVIL), ("client_id", "nobody".into())],
        |own, _| vec![hint(own), ("logout_hint", "alice".into())],
        |own, _| vec![hint(own), ("utm_source", "letter".into())],
        |own, _| vec![hint(own), to(OUT), ("state", "a\r\nX-Planted: 1".into())],
        |own, _| vec![hint(own), to("https://localhost.evil.example/")],
        |own, _| vec![hint(own), to("com.example.app:/out")],
        |own, _| vec![hint(own), to("https://evil.example?.rp.example/out")],
        |own, _| vec![hint(own), to(OUT), to(OUT)],
        |own, _| vec![hint(own), to(&format!("{OUT}/longer"))],
        |own, _| vec![hint(own), to("https://u:p@rp.example/out?from=op")],
        |own, _| vec![hint(own), to("https://rp.example/a/../out?from=op")],
        |own, _| vec![hint(own), to("https://rp.example/%6Fut?from=op")],
        |own, _| vec![hint(own), to(&format!("{EVIL}?{OUT}"))],
        |own, _| vec![hint(own), to("https:evil.example")],
        |own, _| vec![hint(own), to("https:/\\rp.example/out?from=op")],
        |own, _| vec![hint(own), to("HTTPS://RP.example/out?from=op")],
        |own, _| vec![hint(own), to("https://rp.example/out?other")],
        |own, _| vec![hint(own), to("https://rp.example/cb")],
        |own, _| vec![hint(own), to(OTHER_OUT)],
        |own, _| vec![hint(own), to(OUT), to(EVIL)],
        |own, _| {
            vec![
                hint(own),
                to("https://rp.example/out?estate=1"),
                ("state", "x".into()),
            ]
        },
        |own, _| vec![hint(own), to(OUT), ("state", "x".repeat(3_000))],
        |own, _| vec![hint(own), to(OUT), ("state", "x".repeat(8_160))],
        |own, _| vec![hint(own), to(OUT), ("client_id", "other".into())],
        |own, _| vec![hint(own), to(OUT), ("ui_locales", "tlh".into())],
        |_, other| vec![hint(other), to(OUT)],
        |own, _| vec![("id_token_hint", own.access.clone()), to(OUT)],
        |_, _| vec![("id_token_hint", "garbage".into()), to(OUT)],
        |own, _| vec![("id_token_hint", forged(&own.id, Forge::Stranger)), to(OUT)],
        |own, _| vec![("id_token_hint", forged(&own.id, Forge::Unsigned)), to(OUT)],
        |own, _| vec![("id_token_hint", forged(&own.id, Forge::Issuer)), to(OUT)],
        |own, _| {
            vec![
                ("id_token_hint", forged(&own.id, Forge::Audiences)),
                to(OTHER_OUT),
            ]
        },
        |own, _| vec![("id_token_hint", forged(&own.id, Forge::Expired)), to(OUT)],
        |own, _| {
            vec![
                ("id_token_hint", forged(&own.id, Forge::Client("off"))),
                to(OUT),
            ]
        },
    ]
}

/// Everything that can be seen when one request is tried in every way.
fn seen(op: &mut Op, place: &Place, ask: Ask) -> Vec<String> {
    let mut notes = Vec::new();
    for by_post in [false, true] {
        let mut other_browser = Browser::default();
        let others = other_browser.sign_on(op, &place.base, "rp", BOB);
        let mut browser = Browser::default();
        let tokens = browser.sign_on(op, &place.base, "rp", ALICE);
        let offline = browser.sign_on_with(
            op,
            &place.base,
            "rp",
            ALICE,
            &[("scope", "openid offline_access"), ("prompt", "consent")],
        );
        notes.append(&mut browser.walked);
        let saved = browser.clone();
        let fields = ask(&tokens, &others);
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let endpoint = format!("{}/{}", place.base, place.endpoint);
        let request = if by_post {
            Request::post_form(&endpoint, form(&fields))
        } else {
            Request::get(format!("{endpoint}?{}", form(&fields)))
        }
        .with_header("Referer", "https://referer.example/")
        .with_header("Origin", "https://referer.example")
        .with_header("X-Forwarded-Host", "evil.example");
        let bare = request.clone();
        let answer = browser.send(op, request.clone());
        notes.push(noted(&answer));
        notes.push(format!("{}", browser.is_signed_on(op, &place.base)));
        if String::from_utf8_lossy(&answer.body).contains("/confirm") {
            let forged =
                browser
                    .clone()
                    .post(op, &format!("{endpoint}/confirm"), &[("answer", "yes")]);
            notes.push(noted(&forged));
            let yes = browser.answer(op, &answer, "yes");
            notes.push(noted(&yes));
        }
        if let Some(location) = answer
            .header("Location")
            .filter(|at| at.starts_with("https://apps."))
        {
            notes.push(noted(&browser.get(op, location)));
        }
        notes.push(format!("{}", saved.clone().is_signed_on(op, &place.base)));
        notes.push(format!("{}", other_browser.is_signed_on(op, &place.base)));
        notes.push(format!("{}", userinfo(op, &place.base, &tokens.access)));
        notes.push(format!(
            "{}",
            refresh(op, &place.base, "rp", tokens.refresh.as_deref().unwrap())
        ));
        notes.push(format!(
            "{}",
            refresh(op, &place.base, "rp", offline.refresh.as_deref().unwrap())
        ));
        notes.push(noted(&browser.send(op, request)));
        notes.push(format!("{}", other_browser.is_signed_on(op, &place.base)));
        let mut later = Browser::default();
        later.sign_on(op, &place.base, "rp", ALICE);
        notes.push(format!("{}", saved.clone().is_signed_on(op, &place.base)));
        if String::from_utf8_lossy(&answer.body).contains("/confirm") {
            notes.push(noted(&later.answer(op, &answer, "yes")));
        }
        for document in &place.metadata {
            notes.push(noted(&op.handle(&Request::get(document), start())));
        }
        notes.push(noted(&op.handle(&bare, start())));
        let broken = format!("{endpoint}?post_logout_redirect_uri=%zz");
        notes.push(noted(&op.handle(&Request::get(broken), start())));
        let next = later.sign_on_with(op, &place.base, "rp", BOB, &[("prompt", "login")]);
        notes.push(next.id);
    }
    notes
}

/// What shows at other addresses: those around sign-off of the plain provider; PingOne's own, between its applications,
/// and in its older edition.
fn elsewhere(dialect: DialectId, fault: Option<&str>) -> Vec<String> {
    if dialect == DialectId::Oidc {
        return around(fault);
    }
    let mut config = pingone();
    let tenant = &mut config.tenants[0];
    tenant.logout_settings.enable_cross_protocol_slo = true;
    for client in &mut tenant.clients {
        client.idp_signoff = client.id != "other";
        client.front_channel_logout_uri = Some(format!("https://{}.example/front", client.id));
    }
    let mut legacy = config.clone();
    legacy.tenants[0].edition = Edition::Legacy;
    let (idp, usual) = (format!("{}/idpSignoff", p1()), format!("{}/signoff", p1()));
    let every = format!("https://auth.pingone.com/{ENV}/xp/signoff");
    let asks: [(&Config, &str, bool, Ask); 7] = [
        (&config, &idp, false, |own, _| vec![hint(own)]),
        (&config, &idp, true, |_, _| vec![]),
        (&config, &idp, false, |own, _| {
            vec![hint(own), ("client_id", "other".into())]
        }),
        (&config, &idp, false, |_, other| vec![hint(other)]),
        (&config, &every, true, |_, _| vec![to(EVIL)]),
        (&config, &usual, true, |own, _| vec![hint(own)]),
        (&legacy, &usual, true, |_, _| vec![]),
    ];
    asks.iter()
        .map(|(config, endpoint, with_cookie, ask)| {
            let config = (*config).clone();
            let config = match fault {
                Some(fault) => config.with_fault(fault),
                None => config,
            };
            let mut op = Op::new(config).unwrap();
            let mut browser = Browser::default();
            let own = browser.sign_on(&mut op, &p1(), "rp", ALICE);
            let other = browser.sign_on(&mut op, &p1(), "other", ALICE);
            let fields = ask(&own, &other);
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            let request = Request::get(format!("{endpoint}?{}", form(&fields)))
                .with_header("Accept", "application/json");
            let answer = if *with_cookie {
                browser.send(&mut op, request)
            } else {
                op.handle(&request, start())
            };
            format!(
                "{} {}",
                noted(&answer),
                browser.is_signed_on(&mut op, &p1())
            )
        })
        .collect()
}

#[test]
fn every_fault_of_pingone_can_be_seen_and_is_gone_when_switched_off() {
    every_fault_can_be_seen(DialectId::PingOne);
}

#[test]
fn every_fault_of_the_plain_provider_can_be_seen_and_is_gone_when_switched_off() {
    every_fault_can_be_seen(DialectId::Oidc);
}

fn every_fault_can_be_seen(dialect: DialectId) {
    {
        let place = place(dialect);
        let without: Vec<_> = requests()
            .into_iter()
            .map(|ask| seen(&mut (place.op)(), &place, ask))
            .collect();
        let honest_elsewhere = elsewhere(dialect, None);
        let fitting = faults().iter().filter(|fault| fault.fits(dialect));
        for fault in fitting.filter(|fault| !fault.is_interaction()) {
            let differs = requests().into_iter().zip(&without).any(|(ask, honest)| {
                let mut op = (place.op)();
                op.control(
                    Control::SwitchFault {
                        id: fault.id.into(),
                        on: true,
                    },
                    start(),
                )
                .unwrap();
                seen(&mut op, &place, ask) != *honest
            });
            let differs = differs || elsewhere(dialect, Some(fault.id)) != honest_elsewhere;
            assert!(differs, "{} shows nowhere on {dialect}", fault.id);
        }
        let mut op = (place.op)();
        for on in [true, false] {
            for fault in faults().iter().filter(|fault| fault.fits(dialect)) {
                op.control(
                    Control::SwitchFault {
                        id: fault.id.into(),
                        on,
                    },
                    start(),
                )
                .unwrap();
            }
        }
        assert_eq!(seen(&mut op, &place, requests()[1]), without[1]);
    }
}

#[test]
fn a_fault_can_be_confined_to_one_tenant() {
    let mut config = pingone().with_fault("redirect-any");
    config.faults[0].tenant = Some(ENV.to_owned());
    config.tenants[1].signing_key = KeyChoice::Third;
    let mut op = Op::new(config).unwrap();
    let query = form(&[("post_logout_redirect_uri", EVIL)]);
    let mut browser = Browser::default();
    let here = browser.get(&mut op, &format!("/{ENV}/as/signoff?{query}"));
    let there = browser.get(
        &mut op,
        &format!("/{}/as/signoff?{query}", super::browser::OTHER_ENV),
    );
    assert_eq!(here.header("Location"), Some(EVIL));
    assert!(there.header("Location").unwrap().contains("error="));
}
