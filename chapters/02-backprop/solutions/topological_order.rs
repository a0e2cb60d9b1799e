//! Depth first: a node is appended when all its inputs have been.

/// All nodes, each after its inputs.
pub fn topological_order(inputs: &[Vec<usize>]) -> Vec<usize> {
    fn visit(node: usize, inputs: &[Vec<usize>], seen: &mut [bool], order: &mut Vec<usize>) {
        if std::mem::replace(&mut seen[node], true) {
            return;
        }
        for &input in &inputs[node] {
            visit(input, inputs, seen, order);
        }
        order.push(node);
    }
    let (mut seen, mut order) = (vec![false; inputs.len()], Vec::new());
    for node in 0..inputs.len() {
        visit(node, inputs, &mut seen, &mut order);
    }
    order
}
