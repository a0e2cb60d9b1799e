//! A grammar with other weights, whose distance from the old one is computed.
