"""Tests of the build scripts: what goes in, what stays out, what is said to Windows and Debian."""
