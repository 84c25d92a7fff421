//! A mock identity provider for tests, and as a stand-alone server.
