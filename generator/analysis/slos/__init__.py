"""SLOs as arithmetic and as queries: legs, budgets, what a burn sets off, what planned work leaves out."""
