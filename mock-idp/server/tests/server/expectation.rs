//! Expectations of the journal: when they are met, and what is said when they are not.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mock_idp::{Expectation, Expected, MockIdp};

use crate::wire::{get, send};

async fn sign_off(idp: &MockIdp, query: &str) {
    let path = format!("/{}/as/signoff{query}", idp.tenant().id);
    send(idp.server().address(), &get(&path)).await;
}

fn signed_off() -> Expectation {
    Expectation::request("GET", "/as/signoff")
}

fn unmet(expected: Expected) -> String {
    let text = expected.check().expect_err("it is not met").to_string();
    let verified = catch_unwind(AssertUnwindSafe(|| expected.verify()));
    let panic = verified.expect_err("verify panics");
    assert_eq!(panic.downcast_ref::<String>(), Some(&text));
    text
}

#[tokio::test]
async fn only_what_happens_after_it_counts() {
    let idp = MockIdp::start().await.unwrap();
    sign_off(&idp, "").await;
    let once = idp.expect(signed_off().status(302).once());
    let never = idp.expect(Expectation::request("POST", "/as/signoff").never());
    sign_off(&idp, "?state=x").await;
    once.verify();
    never.verify();
}

#[tokio::test]
async fn each_thing_that_is_said_has_to_be_so() {
    let idp = MockIdp::start().await.unwrap();
    let tenant = idp.tenant().id.clone();
    let met = [
        signed_off()
            .parameter("state")
            .without_parameter("client_id"),
        signed_off().tenant(tenant.as_str()).status(302),
        signed_off().times(1..3),
    ];
    let not_met = [
        signed_off().parameter("client_id"),
        signed_off().without_parameter("state"),
        signed_off().tenant("other"),
        signed_off().status(400),
        signed_off().never(),
        signed_off().times(2..),
        signed_off().times(2..=3),
        Expectation::request("POST", "/as/signoff"),
        Expectation::request("GET", "/as/token"),
        Expectation::session_ended(),
        Expectation::session_started().user("nobody"),
        Expectation::sign_off_refused().because_of("state"),
    ];
    let met = met.map(|expectation| idp.expect(expectation));
    let not_met = not_met.map(|expectation| idp.expect(expectation));
    sign_off(&idp, "?state=x").await;
    for expected in met {
        expected.verify();
    }
    for expected in not_met {
        unmet(expected);
    }
}

#[tokio::test]
async fn the_nearest_entry_is_shown_as_a_difference() {
    let idp = MockIdp::start().await.unwrap();
    let expected = idp.expect(
        signed_off()
            .parameter("state")
            .without_parameter("client_id")
            .once(),
    );
    send(idp.server().address(), &get("/nothing")).await;
    sign_off(&idp, "?client_id=x&ui_locales=de").await;
    let text = unmet(expected);
    let difference = format!(
        "expected exactly 1: request, method GET, endpoint /as/signoff, with state, without client_id\n\
         found 0 among 2 entries of the journal; the nearest differs so:\n\
         --- expected\n+++ found: entry 2\n@@ -1,7 +1,7 @@\n \
         tenant: {}\n event: request\n method: GET\n endpoint: /as/signoff\n\
         +parameters: client_id\n parameters: ui_locales\n-parameters: state\n status: 302\n",
        idp.tenant().id
    );
    assert_eq!(text, difference);
}

#[tokio::test]
async fn what_came_too_often_is_counted_and_numbered() {
    let idp = MockIdp::start().await.unwrap();
    let expected = idp.expect(signed_off().once());
    sign_off(&idp, "").await;
    sign_off(&idp, "").await;
    let text = unmet(expected);
    assert!(
        text.ends_with("found 2 among 2 entries of the journal (entry 1, entry 2)"),
        "{text}"
    );
}

#[tokio::test]
async fn without_an_entry_of_the_kind_those_there_are_are_named() {
    let idp = MockIdp::start().await.unwrap();
    let nothing = unmet(idp.expect(Expectation::session_ended()));
    assert!(
        nothing.ends_with("found 0 among 0 entries of the journal"),
        "{nothing}"
    );
    let expected = idp.expect(Expectation::session_ended());
    sign_off(&idp, "").await;
    assert!(unmet(expected).ends_with("the last are: request"));
}

#[tokio::test]
async fn entries_that_the_journal_lost_are_mentioned_and_a_reset_begins_anew() {
    let idp = MockIdp::builder().journal_bound(2).start().await.unwrap();
    let expected = idp.expect(signed_off().status(400));
    for _ in 0..5 {
        sign_off(&idp, "").await;
    }
    let text = unmet(expected);
    assert!(text.contains("raise journal_bound"), "{text}");

    let expected = idp.expect(signed_off().once());
    idp.reset().unwrap();
    sign_off(&idp, "").await;
    expected.verify();
}

#[tokio::test]
async fn dropped_without_being_verified_it_verifies_itself() {
    let idp = MockIdp::start().await.unwrap();
    let expected = idp.expect(signed_off());
    let dropped = catch_unwind(AssertUnwindSafe(|| drop(expected)));
    assert!(dropped.is_err());
    drop(idp.expect(signed_off().never()));
}

#[tokio::test]
async fn in_a_test_that_fails_already_it_is_silent() {
    let idp = MockIdp::start().await.unwrap();
    let failed = catch_unwind(AssertUnwindSafe(|| {
        let _expected = idp.expect(signed_off());
        panic!("the test's own");
    }));
    let panic = failed.unwrap_err();
    assert_eq!(panic.downcast_ref(), Some(&"the test's own"));
}

#[tokio::test]
async fn it_outlives_its_provider() {
    let idp = MockIdp::start().await.unwrap();
    let expected = idp.expect(signed_off());
    sign_off(&idp, "").await;
    idp.finish().await;
    expected.verify();
}
