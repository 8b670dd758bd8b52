"""A first script with PyTorch, as course code has it: default settings, default threads, a fresh process. Nothing in
it knows of any setting that would make it faster.

    python3 plain.py FOLDER     trains one epoch; FOLDER holds MNIST's four files

Its last line is JSON, for the bench: times in ms.
"""
import json
import resource
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def load(folder, name):
    images = np.fromfile(f"{folder}/{name}-images-idx3-ubyte", dtype=np.uint8)[16:].reshape(-1, 784)
    labels = np.fromfile(f"{folder}/{name}-labels-idx1-ubyte", dtype=np.uint8)[8:]
    return TensorDataset(torch.tensor(images, dtype=torch.float32) / 255, torch.tensor(labels, dtype=torch.long))


torch.manual_seed(1)
train_loader = DataLoader(load(sys.argv[1], "train"), batch_size=64, shuffle=True)
model = nn.Sequential(nn.Linear(784, 500), nn.ReLU(), nn.Linear(500, 10))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, weight_decay=1e-4)
loss_function = nn.CrossEntropyLoss()

start = time.perf_counter()
steps = 0
total = 0.0
for x, y in train_loader:
    optimizer.zero_grad()
    loss = loss_function(model(x), y)
    loss.backward()
    optimizer.step()
    total += loss.item()
    steps += 1
ms = 1e3 * (time.perf_counter() - start)
print(f"mean loss {total / steps:.4f}")
usage = resource.getrusage(resource.RUSAGE_SELF)
print(
    json.dumps(
        {
            "version": torch.__version__,
            "threads": torch.get_num_threads(),
            "loopMs": ms,
            "steps": steps,
            "meanLoss": total / steps,
            "pageFaults": usage.ru_minflt,
            "peakBytes": 1024 * usage.ru_maxrss,
        }
    )
)
