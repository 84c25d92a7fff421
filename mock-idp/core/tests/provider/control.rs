//! The control surface and the journal.

use mock_idp_core::{Control, ControlError, Event, Op};

use super::browser::{ALICE, Browser, ENV, form, p1, pingone, start};

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
