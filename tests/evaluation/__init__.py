"""How good the reports are, measured against annotated articles; floors hold the gate."""
