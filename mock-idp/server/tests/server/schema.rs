//! The schema of the configuration file says what the reader says.

use std::collections::BTreeSet;

use mock_idp::ConfigFile;
use serde_json::Value;

const SHORT: &str = include_str!("../../examples/pingone.toml");
const EVERYTHING: &str = include_str!("../../examples/everything.toml");

/// As much of JSON Schema as the schema of the file uses; a keyword beyond that fails the test.
struct Schema {
    root: Value,
    used: BTreeSet<String>,
}

impl Schema {
    fn of_the_file() -> Self {
        Self {
            root: ConfigFile::json_schema(),
            used: BTreeSet::new(),
        }
    }

    fn admits(&mut self, value: &Value) -> Result<(), String> {
        let root = self.root.clone();
        self.check(&root, value, "")
    }

    fn check(&mut self, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        let keywords = schema.as_object().expect("a schema");
        for (keyword, operand) in keywords {
            let kept = match keyword.as_str() {
                "$schema" | "$defs" | "title" | "description" | "default" | "format" => true,
                "$ref" => {
                    let name = operand.as_str().and_then(|name| name.strip_prefix('#'));
                    let target = self.root.pointer(name.expect("local")).expect("there");
                    return self.check(&target.clone(), value, at);
                }
                "type" => has_type(operand, value),
                "const" => operand == value,
                "minimum" | "maximum" => {
                    let (bound, number) = (operand.as_i64(), value.as_i64());
                    bound.is_none()
                        || (keyword == "minimum") == (number >= bound)
                        || number == bound
                }
                "enum" => operand.as_array().is_some_and(|all| all.contains(value)),
                "oneOf" | "anyOf" => {
                    let all = operand.as_array().expect("a list").clone();
                    all.iter().any(|one| self.check(one, value, at).is_ok())
                }
                "items" => {
                    for (index, element) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(operand, element, &format!("{at}[{index}]"))?;
                    }
                    true
                }
                "properties" => {
                    for (name, member) in value.as_object().into_iter().flatten() {
                        if let Some(known) = operand.get(name) {
                            self.used.insert(format!("{name} in {}", names(operand)));
                            self.check(known, member, &format!("{at}.{name}"))?;
                        }
                    }
                    true
                }
                "additionalProperties" => {
                    let known = keywords.get("properties").and_then(Value::as_object);
                    let is_known =
                        |name: &String| known.is_some_and(|known| known.contains_key(name));
                    value
                        .as_object()
                        .is_none_or(|members| members.keys().all(is_known))
                }
                "required" => operand
                    .as_array()
                    .into_iter()
                    .flatten()
                    .all(|name| value.get(name.as_str().unwrap_or_default()).is_some()),
                other => panic!("the schema uses {other}, which this test does not know"),
            };
            if !kept {
                return Err(format!("{at}: {keyword}"));
            }
        }
        Ok(())
    }
}

fn has_type(operand: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        other => panic!("the schema uses the type {other}, which this test does not know"),
    };
    match operand {
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(is),
        one => is(one.as_str().expect("a name")),
    }
}

fn names(properties: &Value) -> String {
    let names: Vec<_> = properties
        .as_object()
        .into_iter()
        .flat_map(|all| all.keys())
        .collect();
    format!("{names:?}")
}

fn json(toml: &str) -> Value {
    toml::from_str(toml).expect("TOML")
}

#[test]
fn the_schema_admits_the_examples_and_each_of_its_members_is_in_one() {
    let mut schema = Schema::of_the_file();
    for example in [SHORT, EVERYTHING] {
        assert_eq!(schema.admits(&json(example)), Ok(()));
    }
    let mut absent = Vec::new();
    let root = schema.root.clone();
    let mut objects = vec![&root];
    objects.extend(
        root["$defs"]
            .as_object()
            .into_iter()
            .flat_map(|defs| defs.values()),
    );
    for properties in objects
        .into_iter()
        .filter_map(|object| object.get("properties"))
    {
        for name in properties.as_object().expect("members").keys() {
            let known = format!("{name} in {}", names(properties));
            if !schema.used.contains(&known) {
                absent.push(name.clone());
            }
        }
    }
    assert_eq!(
        absent,
        Vec::<String>::new(),
        "examples/everything.toml lacks these"
    );
}

#[test]
fn schema_and_reader_refuse_the_same_texts() {
    for text in [
        "sed = 1",
        "seed = 'x'",
        "seed = -1",
        "[[tenants]]\nid = 'e'",
        "[[tenants]]\nid = 'e'\ndialect = 'pingon'",
        "[[tenants]]\nid = 'e'\ndialect = 'pingone'\nlifetimes = { cod = 1 }",
        "[[tenants]]\nid = 'e'\ndialect = 'pingone'\nusers = [{ id = 'a' }]",
        "[server]\nclock = { standing = 1 }",
    ] {
        assert!(Schema::of_the_file().admits(&json(text)).is_err(), "{text}");
        assert!(ConfigFile::parse("mock.toml", text).is_err(), "{text}");
    }
}
