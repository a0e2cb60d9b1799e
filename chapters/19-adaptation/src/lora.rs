//! Low-rank adaptation (LoRA).
