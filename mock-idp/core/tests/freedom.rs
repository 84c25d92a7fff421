//! The switches of the plain provider: what the README says of them is what there is, and each does something.

use mock_idp_core::{Config, DialectId, Freedom, Op, Registration, Tenant};

const README: &str = include_str!("../../README.md");

#[test]
fn the_readme_lists_every_switch_with_its_values() {
    let rows: Vec<String> = Freedom::SWITCHES
        .iter()
        .map(|switch| {
            let values: Vec<String> = switch
                .values
                .iter()
                .map(|choice| format!("`{}`", choice.value))
                .collect();
            format!(
                "| `{}` | {} | {} |",
                switch.name,
                values.join(", "),
                switch.source
            )
        })
        .collect();
    let table = format!(
        "| switch | values, the usual one first | left free by |\n|---|---|---|\n{}\n",
        rows.join("\n")
    );
    assert!(
        README.contains(&table),
        "README.md wants this table:\n\n{table}"
    );
}

#[test]
fn the_first_value_is_the_usual_one_and_the_others_are_not() {
    for switch in Freedom::SWITCHES {
        for (at, choice) in switch.values.iter().enumerate() {
            let mut freedom = Freedom::default();
            (choice.set)(&mut freedom);
            let usual = freedom == Freedom::default();
            assert_eq!(usual, at == 0, "{} = {}", switch.name, choice.value);
        }
    }
}

#[test]
fn a_file_sets_each_switch_by_the_words_of_the_table() {
    for switch in Freedom::SWITCHES {
        for choice in switch.values {
            let text = format!("{{\"{}\": {}}}", switch.name, choice.value);
            let read: Freedom = serde_json::from_str(&text).expect("known");
            let mut set = Freedom::default();
            (choice.set)(&mut set);
            assert_eq!(read, set, "{text}");
        }
    }
    assert!(serde_json::from_str::<Freedom>("{\"asks\": \"never\"}").is_err());
    assert!(serde_json::from_str::<Freedom>("{\"ask\": \"always\"}").is_err());
}

#[test]
fn what_would_break_a_must_or_belongs_elsewhere_is_refused() {
    let refused = |tenant: Tenant| {
        Op::new(Config::new(1, vec![tenant]))
            .err()
            .map(|error| error.at)
    };
    let mut plain = Tenant::oidc("", "https://op.example");
    plain.freedom.error_status = 302;
    assert_eq!(
        refused(plain).as_deref(),
        Some("tenants[0].freedom.error_status")
    );
    let mut pingone = Tenant::pingone("e", "https://auth.pingone.com");
    assert_eq!(pingone.dialect, DialectId::PingOne);
    pingone.freedom.recent_session = 0;
    assert_eq!(
        refused(pingone.clone()).as_deref(),
        Some("tenants[0].freedom")
    );
    pingone.freedom = Freedom::default();
    pingone.registration = Registration::Closed;
    assert_eq!(refused(pingone).as_deref(), Some("tenants[0].registration"));
    let mut open = Tenant::oidc("", "https://op.example");
    open.registration = Registration::Token(String::new());
    assert_eq!(refused(open).as_deref(), Some("tenants[0].registration"));
}
