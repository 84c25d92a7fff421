//! A thousand browsers at the same time for a minute: sign on, look, sign off, look again.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::runtime::Builder;
use tokio::task::LocalSet;

use crate::process::Served;
use crate::say;
use crate::serving::USERS;
use crate::session::Browser;
use crate::wire::Line;

const TIME: Duration = Duration::from_mins(1);
const EVERY: Duration = Duration::from_secs(10);

/// Ends with a panic at the first error: an answer that is none, a session that is lost or does not end.
pub(crate) fn browsers() {
    let served = Served::own("mock");
    let address = served.address();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    say(&format!(
        "\n{USERS} browsers at the same time for {TIME:?}; resident at the start {:.1} MiB",
        served.resident()
    ));
    let began = Instant::now();
    let rounds = Rc::new(Cell::new(0_u64));
    LocalSet::new().block_on(&runtime, async {
        let each: Vec<_> = (0..USERS)
            .map(|number| {
                let rounds = Rc::clone(&rounds);
                tokio::task::spawn_local(async move {
                    let mut browser = Browser::new(Line::open(address).await);
                    while began.elapsed() < TIME {
                        round(&mut browser, number).await;
                        rounds.set(rounds.get() + 1);
                    }
                })
            })
            .collect();
        while began.elapsed() + EVERY <= TIME {
            tokio::time::sleep(EVERY).await;
            say(&format!(
                "{:>4.0} s: {:>6} sessions begun, kept and ended, {:.1} MiB",
                began.elapsed().as_secs_f64(),
                rounds.get(),
                served.resident()
            ));
        }
        for browser in each {
            browser.await.unwrap();
        }
    });
    say(&format!(
        "{} sessions begun, kept and ended, 7 requests each, without an error",
        rounds.get()
    ));
}

async fn round(browser: &mut Browser, number: usize) {
    let id_token = browser.sign_on(&format!("user-{number}")).await;
    assert!(browser.is_signed_on().await, "a session was lost");
    browser.sign_off(&id_token).await;
    assert!(!browser.is_signed_on().await, "a session did not end");
}
