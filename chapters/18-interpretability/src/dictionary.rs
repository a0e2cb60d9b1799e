//! A sparse autoencoder: into which parts the stream falls by itself.
