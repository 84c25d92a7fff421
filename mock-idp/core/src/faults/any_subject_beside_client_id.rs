//! Who names the client is trusted with its users: the hint's user is not compared with that of the session.

use super::{Expect, Fault};
use crate::config::DialectId::PingOne;
use crate::logout::hint::HintStep;
use crate::policy::{Circumstances, Policy};

pub(super) static FAULT: Fault = Fault {
    id: "any-subject-beside-client-id",
    summary: "does not compare the hint's user with the session's when client_id is there too",
    dialects: &[PingOne],
    expect: Expect::Must,
    breaks: &[(PingOne, &["RPIL-2-28"])],
    stands_on: &["C-01"],
    inject: |policy| {
        policy.adapts = Some(adapts);
    },
};

fn adapts(circumstances: &Circumstances, policy: &mut Policy) {
    if circumstances.sent.octets("client_id").is_some() {
        policy.hint.skip(&[HintStep::SessionUser]);
    }
}
