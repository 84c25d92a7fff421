//! `/as/idpSignoff`: a session ends by its ID token alone.

use mock_idp_core::{Config, Edition, Event, Op, Refusal, Request, Response};
use serde_json::Value;

use super::browser::{
    ALICE, BOB, Browser, ENV, OTHER_ENV, OTHER_OUT, OUT, Tokens, form, p1, pingone, start, text,
};

fn allowed() -> Config {
    let mut config = pingone();
    for client in &mut config.tenants[0].clients {
        client.idp_signoff = client.id != "other";
    }
    config
}

fn signed_on(config: Config) -> (Op, Browser, Tokens) {
    let mut op = Op::new(config).unwrap();
    let mut browser = Browser::default();
    let tokens = browser.sign_on(&mut op, &p1(), "rp", ALICE);
    (op, browser, tokens)
}

/// Without any cookie, as a program does it.
fn ask(op: &mut Op, fields: &[(&str, &str)]) -> Response {
    let target = format!("{}/idpSignoff?{}", p1(), form(fields));
    let request = Request::get(target).with_header("Accept", "application/json");
    op.handle(&request, start())
}

fn target_at_fault(answer: &Response) -> String {
    let error: Value = serde_json::from_slice(&answer.body).unwrap();
    error["details"][0]["target"].as_str().unwrap().to_owned()
}

#[test]
fn without_any_cookie_the_session_of_the_token_ends_and_no_other() {
    let (mut op, mut browser, tokens) = signed_on(allowed());
    let mut second = Browser::default();
    second.sign_on(&mut op, &p1(), "rp", ALICE);
    let mut bob = Browser::default();
    bob.sign_on(&mut op, &p1(), "rp", BOB);
    let answer = ask(&mut op, &[("id_token_hint", &tokens.id)]);
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    assert!(!browser.is_signed_on(&mut op, &p1()));
    assert!(second.is_signed_on(&mut op, &p1()));
    assert!(bob.is_signed_on(&mut op, &p1()));
}

#[test]
fn it_answers_in_three_forms() {
    let (mut op, mut browser, tokens) = signed_on(allowed());
    let hint = ("id_token_hint", tokens.id.as_str());
    let to = [hint, ("post_logout_redirect_uri", OUT), ("client_id", "rp")];
    let answer = ask(&mut op, &to);
    assert_eq!((answer.status, answer.header("Location")), (302, Some(OUT)));
    assert_eq!(ask(&mut op, &[hint]).status, 204, "once more: as before");
    let page = browser.get(&mut op, &format!("{}/idpSignoff?{}", p1(), form(&[hint])));
    let sign_on = format!("{}/signon", p1());
    assert_eq!(
        (page.status, page.header("Location")),
        (302, Some(sign_on.as_str()))
    );
    assert!(
        browser.jar.is_empty(),
        "the browser's own dead cookie expires"
    );
    assert_eq!(browser.get(&mut op, &sign_on).status, 200);
}

#[test]
fn what_is_not_as_it_must_be_is_refused_and_the_session_lives() {
    let (mut op, mut browser, tokens) = signed_on(allowed());
    let other = browser.sign_on(&mut op, &p1(), "other", ALICE);
    let id = tokens.id.as_str();
    let mut altered = tokens.id.clone();
    altered.insert(altered.len() - 20, 'A');
    let elsewhere = format!("https://auth.pingone.com/{OTHER_ENV}/as");
    let foreign = Browser::default().sign_on(&mut op, &elsewhere, "rp", ALICE);
    let hint = "id_token_hint";
    let uri = "post_logout_redirect_uri";
    let refused: &[(&[(&str, &str)], &str)] = &[
        (&[], hint),
        (&[(hint, "")], hint),
        (&[(hint, id), (hint, id)], hint),
        (&[(hint, &altered)], hint),
        (&[(hint, &tokens.access)], hint),
        (&[(hint, &foreign.id)], hint),
        (&[(hint, &other.id)], hint),
        (&[(hint, id), ("client_id", "other")], "client_id"),
        (&[(hint, id), (uri, OTHER_OUT)], uri),
        (&[(hint, id), (uri, "https://RP.example/out?from=op")], uri),
    ];
    for (fields, at_fault) in refused {
        let answer = ask(&mut op, fields);
        assert_eq!(answer.status, 400, "{at_fault}");
        assert_eq!(target_at_fault(&answer), *at_fault);
        assert!(!text(&answer).contains(id));
    }
    assert!(browser.is_signed_on(&mut op, &p1()));
    let off = Event::SignOffRefused {
        reason: Refusal::IdpSignoffDisabled,
    };
    assert_eq!(op.journal().filter(|entry| entry.event == off).count(), 1);
}

#[test]
fn a_disabled_or_deleted_application_ends_nothing() {
    for control in ["disable_client", "delete_client"] {
        let (mut op, mut browser, tokens) = signed_on(allowed());
        let command = serde_json::json!({ "do": control, "tenant": ENV, "client": "rp" });
        op.control(serde_json::from_value(command).unwrap(), start())
            .unwrap();
        assert_eq!(ask(&mut op, &[("id_token_hint", &tokens.id)]).status, 400);
        let answer = browser.get(
            &mut op,
            &super::browser::authorize(&p1(), "other", &[("prompt", "none")]),
        );
        assert!(answer.header("Location").unwrap().contains("code="));
    }
}

#[test]
fn an_expired_token_still_ends_its_session() {
    let (mut op, mut browser, tokens) = signed_on(allowed());
    let command = mock_idp_core::Control::AdvanceClock { seconds: 86_400 };
    op.control(command, start()).unwrap();
    assert_eq!(ask(&mut op, &[("id_token_hint", &tokens.id)]).status, 204);
    assert!(!browser.is_signed_on(&mut op, &p1()));
}

#[test]
fn a_person_is_shown_the_error_on_the_hosted_page() {
    let (mut op, mut browser, _) = signed_on(allowed());
    let answer = browser.get(&mut op, &format!("{}/idpSignoff", p1()));
    let hosted = format!("https://apps.pingone.com/{ENV}/signon/?error=");
    assert!(answer.header("Location").unwrap().starts_with(&hosted));
}

#[test]
fn discovery_names_it_in_the_current_edition_only() {
    for (edition, named) in [
        (Edition::Current, true),
        (Edition::Legacy, false),
        (Edition::Year2023, false),
    ] {
        let mut config = allowed();
        config.tenants[0].edition = edition;
        let mut op = Op::new(config).unwrap();
        let document = op.handle(
            &Request::get(format!("{}/.well-known/openid-configuration", p1())),
            start(),
        );
        let document: Value = serde_json::from_slice(&document.body).unwrap();
        let expected = named.then(|| format!("{}/idpSignoff", p1()));
        assert_eq!(
            document["ping_end_idp_session_endpoint"].as_str(),
            expected.as_deref()
        );
        assert_eq!(ask(&mut op, &[]).status, if named { 400 } else { 404 });
    }
}
