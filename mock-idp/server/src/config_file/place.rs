//! From octets of a TOML text to the key they belong to, and back.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A key, and where it stands.
pub(super) struct Place {
    pub(super) key: String,
    pub(super) offset: Option<usize>,
}

impl Place {
    /// The key that a reader's complaint is about.
    pub(super) fn of_span(text: &str, span: Option<Range<usize>>) -> Self {
        let key = span
            .as_ref()
            .and_then(|span| {
                let mut found = nodes(text).into_iter().filter(|node| node.is_at(span));
                // Of nodes with the same octets the inner one says more.
                found.next_back()
            })
            .map_or_else(String::new, |node| node.key);
        Self {
            key,
            offset: span.map(|span| span.start),
        }
    }

    /// Where a key stands, or the nearest one around it that does.
    pub(super) fn of_key(text: &str, key: &str) -> Self {
        let nodes = nodes(text);
        let mut around = key;
        let offset = loop {
            if let Some(node) = nodes.iter().find(|node| node.key == around) {
                break Some(node.name.start);
            }
            match around.rfind(['.', '[']) {
                Some(end) => around = &around[..end],
                None => break None,
            }
        };
        Self {
            key: key.to_owned(),
            offset,
        }
    }
}

/// Line and column of an offset, from 1; columns are characters.
pub(super) fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.matches('\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

/// One key or element of a text.
struct Node {
    key: String,
    name: Range<usize>,
    value: Range<usize>,
}

impl Node {
    fn is_at(&self, span: &Range<usize>) -> bool {
        self.name == *span || self.value == *span
    }
}

/// Every key and element, outer ones before inner ones. A text that is no TOML gives those that can be made out.
fn nodes(text: &str) -> Vec<Node> {
    let (root, _) = DeTable::parse_recoverable(text);
    let mut nodes = Vec::new();
    in_table(root.get_ref(), "", &mut nodes);
    nodes
}

fn in_table(table: &DeTable<'_>, around: &str, nodes: &mut Vec<Node>) {
    for (name, value) in table {
        let key = if around.is_empty() {
            name.get_ref().to_string()
        } else {
            format!("{around}.{}", name.get_ref())
        };
        in_value(&key, name.span(), value, nodes);
    }
}

fn in_value(key: &str, name: Range<usize>, value: &Spanned<DeValue<'_>>, nodes: &mut Vec<Node>) {
    nodes.push(Node {
        key: key.to_owned(),
        name,
        value: value.span(),
    });
    match value.get_ref() {
        DeValue::Table(table) => in_table(table, key, nodes),
        DeValue::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                in_value(&format!("{key}[{index}]"), element.span(), element, nodes);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "seed = 1\n[[a]]\nb = ['x', 'y']\n[[a]]\n  c.d = true\n";

    #[test]
    fn a_value_or_a_name_leads_to_its_key() {
        for (octets, key) in [("'y'", "a[0].b[1]"), ("true", "a[1].c.d"), ("seed", "seed")] {
            let start = TEXT.find(octets).unwrap();
            let place = Place::of_span(TEXT, Some(start..start + octets.len()));
            assert_eq!(place.key, key);
        }
    }

    #[test]
    fn a_key_leads_to_its_line_and_an_absent_one_to_the_table_around_it() {
        for (key, expected) in [
            ("a[1].c.d", Some((5, 5))),
            ("a[0].b[1]", Some((3, 11))),
            ("a[1].e[0].f", Some((4, 1))),
            ("nothing", None),
        ] {
            let place = Place::of_key(TEXT, key);
            let found = place.offset.map(|offset| position(TEXT, offset));
            assert_eq!(found, expected, "{key}");
        }
    }

    #[test]
    fn columns_are_characters() {
        assert_eq!(position("\u{e4}\u{e4} = 1\n\u{e4}b", 11), (2, 2));
    }
}
