"""Orchestration only, a module a step; what an asset does lives in the package that it calls."""
