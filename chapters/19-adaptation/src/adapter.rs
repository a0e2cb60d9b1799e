//! Adapters as files, in the field's naming.
