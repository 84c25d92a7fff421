//! `/connect/endsession`, row by row of what the product's sources and tests say.

use mock_idp_core::{Client, Config, Control, Edition, Event, Op, Request};

use super::browser::{ALICE, BOB, Browser, OTHER_OUT, OUT, Tokens, form, start};
use super::identityserver::{
    EVERY, IDS, SignOff, frames, hint, is_signed_in, made, op, sign_in, tenant, to,
};
use super::tokens::{Forge, forged};

const NOWHERE: &str = "https://evil.example/";

/// Makes a hint from a genuine one.
type Make = fn(&Tokens) -> String;

/// Alice, signed in to `rp`.
fn alice(edition: Edition) -> (Op, Browser, Tokens) {
    let mut op = op(edition);
    let mut browser = Browser::default();
    let tokens = sign_in(&mut browser, &mut op, "rp", ALICE);
    (op, browser, tokens)
}

/// A sign-off at which the person is asked, nothing is remembered of the request, and the session lives.
#[track_caller]
fn assert_not_trusted(
    edition: Edition,
    what: &str,
    fields: &[(&str, &str)],
    setting: (Op, Browser),
) {
    let (mut op, mut browser) = setting;
    let went = SignOff::by_get(&mut browser, &mut op, fields);
    assert!(!went.has_context(), "{what} on {edition:?}");
    assert!(went.asks(), "{what} on {edition:?}");
    assert!(is_signed_in(&mut browser, &mut op), "{what} on {edition:?}");
    let done = went.confirmed(&mut browser, &mut op);
    assert_eq!(
        super::identityserver::back(&done),
        None,
        "{what} on {edition:?}"
    );
    // The page then knows the clients by the session.
    assert!(
        !frames(&mut browser, &mut op, &done).is_empty(),
        "{what} on {edition:?}"
    );
    assert!(
        !is_signed_in(&mut browser, &mut op),
        "{what} on {edition:?}"
    );
}

#[test]
fn nobody_signed_in_is_shown_the_signed_off_page_at_once() {
    for edition in EVERY {
        let (mut op, mut browser) = (op(edition), Browser::default());
        let went = SignOff::by_get(&mut browser, &mut op, &[]);
        assert!(!went.has_context());
        assert!(!went.asks());
        assert!(frames(&mut browser, &mut op, &went.page).is_empty());
    }
}

#[test]
fn without_a_hint_the_person_is_asked_and_the_redirect_uri_is_dropped() {
    for edition in EVERY {
        let (mut op, mut browser, _) = alice(edition);
        let fields = [to(OUT), ("state", "s1"), ("client_id", "rp")];
        let went = SignOff::by_get(&mut browser, &mut op, &fields);
        assert!(went.has_context() && went.asks(), "{edition:?}");
        assert!(is_signed_in(&mut browser, &mut op));
        let done = went.confirmed(&mut browser, &mut op);
        assert_eq!(super::identityserver::back(&done), None);
        assert_eq!(frames(&mut browser, &mut op, &done).len(), 1);
        assert!(!is_signed_in(&mut browser, &mut op));
    }
}

#[test]
fn with_a_good_hint_nobody_is_asked_and_the_way_back_has_the_state() {
    for edition in EVERY {
        for by_post in [false, true] {
            let (mut op, mut browser, tokens) = alice(edition);
            let fields = [hint(&tokens), to(OUT), ("state", "a b+;&=(ä)")];
            let went = if by_post {
                SignOff::by_post(&mut browser, &mut op, &fields)
            } else {
                SignOff::by_get(&mut browser, &mut op, &fields)
            };
            let status = if edition == Edition::Duende8 {
                303
            } else {
                302
            };
            assert_eq!((went.first.status, went.first.body.len()), (status, 0));
            assert!(went.has_context() && !went.asks());
            let expected = format!("{OUT}&state=a%20b%2B;%26%3D(%C3%A4)");
            assert_eq!(went.back(), Some(expected), "{edition:?}");
            assert!(!is_signed_in(&mut browser, &mut op));
            assert!(
                op.journal()
                    .any(|entry| matches!(entry.event, Event::SessionEnded { .. }))
            );
        }
    }
}

#[test]
fn a_redirect_uri_that_is_not_the_clients_is_dropped_and_the_sign_off_goes_on() {
    for edition in EVERY {
        for target in [
            NOWHERE,
            OTHER_OUT,
            "https://rp.example/out",
            "https://rp.example/out?from=op/",
        ] {
            let (mut op, mut browser, tokens) = alice(edition);
            let fields = [hint(&tokens), to(target), ("state", "s1")];
            let went = SignOff::by_get(&mut browser, &mut op, &fields);
            assert!(went.has_context() && !went.asks());
            assert_eq!(went.back(), None, "{target}");
            assert!(!is_signed_in(&mut browser, &mut op));
        }
        let (mut op, mut browser, tokens) = alice(edition);
        let lonely = [hint(&tokens), ("state", "s1")];
        let went = SignOff::by_get(&mut browser, &mut op, &lonely);
        assert_eq!(
            went.back(),
            None,
            "not even a single registered one is used"
        );
    }
}

#[test]
fn letter_case_of_the_redirect_uri_does_not_count_and_it_goes_out_as_it_was_sent() {
    let (mut op, mut browser, tokens) = alice(Edition::Duende8);
    let fields = [hint(&tokens), to("HTTPS://RP.example/OUT?from=OP")];
    let went = SignOff::by_get(&mut browser, &mut op, &fields);
    assert_eq!(
        went.back().as_deref(),
        Some("HTTPS://RP.example/OUT?from=OP")
    );
}

#[test]
fn a_hint_that_is_not_good_costs_the_context_and_brings_the_question() {
    for edition in EVERY {
        let bad: [(&str, Make); 7] = [
            ("a stranger's signature", |own| {
                forged(&own.id, Forge::Stranger)
            }),
            ("no signature", |own| forged(&own.id, Forge::Unsigned)),
            ("another issuer", |own| forged(&own.id, Forge::Issuer)),
            ("an unknown client", |own| {
                forged(&own.id, Forge::Client("nobody"))
            }),
            ("a disabled client", |own| {
                forged(&own.id, Forge::Client("off"))
            }),
            ("an access token", |own| own.access.clone()),
            ("no token at all", |_| "garbage".to_owned()),
        ];
        for (what, make) in bad {
            let (op, browser, tokens) = alice(edition);
            let fields = [
                ("id_token_hint", make(&tokens)),
                ("post_logout_redirect_uri", OUT.into()),
            ];
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            assert_not_trusted(edition, what, &fields, (op, browser));
        }
    }
}

#[test]
fn a_hint_longer_than_the_limit_is_not_read() {
    for (length, trusted) in [(51_200, true), (51_201, false)] {
        let (mut op, mut browser, tokens) = alice(Edition::Duende8);
        let long = super::tokens::padded(&tokens.id, length);
        assert_eq!(long.len(), length);
        let went = SignOff::by_post(&mut browser, &mut op, &[("id_token_hint", &long)]);
        assert_eq!((went.has_context(), went.asks()), (trusted, !trusted));
    }
}

#[test]
fn an_expired_hint_is_as_good_as_a_fresh_one() {
    for edition in EVERY {
        let (mut op, mut browser, tokens) = alice(edition);
        let old = forged(&tokens.id, Forge::Expired);
        let went = SignOff::by_get(&mut browser, &mut op, &[("id_token_hint", &old), to(OUT)]);
        assert_eq!(went.back().as_deref(), Some(OUT), "{edition:?}");
    }
}

#[test]
fn the_hint_of_another_person_is_not_trusted() {
    for edition in EVERY {
        let mut op = op(edition);
        let mut others = Browser::default();
        let bobs = sign_in(&mut others, &mut op, "rp", BOB);
        let mut browser = Browser::default();
        sign_in(&mut browser, &mut op, "rp", ALICE);
        let fields = [hint(&bobs), to(OUT)];
        assert_not_trusted(edition, "another person's hint", &fields, (op, browser));
    }
}

#[test]
fn the_hint_of_an_earlier_session_of_the_same_person_is_trusted_until_duende_7() {
    for edition in EVERY {
        let (mut op, mut browser, old) = alice(edition);
        SignOff::by_get(&mut browser, &mut op, &[hint(&old)]);
        sign_in(&mut browser, &mut op, "rp", ALICE);
        let went = SignOff::by_get(&mut browser, &mut op, &[hint(&old), to(OUT)]);
        let trusted = edition != Edition::Duende8;
        assert_eq!(
            (went.has_context(), !went.asks()),
            (trusted, trusted),
            "{edition:?}"
        );
    }
}

#[test]
fn the_hint_of_any_enabled_client_serves_with_that_clients_addresses() {
    for edition in EVERY {
        let (mut op, mut browser, _) = alice(edition);
        let others = sign_in(&mut browser, &mut op, "other", ALICE);
        for (target, honoured) in [(OTHER_OUT, true), (OUT, false)] {
            let mut browser = browser.clone();
            let fields = [hint(&others), to(target), ("client_id", "rp")];
            let went = SignOff::by_get(&mut browser, &mut op, &fields);
            assert_eq!(went.back().is_some(), honoured, "{target} on {edition:?}");
        }
    }
}

#[test]
fn without_a_session_a_good_hint_still_leads_back() {
    for edition in EVERY {
        let (mut op, _, tokens) = alice(edition);
        let mut browser = Browser::default();
        let went = SignOff::by_get(&mut browser, &mut op, &[hint(&tokens), to(OUT)]);
        assert!(went.has_context() && !went.asks());
        assert_eq!(went.back().as_deref(), Some(OUT));
        assert!(frames(&mut browser, &mut op, &went.page).is_empty());
    }
}

#[test]
fn a_server_may_want_somebody_signed_in_before_it_reads_anything() {
    let mut tenant = tenant(Edition::Duende8);
    tenant
        .identity_server
        .require_authenticated_user_for_sign_out_message = true;
    let mut op = made(tenant);
    let mut browser = Browser::default();
    let tokens = sign_in(&mut browser, &mut op, "rp", ALICE);
    let mut stranger = Browser::default();
    let went = SignOff::by_get(&mut stranger, &mut op, &[hint(&tokens), to(OUT)]);
    assert!(!went.has_context());
    assert_eq!(went.back(), None);
    let went = SignOff::by_get(&mut browser, &mut op, &[hint(&tokens), to(OUT)]);
    assert_eq!(went.back().as_deref(), Some(OUT));
}

#[test]
fn a_repeated_parameter_is_read_as_each_version_does() {
    for edition in EVERY {
        let (mut op, mut browser, tokens) = alice(edition);
        let fields = [hint(&tokens), to(OUT), to(NOWHERE)];
        let went = SignOff::by_get(&mut browser, &mut op, &fields);
        let expected = (edition == Edition::IdentityServer4).then_some(OUT);
        assert_eq!(went.back().as_deref(), expected, "{edition:?}");
        assert!(went.has_context());
    }
}

#[test]
fn white_space_is_nothing() {
    let (mut op, mut browser, tokens) = alice(Edition::Duende8);
    let fields = [hint(&tokens), to(OUT), ("state", " \t")];
    let went = SignOff::by_get(&mut browser, &mut op, &fields);
    assert_eq!(went.back().as_deref(), Some(OUT));
}

#[test]
fn other_methods_are_refused_and_a_post_is_read_from_its_body_alone() {
    let (mut op, mut browser, tokens) = alice(Edition::Duende8);
    for method in ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "get"] {
        let mut request = Request::get(format!("{IDS}/connect/endsession"));
        request.method = method.to_owned();
        let answer = browser.send(&mut op, request);
        assert_eq!((answer.status, answer.body.len()), (405, 0), "{method}");
        assert_eq!(answer.header("Allow"), None);
    }
    let query = form(&[hint(&tokens), to(OUT)]);
    let request = Request::post_form(format!("{IDS}/connect/endsession?{query}"), "");
    let went = SignOff::by(&mut browser, &mut op, request);
    assert!(went.has_context() && went.asks());
    let mut json = Request::post_form(format!("{IDS}/connect/endsession"), "{}");
    json.headers[0].1 = b"application/json".to_vec();
    assert_eq!(browser.send(&mut op, json).status, 500);
    assert!(is_signed_in(&mut browser, &mut op));
}

#[test]
fn paths_are_found_in_any_letter_case_and_not_below() {
    let mut op = op(Edition::Duende8);
    let mut status = |path: &str| {
        op.handle(&Request::get(format!("{IDS}{path}")), start())
            .status
    };
    assert_eq!(status("/Connect/EndSession"), 303);
    assert_eq!(status("/.WELL-KNOWN/OpenId-Configuration"), 200);
    for absent in ["/connect/endsession/", "/connect/endsession/x", "/connect"] {
        assert_eq!(status(absent), 404, "{absent}");
    }
}

#[test]
fn without_the_endpoint_its_metadata_is_gone_too() {
    let mut tenant = tenant(Edition::Duende8);
    tenant.end_session_endpoint = false;
    let mut op = made(tenant);
    let mut get = |path: &str| op.handle(&Request::get(format!("{IDS}{path}")), start());
    assert_eq!(get("/connect/endsession").status, 404);
    let document = super::browser::text(&get("/.well-known/openid-configuration"));
    assert!(
        !document.contains("end_session_endpoint") && !document.contains("logout"),
        "{document}"
    );
}

#[test]
fn a_client_that_is_disabled_after_the_sign_in_serves_no_hint() {
    let (mut op, browser, tokens) = alice(Edition::Duende8);
    let command = Control::DisableClient {
        tenant: String::new(),
        client: "other".into(),
    };
    op.control(command, start()).unwrap();
    let of_other = forged(&tokens.id, Forge::Client("other"));
    let fields = [("id_token_hint", of_other.as_str()), to(OTHER_OUT)];
    assert_not_trusted(
        Edition::Duende8,
        "a disabled client",
        &fields,
        (op, browser),
    );
}

#[test]
fn editions_of_other_products_and_options_of_other_versions_are_refused() {
    let wrong = |change: fn(&mut mock_idp_core::Tenant)| {
        let mut tenant = tenant(Edition::IdentityServer4);
        change(&mut tenant);
        Op::new(Config::new(1, vec![tenant])).err().unwrap().at
    };
    assert_eq!(
        wrong(|tenant| tenant.edition = Edition::Legacy),
        "tenants[0].edition"
    );
    assert_eq!(
        wrong(|tenant| tenant.identity_server.server_side_sessions = true),
        "tenants[0].identity_server.server_side_sessions"
    );
    assert_eq!(
        wrong(|tenant| tenant.clients.push(Client {
            back_channel_logout_uri: Some("no address".into()),
            ..Client::public("x")
        })),
        "tenants[0].clients[4].back_channel_logout_uri[0]"
    );
}
