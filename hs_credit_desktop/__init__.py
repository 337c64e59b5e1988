"""信用任务台账: from the notice to the stamped report, on one offline PC."""

__version__ = "0.1.0"
PRODUCT = "信用任务台账"
