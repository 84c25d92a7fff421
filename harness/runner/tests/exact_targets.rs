//! Request targets that common clients never write: the mock takes them in memory as it does behind a socket.

use mock_idp::core::DialectId;
use mock_idp::{Server, ServerOptions};
use signoff_embedded::{Embedded, EmbeddedWire};
use signoff_runner::engine::wire::block_on_ready;
use signoff_runner::engine::{Fidelity, Wire};
use signoff_runner::oidc::{Request, Response};
use signoff_runner::wire::{ExactWire, WireOptions};

/// What tells one answer from another, whatever the address of the mock.
fn shown(response: &Response) -> (u16, Option<String>) {
    (response.status, response.header("Location"))
}

#[tokio::test]
async fn the_mock_takes_any_target_in_memory_as_behind_a_socket() {
    let world = |origin: &str| Embedded::at(DialectId::Oidc, origin, &[]).expect("a world");
    let server = Server::start(ServerOptions::default(), |origin| world(origin).config);
    let server = server.expect("the mock starts");
    let embedded = world(server.url());
    let mut in_memory = EmbeddedWire::new(&embedded);
    block_on_ready(in_memory.begin(1)).expect("a case");
    let mut exact = ExactWire::new(WireOptions::default()).expect("a wire");
    let end_session = format!("{}/end-session", embedded.target.issuer);
    let usual = Request::get(&end_session).expect("an address");
    let client = &embedded.target.client;
    let to = &client.post_logout_redirect_uris[0];
    let query = format!("?client_id={}&post_logout_redirect_uri={to}", client.id);
    let path = usual.target.clone();
    let (origin, other_case) = (
        usual.origin.as_str().as_bytes(),
        usual.origin.as_str().to_ascii_uppercase(),
    );
    let with = |parts: &[&[u8]]| parts.concat();
    let targets = [
        with(&[&path, query.as_bytes()]),
        with(&[&path, b"?"]),
        with(&[&path, b"?x=%zz&state=\"<>"]),
        with(&[&path, b"#fragment"]),
        with(&[&path, query.as_bytes(), b"#fragment"]),
        with(&[&path, query.as_bytes(), "&state=\u{e9}".as_bytes()]),
        with(&[&path, query.as_bytes(), b"&state=\xe9"]),
        with(&[&path, b"%2e"]),
        with(&[&path, "\u{e9}".as_bytes()]),
        with(&[origin, &path, query.as_bytes()]),
        with(&[other_case.as_bytes(), &path, query.as_bytes()]),
        with(&[origin, &path, query.as_bytes(), b"#fragment"]),
        with(&[b"https://other.example", &path]),
        with(&[b"ftp://other.example", &path]),
        b"*".to_vec(),
    ];
    let mut differ = Vec::new();
    for target in targets {
        let request = Request {
            target,
            ..usual.clone()
        };
        let told = String::from_utf8_lossy(&request.target).into_owned();
        let here = block_on_ready(in_memory.send(&request, Fidelity::Exact));
        let there = exact.send(&request).await;
        let outcomes = (
            here.as_ref().map(shown).map_err(ToString::to_string),
            there.as_ref().map(shown).map_err(ToString::to_string),
        );
        if outcomes.0 != outcomes.1 {
            differ.push(format!("{told}: {outcomes:?}"));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}
