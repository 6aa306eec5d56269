import eventops_expertise_france as plugin

from eventops.testing.contracts import ExportContract


class TestContract(ExportContract):
    plugin = plugin
