//! The control surface over HTTP: every command, and every way to get one wrong.

use mock_idp::core::DialectId;
use mock_idp::{Clock, MockIdp};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

struct Desk {
    idp: MockIdp,
    http: Client,
}

impl Desk {
    async fn open() -> Self {
        let start = "2030-01-31T12:00:00Z".parse().expect("a time");
        let idp = MockIdp::builder()
            .clock(Clock::StandingAt(start))
            .start()
            .await
            .expect("the server starts");
        Self {
            idp,
            http: Client::builder()
                .tls_certs_only([])
                .build()
                .expect("a client"),
        }
    }

    async fn get(&self, below: &str) -> (StatusCode, Value) {
        told(self.http.get(format!("{}/{below}", self.idp.control_url()))).await
    }

    async fn post(&self, below: &str, content: &str) -> (StatusCode, Value) {
        let request = self
            .http
            .post(format!("{}/{below}", self.idp.control_url()));
        told(
            request
                .header("content-type", "application/json")
                .body(content.to_owned()),
        )
        .await
    }
}

async fn told(request: reqwest::RequestBuilder) -> (StatusCode, Value) {
    let answer = request.send().await.expect("an answer");
    let status = answer.status();
    let text = answer.text().await.expect("content");
    (status, serde_json::from_str(&text).expect("JSON"))
}

#[tokio::test]
async fn health_names_the_tenants() {
    let desk = Desk::open().await;
    let (status, health) = desk.get("health").await;
    assert_eq!(status, 200);
    assert_eq!(health["status"], "up");
    let tenant =
        json!({ "id": desk.idp.tenant().id, "dialect": "pingone", "issuer": desk.idp.issuer() });
    assert_eq!(health["tenants"], json!([tenant]));
}

#[tokio::test]
async fn the_clock_is_advanced_set_frozen_and_reset() {
    let desk = Desk::open().await;
    let steps = [
        (r#"{"advance_seconds": 90}"#, "2030-01-31T12:01:30Z"),
        (r#"{"advance_seconds": -30}"#, "2030-01-31T12:01:00Z"),
        (
            r#"{"set": "2031-02-01T00:00:00+01:00"}"#,
            "2031-01-31T23:00:00Z",
        ),
        (r#"{"freeze": true}"#, "2031-01-31T23:00:00Z"),
        (r#"{"freeze": false}"#, "2031-01-31T23:00:00Z"),
    ];
    for (command, now) in steps {
        let (status, standing) = desk.post("clock", command).await;
        assert_eq!(
            (status.as_u16(), &standing["now"]),
            (200, &json!(now)),
            "{command}: {standing}"
        );
    }
    let (_, standing) = desk.post("reset", "{}").await;
    assert_eq!(standing["now"], "2030-01-31T12:00:00Z");
}

#[tokio::test]
async fn a_client_is_disabled_and_enabled_for_the_provider() {
    let desk = Desk::open().await;
    let (tenant, client) = (&desk.idp.tenant().id, &desk.idp.client_a().id);
    let authorize = format!(
        "{}/authorize?client_id={client}&response_type=code&scope=openid&redirect_uri={}",
        desk.idp.issuer(),
        desk.idp.client_a().redirect_uris[0],
    );
    let plain = Client::builder()
        .tls_certs_only([])
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let mut seen = Vec::new();
    for enabled in [true, false, true] {
        let command = json!({ "enabled": enabled }).to_string();
        let (status, _) = desk
            .post(&format!("clients/{tenant}/{client}"), &command)
            .await;
        assert_eq!(status, 200);
        let answer = plain.get(&authorize).send().await.unwrap();
        seen.push(
            answer.headers()["location"]
                .to_str()
                .unwrap()
                .contains("error="),
        );
    }
    assert_eq!(seen, [false, true, false]);
}

#[tokio::test]
async fn a_fault_is_listed_switched_on_and_switched_off_by_a_reset() {
    let desk = Desk::open().await;
    let on = |faults: &Value| -> Vec<String> {
        let faults = faults["faults"].as_array().expect("a list");
        let on = faults.iter().filter(|fault| fault["on"] == true);
        on.map(|fault| fault["id"].as_str().expect("an id").to_owned())
            .collect()
    };
    assert!(on(&desk.get("faults").await.1).is_empty());
    let (status, standing) = desk
        .post("faults", r#"{"id": "redirect-any", "on": true}"#)
        .await;
    assert_eq!(
        (status.as_u16(), &standing["faults"]),
        (200, &json!(["redirect-any"]))
    );
    assert_eq!(on(&desk.get("faults").await.1), ["redirect-any"]);
    desk.post("reset", "{}").await;
    assert!(on(&desk.get("faults").await.1).is_empty());
}

#[tokio::test]
async fn the_journal_tells_what_came_after_an_entry_and_no_secret() {
    let desk = Desk::open().await;
    let signoff = format!(
        "{}/signoff?id_token_hint=a-secret-hint&state=a-secret-state",
        desk.idp.issuer()
    );
    desk.http.get(&signoff).send().await.unwrap();
    desk.http.get(&signoff).send().await.unwrap();
    let (_, whole) = desk.get("journal").await;
    let entries = whole["entries"].as_array().unwrap();
    assert!(
        entries
            .iter()
            .any(|entry| entry["event"] == "request" && entry["method"] == "GET")
    );
    assert!(
        entries
            .iter()
            .any(|entry| entry["event"] == "sign_off_refused"),
        "{whole}"
    );
    assert!(!whole.to_string().contains("secret"), "{whole}");
    let first = entries[0]["number"].as_u64().unwrap();
    let (_, rest) = desk.get(&format!("journal?after={first}")).await;
    assert_eq!(
        rest["entries"].as_array().map(Vec::len),
        Some(entries.len() - 1)
    );
}

#[tokio::test]
async fn the_journal_is_bounded() {
    let idp = MockIdp::builder()
        .dialect(DialectId::Oidc)
        .journal_bound(3)
        .start()
        .await
        .unwrap();
    for _ in 0..5 {
        reqwest::get(idp.discovery_url()).await.unwrap();
    }
    let numbers: Vec<u64> = idp.journal().iter().map(|entry| entry.number).collect();
    assert_eq!(numbers, [3, 4, 5]);
}

#[tokio::test]
async fn a_wrong_command_is_refused_and_says_what_is_wrong() {
    let desk = Desk::open().await;
    let client = format!(
        "clients/{}/{}",
        desk.idp.tenant().id,
        desk.idp.client_a().id
    );
    let unknown_client = format!("clients/{}/nobody", desk.idp.tenant().id);
    let cases = [
        ("clock", r#"{"advance": 5}"#, 400, "advance"),
        (
            "clock",
            r#"{"advance_seconds": 5, "freeze": true}"#,
            400,
            "exactly one",
        ),
        ("clock", "{}", 400, "exactly one"),
        ("clock", r#"{"set": "tomorrow"}"#, 400, "2030"),
        (
            "clock",
            r#"{"advance_seconds": 9223372036854775807}"#,
            400,
            "clock",
        ),
        ("clock", r#"{"advance_seconds": 5} x"#, 400, "trailing"),
        ("clock", "", 400, "EOF"),
        (
            client.as_str(),
            r#"{"enabled": true, "name": "x"}"#,
            400,
            "name",
        ),
        (client.as_str(), "{}", 400, "enabled"),
        (
            unknown_client.as_str(),
            r#"{"enabled": true}"#,
            404,
            "nobody",
        ),
        ("clients/nowhere/x", r#"{"enabled": true}"#, 404, "nowhere"),
        ("clients/%ff/x", r#"{"enabled": true}"#, 400, "UTF-8"),
        ("clients", r#"{"enabled": true}"#, 404, "TENANT"),
        (
            "faults",
            r#"{"id": "no-such-fault", "on": true}"#,
            404,
            "no-such-fault",
        ),
        (
            "faults",
            r#"{"id": "redirect-any", "on": 1}"#,
            400,
            "boolean",
        ),
        (
            "faults",
            r#"{"id": "redirect-any", "on": true, "times": 0}"#,
            400,
            "at least 1",
        ),
        (
            "faults",
            r#"{"id": "redirect-any", "on": true, "client": "nobody"}"#,
            404,
            "nobody",
        ),
        (
            "faults",
            r#"{"id": "redirect-any", "on": false, "times": 2}"#,
            400,
            "times",
        ),
        ("reset", r#"{"all": true}"#, 400, "all"),
        ("health", "{}", 405, "GET"),
        ("nothing", "{}", 404, "journal"),
    ];
    for (below, content, expected, named) in cases {
        let (status, answer) = desk.post(below, content).await;
        assert_eq!(status.as_u16(), expected, "{below} {content}: {answer}");
        let error = answer["error"].as_str().unwrap_or_default();
        assert!(error.contains(named), "{below} {content}: {answer}");
    }
}

#[tokio::test]
async fn a_form_of_a_web_page_commands_nothing() {
    let desk = Desk::open().await;
    let request = desk.http.post(format!("{}/reset", desk.idp.control_url()));
    let (status, answer) = told(request.header("content-type", "text/plain").body("{}")).await;
    assert_eq!(status, 415, "{answer}");
    for query in ["journal?before=3", "journal?after=x"] {
        let (status, answer) = desk.get(query).await;
        assert_eq!(status, 400, "{answer}");
    }
}

#[tokio::test]
async fn a_fault_is_on_for_one_client_and_so_many_sign_offs() {
    let desk = Desk::open().await;
    let (client, out) = (
        desk.idp.client_a().id.clone(),
        desk.idp.client_a().post_logout_redirect_uris[0].clone(),
    );
    let command = json!({ "id": "state-dropped", "on": true, "client": client, "times": 1 });
    let (status, standing) = desk.post("faults", &command.to_string()).await;
    assert_eq!(status, 200, "{standing}");
    let used = json!([{ "id": "state-dropped", "client": client, "times": 1 }]);
    assert_eq!(standing["uses"], used);
    let (_, listed) = desk.get("faults").await;
    let mut faults = listed["faults"].as_array().expect("a list").iter();
    let fault = faults.find(|fault| fault["id"] == "state-dropped");
    assert_eq!(fault.expect("listed")["uses"], used);

    let no_redirects = reqwest::redirect::Policy::none();
    let http = Client::builder()
        .tls_certs_only([])
        .redirect(no_redirects)
        .build()
        .expect("a client");
    let mut landings = Vec::new();
    for _ in 0..2 {
        let address = reqwest::Url::parse_with_params(
            &format!("{}/signoff", desk.idp.issuer()),
            [
                ("client_id", client.as_str()),
                ("post_logout_redirect_uri", &out),
                ("state", "s"),
            ],
        );
        let answer = http.get(address.expect("an address")).send().await;
        let answer = answer.expect("an answer");
        let location = answer.headers()["location"].to_str().expect("text");
        landings.push(location.to_owned());
    }
    assert_eq!(landings, [out.clone(), format!("{out}?state=s")]);
    let (_, standing) = desk.post("reset", "{}").await;
    assert_eq!(standing["uses"], json!([]));
}

#[tokio::test]
async fn clock_reset_and_journal_can_be_those_of_one_tenant() {
    let idp = MockIdp::builder()
        .clock(Clock::StandingAt(
            "2030-01-31T12:00:00Z".parse().expect("a time"),
        ))
        .tenant("neighbour")
        .start()
        .await
        .expect("the server starts");
    let http = Client::builder()
        .tls_certs_only([])
        .build()
        .expect("a client");
    let desk = Desk { idp, http };
    let (own, url) = (desk.idp.tenant().id.clone(), desk.idp.url().to_owned());
    let ahead = json!({ "advance_seconds": 60, "tenant": "neighbour" });
    let (_, standing) = desk.post("clock", &ahead.to_string()).await;
    assert_eq!(standing["now"], "2030-01-31T12:01:00Z");
    for tenant in [own.as_str(), "neighbour"] {
        let answer = desk
            .http
            .get(format!("{url}/{tenant}/as/jwks"))
            .send()
            .await;
        assert_eq!(answer.expect("an answer").status(), 200);
    }
    let (_, journal) = desk.get("journal?tenant=neighbour&after=0").await;
    let entries = journal["entries"].as_array().expect("a list");
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["at"], "2030-01-31T12:01:00Z");
    let reset = json!({ "tenant": "neighbour" }).to_string();
    assert_eq!(desk.post("reset", &reset).await.0, 200);
    let (_, journal) = desk.get("journal").await;
    let entries = journal["entries"].as_array().expect("a list");
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["tenant"], own);
    for (below, content) in [
        ("reset", r#"{"tenant": "nowhere"}"#),
        ("clock", r#"{"freeze": true, "tenant": "nowhere"}"#),
    ] {
        let (status, answer) = desk.post(below, content).await;
        assert_eq!(status, 404, "{answer}");
    }
}
