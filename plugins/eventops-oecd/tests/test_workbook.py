import eventops_oecd as plugin

from eventops.testing.contracts import ExportContract


class TestContract(ExportContract):
    plugin = plugin
