//! What keeps a target from being judged: each is told for what it is, ends with 3, and gives no verdict.

use crate::served::{Served, target_file};
use crate::signoff::{Ended, Folder};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The run of a few cases; with its report, in which nothing may be judged.
#[track_caller]
fn without_verdict(folder: &Folder) -> Ended {
    let ended = folder
        .signoff("run hint/ redirect/ --target mine --timeout 2 --report json=report.json")
        .with(3);
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!(report["exit_code"], 3);
    for outcome in ["kept", "violated", "known", "stale"] {
        assert_eq!(report["summary"][outcome], 0, "{outcome}: {report}");
    }
    assert!(report["unreachable"].is_string(), "{report}");
    folder.signoff("probe --target mine").with(3);
    ended
}

#[track_caller]
fn says(ended: &Ended, parts: &[&str]) {
    for part in parts {
        assert!(ended.out.contains(part), "`{part}` is not in {}", ended.out);
    }
}

#[test]
fn a_wrong_password() {
    let mock = Served::start("serve --dialect oidc --json");
    let folder = Folder::new();
    folder.write(
        "signoff.toml",
        &target_file(mock.text("issuer"), "secret-a", "open-sesame-not"),
    );
    let ended = without_verdict(&folder);
    says(&ended, &["signing in at mine as alice failed", "password"]);
    assert!(!ended.out.contains("open-sesame-not"), "{}", ended.out);
}

#[test]
fn a_wrong_client_secret() {
    let mock = Served::start("serve --dialect oidc --json");
    let folder = Folder::new();
    folder.write(
        "signoff.toml",
        &target_file(mock.text("issuer"), "not-the-secret", "password-of-alice"),
    );
    let ended = without_verdict(&folder);
    says(&ended, &["token endpoint", "invalid_client"]);
    assert!(!ended.out.contains("not-the-secret"), "{}", ended.out);
}

#[test]
fn a_target_that_is_down() {
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let folder = Folder::new();
    folder.write(
        "signoff.toml",
        &target_file(&format!("http://{closed}"), "s", "p"),
    );
    says(&without_verdict(&folder), &["cannot be reached"]);
}

#[test]
fn a_target_that_is_slow() {
    let slow = provider(|_, path| {
        if path.starts_with("/authorize") {
            std::thread::park_timeout(std::time::Duration::from_secs(20));
        }
        None
    });
    let folder = Folder::new();
    folder.write(
        "signoff.toml",
        &target_file(&format!("http://{slow}"), "s", "p"),
    );
    says(&without_verdict(&folder), &["the time of 2s was up"]);
}

#[test]
fn a_target_whose_page_is_another_one_now() {
    let changed = provider(|_, _| Some(page("<p>We have a new app. Scan the code to go on.</p>")));
    let folder = Folder::new();
    folder.write(
        "signoff.toml",
        &target_file(&format!("http://{changed}"), "s", "p"),
    );
    says(
        &without_verdict(&folder),
        &["no form to go on with", "Sign in"],
    );
}

/// An OP of which only the metadata are right. What it says of anything else is `answer`'s, with the number of the
/// request; nothing is a 404.
fn provider(answer: impl Fn(usize, &str) -> Option<String> + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (answer, requests) = (Arc::new(answer), Arc::new(AtomicUsize::new(0)));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (answer, requests) = (Arc::clone(&answer), Arc::clone(&requests));
            std::thread::spawn(move || {
                let mut stream = stream.unwrap();
                let mut head = [0; 8192];
                let read = stream.read(&mut head).unwrap_or(0);
                let head = String::from_utf8_lossy(&head[..read]).into_owned();
                let path = head.split(' ').nth(1).unwrap_or("/").to_owned();
                let number = requests.fetch_add(1, Ordering::Relaxed);
                let said = if path.starts_with("/.well-known/openid-configuration") {
                    metadata(address)
                } else {
                    answer(number, &path).unwrap_or_else(|| with("404 Not Found", "text/plain", ""))
                };
                let _ = stream.write_all(said.as_bytes());
            });
        }
    });
    address
}

fn metadata(address: SocketAddr) -> String {
    let at = |path: &str| format!("http://{address}/{path}");
    let metadata = serde_json::json!({
        "issuer": format!("http://{address}"),
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "end_session_endpoint": at("logout"),
        "jwks_uri": at("jwks"),
    });
    with("200 OK", "application/json", &metadata.to_string())
}

fn page(body: &str) -> String {
    with(
        "200 OK",
        "text/html",
        &format!("<!doctype html><title>Sign in</title>{body}"),
    )
}

fn with(status: &str, kind: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}
