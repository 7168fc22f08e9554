"""Brings in every module that defines a table, so that the two schemas are whole."""

import importlib
import pkgutil

import congress


def import_all_stores() -> None:
    """Import every module called ``store`` or ``..._store``, packages inside packages included."""
    for module in pkgutil.walk_packages(congress.__path__, "congress."):
        name = module.name.rpartition(".")[2]
        if name == "store" or name.endswith("_store"):
            importlib.import_module(module.name)
