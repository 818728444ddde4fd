"""Gongkai: disclosure reports read into a warehouse; see README.md."""
