//! How soon the mock answers once its process is started, and what it takes of the memory, at first and later.

use std::process::Command;
use std::time::Instant;

use tokio::runtime::Builder;
use tokio::task::LocalSet;

use crate::process::Served;
use crate::serving::USERS;
use crate::session::Browser;
use crate::wire::{Line, get};
use crate::{median, say};

const STARTS: usize = 20;
const CONNECTIONS: usize = 10;
/// Each ends one session and then signs off 99 times more.
const SESSIONS: usize = 10_000;
const SIGN_OFFS_EACH: usize = 100;
/// So often memory is looked at.
const PARTS: usize = 10;

pub(crate) fn start(program: Option<&str>) {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let (mut times, mut memory) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let began = Instant::now();
        let served = match program {
            Some(program) => {
                let mut command = Command::new(program);
                command.args(["serve", "--json"]);
                Served::of(command)
            }
            None => Served::own("mock"),
        };
        let address = served.address();
        let status = runtime.block_on(async {
            let mut line = Line::open(address).await;
            line.status(&get("/__mock/health", "")).await
        });
        assert_eq!(status, 200);
        times.push(began.elapsed().as_secs_f64() * 1e3);
        memory.push(served.resident());
    }
    let slowest = times.iter().copied().fold(0.0, f64::max);
    let most = memory.iter().copied().fold(0.0, f64::max);
    say(&format!(
        "\nfrom the start of the process{} to its first answer, {STARTS} times: {:.1} ms (slowest {slowest:.1} ms); \
         resident then: {:.1} MiB (most {most:.1} MiB)",
        program
            .map(|program| format!(" `{program} serve`"))
            .unwrap_or_default(),
        median(times),
        median(memory),
    ));
}

pub(crate) fn million() {
    let served = Served::own("mock");
    let address = served.address();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    say(&format!(
        "\n{} sign-off requests, {SESSIONS} of which end a session; resident at the start {:.1} MiB",
        SESSIONS * SIGN_OFFS_EACH,
        served.resident()
    ));
    let began = Instant::now();
    let per_connection = SESSIONS / PARTS / CONNECTIONS;
    for part in 1..=PARTS {
        LocalSet::new().block_on(&runtime, async {
            let each = (0..CONNECTIONS).map(|connection| {
                tokio::task::spawn_local(async move {
                    let mut browser = Browser::new(Line::open(address).await);
                    for turn in 0..per_connection {
                        let user = format!("user-{}", (connection * per_connection + turn) % USERS);
                        let id_token = browser.sign_on(&user).await;
                        browser.sign_off(&id_token).await;
                        browser.sign_off_again(&id_token, SIGN_OFFS_EACH - 1).await;
                    }
                })
            });
            for connection in each.collect::<Vec<_>>() {
                connection.await.unwrap();
            }
        });
        let sessions = part * per_connection * CONNECTIONS;
        say(&format!(
            "{:>9} requests, {sessions:>6} sessions ended: {:>5.1} MiB after {:.0} s",
            sessions * SIGN_OFFS_EACH,
            served.resident(),
            began.elapsed().as_secs_f64()
        ));
    }
}
