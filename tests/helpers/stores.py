"""Brings in every module that defines a table, so that the two schemas are whole."""

import importlib
import pkgutil

import congress


def import_all_stores() -> None:
    """Import ``congress.<domain>.store`` of every domain that has one, packages included."""
    for package in pkgutil.iter_modules(congress.__path__):
        if not package.ispkg:
            continue
        found = importlib.import_module(f"congress.{package.name}")
        for module in pkgutil.iter_modules(found.__path__):
            if module.name == "store" or module.name.endswith("_store"):
                importlib.import_module(f"congress.{package.name}.{module.name}")
