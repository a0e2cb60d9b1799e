//! Linear probes: what can be read off the stream.
