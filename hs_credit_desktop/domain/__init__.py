"""Facts and rules of the office: standard library only, no input or output, `today` is given."""
