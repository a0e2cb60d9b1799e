use transformer::sizes;

sizes!(Mine {
    vocab: 256, context: 64, model: 32, heads: 3, head_dim: 16, hidden: 128, layers: 2
});

fn main() {}
