//! An OpenID provider without a socket.
