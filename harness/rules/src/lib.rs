//! One file a normative sentence; the record, facts and rulings they judge.
