//! What is too long is refused with a message, and the limits are exact.

use mock_idp_core::{Op, Request};

use super::browser::{ENV, oidc, p1, pingone, start, text};

fn target(length: usize) -> String {
    let beginning = format!("/{ENV}/as/signoff?x=");
    let rest = length - beginning.len();
    beginning + &"y".repeat(rest)
}

#[test]
fn each_limit_is_exact_and_named() {
    let mut op = Op::new(pingone()).unwrap();
    let many = |count| {
        (0..count).fold(Request::get(target(100)), |request, _| {
            request.with_header("X", "y")
        })
    };
    let body = |length: usize| Request::post_form(format!("{}/signoff", p1()), vec![b'x'; length]);
    let long_header =
        |length: usize| Request::get(target(100)).with_header("X", vec![b'y'; length - 1]);
    let cases = [
        (Request::get(target(60_000)), 302, ""),
        (Request::get(target(60_001)), 414, "60000"),
        (many(100), 302, ""),
        (many(101), 431, "100"),
        (long_header(64 * 1024), 302, ""),
        (long_header(64 * 1024 + 1), 431, "65536"),
        (body(1024 * 1024), 302, ""),
        (body(1024 * 1024 + 1), 413, "1048576"),
    ];
    for (request, status, named) in cases {
        let answer = op.handle(&request, start());
        assert_eq!(answer.status, status);
        assert!(status == 302 || text(&answer).contains(named));
    }
}

#[test]
fn what_is_no_address_here_is_said_to_be_none() {
    let mut op = Op::new(pingone()).unwrap();
    for (target, status) in [
        ("*", 400),
        ("", 400),
        ("ftp://x/", 400),
        ("/", 404),
        ("/nowhere/as/signoff", 404),
        ("http://x", 404),
    ] {
        assert_eq!(
            op.handle(&Request::get(target), start()).status,
            status,
            "{target:?}"
        );
    }
    let head = Request {
        method: "DELETE".into(),
        ..Request::get(format!("{}/signoff", p1()))
    };
    let answer = op.handle(&head, start());
    assert_eq!(
        (answer.status, answer.header("Allow")),
        (405, Some("GET, POST"))
    );
}

#[test]
fn the_metadata_of_rfc_8414_lies_between_host_and_path_and_says_the_same() {
    let mut config = oidc();
    config.tenants[0].id = "blue".into();
    config.tenants[0].issuer = "https://op.example/blue".into();
    for (config, oauth, openid) in [
        (
            config,
            "/.well-known/oauth-authorization-server/blue",
            "/blue/.well-known/openid-configuration",
        ),
        (
            oidc(),
            "/.well-known/oauth-authorization-server",
            "/.well-known/openid-configuration",
        ),
    ] {
        let mut op = Op::new(config).unwrap();
        let [oauth, openid] = [oauth, openid].map(|path| op.handle(&Request::get(path), start()));
        assert_eq!((oauth.status, &oauth.body), (200, &openid.body));
    }
}
