//! Any octets are answered, and no sequence of requests brings an ended session back.

use mock_idp_core::{FAULT_HEADER, Op, Request, faults, supported};
use proptest::prelude::*;

use super::browser::{
    ALICE, Browser, ENV, OP, OUT, Tokens, form, oidc, p1, pingone, refresh, start, userinfo,
};

/// Every path there is, by the lists that requests are answered by, and others.
fn paths() -> impl Strategy<Value = String> {
    let filled = |path: &str| path.replace("{environment}", ENV).replace(['{', '}'], "");
    let known = supported::endpoint_paths().map(|path| format!("/{ENV}{}", filled(path)));
    let platform = supported::platform_paths().map(|path| format!("/v1{}", filled(path)));
    let plain = [
        "/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server",
        "/end-session",
        "/end-session/confirm",
        "/authorize",
        "/sign-in",
        "/token",
        "/userinfo",
        "/signed-out",
        "/jwks",
    ];
    prop_oneof![
        4 => prop::sample::select(known.collect::<Vec<_>>()),
        1 => prop::sample::select(platform.collect::<Vec<_>>()),
        3 => prop::sample::select(plain.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,40}",
    ]
}

fn names() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "id_token_hint",
        "post_logout_redirect_uri",
        "state",
        "client_id",
        "error",
        "flowId",
        "redirect_uri",
        "scope",
        "response_type",
        "response_mode",
        "prompt",
        "max_age",
        "code_challenge",
        "grant_type",
        "code",
        "refresh_token",
        "request_uri",
        "token",
        "client_assertion",
        "client_assertion_type",
        "user",
        "deny",
        "newPassword",
        "transaction",
        "username",
        "password",
        "confirmation",
        "answer",
        "ui_locales",
    ])
}

fn values() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "rp".to_owned(),
            "code".to_owned(),
            "openid".to_owned(),
            "https://rp.example/cb".to_owned(),
            OUT.to_owned(),
            "pi.flow".to_owned(),
            "none".to_owned(),
            "e30.e30.".to_owned(),
            "authorization_code".to_owned(),
            r#"{"details":[{"code":1},2]}"#.to_owned(),
            "%ff%00%zz".to_owned(),
        ]),
        "\\PC{0,30}",
    ]
}

fn parameters() -> impl Strategy<Value = String> {
    prop::collection::vec((names(), values()), 0..6).prop_map(|pairs| {
        pairs
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("&")
    })
}

fn headers() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let name = prop::sample::select(vec![
        "Host",
        "Cookie",
        "Accept",
        "Authorization",
        "Content-Type",
        "Origin",
        "Access-Control-Request-Method",
        "Referer",
        FAULT_HEADER,
        "X",
    ]);
    let value = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..40),
        prop::sample::select(vec![
            "application/x-www-form-urlencoded",
            "application/vnd.pingidentity.usernamePassword.check+json",
            "login.example.com",
            "op.example",
            "Basic cnA6cnAtc2VjcmV0",
            "Bearer x",
            "ST=x; ST-NO-SS",
            "=;=",
            "https://spa.example",
            "null",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
        prop::sample::select(faults().iter().map(|fault| fault.id).collect::<Vec<_>>())
            .prop_map(|id| id.as_bytes().to_vec()),
    ];
    prop::collection::vec((name.prop_map(str::to_owned), value), 0..6)
}

fn requests() -> impl Strategy<Value = Request> {
    let method = prop_oneof![4 => Just("GET".to_owned()), 4 => Just("POST".to_owned()), 1 => Just("OPTIONS".to_owned()), 1 => "\\PC{0,8}"];
    let body = prop_oneof![
        parameters().prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..200)
    ];
    (
        method,
        paths(),
        parameters(),
        headers(),
        body,
        any::<bool>(),
    )
        .prop_map(|(method, path, query, headers, body, secure)| Request {
            method,
            target: if query.is_empty() {
                path
            } else {
                format!("{path}?{query}")
            },
            secure,
            headers,
            body,
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn every_request_is_answered(requests in prop::collection::vec(requests(), 1..8)) {
        for config in [pingone(), oidc()] {
            let mut op = Op::new(config).unwrap();
            for request in &requests {
                let answer = op.handle(request, start());
                // Some faults are to answer 500.
                let faulty = request.header(FAULT_HEADER).is_some();
                let most = if faulty { 600 } else { 500 };
                prop_assert!((200..most).contains(&answer.status), "{}", answer.status);
                for (_, value) in &answer.headers {
                    prop_assert!(value.chars().all(|c| matches!(c, ' '..='~')));
                }
            }
        }
    }
}

/// What a browser may do.
#[derive(Debug, Clone, Copy)]
enum Step {
    SignOn,
    Probe,
    SignOff {
        with_hint: bool,
        by_post: bool,
        registered: bool,
    },
    Answer {
        yes: bool,
    },
}

fn steps() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => Just(Step::SignOn),
        2 => Just(Step::Probe),
        4 => any::<(bool, bool, bool)>().prop_map(|(with_hint, by_post, registered)| Step::SignOff {
            with_hint, by_post, registered
        }),
        2 => any::<bool>().prop_map(|yes| Step::Answer { yes }),
    ]
}

/// A session that has been seen to end, with all that could still open it.
struct Ended {
    browser: Browser,
    tokens: Tokens,
}

fn walk(mut op: Op, base: &str, endpoint: &str, steps: &[Step]) {
    let mut browser = Browser::default();
    let mut current: Option<Ended> = None;
    let mut ended: Vec<Ended> = Vec::new();
    let mut page = None;
    for step in steps {
        match *step {
            Step::SignOn => {
                if current.is_none() {
                    let tokens = browser.sign_on(&mut op, base, "rp", ALICE);
                    current = Some(Ended {
                        browser: browser.clone(),
                        tokens,
                    });
                }
            }
            Step::Probe => {}
            Step::SignOff {
                with_hint,
                by_post,
                registered,
            } => {
                let known = current.as_ref().or(ended.last()).filter(|_| with_hint);
                let hint = known
                    .map(|session| session.tokens.id.clone())
                    .unwrap_or_default();
                let uri = if registered {
                    OUT
                } else {
                    "https://evil.example/"
                };
                let fields = [
                    ("id_token_hint", hint.as_str()),
                    ("post_logout_redirect_uri", uri),
                    ("client_id", "rp"),
                ];
                let url = format!("{base}/{endpoint}");
                let answer = if by_post {
                    browser.post(&mut op, &url, &fields)
                } else {
                    browser.get(&mut op, &format!("{url}?{}", form(&fields)))
                };
                assert_ne!(answer.header("Location"), Some("https://evil.example/"));
                if answer.status == 200 && !answer.body.is_empty() {
                    page = Some(answer)
                        .filter(|page| String::from_utf8_lossy(&page.body).contains("/confirm"));
                }
            }
            Step::Answer { yes } => {
                if let Some(page) = &page {
                    browser.answer(&mut op, page, if yes { "yes" } else { "no" });
                }
            }
        }
        if current.is_some() && !browser.is_signed_on(&mut op, base) {
            ended.extend(current.take());
        }
        assert_eq!(current.is_some(), browser.is_signed_on(&mut op, base));
        for session in &mut ended {
            assert!(!session.browser.clone().is_signed_on(&mut op, base));
            assert_eq!(userinfo(&mut op, base, &session.tokens.access), 401);
            assert_eq!(
                refresh(
                    &mut op,
                    base,
                    "rp",
                    session.tokens.refresh.as_deref().unwrap()
                ),
                400
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn an_ended_session_never_works_again(steps in prop::collection::vec(steps(), 1..14)) {
        walk(Op::new(pingone()).unwrap(), &p1(), "signoff", &steps);
        walk(Op::new(oidc()).unwrap(), OP, "end-session", &steps);
    }
}
