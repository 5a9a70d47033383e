"""Reads the metrics as Prometheus does."""

import urllib.request

from prometheus_client.parser import text_string_to_metric_families

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def scraped(url: str) -> str:
    """The text of the metrics."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


def samples_of(text: str) -> Samples:
    """Each sample by its name and labels."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value_of(samples: Samples, name: str, **labels: str) -> float:
    """The sum of the samples of that name that have those labels, perhaps among others."""
    wanted = set(labels.items())
    return sum(value for (named, had), value in samples.items() if named == name and wanted <= had)
