//! Another configuration for a provider at work, and a provider without a logout endpoint.

use mock_idp_core::{Client, Control, FaultUse, Op, Request};

use super::browser::{ALICE, Browser, ENV, OP, OTHER_ENV, OUT, oidc, p1, pingone, start, text};

#[test]
fn sessions_of_a_tenant_that_is_configured_as_before_survive() {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    browser.sign_on(&mut op, &p1(), "rp", ALICE);
    let mut next = pingone();
    next.tenants[1]
        .clients
        .push(Client::confidential("new", "new-secret"));
    op.reconfigure(next).unwrap();
    assert!(browser.is_signed_on(&mut op, &p1()));
    let added = op.control(
        Control::DisableClient {
            tenant: OTHER_ENV.into(),
            client: "new".into(),
        },
        start(),
    );
    assert!(added.is_ok(), "the changed tenant has the new client");
}

#[test]
fn a_tenant_that_is_configured_otherwise_begins_anew() {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    browser.sign_on(&mut op, &p1(), "rp", ALICE);
    let mut next = pingone();
    next.tenants[0].lifetimes.code += 1;
    op.reconfigure(next).unwrap();
    assert!(!browser.is_signed_on(&mut op, &p1()));
}

#[test]
fn a_configuration_that_cannot_work_changes_nothing() {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    browser.sign_on(&mut op, &p1(), "rp", ALICE);
    let before: Vec<_> = op.journal().cloned().collect();
    let mut next = pingone();
    next.tenants[0].clients[0].id.clear();
    let error = op.reconfigure(next).unwrap_err();
    assert_eq!(error.at, "tenants[0].clients[0].id");
    assert_eq!(op.journal().cloned().collect::<Vec<_>>(), before);
    assert!(browser.is_signed_on(&mut op, &p1()));
}

#[test]
fn clock_journal_and_switched_faults_go_on_and_configured_faults_replace_them() {
    let mut op = Op::new(pingone()).unwrap();
    let ahead = op
        .control(Control::AdvanceClock { seconds: 60 }, start())
        .unwrap();
    let on = Control::SwitchFault {
        id: "redirect-any".into(),
        on: true,
    };
    op.control(on, start()).unwrap();
    op.handle(&Request::get("/nothing"), start());

    let mut next = pingone();
    next.journal_bound = 1;
    op.reconfigure(next.clone()).unwrap();
    op.handle(&Request::get("/nothing"), start());
    let numbers: Vec<_> = op.journal().map(|entry| entry.number).collect();
    assert_eq!(numbers, [2], "counted on, and bounded anew");
    let standing = |op: &mut Op| {
        op.control(Control::AdvanceClock { seconds: 0 }, start())
            .unwrap()
    };
    assert_eq!(standing(&mut op).now, ahead.now);
    assert_eq!(standing(&mut op).faults, ["redirect-any"]);

    next.faults.push(FaultUse::new("state-dropped").tenant(ENV));
    op.reconfigure(next).unwrap();
    assert_eq!(standing(&mut op).faults, ["state-dropped"]);
}

#[test]
fn without_a_logout_endpoint_the_document_lacks_it_and_its_path_is_not_found() {
    for (mut config, issuer, paths) in [
        (pingone(), p1(), vec![format!("{}/signoff", p1())]),
        (
            oidc(),
            OP.to_owned(),
            vec![
                format!("{}/end-session", OP),
                format!("{}/end-session/confirm", OP),
            ],
        ),
    ] {
        let discovery = Request::get(format!("{issuer}/.well-known/openid-configuration"));
        let member = "end_session_endpoint";
        let mut with = Op::new(config.clone()).unwrap();
        let document = with.handle(&discovery, start());
        assert!(text(&document).contains(member));

        config.tenants[0].end_session_endpoint = false;
        let mut without = Op::new(config).unwrap();
        let document = without.handle(&discovery, start());
        assert!(!text(&document).contains(member));
        for path in paths {
            let query = format!("{path}?post_logout_redirect_uri={OUT}");
            assert_ne!(with.handle(&Request::get(&query), start()).status, 404);
            assert_eq!(without.handle(&Request::get(&query), start()).status, 404);
            let post = Request::post_form(&path, "");
            assert_eq!(without.handle(&post, start()).status, 404);
        }
    }
}
