"""Tests of the terminal: arguments, inputs, rendering, the whole command."""
