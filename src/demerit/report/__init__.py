"""What people look at: tables and charts, each defined once."""
