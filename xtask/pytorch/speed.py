"""The same GPT in PyTorch, timed: what `cargo x compare-pytorch` sets against `mini-gpt speed`.

Written as PyTorch's users write it for speed: one projection for queries, keys and values, the fused causal attention of the library,
the fused AdamW. Prints the same JSON object as `mini-gpt speed --json`.
"""

import argparse
import json
import resource
import time

import torch
from torch import nn
from torch.nn import functional as F

SIZES = {  # layers, heads, width, longest context, tokens known
    "tiny": (2, 2, 32, 64, 256),
    "laptop": (4, 4, 128, 256, 256),
    "shakespeare": (6, 6, 384, 256, 256),
    "gpt2": (12, 12, 768, 1024, 50257),
}
WARM_UP = 5


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def project(self, x):
        batch, seq, width = x.shape
        split = lambda t: t.view(batch, seq, self.heads, width // self.heads).transpose(1, 2)
        return [split(t) for t in self.qkv(self.norm1(x)).chunk(3, dim=-1)]

    def finish(self, x, attended):
        x = x + self.out(attended.transpose(1, 2).reshape(x.shape))
        return x + self.down(F.gelu(self.up(self.norm2(x)), approximate="tanh"))

    def forward(self, x):
        q, k, v = self.project(x)
        return self.finish(x, F.scaled_dot_product_attention(q, k, v, is_causal=True))

    def step(self, x, cache):
        """One more position, with the keys and values before it."""
        q, k, v = self.project(x)
        if cache:
            k, v = torch.cat((cache[0], k), dim=2), torch.cat((cache[1], v), dim=2)
        return self.finish(x, F.scaled_dot_product_attention(q, k, v)), (k, v)


class GPT(nn.Module):
    def __init__(self, layers, heads, width, context, vocabulary):
        super().__init__()
        self.tokens, self.positions = nn.Embedding(vocabulary, width), nn.Embedding(context, width)
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(width)

    def forward(self, ids):
        x = self.tokens(ids) + self.positions(torch.arange(ids.shape[1]))
        for block in self.blocks:
            x = block(x)
        return F.linear(self.norm(x), self.tokens.weight)

    def step(self, id, position, caches):
        x = self.tokens(id) + self.positions(position)
        for i, block in enumerate(self.blocks):
            x, caches[i] = block.step(x, caches[i])
        return F.linear(self.norm(x), self.tokens.weight)


def trainer(args, model):
    matrices = [p for p in model.parameters() if p.dim() > 1]
    vectors = [p for p in model.parameters() if p.dim() == 1]
    groups = [{"params": matrices, "weight_decay": 0.1}, {"params": vectors, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=1e-3, betas=(0.9, 0.99), fused=True)
    run = torch.compile(model) if args.compile else model
    text = torch.randint(model.tokens.num_embeddings, (1_000_000,))

    def step():
        starts = torch.randint(len(text) - args.context, (args.batch,)).tolist()
        x = torch.stack([text[i : i + args.context] for i in starts])
        y = torch.stack([text[i + 1 : i + 1 + args.context] for i in starts])
        loss = F.cross_entropy(run(x).flatten(0, 1), y.flatten())
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        loss.item()

    return step


def writer(args, model):
    ids, caches, longest = [10], [None] * len(model.blocks), args.context

    def draw(logits):
        return torch.multinomial(F.softmax(logits, dim=-1), 1).item()

    @torch.no_grad()
    def anew():
        ids.append(draw(model(torch.tensor([ids[-longest:]]))[0, -1]))

    @torch.no_grad()
    def cached():
        position = len(ids) - 1
        if position >= longest:
            raise SystemExit("with a cache, write no more tokens than the context holds")
        logits = model.step(torch.tensor([[ids[-1]]]), torch.tensor([position]), caches)
        ids.append(draw(logits[0, -1]))

    return cached if args.cache else anew


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", choices=SIZES, default="laptop")
    parser.add_argument("--batch", type=int, default=12)
    parser.add_argument("--context", type=int, default=64)
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--write", type=int)
    parser.add_argument("--cache", action="store_true")
    args = parser.parse_args()
    torch.manual_seed(1337)
    torch.set_num_threads(args.threads)
    model = GPT(*SIZES[args.size])
    step = trainer(args, model) if args.write is None else writer(args, model)
    for _ in range(WARM_UP):
        step()
    steps, tokens = (args.steps, args.batch * args.context) if args.write is None else (args.write, 1)
    times, cpu = [], time.process_time()
    for _ in range(steps):
        begun = time.perf_counter()
        step()
        times.append((time.perf_counter() - begun) * 1000)
    cpu = (time.process_time() - cpu) * 1000 / steps
    result = {
        "milliseconds": times,
        "cpu_milliseconds": cpu,
        "tokens_per_second": tokens * 1000 / sorted(times)[len(times) // 2],
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
