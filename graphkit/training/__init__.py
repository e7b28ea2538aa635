"""How the shipped language pipelines are trained: ``python -m graphkit.training --help``."""
