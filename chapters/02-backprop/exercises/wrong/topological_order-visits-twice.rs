//! Does not remember which nodes it has visited.

pub fn topological_order(inputs: &[Vec<usize>]) -> Vec<usize> {
    fn visit(node: usize, inputs: &[Vec<usize>], order: &mut Vec<usize>) {
        for &input in &inputs[node] {
            visit(input, inputs, order);
        }
        order.push(node);
    }
    let mut order = Vec::new();
    for node in 0..inputs.len() {
        visit(node, inputs, &mut order);
    }
    order
}
