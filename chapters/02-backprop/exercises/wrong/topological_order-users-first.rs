//! Appends a node before it visits the inputs.

pub fn topological_order(inputs: &[Vec<usize>]) -> Vec<usize> {
    fn visit(node: usize, inputs: &[Vec<usize>], seen: &mut [bool], order: &mut Vec<usize>) {
        if std::mem::replace(&mut seen[node], true) {
            return;
        }
        order.push(node);
        for &input in &inputs[node] {
            visit(input, inputs, seen, order);
        }
    }
    let (mut seen, mut order) = (vec![false; inputs.len()], Vec::new());
    for node in 0..inputs.len() {
        visit(node, inputs, &mut seen, &mut order);
    }
    order
}
