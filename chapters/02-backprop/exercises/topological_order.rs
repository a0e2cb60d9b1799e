//! # Exercise: an order to walk in
//!
//! A backward pass must not leave a node before everything that uses it has sent its slope. On a
//! tape the order of writing is such an order. For a graph that was not written in order, one must
//! be found: a **topological order**, in which every node stands after its inputs. `inputs[i]`
//! lists the inputs of node i; the graph has no cycle. Return the nodes in such an order.
//!
//! # Hints
//! - Visit a node: first visit its inputs, then append the node itself. Do not visit a node twice.
//! - A recursive function with a `&mut Vec<bool>` of visited nodes and a `&mut Vec<usize>` for the
//!   order is enough.
//! - A node that nothing uses must be visited too.
#![allow(unused_variables)]

/// All nodes, each after its inputs.
pub fn topological_order(inputs: &[Vec<usize>]) -> Vec<usize> {
    todo!("a depth-first walk")
}
