"""Carbon's wire: who may call what with what, and how the answer looks. It decides nothing about money."""
