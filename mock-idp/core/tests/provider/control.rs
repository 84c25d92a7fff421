//! The control surface and the journal.

use mock_idp_core::{Control, ControlError, Event, FaultUse, Op, TenantClock};

use super::browser::{ALICE, Browser, ENV, OTHER_ENV, form, p1, pingone, start};

#[test]
fn the_clock_ages_sessions_and_can_be_set_back() {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    browser.sign_on(&mut op, &p1(), "rp", ALICE);
    let thirty_days = 30 * 24 * 60 * 60;
    op.control(
        Control::AdvanceClock {
            seconds: thirty_days - 1,
        },
        start(),
    )
    .unwrap();
    assert!(browser.is_signed_on(&mut op, &p1()));
    op.control(
        Control::AdvanceClock {
            seconds: thirty_days,
        },
        start(),
    )
    .unwrap();
    assert!(!browser.is_signed_on(&mut op, &p1()));
    let answer = op
        .control(Control::SetClock { at: start() }, start())
        .unwrap();
    assert_eq!(answer.now, start());
    assert!(matches!(
        op.control(Control::AdvanceClock { seconds: i64::MAX }, start()),
        Err(ControlError::ClockOutOfRange)
    ));
}

#[test]
fn commands_read_from_json_and_refuse_what_they_do_not_know() {
    let read = |text: &str| serde_json::from_str::<Control>(text);
    assert_eq!(
        read(r#"{"do":"advance_clock","seconds":60}"#).unwrap(),
        Control::AdvanceClock { seconds: 60 }
    );
    assert_eq!(
        read(r#"{"do":"set_clock","at":"2026-11-01T12:00:00Z"}"#).unwrap(),
        Control::SetClock { at: start() }
    );
    assert_eq!(read(r#"{"do":"reset"}"#).unwrap(), Control::Reset {});
    for bad in [
        r#"{"do":"advance_clock","seconds":1,"x":1}"#,
        r#"{"do":"reset","x":1}"#,
        r#"{"do":"fly"}"#,
        r#"{"do":"set_clock","at":"soon"}"#,
    ] {
        assert!(read(bad).is_err(), "{bad}");
    }
}

#[test]
fn errors_name_what_there_is() {
    let mut op = Op::new(pingone()).unwrap();
    let command = Control::DisableClient {
        tenant: ENV.into(),
        client: "nobody".into(),
    };
    let message = op.control(command, start()).unwrap_err().to_string();
    assert!(
        message.contains("rp") && message.contains("spa"),
        "{message}"
    );
    let unknown = Control::SwitchFault {
        id: "nothing".into(),
        on: true,
    };
    assert!(matches!(
        op.control(unknown, start()),
        Err(ControlError::UnknownFault { .. })
    ));
    let of_the_other_dialect = Control::SwitchFault {
        id: "no-prompt".into(),
        on: true,
    };
    assert!(op.control(of_the_other_dialect, start()).is_err());
}

#[test]
fn a_reset_forgets_everything_and_gives_the_same_octets_again() {
    let mut op = Op::new(pingone()).unwrap();
    let mut browser = Browser::default();
    let first = browser.sign_on(&mut op, &p1(), "rp", ALICE);
    op.control(
        Control::SwitchFault {
            id: "redirect-any".into(),
            on: true,
        },
        start(),
    )
    .unwrap();
    let answer = op.control(Control::Reset {}, start()).unwrap();
    assert!(answer.faults.is_empty());
    assert_eq!(op.journal().count(), 0);
    assert!(!browser.is_signed_on(&mut op, &p1()));
    op.control(Control::Reset {}, start()).unwrap();
    assert_eq!(
        Browser::default().sign_on(&mut op, &p1(), "rp", ALICE).id,
        first.id
    );
}

#[test]
fn the_journal_is_bounded_and_holds_no_secret() {
    let mut config = pingone();
    config.journal_bound = 40;
    let mut op = Op::new(config).unwrap();
    let mut browser = Browser::default();
    let tokens = browser.sign_on(&mut op, &p1(), "rp", ALICE);
    let cookie = browser.jar["ST"].clone();
    browser.get(
        &mut op,
        &format!(
            "{}/signoff?{}",
            p1(),
            form(&[("id_token_hint", &tokens.id), ("hunter2", "x")])
        ),
    );
    let events = format!("{:?}", op.journal().collect::<Vec<_>>());
    assert!(
        events.contains("SessionStarted")
            && events.contains("SessionEnded")
            && events.contains("id_token_hint")
    );
    for secret in [
        tokens.id.as_str(),
        &tokens.access,
        &cookie,
        "wonder\"",
        "rp-secret",
        "hunter2",
    ] {
        assert!(!events.contains(secret), "{secret}");
    }
    for _ in 0..100 {
        browser.is_signed_on(&mut op, &p1());
    }
    assert_eq!(op.journal().count(), 40);
    assert!(matches!(
        op.journal().last().unwrap().event,
        Event::Request { .. }
    ));
}

#[test]
fn a_tenant_has_a_clock_of_its_own_when_it_is_given_one() {
    let mut op = Op::new(pingone()).unwrap();
    let other = format!("https://auth.pingone.com/{OTHER_ENV}/as");
    let [mut here, mut there] = [Browser::default(), Browser::default()];
    here.sign_on(&mut op, &p1(), "rp", ALICE);
    there.sign_on(&mut op, &other, "rp", ALICE);
    let thirty_days = 30 * 24 * 60 * 60;
    let of_tenant = |op: &mut Op, clock| {
        let tenant = ENV.to_owned();
        op.control(Control::TenantClock { tenant, clock }, start())
            .unwrap()
            .now
    };
    let ahead = of_tenant(&mut op, TenantClock::Advance(thirty_days));
    assert!(!here.is_signed_on(&mut op, &p1()));
    assert!(there.is_signed_on(&mut op, &other));
    let last = |op: &Op| op.journal().last().map(|entry| entry.at);
    assert_eq!(last(&op), Some(start()));
    assert!(!here.is_signed_on(&mut op, &p1()));
    assert_eq!(last(&op), Some(ahead));
    assert_eq!(of_tenant(&mut op, TenantClock::Freeze), ahead);
    assert_eq!(of_tenant(&mut op, TenantClock::Set(start())), start());
    assert_eq!(of_tenant(&mut op, TenantClock::Run), start());
    let nowhere = Control::TenantClock {
        tenant: "nowhere".into(),
        clock: TenantClock::Freeze,
    };
    assert!(op.control(nowhere, start()).is_err());
    let read = serde_json::from_str::<Control>(
        r#"{"do":"tenant_clock","tenant":"x","clock":{"advance":60}}"#,
    );
    let expected = Control::TenantClock {
        tenant: "x".into(),
        clock: TenantClock::Advance(60),
    };
    assert_eq!(read.unwrap(), expected);
}

#[test]
fn one_tenant_is_reset_and_the_others_notice_nothing() {
    let fault = FaultUse::new("state-dropped").tenant(ENV).times(3);
    let mut op = Op::new(pingone().with_fault(fault.clone())).unwrap();
    let other = format!("https://auth.pingone.com/{OTHER_ENV}/as");
    let [mut here, mut there] = [Browser::default(), Browser::default()];
    let first = here.sign_on(&mut op, &p1(), "rp", ALICE);
    there.sign_on(&mut op, &other, "rp", ALICE);
    here.get(&mut op, &format!("{}/signoff", p1()));
    let ahead = Control::TenantClock {
        tenant: ENV.into(),
        clock: TenantClock::Advance(100),
    };
    op.control(ahead, start()).unwrap();
    for fault in ["redirect-any", "get-refused"] {
        let only_there = FaultUse::new(fault).tenant(OTHER_ENV);
        op.control(Control::UseFault(only_there), start()).unwrap();
    }
    let reset = Control::ResetTenant { tenant: ENV.into() };
    let standing = op.control(reset, start()).unwrap();
    assert!(
        standing.uses.contains(&fault),
        "as configured: {standing:?}"
    );
    assert_eq!(standing.uses.len(), 3);
    let tenants: Vec<_> = op.journal().map(|entry| entry.tenant.clone()).collect();
    assert!(
        !tenants.is_empty()
            && tenants
                .iter()
                .all(|tenant| tenant.as_deref() == Some(OTHER_ENV))
    );
    assert!(there.is_signed_on(&mut op, &other));
    assert!(!here.is_signed_on(&mut op, &p1()));
    op.control(Control::ResetTenant { tenant: ENV.into() }, start())
        .unwrap();
    let again = Browser::default().sign_on(&mut op, &p1(), "rp", ALICE);
    assert_eq!(again.id, first.id, "the same octets again");
    let nowhere = Control::ResetTenant {
        tenant: "nowhere".into(),
    };
    assert!(op.control(nowhere, start()).is_err());
}
