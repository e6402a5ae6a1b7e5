"""The libraries' own workload in plain PyTorch, as fast as we could write it; see resources/docs/benchmarks.md.

256-246-10 LIF with exponential synapses and subtractive reset, LI readout, maximum over time, SuperSpike, batch 100,
Adam; a few batches of random latency-coded input, encoded beforehand, are presented in turn.

    python3 peer_torch.py STEPS THREADS SECONDS

prints one JSON document: samples a second of forward, backward and update, hidden spikes a sample, and the speed of the
matrix product, which tells an optimised BLAS from the reference one.
"""
import json
import math
import sys
import time

import torch

STEPS, THREADS, SECONDS = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
INPUTS, HIDDEN, OUTPUTS, BATCH, BATCHES = 256, 246, 10, 100, 4
SAMPLE_US, TAU_US, INPUT_TAU_US, INPUT_THRESHOLD = 34.0, 6.0, 8.0, 0.2
SLOPE, READOUT_SCALE, BURST, WEIGHT_DECAY = 50.0, 10.0, 5e-4, 0.1
STEP_US = SAMPLE_US / STEPS
DECAY = math.exp(-STEP_US / TAU_US)  # of currents and membranes alike


class HiddenLayer(torch.autograd.Function):
    """All steps in place, the adjoint by hand: no node of the graph and no new tensor a step."""

    @staticmethod
    def forward(ctx, drive):
        current, membrane = torch.zeros_like(drive[0]), torch.zeros_like(drive[0])
        membranes, spikes = torch.zeros_like(drive), torch.zeros_like(drive)
        for t in range(1, STEPS):
            current.mul_(DECAY).add_(drive[t - 1])
            membrane.mul_(DECAY).add_(current).sub_(spikes[t - 1])
            membranes[t] = membrane
            torch.gt(membrane, 1.0, out=spikes[t])
        ctx.save_for_backward(membranes)
        return spikes

    @staticmethod
    def backward(ctx, d_spikes):
        (membranes,) = ctx.saved_tensors
        local = membranes.sub(1.0).abs_().mul_(SLOPE).add_(1.0).square_()
        torch.div(d_spikes, local, out=local)
        d_membrane, d_current = torch.zeros_like(local[0]), torch.zeros_like(local[0])
        d_drive = torch.zeros_like(local)
        for t in range(STEPS - 1, 0, -1):
            d_membrane.mul_(DECAY).add_(local[t])
            d_current.mul_(DECAY).add_(d_membrane)
            d_drive[t - 1] = d_current
        return d_drive


def random_batch():
    """Random grey levels in the latency code, [step][sample][input], and random labels."""
    grey = torch.randint(0, 256, (BATCH, INPUTS)) / 255
    latency = lambda x: INPUT_TAU_US * torch.log(x / (x - INPUT_THRESHOLD))
    bins = ((latency(grey.clamp(min=INPUT_THRESHOLD + 1e-7)) - latency(torch.tensor(1.0))) / STEP_US).long()
    fires = (grey >= INPUT_THRESHOLD) & (bins < STEPS)
    x = torch.zeros(STEPS, BATCH, INPUTS)
    x.scatter_(0, bins.clamp(0, STEPS - 1).unsqueeze(0), fires.float().unsqueeze(0))
    return x, torch.randint(0, OUTPUTS, (BATCH,))


def readout_filter():
    """What a spike of step s has made of the readout's membrane by step t: one product instead of a loop."""
    n = torch.arange(STEPS).unsqueeze(1) - torch.arange(STEPS).unsqueeze(0)
    return torch.where(n > 0, n * DECAY ** (n - 1).clamp(min=0).float(), torch.tensor(0.0))


def product_gflops():
    a, b = torch.rand(2000, 256), torch.rand(256, 246)
    best = min(timed(lambda: a @ b) for _ in range(5))
    return 2 * 2000 * 256 * 246 / best / 1e9


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main():
    torch.set_num_threads(THREADS)
    torch.set_flush_denormal(True)
    torch.manual_seed(1)
    gflops = product_gflops()
    spread = 1.8 * (1 - DECAY)
    hidden = (0.02 / STEPS + spread / math.sqrt(INPUTS) * torch.randn(INPUTS, HIDDEN)).requires_grad_()
    output = (spread / math.sqrt(HIDDEN) * torch.randn(HIDDEN, OUTPUTS)).requires_grad_()
    adam = torch.optim.Adam([hidden, output], lr=1e-6, foreach=True)
    batches = [random_batch() for _ in range(BATCHES)]
    response = readout_filter()
    spikes_seen = []

    def step(x, labels):
        drive = (x.view(-1, INPUTS) @ hidden).view(STEPS, BATCH, HIDDEN)
        spikes = HiddenLayer.apply(drive)
        arriving = (spikes.view(-1, HIDDEN) @ output).view(STEPS, BATCH * OUTPUTS)
        maxima = (response @ arriving).view(STEPS, BATCH, OUTPUTS).amax(0)
        loss = torch.nn.functional.cross_entropy(READOUT_SCALE * maxima, labels)
        loss = loss + BURST * spikes.sum(0).square().mean() + WEIGHT_DECAY * hidden.square().mean()
        adam.zero_grad(set_to_none=True)
        loss.backward()
        adam.step()
        spikes_seen.append(float(spikes.detach().sum()) / BATCH)

    for batch in batches:
        step(*batch)
    times = []
    processor = time.process_time()
    while sum(times) < SECONDS or len(times) < 5:
        times.append(timed(lambda: step(*batches[len(times) % BATCHES])))
    processor = time.process_time() - processor
    times.sort()
    print(
        json.dumps(
            {
                "samplesPerSecond": BATCH / times[len(times) // 2],
                "best": BATCH / times[0],
                "perProcessorSecond": BATCH * len(times) / processor,
                "hiddenSpikes": sum(spikes_seen) / len(spikes_seen),
                "productGflops": gflops,
                "torch": torch.__version__,
            }
        )
    )


main()
