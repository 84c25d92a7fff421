//! Faults for one tenant, one client, one request, or so many sign-offs.

use mock_idp_core::{Config, Control, ControlError, FAULT_HEADER, FaultUse, Op, Request, Response};

use super::browser::{
    ALICE, Browser, ENV, OP, OTHER_ENV, OTHER_OUT, OUT, form, oidc, p1, parameter, pingone, start,
    text,
};

/// Signs off as a client and says whether `state` came back.
fn state_comes_back(op: &mut Op, base: &str, client: &str) -> bool {
    let mut browser = Browser::default();
    let tokens = browser.sign_on(op, base, client, ALICE);
    let out = if client == "rp" { OUT } else { OTHER_OUT };
    let fields = [
        ("id_token_hint", tokens.id.as_str()),
        ("post_logout_redirect_uri", out),
        ("state", "s"),
    ];
    let endpoint = if base == OP { "end-session" } else { "signoff" };
    let target = format!("{base}/{endpoint}?{}", form(&fields));
    let mut answer = browser.get(op, &target);
    if answer.status == 200 {
        answer = browser.answer(op, &answer, "yes");
    }
    comes_back(&answer)
}

fn comes_back(answer: &Response) -> bool {
    let location = answer.header("Location").unwrap();
    assert!(location.starts_with("https://"), "{location}");
    parameter(location, "state").is_some()
}

fn with(config: Config, fault: FaultUse) -> Op {
    Op::new(config.with_fault(fault)).unwrap()
}

fn dropped() -> FaultUse {
    FaultUse::new("state-dropped")
}

fn used(op: &mut Op) -> Vec<FaultUse> {
    let standing = Control::AdvanceClock { seconds: 0 };
    op.control(standing, start()).unwrap().uses
}

#[test]
fn a_fault_for_one_client_spares_the_others() {
    for (config, base) in [(pingone(), p1()), (oidc(), OP.to_owned())] {
        let mut op = with(config, dropped().client("rp"));
        for _ in 0..2 {
            assert!(!state_comes_back(&mut op, &base, "rp"));
            assert!(state_comes_back(&mut op, &base, "other"));
        }
    }
}

#[test]
fn a_fault_with_a_count_is_over_after_so_many_sign_offs() {
    for (config, base) in [(pingone(), p1()), (oidc(), OP.to_owned())] {
        let mut op = with(config, dropped().times(2));
        let seen: Vec<bool> = (0..3)
            .map(|_| state_comes_back(&mut op, &base, "rp"))
            .collect();
        assert_eq!(seen, [false, false, true], "{base}");
        assert!(used(&mut op).is_empty());
        op.control(Control::Reset {}, start()).unwrap();
        assert_eq!(used(&mut op), [dropped().times(2)], "as configured");
    }
}

#[test]
fn sign_offs_of_others_do_not_use_it_up() {
    let mut op = with(pingone(), dropped().client("rp").times(1));
    assert!(state_comes_back(&mut op, &p1(), "other"));
    let other_tenant = format!("https://auth.pingone.com/{OTHER_ENV}/as");
    op.control(
        Control::UseFault(dropped().tenant(ENV).client("rp").times(1)),
        start(),
    )
    .unwrap();
    op.control(
        Control::DropFault {
            id: "state-dropped".into(),
            tenant: None,
            client: None,
        },
        start(),
    )
    .unwrap();
    assert!(used(&mut op).is_empty(), "off for whomever it was on");
    let once = dropped().tenant(ENV).times(1);
    op.control(Control::UseFault(once.clone()), start())
        .unwrap();
    assert!(state_comes_back(&mut op, &other_tenant, "rp"));
    assert_eq!(used(&mut op), [once]);
    assert!(!state_comes_back(&mut op, &p1(), "rp"));
    assert!(state_comes_back(&mut op, &p1(), "rp"));
}

#[test]
fn a_request_can_ask_for_a_fault_itself() {
    let mut op = Op::new(pingone()).unwrap();
    let target = format!(
        "{}/signoff?{}",
        p1(),
        form(&[("post_logout_redirect_uri", OUT), ("state", "s")])
    );
    let mut comes_back_with = |names: &str| {
        let request = Request::get(target.as_str()).with_header(FAULT_HEADER, names);
        comes_back(&op.handle(&request, start()))
    };
    assert!(!comes_back_with("no-frame-headers, state-dropped"));
    assert!(comes_back_with(""));
    assert!(comes_back_with("redirect-307"));
    assert!(comes_back(
        &op.handle(&Request::get(target.as_str()), start())
    ));
    let misspelt = Request::get(target.as_str()).with_header(FAULT_HEADER, "state-droped");
    let answer = op.handle(&misspelt, start());
    assert_eq!(answer.status, 400);
    assert!(text(&answer).contains("state-droped"));
}

#[test]
fn a_fault_of_the_metadata_counts_documents() {
    let mut op = with(pingone(), FaultUse::new("disc-missing").times(1));
    assert!(state_comes_back(&mut op, &p1(), "rp"));
    let mut published = || {
        let target = format!("{}/.well-known/openid-configuration", p1());
        let document = op.handle(&Request::get(target), start());
        text(&document).contains("end_session_endpoint")
    };
    assert_eq!([published(), published()], [false, true]);
}

#[test]
fn the_same_use_begins_anew_and_one_for_everything_takes_the_place_of_all() {
    let mut op = Op::new(pingone()).unwrap();
    for fault in [
        dropped().client("rp").times(3),
        dropped().client("other"),
        dropped().client("rp").times(5),
    ] {
        op.control(Control::UseFault(fault), start()).unwrap();
    }
    assert_eq!(
        used(&mut op),
        [dropped().client("other"), dropped().client("rp").times(5)]
    );
    let of_one = Control::DropFault {
        id: "state-dropped".into(),
        tenant: None,
        client: Some("other".into()),
    };
    op.control(of_one, start()).unwrap();
    assert_eq!(used(&mut op), [dropped().client("rp").times(5)]);
    op.control(Control::UseFault(dropped()), start()).unwrap();
    assert_eq!(used(&mut op), [dropped()]);
}

#[test]
fn a_use_that_nobody_could_see_is_refused() {
    let mut op = Op::new(pingone()).unwrap();
    for (fault, named) in [
        (dropped().client("nobody"), "nobody"),
        (dropped().tenant(ENV).client("nobody"), "nobody"),
        (dropped().tenant("nowhere"), "nowhere"),
        (dropped().times(0), "at least 1"),
        (FaultUse::new("no-prompt"), "no-prompt"),
        (FaultUse::new("no-such-fault"), "no-such-fault"),
    ] {
        let refused: ControlError = op
            .control(Control::UseFault(fault.clone()), start())
            .unwrap_err();
        assert!(refused.to_string().contains(named), "{refused}");
        let configured = Op::new(pingone().with_fault(fault));
        assert!(configured.is_err(), "{named}");
    }
    assert!(used(&mut op).is_empty());
}
