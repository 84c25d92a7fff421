//! Any call of the platform API is answered, and leaves an environment in which people can still sign on.

use mock_idp_core::Op;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::browser::{ENV, OTHER_ENV, authorize, p1, start};
use super::platform::{Worker, request, world};

const MEMBERS: [&str; 24] = [
    "id",
    "name",
    "enabled",
    "type",
    "protocol",
    "grantTypes",
    "responseTypes",
    "redirectUris",
    "postLogoutRedirectUris",
    "tokenEndpointAuthMethod",
    "jwks",
    "loginPageUrl",
    "username",
    "email",
    "population",
    "password",
    "value",
    "currentPassword",
    "newPassword",
    "user",
    "token",
    "activeAt",
    "region",
    "enableCrossProtocolSLO",
];

const WORDS: [&str; 14] = [
    "alice",
    "alice-id",
    "rp",
    "WEB_APP",
    "OPENID_CONNECT",
    "AUTHORIZATION_CODE",
    "CLIENT_SECRET_BASIC",
    "NONE",
    "SANDBOX",
    "NA",
    "https://rp.example/cb",
    "2026-11-01T12:00:00Z",
    "9999-12-31T23:59:59Z",
    "wonder",
];

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        prop::sample::select(WORDS.to_vec()).prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        Just(Value::Null),
    ];
    leaf.prop_recursive(2, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            members(inner),
        ]
    })
}

fn members(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let name = prop_oneof![
        8 => prop::sample::select(MEMBERS.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,8}",
    ];
    let pairs = prop::collection::vec((name, value), 0..10);
    pairs.prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<_, _>>()))
}

fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let written = |value: Value| value.to_string().into_bytes();
    prop_oneof![
        6 => members(values()).prop_map(written),
        1 => values().prop_map(written),
        1 => prop::collection::vec(any::<u8>(), 0..60),
    ]
}

fn paths() -> impl Strategy<Value = String> {
    let environment = prop::sample::select(vec![ENV, OTHER_ENV, "nobody"]);
    let below = prop::sample::select(vec![
        "",
        "/logoutSettings",
        "/populations",
        "/populations/x",
        "/applications",
        "/applications/rp",
        "/applications/rp/secret",
        "/users",
        "/users/alice-id",
        "/users/alice-id/enabled",
        "/users/alice-id/password",
        "/users/alice-id/sessions",
        "/users/alice-id/sessions/x",
        "/sessions",
        "/sessions/me",
        "/sessions/x",
    ]);
    prop_oneof![
        8 => (environment, below).prop_map(|(id, below)| format!("/environments/{id}{below}")),
        1 => Just("/environments".to_owned()),
        1 => "\\PC{0,30}".prop_map(|path| format!("/{path}")),
    ]
}

fn queries() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        1 => "\\?(limit|cursor|filter)=\\PC{0,20}",
        1 => Just("?filter=username%20eq%20%22alice%22&limit=1".to_owned()),
    ]
}

fn media_types() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "application/json",
        "application/json",
        "application/vnd.pingidentity.user.import+json",
        "application/vnd.pingidentity.password.set+json",
        "application/vnd.pingidentity.account.lock+json",
        "text/plain",
    ])
}

type Sent = (&'static str, String, &'static str, Vec<u8>);

fn calls() -> impl Strategy<Value = Vec<Sent>> {
    let method = prop::sample::select(vec!["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]);
    let path = (paths(), queries()).prop_map(|(path, query)| format!("{path}{query}"));
    prop::collection::vec((method, path, media_types(), bodies()), 1..12)
}

fn send(op: &mut Op, token: &str, (method, path, media_type, body): &Sent) -> u16 {
    let mut call = request(method, path, media_type, Some(&json!(null)))
        .with_header("Authorization", format!("Bearer {token}"))
        .with_header("Cookie", "ST=x");
    call.body.clone_from(body);
    op.handle(&call, start()).status
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(192) })]

    #[test]
    fn every_call_is_answered_and_the_provider_goes_on(calls in calls()) {
        let Worker { mut op, token } = Worker::at(world());
        for call in &calls {
            let status = send(&mut op, &token, call);
            prop_assert!((200..500).contains(&status), "{status} {call:?}");
        }
        let request = mock_idp_core::Request::get(authorize(&p1(), "other", &[]));
        prop_assert!((200..500).contains(&op.handle(&request, start()).status));
    }
}
