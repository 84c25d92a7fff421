//! Environments, populations, applications, users and settings through the platform API.

use mock_idp_core::{Client, Request};
use serde_json::{Value, json};

use super::browser::{ALICE, Browser, ENV, OUT, form, p1, start};
use super::platform::{API, Worker, details, text, user, world};

fn application() -> Value {
    json!({
        "name": "Shop",
        "enabled": true,
        "type": "WEB_APP",
        "protocol": "OPENID_CONNECT",
        "grantTypes": ["AUTHORIZATION_CODE"],
        "responseTypes": ["CODE"],
        "redirectUris": ["https://shop.example/cb"],
        "postLogoutRedirectUris": ["https://shop.example/out"],
        "tokenEndpointAuthMethod": "CLIENT_SECRET_BASIC",
    })
}

#[test]
fn an_application_is_made_read_changed_and_deleted() {
    let mut worker = Worker::at(world());
    let mut content = application();
    content["description"] = "A shop".into();
    content["refreshTokenDuration"] = 86_400.into();
    let made = worker.call("POST", "/applications", &content, 201);
    for (name, value) in content.as_object().unwrap() {
        assert_eq!(&made[name], value, "{name}");
    }
    let id = text(&made["id"]);
    assert!(
        made["secret"].is_null(),
        "a secret has an address of its own"
    );
    let path = format!("/applications/{id}");
    assert_eq!(
        made["_links"]["self"]["href"],
        format!("{API}/environments/{ENV}{path}")
    );
    assert_eq!(worker.get(&path), made);

    let mut changed = made.clone();
    changed["enabled"] = false.into();
    changed["idpSignoff"] = true.into();
    changed["pkceEnforcement"] = "S256_REQUIRED".into();
    changed.as_object_mut().unwrap().remove("description");
    let answer = worker.call("PUT", &path, &changed, 200);
    assert_eq!(
        (&answer["enabled"], &answer["idpSignoff"]),
        (&false.into(), &true.into())
    );
    assert!(answer["description"].is_null());
    assert_eq!(answer["createdAt"], made["createdAt"]);

    worker.call("DELETE", &path, &Value::Null, 204);
    worker.call("GET", &path, &Value::Null, 404);
    worker.call("DELETE", &path, &Value::Null, 404);
}

#[test]
fn the_pages_that_an_application_trusts_are_read_and_shown() {
    let mut worker = Worker::at(world());
    for (settings, answers) in [
        (
            json!({ "behavior": "ALLOW_SPECIFIC_ORIGINS", "origins": ["https://shop.example"] }),
            true,
        ),
        (json!({ "behavior": "ALLOW_NO_ORIGINS" }), false),
    ] {
        let mut content = application();
        content["name"] = format!("Shop {answers}").into();
        content["corsSettings"] = settings.clone();
        let made = worker.call("POST", "/applications", &content, 201);
        assert_eq!(made["corsSettings"], settings);
        let client = text(&made["id"]);
        let query = form(&[("client_id", &client), ("response_mode", "pi.flow")]);
        let request = Request::get(format!("{}/authorize?{query}", p1()))
            .with_header("Origin", "https://shop.example");
        let answer = worker.op.handle(&request, start());
        let reader = answer.header("Access-Control-Allow-Origin");
        assert_eq!(reader, answers.then_some("https://shop.example"));
    }
}

#[test]
fn an_application_that_cannot_work_is_refused() {
    let mut worker = Worker::at(world());
    let cases: &[(&str, Value, &str)] = &[
        ("name", Value::Null, "name"),
        ("name", "rp".into(), "name"),
        ("type", "TEAPOT".into(), "type"),
        ("protocol", "SAML".into(), "protocol"),
        ("grantTypes", Value::Null, "grantTypes"),
        ("grantTypes", json!(["PASSWORD"]), "grantTypes"),
        ("redirectUris", json!(["/cb"]), "redirectUris[0]"),
        (
            "corsSettings",
            json!({ "origins": [] }),
            "corsSettings.behavior",
        ),
        (
            "corsSettings",
            json!({ "behavior": "ALLOW_SPECIFIC_ORIGINS" }),
            "corsSettings.origins",
        ),
        (
            "corsSettings",
            json!({ "behavior": "ALLOW_NO_ORIGINS", "origins": ["https://a.example"] }),
            "corsSettings.origins",
        ),
        (
            "corsSettings",
            json!({ "behavior": "ALLOW_SPECIFIC_ORIGINS", "origins": ["https://a.example/path"] }),
            "corsSettings.origins[0]",
        ),
        (
            "redirectUris",
            "https://shop.example/cb".into(),
            "redirectUris",
        ),
        (
            "postLogoutRedirectUris",
            json!(["https://a.example", 7]),
            "postLogoutRedirectUris",
        ),
        ("loginPageUrl", "login".into(), "loginPageUrl"),
        ("tokenEndpointAuthMethod", "PRIVATE_KEY_JWT".into(), "jwks"),
        ("jwks", "{}".into(), "jwks"),
        ("secret", "mine".into(), "secret"),
    ];
    for (member, value, target) in cases {
        let mut content = application();
        content[*member] = value.clone();
        let error = worker.call("POST", "/applications", &content, 400);
        assert_eq!(details(&error)[0].1, *target, "{member}");
    }
    assert_eq!(worker.get("/applications")["count"], 5);
}

#[test]
fn a_new_secret_replaces_the_one_before() {
    let mut worker = Worker::at(world());
    let mut content = application();
    content["type"] = "WORKER".into();
    content["grantTypes"] = json!(["CLIENT_CREDENTIALS"]);
    content["tokenEndpointAuthMethod"] = "CLIENT_SECRET_POST".into();
    let id = text(&worker.call("POST", "/applications", &content, 201)["id"]);
    let path = format!("/applications/{id}/secret");
    let first = text(&worker.get(&path)["secret"]);
    let second = text(&worker.call("POST", &path, &json!({}), 200)["secret"]);
    assert_eq!(worker.get(&path)["secret"], second);
    for (secret, status) in [(first, 401), (second, 200)] {
        let fields = [
            ("grant_type", "client_credentials"),
            ("client_id", &id),
            ("client_secret", &secret),
        ];
        let request = Request::post_form(format!("{}/token", p1()), form(&fields));
        assert_eq!(worker.op.handle(&request, start()).status, status);
    }
    worker.call("GET", "/applications/spa/secret", &Value::Null, 404);
}

#[test]
fn what_was_configured_is_shown_and_can_be_changed_as_well() {
    let mut worker = Worker::at(world());
    let mut rp = worker.get("/applications/rp");
    assert_eq!(
        rp["postLogoutRedirectUris"],
        json!([
            OUT,
            "com.example.app:/out",
            "https://*.rp.example/out",
            "https://rp.example/out?estate=1"
        ])
    );
    assert_eq!(
        rp["grantTypes"],
        json!(["AUTHORIZATION_CODE", "REFRESH_TOKEN"])
    );
    let mut browser = Browser::default();
    let tokens = browser.sign_on(&mut worker.op, &p1(), "rp", ALICE);
    rp["postLogoutRedirectUris"] = json!(["https://rp.example/new"]);
    worker.call("PUT", "/applications/rp", &rp, 200);
    let fields = [
        ("id_token_hint", tokens.id.as_str()),
        ("post_logout_redirect_uri", "https://rp.example/new"),
    ];
    let answer = browser.get(
        &mut worker.op,
        &format!("{}/signoff?{}", p1(), form(&fields)),
    );
    assert_eq!(answer.header("Location"), Some("https://rp.example/new"));
}

#[test]
fn populations_hold_users_and_one_is_the_default() {
    let mut worker = Worker::at(world());
    let usual = worker.get("/populations")["_embedded"]["populations"][0].clone();
    assert_eq!(
        (&usual["default"], &usual["userCount"]),
        (&true.into(), &2.into())
    );
    let staff = worker.call(
        "POST",
        "/populations",
        &json!({ "name": "Staff", "description": "Us" }),
        201,
    );
    let staff_path = format!("/populations/{}", text(&staff["id"]));
    let mut carol = user("carol");
    carol["population"] = json!({ "id": staff["id"] });
    let carol = worker.call("POST", "/users", &carol, 201);
    assert_eq!(carol["population"]["id"], staff["id"]);
    assert_eq!(worker.get(&staff_path)["userCount"], 1);
    let listed = worker.get(&format!(
        "/users?filter=population.id%20eq%20%22{}%22",
        text(&staff["id"])
    ));
    assert_eq!(
        (
            &listed["count"],
            &listed["_embedded"]["users"][0]["username"]
        ),
        (&1.into(), &"carol".into())
    );

    worker.call("DELETE", &staff_path, &Value::Null, 400);
    worker.call(
        "DELETE",
        &format!("/populations/{}", text(&usual["id"])),
        &Value::Null,
        400,
    );
    worker.call(
        "DELETE",
        &format!("/users/{}", text(&carol["id"])),
        &Value::Null,
        204,
    );
    let renamed = worker.call(
        "PUT",
        &staff_path,
        &json!({ "name": "Crew", "default": true }),
        200,
    );
    assert_eq!(
        (&renamed["name"], &renamed["default"]),
        (&"Crew".into(), &true.into())
    );
    assert_eq!(
        worker.get(&format!("/populations/{}", text(&usual["id"])))["default"],
        false
    );
    worker.call("POST", "/populations", &json!({ "name": "Crew" }), 400);
    let mut dave = user("dave");
    dave["population"] = json!({ "id": "nowhere" });
    let error = worker.call("POST", "/users", &dave, 400);
    assert_eq!(details(&error)[0].1, "population.id");
}

#[test]
fn a_user_is_made_found_changed_and_deleted() {
    let mut worker = Worker::at(world());
    let mut content = user("carol");
    content["name"] = json!({ "given": "Carol", "family": "Cole" });
    content["nickname"] = "Caz".into();
    let made = worker.call("POST", "/users", &content, 201);
    let path = format!("/users/{}", text(&made["id"]));
    assert_eq!(
        made["account"],
        json!({ "canAuthenticate": true, "status": "OK" })
    );
    assert_eq!(
        (&made["nickname"], &made["name"]["family"]),
        (&"Caz".into(), &"Cole".into())
    );
    assert_eq!(worker.get(&path), made);
    assert_eq!(
        worker.get("/users?filter=username%20eq%20%22CAROL%22")["count"],
        1
    );
    assert_eq!(
        worker.get("/users?filter=email%20eq%20%22nobody%22")["count"],
        0
    );
    worker.call(
        "GET",
        "/users?filter=username%20sw%20%22c%22",
        &Value::Null,
        400,
    );

    let error = worker.call("POST", "/users", &user("carol"), 400);
    assert_eq!(
        details(&error),
        [("UNIQUENESS_VIOLATION".to_owned(), "username".to_owned())]
    );
    let patched = worker.call(
        "PATCH",
        &path,
        &json!({ "title": "Dr", "name": { "given": "Caro" } }),
        200,
    );
    assert_eq!(
        patched["name"],
        json!({ "given": "Caro", "family": "Cole" })
    );
    assert_eq!(
        (&patched["nickname"], &patched["title"]),
        (&"Caz".into(), &"Dr".into())
    );
    let replaced = worker.call("PUT", &path, &user("carole"), 200);
    assert_eq!(
        (&replaced["username"], &replaced["name"]["given"]),
        (&"carole".into(), &"".into())
    );
    assert!(replaced["nickname"].is_null());
    worker.call("PUT", &path, &json!({ "username": "carole" }), 400);
    worker.call("PATCH", &path, &json!({ "username": "alice" }), 400);
    worker.call("DELETE", &path, &Value::Null, 204);
    worker.call("GET", &path, &Value::Null, 404);
}

#[test]
fn passwords_are_set_shown_by_their_state_only_and_changed_by_their_owner() {
    let mut worker = Worker::at(world());
    let id = text(&worker.call("POST", "/users", &user("carol"), 201)["id"]);
    let path = format!("/users/{id}/password");
    let full = format!("/environments/{ENV}{path}");
    let signs_on = |worker: &mut Worker, password: &str| {
        let flow = Browser::default();
        super::platform_workflow::checks(&mut worker.op, flow, "carol", password)
    };
    assert_eq!(worker.get(&path)["status"], "NO_PASSWORD");
    assert_eq!(signs_on(&mut worker, ""), "INVALID_DATA");
    let set = "application/vnd.pingidentity.password.set+json";
    let body = json!({ "value": "first-1", "forceChange": true });
    assert_eq!(worker.send_as("PUT", &full, set, Some(&body)).status, 200);
    assert_eq!(worker.get(&path)["status"], "MUST_CHANGE_PASSWORD");
    assert_eq!(signs_on(&mut worker, "first-1"), "MUST_CHANGE_PASSWORD");
    let change =
        |current: &str, new: &str| json!({ "currentPassword": current, "newPassword": new });
    let wrong = worker.call("PUT", &path, &change("x", "second-2"), 400);
    assert_eq!(details(&wrong)[0].1, "currentPassword");
    let answer = worker.call("PUT", &path, &change("first-1", "second-2"), 200);
    assert_eq!(answer["status"], "OK");
    assert!(!answer.to_string().contains("second-2"));
    assert_eq!(signs_on(&mut worker, "second-2"), "COMPLETED");

    let mut imported = user("dave");
    imported["password"] = json!({ "value": "dave-1", "forceChange": false });
    let import = "application/vnd.pingidentity.user.import+json";
    let made = worker.send_as(
        "POST",
        &format!("/environments/{ENV}/users"),
        import,
        Some(&imported),
    );
    assert_eq!(made.status, 201);
    assert!(!String::from_utf8(made.body).unwrap().contains("dave-1"));
    let flow = Browser::default();
    assert_eq!(
        super::platform_workflow::checks(&mut worker.op, flow, "dave", "dave-1"),
        "COMPLETED"
    );
}

#[test]
fn a_user_is_disabled_and_locked_and_freed_again() {
    let mut worker = Worker::at(world());
    let checks = |worker: &mut Worker| {
        super::platform_workflow::checks(&mut worker.op, Browser::default(), ALICE.0, ALICE.1)
    };
    let path = format!("/environments/{ENV}/users/alice-id");
    for (enabled, status) in [(false, "INVALID_DATA"), (true, "COMPLETED")] {
        worker.call(
            "PUT",
            "/users/alice-id/enabled",
            &json!({ "enabled": enabled }),
            200,
        );
        assert_eq!(worker.get("/users/alice-id/enabled")["enabled"], enabled);
        assert_eq!(checks(&mut worker), status);
    }
    for (action, state, status) in [
        ("lock", "LOCKED", "INVALID_DATA"),
        ("unlock", "OK", "COMPLETED"),
    ] {
        let kind = format!("application/vnd.pingidentity.account.{action}+json");
        let answer = worker.send_as("POST", &path, &kind, Some(&json!({})));
        let answer: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(answer["account"]["status"], state);
        assert_eq!(checks(&mut worker), status);
    }
    worker.call("POST", "/users/alice-id", &json!({}), 415);
    assert!(worker.get("/users/alice-id")["lastSignOn"]["at"].is_string());
}

#[test]
fn logout_settings_are_read_and_written() {
    let mut worker = Worker::at(world());
    let before = worker.get("/logoutSettings");
    assert_eq!(
        (
            &before["enableCrossProtocolSLO"],
            &before["environment"]["id"]
        ),
        (&false.into(), &ENV.into())
    );
    let content = json!({
        "environment": { "id": ENV },
        "enableCrossProtocolSLO": true,
        "postLogoutRedirectUris": ["https://portal.example/bye"],
    });
    let after = worker.call("PUT", "/logoutSettings", &content, 200);
    assert_eq!(after["enableCrossProtocolSLO"], true);
    assert_eq!(worker.get("/logoutSettings"), after);
    worker.call(
        "PUT",
        "/logoutSettings",
        &json!({ "postLogoutRedirectUris": ["bye"] }),
        400,
    );
    worker.call("PUT", "/logoutSettings", &json!({ "slo": true }), 400);
    let mut browser = Browser::default();
    browser.sign_on(&mut worker.op, &p1(), "rp", ALICE);
    let fields = [("post_logout_redirect_uri", "https://portal.example/bye")];
    let url = format!(
        "https://auth.pingone.com/{ENV}/xp/signoff?{}",
        form(&fields)
    );
    assert_eq!(
        browser.get(&mut worker.op, &url).header("Location"),
        Some(fields[0].1)
    );
}

#[test]
fn an_environment_is_made_beside_the_workers_own_and_serves_at_once() {
    let mut worker = Worker::at(world());
    let content =
        json!({ "name": "Trial", "type": "SANDBOX", "region": "EU", "license": { "id": "x" } });
    let answer = worker.send("POST", "/environments", Some(&content));
    assert_eq!(answer.status, 201);
    let made: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(
        (&made["region"], &made["license"]["id"]),
        (&"EU".into(), &"x".into())
    );
    let id = text(&made["id"]);
    let issuer = format!("https://auth.pingone.eu/{id}/as");
    let discovery = Request::get(format!("{issuer}/.well-known/openid-configuration"));
    let document: Value =
        serde_json::from_slice(&worker.op.handle(&discovery, start()).body).unwrap();
    assert_eq!(document["issuer"], issuer);

    let path = format!("/environments/{id}");
    let users = worker.send("POST", &format!("{path}/users"), Some(&user("eva")));
    assert_eq!(users.status, 201);
    assert!(
        String::from_utf8(users.body)
            .unwrap()
            .contains("https://api.pingone.eu/v1/")
    );
    let changed = json!({ "name": "Trial 2", "type": "SANDBOX", "region": "EU" });
    assert_eq!(worker.send("PUT", &path, Some(&changed)).status, 200);
    let moved = json!({ "name": "Trial 2", "region": "NA" });
    assert_eq!(worker.send("PUT", &path, Some(&moved)).status, 400);
    assert_eq!(
        worker.send("POST", "/environments", Some(&changed)).status,
        400,
        "the name is taken"
    );
    assert_eq!(worker.send("DELETE", &path, None).status, 204);
    assert_eq!(worker.send("GET", &path, None).status, 404);
    assert_eq!(worker.op.handle(&discovery, start()).status, 404);
    assert_eq!(
        worker
            .send("DELETE", &format!("/environments/{ENV}"), None)
            .status,
        403
    );
}

#[test]
fn an_environment_made_at_work_outlives_another_configuration_and_keeps_its_identifier_to_itself() {
    let mut worker = Worker::at(world());
    let content = |name: &str| json!({ "name": name, "type": "SANDBOX", "region": "NA" });
    let make = |worker: &mut Worker, name: &str| {
        let made = worker.send("POST", "/environments", Some(&content(name)));
        text(&serde_json::from_slice::<Value>(&made.body).unwrap()["id"])
    };
    let first = make(&mut worker, "First");
    let mut config = world();
    config.journal_bound = 7;
    worker.op.reconfigure(config).unwrap();
    assert_eq!(
        worker
            .send("GET", &format!("/environments/{first}"), None)
            .status,
        200
    );
    assert_ne!(make(&mut worker, "Second"), first);
}

#[test]
fn faults_that_are_on_hold_in_new_environments_too() {
    let mut worker = Worker::at(world().with_fault("disc-missing"));
    let content = json!({ "name": "Trial", "type": "SANDBOX", "region": "NA" });
    let made = worker.send("POST", "/environments", Some(&content));
    let made: Value = serde_json::from_slice(&made.body).unwrap();
    let url = format!(
        "https://auth.pingone.com/{}/as/.well-known/openid-configuration",
        text(&made["id"])
    );
    let document: Value =
        serde_json::from_slice(&worker.op.handle(&Request::get(url), start()).body).unwrap();
    assert!(document["end_session_endpoint"].is_null());
    assert!(document["issuer"].is_string());
}

#[test]
fn a_service_with_tokens_of_its_own_is_no_worker() {
    let mut config = world();
    config.tenants[0].clients.push(Client {
        kind: mock_idp_core::ApplicationKind::Service,
        ..Client::worker("service", "service-secret")
    });
    let mut worker = Worker::at(config);
    worker.token = super::platform::token(&mut worker.op, "service");
    assert_eq!(worker.send("GET", "/environments", None).status, 403);
}
