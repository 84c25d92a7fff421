//! Whatever is sent: HTTP or a close in time, and the server goes on.

use mock_idp::core::{DialectId, supported};
use mock_idp::{MockIdp, Patience};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::time::Duration;
use tokio::runtime::Builder;

const CASES: u32 = 250;

/// Octets without any form, and requests that are nearly right: those reach further.
fn octets() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![vec(any::<u8>(), 0..2_000), nearly_a_request()]
}

/// Every path there is: of both dialects, of the platform API, of the control surface.
fn paths() -> Vec<String> {
    let environment = mock_idp::standard::PINGONE_ENVIRONMENT;
    let plain = mock_idp::standard::OIDC_TENANT;
    let filled = |path: &str| {
        path.replace("{environment}", environment)
            .replace(['{', '}'], "")
    };
    let of_pingone =
        supported::endpoint_paths().map(|path| format!("/{environment}{}", filled(path)));
    let of_platform = supported::platform_paths().map(|path| format!("/v1{}", filled(path)));
    let of_plain = [
        ".well-known/openid-configuration",
        "jwks",
        "authorize",
        "sign-in",
        "token",
        "userinfo",
        "end-session",
        "end-session/confirm",
        "signed-out",
    ];
    let of_plain = of_plain.map(|path| format!("/{plain}/{path}"));
    let of_control = [
        "health",
        "ca.pem",
        "clock",
        "clients",
        "clients/x/y",
        "reset",
        "journal",
        "faults",
        "x",
    ];
    let of_control = of_control.map(|path| format!("/__mock/{path}"));
    let others = ["*".to_owned(), "/".to_owned()];
    of_pingone
        .chain(of_platform)
        .chain(of_plain)
        .chain(of_control)
        .chain(others)
        .collect()
}

fn nearly_a_request() -> impl Strategy<Value = Vec<u8>> {
    let method = prop_oneof![
        Just("GET"),
        Just("POST"),
        Just("HEAD"),
        Just("OPTIONS"),
        Just("CONNECT"),
        Just("get")
    ];
    let path = prop::sample::select(paths());
    let query = vec(prop_oneof![32_u8..127, any::<u8>()], 0..100);
    let header = vec(any::<u8>(), 0..60);
    let content = vec(any::<u8>(), 0..200);
    let claimed = prop_oneof![4 => Just(None), 1 => (0_usize..400).prop_map(Some)];
    let kind = prop::sample::select(vec![
        "application/x-www-form-urlencoded",
        "application/json",
        "application/vnd.pingidentity.usernamePassword.check+json",
    ]);
    (method, path, query, header, content, claimed, kind).prop_map(
        |(method, path, query, header, content, claimed, kind)| {
            let length = claimed.unwrap_or(content.len());
            let mut octets = format!("{method} {path}?id_token_hint=").into_bytes();
            octets.extend(query);
            octets.extend(b" HTTP/1.1\r\nHost: idp.test\r\nCookie: ST=");
            octets.extend(header);
            octets.extend(
                format!("\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n").bytes(),
            );
            octets.extend(content);
            octets
        },
    )
}

#[test]
fn any_octets_get_http_or_a_close_in_time() {
    let client = Builder::new_current_thread().enable_all().build().unwrap();
    let patience = Patience {
        head: Duration::from_millis(500),
        content: Duration::from_millis(500),
        ..Patience::default()
    };
    for dialect in [DialectId::PingOne, DialectId::Oidc] {
        let idp = MockIdp::builder()
            .dialect(dialect)
            .patience(patience.clone())
            .start_blocking()
            .unwrap();
        let address = idp.server().address();
        let mut runner = TestRunner::new(Config {
            cases: CASES,
            failure_persistence: None,
            ..Config::default()
        });
        runner
            .run(&octets(), |octets| {
                let received = client.block_on(crate::wire::send(address, &octets));
                prop_assert!(received.is_nothing_or_http(), "{}", received.text());
                Ok(())
            })
            .unwrap();
        let health = client.block_on(crate::wire::send(
            address,
            &crate::wire::get("/__mock/health"),
        ));
        assert_eq!(health.status(), Some(200));
    }
}
