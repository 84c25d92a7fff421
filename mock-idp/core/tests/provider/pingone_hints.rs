//! Every step of the hint's examination at PingOne, one token each.

use mock_idp_core::{Control, Edition, Event, HintRefusal, Op, Refusal, Request};

use super::browser::{ALICE, BOB, Browser, ENV, OTHER_ENV, OUT, Tokens, form, p1, pingone, start};
use super::tokens::{Forge, forged};

/// Makes the hint from Alice's tokens and from Bob's.
type Make = fn(&Tokens, &Tokens) -> String;

fn refusal(op: &Op) -> Option<Refusal> {
    op.journal()
        .filter_map(|entry| match entry.event {
            Event::SignOffRefused { reason } => Some(reason),
            _ => None,
        })
        .last()
}

#[test]
fn each_step_refuses_what_it_is_there_for() {
    let cases: &[(&str, Make, Option<HintRefusal>)] = &[
        ("genuine", |own, _| own.id.clone(), None),
        ("expired", |own, _| forged(&own.id, Forge::Expired), None),
        (
            "garbage",
            |_, _| "garbage".into(),
            Some(HintRefusal::Malformed),
        ),
        (
            "two parts",
            |own, _| own.id.rsplit_once('.').unwrap().0.into(),
            Some(HintRefusal::Malformed),
        ),
        (
            "padded",
            |own, _| format!("{}==", own.id),
            Some(HintRefusal::Malformed),
        ),
        (
            "not signed",
            |own, _| forged(&own.id, Forge::Unsigned),
            Some(HintRefusal::Algorithm),
        ),
        (
            "a stranger's",
            |own, _| forged(&own.id, Forge::Stranger),
            Some(HintRefusal::Signature),
        ),
        (
            "cut off",
            |own, _| {
                let (head, _) = own.id.rsplit_once('.').unwrap();
                format!("{head}.AAAA")
            },
            Some(HintRefusal::Signature),
        ),
        (
            "an access token",
            |own, _| own.access.clone(),
            Some(HintRefusal::NotAnIdToken),
        ),
        (
            "issuer with a slash",
            |own, _| forged(&own.id, Forge::Issuer),
            Some(HintRefusal::Issuer),
        ),
        (
            "two audiences",
            |own, _| forged(&own.id, Forge::Audiences),
            Some(HintRefusal::Audience),
        ),
        (
            "unknown application",
            |own, _| forged(&own.id, Forge::Client("nobody")),
            Some(HintRefusal::ApplicationUnknown),
        ),
        (
            "disabled application",
            |own, _| forged(&own.id, Forge::Client("off")),
            Some(HintRefusal::ApplicationDisabled),
        ),
        (
            "unknown user",
            |own, _| forged(&own.id, Forge::Subject("nobody")),
            Some(HintRefusal::UserUnknown),
        ),
        (
            "another user",
            |_, bob| bob.id.clone(),
            Some(HintRefusal::OtherUser),
        ),
    ];
    for (what, make, expected) in cases {
        let mut op = Op::new(pingone()).unwrap();
        let mut bobs = Browser::default();
        let bob = bobs.sign_on(&mut op, &p1(), "rp", BOB);
        let mut browser = Browser::default();
        let own = browser.sign_on(&mut op, &p1(), "rp", ALICE);
        let hint = make(&own, &bob);
        let query = form(&[("id_token_hint", &hint), ("post_logout_redirect_uri", OUT)]);
        let answer = browser.get(&mut op, &format!("{}/signoff?{query}", p1()));
        assert_eq!(refusal(&op), expected.map(Refusal::Hint), "{what}");
        assert_eq!(
            answer.header("Location") == Some(OUT),
            expected.is_none(),
            "{what}"
        );
        assert_eq!(
            browser.is_signed_on(&mut op, &p1()),
            expected.is_some(),
            "{what}"
        );
        assert!(bobs.is_signed_on(&mut op, &p1()), "{what}");
    }
}

#[test]
fn a_hint_is_good_at_the_address_that_issued_it_only() {
    let mut op = Op::new(pingone()).unwrap();
    let own = Browser::default().sign_on(&mut op, &p1(), "rp", ALICE);
    let others = format!("https://auth.pingone.com/{OTHER_ENV}/as");
    let other = Browser::default().sign_on(&mut op, &others, "rp", ALICE);
    let domain = "https://login.example.com/as".to_owned();
    let at_domain = Browser::default().sign_on(&mut op, &domain, "rp", ALICE);
    let cases = [
        (&own, p1(), true),
        (&own, others.clone(), false),
        (&own, domain.clone(), false),
        (&other, others, true),
        (&other, p1(), false),
        (&at_domain, domain, true),
        (&at_domain, p1(), false),
    ];
    for (tokens, base, good) in cases {
        let query = form(&[("id_token_hint", &tokens.id)]);
        let answer = op.handle(&Request::get(format!("{base}/signoff?{query}")), start());
        assert_eq!(
            answer.header("Location").unwrap().ends_with("#signedOff"),
            good,
            "{base}"
        );
    }
}

#[test]
fn an_application_disabled_after_sign_on_has_no_say() {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    let own = browser.sign_on(&mut op, &p1(), "rp", ALICE);
    let named = || (ENV.to_owned(), "rp".to_owned());
    let target = format!("{}/signoff?{}", p1(), form(&[("id_token_hint", &own.id)]));
    let (tenant, client) = named();
    op.control(Control::DisableClient { tenant, client }, start())
        .unwrap();
    browser.get(&mut op, &target);
    assert_eq!(
        refusal(&op),
        Some(Refusal::Hint(HintRefusal::ApplicationDisabled))
    );
    let (tenant, client) = named();
    op.control(Control::EnableClient { tenant, client }, start())
        .unwrap();
    assert!(browser.is_signed_on(&mut op, &p1()));
    let (tenant, client) = named();
    op.control(Control::DeleteClient { tenant, client }, start())
        .unwrap();
    browser.get(&mut op, &target);
    assert_eq!(
        refusal(&op),
        Some(Refusal::Hint(HintRefusal::ApplicationUnknown))
    );
}

#[test]
fn the_editions_differ_where_the_documents_do() {
    let outcome = |edition, fields: &dyn Fn(&Tokens) -> Vec<(&'static str, String)>| {
        let mut config = pingone();
        config.tenants[0].edition = edition;
        let mut op = Op::new(config).unwrap();
        let mut browser = Browser::default();
        let own = browser.sign_on(&mut op, &p1(), "rp", ALICE);
        let query = fields(&own);
        let query: Vec<_> = query
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        browser.get(&mut op, &format!("{}/signoff?{}", p1(), form(&query)));
        !browser.is_signed_on(&mut op, &p1())
    };
    let none = |_: &Tokens| vec![];
    let expired = |own: &Tokens| vec![("id_token_hint", forged(&own.id, Forge::Expired))];
    let foreign = |own: &Tokens| {
        vec![
            ("id_token_hint", own.id.clone()),
            (
                "post_logout_redirect_uri",
                super::browser::OTHER_OUT.to_owned(),
            ),
        ]
    };
    let all = |edition| {
        [
            outcome(edition, &none),
            outcome(edition, &expired),
            outcome(edition, &foreign),
        ]
    };
    assert_eq!(all(Edition::Current), [true, true, false]);
    assert_eq!(all(Edition::Year2023), [true, false, false]);
    assert_eq!(all(Edition::Legacy), [false, true, true]);
}
