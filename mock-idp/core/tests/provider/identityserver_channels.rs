//! How the clients of a session hear of its end.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mock_idp_core::{Edition, Event, NoAnswer, Op, Request, Response, Step};
use serde_json::Value;

use super::browser::{ALICE, BOB, Browser, attribute, form, start, text};
use super::identityserver::{
    EVERY, IDS, OTHER_FRAME, SignOff, frames, hint, made, op, sign_in, tenant,
};

#[test]
fn each_client_of_the_session_is_loaded_in_a_frame_and_no_other() {
    for edition in EVERY {
        let mut op = op(edition);
        let mut others = Browser::default();
        sign_in(&mut others, &mut op, "other", BOB);
        let mut browser = Browser::default();
        let tokens = sign_in(&mut browser, &mut op, "rp", ALICE);
        let sid = browser.jar["idsrv.session"].clone();
        let alone = SignOff::by_get(&mut browser, &mut op, &[hint(&tokens)]);
        let expected =
            format!("https://rp.example/front?x=1&sid={sid}&iss=https%3A%2F%2Fidentity.example");
        assert_eq!(
            frames(&mut browser, &mut op, &alone.page),
            [expected],
            "{edition:?}"
        );
        sign_in(&mut browser, &mut op, "other", ALICE);
        let tokens = sign_in(&mut browser, &mut op, "rp", ALICE);
        let both = SignOff::by_get(&mut browser, &mut op, &[hint(&tokens)]);
        let loaded = frames(&mut browser, &mut op, &both.page);
        assert_eq!(loaded.len(), 2);
        assert_eq!(loaded[0], OTHER_FRAME, "in the order of the session");
        let told = op
            .journal()
            .filter(|entry| matches!(entry.event, Event::FrontChannelLogout { .. }));
        assert_eq!(told.count(), 3);
    }
}

#[test]
fn the_page_of_frames_is_for_get_and_for_known_values_alone() {
    let mut op = op(Edition::Duende8);
    let mut browser = Browser::default();
    let tokens = sign_in(&mut browser, &mut op, "rp", ALICE);
    let went = SignOff::by_get(&mut browser, &mut op, &[hint(&tokens)]);
    let page = text(&went.page);
    let address = attribute(page.split_once("<iframe").unwrap().1, "src");
    let good = browser.get(&mut op, &address);
    assert_eq!(
        good.header("Cache-Control"),
        Some("no-store, no-cache, max-age=0")
    );
    let policy = good.header("Content-Security-Policy").unwrap();
    assert!(policy.ends_with("frame-src https://rp.example"), "{policy}");
    // The value is good for ever.
    assert_eq!(browser.get(&mut op, &address).body, good.body);
    for bad in ["", "?endSessionId=", "?endSessionId=nothing"] {
        let answer = browser.get(&mut op, &format!("{IDS}/connect/endsession/callback{bad}"));
        assert_eq!((answer.status, answer.body.len()), (400, 0), "{bad}");
    }
    assert_eq!(browser.post(&mut op, &address, &[]).status, 405);
}

#[test]
fn where_only_the_back_channel_is_used_duende_shows_no_frame() {
    for edition in EVERY {
        let mut tenant = tenant(edition);
        tenant.clients[0].front_channel_logout_uri = None;
        let mut op = made(tenant);
        let mut browser = Browser::default();
        let tokens = sign_in(&mut browser, &mut op, "rp", ALICE);
        let went = SignOff::by_get(&mut browser, &mut op, &[hint(&tokens)]);
        let framed = text(&went.page).contains("<iframe");
        assert_eq!(framed, edition == Edition::IdentityServer4, "{edition:?}");
    }
}

/// Sends a request step by step; what was called, and the response in the end.
fn sent(op: &mut Op, browser: &Browser, request: Request) -> (Vec<Request>, Response) {
    let cookies: Vec<_> = browser
        .jar
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let request = request.with_header("Cookie", cookies.join("; "));
    let mut step = op.begin(&request, start());
    let mut calls = Vec::new();
    loop {
        match step {
            Step::Respond(response) => return (calls, response),
            Step::Call(waiting) => {
                calls.push(waiting.request().clone());
                // Whatever comes back, the sign-off goes on.
                step = op.resume(waiting, Err(NoAnswer("refused".into())), start());
            }
        }
    }
}

fn part(token: &str, at: usize) -> Value {
    let part = token.split('.').nth(at).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[test]
fn the_page_that_signs_off_first_sends_a_logout_token_to_each_client_of_the_session() {
    for edition in EVERY {
        let mut tenant = tenant(edition);
        tenant.clients[1].back_channel_logout_uri = Some("https://other.example/back".into());
        let mut op = made(tenant);
        let mut browser = Browser::default();
        let tokens = sign_in(&mut browser, &mut op, "rp", ALICE);
        let query = form(&[hint(&tokens)]);
        let (calls, answer) = sent(
            &mut op,
            &browser,
            Request::get(format!("{IDS}/connect/endsession?{query}")),
        );
        assert!(calls.is_empty(), "the endpoint itself tells nobody");
        let page = answer.header("Location").unwrap().to_owned();
        let (calls, answer) = sent(&mut op, &browser, Request::get(page));
        assert!(matches!(answer.status, 200 | 302));
        let [call] = calls.as_slice() else {
            panic!("{} calls on {edition:?}", calls.len());
        };
        assert_eq!(
            (call.method.as_str(), call.target.as_str()),
            ("POST", "https://rp.example/back")
        );
        let body = String::from_utf8(call.body.clone()).unwrap();
        let token = body.strip_prefix("logout_token=").unwrap();
        let (header, claims) = (part(token, 0), part(token, 1));
        let four = edition == Edition::IdentityServer4;
        assert_eq!(header["typ"], if four { "JWT" } else { "logout+jwt" });
        assert_eq!(claims["logout_reason"].is_null(), four);
        assert_eq!(claims["iss"], IDS);
        assert_eq!(claims["aud"], "rp");
        assert_eq!(claims["sub"], "alice-id");
        assert_eq!(claims["sid"], browser.jar["idsrv.session"].as_str());
        assert_eq!(
            claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
            300
        );
        assert_eq!(
            claims["events"]["http://schemas.openid.net/event/backchannel-logout"],
            serde_json::json!({})
        );
        assert!(claims.get("nonce").is_none());
        assert!(op.journal().any(|entry| matches!(&entry.event, Event::Outgoing { origin, .. } if origin == "https://rp.example")));
    }
}

#[test]
fn more_clients_than_calls_are_all_told() {
    let mut tenant = tenant(Edition::Duende8);
    let like = tenant.clients[0].clone();
    for number in 0..20 {
        let id = format!("c{number}");
        let mut client = like.clone();
        client.redirect_uris = vec![format!("https://{id}.example/cb")];
        client.secret = Some(format!("{id}-secret"));
        client.id = id;
        tenant.clients.push(client);
    }
    let mut op = made(tenant);
    let mut browser = Browser::default();
    for number in 0..20 {
        sign_in(&mut browser, &mut op, &format!("c{number}"), ALICE);
    }
    let tokens = sign_in(&mut browser, &mut op, "rp", ALICE);
    let query = form(&[hint(&tokens)]);
    let (_, answer) = sent(
        &mut op,
        &browser,
        Request::get(format!("{IDS}/connect/endsession?{query}")),
    );
    let page = answer.header("Location").unwrap().to_owned();
    let (calls, _) = sent(&mut op, &browser, Request::get(page));
    assert_eq!(calls.len() + op.notifications().len(), 21);
}

#[test]
fn a_disabled_client_and_one_that_left_no_address_are_not_told() {
    let mut op = op(Edition::Duende8);
    let mut browser = Browser::default();
    sign_in(&mut browser, &mut op, "rp", ALICE);
    let tokens = sign_in(&mut browser, &mut op, "other", ALICE);
    let command = mock_idp_core::Control::DisableClient {
        tenant: String::new(),
        client: "rp".into(),
    };
    op.control(command, start()).unwrap();
    let went = SignOff::by_get(&mut browser, &mut op, &[hint(&tokens)]);
    assert_eq!(frames(&mut browser, &mut op, &went.page), [OTHER_FRAME]);
    assert!(
        !op.journal()
            .any(|entry| matches!(entry.event, Event::Outgoing { .. }))
    );
}
