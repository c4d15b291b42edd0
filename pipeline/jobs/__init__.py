"""The conductors, one a file: each tells its job on one screen."""
