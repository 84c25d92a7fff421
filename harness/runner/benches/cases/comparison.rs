//! A case and its floor, timed in turns.

use std::io::Write as _;
use std::time::{Duration, Instant};

use crate::grounds::{InMemory, OverHttp};

/// How often each is timed.
const ROUNDS: usize = 2_000;

/// Medians of a case and of the parts of its floor.
pub(crate) struct Comparison {
    name: &'static str,
    case: Duration,
    signatures: (usize, Duration),
    exchanges: (usize, Duration),
}

impl Comparison {
    pub(crate) fn in_memory(grounds: &InMemory) -> Self {
        let (mut cases, mut signatures) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let wire = grounds.wire();
            cases.push(timed(|| grounds.case(wire)));
            signatures.push(timed(|| grounds.sign()));
        }
        Comparison {
            name: "one case in memory",
            case: median(cases),
            signatures: (grounds.signatures, median(signatures)),
            exchanges: (0, Duration::ZERO),
        }
    }

    pub(crate) fn over_http(grounds: &mut OverHttp) -> Self {
        let (mut cases, mut signatures, mut exchanges) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            grounds.forget();
            cases.push(timed(|| grounds.case()));
            signatures.push(timed(|| grounds.sign()));
            exchanges.push(timed(|| grounds.exchange()));
        }
        Comparison {
            name: "one case over HTTP",
            case: median(cases),
            signatures: (grounds.signatures, median(signatures)),
            exchanges: (grounds.requests.len(), median(exchanges)),
        }
    }

    /// One line, so that it can be found with `grep`.
    pub(crate) fn print(&self) {
        let floor = self.signatures.1 + self.exchanges.1;
        let line = format!(
            "{}: {} = {:.2} times its floor of {} ({} RSA signatures {}, {} plain exchanges {})\n",
            self.name,
            milliseconds(self.case),
            self.case.as_secs_f64() / floor.as_secs_f64(),
            milliseconds(floor),
            self.signatures.0,
            milliseconds(self.signatures.1),
            self.exchanges.0,
            milliseconds(self.exchanges.1),
        );
        // Who closed the pipe does not want to read it.
        let _ = std::io::stdout().write_all(line.as_bytes());
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn milliseconds(time: Duration) -> String {
    format!("{:.3} ms", time.as_secs_f64() * 1000.0)
}
