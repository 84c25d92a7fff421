//! A file that is changed while it is served.

use std::path::Path;
use std::time::Duration;

use mock_idp::{ConfigFile, Server, Watched, serve_file};
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;

use crate::browser::Browser;
use crate::wire::{get, send};

const TENANTS: &str = include_str!("../../examples/pingone.toml");

struct Desk {
    directory: TempDir,
    server: Server,
    outcomes: UnboundedReceiver<Result<(), String>>,
}

/// The file, watched so often that a test does not wait.
fn watched(path: &Path) -> (Watched, UnboundedReceiver<Result<(), String>>) {
    let (tell, outcomes) = unbounded_channel();
    let watched = Watched::new(ConfigFile::read(path).expect("the file is right"))
        .every(Duration::from_millis(2))
        .told(move |outcome| {
            let _ = tell.send(outcome.map(drop).map_err(ToString::to_string));
        });
    (watched, outcomes)
}

/// Whole or not at all, as editors save: half a file would be one more change.
fn save(directory: &TempDir, text: &str) {
    let (new, path) = (
        directory.path().join("new"),
        directory.path().join("mock.toml"),
    );
    std::fs::write(&new, text).expect("a writable directory");
    std::fs::rename(new, path).expect("a writable directory");
}

fn with_server(more: &str) -> String {
    format!("[server]\naddress = '127.0.0.1:0'\n{TENANTS}\n{more}")
}

impl Desk {
    fn open() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        save(&directory, &with_server(""));
        let (watched, outcomes) = watched(&directory.path().join("mock.toml"));
        let server = Server::start_file(watched).expect("the server starts");
        Self {
            directory,
            server,
            outcomes,
        }
    }

    async fn change(&mut self, text: &str) -> Result<(), String> {
        save(&self.directory, text);
        timeout(Duration::from_secs(20), self.outcomes.recv())
            .await
            .expect("the change is noticed")
            .expect("the server runs")
    }

    async fn health(&self) -> Value {
        let health = send(self.server.address(), &get("/__mock/health")).await;
        serde_json::from_str(&health.content()).expect("JSON")
    }
}

#[tokio::test]
async fn a_change_is_taken_over() {
    let mut desk = Desk::open();
    let before = desk.health().await;
    assert_eq!(before["config_file"]["reloaded"], 0);
    let more = "[[tenants]]\nid = 'plain'\ndialect = 'oidc'\n";
    assert_eq!(desk.change(&with_server(more)).await, Ok(()));
    let after = desk.health().await;
    assert_eq!(after["tenants"][0], before["tenants"][0]);
    assert_eq!(
        after["tenants"][1]["issuer"],
        format!("{}/plain", desk.server.url())
    );
    assert_eq!(after["config_file"]["reloaded"], 1);
    let discovery = get("/plain/.well-known/openid-configuration");
    assert_eq!(
        send(desk.server.address(), &discovery).await.status(),
        Some(200)
    );
}

#[tokio::test]
async fn a_wrong_file_changes_nothing_and_its_error_is_shown_until_it_is_right_again() {
    let mut desk = Desk::open();
    let told = desk.change(&with_server("sed = 1")).await.unwrap_err();
    assert!(
        told.contains("mock.toml:16:") || told.contains("sed"),
        "{told}"
    );
    let health = desk.health().await;
    assert_eq!(health["config_file"]["error"], told);
    assert_eq!(health["tenants"].as_array().map(Vec::len), Some(1));
    assert_eq!(desk.change(&with_server("")).await, Ok(()));
    assert_eq!(desk.health().await["config_file"]["error"], Value::Null);
}

#[tokio::test]
async fn what_is_only_read_at_the_start_cannot_be_changed() {
    let mut desk = Desk::open();
    let moved = with_server("").replace("127.0.0.1:0", "127.0.0.1:1");
    let told = desk.change(&moved).await.unwrap_err();
    assert!(
        told.contains(": server: ") && told.contains("start"),
        "{told}"
    );
}

#[tokio::test]
async fn a_file_that_is_gone_is_an_error_and_no_end() {
    let mut desk = Desk::open();
    std::fs::remove_file(desk.directory.path().join("mock.toml")).unwrap();
    let told = timeout(Duration::from_secs(20), desk.outcomes.recv())
        .await
        .unwrap();
    assert!(told.unwrap().is_err());
    assert_eq!(desk.health().await["status"], "up");
}

#[tokio::test]
async fn a_session_survives_a_change_of_another_tenant() {
    let mut desk = Desk::open();
    let tenant = desk.server.tenants()[0].clone();
    let (issuer, client, user) = (&tenant.issuer, &tenant.clients[0], &tenant.users[0]);
    let mut browser = Browser::new(desk.server.url());
    let authorize = format!("{issuer}/authorize");
    let mut query = vec![
        ("client_id", client.id.as_str()),
        ("response_type", "code"),
        ("scope", "openid"),
        ("redirect_uri", client.redirect_uris[0].as_str()),
    ];
    let page = browser.open(&authorize, &query).await.page();
    let credentials = [
        ("username", user.username.as_str()),
        ("password", user.password.as_str()),
    ];
    browser.submit(&page, &credentials).await.left();
    let more = "[[tenants]]\nid = 'plain'\ndialect = 'oidc'\n";
    assert_eq!(desk.change(&with_server(more)).await, Ok(()));

    query.push(("prompt", "none"));
    let left = browser.open(&authorize, &query).await.left();
    assert!(
        left.query().is_some_and(|query| query.contains("code=")),
        "{left}"
    );

    let changed = with_server("").replace("a.example/signed-off", "a.example/bye");
    assert_eq!(desk.change(&changed).await, Ok(()));
    let left = browser.open(&authorize, &query).await.left();
    assert!(
        left.query()
            .is_some_and(|query| query.contains("login_required")),
        "{left}"
    );
}

#[tokio::test]
async fn a_file_is_served_and_followed_on_the_callers_runtime() {
    let directory = tempfile::tempdir().unwrap();
    save(&directory, TENANTS);
    let (watched, mut outcomes) = watched(&directory.path().join("mock.toml"));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let visit = async {
        save(&directory, &format!("{TENANTS}\n# a remark"));
        outcomes.recv().await.unwrap().unwrap();
        assert_eq!(
            send(address, &get("/__mock/health")).await.status(),
            Some(200)
        );
    };
    timeout(
        Duration::from_secs(20),
        serve_file(listener, watched, visit),
    )
    .await
    .unwrap()
    .unwrap();
}
