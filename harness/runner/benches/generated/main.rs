//! What generated cases cost beside what they cannot do without, in memory and over HTTP, and whether the cost of a case
//! stays the same however many there are.
//!
//! The floor is the RSA signatures that the mock makes for the cases and, over HTTP, the same exchanges over the same
//! transports with a server that answers with a fixed page. Cases and floor are timed in turns, chunk by chunk, so that
//! whatever else the machine does falls on both.
//!
//! `cargo bench -p signoff-runner --bench generated`; `-- linear` for the growth with the number of cases.

#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock, and listens at a port"
)]

#[path = "../cases/counted.rs"]
mod counted;
#[path = "../cases/fixed_page.rs"]
mod fixed_page;
mod grounds;
#[path = "../cases/signatures.rs"]
mod signatures;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::time::{Duration, Instant};

use crate::grounds::{InMemory, OverHttp, Spent};
use crate::signatures::Signer;

/// The cases of a chunk.
const CHUNK: u64 = 100;
/// The chunks that are timed.
const CHUNKS: u64 = 12;

/// The sum of all chunks.
#[derive(Default)]
struct Sum {
    cases: u64,
    time: Duration,
    handed_out: usize,
    distinct: BTreeSet<Vec<u8>>,
    exchanges: usize,
    exchanging: Duration,
    signing: Duration,
}

impl Sum {
    fn add(&mut self, spent: Spent, signer: &Signer) {
        self.cases += spent.cases;
        self.time += spent.time;
        self.handed_out += spent.handed_out.len();
        self.exchanges += spent.exchanges;
        self.exchanging += spent.exchanging;
        let started = Instant::now();
        signer.sign(spent.handed_out.len());
        self.signing += started.elapsed();
        self.distinct.extend(spent.handed_out);
    }

    /// One line, so that it can be found with `grep`.
    fn print(&self, name: &str) {
        let cases = float(self.cases);
        let floor = self.signing + self.exchanging;
        told(&format!(
            "{name}: {} cases, {:.0} a second, {:.3} ms each = {:.2} times the floor of {:.3} ms ({:.2} RSA signatures {:.3} ms, {:.2} plain exchanges {:.3} ms); {} of {} tokens had to be signed anew",
            self.cases,
            cases / self.time.as_secs_f64(),
            per(self.time, cases),
            self.time.as_secs_f64() / floor.as_secs_f64(),
            per(floor, cases),
            float(self.handed_out) / cases,
            per(self.signing, cases),
            float(self.exchanges) / cases,
            per(self.exchanging, cases),
            self.distinct.len(),
            self.handed_out,
        ));
    }
}

fn float(number: impl TryInto<u32>) -> f64 {
    number.try_into().map_or(f64::NAN, f64::from)
}

fn per(time: Duration, cases: f64) -> f64 {
    time.as_secs_f64() * 1000.0 / cases
}

fn told(line: &str) {
    // Who closed the pipe does not want to read it.
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// The resident memory of this process in MiB, where the system tells.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    kib.unwrap_or(f64::NAN) / 1024.0
}

fn floors() {
    let signer = Signer::new();
    let (memory, mut http) = (InMemory::new(), OverHttp::new());
    let (mut in_memory, mut over_http) = (Sum::default(), Sum::default());
    for chunk in 0..CHUNKS {
        in_memory.add(memory.chunk(chunk * CHUNK, CHUNK), &signer);
        over_http.add(http.chunk(chunk * CHUNK, CHUNK), &signer);
    }
    in_memory.print("generated in memory");
    over_http.print("generated over HTTP");
}

fn linear() {
    let memory = InMemory::new();
    for cases in [1_000, 10_000, 100_000] {
        let started = Instant::now();
        let kept = memory.search(0, cases);
        let time = started.elapsed();
        told(&format!(
            "linear: {cases} cases in {:.1} s, {:.3} ms each, {kept} judgements kept, {:.1} MiB resident",
            time.as_secs_f64(),
            per(time, float(cases)),
            resident(),
        ));
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.iter().any(|word| word == "linear") {
        linear();
    } else if words.iter().any(|word| word == "--bench") {
        floors();
    }
}
