"""PyTorch's side of the bench: one workload, asked for on standard input. One JSON object a line, both ways."""
import json
import os
import resource
import sys
import time

import torch
from torch import nn

torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
TUNED = os.environ.get("DESCENT_BENCH_TUNED") == "1"
# Of PyTorch 2: Adam as one kernel a tensor, and the network compiled.
FUSED = os.environ.get("DESCENT_BENCH_FUSED") == "1"
COMPILED = os.environ.get("DESCENT_BENCH_COMPILED") == "1"
if os.environ.get("DESCENT_BENCH_FLUSH") == "1":
    torch.set_flush_denormal(True)


def read(path, dtype):
    with open(path, "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=dtype)


def read_idx(path, shape):
    return read(path, torch.uint8)[-torch.Size(shape).numel() :].view(shape)


def layer_of(spec, shape):
    """The module of one layer of a spec, and the shape of one sample after it."""
    kind = spec["kind"]
    if kind == "linear":
        return nn.Linear(shape[0], spec["features"]), [spec["features"]]
    if kind == "conv2d":
        side = spec["kernel"] - 1
        after = [spec["channels"], shape[1] - side, shape[2] - side]
        return nn.Conv2d(shape[0], spec["channels"], spec["kernel"]), after
    if kind == "maxPool2d":
        return nn.MaxPool2d(spec["size"]), [shape[0], shape[1] // spec["size"], shape[2] // spec["size"]]
    if kind == "flatten":
        return nn.Flatten(), [torch.Size(shape).numel()]
    if kind == "dropout":
        return nn.Dropout(spec["rate"]), shape
    return {"relu": nn.ReLU, "leakyRelu": nn.LeakyReLU, "tanh": nn.Tanh}[kind](), shape


class Task:
    """A workload with its network and its data. Samples are float32 in memory beforehand, which favours PyTorch:
    nothing is converted in a step."""

    def __init__(self, workload, files):
        self.workload = workload
        self.images = workload["data"] == "mnist"
        shape = workload["network"]["input"]
        if self.images:
            self.x = read_idx(files["trainImages"], [60000, 784]).float().div_(255).view(60000, *shape)
            self.y = read_idx(files["trainLabels"], [60000]).long()
            self.test_x = read_idx(files["testImages"], [10000, 784]).float().div_(255).view(10000, *shape)
            self.test_y = read_idx(files["testLabels"], [10000]).long()
            self.order = read(files["order"], torch.int32).long()
        else:
            self.x = read(files["inputs"], torch.float32).view(-1, 1)
            self.y = read(files["targets"], torch.float32).view(-1, 1)
        if TUNED and len(shape) == 3:
            self.x = self.x.contiguous(memory_format=torch.channels_last)
            self.test_x = self.test_x.contiguous(memory_format=torch.channels_last)
        self.loss = nn.functional.cross_entropy if self.images else nn.functional.mse_loss
        self.initial = read(files["parameters"], torch.float32)
        self.model = None
        self.reset()

    def reset(self):
        if self.model is None or not COMPILED:
            self.build()
        else:
            self.start_anew()
        if "optimizer" in self.workload:
            spec = self.workload["optimizer"]
            how = {"fused": True} if FUSED else {"foreach": TUNED}
            self.optimizer = torch.optim.Adam(
                self.model.parameters(), lr=spec["learningRate"], weight_decay=spec.get("weightDecay", 0), **how
            )
        self.at = 0

    def start_anew(self):
        """The initial parameters again, in the network that is compiled already."""
        with torch.no_grad():
            parts = self.initial.split([parameter.numel() for parameter in self.model.parameters()])
            for parameter, part in zip(self.model.parameters(), parts):
                parameter.copy_(part.view(parameter.shape))

    def build(self):
        modules, shape = [], self.workload["network"]["input"]
        for spec in self.workload["network"]["layers"]:
            module, shape = layer_of(spec, shape)
            modules.append(module)
        self.model = nn.Sequential(*modules)
        nn.utils.vector_to_parameters(self.initial.clone(), self.model.parameters())
        # vector_to_parameters leaves views of one vector; PyTorch's usual parameters lie apart.
        for parameter in self.model.parameters():
            parameter.data = parameter.data.clone()
        if TUNED and len(self.workload["network"]["input"]) == 3:
            self.model = self.model.to(memory_format=torch.channels_last)
        if COMPILED:
            self.model = torch.compile(self.model)

    def update(self, x, y):
        self.optimizer.zero_grad(set_to_none=True)
        out = self.model(x)
        loss = self.loss(out, y)
        loss.backward()
        self.optimizer.step()
        return loss.item(), out

    def step(self):
        if not self.images:
            return self.update(self.x, self.y)[0]
        size = self.workload["batchSize"]
        span = len(self.order) // size * size
        index = self.order[self.at % span : self.at % span + size]
        self.at += size
        return self.update(self.x[index], self.y[index])[0]

    def evaluate(self):
        self.model.eval()
        total, correct = 0.0, 0
        with torch.no_grad():
            for start in range(0, len(self.test_x), 1000):
                out = self.model(self.test_x[start : start + 1000])
                y = self.test_y[start : start + 1000]
                total += self.loss(out, y, reduction="sum").item()
                correct += (out.argmax(1) == y).sum().item()
        self.model.train()
        return total / len(self.test_x)

    def epoch(self):
        size = self.workload["batchSize"]
        order = torch.randperm(len(self.x))
        for start in range(0, len(order), size):
            index = order[start : start + size]
            loss, out = self.update(self.x[index], y := self.y[index])
            (out.argmax(1) == y).sum().item()
        return loss

    def trial(self):
        self.reset()
        for _ in range(self.workload["epochs"]):
            self.epoch()
        if self.workload.get("test", True):
            self.evaluate()
        return {}

    def published_epoch(self):
        """An epoch through DataLoader, sample by sample, as course code has it: each a PIL image and then a tensor, as
        torchvision's MNIST with ToTensor has it. Without torchvision no image is made, and the
        time is a lower bound."""
        self.reset()
        bytes_ = (self.x * 255).round().to(torch.uint8)
        labels = self.y
        shape = self.x.shape[1:]
        try:
            from PIL import Image
            from torchvision.transforms import ToTensor

            to_tensor = ToTensor()
            images = bytes_.reshape(-1, 28, 28)
            sample = lambda i: to_tensor(Image.fromarray(images[i].numpy(), mode="L")).reshape(shape)
        except ImportError:
            sample = lambda i: bytes_[i].float().div(255)

        class Samples(torch.utils.data.Dataset):
            def __len__(self):
                return len(bytes_)

            def __getitem__(self, i):
                return sample(i), int(labels[i])

        loader = torch.utils.data.DataLoader(Samples(), batch_size=self.workload["batchSize"], shuffle=True)
        start = time.perf_counter()
        for x, y in loader:
            loss, out = self.update(x, y)
            (out.argmax(1) == y).sum().item()
        return {"ms": 1e3 * (time.perf_counter() - start)}

    def fit(self):
        """Until the report's rule of convergence holds."""
        self.reset()
        stop = self.workload["stop"]
        below, change = stop["converged"]["below"], stop["converged"]["change"]
        before, last = float("nan"), float("nan")
        for epoch in range(1, stop["epochs"] + 1):
            now = self.update(self.x, self.y)[0]
            if epoch > 5 and now < below and abs(before - last) < change and abs(last - now) < change:
                break
            before, last = last, now
        return {"epochs": epoch}

    def hessian(self):
        """The full Hessian in float64: one gradient of each entry of the gradient."""
        model = self.model.double()
        parameters = list(model.parameters())
        loss = self.loss(model(self.x.double()), self.y.double())
        flat = torch.cat([g.reshape(-1) for g in torch.autograd.grad(loss, parameters, create_graph=True)])
        rows = [
            torch.cat([g.reshape(-1) for g in torch.autograd.grad(entry, parameters, retain_graph=True)])
            for entry in flat
        ]
        return {"checks": [torch.linalg.norm(torch.stack(rows)).item()]}

    def hessian_vectorized(self):
        """The same, with all rows in one vectorised pass."""
        model = self.model.double()
        parameters = list(model.parameters())
        loss = self.loss(model(self.x.double()), self.y.double())
        flat = torch.cat([g.reshape(-1) for g in torch.autograd.grad(loss, parameters, create_graph=True)])
        rows = torch.autograd.grad(flat, parameters, torch.eye(len(flat), dtype=flat.dtype), is_grads_batched=True)
        matrix = torch.cat([r.reshape(len(flat), -1) for r in rows], 1)
        return {"checks": [torch.linalg.norm(matrix).item()]}

    def unit(self):
        kind = self.workload["kind"]
        if kind == "evaluation":
            return {"checks": [self.evaluate()]}
        if kind == "hessian":
            return self.hessian_vectorized() if TUNED else self.hessian()
        return {"fit": self.fit, "trial": self.trial, "publishedEpoch": self.published_epoch}[kind]()


def first_checks(task):
    if task.workload["kind"] == "steps":
        checks = [task.step() for _ in range(3)]
        task.reset()
        for _ in range(task.workload.get("skip", 0)):
            task.step()
        if "skip" not in task.workload:
            timed_round(task)
        return checks
    return task.unit().get("checks", []) if task.workload["kind"] in ("evaluation", "hessian") else []


def timed_round(task):
    workload = task.workload
    if workload["kind"] != "steps":
        start = time.perf_counter()
        count, detail = 0, {}
        while count < workload.get("units", 1):
            detail = task.unit()
            count += 1
        return {"ms": 1e3 * (time.perf_counter() - start), "count": count, **detail}
    if "skip" not in workload:
        task.reset()
        task.step()
    start = time.perf_counter()
    count = 0
    while count < workload["steps"] and (time.perf_counter() - start) * 1e3 < workload["limitMs"]:
        task.step()
        count += 1
    return {"ms": 1e3 * (time.perf_counter() - start), "count": count}


def main():
    task = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["op"] == "prepare":
                task = Task(request["workload"], request["files"])
                reply = {"version": torch.__version__, "checks": first_checks(task)}
            else:
                reply = timed_round(task)
                reply["peakBytes"] = 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        except Exception as error:  # The bench continues without this contender, and says why.
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)


main()
