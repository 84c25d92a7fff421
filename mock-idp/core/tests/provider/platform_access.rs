//! Who may call the platform API, and how it refuses and pages.

use mock_idp_core::{Client, Control, Op, Request};
use serde_json::{Value, json};

use super::browser::{ALICE, Browser, ENV, OTHER_ENV, p1, start};
use super::platform::{API, Worker, details, request, text, token, user, world};

fn refusal(op: &mut Op, token: Option<&str>, path: &str) -> (u16, Value) {
    let mut request = request("GET", path, "", None);
    if let Some(token) = token {
        request = request.with_header("Authorization", format!("Bearer {token}"));
    }
    let answer = op.handle(&request, start());
    (answer.status, serde_json::from_slice(&answer.body).unwrap())
}

#[test]
fn without_a_good_token_nothing_is_told() {
    let Worker { mut op, token } = Worker::at(world());
    let users = format!("/environments/{ENV}/users");
    let refused = |op: &mut Op, token: Option<&str>| {
        let (status, error) = refusal(op, token, &users);
        assert_eq!((status, &error["code"]), (401, &"ACCESS_FAILED".into()));
        assert_eq!(
            details(&error),
            [(
                "INVALID_TOKEN".to_owned(),
                "Authentication Credentials".to_owned()
            )]
        );
    };
    refused(&mut op, None);
    refused(&mut op, Some("garbage"));
    refused(&mut op, Some(&format!("{token}x")));
    assert_eq!(refusal(&mut op, Some(&token), &users).0, 200);
    op.control(Control::AdvanceClock { seconds: 3600 }, start())
        .unwrap();
    refused(&mut op, Some(&token));
}

#[test]
fn the_token_of_a_disabled_or_deleted_worker_is_worth_nothing() {
    for command in ["disable_client", "delete_client"] {
        let Worker { mut op, token } = Worker::at(world());
        let command = json!({ "do": command, "tenant": ENV, "client": "worker" });
        op.control(serde_json::from_value(command).unwrap(), start())
            .unwrap();
        assert_eq!(refusal(&mut op, Some(&token), "/environments").0, 401);
    }
}

#[test]
fn a_token_of_a_person_manages_nothing() {
    let Worker { mut op, .. } = Worker::at(world());
    let tokens = Browser::default().sign_on(&mut op, &p1(), "rp", ALICE);
    for path in [
        "/environments".to_owned(),
        format!("/environments/{ENV}/users"),
        format!("/environments/{ENV}"),
    ] {
        let (status, error) = refusal(&mut op, Some(&tokens.access), &path);
        assert_eq!(status, 403, "{path}");
        assert_eq!(details(&error)[0].0, "INSUFFICIENT_PERMISSIONS");
    }
    assert_eq!(
        refusal(&mut op, Some(&tokens.id), "/environments").0,
        401,
        "it is no access token"
    );
}

#[test]
fn a_worker_manages_the_environments_it_was_given() {
    let mut config = world();
    config.tenants[0].clients.push(Client {
        manages: Some(vec![OTHER_ENV.to_owned()]),
        ..Client::worker("helper", "helper-secret")
    });
    let mut op = Op::new(config).unwrap();
    let helper = token(&mut op, "helper");
    assert_eq!(
        refusal(
            &mut op,
            Some(&helper),
            &format!("/environments/{ENV}/users")
        )
        .0,
        403
    );
    assert_eq!(
        refusal(
            &mut op,
            Some(&helper),
            &format!("/environments/{OTHER_ENV}/users")
        )
        .0,
        200
    );
    let listed = refusal(&mut op, Some(&helper), "/environments").1;
    let listed: Vec<_> = listed["_embedded"]["environments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| text(&one["id"]))
        .collect();
    assert_eq!(listed, [OTHER_ENV]);
    let mut worker = Worker { op, token: helper };
    let new = json!({ "name": "New", "type": "SANDBOX", "region": "NA" });
    assert_eq!(worker.send("POST", "/environments", Some(&new)).status, 403);
    assert_eq!(
        worker
            .send("DELETE", &format!("/environments/{ENV}"), None)
            .status,
        403
    );
}

#[test]
fn what_is_not_there_and_what_cannot_be_done_are_told_apart() {
    let mut worker = Worker::at(world());
    for path in [
        String::new(),
        "/x".to_owned(),
        "/environments/nobody/users".to_owned(),
        format!("/environments/{ENV}/users/nobody"),
        format!("/environments/{ENV}/users/alice-id/x"),
        format!("/environments/{ENV}/users//sessions"),
    ] {
        let answer = worker.send("GET", &path, None);
        let error: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(
            (answer.status, &error["code"]),
            (404, &"NOT_FOUND".into()),
            "{path}"
        );
        assert!(error["id"].is_string());
    }
    let answer = worker.send("DELETE", &format!("/environments/{ENV}/users"), None);
    assert_eq!(
        (answer.status, answer.header("Allow")),
        (405, Some("GET, POST"))
    );
}

#[test]
fn everything_that_is_wrong_with_the_content_is_named() {
    let mut worker = Worker::at(world());
    let content = json!({ "username": 7, "enabled": "yes", "shoeSize": 43, "name": { "given": "A", "nick": "B" } });
    let error = worker.call("POST", "/users", &content, 400);
    assert_eq!(error["code"], "INVALID_DATA");
    let mut found = details(&error);
    found.sort();
    let expected = [
        ("INVALID_VALUE", "enabled"),
        ("INVALID_VALUE", "name.nick"),
        ("INVALID_VALUE", "shoeSize"),
        ("INVALID_VALUE", "username"),
        ("REQUIRED_VALUE", "email"),
    ];
    let expected: Vec<_> = expected
        .map(|(code, target)| (code.to_owned(), target.to_owned()))
        .into();
    assert_eq!(found, expected);
    let users = format!("/environments/{ENV}/users");
    assert_eq!(
        worker
            .send_as("POST", &users, "text/plain", Some(&user("x")))
            .status,
        415
    );
    let error = worker.call("POST", "/users", &json!(["x"]), 400);
    assert_eq!(error["code"], "INVALID_REQUEST");
}

#[test]
fn collections_are_paged_by_limit_and_cursor() {
    let mut worker = Worker::at(world());
    for number in 0..5 {
        worker.call("POST", "/users", &user(&format!("user-{number}")), 201);
    }
    let mut next = format!("{API}/environments/{ENV}/users?limit=3");
    let mut names = Vec::new();
    let mut sizes = Vec::new();
    loop {
        let path = next.strip_prefix(API).unwrap().to_owned();
        let page: Value = serde_json::from_slice(&worker.send("GET", &path, None).body).unwrap();
        assert_eq!(page["count"], 7);
        sizes.push(page["size"].as_u64().unwrap());
        let users = page["_embedded"]["users"].as_array().unwrap();
        names.extend(users.iter().map(|user| text(&user["username"])));
        match page["_links"]["next"]["href"].as_str() {
            Some(href) => href.clone_into(&mut next),
            None => break,
        }
    }
    assert_eq!(sizes, [3, 3, 1]);
    assert_eq!(
        names,
        [
            "alice", "bob", "user-0", "user-1", "user-2", "user-3", "user-4"
        ]
    );
    for (bad, target) in [
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=x", "limit"),
        ("limit=1&limit=2", "limit"),
        ("cursor=x", "cursor"),
        ("cursor=%ff", "cursor"),
    ] {
        let error = worker.call("GET", &format!("/users?{bad}"), &Value::Null, 400);
        assert_eq!(details(&error)[0].1, target, "{bad}");
    }
}

#[test]
fn the_tracing_identifiers_of_the_caller_come_back() {
    let mut worker = Worker::at(world());
    let name = "X-Ping-External-Transaction-ID";
    let mut ask = |id: Option<&str>| {
        let mut request = request("GET", "/environments", "", None);
        if let Some(id) = id {
            request = request.with_header(name, id);
        }
        worker
            .op
            .handle(&request, start())
            .header(name)
            .unwrap()
            .to_owned()
    };
    assert_eq!(ask(Some("my-id")), "my-id");
    let made = ask(None);
    assert_eq!(made.len(), 36);
    let long = "x".repeat(101);
    assert_ne!(ask(Some(&long)), long);
    assert_ne!(ask(None), made);
}

#[test]
fn the_api_lies_at_its_path_on_any_host_but_a_custom_domain() {
    let mut worker = Worker::at(world());
    for (host, found) in [
        ("https://api.pingone.com", true),
        ("https://auth.pingone.com", true),
        ("http://127.0.0.1:8080", true),
        ("https://login.example.com", false),
    ] {
        let request = Request::get(format!("{host}/v1/environments"))
            .with_header("Authorization", format!("Bearer {}", worker.token));
        let status = worker.op.handle(&request, start()).status;
        assert_eq!(status, if found { 200 } else { 404 }, "{host}");
    }
    let mut plain = Op::new(super::browser::oidc()).unwrap();
    let request = Request::get("https://op.example/v1/environments");
    assert_eq!(plain.handle(&request, start()).status, 404);
}

#[test]
fn a_reset_forgets_all_that_was_made() {
    let mut worker = Worker::at(world());
    worker.call("POST", "/users", &user("carol"), 201);
    let new = json!({ "name": "New", "type": "SANDBOX", "region": "NA" });
    assert_eq!(worker.send("POST", "/environments", Some(&new)).status, 201);
    worker.op.control(Control::Reset {}, start()).unwrap();
    worker.token = token(&mut worker.op, "worker");
    assert_eq!(worker.get("/users")["count"], 2);
    let environments = worker.send("GET", "/environments", None);
    let environments: Value = serde_json::from_slice(&environments.body).unwrap();
    assert_eq!(environments["count"], 2);
}
