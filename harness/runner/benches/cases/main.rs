//! What a case costs beside what it cannot do without: `hint/valid`, in memory and over HTTP.
//!
//! The floor of a case is the RSA signatures that the mock makes in it and, over HTTP, the plain exchanges that it
//! takes. Both are counted on the case itself and measured in the same run. A comparison at the end times case and
//! floor in turns, so that whatever else the machine does falls on both.
//!
//! `cargo bench -p signoff-runner --bench cases`

#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock, and listens at a port"
)]

mod case;
mod comparison;
mod counted;
mod fixed_page;
mod grounds;
mod signatures;

use std::time::Duration;

use criterion::{BatchSize, Criterion};

use crate::comparison::Comparison;
use crate::grounds::{InMemory, OverHttp};

fn criterion() -> Criterion {
    Criterion::default()
        .sample_size(50)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(4))
        .configure_from_args()
}

fn in_memory(criterion: &mut Criterion, grounds: &InMemory) {
    let mut group = criterion.benchmark_group("in memory");
    group.bench_function("one case", |bencher| {
        bencher.iter_batched(
            || grounds.wire(),
            |wire| grounds.case(wire),
            BatchSize::SmallInput,
        );
    });
    group.bench_function("its RSA signatures", |bencher| {
        bencher.iter(|| grounds.sign());
    });
    group.finish();
}

fn over_http(criterion: &mut Criterion, grounds: &mut OverHttp) {
    let mut group = criterion.benchmark_group("over HTTP");
    group.bench_function("one case", |bencher| bencher.iter(|| grounds.case()));
    group.bench_function("its RSA signatures", |bencher| {
        bencher.iter(|| grounds.sign());
    });
    group.bench_function("its plain exchanges", |bencher| {
        bencher.iter(|| grounds.exchange());
    });
    group.finish();
}

fn main() {
    let memory = InMemory::new();
    let mut http = OverHttp::new();
    let mut criterion = criterion();
    in_memory(&mut criterion, &memory);
    over_http(&mut criterion, &mut http);
    criterion.final_summary();
    // With a filter or `--list`, and in `cargo test`, nobody asks for the whole.
    if std::env::args().skip(1).eq(["--bench"]) {
        Comparison::in_memory(&memory).print();
        Comparison::over_http(&mut http).print();
    }
}
